package nl.doorbraak.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import nl.doorbraak.inspection.Inspection;
import nl.doorbraak.inspection.Inspection.Item;
import nl.doorbraak.inspection.Inspections;
import nl.doorbraak.inspection.Inspections.Question;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the demo's auditor is inspecting, with one finding that waits for an answer. */
@Component
@Profile("demo")
@ConditionalOnProperty("doorbraak.demo.script")
@Order(120)
class DemoInspection implements ApplicationRunner {

	private static final Logger LOG = LoggerFactory.getLogger(DemoInspection.class);

	private static final String AUDITOR = "joris";

	private static final int SIZE = 4;

	private final Inspections inspections;

	private final Clock clock;

	DemoInspection(Inspections inspections, Clock clock) {
		this.inspections = inspections;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		try {
			inspect();
		}
		catch (Refused ex) {
			LOG.warn("The demo could not inspect: {}", ex.getMessage());
		}
	}

	private void inspect() {
		UUID id = UUID.randomUUID();
		LocalDate today = DutchTime.day(this.clock.instant());
		this.inspections.open(AUDITOR, id, new Question("Besluiten van het afgelopen jaar boven 2.500 euro",
				today.minusYears(1), today, "", "2500", this.inspections.audits(AUDITOR)));
		Inspection inspection = this.inspections.get(AUDITOR, id);
		this.inspections.draw(AUDITOR, id, String.valueOf(Math.min(SIZE, inspection.decisions())), "2026", 0);
		List<Item> items = this.inspections.items(this.inspections.samples(inspection));
		judge(id, items.get(0), "unsure", "In de motivering staat niet waarom de goedkopere weg afviel.");
		items.stream().skip(1).limit(1).forEach((item) -> judge(id, item, "complies", ""));
	}

	private void judge(UUID id, Item item, String verdict, String words) {
		this.inspections.find(AUDITOR, id, item.decision().proposal(), verdict, words, 0);
	}

}
