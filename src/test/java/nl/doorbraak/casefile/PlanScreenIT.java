package nl.doorbraak.casefile;

import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The plan on a telephone, by keyboard, and on a screen. */
@WholeApplication
class PlanScreenIT {

	private final Town town;

	@Autowired
	PlanScreenIT(Town town) {
		this.town = town;
	}

	@Test
	void planIsWrittenByKeyboardOnATelephone() {
		String number = report();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			anna.open("/casus/" + number);
			anna.link("Open het plan").click();
			Page page = anna.page();
			assertThat(page.locator("details[open]").count()).as("one page is enough").isZero();
			anna.assertReadable();
			anna.picture("plan-empty-390");
			Screen.tabTo(page, "e.textContent === 'Voeg een feit toe'");
			page.keyboard().press("Enter");
			Screen.tabTo(page, "e.id === 'fact-what'");
			page.keyboard().type("De huur is twee maanden niet betaald.");
			page.keyboard().press("Tab");
			page.keyboard().type("Brief van de corporatie");
			page.locator("#fact-on").fill(this.town.today().toString());
			Screen.tabTo(page, "e.id === 'fact-relevant'");
			page.keyboard().press("Space");
			anna.picture("plan-form-390");
			page.keyboard().press("Tab");
			page.keyboard().press("Enter");
			page.getByText("Opgeschreven door Anna de Wit").waitFor();
			assertThat(page.locator("main").innerText()).contains("Brief van de corporatie", "Verander regel 1");
			anna.assertReadable();
			assertThat(anna.faults()).isEmpty();
			Screen.tabTo(page, "e.textContent === 'Voeg een doorbraak toe'");
			page.keyboard().press("Enter");
			page.locator("#breakthrough-what").fill("Verplichte begeleiding.");
			page.locator("#breakthrough-involuntary").check();
			page.locator("#breakthrough-involuntary").press("Enter");
			page.locator("#fout").waitFor();
			assertThat(page.locator("#breakthrough-what").inputValue()).as("nothing is lost")
				.isEqualTo("Verplichte begeleiding.");
			page.locator("#fout a").press("Enter");
			PlaywrightAssertions.assertThat(page.locator("#breakthrough-ground")).isFocused();
			anna.assertReadable();
			anna.picture("plan-refused-390");
		}
	}

	@Test
	void wholePlanIsReadableOnAScreenAndInEnglish() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String today = this.town.today().toString();
		planAsException(number);
		write(anna, number, "fact", Map.of("what", "Twee maanden huur zijn niet betaald.", "source",
				"Brief van de corporatie", "on", today, "relevant", "yes"));
		write(anna, number, "test", Map.of("residentEffect", "Hier blijven wonen.", "professionalEffect",
				"Rust, zodat de kinderen naar school gaan.", "fits", "yes", "basicValues", "dignity"));
		write(anna, number, "outlook", Map.of("inAYear", "Geen schulden, en beide kinderen op school."));
		write(anna, number, "breakthrough", Map.of("what", "De huurschuld betalen.", "body", "UWV", "amount", "4200",
				"exception", "yes", "kind", "claim"));
		write(anna, number, "budget", Map.of("of", "4", "budget", "Maatwerkbudget", "amount", "2500"));
		write(anna, number, "household",
				Map.of("kind", "claim", "what", "Terugvordering", "body", "UWV", "amount", "1200"));
		write(anna, number, "stay", Map.of("kind", "cjibStop", "since", today));
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "anna")) {
			screen.open("/casus/" + number + "/plan");
			assertThat(screen.page().locator("#scenarios ~ details[open]").count()).as("what the gate needs is open")
				.isEqualTo(1);
			assertThat(screen.page().locator("#scenarios-lawNow").inputValue()).as("begins with what is known")
				.isEqualTo("Beleidsregel bijzondere bijstand, artikel 7");
			screen.assertReadable();
			screen.picture("plan-1280");
			screen.open("/casus/" + number + "/plan?taal=en");
			assertThat(screen.page().locator("main").innerText()).contains("Reversed test", "government is creditor");
			screen.assertReadable();
			assertThat(screen.faults()).isEmpty();
		}
		this.town.weigh("anna", number);
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		try (Screens screens = Screens.open(); Screen mila = screens.screen(this.town.address(), 390)) {
			mila.logIn("mila");
			mila.open("/tekenen/" + number);
			assertThat(mila.page().locator("main").innerText()).contains("De drie waarden uit het plan",
					"Het plan laat UWV iets stoppen (vordering)");
			mila.assertReadable();
			mila.picture("sign-weighed-390");
			mila.link("Open het plan").click();
			assertThat(mila.page().locator("main").innerText()).contains("Twee maanden huur", "Drie waarden")
				.doesNotContain("Terugvordering");
			mila.assertReadable();
			mila.picture("plan-signer-390");
			assertThat(mila.faults()).isEmpty();
		}
	}

	/** Without the values that the town writes for others. */
	private void planAsException(String number) {
		Town.Visitor anna = this.town.as("anna");
		String task = anna.task(number, "make-plan");
		anna.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(anna.post("/api/v1/tasks/" + task + "/complete",
				Map.of("desiredEffect", "Hier blijven wonen.", "firstBreakthrough", "De huurschuld betalen.", "byWhom",
						"De corporatie en wij", "cost", 4200, "ruleInTheWay",
						"Beleidsregel bijzondere bijstand, artikel 7", "deviates", "yes", "reservation", "none",
						"perspectiveShared", "yes"))
			.status()).isEqualTo(200);
	}

	private static void write(WebVisitor who, String number, String part, Map<String, String> fields) {
		assertThat(who.form("/casus/" + number + "/plan/" + part, fields).status()).as(part).isEqualTo(302);
	}

	private String report() {
		return this.town.as("anna")
			.report(Map.of("whatIsStuck", "Een gezin moet het huis uit, omdat een regel de betaling tegenhoudt."));
	}

}
