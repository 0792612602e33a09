package nl.doorbraak.overview;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The board shows everybody the cases that are theirs and stand still, takes the lead
 * with one button, and follows what others do.
 */
@WholeApplication
class BoardIT {

	private final Town town;

	private final DailyDigest digest;

	private final Directory directory;

	@Autowired
	BoardIT(Town town, DailyDigest digest, Directory directory) {
		this.town = town;
		this.digest = digest;
		this.directory = directory;
	}

	@Test
	void regionSeesWhatNobodyLeadsNearestFirstAndTakesItWithOneButton() {
		Town.Visitor anna = this.town.as("anna");
		String far = report("eviction", 20);
		String near = report("eviction", 1);
		String none = anna.report(Map.of("whatIsStuck", "x"));
		for (String each : List.of(far, near, none)) {
			ask(each, "RG01");
		}
		ask(near, "LMM");
		this.town.as("lotte").post("/api/v1/cases/" + near + "/lead/refusal", Map.of("reason", "noMandate"));
		try (Screens screens = Screens.open(); Screen paul = screens.screen(this.town.address())) {
			paul.page().clock().install();
			paul.logIn("paul");
			paul.page().navigate(this.town.address() + "/bord");
			Locator rows = paul.page().locator("#bord tbody tr");
			assertThat(rows).hasCount(3);
			assertThat(rows.nth(0)).containsText(near);
			assertThat(rows.nth(0)).containsText("Wij mogen hierover niet besluiten");
			assertThat(rows.nth(1)).containsText(far);
			assertThat(rows.nth(2)).containsText("geen gebeurtenis bekend");
			assertThat(paul.barriers(1280)).isEmpty();
			assertThat(paul.barriers(390)).isEmpty();
			paul.picture("board");
			paul.page().locator("#neem-" + far).focus();
			WebVisitor.login(this.town, "anna").form("/casus/" + none + "/intrekken", Map.of("reason", "x"));
			paul.page().clock().runFor(31_000);
			assertThat(rows).hasCount(2);
			assertThat(paul.page().locator("#neem-" + far)).isFocused();
			paul.page().locator("#neem-" + near).press("Enter");
			paul.page().waitForURL("**/casus/" + near);
			paul.page().navigate(this.town.address() + "/bord");
			assertThat(rows).hasCount(1);
			assertThat(paul.faults()).isEmpty();
		}
		String elsewhere = WebVisitor.login(this.town, "olaf").get("/bord").body();
		assertThat(elsewhere).doesNotContain(far, near, none);
	}

	@Test
	void whoWaitsForASignatureOrAnAnswerSeesUntilWhenAndWhy() {
		Town.Visitor anna = this.town.as("anna");
		String number = report("eviction", 30);
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.", "cost", 6000,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		assertThat(browser.get("/bord?toon=akkoord").body()).contains(number, "Manager, Gemeente Waterdam");
		assertThat(browser.get("/bord?toon=antwoord").body()).doesNotContain(number);
		browser.form("/casus/" + number + "/instanties", Map.of("agency", "UWV", "question", "Kan dit doorgaan?"));
		assertThat(browser.get("/bord?toon=antwoord").body()).contains(number, "UWV", "Uiterlijk");
		assertThat(browser.get("/bord?toon=niets").status()).isEqualTo(404);
		assertThat(browser.get("/bord?nog=0").body()).contains("Ververs nu").doesNotContain("hx-get");
	}

	@Test
	void ofACaseThatStandsStillNothingThatStandsStillWithItIsLate() {
		Town.Visitor anna = this.town.as("anna");
		String number = report("eviction", 60);
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.", "cost", 6000,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.post("/api/v1/cases/" + number + "/agency-requests",
				Map.of("agencies", List.of("UWV"), "question", "Kan de verrekening stoppen?"));
		ask(number, "RG01");
		WebVisitor.login(this.town, "paul").form("/casus/" + number + "/regie/nemen", Map.of());
		this.town.workDue();
		anna.post("/api/v1/cases/" + number + "/pause", Map.of("reason", "awaitingDecision"));
		this.town.pass(Duration.ofDays(40));
		String lastDay = DutchTime.date(LocalDate.parse(anna.state(number).path("termLastDay").asText()));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		assertThat(browser.get("/casus/" + number).body())
			.contains("De casus staat stil sinds", "De termijn staat stil. Zonder dat liep hij tot en met " + lastDay,
					"Een stap van wie de regie heeft", "staat stil")
			.doesNotContain("te laat", "Te laat", "Volgende stap uiterlijk", "Termijn tot en met");
		for (String page : List.of("/bord?toon=antwoord", "/")) {
			assertThat(row(browser.get(page).body(), number)).as(page).contains("staat stil").doesNotContain("te laat");
		}
		assertThat(row(WebVisitor.login(this.town, "mila").get("/noodtoegang").body(), number)).contains("staat stil")
			.doesNotContain(lastDay);
		assertThat(this.digest.of(this.directory.getOfficer("anna"), this.town.today()).toDo())
			.noneMatch((item) -> item.toString().contains(number));
		anna.post("/api/v1/cases/" + number + "/resumption", null);
		assertThat(browser.get("/casus/" + number).body()).contains("Termijn tot en met").doesNotContain("te laat");
	}

	/** The last row that names the case, from there. */
	private static String row(String page, String number) {
		String rest = page.substring(page.lastIndexOf(">" + number + "<"));
		return rest.substring(0, Math.max(rest.indexOf("</tr>"), rest.indexOf("</li>")));
	}

	private String report(String threat, int days) {
		return this.town.as("anna")
			.report(Map.of("whatIsStuck", "x", "threat", threat, "eventDate",
					this.town.today().plusDays(days).toString()));
	}

	private void ask(String number, String organisation) {
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", organisation));
	}

}
