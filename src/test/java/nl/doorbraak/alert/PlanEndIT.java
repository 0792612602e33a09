package nl.doorbraak.alert;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Who hears that a last day in the overview of a household is over. */
@WholeApplication
class PlanEndIT {

	private final Town town;

	private final AuditTrail audit;

	@Autowired
	PlanEndIT(Town town, AuditTrail audit) {
		this.town = town;
		this.audit = audit;
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
