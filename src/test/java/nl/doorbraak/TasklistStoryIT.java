package nl.doorbraak;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.ResumeOptions;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The work as people do it: in Tasklist and on the case page, in a real Chromium. C12
 * climbs four rungs, C10 skips one; between them Tasklist asks the server for exactly
 * what the fence lets through.
 */
@WholeApplication
class TasklistStoryIT {

	private static final String CANARY = "Kanariegeel";

	/** A browser without a window does not ask for it. */
	private static final String ICON = "GET /camunda/favicon.ico";

	private static Screens screens;

	private final Town town;

	private final List<Routes> fence;

	@Autowired
	TasklistStoryIT(Town town, List<Routes> fence) {
		this.town = town;
		this.fence = fence;
	}

	@BeforeAll
	static void openBrowser() {
		screens = Screens.open();
	}

	@AfterAll
	static void closeBrowser() {
		screens.close();
	}

	@Test
	void smallDebtClimbsFourRungs() {
		try (Screen anna = at("anna");
				Screen paul = at("paul");
				Screen lotte = at("lotte");
				Screen amira = at("amira")) {
			String number = report(anna);
			decideUpLocally(anna, number);
			assertThat(state(number, "rung")).isEqualTo("regional");

			paul.tasklist()
				.open(number, "Houd regionale tafel")
				.take()
				.date("Wanneer was de tafel?", this.town.today())
				.tick("Wie was uitgenodigd?", "Gemeente")
				.tick("Wie was uitgenodigd?", "UWV")
				.tick("Wie kwam er?", "Gemeente")
				.write("Wat is besloten of afgesproken?", "Iedereen doet mee; niemand mag betalen.")
				.complete();
			this.town.workDue();
			this.town.passUntil(termEnd(number));
			Tasklist question = anna.tasklist().open(number, "Beslis over termijn").take();
			assertThat(question.form()).containsText("Krijgen wij dan geen antwoord, dan gaat de casus omhoog.");
			question.tick("Verlengen").write("Waarom?", "De tafel komt volgende week terug.").complete();
			this.town.workDue();
			assertThat(state(number, "rung")).isEqualTo("regional");
			decideUp(paul, number, "Besluit regionaal");
			assertThat(state(number, "rung")).isEqualTo("national");

			lotte.tasklist()
				.open(number, "Neem eerste contact op")
				.take()
				.date("Wanneer was het eerste contact?", this.town.today())
				.tick("Bekend")
				.write("Welk orgaan is bevoegd?", "Gemeente Waterdam")
				.complete();
			this.town.workDue();
			this.town.passUntil(termEnd(number));
			this.town.passUntil(this.town.as("anna").dueAt(number, "decide-on-term"));
			assertThat(state(number, "rung")).as("silence means up").isEqualTo("ministry");

			amira.tasklist()
				.open(number, "Roep escalatieteam bijeen")
				.take()
				.date("Wanneer kwam het team bijeen?", this.town.today())
				.tick("Het bevoegde bestuursorgaan")
				.complete();
			this.town.workDue();
			Tasklist decision = amira.tasklist().open(number, "Besluit over doorbraak").take();
			assertThat(decision.form().getByLabel("Wat wil de inwoner bereiken?"))
				.hasValue("Rust, en weer zelf vooruit kunnen.");
			assertThat(decision.form().getByLabel("Wat kost de doorbraak? (euro)")).isHidden();
			decision.tick("Doorbraak: wij doen wat nodig is");
			assertThat(decision.form().getByLabel("Wat kost de doorbraak? (euro)")).hasValue("6000");
			decision.tick("Wijkt dit af van een regel of beleid?", "Nee")
				.tick("Moet een hogere functie hierover beslissen?", "Nee");
			amira.picture("tasklist-decide-breakthrough");
			decision.write("Waarom?", "De gemeente lost de schuld af uit het maatwerkbudget.").complete();
			this.town.workDue();

			anna.open("/casus/" + number);
			assertThat(anna.page().locator("main")).containsText("Gesloten: Doorbraak");
			anna.picture("case-closed");
			carryOut(anna, number);
			logOutInTasklist(anna);
			for (Screen screen : List.of(anna, paul, lotte, amira)) {
				assertThat(screen.faults()).isEmpty();
			}
			assertAsksExactlyWhatTheFenceLetsThrough(
					Stream.of(anna, paul, lotte, amira).flatMap((screen) -> screen.calls().stream()).toList());
		}
	}

	private String report(Screen anna) {
		Tasklist tasklist = anna.tasklist().openReport();
		tasklist.write("Wat zit er vast?", "Een schuld van 6.000 euro past in geen enkele regeling.")
			.tick("Financiën")
			.tick("Wonen")
			.pick("Dreigt er iets?", "Ontruiming")
			.date("Wanneer gebeurt dit?", this.town.today().plusDays(200))
			.write("Om welk bedrag gaat het?", "6000.5")
			.write("Om wie gaat het?", "Joke Vermeer")
			.date("Geboortedatum van deze inwoner", LocalDate.of(1971, 3, 14))
			.write("Welke organisaties zijn betrokken?", "Achtenveertig instellingen")
			.tick("Toch melden, ook als er al een casus loopt voor dit huishouden");
		anna.picture("tasklist-report");
		assertThat(tasklist.send("Melden").status()).isEqualTo(200);
		this.town.workDue();
		return newestCase(anna);
	}

	private void decideUpLocally(Screen anna, String number) {
		anna.open("/camunda/app/tasklist/default/");
		Locator row = anna.page().locator("ol.tasks-list > li").filter(new Locator.FilterOptions().setHasText(number));
		assertThat(row).containsText("Maak plan vanuit de bedoeling");
		row.locator("a").first().click();
		Tasklist plan = anna.tasklist().take().putBack().take();
		assertThat(plan.form()).containsText("Klaar uiterlijk");
		assertThat(plan.form().getByLabel("Wat zit er vast?"))
			.hasValue("Een schuld van 6.000 euro past in geen enkele regeling.");
		assertThat(plan.form().getByLabel("Wat zit er vast?")).not().isEditable();

		plan.tab("Diagram");
		assertThat(anna.page().locator("[data-element-id=userTask_makePlan]")).isVisible();
		assertThat(anna.page().getByText("Geschiedenis", new Page.GetByTextOptions().setExact(true))).isHidden();
		plan.tab("Formulier");
		plan.form().getByRole(com.microsoft.playwright.options.AriaRole.LINK).first().click();
		anna.page().waitForURL("**/casus/" + number + "/plan");
		anna.page().goBack();
		plan.form().waitFor();
		plan.form().getByRole(com.microsoft.playwright.options.AriaRole.LINK).last().click();
		anna.page().waitForURL("**/casus/" + number);
		anna.page().goBack();
		plan.form().waitFor();

		plan.write("Wat wil de inwoner bereiken?", "Rust, en weer zelf vooruit kunnen.")
			.write("Eerste doorbraak", "De schuld in één keer aflossen.")
			.write("Wat kost dat?", "6000")
			.write("Welke regel zit in de weg?", "Artikel 13 Participatiewet")
			.tick("Zijn de betrokkenen het eens", "Ja");
		anna.picture("tasklist-plan");
		plan.complete();
		this.town.workDue();
		decideUp(anna, number, "Besluit lokaal");
	}

	private void decideUp(Screen screen, String number, String task) {
		screen.tasklist()
			.open(number, task)
			.take()
			.tick("Omhoog naar het volgende niveau")
			.write("Waarom?", "Op dit niveau mag niemand het besluit nemen.")
			.complete();
		this.town.workDue();
	}

	@Test
	void disagreeingDepartmentsSkipARungInACrisis() {
		String number = this.town.as("anna").report(FirstClimbIT.COUCH_SLEEPER);
		try (Screen anna = at("anna"); Screen lotte = at("lotte")) {
			anna.open("/casus/" + number);
			anna.page().getByText("Er dreigt iets, of de datum verandert").click();
			anna.page().getByLabel("Wat dreigt er?").selectOption("eviction");
			anna.page().getByLabel("Wanneer gebeurt het?").fill(this.town.today().plusDays(1).toString());
			anna.button("Opslaan").click();
			assertThat(anna.page().locator(".event")).containsText("Ontruiming");
			anna.page().getByText("Doorzetten wegens crisis").click();
			anna.page().getByLabel("Waarom?").first().fill("Morgen staat zij op straat.");
			anna.button("Nu doorzetten").click();
			anna.page().waitForURL("**/casus/" + number);
			this.town.workDue();
			assertThat(state(number, "rung")).as("regional skipped").isEqualTo("national");

			lotte.tasklist()
				.open(number, "Neem eerste contact op")
				.take()
				.date("Wanneer was het eerste contact?", this.town.today())
				.tick("Betwist")
				.complete();
			this.town.workDue();
			lotte.tasklist()
				.open(number, "Besluit landelijk")
				.take()
				.tick("Doorbraak: wij doen wat nodig is")
				.write("Wat kost de doorbraak? (euro)", "0")
				.tick("Wijkt dit af van een regel of beleid?", "Nee")
				.tick("Moet een hogere functie hierover beslissen?", "Nee")
				.write("Waarom?", "De gemeente geeft vandaag een briefadres.")
				.write("Wie bevoegd is, is nog niet beslist. Waarom niet?", "Morgen is te laat; dat volgt.")
				.complete();
			this.town.workDue();
			Tasklist proposal = anna.tasklist().open(number, "Teken of weiger").take();
			assertThat(proposal.form().getByLabel("Waarom?", new Locator.GetByLabelOptions().setExact(true)))
				.hasValue("De gemeente geeft vandaag een briefadres.");
			assertThat(proposal.form().getByLabel("Wat wordt er voorgesteld, en door wie?")).not().isEditable();
			proposal.tick("Niet akkoord");
			anna.picture("tasklist-sign-off");
			proposal.tick("Akkoord").complete();
			this.town.workDue();
			anna.open("/casus/" + number);
			assertThat(anna.page().locator("main")).containsText("Gesloten: Doorbraak");
			assertThat(anna.faults()).isEmpty();
			assertThat(lotte.faults()).isEmpty();
		}
	}

	@Test
	void managerSignsGivesReasonsAndRatifies() {
		Hurried hurried = new Hurried(this.town, (field) -> "");
		String large = hurried.proposed(6000, "no");
		String small = hurried.proposed(900, "yes");
		try (Screen mila = at("mila"); Screen anna = at("anna")) {
			Tasklist proposal = mila.tasklist().open(large, "Teken of weiger").take();
			assertThat(proposal.form().getByLabel("Wat wordt er voorgesteld, en door wie?"))
				.hasValue("Doorbraak, voorgesteld door Anna de Wit (Lokaal)");
			assertThat(proposal.form().getByLabel("Om welk bedrag gaat het?"))
				.hasValue(Pattern.compile("€\\s6\\.000,00"));
			assertThat(proposal.form().getByLabel("Waarop berust dat?")).isHidden();
			proposal.tick("Niet akkoord");
			assertThat(proposal.form().getByText("Zo doen wij het nooit")).isVisible();
			proposal.tick("Akkoord onder voorwaarden").write("Welke voorwaarden stelt u?", "Vandaag nog.");
			proposal.tick("Akkoord");
			assertThat(proposal.form().getByLabel("Welke voorwaarden stelt u?")).isHidden();
			proposal.tick("Dit is een spoedbesluit: ik teken nu, de motivering volgt binnen een week.");
			mila.picture("tasklist-sign-off-manager");
			proposal.complete();
			this.town.workDue();
			anna.open("/casus/" + large);
			assertThat(anna.page().locator("main")).containsText("Motivering volgt uiterlijk");

			Tasklist reasons = mila.tasklist().open(large, "Motiveer spoedbesluit").take();
			assertThat(reasons.form()).containsText("De motivering volgt binnen 1 week na het spoedbesluit van");
			reasons.write("Waarom is zo besloten?", "Morgen stond het gezin op straat.");
			mila.picture("tasklist-give-reasons");
			reasons.complete();
			this.town.workDue();

			anna.open("/casus/" + small);
			assertThat(anna.page().locator("main")).containsText("Nog te bekrachtigen door: Manager");
			anna.picture("case-to-ratify");
			Tasklist decision = mila.tasklist().open(small, "Bekrachtig spoedbesluit").take();
			assertThat(decision.form().getByLabel("Wie tekende, als wie en wanneer?"))
				.hasValue(Pattern.compile("Anna de Wit.*"));
			decision.tick("Bekrachtigen: wij nemen dit besluit voor onze rekening");
			mila.picture("tasklist-ratify");
			decision.complete();
			this.town.workDue();
			anna.open("/casus/" + small);
			assertThat(anna.page().locator("main")).containsText("Mila Jansen bekrachtigde het besluit op");
			assertThat(anna.page().locator("main")).not().containsText("Nog te bekrachtigen");
			assertThat(mila.faults()).isEmpty();
			assertThat(anna.faults()).isEmpty();
		}
	}

	/** A part is done, later all of it; then the outcome. */
	private void carryOut(Screen anna, String number) {
		anna.open("/");
		assertThat(anna.page().locator("main")).containsText("in uitvoering");
		anna.picture("start-carry-out");
		Tasklist announcement = anna.tasklist().open(number, "Maak besluit bekend").take();
		assertThat(announcement.form()).containsText("Maak het besluit bekend binnen 2 werkdagen na");
		assertThat(announcement.form().getByLabel("Onder welk kenmerk staat het in het andere systeem?")).isHidden();
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/besluit", Map.of("remedy", "objection"))
			.status()).isEqualTo(302);
		announcement.tick("Met een brief uit Doorbraak")
			.tick("Per post")
			.tick("Aan de inwoner")
			.tick("Bezwaar maken")
			.date("Op welke dag is het verstuurd of gegeven?", this.town.today());
		anna.picture("tasklist-announce-decision");
		announcement.complete();
		this.town.workDue();
		Tasklist measures = anna.tasklist().open(number, "Bevestig de uitvoering").take();
		assertThat(measures.form()).containsText("Bevestig de uitvoering binnen 20 werkdagen na de doorbraak van");
		assertThat(measures.form().getByLabel("Wat moest er als eerste gebeuren?"))
			.hasValue("De schuld in één keer aflossen.");
		assertThat(measures.form().getByLabel("Op welke dag kijken wij opnieuw?")).isHidden();
		measures.tick("Deels")
			.write("Wat is gedaan, of wat staat in de weg?", "Twee van de drie schulden zijn betaald.")
			.write("Wie deed dit, of wie is nu aan zet?", "Het wijkteam")
			.date("Op welke dag kijken wij opnieuw?", this.town.today().plusDays(14));
		anna.picture("tasklist-confirm-measures");
		measures.complete();
		this.town.workDue();
		measures = anna.tasklist().open(number, "Bevestig de uitvoering").take();
		assertThat(measures.form()).containsText("Op deze dag kijken wij opnieuw");
		measures.tick("Ja, alles")
			.write("Wat is gedaan, of wat staat in de weg?", "Alles is betaald.")
			.write("Wie deed dit, of wie is nu aan zet?", "Het wijkteam");
		assertThat(measures.form().getByLabel("Op welke dag kijken wij opnieuw?")).isHidden();
		measures.complete();
		this.town.workDue();
		Tasklist outcome = anna.tasklist().open(number, "Sluit af met uitkomst").take();
		outcome.tick("Opgelost")
			.write("Wat is er voor het huishouden veranderd?", "De schuld is weg en het werk is begonnen.")
			.write("Wat zegt de inwoner zelf?", "Ik kan weer vooruit kijken.");
		anna.picture("tasklist-record-outcome");
		outcome.complete();
		this.town.workDue();
		anna.open("/casus/" + number);
		assertThat(anna.page().locator("main")).containsText("Uitkomst: opgelost. Afgesloten door Anna de Wit");
		anna.assertReadable();
		anna.picture("case-carried-out");
	}

	@Test
	void disagreementAndARegionOutsideDoorbraakAreWorkedInTasklist() {
		String number = this.town.as("sara").report(FirstClimbIT.SMALL_DEBT);
		try (Screen sara = at("sara")) {
			sara.tasklist()
				.open(number, "Maak plan vanuit de bedoeling")
				.take()
				.write("Wat wil de inwoner bereiken?", "Rust.")
				.write("Eerste doorbraak", "Aflossen.")
				.tick("Zijn de betrokkenen het eens", "Nee")
				.complete();
			this.town.workDue();
			Tasklist session = sara.tasklist().open(number, "Voer gesprek onder leiding").take();
			session.date("Wanneer was het gesprek?", this.town.today())
				.write("Wat kwam eruit?", "Zij zijn het eens.")
				.tick("Zijn de betrokkenen het nu eens", "Ja");
			sara.picture("tasklist-mediated-session");
			session.complete();
			this.town.workDue();
			decideUp(sara, number, "Besluit lokaal");

			LocalDate nextContact = this.town.today().plusDays(3);
			Tasklist reported = sara.tasklist().open(number, "Meld bij orgaan").take();
			reported.date("Gemeld op", this.town.today())
				.write("Gemeld bij", "Het secretariaat")
				.write("Kenmerk", "2026/17")
				.date("Volgend contact", nextContact);
			sara.picture("tasklist-report-outside");
			reported.complete();
			this.town.workDue();
			sara.tasklist()
				.open(number, "Vul antwoord van orgaan in")
				.take()
				.tick("Nee")
				.write("Wat was het antwoord, en van wie?", "Zij beraden zich nog.")
				.date("Volgend contact", nextContact.plusDays(5))
				.complete();
			this.town.workDue();
			Tasklist answer = sara.tasklist().open(number, "Vul antwoord van orgaan in").take();
			assertThat(answer.form().getByLabel("Wat besluit het orgaan?")).isHidden();
			answer.tick("Ja")
				.tick("Doorbraak: wij doen wat nodig is")
				.write("Wie besloot dit, in welke functie?", "De directeur van de regio")
				.write("Wat was het antwoord, en van wie?", "De directeur zegt ja.");
			sara.picture("tasklist-outside-answer");
			answer.complete();
			this.town.workDue();
			sara.open("/casus/" + number);
			assertThat(sara.page().locator("main")).containsText("Gesloten: Doorbraak");
			sara.picture("case-decided-outside");
			assertThat(sara.faults()).isEmpty();
		}
	}

	@Test
	void refusedReportSaysSoWhereTheReaderLooks() {
		this.town.as("anna")
			.report(Map.of("whatIsStuck", "Dit loopt al.", "memberName", "Tess Brouwer", "memberBirthDate",
					"1988-04-05"));
		try (Screen anna = at("anna")) {
			Tasklist report = anna.tasklist().openReport();
			anna.button("Melden").click();
			assertThat(anna.page().locator(".modal .notifications .alert"))
				.containsText("Bij een of meer vragen staat in het rood wat er nog moet.");
			assertThat(report.form().getByLabel("Wat zit er vast?")).isFocused();
			Locator amount = report.form().locator(".fjs-form-field-number input").first();
			paste(amount, "€ 1.250,50");
			assertThat(amount).hasValue("1250.50");
			paste(amount, "veel");
			assertThat(amount).hasValue("1250.50");
			report.write("Wat zit er vast?", "Nog eens hetzelfde.")
				.write("Om wie gaat het?", "Tess Brouwer")
				.date("Geboortedatum van deze inwoner", LocalDate.of(1988, 4, 5));
			assertThat(report.send("Melden").status()).isEqualTo(409);
			Locator notice = anna.page().locator(".modal .notifications .alert");
			assertThat(notice).containsText("Er loopt al een casus voor dit huishouden");
			assertThat(notice).isInViewport();
			assertThat(notice.locator(".status + strong")).isHidden();
			report.tick("Toch melden, ook als er al een casus loopt voor dit huishouden");
			assertThat(report.send("Melden").status()).isEqualTo(200);
			assertThat(anna.page().getByText("De casus is gemeld.")).isVisible();
			assertThat(anna.page().locator(".notifications .alert-danger")).hasCount(0);
			anna.faults();
			anna.picture("tasklist-reported");
			anna.page().locator(".doorbraak-reported[role=status] a").click();
			assertThat(anna.page().locator("main")).containsText("Nog eens hetzelfde.");
			assertThat(anna.faults()).isEmpty();
		}
	}

	private static void paste(Locator field, String text) {
		field.selectText();
		field.evaluate(
				"""
						(field, text) => {
						  const pasted = new DataTransfer();
						  pasted.setData('text', text);
						  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));
						}""",
				text);
	}

	@Test
	void onATelephoneAChosenTaskComesIntoViewAndOneThatIsGoneIsToldInWords() {
		for (int i = 0; i < 5; i++) {
			this.town.as("anna").report(FirstClimbIT.SMALL_DEBT);
		}
		try (Screen anna = at("anna")) {
			anna.page().setViewportSize(390, 800);
			anna.open("/");
			anna.page().locator("a[href^='/taak/']").first().click();
			Locator heading = anna.page().locator(".task-card h2.task");
			assertThat(heading).isFocused();
			assertThat(heading).isInViewport();
			anna.picture("tasklist-task-390");
			Locator fourth = anna.page().locator(".tasks-list .task h4 a").nth(3);
			fourth.click();
			assertThat(heading).isFocused();
			assertThat(heading).isInViewport();
			assertThat(anna.page().locator(".disabled-form .fjs-container")).isVisible();
			fourth.scrollIntoViewIfNeeded();
			assertThat(heading).not().isInViewport();
			assertThat(anna.faults()).isEmpty();
			anna.open("/camunda/app/tasklist/default/#/?task=00000000-0000-0000-0000-000000000000");
			assertThat(anna.page().locator(".notifications .alert-danger .status"))
				.hasText(Pattern.compile("^\\s*Dit is hier niet te vinden\\..*"));
			assertThat(anna.page().locator(".notifications .alert-danger .message")).hasText("");
		}
	}

	@Test
	void serverSaysNoInDutchInTasklist() {
		String number = this.town.as("anna").report(FirstClimbIT.SMALL_DEBT);
		try (Screen anna = at("anna")) {
			Tasklist plan = anna.tasklist().open(number, "Maak plan vanuit de bedoeling").take();
			plan.write("Wat wil de inwoner bereiken?", "Rust.")
				.write("Eerste doorbraak", "Aflossen.")
				.tick("Zijn de betrokkenen het eens", "Ja");
			anna.page()
				.route("**/submit-form", (route) -> route.resume(new ResumeOptions().setPostData(route.request()
					.postData()
					.replace("\"perspectiveShared\":{\"value\":\"yes\"}", "\"perspectiveShared\":{\"value\":null}"))));
			assertThat(plan.send("Afronden").status()).isEqualTo(400);
			assertThat(plan.notice()).contains(
					"'Zijn de betrokkenen het eens over het perspectief van het huishouden?' is nog niet ingevuld.");
			anna.picture("tasklist-refused");
			assertThat(plan.form().getByLabel("Eerste doorbraak")).hasValue("Aflossen.");
			anna.page().unroute("**/submit-form");
			plan.complete();
			assertThat(anna.page().locator(".notifications .alert-danger")).hasCount(0);
			assertThat(anna.faults()).singleElement().asString().startsWith("400 POST").endsWith("/submit-form");
		}
	}

	@Test
	void openFormSurvivesATimeOutAndNothingTypedIsKeptInTheBrowser() {
		String number = this.town.as("anna").report(FirstClimbIT.SMALL_DEBT);
		try (Screen anna = at("anna")) {
			Tasklist plan = anna.tasklist().open(number, "Maak plan vanuit de bedoeling").take();
			plan.write("Wat wil de inwoner bereiken?", CANARY)
				.write("Eerste doorbraak", "Aflossen.")
				.tick("Zijn de betrokkenen het eens", "Ja");
			assertNothingKept(anna.page());
			anna.profile()
				.clearCookies(new com.microsoft.playwright.BrowserContext.ClearCookiesOptions().setName("JSESSIONID"));
			assertThat(plan.send("Afronden").status()).isEqualTo(401);
			assertThat(anna.page()
				.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)
				.filter(new Locator.FilterOptions().setHasText("U bent uitgelogd"))
				.first()).isVisible();
			assertThat(plan.form().getByLabel("Wat wil de inwoner bereiken?")).hasValue(CANARY);
			anna.picture("tasklist-logged-out");
			assertNothingKept(anna.page());

			Page second = anna.tab();
			anna.logIn(second, "anna");
			second.close();
			anna.faults();
			anna.page().bringToFront();
			anna.page().evaluate("dispatchEvent(new Event('focus'))");
			assertThat(anna.page().locator(".doorbraak-logged-out")).isHidden();
			plan.complete();
			assertThat(anna.faults()).isEmpty();
			assertNothingKept(anna.page());
			logOutInTasklist(anna);
			assertNothingKept(anna.page());
			assertThat(anna.page().evaluate("JSON.stringify(sessionStorage)")).isEqualTo("{}");
		}
		assertThat(this.town.as("anna").tasks(number, "decide-locally")).hasSize(1);
	}

	private static void assertNothingKept(Page page) {
		Object kept = page.evaluate(
				"""
						async () => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
						  + JSON.stringify(await indexedDB.databases()) + JSON.stringify(await caches.keys()) + document.cookie""");
		assertThat(String.valueOf(kept)).doesNotContain(CANARY).doesNotContain("camunda-form:");
	}

	private void logOutInTasklist(Screen screen) {
		screen.open("/camunda/app/tasklist/default/");
		screen.page().locator(".account > a, .account .dropdown-toggle").first().click();
		screen.page().locator("[ng-click*=logout]").first().click();
		screen.page().waitForURL(Pattern.compile(".*/login.*"));
		assertThat(screen.page().locator("#username")).isVisible();
	}

	private void assertAsksExactlyWhatTheFenceLetsThrough(List<String> calls) {
		List<Route> rows = this.fence.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> route.path().startsWith("/camunda/")
					&& (route.roles().contains("caseDirector") || route.isForAllOfficers()))
			.toList();
		Set<String> unused = new TreeSet<>();
		rows.forEach((row) -> unused.add(row.method() + " " + row.path()));
		for (String call : calls.stream().filter((call) -> call.contains(" /camunda/")).distinct().toList()) {
			List<Route> matching = rows.stream().filter((row) -> matches(row, call)).toList();
			assertThat(matching).as(call).isNotEmpty();
			matching.forEach((row) -> unused.remove(row.method() + " " + row.path()));
		}
		assertThat(unused).as("let through, but Tasklist does not ask for it").containsExactly(ICON);
	}

	private static boolean matches(Route row, String call) {
		String[] words = call.split(" ", 2);
		return row.method() == HttpMethod.valueOf(words[0])
				&& PathPatternParser.defaultInstance.parse(row.path()).matches(PathContainer.parsePath(words[1]));
	}

	@Test
	void whatStandsOverOurPagesStandsInTasklistToo() {
		this.town.database()
			.sql("insert into doorbraak.sending_halt (cause, halted_at) values ('setting', doorbraak.current_instant())")
			.update();
		try (Screen mila = at("mila"); Screen anna = at("anna")) {
			mila.open("/");
			String ours = mila.page().locator("[role=note]").innerText().strip();
			mila.open("/camunda/app/tasklist/default/");
			Locator notice = mila.page().locator(".doorbraak-notices[role=status]");
			assertThat(notice).hasText(ours);
			assertThat(notice.locator("a")).hasAttribute("href", "/verzenden");
			mila.picture("tasklist-notice");
			mila.page().setViewportSize(390, 800);
			mila.picture("tasklist-notice-390");
			anna.open("/camunda/app/tasklist/default/");
			anna.page().locator(".task-filters").first().waitFor();
			assertThat(anna.page().locator(".doorbraak-notices p")).hasCount(0);
			assertThat(mila.faults()).isEmpty();
		}
		finally {
			this.town.database().sql("delete from doorbraak.sending_halt where released_at is null").update();
		}
	}

	private Screen at(String login) {
		return screens.screen(this.town.address(), login);
	}

	private static String newestCase(Screen screen) {
		screen.open("/");
		return screen.page()
			.locator("main a[href^='/casus/']")
			.allInnerTexts()
			.stream()
			.filter((text) -> text.startsWith("DB-"))
			.max(String::compareTo)
			.orElseThrow();
	}

	private String state(String number, String field) {
		return this.town.as("anna").state(number).path(field).asText();
	}

	private java.time.Instant termEnd(String number) {
		LocalDate lastDay = LocalDate.parse(state(number, "termLastDay"));
		return lastDay.plusDays(1).atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant();
	}

}
