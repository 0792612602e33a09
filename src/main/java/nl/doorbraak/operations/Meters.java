package nl.doorbraak.operations;

import java.util.List;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import nl.doorbraak.alert.AlertJournal;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.watchdog.Watched;

import org.springframework.stereotype.Component;

/**
 * What is measured. Every node says the same of what is in the database; clock and
 * journal are its own.
 */
@Component
class Meters implements MeterBinder {

	private final Readings readings;

	private final DatabaseClock clock;

	private final AlertJournal journal;

	private final List<Watched> watched;

	Meters(Readings readings, DatabaseClock clock, AlertJournal journal, List<Watched> watched) {
		this.readings = readings;
		this.clock = clock;
		this.journal = journal;
		this.watched = watched;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Rung rung : Rung.values()) {
			gauge("cases.open", () -> this.readings.count("cases", rung.code()), "Open cases on a level")
				.tag("rung", rung.code())
				.register(registry);
		}
		this.watched.stream()
			.map(Watched::what)
			.distinct()
			.forEach((kind) -> gauge("overdue", () -> this.readings.count("overdue", kind),
					"Work of a kind that was late at the last round of the watchdog")
				.tag("kind", kind)
				.register(registry));
		List.of(gauge("cases.without.lead", () -> this.readings.of("withoutLead"), "Open cases that nobody leads"),
				gauge("crisis.nearest", () -> this.readings.of("crisis"),
						"Until the first day on which an event threatens in an open case")
					.baseUnit("hours"),
				gauge("outbox.age", () -> this.readings.of("outboxAge"), "Since the oldest unsent alert was due")
					.baseUnit("seconds"),
				gauge("outbox.due", () -> this.readings.of("outboxDue"), "Alerts that are due and not sent"),
				gauge("undelivered", () -> this.readings.of("undelivered"),
						"Alerts of the last day that did not arrive"),
				gauge("incidents", () -> this.readings.of("incidents"), "Steps that failed and are tried no more"),
				gauge("record.broken", () -> this.readings.of("recordBroken"),
						"Places of the record that did not follow when it was last checked; 0 when it was whole"),
				gauge("record.checked", () -> this.readings.of("recordChecked"),
						"Since the whole record was last checked")
					.baseUnit("seconds"),
				gauge("record.head", () -> this.readings.of("head"), "Since the last head over the record")
					.baseUnit("seconds"),
				gauge("record.owed", () -> this.readings.of("owed"), "Lines of the record that are still owed"),
				gauge("watchdog", () -> this.readings.of("watchdog"), "Since the watchdog last looked")
					.baseUnit("seconds"),
				gauge("database.answers", () -> this.readings.known() ? 1 : 0, "Whether the database answers"),
				gauge("clock.difference", () -> this.clock.difference().toMillis() / 1000.0,
						"How far the database runs ahead of this machine")
					.baseUnit("seconds"),
				gauge("journal.writable", () -> this.journal.isWritable() ? 1 : 0,
						"Whether this node can note what it sent"))
			.forEach((gauge) -> gauge.register(registry));
	}

	private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value, String says) {
		return Gauge.builder("doorbraak." + name, value).description(says);
	}

}
