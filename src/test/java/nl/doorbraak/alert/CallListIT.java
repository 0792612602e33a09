package nl.doorbraak.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Near the event somebody calls, and what came of it counts. */
@WholeApplication
class CallListIT {

	private static final String NOTICE = "Mail is nu niet genoeg: bel.";

	private final Town town;

	private final AlertWorker worker;

	private final Alerts alerts;

	private String number = "";

	private LocalDate event = LocalDate.EPOCH;

	@Autowired
	CallListIT(Town town, AlertWorker worker, Alerts alerts) {
		this.town = town;
		this.worker = worker;
		this.alerts = alerts;
	}

	/** A Monday in October; the event is on the Thursday of the week after. */
	@BeforeEach
	void eventComes() {
		this.town.clear();
		LocalDate october = this.town.today().plusMonths(3).withMonth(10).withDayOfMonth(1);
		LocalDate monday = october.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
		this.town.passUntil(monday.atTime(10, 0).atZone(DutchTime.ZONE).toInstant());
		this.event = monday.plusDays(10);
		Map<String, Object> fields = new HashMap<>(Map.of("whatIsStuck", "Een kanarievogel zit klem."));
		fields.put("threat", "eviction");
		fields.put("eventDate", this.event.toString());
		this.number = this.town.as("anna").report(fields);
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + this.number + "/regie/vragen", Map.of("organisation", "UWV"))
			.status()).isEqualTo(302);
		this.town.workDue();
	}

	@AfterEach
	void withdraw() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		this.town.everybodyBack();
	}

	@Test
	void listOpensTwoWorkingDaysBeforeTheEvent() {
		this.town.passUntil(startOf(this.event.minusDays(2)).minusSeconds(300));
		assertThat(page("anna", "/casus/" + this.number)).doesNotContain(NOTICE);
		assertThat(page("anna", "/casus/" + this.number + "/bellen")).contains("Bellen is nu niet nodig");
		assertThat(record("anna", "manager", "GM9001", "spoken")).as("too early").isEqualTo(409);
		near();
		assertThat(page("anna", "/casus/" + this.number)).contains(NOTICE);
		String list = page("anna", "/casus/" + this.number + "/bellen");
		assertThat(list).contains("uur begint de dag van de gebeurtenis");
		assertThat(posts(list)).containsExactly("1. Maatwerkfunctionaris, UWV", "2. Manager, Gemeente Waterdam",
				"3. Procesregisseur, Regio Waterland-Zuid",
				"4. Medewerker van het loket, Landelijk Maatwerkloket Multiproblematiek",
				"5. Ambassadeur, Landelijk Escalatie Team");
		assertThat(list).contains("Mila Jansen", "href=\"tel:0900900110\"", "Dag en nacht bereikbaar",
				"Ulla Peters</span>:", "geen nummer bekend", "Is gevraagd de regie te nemen");
	}

	@Test
	void whoIsAwayIsNotCalledButWhoStandsIn() {
		near();
		this.town.away("mila", "dirk");
		assertThat(page("anna", "/casus/" + this.number + "/bellen")).contains("Dirk Mulder")
			.doesNotContain("Mila Jansen");
	}

	@Test
	void whomOneSpokeToHasAcknowledgedAndWhoWasNotReachedHasNot() {
		near();
		this.worker.doDue();
		assertThat(this.alerts.notHeardFrom(this.number)).contains("Gemeente Waterdam", "UWV", "Regio Waterland-Zuid");
		assertThat(record("anna", "agencyOfficer", "UWV", "notReached")).isEqualTo(302);
		assertThat(this.alerts.notHeardFrom(this.number)).contains("UWV");
		assertThat(record("anna", "processDirector", "RG01", "spoken")).isEqualTo(302);
		assertThat(this.alerts.notHeardFrom(this.number)).contains("UWV").doesNotContain("Regio Waterland-Zuid");
		assertThat(page("anna", "/casus/" + this.number + "/bellen")).contains("Niet bereikt op ", "Gesproken op ",
				"door Anna de Wit.");
		assertThat(page("anna", "/casus/" + this.number + "/bellen?taal=en"))
			.contains("Not reached on ", "Spoken to on ")
			.doesNotContain("Niet bereikt");
		assertThat(page("anna", "/casus/" + this.number)).contains("per telefoon");
		assertThat(acts()).containsSubsequence("callMade", "callMade", "alertAcknowledged");
		assertThat(page("anna", "/casus/" + this.number)).as("a call is not the lead").contains(NOTICE);
	}

	@Test
	void whoTakesOverIsAskedAndTakesTheLeadWithALogin() {
		near();
		assertThat(record("anna", "processDirector", "RG01", "takesOver")).isEqualTo(302);
		assertThat(page("anna", "/casus/" + this.number + "/bellen")).contains("pas dan heeft iemand de regie");
		assertThat(this.town.database()
			.sql("select state || ' ' || urgent from doorbraak.lead where case_number = ? and organisation_id = 'RG01'")
			.param(this.number)
			.query(String.class)
			.list()).containsExactly("asked true");
		assertThat(record("anna", "processDirector", "RG01", "takesOver")).as("not asked twice").isEqualTo(302);
		assertThat(
				WebVisitor.login(this.town, "paul").form("/casus/" + this.number + "/regie/nemen", Map.of()).status())
			.isEqualTo(302);
		assertThat(record("anna", "manager", "GM9001", "spoken")).as("somebody has the lead").isEqualTo(409);
		assertThat(page("anna", "/casus/" + this.number)).doesNotContain(NOTICE);
		assertThat(page("anna", "/casus/" + this.number + "/bellen")).contains("Bellen is nu niet nodig");
	}

	@ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
	@CsvSource({ "anna, manager, GM9001, maybe, 400", "anna, manager, GM9001, '', 400",
			"anna, alderman, GM9001, spoken, 400", "anna, manager, GM9002, spoken, 400", "anna, '', '', spoken, 400",
			"ulla, manager, GM9001, spoken, 403", "bert, manager, GM9001, spoken, 404",
			"karim, manager, GM9001, spoken, 302" })
	void onlyWhoWorksOnTheCaseWritesDownWhoIsOnTheList(String login, String function, String body, String outcome,
			int status) {
		near();
		assertThat(record(login, function, body, outcome)).isEqualTo(status);
		assertThat(acts().contains("callMade")).isEqualTo(status == 302);
		assertThat(WebVisitor.login(this.town, login).get("/casus/" + this.number + "/bellen").status())
			.isEqualTo((status == 403 || status == 404) ? status : 200);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void oneTapCallsAndOneWritesDown(int width) {
		near();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), width)) {
			anna.logIn("anna");
			anna.open("/casus/" + this.number);
			anna.link("Open de bellijst").click();
			anna.assertReadable();
			anna.picture("call-list-" + width);
			anna.page().locator("form[aria-labelledby=bel-2] button[value=spoken]").click();
			assertThat(anna.page().locator("main").innerText()).contains("Gesproken op ");
			anna.assertReadable();
			assertThat(anna.faults()).isEmpty();
		}
		assertThat(acts()).contains("callMade");
	}

	private void near() {
		this.town.passUntil(startOf(this.event.minusDays(2)));
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private int record(String login, String function, String body, String outcome) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + this.number + "/bellen",
					Map.of("function", function, "organisation", body, "outcome", outcome))
			.status();
	}

	private String page(String login, String path) {
		return WebVisitor.login(this.town, login).get(path).body();
	}

	private static List<String> posts(String list) {
		return Pattern.compile("<h2[^>]*>([^<]*)</h2>").matcher(list).results().map((each) -> each.group(1)).toList();
	}

	private List<String> acts() {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(this.number)
			.query(String.class)
			.list();
	}

}
