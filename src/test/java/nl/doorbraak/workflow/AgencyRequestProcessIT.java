package nl.doorbraak.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class AgencyRequestProcessIT extends LadderStory {

	private static final String REQUEST = "agency-request";

	private static final Map<String, Object> GRANTED = Map.of("answer", "granted", "decidedBy", "Teammanager", "action",
			"Wij stoppen de verrekening vanaf volgende maand.");

	private static final Map<String, Object> REFUSED = Map.of("answer", "refused", "decidedBy", "Teammanager",
			"grounds", "Er is geen recht zonder aanvraag (artikel 41).", "assessedAll", "no", "sufficient",
			"Een aanvraag.", "remedy", "complaint", "toldBy", "phone");

	private static final Map<String, Object> REFERRED = Map.of("answer", "notCompetent", "referredTo", "UWV");

	private final AgencyRequests requests;

	@Autowired
	AgencyRequestProcessIT(Town town, ProcessEngine engine, AgencyRequests requests) {
		super(town, engine);
		this.requests = requests;
	}

	@Test
	void agenciesAskedSideBySideAnswerEachForThemselves() {
		String number = report("anna", Map.of("whatIsStuck", "Vier instanties wijzen naar elkaar.", "memberName",
				"Ruud Verbeek", "memberBirthDate", "1979-05-12"));
		assertThat(ask("anna", number, "UWV", "SVB", "TSL")).isEqualTo(200);
		assertThat(states(number)).containsExactly("UWV open", "SVB open", "TSL open");
		assertThat(as("ulla").tasks(number, "answer-request")).hasSize(1);
		assertThat(as("siem").tasks(number, "answer-request")).hasSize(1)
			.doesNotContainAnyElementsOf(as("ulla").tasks(number, "answer-request"));
		assertThat(as("bram").tasks(number, "answer-request")).as("not asked").isEmpty();
		assertThat(as("anna").tasks(number, "answer-request")).as("of who does not work in Doorbraak").hasSize(1);

		answer("ulla", number, GRANTED);
		answer("siem", number, REFUSED);
		answer("anna", number, REFERRED);

		assertThat(states(number)).containsExactly("UWV granted", "SVB refused", "TSL notCompetent");
		assertThat(this.requests.history(number)).extracting(AgencyRequest::outside)
			.containsExactly(false, false, true);
		assertThat(passed(number, REQUEST)).contains("endEvent_referred");
		assertThat(agencies(number)).contains("Van 3 vragen zijn er 3 beantwoord en 0 nog open",
				"Bij 0 is de termijn voorbij zonder antwoord.");
		assertThat(audit(number, "agencyAnswered")).hasSize(3).first().asString().startsWith("ulla ");
		assertThat(page("anna", number)).contains("UWV", "doet het", "Wij stoppen de verrekening", "wijst af",
				"niet alle voorwaarden beoordeeld", "Er is geen recht zonder aanvraag", "gaat hier niet over",
				"Ingevuld door Anna de Wit");
		assertThat(mail(number)).containsExactlyInAnyOrder("agencyAsked ulla", "agencyAsked siem",
				"agencyAsked mailbox", "agencyAnswered anna", "agencyAnswered karim", "agencyAnswered anna",
				"agencyAnswered karim");
	}

	@Test
	void agencySeesTheQuestionAndNothingElse() {
		String number = report("anna", Map.of("whatIsStuck", "Dit hoeft UWV niet te weten.", "memberName",
				"Ruud Verbeek", "memberBirthDate", "1979-05-12"));
		fill("anna", number, "make-plan", plan("yes"));
		ask("anna", number, "UWV");
		JsonNode shown = as("ulla").get("/api/v1/tasks/" + as("ulla").task(number, "answer-request") + "/values")
			.json();
		assertThat(shown.path("question").asText()).isEqualTo("Kan de verrekening stoppen?");
		assertThat(shown.path("about").asText()).startsWith("Anoniem voorgelegd.");
		assertThat(shown.path("agency").asText()).isEqualTo("UWV: Ulla Peters, maatwerkfunctionaris.");
		assertThat(shown.path("call").asText()).isEqualTo("Gemeente Waterdam, 0900 90 01");
		assertThat(shown.toString()).doesNotContain("hoeft UWV niet te weten", "Rust, en weer zelf");
		assertThat(as("ulla").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "ulla").get("/casus/" + number).status()).isEqualTo(404);
	}

	@Test
	void whoIsAskedIsNamedAsItWasThenAndTheDeputyWhereTheyAreAway() {
		String number = report();
		this.town.away("ulla", "siem");
		try {
			ask("anna", number, "UWV", "SVB");
			String words = "Siem Dekker vervangt, omdat Ulla Peters afwezig is tot en met "
					+ DutchTime.date(this.town.today().plusDays(30)) + ".";
			Town.Visitor siem = as("siem");
			assertThat(siem.tasks(number, "answer-request")).as("his own, and the one he stands in for").hasSize(2);
			assertThat(siem.tasks(number, "answer-request")
				.stream()
				.map((task) -> siem.values(task).path("agency").asText()))
				.containsExactlyInAnyOrder("UWV: Ulla Peters, maatwerkfunctionaris. " + words,
						"Sociale Verzekeringsbank (SVB): Siem Dekker, maatwerkfunctionaris.");
			assertThat(agencies(number)).contains("Gevraagd aan Ulla Peters, maatwerkfunctionaris.", words,
					"Gevraagd aan Siem Dekker, maatwerkfunctionaris.");
			assertThat(mail(number)).contains("agencyAsked siem");
			this.town.everybodyBack();
			assertThat(agencies(number)).as("as it was when it was sent").contains(words);
			answer("ulla", number, GRANTED);
			assertThat(states(number)).containsExactly("UWV granted", "SVB open");
		}
		finally {
			this.town.everybodyBack();
		}
	}

	private String agencies(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number + "/instanties").body();
	}

	@Test
	void silenceIsReportedOnceAndTheAnswerMayStillCome() {
		String number = report();
		ask("anna", number, "UWV");
		this.town.passUntil(this.requests.history(number).get(0).dueAt());
		assertThat(states(number)).containsExactly("UWV silent");
		assertThat(mail(number)).contains("agencySilent anna", "agencySilent karim", "agencySilent ulla");
		this.town.pass(Duration.ofDays(7));
		assertThat(audit(number, "agencySilent")).hasSize(1).first().asString().startsWith("#timer ");
		assertThat(page("anna", number)).contains("niet op tijd geantwoord");
		answer("ulla", number, GRANTED);
		assertThat(states(number)).containsExactly("UWV granted");
		assertThat(page("anna", number)).contains("na de termijn");
		assertThat(passed(number, REQUEST)).contains("endEvent_silenceReported", "endEvent_answered");
	}

	@Test
	void questionOutlivesTheRungAndEndsWithTheCase() {
		String number = report();
		ask("anna", number, "UWV", "SVB");
		work(number, Rung.LOCAL);
		decide(number, Rung.LOCAL, "up");
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(states(number)).containsExactly("UWV open", "SVB open");
		answer("ulla", number, GRANTED);
		assertThat(ask("paul", number, "BD")).as("who works on the level asks too").isEqualTo(200);
		assertThat(post("anna", number, "withdrawal", Map.of("reason", "Opgelost."))).isEqualTo(200);
		assertThat(states(number)).containsExactly("UWV granted", "SVB lapsed", "BD lapsed");
		assertThat(forms(number)).doesNotContain("answer-request");
		assertThat(passed(number, REQUEST)).contains("endEvent_lapsed");
		assertThat(audit(number, "agencyRequestLapsed")).hasSize(2).allMatch((line) -> line.startsWith("#software "));
	}

	@Test
	void questionIsTakenBackByWhoWorksOnTheCase() {
		String number = report();
		ask("anna", number, "UWV", "SVB");
		long id = this.requests.history(number).get(1).id();
		assertThat(post("ulla", number, REQUEST + "s/" + id + "/withdrawal", Map.of())).isEqualTo(404);
		assertThat(post("anna", number, REQUEST + "s/" + id + "/withdrawal", Map.of())).isEqualTo(200);
		assertThat(states(number)).containsExactly("UWV open", "SVB lapsed");
		assertThat(as("siem").tasks(number, "answer-request")).isEmpty();
		assertThat(as("ulla").tasks(number, "answer-request")).as("the other waits on").hasSize(1);
		assertThat(post("anna", number, REQUEST + "s/" + id + "/withdrawal", Map.of())).isEqualTo(409);
		assertThat(ask("anna", number, "SVB")).as("and it can be asked anew").isEqualTo(200);
	}

	@ParameterizedTest(name = "{0} asks {1} \"{2}\": {3}")
	@CsvSource(nullValues = "-", textBlock = """
			anna, UWV,    ' ',  400
			anna, RG01,   Help, 400
			anna, XYZ,    Help, 400
			anna, -,      Help, 400
			bert, UWV,    Help, 404
			ulla, UWV,    Help, 404
			mila, UWV,    Help, 404
			""")
	void onlyWhoWorksOnTheCaseAsksAndSaysWhatOfWhom(String login, String agency, String question, int status) {
		String number = report();
		Map<String, Object> body = (agency != null) ? Map.of("agencies", List.of(agency), "question", question)
				: Map.of("question", question);
		assertThat(post(login, number, REQUEST + "s", body)).isEqualTo(status);
		assertThat(this.requests.history(number)).isEmpty();
	}

	@Test
	void anAgencyHasOneOpenQuestionPerCase() {
		String number = report();
		assertThat(ask("anna", number, "UWV")).isEqualTo(200);
		assertThat(ask("anna", number, "SVB", "UWV")).isEqualTo(409);
		assertThat(states(number)).as("all or nothing").containsExactly("UWV open");
	}

	@Test
	void pauseMovesTheTermOfAQuestion() {
		String number = report();
		ask("anna", number, "UWV");
		AgencyRequest before = this.requests.history(number).get(0);
		post("anna", number, "pause", Map.of("reason", "residentAway"));
		this.town.pass(Duration.ofDays(14));
		post("anna", number, "resumption", Map.of());
		AgencyRequest after = this.requests.history(number).get(0);
		assertThat(after.dueAt()).isAfterOrEqualTo(before.dueAt().plus(Duration.ofDays(14)));
		assertThat(after.state()).isEqualTo("open");
		assertThat(due(number, "answer-request")).isEqualTo(after.dueAt());
		assertThat(jobs(number).stream()
			.filter((job) -> activityOf(job).equals("event_answerMissing"))
			.map(Job::getDuedate)
			.map(java.util.Date::toInstant)).containsExactly(after.dueAt());
	}

	private int ask(String login, String number, String... agencies) {
		return post(login, number, REQUEST + "s",
				Map.of("agencies", List.of(agencies), "question", "Kan de verrekening stoppen?"));
	}

	/** Answers the one question that this person can answer. */
	private void answer(String login, String number, Map<String, ?> fields) {
		as(login).fill(number, "answer-request", fields);
		this.town.workDue();
	}

	private List<String> states(String number) {
		return this.requests.history(number).stream().map((each) -> each.agency() + " " + each.state()).toList();
	}

	private String page(String login, String number) {
		return WebVisitor.login(this.town, login).get("/casus/" + number + "/instanties").body();
	}

	/** What was to be told about agencies, and to whom. */
	private List<String> mail(String number) {
		return this.town.database().sql("""
				select kind || ' ' || coalesce(recipient_login, 'mailbox') from doorbraak.alert
				where case_number = ? and kind like 'agency%' order by id""").param(number).query(String.class).list();
	}

}
