package nl.doorbraak.overview;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first screen after logging in says what to do now, to each function in its words.
 */
@WholeApplication
class StartPageIT {

	private static Screens screens;

	private final Town town;

	@Autowired
	StartPageIT(Town town) {
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

	@Test
	void nearEventComesBeforeATermThatEndsSooner() {
		String old = report(null);
		LocalDate lastDay = LocalDate.parse(this.town.as("anna").state(old).path("termLastDay").asText());
		this.town.passUntil(lastDay.atStartOfDay(DutchTime.ZONE).toInstant());
		String near = report(this.town.today().plusDays(6));
		String past = report(this.town.today());
		String far = report(null);
		try (Screen anna = screens.screen(this.town.address(), "anna")) {
			assertThat(anna.page().locator("#vandaag")).hasText("Eerst deze 3 dingen");
			List<String> today = anna.page().locator("ul.today > li").allInnerTexts();
			assertThat(today).hasSize(3);
			assertThat(today.get(0)).contains(past, "Ontruiming", "vandaag", "Maak plan vanuit de bedoeling");
			assertThat(today.get(1)).contains(near, "nog 6 dagen");
			assertThat(today.get(2)).as("due today").doesNotContain("Ontruiming").doesNotContain("te laat");
			anna.page().locator("summary", new Page.LocatorOptions().setHasText("Daarna")).click();
			assertThat(anna.page().locator("details ul.rows")).containsText(far);
			anna.picture("start-three-things");
			anna.page()
				.locator("ul.today > li")
				.first()
				.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Maak plan vanuit de bedoeling"))
				.click();
			anna.tasklist().form().waitFor();
			assertThat(anna.tasklist().form()).containsText("Ontruiming");
			assertThat(anna.tasklist().form()).containsText(past);
			assertThat(anna.faults()).isEmpty();
		}
	}

	@Test
	void caseWhoseEventIsNearIsLookedAtThoughOthersMustAct() {
		String number = report(this.town.today().plusDays(2));
		Town.Visitor anna = this.town.as("anna");
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", "x", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
		assertThat(main("anna")).contains("Kijk of de casus op tijd verder gaat", number);
		assertThat(main("paul")).contains("Neem de regie, of zeg waarom niet", "Houd regionale tafel", number);
	}

	@Test
	void whatStandsStillComesAfterWhatDoesNot() {
		String still = report(null);
		this.town.as("anna").post("/api/v1/cases/" + still + "/pause", Map.of("reason", "awaitingDecision"));
		this.town.pass(Duration.ofDays(3));
		String later = report(null);
		String page = WebVisitor.login(this.town, "anna").get("/?tot=10000").body();
		String things = page.substring(0, page.indexOf("id=\"casussen\""));
		assertThat(things).containsSubsequence(later, still, "staat stil");
		assertThat(things.substring(things.indexOf(still))).doesNotContain(later);
	}

	@Test
	void firstTwentyAreShownWithTheTrueNumberAndAWayToTheRest() {
		List<String> reported = new ArrayList<>();
		for (int i = 0; i < 22; i++) {
			reported.add(this.town.as("karim").report(Map.of("whatIsStuck", "Er zit iets vast.")));
		}
		String near = this.town.as("karim")
			.report(Map.of("whatIsStuck", "Er zit iets vast.", "threat", "eviction", "eventDate",
					this.town.today().plusDays(2).toString()));
		try (Screen karim = screens.screen(this.town.address(), "karim")) {
			Locator rows = karim.page().locator("ul.today > li, #daarna li");
			assertThat(rows).hasCount(20);
			assertThat(karim.page().locator("ul.today")).containsText(near);
			Locator more = karim.page().locator("#daarna a[href*=tot]");
			karim.page().locator("#daarna summary").click();
			assertThat(more).hasText(Pattern.compile("Toon er meer \\(hier staan er 20 van [0-9]+\\)"));
			int all = Integer.parseInt(more.textContent().replaceAll(".* van ([0-9]+)\\)", "$1"));
			assertThat(all).isGreaterThanOrEqualTo(23);
			karim.picture("start-more");
			for (int shown = 20; shown < all; shown += 20) {
				more.click();
				assertThat(rows).hasCount(Math.min(all, shown + 20));
			}
			assertThat(more).hasCount(0);
			assertThat(karim.page().locator("#daarna summary")).hasText("Daarna: nog " + (all - 3));
			assertThat(rows.allInnerTexts()).doesNotHaveDuplicates();
			assertThat(karim.faults()).isEmpty();
		}
		WebVisitor visitor = WebVisitor.login(this.town, "karim");
		assertThat(visitor.get("/?tot=-5").status()).isEqualTo(200);
		assertThat(visitor.get("/?tot=2147483647").status()).isEqualTo(200);
		assertThat(visitor.get("/?tot=x").status()).isEqualTo(400);
		reported.add(near);
		reported.forEach((number) -> this.town.as("karim")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.town.workDue();
	}

	@Test
	void ladderShowsWhereOwnCasesStand() {
		report(null);
		String number = report(this.town.today().plusDays(1));
		try (Screen anna = screens.screen(this.town.address(), "anna")) {
			int local = Integer.parseInt(anna.page().locator(".steps .count").last().textContent());
			assertThat(local).isPositive();
			assertThat(anna.page().locator("#ladder")).containsText("ladder: " + local + " lokaal");
			anna.page().getByText("Deze cijfers als tabel").click();
			assertThat(anna.page().locator("main table tbody tr").last()).containsText("Lokaal" + local);
			WebVisitor.login(this.town, "anna").form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
			this.town.workDue();
			anna.open("/");
			assertThat(anna.page().locator("#ladder")).containsText("ladder: " + (local - 1) + " lokaal");
		}
	}

	@Test
	void nearEventOfACaseBeingCarriedOutIsCountedToo() {
		String number = report(this.town.today().plusDays(1));
		Town.Visitor anna = this.town.as("anna");
		int before = carriedOutAndNear();
		anna.fill(number, "make-plan", Map.of("desiredEffect", "x", "firstBreakthrough", "x", "cost", 100, "deviates",
				"no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		this.town.workDue();
		assertThat(anna.tasks(number, "announce-decision")).as("carried out").hasSize(1);
		assertThat(carriedOutAndNear()).isEqualTo(before + 1);
	}

	private int carriedOutAndNear() {
		Matcher found = Pattern.compile("Van de casussen in uitvoering is dat bij ([0-9]+) zo").matcher(main("anna"));
		return found.find() ? Integer.parseInt(found.group(1)) : 0;
	}

	/**
	 * Every link of the first screen leads somewhere; who has no work sees no such link.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			anna  | open casus       | true  | true
			mila  | uw akkoord       | true  | false
			dirk  | uw akkoord       | true  | false
			wilma | uw akkoord       | true  | false
			paul  | de regio         | true  | false
			lotte | het loket        | true  | false
			amira | doorbraak        | true  | false
			joris | met welk mandaat | false | false
			femke | Doorbraak werkt  | false | false
			""")
	void eachFunctionSeesItsOwnFirstLineAndOpenDoors(String login, String words, boolean works, boolean reports) {
		try (Screen screen = screens.screen(this.town.address(), login)) {
			assertThat(screen.page().locator("p.first")).containsText(words);
			assertThat(screen.link("Mijn werk")).hasCount(works ? 1 : 0);
			assertThat(screen.link("Casus melden")).hasCount(reports ? 1 : 0);
			screen.picture("start-" + login);
			screen.assertReadable();
			for (Object link : (List<?>) screen.page()
				.evaluate("[...document.links].map(each => each.pathname + each.search)")) {
				assertThat(screen.profile().request().get(String.valueOf(link)).status()).as(login + " " + link)
					.isEqualTo(200);
			}
			if (works) {
				screen.link("Mijn werk").click();
				screen.page().getByText("Sneltoetsen").waitFor();
				assertThat(screen.page().locator(".start-process-action").getByText("Casus melden"))
					.isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
						.setVisible(reports));
			}
			assertThat(screen.faults()).isEmpty();
		}
	}

	private String main(String login) {
		return WebVisitor.login(this.town, login).get("/").body();
	}

	private String report(LocalDate event) {
		Map<String, Object> report = new java.util.HashMap<>(Map.of("whatIsStuck", "Er zit iets vast."));
		if (event != null) {
			report.put("threat", "eviction");
			report.put("eventDate", event.toString());
		}
		return this.town.as("anna").report(report);
	}

}
