package nl.doorbraak;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is away is not waited for, and standing in gives no mandate: only a line of the
 * register does.
 */
@WholeApplication
class AbsenceIT {

	private static final String MANAGER = "GM9001-02";

	private final Town town;

	@Autowired
	AbsenceIT(Town town) {
		this.town = town;
	}

	@AfterEach
	void asTheyWere() {
		this.town.everybodyBack();
	}

	@Test
	void deputyWithoutMandateIsPassedOverAtOnceAndTheNextIsToldWhy() {
		enter("mila", today(), today().plusDays(6), "bert");
		String number = proposed();
		assertThat(this.town.as("bert").tasks(number, "sign-off")).isEmpty();
		assertThat(this.town.as("bert").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		Town.Visitor dirk = this.town.as("dirk");
		assertThat(dirk.values(dirk.task(number, "sign-off")).path("deadlineReason").asText())
			.contains("Manager: afwezig tot en met " + DutchTime.date(today().plusDays(6))
					+ ", en het mandaat laat de plaatsvervanger niet tekenen. Daarom vragen wij u.");
		assertThat(page("anna", "/casus/" + number)).contains("Manager: afwezig tot en met ");
		assertThat(acts(number)).containsSubsequence("signOffPassedOver", "signOffAsked");
		dirk.sign(number, Map.of("decision", "agree"));
		assertThat(this.town.as("anna").state(number).path("state").asText()).isEqualTo("closed");
	}

	@Test
	void deputyWhomTheMandateNamesSignsInTheHoldersPlace() {
		this.town.away("mila", "bert", MANAGER);
		String number = proposed();
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).isEmpty();
		this.town.as("bert").sign(number, Map.of("decision", "agree"));
		assertThat(this.town.database().sql("""
				select person || ' as ' || function || ' for ' || deputy_for from doorbraak.sign_off
				where case_number = ?""").param(number).query(String.class).single())
			.isEqualTo("bert as manager for mila");
		assertThat(page("anna", "/casus/" + number)).contains("als plaatsvervanger van Mila Jansen");
		assertThat(acts(number)).containsSubsequence("signedAsDeputy", "signedOff");
		assertThat(page("mila", "/namens-mij")).contains(number, "Bert Kuipers, Manager", ">als uw plaatsvervanger<",
				"6.000,00", MANAGER);
		assertThat(page("wilma", "/namens-mij")).contains(number, "Bert Kuipers, Manager")
			.doesNotContain(">als uw plaatsvervanger<");
		assertThat(page("anna", "/namens-mij")).doesNotContain(number);
	}

	@Test
	void rightsOfTheDeputyEndWithTheAbsence() {
		enter("mila", today(), today().plusDays(1), "bert");
		own("update doorbraak.mandate set deputy = 'caseDirector' where number = '" + MANAGER + "'");
		String number = proposed();
		Town.Visitor bert = this.town.as("bert");
		String task = bert.task(number, "sign-off");
		bert.post("/api/v1/tasks/" + task + "/claim", null);
		String hash = bert.values(task).path("proposalHash").asText();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		long id = this.town.database()
			.sql("select id from doorbraak.absence where officer_login = 'mila'")
			.query(Long.class)
			.single();
		assertThat(WebVisitor.login(this.town, "bert").form("/afwezig/" + id + "/terug", Map.of()).status())
			.isEqualTo(404);
		assertThat(mila.form("/afwezig/" + id + "/terug", Map.of()).status()).isEqualTo(302);
		assertThat(bert.get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(bert.tasks(number, "sign-off")).isEmpty();
		Town.Answer late = bert.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", hash));
		assertThat(late.status()).isEqualTo(404);
		assertThat(acts(number)).contains("standInEnded");
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
	}

	@Test
	void deputySeesNothingMoreOfTheCaseAfterTheLastDay() {
		enter("mila", today(), today().plusDays(1), "bert");
		own("update doorbraak.mandate set deputy = 'caseDirector' where number = '" + MANAGER + "'");
		String number = proposed();
		Town.Visitor bert = this.town.as("bert");
		String task = bert.task(number, "sign-off");
		bert.post("/api/v1/tasks/" + task + "/claim", null);
		this.town.passUntil(today().plusDays(2).atStartOfDay(DutchTime.ZONE).toInstant().minusSeconds(60));
		assertThat(bert.get("/api/v1/cases/" + number).status()).as("on the last day").isEqualTo(200);
		this.town.moveClock(Duration.ofSeconds(120));
		assertThat(bert.get("/api/v1/cases/" + number).status()).as("before anything ran").isEqualTo(404);
		this.town.pass(Duration.ZERO);
		assertThat(page("bert", "/")).doesNotContain(number);
		assertThat(bert.tasks(number, "sign-off")).isEmpty();
		assertThat(bert.get("/api/v1/tasks/" + task).status()).isEqualTo(404);
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
	}

	@Test
	void noChainOfDeputies() {
		this.town.away("mila", "bert", MANAGER);
		this.town.away("bert", "anna", MANAGER);
		String number = proposed();
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).hasSize(1);
		assertThat(this.town.as("anna").tasks(number, "sign-off")).isEmpty();
	}

	@Test
	void whoGoesAwayNowLeavesNobodyWaiting() {
		String number = proposed();
		assertThat(this.town.as("mila").tasks(number, "sign-off")).hasSize(1);
		enter("mila", today(), today().plusDays(6), "");
		this.town.workDue();
		assertThat(this.town.as("mila").tasks(number, "sign-off")).isEmpty();
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).hasSize(1);
		assertThat(acts(number)).containsSubsequence("signOffCutShort", "signOffPassedOn", "signOffPassedOver",
				"signOffAsked");
	}

	@Test
	void questionMovesToTheDeputyWhenTheHolderGoes() {
		String number = proposed();
		own("update doorbraak.mandate set deputy = 'caseDirector' where number = '" + MANAGER + "'");
		enter("mila", today(), today().plusDays(6), "bert");
		this.town.workDue();
		assertThat(this.town.as("bert").tasks(number, "sign-off")).hasSize(1);
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).isEmpty();
	}

	@Test
	void whoWillBeAwayHasUntilThen() {
		enter("mila", today().plusDays(1), today().plusDays(20), "");
		String number = proposed();
		Town.Visitor mila = this.town.as("mila");
		assertThat(mila.dueAt(number, "sign-off"))
			.isEqualTo(today().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(mila.values(mila.task(number, "sign-off")).path("deadlineReason").asText())
			.contains("is niemand er met de functie Manager");
		this.town.passUntil(mila.dueAt(number, "sign-off"));
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).hasSize(1);
	}

	@Test
	void whoMayDecideTodayDoesNotNameWhoIsAway() {
		String question = "/mandaten/bevoegd?niveau=local&bevoegdheid=scheme&bedrag=6.000&afwijken=nee&voorbehouden=none";
		assertThat(page("mila", question)).contains("Manager van Gemeente Waterdam mag dit beslissen.");
		enter("mila", today(), today().plusDays(6), "bert");
		assertThat(page("mila", question)).contains("Directeur sociaal domein van Gemeente Waterdam mag dit beslissen.",
				"Wie de functie van dit mandaat heeft, is vandaag afwezig.");
		own("update doorbraak.mandate set deputy = 'caseDirector' where number = '" + MANAGER + "'");
		assertThat(page("mila", question)).contains("Manager van Gemeente Waterdam mag dit beslissen.",
				"Vandaag in de plaats van wie afwezig is: Bert Kuipers.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-1 | 3   | -     | Vul de eerste dag in: vandaag of later
			-  | 3   | -     | Vul de eerste dag in
			2  | 1   | -     | Vul de laatste dag in: niet vóór de eerste dag
			2  | 900 | -     | hoogstens een jaar
			2  | 3   | olaf  | Kies een collega uit de lijst
			2  | 3   | mila  | Kies een collega uit de lijst
			2  | 3   | weg   | Kies een collega uit de lijst
			""")
	void absenceThatCannotBeIsTold(Integer first, int last, String deputy, String sentence) {
		WebVisitor.Answer answer = WebVisitor.login(this.town, "mila")
			.form("/afwezig", Map.of("firstDay", (first != null) ? today().plusDays(first).toString() : "gisteren",
					"lastDay", today().plusDays(last).toString(), "deputy", (deputy != null) ? deputy : ""));
		assertThat(answer.status()).isEqualTo(400);
		Document shown = Jsoup.parse(answer.body());
		assertThat(shown.select("form[action=/afwezig] > #fout").text()).contains(sentence);
		assertThat(shown.select("#lastDay").val()).isEqualTo(today().plusDays(last).toString());
		assertThat(this.town.database().sql("select count(*) from doorbraak.absence").query(Long.class).single())
			.isZero();
	}

	@Test
	void nobodyIsAwayTwice() {
		enter("mila", today().plusDays(2), today().plusDays(4), "");
		WebVisitor.Answer answer = WebVisitor.login(this.town, "mila")
			.form("/afwezig", Map.of("firstDay", today().plusDays(4).toString(), "lastDay",
					today().plusDays(9).toString(), "deputy", ""));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("op een van deze dagen al afwezig");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void whoGoesAwaySeesAtOnceWhatADeputyMaySign(int width) {
		try (Screens screens = Screens.open(); Screen dirk = screens.screen(this.town.address(), width)) {
			Page page = dirk.page();
			dirk.logIn("dirk");
			dirk.link("Als u er niet bent").click();
			page.locator("#firstDay").fill(today().toString());
			page.locator("#lastDay").fill(today().plusDays(6).toString());
			page.locator("#deputy").selectOption("mila");
			dirk.button("Bekijk eerst wat deze collega mag").click();
			String text = page.locator("main").innerText().replace('\u00a0', ' ');
			assertThat(text).contains("Wat mag Mila Jansen tekenen?",
					"Mila Jansen tekent alleen onder het eigen mandaat GM9001-02, tot € 10.000,00.",
					"Daarboven vragen wij meteen: Wethouder.");
			assertThat(page.locator("#lastDay").inputValue()).isEqualTo(today().plusDays(6).toString());
			dirk.assertReadable();
			dirk.picture("away-" + width);
			dirk.button("Leg vast").click();
			assertThat(page.locator("main").innerText()).contains("Mila Jansen vervangt u.",
					DutchTime.date(today()) + " tot en met " + DutchTime.date(today().plusDays(6)));
			dirk.button("Ik ben terug").click();
			assertThat(page.locator("main").innerText()).doesNotContain("vervangt u.");
			dirk.link("Wat namens u is besloten").click();
			assertThat(page.locator("h1").innerText()).isEqualTo("Namens mij genomen");
			dirk.picture("behalf-" + width);
			assertThat(dirk.faults()).isEmpty();
		}
	}

	private void enter(String login, LocalDate first, LocalDate last, String deputy) {
		WebVisitor.Answer answer = WebVisitor.login(this.town, login)
			.form("/afwezig", Map.of("firstDay", first.toString(), "lastDay", last.toString(), "deputy", deputy));
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
	}

	private String page(String login, String path) {
		return WebVisitor.login(this.town, login).get(path).body();
	}

	/** A breakthrough of anna's of 6,000 euros: above her own ceiling, below mila's. */
	private String proposed() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 6000,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		return number;
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(number)
			.query(String.class)
			.list();
	}

	private LocalDate today() {
		return this.town.today();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
