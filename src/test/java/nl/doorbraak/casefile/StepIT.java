package nl.doorbraak.casefile;

import java.util.Map;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** A call or a visit in one line, by whoever works on the case. */
@WholeApplication
class StepIT {

	private final Town town;

	@Autowired
	StepIT(Town town) {
		this.town = town;
	}

	@Test
	void stepIsWrittenOnATelephoneWithinTenSecondsAndStandsInTheStory() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			anna.open("/casus/" + number);
			long start = System.nanoTime();
			anna.page().locator("#stepLine").fill("Met de verhuurder gebeld: hij wacht tot vrijdag.");
			anna.button("Leg vast").first().click();
			assertThat((System.nanoTime() - start) / 1_000_000_000).as("seconds").isLessThan(10);
			PlaywrightAssertions.assertThat(anna.page().locator("main")).containsText("Stap, Anna de Wit, ");
			assertThat(anna.page().locator("main").textContent()).contains("Met de verhuurder gebeld", "Gebeld");
			anna.picture("step-390");
			assertThat(anna.faults()).isEmpty();
		}
	}

	@Test
	void onlyWhoWorksOnTheCaseWritesSteps() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		assertThat(step("karim", number, "call", 0, "Gebeld.").status()).as("the deputy").isEqualTo(302);
		assertThat(step("bert", number, "call", 0, "Gebeld.").status()).isEqualTo(404);
		assertThat(step("mila", number, "call", 0, "Gebeld.").status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "bert").get("/casus/" + number).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			dans | 0  | Gebeld. | Kies wat u deed
			call | 1  | Gebeld. | niet na vandaag
			call | -9 | Gebeld. | niet vóór de melding
			call | 0  | ' '     | Schrijf in een regel
			""")
	void stepThatCannotBeIsToldAndNothingIsKept(String kind, int days, String line, String sentence) {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		WebVisitor.Answer answer = step("anna", number, kind, days, line);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence);
		assertThat(step("anna", number, "call", 0, "x".repeat(301)).status()).isEqualTo(400);
		assertThat(step("anna", number, "call", 0, "a\u0007b").status()).isEqualTo(400);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id where c.number = ? and e.form = 'record-step'")
			.param(number)
			.query(Long.class)
			.single()).isZero();
	}

	private WebVisitor.Answer step(String login, String number, String kind, int days, String line) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/stap",
					Map.of("kind", kind, "day", this.town.today().plusDays(days).toString(), "line", line));
	}

}
