package nl.doorbraak.overview;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A link to a task or a case always lands, also for who must log in first. */
@WholeApplication
class LandingIT {

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "x", "firstBreakthrough", "x",
			"perspectiveShared", "yes");

	private final Town town;

	@Autowired
	LandingIT(Town town) {
		this.town = town;
	}

	@Test
	void linkLandsAfterLogin() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		String task = this.town.as("anna").task(number, "make-plan");
		try (Screens screens = Screens.open()) {
			try (Screen anna = screens.screen(this.town.address(), 1280)) {
				anna.open("/taak/" + task);
				fillIn(anna.page(), "anna");
				anna.tasklist().form().waitFor();
				assertThat(anna.tasklist().form()).containsText(number);
				assertThat(anna.page().locator("h2.task")).hasText("Maak plan vanuit de bedoeling");
			}
			try (Screen anna = screens.screen(this.town.address(), 1280)) {
				anna.open("/casus/" + number);
				fillIn(anna.page(), "anna");
				assertThat(anna.page().locator("h1")).hasText("Casus " + number);
			}
		}
	}

	@Test
	void whoIsOnTheCaseHearsWhoFinishedTheTask() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		String task = this.town.as("anna").task(number, "make-plan");
		assertThat(WebVisitor.login(this.town, "bert").get("/taak/" + task).status()).isEqualTo(404);
		this.town.as("anna").fill(number, "make-plan", PLAN);
		WebVisitor.Answer finished = WebVisitor.login(this.town, "karim").get("/taak/" + task);
		assertThat(finished.status()).isEqualTo(200);
		assertThat(finished.body()).contains("Maak plan vanuit de bedoeling")
			.contains("Deze taak is afgerond door Anna de Wit")
			.contains("/casus/" + number);
		for (String other : new String[] { "bert", "mila", "olaf", "joris", "femke" }) {
			assertThat(WebVisitor.login(this.town, other).get("/taak/" + task).status()).as(other).isEqualTo(404);
		}
		String decide = this.town.as("anna").task(number, "decide-locally");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
		assertThat(anna.get("/taak/" + decide).body()).contains("Deze taak is vervallen op");
		assertThat(anna.get("/taak/niet-een-taak").status()).isEqualTo(404);
	}

	@Test
	void taskForSomebodyElseOnTheCaseSaysSo() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		this.town.as("anna").fill(number, "make-plan", PLAN);
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		String table = this.town.as("paul").task(number, "hold-round-table");
		assertThat(WebVisitor.login(this.town, "anna").get("/taak/" + table).body())
			.contains("Deze taak is voor een ander.");
	}

	@Test
	void demoOffersALoginPerFunctionThatWorksAtOneClick() {
		try (Screens screens = Screens.open(); Screen visitor = screens.screen(this.town.address(), 1280)) {
			visitor.open("/login");
			List<String> logins = visitor.page().locator(".logins button").allInnerTexts();
			assertThat(logins).contains("anna", "paul", "mila", "lotte", "amira", "joris", "femke");
			for (String login : logins) {
				visitor.open("/login");
				assertThat(visitor.page()
					.locator(".logins li")
					.filter(new Locator.FilterOptions().setHasText(login))
					.locator("p")).not().isEmpty();
				visitor.page().locator(".logins button").getByText(login).click();
				assertThat(visitor.page().locator("h1")).containsText("Dag ");
				visitor.button("Uitloggen").click();
			}
			assertThat(visitor.faults()).isEmpty();
		}
	}

	private static void fillIn(Page page, String login) {
		page.locator("#username").fill(login);
		page.locator("#password").fill("doorbraak");
		page.locator("#password").press("Enter");
	}

}
