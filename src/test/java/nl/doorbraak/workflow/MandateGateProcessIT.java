package nl.doorbraak.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

/** Every answer to a proposal, with its path, its line in the record and its words. */
class MandateGateProcessIT extends LadderStory {

	private static final String PROCESS = "mandate-gate";

	@Autowired
	MandateGateProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@AfterEach
	void postsAsTheyWere() {
		this.town.database()
			.sql("insert into doorbraak.post values ('dirk', 'director', 'GM9001'), ('wilma', 'alderman', 'GM9001') on conflict do nothing")
			.update();
	}

	@Test
	void agreedIsSigned() {
		String number = proposed(6000);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_signOff");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(passed(number, PROCESS)).contains("gateway_approvalsComplete", "endEvent_signed");
		assertThat(signature(number)).isEqualTo("mila agreed false false");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void conditionsAreWrittenDownAndShownToWhoCarriesItOut() {
		String number = proposed(6000);
		assertThat(answered(number, Map.of("decision", "agreeOnConditions")).message()).as("no conditions")
			.contains("Welke voorwaarden stelt u?");
		as("mila").sign(number,
				Map.of("decision", "agreeOnConditions", "conditions", "Betaal rechtstreeks aan de verhuurder."));
		assertThat(passed(number, PROCESS)).contains("endEvent_signed");
		assertThat(signature(number)).isEqualTo("mila agreed true false");
		assertThat(audit(number, "signedOff")).singleElement()
			.asString()
			.contains("\"onConditions\":true")
			.doesNotContain("verhuurder");
		assertThat(page(number)).contains("Mila Jansen gaf akkoord als Manager", "onder voorwaarden",
				"Betaal rechtstreeks aan de verhuurder.");
		Town.Visitor anna = as("anna");
		assertThat(anna.values(anna.task(number, "confirm-measures")).path("conditions").asText())
			.isEqualTo("Betaal rechtstreeks aan de verhuurder.");
		String without = proposed(6000);
		as("mila").sign(without, Map.of("decision", "agree"));
		assertThat(anna.values(anna.task(without, "confirm-measures")).has("conditions")).isFalse();
	}

	@Test
	void backToBeCompletedIsNoRefusal() {
		String number = proposed(6000);
		assertThat(answered(number, Map.of("decision", "sendBack")).message()).as("what is missing?")
			.contains("Wat ontbreekt er nog?");
		as("mila").sign(number, Map.of("decision", "sendBack", "missing", "Een offerte."));
		assertThat(passed(number, PROCESS)).contains("gateway_sentBack", "endEvent_sentBack")
			.doesNotContain("endEvent_refused");
		assertThat(signature(number)).isEqualTo("mila sentBack false false");
		assertThat(audit(number, "signOffSentBack")).singleElement()
			.asString()
			.startsWith("mila ")
			.contains("\"mandate\":\"GM9001-02\"", "\"mandateVersion\":1", "\"proposalHash\"");
		assertThat(audit(number, "signOffRefused")).isEmpty();
		assertThat(page(number)).contains("Terug voor aanvulling", "stuurde het voorstel terug voor aanvulling",
				"Een offerte.");
		assertThat(alerts(number)).contains("sentBack").doesNotContain("notSigned");
		assertThat(isOffered("anna", number, "decide-locally")).as("at the drafter again").isTrue();
		decide(number, Rung.LOCAL, "brokenThrough");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void notAgreedSaysOnWhat() {
		String number = proposed(6000);
		as("mila").sign(number, Map.of("decision", "refuse", "ground", "law", "reason", "Artikel 2.3.5."));
		assertThat(passed(number, PROCESS)).contains("endEvent_refused");
		assertThat(signature(number)).isEqualTo("mila refused false false");
		assertThat(audit(number, "signOffRefused")).singleElement().asString().contains("\"ground\":\"law\"");
		assertThat(page(number)).contains("De wet staat het niet toe. Artikel 2.3.5.");
		assertThat(alerts(number)).contains("notSigned");
	}

	@Test
	void passedOnTheNextCompetentFunctionIsAskedAtOnce() {
		String number = proposed(6000);
		assertThat(answered(number, Map.of("decision", "passOn")).message()).as("why?")
			.contains("Waarom zet u het door?");
		as("mila").sign(number, Map.of("decision", "passOn", "passOnReason", "Ik ken de familie."));
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_signOff");
		assertThat(passed(number, PROCESS)).contains("gateway_passedOn", "gateway_joinFurther");
		assertThat(isOffered("mila", number, "sign-off")).isFalse();
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).as("her part is over").isEqualTo(404);
		assertThat(isOffered("dirk", number, "sign-off")).isTrue();
		assertThat(audit(number, "signOffHandedUp")).singleElement()
			.asString()
			.startsWith("mila ")
			.contains("\"function\":\"manager\"", "\"mandate\":\"GM9001-02\"");
		assertThat(audit(number, "signOffPassedOn")).as("nobody was silent").isEmpty();
		assertThat(page(number)).contains("zette het voorstel door naar de volgende bevoegde functie",
				"Ik ken de familie.", "Wacht op akkoord van: Directeur");
		as("dirk").sign(number, Map.of("decision", "agree"));
		assertThat(signatures(number)).containsExactly("mila passedOn false false", "dirk agreed false false");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void withNobodyAboveItCannotBePassedOn() {
		String number = proposed(6000);
		this.town.database().sql("delete from doorbraak.post where officer_login in ('dirk', 'wilma')").update();
		Town.Answer answer = answered(number, Map.of("decision", "passOn", "passOnReason", "Liever een ander."));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message()).contains("Boven u mag niemand dit tekenen");
		assertThat(signatures(number)).isEmpty();
		assertThat(entries(number)).doesNotContain("sign-off");
		assertThat(isOffered("mila", number, "sign-off")).isTrue();
	}

	@Test
	void aCrisisMandateThatWasPassedOnOwesNothing() {
		String number = report("anna", Map.of("whatIsStuck", "Morgen ontruiming.", "threat", "eviction", "eventDate",
				this.town.today().plusDays(1).toString()));
		this.town.database()
			.sql("update doorbraak.mandate set drafter_may_sign = false where number = 'GM9001-05'")
			.update();
		try {
			fill("anna", number, "make-plan", priced(900, "yes"));
			decide(number, Rung.LOCAL, "brokenThrough");
			as("karim").sign(number, Map.of("decision", "passOn", "passOnReason", "Dit is voor de manager."));
			as("mila").sign(number,
					Map.of("decision", "agreeOnConditions", "conditions", "Vandaag nog.", "reasonsFollow", true));
		}
		finally {
			this.town.database()
				.sql("update doorbraak.mandate set drafter_may_sign = true where number = 'GM9001-05'")
				.update();
		}
		assertThat(signatures(number)).containsExactly("karim passedOn false false", "mila agreed true true");
		assertThat(audit(number, "followUpOwed")).singleElement().asString().contains("\"kind\":\"reasons\"");
	}

	@Test
	void nothingOfAnotherAnswerIsTaken() {
		String number = proposed(6000);
		List<Map<String, ?>> wrong = List.of(Map.of("decision", "agree", "conditions", "x"),
				Map.of("decision", "agree", "reasonsFollow", true), Map.of("decision", "agree", "missing", "x"),
				Map.of("decision", "sendBack", "missing", "x", "reason", "x"),
				Map.of("decision", "refuse", "ground", "incomplete", "reason", "x"),
				Map.of("decision", "refuse", "ground", "law", "reason", "x", "passOnReason", "x"),
				Map.of("decision", "agree", "reasonsFollow", true, "crisis", "Ja"),
				Map.of("decision", "passOn", "passOnReason", "  "), Map.of("decision", "ratify"));
		assertThat(wrong).allSatisfy((fields) -> assertThat(answered(number, fields).status()).isEqualTo(400));
		assertThat(signatures(number)).isEmpty();
		assertThat(entries(number)).doesNotContain("sign-off");
	}

	/** A breakthrough of anna's for this amount, of which the manager is asked. */
	private String proposed(int euros) {
		String number = report();
		fill("anna", number, "make-plan", priced(euros, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		return number;
	}

	private Town.Answer answered(String number, Map<String, ?> answer) {
		Town.Visitor mila = as("mila");
		Map<String, Object> fields = new HashMap<>(answer);
		fields.put("proposalHash", mila.values(mila.task(number, "sign-off")).path("proposalHash").asText());
		return submit("mila", number, "sign-off", fields);
	}

	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	private String signature(String number) {
		assertThat(signatures(number)).hasSize(1);
		return signatures(number).get(0);
	}

	private List<String> signatures(String number) {
		return this.town.database().sql("""
				select person || ' ' || outcome || ' ' || on_conditions || ' ' || reasons_follow
				from doorbraak.sign_off where case_number = ? order by id""").param(number).query(String.class).list();
	}

	private List<String> alerts(String number) {
		return this.town.database()
			.sql("select distinct kind from doorbraak.alert where case_number = ?")
			.param(number)
			.query(String.class)
			.list();
	}

}
