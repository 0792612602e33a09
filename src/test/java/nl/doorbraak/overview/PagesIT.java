package nl.doorbraak.overview;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static nl.doorbraak.testing.Screen.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Our own pages as people see them: on a wide screen and on a telephone. */
@WholeApplication
class PagesIT {

	private static Screens screens;

	private final Town town;

	@Autowired
	PagesIT(Town town) {
		this.town = town;
	}

	@BeforeAll
	static void openBrowser() {
		screens = Screens.open();
	}

	@AfterAll
	static void closeBrowser() {
		screens.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void pagesAreReadable(int width) {
		String number = caseWithAPast();
		try (Screen screen = screens.screen(this.town.address(), width)) {
			screen.open("/login?error");
			look(screen, "login-" + width);
			screen.logIn("anna");
			screen.picture("start-" + width);
			screen.open("/casus/" + number);
			screen.picture("case-" + width);
			openAll(screen);
			look(screen, "case-open-" + width);
			screen.page().locator("#whyRedirect").fill("Er is geen crisis.");
			screen.button("Nu doorzetten").click();
			assertThat(screen.page().getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
				.containsText("Doorzetten kan alleen in een crisis");
			look(screen, "refused-" + width);
			screen.open("/casus/DB-1999-000001");
			assertThat(screen.page().locator("main")).containsText("Dit is hier niet te vinden.");
			look(screen, "not-found-" + width);
			screen.open("/demo/klok");
			screen.picture("clock-" + width);
			refusedByTheDesk(number);
			screen.open("/demo/postvak?casus=" + number);
			openAll(screen);
			assertThat(screen.page().locator("main")).containsText("[" + number + "] Kunt u de regie nemen?");
			look(screen, "mailbox-" + width);
		}
		try (Screen screen = screens.screen(this.town.address(), width)) {
			screen.logIn("lotte");
			openMailOf(screen, number);
			assertThat(screen.page().locator("main")).containsText("Deze vraag is al beantwoord.");
			look(screen, "lead-answered-" + width);
			screen.open("/bericht/" + this.town.database()
				.sql("select link::text from doorbraak.alert where case_number = ? and kind = 'leadAsked'")
				.param(number)
				.query(String.class)
				.single());
			assertThat(screen.page().locator("main")).containsText("U staat niet bij deze casus");
			look(screen, "alert-" + width);
		}
	}

	@Test
	void caseIsHandledWithoutAMouse() {
		String number = caseWithAPast();
		// The same whether the browser asks for the day or the month first.
		LocalDate event = LocalDate.of(this.town.today().getYear() + 1, 6, 6);
		try (Screen screen = screens.screen(this.town.address(), 1280)) {
			Page page = screen.page();
			Keyboard keys = page.keyboard();
			screen.open("/login");
			tabTo(page, "e.matches('.skip')");
			tabTo(page, "e.id === 'username'");
			keys.type("anna");
			tabTo(page, "e.id === 'password'");
			keys.type("doorbraak");
			keys.press("Enter");
			page.waitForURL(Pattern.compile(".*(?<!/login)$"));
			tabTo(page, "e.textContent === '" + number + "'");
			keys.press("Enter");
			page.waitForURL("**/casus/" + number);
			tabTo(page, "e.matches('summary') && e.textContent.startsWith('Er dreigt iets')");
			keys.press("Enter");
			tabTo(page, "e.id === 'threat'");
			keys.type("Afsluiting");
			tabTo(page, "e.id === 'eventDate'");
			keys.type(DateTimeFormatter.ofPattern("ddMMyyyy").format(event));
			tabTo(page, "e.matches('button') && e.textContent === 'Opslaan'");
			keys.press("Enter");
			assertThat(page.locator(".event")).containsText(Pattern.compile("Afsluiting .* 6 juni"));
			assertThat(screen.faults()).isEmpty();
		}
	}

	@Test
	void nothingThreatensUntilSomebodyChoosesWhat() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Iets."));
		this.town.workDue();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.form("/casus/" + number + "/dreiging", Map.of("threat", "", "eventDate", "")).status())
			.isEqualTo(400);
		try (Screen screen = screens.screen(this.town.address(), "anna")) {
			screen.open("/casus/" + number);
			openAll(screen);
			assertThat(screen.page().locator("#threat")).hasValue("");
			Locator save = screen.page().locator("form[action$='/dreiging'] button");
			save.click();
			assertThat(screen.page().locator(".event")).hasCount(0);
			screen.page().locator("#threat").selectOption("eviction");
			save.click();
			assertThat(screen.page().locator(".event")).hasText("Ontruiming, datum nog onbekend");
			openAll(screen);
			assertThat(screen.page().locator("#threat")).hasValue("eviction");
			screen.open("/casus/" + number + "?taal=en");
			assertThat(screen.page().locator(".event")).hasText("Eviction, date not known yet");
			screen.open("/casus/" + number + "?taal=nl");
			openAll(screen);
			screen.page().locator("#whyNoThreat").fill("De verhuurder ziet er van af.");
			screen.page().locator("form[action$='/dreiging/voorbij'] button").click();
			assertThat(screen.page().locator(".event")).hasCount(0);
			assertThat(screen.page().locator("#whyNoThreat")).hasCount(0);
			assertThat(screen.page().locator("main")).containsText("De verhuurder ziet er van af.");
			assertThat(screen.faults()).isEmpty();
		}
	}

	@Test
	void mailIsReadAndItsLinkOpenedWithoutAMouse() {
		String number = caseWithAPast();
		refusedByTheDesk(number);
		try (Screen screen = screens.screen(this.town.address(), "lotte")) {
			screen.open("/demo/postvak");
			tabTo(screen.page(), "e.matches('summary') && e.textContent.includes('[" + number + "] Kunt u')");
			screen.page().keyboard().press("Enter");
			tabTo(screen.page(), "e.matches('details a')");
			screen.page().keyboard().press("Enter");
			assertThat(screen.page().locator("h1")).hasText("Kunt u de regie nemen van casus " + number + "?");
			screen.link("English").click();
			assertThat(screen.page().locator("main")).containsText("This question is answered already.");
			look(screen, "lead-answered-english");
		}
	}

	@Test
	void pagesSpeakEnglishToWhoAskedForIt() {
		try (Screen screen = screens.screen(this.town.address(), "anna")) {
			assertThat(screen.page().locator("h1")).hasText("Dag Anna de Wit");
			screen.link("English").click();
			assertThat(screen.page().locator("h1")).hasText("Good day Anna de Wit");
			screen.open("/casus/" + caseWithAPast());
			assertThat(screen.page().locator("html")).hasAttribute("lang", "en");
			assertThat(screen.page().locator("main")).containsText("Where the case is now");
			openAll(screen);
			look(screen, "case-english");
			screen.open("/demo/postvak");
			assertThat(screen.page().locator("h1")).hasText("Mailbox");
			look(screen, "mailbox-english");
			screen.link("Nederlands").click();
			assertThat(screen.page().locator("html")).hasAttribute("lang", "nl");
			screen.open("/?taal=fr");
			assertThat(screen.page().locator("h1")).hasText("Dag Anna de Wit");
		}
	}

	/** A case that went up once, with a plan, a household and a question for the lead. */
	private String caseWithAPast() {
		Town.Visitor anna = this.town.as("anna");
		Map<String, Object> report = new HashMap<>();
		report.put("whatIsStuck",
				"Een schuld van 6.000 euro past in geen enkele regeling; achtenveertig instellingen zijn betrokken.");
		report.put("lifeDomains", List.of("money", "housing"));
		report.put("amount", 6000);
		report.put("threat", "eviction");
		report.put("eventDate", this.town.today().plusDays(200).toString());
		report.put("memberName", "Joke Vermeer-van den Heuvelrug");
		report.put("memberBirthDate", "1971-03-14");
		report.put("involved", "Gemeente, woningcorporatie, zorgverzekeraar en nog vijfenveertig andere");
		report.put("reportAnyway", true);
		String number = anna.report(report);
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust, en weer zelf vooruit kunnen.",
				"firstBreakthrough", "De schuld in één keer aflossen.", "cost", 6000, "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "Lokaal mag niemand dit."));
		return number;
	}

	/** Told, and on the case no longer. */
	private void refusedByTheDesk(String number) {
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM"));
		this.town.pass(Duration.ZERO);
		this.town.as("lotte").post("/api/v1/cases/" + number + "/lead/refusal", Map.of("reason", "notOurLaw"));
	}

	private static void openMailOf(Screen screen, String number) {
		screen.open("/demo/postvak");
		Locator mail = screen.page()
			.locator("details", new Page.LocatorOptions().setHasText("[" + number + "] Kunt u de regie nemen?"));
		mail.locator("summary").click();
		mail.locator("a").first().click();
	}

	private static void openAll(Screen screen) {
		screen.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
	}

	private static void look(Screen screen, String name) {
		screen.picture(name);
		screen.assertReadable();
	}

}
