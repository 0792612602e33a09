package nl.doorbraak.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The question for the lead as a task: one for each organisation that is asked. */
class LeadQuestionProcessIT extends LadderStory {

	private static final String PROCESS = "lead-question";

	private static final String FORM = "answer-lead-question";

	@Autowired
	LeadQuestionProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@AfterEach
	void everybodyBack() {
		this.town.everybodyBack();
	}

	@Test
	void whoTakesTheLeadInTasklistHasItAndNobodyElseNeedsToAnswer() {
		String number = asked("UWV", "RG01");
		assertThat(as("lotte").tasks(number, FORM)).as("not asked").isEmpty();
		JsonNode shown = as("paul").values(as("paul").task(number, FORM));
		assertThat(shown.path("organisation").asText()).isEqualTo("Regio Waterland-Zuid");
		assertThat(shown.path("askedBy").asText()).startsWith("Anna de Wit, op ");
		assertThat(shown.path("deadlineReason").asText())
			.isEqualTo("Heeft dan nog niemand de regie, dan melden wij dat.");
		assertThat(answer("paul", number, Map.of("answer", "accept"))).isEqualTo(200);
		assertThat(holder(number)).isEqualTo("RG01 paul");
		assertThat(forms(number)).doesNotContain(FORM);
		assertThat(as("ulla").tasks(number, FORM)).isEmpty();
		assertThat(passed(number, PROCESS)).contains("endEvent_answered").doesNotContain("event_leadQuestionEnded");
		assertThat(audit(number, "leadAccepted")).singleElement().asString().startsWith("paul ");
	}

	@Test
	void refusedAndReferredInTasklistIsRecordedAsSuch() {
		String number = asked("RG01", "UWV");
		assertThat(answer("paul", number, Map.of("answer", "refuse", "reason", "noCapacity"))).isEqualTo(200);
		assertThat(as("ulla").tasks(number, FORM)).as("answers for itself").hasSize(1);
		assertThat(answer("ulla", number, Map.of("answer", "refer", "referredTo", "SVB"))).isEqualTo(200);
		assertThat(forms(number)).doesNotContain(FORM);
		assertThat(audit(number, "leadRefused")).hasSize(2).allMatch((line) -> line.contains("\"via\":\"task\""));
		assertThat(audit(number, "leadReferred")).singleElement().asString().contains("\"referredTo\":\"SVB\"");
		assertThat(page("anna", "/casus/" + number + "/regie")).contains("Wij hebben hier geen ruimte voor",
				"verwijst naar Sociale Verzekeringsbank (SVB)");
		assertThat(page("anna", "/casus/" + number)).contains("Antwoord op de vraag om de regie");
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource(nullValues = "-", textBlock = """
			-,      -,          -
			maybe,  -,          -
			refuse, -,          -
			refuse, noReason,   -
			refuse, silent,     -
			refer,  -,          -
			refer,  -,          XX
			refer,  -,          RG01
			refer,  noCapacity, UWV
			accept, noCapacity, -
			""")
	void whatIsNoAnswerChangesNothing(String answer, String reason, String referredTo) {
		String number = asked("RG01");
		Map<String, String> fields = new HashMap<>();
		fields.put("answer", answer);
		fields.put("reason", reason);
		fields.put("referredTo", referredTo);
		fields.values().removeIf(Objects::isNull);
		assertThat(answer("paul", number, fields)).isEqualTo(400);
		assertThat(as("paul").tasks(number, FORM)).hasSize(1);
		assertThat(audit(number, "leadRefused")).isEmpty();
		assertThat(holder(number)).isNull();
	}

	@Test
	void answerOnThePageOrByTheLinkTakesTheTaskAway() {
		String number = asked("RG01", "LMM", "UWV");
		act("paul", number, "weigeren", Map.of("reason", "noMandate"));
		assertThat(as("paul").tasks(number, FORM)).isEmpty();
		UUID key = this.town.database()
			.sql("select answer_key from doorbraak.alert where case_number = ? and kind = 'leadAsked' and recipient_login = 'lotte'")
			.param(number)
			.query(UUID.class)
			.single();
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		assertThat(nobody.form("/regie/" + key, Map.of("act", "refuse", "reason", "noCapacity")).status())
			.isEqualTo(200);
		assertThat(as("lotte").tasks(number, FORM)).isEmpty();
		assertThat(as("ulla").tasks(number, FORM)).hasSize(1);
		act("ulla", number, "nemen", Map.of());
		assertThat(forms(number)).doesNotContain(FORM);
		assertThat(passed(number, PROCESS)).contains("event_leadQuestionEnded", "endEvent_ended");
	}

	@Test
	void leadThatComesBackAsksAgainWhoHadNotAnswered() {
		String number = asked("RG01", "UWV");
		act("anna", number, "nemen", Map.of());
		assertThat(forms(number)).doesNotContain(FORM);
		UUID key = this.town.database()
			.sql("select answer_key from doorbraak.alert where case_number = ? and kind = 'leadAsked' and recipient_login = 'paul'")
			.param(number)
			.query(UUID.class)
			.single();
		assertThat(WebVisitor.anonymous(this.town)
			.form("/regie/" + key, Map.of("act", "refuse", "reason", "noCapacity"))
			.status()).as("somebody has the lead").isEqualTo(409);
		act("anna", number, "teruggeven", Map.of("reason", "noCapacity"));
		assertThat(as("paul").tasks(number, FORM)).hasSize(1);
		assertThat(as("ulla").tasks(number, FORM)).hasSize(1);
	}

	@Test
	void isDueWhenTheWatchLooksNextAndClosesWithTheCase() {
		String number = asked("RG01");
		assertThat(due(number)).isEqualTo(this.town.as("paul").dueAt(number, FORM))
			.isBetween(this.town.clock().instant(), this.town.clock().instant().plus(Duration.ofDays(10)));
		Instant first = due(number);
		this.town.passUntil(first);
		assertThat(audit(number, "leadMissing")).hasSize(1);
		assertThat(due(number)).as("asked again, until the watch looks again").isAfter(first);
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(4).toString())))
			.isEqualTo(200);
		this.town.workDue();
		assertThat(due(number)).as("an event that is near")
			.isBefore(this.town.clock().instant().plus(Duration.ofDays(5)));
		assertThat(post("anna", number, "pause",
				Map.of("reason", "Opname.", "until", this.town.today().plusDays(3).toString())))
			.isIn(200, 400);
		assertThat(post("anna", number, "withdrawal", Map.of("reason", "Opgelost."))).isEqualTo(200);
		assertThat(forms(number)).doesNotContain(FORM);
	}

	@Test
	void whoStandsInAnswersAsLongAsTheOtherIsAway() {
		this.town.away("paul", "lotte");
		String number = asked("RG01");
		assertThat(page("lotte", "/")).contains(number, "Neem de regie, of zeg waarom niet");
		assertThat(as("lotte").tasks(number, FORM)).hasSize(1);
		assertThat(page("lotte", "/casus/" + number + "/regie")).contains("Wij nemen de regie");
		this.town.everybodyBack();
		assertThat(as("lotte").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "lotte").form("/casus/" + number + "/regie/nemen", Map.of()).status())
			.isEqualTo(404);
		this.town.away("paul", "lotte");
		assertThat(answer("lotte", number, Map.of("answer", "accept"))).isEqualTo(200);
		assertThat(holder(number)).isEqualTo("RG01 lotte");
	}

	/** Ulla has a colleague at UWV for as long as this lasts. */
	@Test
	void whoGoesAwayAfterTheQuestionIsStoodInForFromTheFirstDay() {
		this.town.database().sql("insert into doorbraak.post values ('bas', 'caseDirector', 'UWV')").update();
		try {
			String before = asked("UWV");
			String from = this.town.today().plusDays(2).toString();
			assertThat(WebVisitor.login(this.town, "ulla")
				.form("/afwezig",
						Map.of("firstDay", from, "lastDay", this.town.today().plusDays(9).toString(), "deputy", "bas"))
				.status()).isEqualTo(302);
			String after = asked("UWV");
			for (String number : List.of(before, after)) {
				assertThat(as("bas").get("/api/v1/cases/" + number).status()).as("ulla is there").isEqualTo(404);
			}
			this.town.pass(Duration.ofDays(2));
			for (String number : List.of(before, after)) {
				assertThat(as("bas").get("/api/v1/cases/" + number).status()).as("ulla is away").isEqualTo(200);
			}
			assertThat(page("bas", "/")).contains(before, after);
			act("bas", before, "nemen", Map.of());
			assertThat(holder(before)).isEqualTo("UWV bas");
			act("bas", after, "weigeren", Map.of("reason", "noCapacity"));
			assertThat(as("bas").get("/api/v1/cases/" + after).status()).as("his part is over").isEqualTo(404);
		}
		finally {
			this.town.database()
				.sql("delete from doorbraak.post where officer_login = 'bas' and organisation_id = 'UWV'")
				.update();
		}
	}

	@Test
	void personRefersInTheRealTasklist() {
		String number = asked("UWV");
		try (Screens screens = Screens.open(); Screen ulla = screens.screen(this.town.address(), 1280)) {
			ulla.logIn("ulla");
			Tasklist task = ulla.tasklist().open(number, "Neem de regie, of zeg waarom niet").take();
			assertThat(task.form().innerText()).contains("Klaar uiterlijk");
			assertThat(task.form().getByLabel("Welke organisatie wordt gevraagd?").inputValue()).isEqualTo("UWV");
			task.tick("Wij gaan hier niet over")
				.pick("Wie moet dan worden gevraagd?", "Sociale Verzekeringsbank (SVB)");
			ulla.picture("tasklist-lead-question");
			task.complete();
			assertThat(ulla.faults()).isEmpty();
		}
		assertThat(audit(number, "leadReferred")).singleElement().asString().contains("SVB");
	}

	private String asked(String... organisations) {
		String number = report();
		List.of(organisations)
			.forEach((organisation) -> act("anna", number, "vragen", Map.of("organisation", organisation)));
		this.town.workDue();
		return number;
	}

	private void act(String login, String number, String act, Map<String, String> fields) {
		assertThat(WebVisitor.login(this.town, login).form("/casus/" + number + "/regie/" + act, fields).status())
			.isEqualTo(302);
	}

	private int answer(String login, String number, Map<String, String> fields) {
		Town.Visitor visitor = as(login);
		String task = visitor.task(number, FORM);
		visitor.post("/api/v1/tasks/" + task + "/claim", null);
		return visitor.post("/api/v1/tasks/" + task + "/complete", fields).status();
	}

	private Instant due(String number) {
		return tasks(number).stream()
			.filter((task) -> task.getTaskDefinitionKey().equals("userTask_answerLeadQuestion"))
			.findFirst()
			.orElseThrow()
			.getDueDate()
			.toInstant();
	}

	private String holder(String number) {
		return this.town.database()
			.sql("select organisation_id || ' ' || person from doorbraak.lead where case_number = ? and state = 'accepted'")
			.param(number)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	private String page(String login, String path) {
		return WebVisitor.login(this.town, login).get(path).body();
	}

}
