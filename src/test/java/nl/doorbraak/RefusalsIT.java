package nl.doorbraak;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** All grounds at once, or a flag; and what an agency may still change afterwards. */
@WholeApplication
class RefusalsIT {

	private static final String ASSISTANCE = "specialAssistance";

	private final Town town;

	private final AgencyRequests requests;

	@Autowired
	RefusalsIT(Town town, AgencyRequests requests) {
		this.town = town;
		this.requests = requests;
	}

	@Test
	void fiveRefusalsOnFiveGroundsShowFourFlagsAndTheWayUp() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (int round = 0; round < 5; round++) {
			ask(number, "GM9002", ASSISTANCE, "application");
			refuse("anna", number, round, Map.of());
			this.town.pass(Duration.ofDays(1));
			int status = anna.form(page(number) + "/omhoog", Map.of()).status();
			assertThat(status).as("after refusal " + (round + 1)).isEqualTo((round < 2) ? 409 : 302);
			if (status == 302) {
				break;
			}
		}
		this.town.workDue();
		assertThat(this.town.as("anna").state(number).path("rung").asText()).isEqualTo("regional");
		for (int round = 3; round < 5; round++) {
			ask(number, "GM9002", ASSISTANCE, "application");
			refuse("anna", number, round, Map.of());
		}
		String shown = anna.get(page(number)).body();
		assertThat(this.requests.refusals(number).flagged()).hasSize(4);
		assertThat(shown).contains("5 afwijzingen, waarvan 4 op een grond die er bij een eerdere afwijzing al was")
			.contains("De kosten zijn noodzakelijk (Participatiewet 35)", "niet alle voorwaarden beoordeeld");
		assertThat(shown.split("kon eerder", -1)).hasSize(5);
		assertThat(anna.get("/casus/" + number).body()).contains("waarvan 4 op een grond", "opeenvolgende afwijzing");
		assertThat(alerts(number, "serialRefusal")).hasSize(8).contains("anna", "karim");
		assertThat(audit(number)).contains("refusalsTakenUp anna", "serialRefusalFound #software");
	}

	@Test
	void anAgencyGoesThroughEveryConditionInTasklistAndSaysHowItWasTold() {
		String number = report();
		ask(number, "UWV", "disabilityBenefit", "application");
		try (Screens screens = Screens.open()) {
			Screen ulla = screens.screen(this.town.address(), "ulla");
			Tasklist tasklist = ulla.tasklist().open(number, "Beantwoord vraag").take();
			tasklist.tick("Wij wijzen dit af");
			assertThat(tasklist.form().getByLabel("Om welke regeling gaat het?").inputValue())
				.contains("WIA-uitkering (Wet werk en inkomen naar arbeidsvermogen)");
			assertThat(tasklist.form().innerText())
				.contains("De inwoner was verzekerd (Wet WIA 7)", "De aanvraag is op tijd en volledig (Wet WIA 64)")
				.doesNotContain("Hebt u alle voorwaarden beoordeeld?", "Welke afdeling?", "Wat ging eraan vooraf?",
						"{{");
			tasklist.tick("De inwoner was verzekerd", "Voldaan");
			tasklist.tick("De wachttijd is voorbij", "Niet voldaan");
			tasklist.tick("De inwoner is genoeg arbeidsongeschikt", "Niet beoordeeld");
			tasklist.tick("De aanvraag is op tijd en volledig", "Voldaan");
			tasklist.write("Wie besloot dit, in welke functie?", "Teammanager");
			tasklist.write("Waaraan is niet voldaan, en waarom?", "De wachttijd loopt nog (artikel 23).");
			tasklist.write("Wat zou wel genoeg zijn?", "Een nieuwe aanvraag na de wachttijd.");
			tasklist.tick("Wat kan de inwoner hiertegen doen?", "Bezwaar maken");
			tasklist.date("Tot en met welke dag kan dat?", this.town.today().plusDays(42));
			tasklist.tick("Hoe hoort de inwoner dit van u?", "Alleen per brief");
			ulla.picture("answer-request-conditions");
			tasklist.complete();
			this.town.workDue();
			AgencyRequest refused = only(number);
			assertThat(refused.findings()).hasSize(4);
			assertThat(refused.assessedAll()).isFalse();
			assertThat(refused.isColdRefusal()).isTrue();

			Screen anna = screens.screen(this.town.address(), "anna");
			anna.open(page(number));
			anna.assertReadable();
			anna.picture("agencies");
			assertThat(anna.page().locator("main").innerText()).contains("nog niet verteld", "De wachttijd is voorbij",
					"Een nieuwe aanvraag na de wachttijd.");
			anna.page().getByLabel("Hoe is het verteld?").selectOption("visit");
			anna.page().getByText("Leg vast dat het is verteld").press("Enter");
			assertThat(anna.page().locator("main").innerText()).doesNotContain("nog niet verteld");
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn("anna");
			small.open(page(number));
			small.assertReadable();
			small.picture("agencies-390");
		}
		assertThat(audit(number)).contains("refusalTold anna");
	}

	@Test
	void whatAnAgencyNeedsStopsItsClockUntilItIsDelivered() {
		String number = report();
		ask(number, "UWV", null, "decision");
		Instant due = only(number).dueAt();
		this.town.as("ulla")
			.fill(number, "answer-request",
					Map.of("answer", "needsFacts", "needed", "De loonstroken.", "neededFrom", "resident"));
		assertThat(only(number).state()).isEqualTo("waiting");
		assertThat(alerts(number, "agencyNeedsFacts")).contains("anna", "karim");
		this.town.pass(Duration.ofDays(21));
		assertThat(only(number).silentAt()).as("it waits, and is not silent").isNull();
		assertThat(WebVisitor.login(this.town, "anna").get(page(number)).body()).contains("De loonstroken.",
				"de klok staat stil");
		JsonNode shown = this.town.as("anna").values(this.town.as("anna").task(number, "deliver-facts"));
		assertThat(shown.path("needed").asText()).isEqualTo("De loonstroken.");
		assertThat(shown.path("deadline").asText()).as("the agency's day, not the level's")
			.isEqualTo(DutchTime.date(DutchTime.lastDay(due)));
		this.town.as("anna").fill(number, "deliver-facts", Map.of("delivered", "Per beveiligde mail."));
		assertThat(only(number).dueAt()).isAfterOrEqualTo(due.plus(Duration.ofDays(21)));
		this.town.as("ulla")
			.fill(number, "answer-request",
					Map.of("answer", "takesPart", "action", "Wij komen naar de tafel.", "identified", true));
		assertThat(only(number).state()).isEqualTo("takesPart");
	}

	@Test
	void whatAnAgencyNeedsIsNoLongerNeededWhenTheQuestionIsTakenBack() {
		String number = report();
		ask(number, "UWV", null, "decision");
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "needsFacts", "needed", "x", "neededFrom", "other"));
		assertThat(WebVisitor.login(this.town, "anna")
			.form(page(number) + "/" + only(number).id() + "/intrekken", Map.of())
			.status()).isEqualTo(302);
		assertThat(only(number).state()).isEqualTo("lapsed");
		assertThat(this.town.as("anna").tasks(number, "deliver-facts")).isEmpty();
	}

	@Test
	void refusalThatIsTakenBackCountsNoMoreAndTheQuestionIsAskedAnew() {
		String number = report();
		ask(number, "UWV", "disabilityBenefit", "application");
		refuse("ulla", number, 0, Map.of());
		ask(number, "UWV", "disabilityBenefit", "application");
		refuse("ulla", number, 1, Map.of());
		assertThat(this.requests.refusals(number).flagged()).hasSize(1);
		AgencyRequest first = this.requests.history(number).get(0);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String door = page(number) + "/" + first.id() + "/afwijzing-ingetrokken";
		assertThat(anna.form(door, Map.of("why", " ")).status()).isEqualTo(400);
		assertThat(anna.form(door, Map.of("why", "De teammanager belde: wij toetsen opnieuw.")).status())
			.isEqualTo(302);
		assertThat(anna.form(door, Map.of("why", "Nog eens.")).status()).isEqualTo(409);
		this.town.workDue();
		assertThat(this.requests.refusals(number).flagged()).as("it was flagged by the one that is gone").isEmpty();
		AgencyRequest again = this.requests.history(number).get(2);
		assertThat(again.previous()).isEqualTo(first.id());
		assertThat(again.askedBy()).isEqualTo("anna");
		assertThat(anna.get(page(number)).body()).contains("afwijzing ingetrokken", "wij toetsen opnieuw");
		this.town.as("ulla")
			.fill(number, "answer-request",
					Map.of("answer", "granted", "action", "Alsnog.", "decidedBy", "Teammanager"));
		assertThat(this.requests.history(number).get(2).state()).isEqualTo("granted");
	}

	@Test
	void twoDepartmentsThatSayYesAndNoAreToldUntilTheAgencyAsAWholeAnswers() {
		String number = report();
		ask("anna", number, Map.of("agency", "UWV", "scheme", "disabilityBenefit", "kind", "decision", "department",
				"Uitkeren", "question", "Kan de uitkering doorlopen?"));
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "action", "Ja.", "decidedBy", "Teammanager"));
		ask("anna", number, Map.of("agency", "UWV", "scheme", "disabilityBenefit", "kind", "decision", "department",
				"Handhaving", "question", "Kan de uitkering doorlopen?"));
		refuse("ulla", number, 2, Map.of());
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get(page(number)).body())
			.contains("zegt ja en nee op hetzelfde: ja van Uitkeren, nee van Handhaving");
		assertThat(alerts(number, "agencyContradicts")).contains("anna", "ulla");
		ask("anna", number, Map.of("agency", "UWV", "scheme", "disabilityBenefit", "kind", "decision", "question",
				"Wat geldt nu?"));
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "action", "Ja.", "decidedBy", "Directeur"));
		assertThat(anna.get(page(number)).body()).doesNotContain("zegt ja en nee");
	}

	@Test
	void termOfAnApplicationIsTheLawsAndOfAQuestionOurs() {
		String number = report();
		ask(number, "UWV", "disabilityBenefit", "application");
		ask(number, "GM9002", "socialSupport", "application");
		ask(number, "SVB", null, "consultation");
		List<AgencyRequest> asked = this.requests.history(number);
		assertThat(asked.get(0).explanation()).contains("8 weken", "Awb artikel 4:13");
		assertThat(asked.get(1).explanation()).contains("2 weken", "Wet maatschappelijke ondersteuning 2015");
		assertThat(asked.get(2).explanation()).contains("5 werkdagen");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					consultation | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=none,toldBy=phone,conditionA=notMet,conditionB=met,conditionC=met,conditionD=met | niets af te wijzen
					application  | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=none,toldBy=phone,conditionA=notMet,conditionB=met,conditionC=met | 'De aanvraag is op tijd en volledig (Wet WIA 64)' is nog niet ingevuld
					application  | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=none,toldBy=phone,conditionA=met,conditionB=met,conditionC=met,conditionD=notAssessed | Zeg waaraan niet is voldaan
					application  | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=objection,toldBy=phone,conditionA=notMet,conditionB=met,conditionC=met,conditionD=met | 'Tot en met welke dag kan dat?' is nog niet ingevuld
					application  | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=appeal,remedyUntil=2020-01-01,toldBy=phone,conditionA=notMet,conditionB=met,conditionC=met,conditionD=met | al voorbij
					application  | answer=granted,action=x,decidedBy=x,conditionA=met | hoort niet bij de andere antwoorden
					application  | answer=refused,decidedBy=x,grounds=x,sufficient=x,remedy=none,toldBy=phone,assessedAll=yes,conditionA=notMet,conditionB=met,conditionC=met,conditionD=met | hoort niet bij de andere antwoorden
					""")
	void anAnswerThatCannotBeIsRefusedInASentenceAndNothingIsKept(String kind, String answers, String sentence) {
		String number = report();
		ask(number, "UWV", "disabilityBenefit", kind);
		Map<String, Object> fields = new HashMap<>();
		for (String each : answers.split(",")) {
			fields.put(each.split("=")[0], each.split("=")[1]);
		}
		Town.Visitor ulla = this.town.as("ulla");
		String task = ulla.task(number, "answer-request");
		ulla.post("/api/v1/tasks/" + task + "/claim", null);
		Town.Answer answer = ulla.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message().replace('\u2019', '\'')).contains(sentence.strip());
		assertThat(only(number).state()).isEqualTo("open");
		assertThat(only(number).findings()).isEmpty();
	}

	@Test
	void letterOfAnAnswerIsKeptOnceAndOnlyAPdf() {
		String number = report();
		ask(number, "UWV", null, "decision");
		long id = only(number).id();
		assertThat(attach("anna", number, id, "%PDF-1.7 brief")).as("without an answer").isEqualTo(409);
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "action", "Ja.", "decidedBy", "Teammanager"));
		assertThat(attach("bert", number, id, "%PDF-1.7 brief")).isEqualTo(404);
		assertThat(attach("anna", number, id, "geen pdf")).isEqualTo(400);
		assertThat(attach("anna", number, id, "%PDF-1.7 " + "x".repeat(300_000))).isEqualTo(302);
		assertThat(attach("anna", number, id, "%PDF-1.7 brief")).isEqualTo(409);
		assertThat(WebVisitor.login(this.town, "anna").get(page(number)).body())
			.contains("Brief van de instantie (PDF)");
	}

	@Test
	void administratorKeepsTheListsAndWhatWasAskedKeepsItsOwn() {
		String number = report();
		ask(number, "UWV", "debtHelp", "application");
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		int version = version("debtHelp");
		StringBuilder list = new StringBuilder("version=" + version + "&agreedWith=de+teamleider");
		list.append(
				"&code1=2&wording1=De+schuld+is+te+groot&article1=Wgs+3&code2=0&wording2=Er+is+een+plan&article2=Beleid");
		assertThat(change(femke, "debtHelp", list.toString())).isEqualTo(302);
		assertThat(change(femke, "debtHelp", list.toString())).as("somebody was first").isEqualTo(409);
		assertThat(change(femke, "debtHelp",
				list.toString()
					.replace("version=" + version, "version=" + (version + 1))
					.replace("code2=0", "code2=2")))
			.as("twice the same")
			.isEqualTo(400);
		assertThat(change(femke, "unknown", list.toString())).isEqualTo(404);
		assertThat(change(WebVisitor.login(this.town, "anna"), "debtHelp", list.toString())).isEqualTo(403);
		assertThat(femke.get("/voorwaarden").body()).contains("De schuld is te groot (Wgs 3)",
				"afgesproken met de teamleider");
		assertThat(this.requests.conditions(only(number))).hasSize(4);
		refuse("ulla", number, 1, Map.of());
		ask(number, "UWV", "debtHelp", "application");
		AgencyRequest second = this.requests.history(number).get(1);
		assertThat(this.requests.conditions(second)).hasSize(2);
		refuse("ulla", number, 1, Map.of());
		assertThat(this.requests.refusals(number).flagged()).as("the plan was on no list before").isEmpty();
		try (Screens screens = Screens.open()) {
			Screen screen = screens.screen(this.town.address(), "femke");
			screen.open("/voorwaarden");
			screen.page().locator("summary").first().press("Enter");
			screen.assertReadable();
			screen.picture("schemes");
		}
	}

	private int version(String scheme) {
		return this.town.database()
			.sql("select max(version) from doorbraak.scheme_version where scheme_id = ?")
			.param(scheme)
			.query(Integer.class)
			.single();
	}

	private static int change(WebVisitor keeper, String scheme, String list) {
		return keeper.send("POST", "/voorwaarden/" + scheme, list, "application/x-www-form-urlencoded", Map.of())
			.status();
	}

	private int attach(String login, String number, long id, String content) {
		WebVisitor visitor = WebVisitor.login(this.town, login);
		String body = "--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
				+ content + "\r\n--x--\r\n";
		return visitor
			.send("POST", page(number) + "/" + id + "/brief", body, "multipart/form-data; boundary=x", Map.of())
			.status();
	}

	private String report() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Telkens een andere reden."));
		this.town.workDue();
		return number;
	}

	private void ask(String number, String agency, String scheme, String kind) {
		ask("anna", number, Map.of("agency", agency, "scheme", (scheme != null) ? scheme : "", "kind", kind, "question",
				"Kan het doorgaan?"));
	}

	private void ask(String login, String number, Map<String, String> fields) {
		assertThat(WebVisitor.login(this.town, login).form(page(number), fields).status()).isEqualTo(302);
		this.town.workDue();
	}

	/**
	 * Refuses on one condition: what comes before it is met, the rest nobody looked at.
	 */
	private void refuse(String login, String number, int condition, Map<String, ?> more) {
		AgencyRequest open = this.requests.history(number)
			.stream()
			.filter(AgencyRequest::isOpen)
			.findFirst()
			.orElseThrow();
		Map<String, Object> fields = new HashMap<>(Map.of("answer", "refused", "decidedBy", "Teammanager", "grounds",
				"Niet voldaan.", "sufficient", "Alles.", "remedy", "none", "toldBy", "phone"));
		int conditions = this.requests.conditions(open).size();
		for (int i = 0; i < conditions; i++) {
			fields.put("condition" + (char) ('A' + i),
					(i < condition) ? "met" : (i == condition) ? "notMet" : "notAssessed");
		}
		fields.putAll(more);
		this.town.as(login).fill(number, "answer-request", fields);
	}

	private AgencyRequest only(String number) {
		List<AgencyRequest> history = this.requests.history(number);
		assertThat(history).hasSize(1);
		return history.get(0);
	}

	private static String page(String number) {
		return "/casus/" + number + "/instanties";
	}

	private List<String> alerts(String number, String kind) {
		return this.town.database()
			.sql("select coalesce(recipient_login, '') from doorbraak.alert where case_number = ? and kind = ?")
			.params(number, kind)
			.query(String.class)
			.list();
	}

	private List<String> audit(String number) {
		return this.town.database()
			.sql("select act || ' ' || actor from doorbraak.audit_line where chain = ?")
			.param(number)
			.query(String.class)
			.list();
	}

}
