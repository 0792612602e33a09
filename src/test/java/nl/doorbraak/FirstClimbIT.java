package nl.doorbraak;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first climb through the API: C12 (a small debt that fits no scheme, a large effect)
 * up four rungs, one left by its term and one extended; C10 (two departments of one
 * municipality disagree) in a crisis past a rung.
 */
@WholeApplication
class FirstClimbIT {

	static final Map<String, Object> SMALL_DEBT = Map.of("whatIsStuck",
			"Een schuld van 6.000 euro past in geen enkele regeling; achtenveertig instellingen zijn betrokken.",
			"lifeDomains", List.of("money", "family", "work", "housing", "care"), "amount", 6000);

	static final Map<String, Object> COUCH_SLEEPER = Map.of("whatIsStuck",
			"Zij mag bij vrienden slapen maar zich daar niet inschrijven; Burgerzaken en Sociaal Domein zijn het oneens over een briefadres.",
			"lifeDomains", List.of("housing", "identity"));

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "Rust, en weer zelf vooruit kunnen.",
			"firstBreakthrough", "De schuld in één keer aflossen.", "cost", 6000, "deviates", "no", "reservation",
			"none", "perspectiveShared", "yes");

	private final Town town;

	@Autowired
	FirstClimbIT(Town town) {
		this.town = town;
	}

	@Test
	void smallDebtClimbsFourRungsWithOneLeftByItsTermAndOneExtended() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(SMALL_DEBT);
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("local");
		anna.fill(number, "make-plan", PLAN);

		this.town.passUntil(termEnd(number));
		assertThat(anna.tasks(number, "decide-on-term")).hasSize(1);
		this.town.passUntil(anna.dueAt(number, "decide-on-term"));
		assertThat(anna.state(number).path("rung").asText()).as("silence means up").isEqualTo("regional");

		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "invited",
				List.of("municipality", "uwv"), "agreements", "Iedereen doet mee; niemand mag betalen."));
		this.town.passUntil(termEnd(number));
		anna.fill(number, "decide-on-term", Map.of("choice", "extend", "reason", "De tafel komt volgende week terug."));
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("regional");
		paul.fill(number, "decide-regionally",
				Map.of("decision", "up", "explanation", "Regionaal mag niemand het besluit nemen."));
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("national");

		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "unknown"));
		lotte.fill(number, "decide-nationally",
				Map.of("decision", "up", "explanation", "Het bevoegde orgaan wil niet."));
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("ministry");

		Town.Visitor amira = this.town.as("amira");
		amira.fill(number, "convene-escalation-team",
				Map.of("convenedOn", this.town.today().toString(), "whoDecides", "competentBody"));
		amira.fill(number, "decide-breakthrough", Map.of("decision", "brokenThrough", "explanation",
				"De gemeente lost de schuld af uit het maatwerkbudget."));
		assertThat(anna.state(number).path("state").asText()).isEqualTo("closed");
		assertThat(anna.state(number).path("outcome").asText()).isEqualTo("brokenThrough");
	}

	@Test
	void disagreeingDepartmentsSkipARungInACrisis() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(COUCH_SLEEPER);
		LocalDate tomorrow = this.town.today().plusDays(1);
		assertThat(anna.post("/api/v1/cases/" + number + "/redirection", Map.of("reason", "x")).status())
			.isEqualTo(409);
		assertThat(anna
			.post("/api/v1/cases/" + number + "/threat", Map.of("threat", "eviction", "eventDate", tomorrow.toString()))
			.status()).isEqualTo(200);
		assertThat(
				anna.post("/api/v1/cases/" + number + "/redirection", Map.of("reason", "Morgen staat zij op straat."))
					.status())
			.isEqualTo(200);
		this.town.workDue();
		assertThat(anna.state(number).path("rung").asText()).as("regional skipped").isEqualTo("national");
		assertThat(anna.tasks(number, "make-plan")).isEmpty();
	}

	private java.time.Instant termEnd(String number) {
		LocalDate lastDay = LocalDate.parse(this.town.as("anna").state(number).path("termLastDay").asText());
		return lastDay.plusDays(1).atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant();
	}

}
