package nl.doorbraak;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/** The list of tasks in Tasklist: what a row tells, and which filters stand ready. */
@WholeApplication
class TasklistRowsIT {

	private final Town town;

	@Autowired
	TasklistRowsIT(Town town) {
		this.town = town;
	}

	@Test
	void rowTellsCaseLevelAndEventWithTheDaysLeftAtTheServer() {
		String later = report(null);
		LocalDate event = this.town.today().plusDays(12);
		String number = report(event);
		LocalDate lastDay = LocalDate.parse(this.town.as("anna").state(number).path("termLastDay").asText());
		// Between the browser's clock and ours.
		this.town.pass(Duration.ofDays(2));
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/camunda/app/tasklist/default/");
			Locator rows = anna.page().locator("ol.tasks-list > li");
			Locator row = rows.filter(new Locator.FilterOptions().setHasText(number));
			assertThat(row)
				.containsText("Ontruiming " + DutchTime.shortDate(event) + " " + event.getYear() + ", nog 10 dagen");
			assertThat(row).containsText("Lokaal");
			long left = this.town.today().until(lastDay, java.time.temporal.ChronoUnit.DAYS);
			assertThat(row.locator(".due-date")).containsText(left > 1 ? "nog " + left + " dagen" : "morgen");
			assertThat(row.locator(".due-date")).containsText(String.valueOf(lastDay.getDayOfMonth()));
			assertThat(row.locator(".priority")).isHidden();
			assertThat(row.locator(".shutter")).isHidden();
			List<String> order = rows.allInnerTexts();
			assertThat(position(order, number)).as("what must be done first").isLessThan(position(order, later));
			assertThat(anna.page().locator("section.tasks-list").innerText()).doesNotContain("caseNumber", "event:",
					"level");
			anna.picture("tasklist-rows");

			WebVisitor.login(this.town, "anna")
				.form("/casus/" + number + "/dreiging",
						Map.of("threat", "energyCutOff", "eventDate", this.town.today().plusDays(1).toString()));
			anna.page().reload();
			assertThat(row).containsText("Afsluiting");
			assertThat(row).containsText("morgen");

			WebVisitor.login(this.town, "anna")
				.form("/casus/" + number + "/dreiging/voorbij", Map.of("reason", "De rekening is betaald."));
			anna.page().reload();
			assertThat(row).containsText("Lokaal");
			assertThat(row).not().containsText("Afsluiting");

			this.town.as("anna").post("/api/v1/cases/" + number + "/pause", Map.of("reason", "residentAway"));
			anna.page().reload();
			assertThat(row).containsText("Lokaal, staat stil");
			row.click();
			assertThat(anna.page().locator(".task-card")).containsText("de termijn van dit niveau loopt niet.");
			assertThat(room(anna)).as("for what says why the form is grey, above it").isGreaterThan(30);
			anna.picture("tasklist-still");
			assertThat(anna.faults()).isEmpty();
		}
	}

	private static int room(Screen screen) {
		return ((Number) screen.page()
			.locator(".disabled-form")
			.evaluate(
					"e => Math.round(e.querySelector('.fjs-container').getBoundingClientRect().top - e.getBoundingClientRect().top)"))
			.intValue();
	}

	@Test
	void eachFunctionHasTheFiltersThatAreMeantForIt() {
		List<String> all = List.of("Alle open taken", "Vandaag", "Gebeurtenis binnen een week", "Door mij opgepakt");
		assertThat(filters("anna").keySet()).containsAll(all)
			.contains("Wacht op akkoord", "Zonder regie", "Mijn casussen")
			.hasSize(7);
		for (String signer : List.of("wout", "mila", "dirk", "wilma")) {
			assertThat(filters(signer).keySet()).as(signer).containsAll(all).contains("Wacht op akkoord").hasSize(5);
		}
		for (String official : List.of("paul", "lotte")) {
			assertThat(filters(official).keySet()).as(official).containsAll(all).contains("Zonder regie").hasSize(5);
		}
		assertThat(filters("amira").keySet()).containsAll(all).contains("Wacht op akkoord", "Zonder regie").hasSize(6);
		assertThat(filters("ulla").keySet()).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	void filtersHoldWhatTheirNamesSay() {
		String quiet = report(null);
		String near = report(this.town.today().plusDays(7));
		String far = report(this.town.today().plusDays(60));
		WebVisitor.login(this.town, "anna").form("/casus/" + quiet + "/regie/nemen", Map.of());
		String taken = this.town.as("anna").task(far, "make-plan");
		this.town.as("anna").post("/api/v1/tasks/" + taken + "/claim", null);
		assertThat(cases("anna", "Alle open taken")).contains(quiet, near, far);
		assertThat(cases("anna", "Gebeurtenis binnen een week")).contains(near).doesNotContain(quiet, far);
		assertThat(cases("anna", "Zonder regie")).contains(near, far).doesNotContain(quiet);
		assertThat(cases("anna", "Door mij opgepakt")).contains(far).doesNotContain(quiet, near);
		assertThat(cases("anna", "Mijn casussen")).contains(quiet, near, far);
		assertThat(cases("olaf", "Gebeurtenis binnen een week")).doesNotContain(near);
		assertThat(cases("anna", "Vandaag")).doesNotContain(near, far);
		LocalDate lastDay = LocalDate.parse(this.town.as("anna").state(near).path("termLastDay").asText());
		this.town.passUntil(lastDay.atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(cases("anna", "Vandaag")).as("its last day").contains(near).doesNotContain(far);

		String proposed = new Hurried(this.town, (field) -> "").proposed(6000, "no");
		assertThat(cases("mila", "Wacht op akkoord")).contains(proposed);
		assertThat(cases("anna", "Mijn casussen")).doesNotContain(proposed);
	}

	private static int position(List<String> rows, String number) {
		return rows.indexOf(rows.stream().filter((row) -> row.contains(number)).findFirst().orElseThrow());
	}

	private Map<String, String> filters(String login) {
		Map<String, String> found = new HashMap<>();
		WebVisitor.login(this.town, login)
			.get(ENGINE + "filter")
			.json()
			.forEach((filter) -> found.put(filter.path("name").asText(), filter.path("id").asText()));
		return found;
	}

	private List<String> cases(String login, String filter) {
		JsonNode rows = WebVisitor.login(this.town, login)
			.post(ENGINE + "filter/" + filters(login).get(filter) + "/list", Map.of())
			.json();
		List<String> ids = rows.findValuesAsText("id");
		return StreamSupport.stream(this.town.as(login).get("/api/v1/tasks").json().spliterator(), false)
			.filter((task) -> ids.contains(task.path("id").asText()))
			.map((task) -> task.path("subject").asText())
			.toList();
	}

	private String report(LocalDate event) {
		Map<String, Object> report = new HashMap<>(Map.of("whatIsStuck", "Er zit iets vast."));
		if (event != null) {
			report.put("threat", "eviction");
			report.put("eventDate", event.toString());
		}
		return this.town.as("anna").report(report);
	}

}
