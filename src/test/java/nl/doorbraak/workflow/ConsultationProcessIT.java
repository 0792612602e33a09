package nl.doorbraak.workflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Advice and questions beside a proposal: they stop nobody from signing. */
class ConsultationProcessIT extends LadderStory {

	private static final String PROCESS = "consultation";

	private static final String FORM = "answer-consultation";

	@Autowired
	ConsultationProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@AfterEach
	void postsAsTheyWere() {
		own("delete from doorbraak.post where officer_login = 'noor'");
		own("insert into doorbraak.post values ('noor', 'legalAdviser', 'GM9001')");
		own("insert into doorbraak.post values ('bas', 'aldermanAdviser', 'GM9001') on conflict do nothing");
		this.town.everybodyBack();
	}

	@Test
	void adviceStandsBesideTheProposalWithNameFunctionAndDate() {
		String number = proposed();
		assertThat(as("noor").get("/api/v1/cases/" + number).status()).as("not asked yet").isEqualTo(404);
		assertThat(page("anna", "/casus/" + number)).contains("Vraag advies of een paraaf", "Juridisch adviseur");
		assertThat(advice("anna", number, "legalAdviser,financeAdviser")).isEqualTo(302);
		assertThat(page("noor", "/casus/" + number)).contains("Kan dit onder artikel 2.3.5?")
			.doesNotContain("Vraag advies of een paraaf");
		JsonNode shown = as("noor").values(as("noor").task(number, FORM));
		assertThat(shown.path("asksAdvice").asText()).isEqualTo("Ja");
		assertThat(shown.path("askedBy").asText()).startsWith("Anna de Wit, op ");
		assertThat(shown.path("question").asText()).isEqualTo("Kan dit onder artikel 2.3.5?");
		assertThat(shown.path("amount").asText()).contains("6.000,00");

		answer("noor", number,
				Map.of("opinion", "agreeWithRemarks", "remarks", "Ja, noem artikel 2.3.5 in het besluit."));
		assertThat(as("noor").get("/api/v1/cases/" + number).status()).as("her part is over").isEqualTo(404);
		assertThat(as("frans").get("/api/v1/cases/" + number).status()).as("the other waits on").isEqualTo(200);
		answer("frans", number, Map.of("opinion", "agree"));

		assertThat(passed(number, PROCESS)).contains("endEvent_answered");
		for (String[] place : List.of(new String[] { "anna", "/casus/" + number },
				new String[] { "mila", "/tekenen/" + number })) {
			assertThat(page(place[0], place[1]))
				.contains("Antwoord van Juridisch adviseur Noor Willems, op ", "Akkoord met opmerkingen",
						"Ja, noem artikel 2.3.5 in het besluit.", "Antwoord van Financieel adviseur Frans de Boer, op ")
				.doesNotContain("over een eerdere versie");
		}
		assertThat(as("mila").values(as("mila").task(number, "sign-off")).path("consultations").asText()).contains(
				"Juridisch adviseur Noor Willems, ", "Akkoord met opmerkingen. Ja, noem artikel 2.3.5",
				"Financieel adviseur Frans de Boer, ");
		assertThat(audit(number, "consultationAsked")).hasSize(2).allMatch((line) -> line.startsWith("anna "));
		assertThat(audit(number, "consultationAnswered")).first()
			.asString()
			.startsWith("noor ")
			.contains("\"opinion\":\"agreeWithRemarks\"", "\"function\":\"legalAdviser\"", "\"proposalHash\":\"")
			.doesNotContain("artikel");
		assertThat(mail(number)).containsExactlyInAnyOrder("consultationAsked noor", "consultationAsked frans",
				"consultationAnswered anna", "consultationAnswered anna");
		assertThat(signatures(number)).as("advice is no signature").isEmpty();
		assertThat(column(number, "state", String.class)).isEqualTo("open");
	}

	@Test
	void signingWaitsForNobodyAndEndsWhatIsAsked() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		String task = as("noor").task(number, FORM);
		as("noor").post("/api/v1/tasks/" + task + "/claim", null);
		String mark = mark("noor", number);
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("event_consultationEnded", "endEvent_ended");
		assertThat(forms(number)).doesNotContain(FORM);
		assertThat(as("noor").tasks(number, FORM)).isEmpty();
		assertThat(as("noor").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(
				as("noor").post("/api/v1/tasks/" + task + "/complete", Map.of("opinion", "agree", "proposalHash", mark))
					.status())
			.isEqualTo(404);
		assertThat(audit(number, "consultationEnded")).singleElement().asString().startsWith("#software ");
		assertThat(this.town.database()
			.sql("select state from doorbraak.alert where case_number = ? and kind = 'consultationAsked'")
			.param(number)
			.query(String.class)
			.single()).as("taken back, or out before").isIn("cancelled", "sent");
		assertThat(page("anna", "/casus/" + number)).contains("niet meer nodig");
	}

	@Test
	void adviceThatComesWhileSomebodyReadsDoesNotStopTheSigner() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		Town.Visitor mila = as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		JsonNode read = mila.values(task);
		assertThat(read.path("consultations").asText()).isEqualTo("Geen");
		answer("noor", number, Map.of("opinion", "disagree", "remarks", "Dit mag niet."));
		Town.Answer signed = mila.post("/api/v1/tasks/" + task + "/complete", Map.of("decision", "agree",
				"proposalHash", read.path("proposalHash").asText(), "consultations", "Geen"));
		assertThat(signed.status()).as(signed.text()).isEqualTo(200);
		this.town.workDue();
		assertThat(outcome(number)).as("a no of an adviser stops nobody").isEqualTo("brokenThrough");
	}

	@Test
	void signerAsksTheDrafterAndThatIsNoAnswerToTheProposal() {
		String number = proposed();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(question(mila, number)).isEqualTo(302);
		assertThat(question(mila, number)).as("one at a time").isEqualTo(409);
		assertThat(as("karim").tasks(number, FORM)).as("the drafter alone").isEmpty();
		JsonNode shown = as("anna").values(as("anna").task(number, FORM));
		assertThat(shown.path("asksAdvice").asText()).isEqualTo("Nee");
		assertThat(shown.path("question").asText()).isEqualTo("Is er een offerte?");
		assertThat(isOffered("mila", number, "sign-off")).as("the question to sign is still hers").isTrue();
		assertThat(signatures(number)).isEmpty();
		answer("anna", number, Map.of("answer", "Ja, van de verhuurder."));
		assertThat(page("mila", "/tekenen/" + number)).contains("Vraag aan Anna de Wit", "Is er een offerte?",
				"Antwoord van Casusregisseur Anna de Wit, op ", "Ja, van de verhuurder.");
		assertThat(as("mila").values(as("mila").task(number, "sign-off")).path("consultations").asText())
			.contains("Vraag van Mila Jansen: Is er een offerte?", "Ja, van de verhuurder.");
		assertThat(mail(number)).containsExactly("consultationAsked anna", "consultationAnswered mila");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(question(mila, number)).as("too late").isEqualTo(409);
	}

	@Test
	void endsAlsoWhenTheCaseLeavesTheLevelInAnotherWay() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		question(WebVisitor.login(this.town, "mila"), number);
		assertThat(post("anna", number, "withdrawal", Map.of("reason", "Opgelost."))).isEqualTo(200);
		assertThat(forms(number)).doesNotContain(FORM);
		assertThat(as("noor").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(audit(number, "consultationEnded")).hasSize(2);
	}

	@Test
	void mailAboutAnAnswerLeadsToThePageWhereOneSigns() {
		String number = proposed();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		question(mila, number);
		answer("anna", number, Map.of("answer", "Ja."));
		String link = this.town.database()
			.sql("select link from doorbraak.alert where case_number = ? and kind = 'consultationAnswered'")
			.param(number)
			.query(String.class)
			.single();
		assertThat(mila.get("/bericht/" + link).header("Location")).endsWith("/tekenen/" + number);
	}

	@Test
	void adviceOfAnEarlierVersionSaysSo() {
		String number = proposed();
		advice("anna", number, "legalAdviser,aldermanAdviser");
		answer("noor", number, Map.of("opinion", "agree"));
		as("mila").sign(number, Map.of("decision", "sendBack", "missing", "Een offerte."));
		assertThat(as("bas").get("/api/v1/cases/" + number).status()).as("ended with the proposal").isEqualTo(404);
		decide(number, Rung.LOCAL, "brokenThrough");
		assertThat(page("mila", "/tekenen/" + number)).contains("Juridisch adviseur Noor Willems",
				"over een eerdere versie van het voorstel");
		assertThat(as("mila").values(as("mila").task(number, "sign-off")).path("consultations").asText())
			.contains("(over een eerdere versie van het voorstel): Akkoord");
		assertThat(advice("anna", number, "legalAdviser")).as("asked anew").isEqualTo(302);
	}

	@Test
	void proposalThatChangedSinceItWasReadIsNotAdvisedOn() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		String mark = mark("noor", number);
		own("update doorbraak.entry set fields = jsonb_set(fields, '{5,value}', '\"Iets anders.\"') where form = 'decide-locally' and case_id = (select id from doorbraak.case_file where number = '"
				+ number + "')");
		assertThat(submit("noor", number, FORM, Map.of("opinion", "agree", "proposalHash", mark)).status())
			.isEqualTo(409);
	}

	@Test
	void whoAdvisedMayStillSignWhereTheMandateSaysSo() {
		this.town.away("noor", "mila");
		String number = proposed();
		advice("anna", number, "legalAdviser");
		answer("mila", number, Map.of("opinion", "agree"));
		assertThat(page("anna", "/casus/" + number)).contains("Antwoord van Juridisch adviseur Mila Jansen");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void whoStoodInForAnAdviserSeesNothingMoreOfTheCase() {
		this.town.away("noor", "wilma");
		String number = proposed();
		advice("anna", number, "legalAdviser");
		as("wilma").task(number, FORM);
		assertThat(as("wilma").get("/api/v1/cases/" + number).status()).isEqualTo(200);
		this.town.everybodyBack();
		assertThat(as("wilma").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		this.town.pass(Duration.ZERO);
		assertThat(as("wilma").tasks(number, FORM)).isEmpty();
		assertThat(audit(number, "standInEnded")).hasSize(1);
		as("noor").task(number, FORM);
	}

	@Test
	void whoLostTheFunctionAdvisesNoMore() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		String task = as("noor").task(number, FORM);
		as("noor").post("/api/v1/tasks/" + task + "/claim", null);
		String mark = mark("noor", number);
		own("update doorbraak.post set function = 'districtTeamMember' where officer_login = 'noor'");
		assertThat(
				as("noor").post("/api/v1/tasks/" + task + "/complete", Map.of("opinion", "agree", "proposalHash", mark))
					.status())
			.isIn(403, 404);
		assertThat(audit(number, "consultationAnswered")).isEmpty();
	}

	@Test
	void theTimeToAnswerGoesWithTheSigner() {
		String number = proposed();
		advice("anna", number, "legalAdviser");
		assertThat(due(number, FORM)).isEqualTo(due(number, "sign-off"));
		as("mila").sign(number, Map.of("decision", "passOn", "passOnReason", "Ik ken de familie."));
		assertThat(due(number, FORM)).isEqualTo(due(number, "sign-off"));
		assertThat(as("noor").tasks(number, FORM)).as("still asked").hasSize(1);
	}

	@ParameterizedTest(name = "{0} asks {1} \"{2}\": {3}")
	@CsvSource(nullValues = "-", textBlock = """
			anna,  legalAdviser, ' ',  400
			anna,  -,            Help, 400
			anna,  manager,      Help, 400
			anna,  XYZ,          Help, 400
			karim, legalAdviser, Help, 302
			mila,  legalAdviser, Help, 403
			bert,  legalAdviser, Help, 404
			noor,  legalAdviser, Help, 404
			""")
	void drafterAndTeamAskAdviceAndSayWhatOfWhom(String login, String adviser, String question, int status) {
		String number = proposed();
		WebVisitor visitor = WebVisitor.login(this.town, login);
		Map<String, String> fields = new HashMap<>(Map.of("question", question));
		if (adviser != null) {
			fields.put("adviser", adviser);
		}
		assertThat(visitor.form("/casus/" + number + "/advies", fields).status()).isEqualTo(status);
		assertThat(audit(number, "consultationAsked")).hasSize((status == 302) ? 1 : 0);
	}

	@Test
	void onlyWhatWaitsCanBeAdvisedOnAndByWhoIsThere() {
		String number = report();
		assertThat(advice("anna", number, "legalAdviser")).as("no proposal yet").isEqualTo(409);
		fill("anna", number, "make-plan", priced(6000, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		own("delete from doorbraak.post where officer_login = 'bas'");
		assertThat(page("anna", "/casus/" + number)).doesNotContain("Bestuursadviseur");
		assertThat(advice("anna", number, "aldermanAdviser")).as("nobody is").isEqualTo(400);
		assertThat(advice("anna", number, "legalAdviser")).isEqualTo(302);
		assertThat(advice("anna", number, "legalAdviser")).as("asked already").isEqualTo(409);
		for (String other : List.of("anna", "bert", "dirk", "noor")) {
			assertThat(question(WebVisitor.login(this.town, other), number)).as(other).isEqualTo(404);
		}
	}

	/** A breakthrough of anna's of which the manager is asked. */
	private String proposed() {
		String number = report();
		fill("anna", number, "make-plan", priced(6000, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		return number;
	}

	private int advice(String login, String number, String advisers) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/advies",
					Map.of("adviser", advisers, "question", "Kan dit onder artikel 2.3.5?"))
			.status();
	}

	private static int question(WebVisitor signer, String number) {
		return signer.form("/tekenen/" + number + "/vraag", Map.of("question", "Is er een offerte?")).status();
	}

	private String mark(String login, String number) {
		return as(login).values(as(login).task(number, FORM)).path("proposalHash").asText();
	}

	private void answer(String login, String number, Map<String, ?> fields) {
		as(login).answerAsRead(number, FORM, fields);
	}

	private String page(String login, String path) {
		return WebVisitor.login(this.town, login).get(path).body();
	}

	private List<String> signatures(String number) {
		return this.town.database()
			.sql("select person from doorbraak.sign_off where case_number = ?")
			.param(number)
			.query(String.class)
			.list();
	}

	/** What was to be told about advice and questions, and to whom. */
	private List<String> mail(String number) {
		return this.town.database()
			.sql("""
					select kind || ' ' || recipient_login from doorbraak.alert
					where case_number = ? and kind like 'consultation%' order by id""")
			.param(number)
			.query(String.class)
			.list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
