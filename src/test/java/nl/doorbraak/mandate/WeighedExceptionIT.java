package nl.doorbraak.mandate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An exception above the standard mandate is signed only while the plan holds the three
 * values in the three scenarios.
 */
@WholeApplication
class WeighedExceptionIT {

	private static final Map<String, Object> BREAKTHROUGH = Map.of("decision", "brokenThrough", "explanation",
			"Dit is nodig.");

	private final Town town;

	@Autowired
	WeighedExceptionIT(Town town) {
		this.town = town;
	}

	@Test
	void proposalGoesBackWithWhatIsMissingAndGoesOnWhenItIsThere() {
		String number = planned(6000, "yes", false);
		Town.Answer empty = decide(number);
		assertThat(empty.status()).isEqualTo(400);
		assertThat(empty.message()).startsWith("Deze uitzondering gaat boven het standaardmandaat")
			.contains("op de planpagina van casus " + number + ", onder Drie waarden", "Legitimiteit: nu",
					"Rendement (kosten in euro): wat dreigt", "Betrokkenheid: met het plan");
		Map<String, String> values = values();
		values.remove("returnLooming");
		assertThat(write(number, 0, values)).isEqualTo(302);
		assertThat(decide(number).message()).endsWith("nog in: Rendement (kosten in euro): wat dreigt.");
		assertThat(states(number)).isEmpty();
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number + "/plan").body())
			.contains("Nog leeg: Rendement (kosten in euro): wat dreigt.");
		assertThat(write(number, 1, values())).isEqualTo(302);
		assertThat(decide(number).status()).isEqualTo(200);
		this.town.workDue();
		Town.Visitor mila = this.town.as("mila");
		assertThat(mila.values(mila.task(number, "sign-off")).path("planValues").asText())
			.contains("Legitimiteit: nu: Zo gaat het nu.", "Rendement (kosten in euro): wat dreigt");
		assertThat(WebVisitor.login(this.town, "mila").get("/tekenen/" + number).body())
			.contains("De drie waarden uit het plan", "Zo gaat het nu.");
		mila.sign(number, Map.of("decision", "agree"));
		assertThat(states(number)).containsExactly("signed");
	}

	@Test
	void withinPolicyAndInACrisisNobodyAsksForThem() {
		assertThat(decide(planned(6000, "no", false)).status()).isEqualTo(200);
		assertThat(decide(planned(6000, "yes", true)).status()).isEqualTo(200);
	}

	@Test
	void planThatChangesWhileItWaitsIsReadAgainAndWithoutValuesNobodySigns() {
		String number = planned(6000, "yes", false);
		write(number, 0, values());
		assertThat(decide(number).status()).isEqualTo(200);
		this.town.workDue();
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		String read = mila.values(task).path("proposalHash").asText();
		Map<String, String> other = values();
		other.put("returnPlan", "7500");
		write(number, 1, other);
		Town.Answer old = mila.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", read));
		assertThat(old.status()).isBetween(400, 409);
		String now = mila.values(task).path("proposalHash").asText();
		assertThat(now).isNotEqualTo(read);
		other.remove("commitmentPlan");
		write(number, 2, other);
		Town.Answer incomplete = mila.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", mila.values(task).path("proposalHash").asText()));
		assertThat(incomplete.status()).isEqualTo(403);
		assertThat(incomplete.message()).contains("het plan mist een van de drie waarden");
		this.town.database()
			.sql("update doorbraak.proposal set weighed = false where case_number = ?")
			.param(number)
			.update();
		Town.Answer before = mila.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", mila.values(task).path("proposalHash").asText()));
		assertThat(before.status()).as("what waited before the rule was there keeps its rules").isEqualTo(200);
	}

	@Test
	void yesOfOneWhereAnotherSaysNoIsPointedOut() {
		String number = planned(6000, "no", false);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get("/casus/" + number + "/plan").body()).doesNotContain("elkaar tegenspreken");
		anna.form("/casus/" + number + "/instanties", Map.of("agency", "UWV,SVB", "question", "Wat kunt u doen?"));
		this.town.workDue();
		this.town.as("ulla")
			.fill(number, "answer-request",
					Map.of("answer", "granted", "action", "Wij stoppen.", "decidedBy", "Ulla."));
		this.town.as("siem")
			.fill(number, "answer-request",
					Map.of("answer", "refused", "decidedBy", "De teammanager.", "grounds", "De wet.", "alternative",
							"Niets.", "sufficient", "Dit.", "assessedAll", "yes", "remedy", "none", "toldBy", "visit"));
		decide(number);
		this.town.workDue();
		this.town.as("mila").sign(number, Map.of("decision", "refuse", "ground", "policy", "reason", "Nee."));
		assertThat(decide(number).status()).isEqualTo(200);
		this.town.workDue();
		assertThat(contradictions("mila", number)).as("who said no is asked again: nobody contradicts yet")
			.contains("dezelfde vraag aan instanties")
			.doesNotContain("het voorstel dat nu ligt");
		this.town.as("mila").sign(number, Map.of("decision", "passOn", "passOnReason", "Boven mij."));
		assertThat(contradictions("dirk", number)).contains(
				"Over een besluit op grond van een wet of regeling: het voorstel dat nu ligt zegt ja", "manager (",
				"zegt nee");
		assertThat(WebVisitor.login(this.town, "dirk").get("/tekenen/" + number).body())
			.contains("Besluiten die elkaar tegenspreken", "UWV zegt ja", "(SVB) zegt nee");
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("UWV zegt ja", "het voorstel dat nu ligt");
	}

	private String contradictions(String login, String number) {
		Town.Visitor signer = this.town.as(login);
		return signer.values(signer.task(number, "sign-off")).path("contradictions").asText();
	}

	private String planned(int euros, String deviates, boolean crisis) {
		Town.Visitor anna = this.town.as("anna");
		Map<String, Object> report = new HashMap<>(Map.of("whatIsStuck", "Geen potje past."));
		if (crisis) {
			report.putAll(Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString()));
		}
		String number = anna.report(report);
		String task = anna.task(number, "make-plan");
		anna.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(anna
			.post("/api/v1/tasks/" + task + "/complete",
					Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros, "deviates",
							deviates, "reservation", "none", "perspectiveShared", "yes"))
			.status()).isEqualTo(200);
		this.town.workDue();
		return number;
	}

	/** The form, sent without the values that the town writes for others. */
	private Town.Answer decide(String number) {
		Town.Visitor anna = this.town.as("anna");
		String task = anna.task(number, "decide-locally");
		anna.post("/api/v1/tasks/" + task + "/claim", null);
		return anna.post("/api/v1/tasks/" + task + "/complete", BREAKTHROUGH);
	}

	private int write(String number, int version, Map<String, String> values) {
		Map<String, String> fields = new HashMap<>(values);
		fields.put("line", "1");
		fields.put("version", String.valueOf(version));
		return WebVisitor.login(this.town, "anna").form("/casus/" + number + "/plan/scenarios", fields).status();
	}

	private static Map<String, String> values() {
		return new HashMap<>(Map.of("lawNow", "Zo gaat het nu.", "lawLooming", "Zo dreigt het.", "lawPlan",
				"Zo bedoelt de wet het.", "returnNow", "18000", "returnLooming", "46000", "returnPlan", "6000",
				"commitmentNow", "Niemand.", "commitmentLooming", "Nog minder.", "commitmentPlan", "Iedereen."));
	}

	private List<String> states(String number) {
		return this.town.database()
			.sql("select state from doorbraak.proposal where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

}
