package nl.doorbraak.alert;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who hears that a last day in the overview of a household is over. */
@WholeApplication
class PlanEndIT {

	private final Town town;

	private final AuditTrail audit;

	private final DueWork endDates;

	private final Watchdog watchdog;

	@Autowired
	PlanEndIT(Town town, AuditTrail audit, @Qualifier("endDates") DueWork endDates, Watchdog watchdog) {
		this.town = town;
		this.audit = audit;
		this.endDates = endDates;
		this.watchdog = watchdog;
	}

	@Test
	void lastDayThatPassesIsToldOnceToTheTeamAndNotWhatWasOverOrChanged() {
		this.town.closeAll();
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		LocalDate day = this.town.today().plusDays(2);
		Map<String, String> help = Map.of("kind", "help", "what", "Begeleiding", "other", "Zorgaanbieder", "until",
				day.toString());
		write(number, "household", help);
		write(number, "household", Map.of("kind", "help", "what", "Vroeger", "other", "Zorgaanbieder", "until",
				this.town.today().minusDays(1).toString()));
		write(number, "timeOut", Map.of("body", "UWV", "what", "Verrekenen", "on", this.town.today().toString(), "kind",
				"granted", "until", day.toString()));
		Map<String, String> longer = new HashMap<>(help);
		longer.putAll(Map.of("what", "Andere hulp"));
		write(number, "household", longer);
		longer.putAll(Map.of("line", "4", "version", "1", "until", day.plusDays(300).toString()));
		write(number, "household", longer);
		this.town.passUntil(day.atStartOfDay(DutchTime.ZONE).plusHours(23).toInstant());
		assertThat(sent(number)).as("the last day itself counts").isEmpty();
		this.town.passUntil(day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
		this.town.pass(Duration.ZERO);
		assertThat(sent(number)).containsExactly("anna", "karim");
		this.town.pass(Duration.ofDays(1));
		assertThat(sent(number)).as("once").hasSize(2);
		assertThat(this.audit.chain(number).stream().filter((line) -> line.act().equals("planEndPassed")))
			.extracting((line) -> line.facts())
			.containsExactlyInAnyOrder("{\"lastDayOn\":\"" + day + "\",\"line\":1,\"part\":\"household\"}",
					"{\"lastDayOn\":\"" + day + "\",\"line\":3,\"part\":\"timeOut\"}");
		assertThat(this.town.database()
			.sql("select body from demo.mail where subject = '[' || ? || '] Een einddatum in het overzicht is voorbij'")
			.param(number)
			.query(String.class)
			.list()).hasSize(2)
			.allMatch(
					(body) -> body.contains("Kijk op de planpagina wat er eindigde") && !body.contains("Begeleiding"));
	}

	@Test
	void caseThatFailsHoldsNoOtherUpAndIsTriedAgainByTheWatchdogToo() {
		this.town.closeAll();
		Town.Visitor anna = this.town.as("anna");
		List<String> numbers = List.of(anna.report(Map.of("whatIsStuck", "Een.")),
				anna.report(Map.of("whatIsStuck", "Twee.")));
		numbers.forEach((number) -> write(number, "household", Map.of("kind", "help", "what", "Begeleiding", "other",
				"Zorgaanbieder", "until", this.town.today().plusDays(1).toString())));
		this.town.moveClock(Duration.ofDays(3));
		long first = this.town.database()
			.sql("select id from doorbraak.case_file where number = ?")
			.param(numbers.get(0))
			.query(Long.class)
			.single();
		this.town.database()
			.sql("alter table doorbraak.plan_line add constraint broken check (end_told_at is null or case_id <> "
					+ first + ") not valid")
			.update();
		try {
			assertThatThrownBy(this.endDates::doDue).isInstanceOf(DataIntegrityViolationException.class);
			assertThat(numbers.stream().map(this::told)).as("the second is told").containsExactly(0, 1);
		}
		finally {
			this.town.database().sql("alter table doorbraak.plan_line drop constraint broken").update();
		}
		assertThat(this.watchdog.round()).as("and the first is found late").isFalse();
		assertThat(numbers.stream().map(this::told)).containsExactly(1, 1);
		this.endDates.doDue();
		assertThat(numbers.stream().map(this::told)).as("once").containsExactly(1, 1);
	}

	private int told(String number) {
		return (int) this.audit.chain(number).stream().filter((line) -> line.act().equals("planEndPassed")).count();
	}

	private void write(String number, String part, Map<String, String> fields) {
		assertThat(WebVisitor.login(this.town, "anna").form("/casus/" + number + "/plan/" + part, fields).status())
			.isEqualTo(302);
	}

	private List<String> sent(String number) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'planEndPassed' and state = 'sent' order by 1")
			.param(number)
			.query(String.class)
			.list();
	}

}
