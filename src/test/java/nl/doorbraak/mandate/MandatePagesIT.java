package nl.doorbraak.mandate;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The register and its question as people see them. */
@WholeApplication
class MandatePagesIT {

	private static Screens screens;

	private final Town town;

	@Autowired
	MandatePagesIT(Town town) {
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
	void registerIsReadable(int width) {
		try (Screen screen = screens.screen(this.town.address(), width)) {
			screen.logIn("femke");
			screen.link("Mandaatregister").click();
			Locator main = screen.page().locator("main");
			assertThat(main).containsText("Mandaatregister van Gemeente Waterdam");
			assertThat(screen.page().locator("#kaart-zin")).containsText("is er 1 gat");
			assertThat(screen.page().locator(".bars .gap text")).hasText("gat");
			assertThat(main.locator("table").first()).containsText("Wijkteammedewerkerregeling, Lokaal");
			assertThat(main).containsText("Onder 1 daarvan mag niemand tekenen: een instemming ontbreekt.");
			assertThat(main.locator("table").first()).containsText("maar daaronder mag niemand tekenen");
			assertThat(screen.page().locator(".bars .unconsented text")).hasCount(1);
			assertThat(main.locator("section[aria-labelledby=bezetting] table")).containsText("Mila Jansen");
			screen.picture("mandates-" + width);
			screen.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
			assertThat(main).containsText("(besluit en bedrag zijn verzonnen)");
			screen.picture("mandates-open-" + width);
			screen.link("Wie mag dit vandaag beslissen?").click();
			screen.page().locator("#bedrag").fill("12.000");
			screen.button("Wie mag dit?").click();
			assertThat(main).containsText("Directeur sociaal domein van Gemeente Waterdam mag dit beslissen.");
			assertThat(main).containsText("Vandaag: Dirk Mulder.");
			assertThat(screen.page().locator(".others"))
				.containsText("instemming van de gemandateerde of van de werkgever");
			look(screen, "mandates-who-" + width);
			assertThat(screen.faults()).isEmpty();
			screen.link("Naar het mandaatregister").click();
			screen.page()
				.locator("#csv")
				.setInputFiles(new FilePayload("register.csv", "text/csv",
						"Mandaatnummer;Bedrag\nx;veel\n".getBytes(StandardCharsets.UTF_8)));
			screen.button("Overnemen").click();
			assertThat(screen.page().locator("[role=alert]")).containsText("Regel 1: Kolom 2 heeft geen naam");
			look(screen, "mandates-refused-" + width);
			assertThat(screen.faults()).containsExactly("400 POST /mandaten/importeren");
		}
	}

	@Test
	void registerIsSearchedAndAskedWithoutAMouse() {
		try (Screen screen = screens.screen(this.town.address(), "mila")) {
			Page page = screen.page();
			screen.open("/mandaten");
			Screen.tabTo(page, "e.id === 'zoek'");
			page.keyboard().type("WETHOUDER maatwerk");
			page.keyboard().press("Enter");
			page.waitForURL("**/mandaten?**");
			assertThat(page.locator("main [role=status]")).hasText("1 mandaat.");
			assertThat(page.locator("#lijst ~ .rows")).containsText("GM9001-04");
			assertThat(page.locator("#csv")).hasCount(0);
			Screen.tabTo(page, "e.textContent === 'Wie mag dit vandaag beslissen?'");
			page.keyboard().press("Enter");
			page.waitForURL("**/mandaten/bevoegd?**");
			Screen.tabTo(page, "e.id === 'bedrag'");
			page.keyboard().type("100");
			Screen.tabTo(page, "e.id === 'crisis'");
			page.keyboard().press("Space");
			Screen.tabTo(page, "e.matches('main button')");
			page.keyboard().press("Enter");
			assertThat(page.locator("main [role=status]")).containsText("Casusregisseur van Gemeente Waterdam");
			assertThat(page.locator("main [role=status]")).containsText("GM9001-01");
			screen.link("English").click();
			assertThat(page.locator("h1")).hasText("Who may decide this today?");
			screen.open("/mandaten");
			assertThat(page.locator("h1")).hasText("Mandate register of Gemeente Waterdam");
			look(screen, "mandates-english");
			assertThat(screen.faults()).isEmpty();
		}
	}

	/** What the page answers is who gets the question. */
	@ParameterizedTest
	@CsvSource({ "6000, Manager, mila", "10000.01, Directeur sociaal domein, dirk", "25000.01, Wethouder, wilma" })
	void pageAndGateSayTheSame(double euros, String function, String login) {
		String amount = String.format(java.util.Locale.forLanguageTag("nl-NL"), "%.2f", euros);
		try (Screen screen = screens.screen(this.town.address(), "joris")) {
			screen.open("/mandaten/bevoegd?niveau=local&bevoegdheid=scheme&afwijken=nee&voorbehouden=none&bedrag="
					+ amount);
			assertThat(screen.page().locator("main [role=status]"))
				.containsText(function + " van Gemeente Waterdam mag dit beslissen.");
		}
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Een schuld."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.", "cost", euros,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit kan."));
		assertThat(this.town.as(login).tasks(number, "sign-off")).hasSize(1);
	}

	private static void look(Screen screen, String name) {
		screen.picture(name);
		screen.assertReadable();
	}

}
