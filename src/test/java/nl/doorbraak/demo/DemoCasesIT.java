package nl.doorbraak.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.ExactlyOneRung;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WebVisitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo as somebody finds it who just started it: a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoCasesIT {

	private static JavaProcess demo;

	private static String address;

	private static JdbcClient database;

	@BeforeAll
	static void start() {
		Path folder = Path.of("target", "demo", UUID.randomUUID().toString()).toAbsolutePath();
		demo = JavaProcess.demo(folder, "--server.port=" + TestSocketUtils.findAvailableTcpPort(),
				"--doorbraak.demo.data-dir=postgres", "--doorbraak.demo.durable=false");
		address = "http://localhost:" + demo.port();
		Until.so(demo::output, Duration.ofMinutes(1), () -> demo.output().contains("Doorbraak (demo) staat klaar"));
		database = JavaProcess.database(folder, "doorbraak_owner");
	}

	@AfterAll
	static void stop() {
		demo.close();
	}

	@ParameterizedTest
	@CsvSource({ "anna,Maak plan vanuit de bedoeling", "mila,Teken of weiger", "mila,Bekrachtig spoedbesluit",
			"paul,Houd regionale tafel", "lotte,Neem eerste contact op", "ulla,Beantwoord vraag",
			"amira,Roep escalatieteam bijeen", "sara,Vul antwoord van orgaan in" })
	void somethingWaitsForEverybodyWhoSignsOrDecides(String login, String task) {
		assertThat(WebVisitor.login(address, login).get("/").body()).as(login).contains(task);
	}

	@Test
	void linksLeadToThePortThatItListensOn() {
		assertThat(WebVisitor.login(address, "anna").get("/.well-known/security.txt").body())
			.contains("Canonical: " + address + "/");
		WebVisitor.Answer mailbox = WebVisitor.login(address, "anna").get("/demo/postvak");
		assertThat(mailbox.body()).contains(address + "/bericht/").doesNotContain("http://localhost:8080");
		long id = database.sql("select max(id) from demo.mail where html is not null").query(Long.class).single();
		assertThat(WebVisitor.login(address, "anna").get("/demo/postvak/" + id).body()).contains("href=\"" + address)
			.doesNotContain("http://localhost:8080");
	}

	@Test
	void administratorIsOfferedCockpitAndNotAdminAlsoWhereItWasBefore() {
		assertThat(WebVisitor.login(address, "femke").get("/camunda/api/admin/auth/user/default").body())
			.contains("\"cockpit\"")
			.doesNotContain("\"admin\"");
	}

	private static LocalDate today() {
		return database.sql("select (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date")
			.query(LocalDate.class)
			.single();
	}

	@Test
	void threeHundredCasesHaveABelievablePast() {
		assertThat(count("case_file")).isEqualTo(300);
		assertThat(database.sql("""
				select max(doorbraak.current_instant()::date - reported_at::date) from doorbraak.case_file""")
			.query(Integer.class)
			.single()).as("a year and a half, in days").isBetween(500, 560);
		assertThat(ExactlyOneRung.violations(database)).isEmpty();
		for (String rung : List.of("local", "regional", "national", "ministry")) {
			assertThat(count("case_rung where closed_at is null and rung = '" + rung + "'")).as(rung).isPositive();
		}
		assertThat(count("case_file where outcome = 'brokenThrough'")).isGreaterThan(25);
		assertThat(count("case_file where outcome = 'withdrawn'")).isPositive();
		assertThat(count("case_file where outcome = 'closedWithoutRoom'")).isPositive();
		assertThat(count("case_pause where resumed_at is null")).as("paused").isPositive();
		assertThat(count(
				"case_file c where state = 'open' and event_date <= doorbraak.current_instant() + interval '7 days'"
						+ " and not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted')"))
			.as("in crisis and without a lead")
			.isPositive();
		assertThat(count("follow_up where kind = 'ratification' and outcome is null")).as("to be ratified")
			.isEqualTo(1);
		assertThat(count(
				"(select case_number from doorbraak.sign_off where outcome in ('refused', 'sentBack') group by case_number"
						+ " having count(*) = 5) five"))
			.as("came back five times")
			.isPositive();
		assertThat(count("agency_request where answer is null and lapsed_at is null")).isEqualTo(2);
	}

	/**
	 * Of a hundred proposals sixteen are approved at once; most others come back two to
	 * five times, a few wait very long, and what becomes a crisis is decided within a
	 * day.
	 */
	@Test
	void casesTellWhatTheSeedsTold() {
		String asked = "(select case_number, min(case when outcome = 'agreed' then 1 else 0 end) filter (where nth = 1) as at_once,"
				+ " count(*) filter (where outcome <> 'agreed') as times from (select s.*, row_number() over"
				+ " (partition by case_number order by id) as nth from doorbraak.sign_off s) s group by 1) asked";
		long all = count(asked);
		assertThat(all).isGreaterThan(200);
		assertThat(100.0 * count(asked + " where at_once = 1") / all).as("approved at once, of a hundred")
			.isBetween(12.0, 24.0);
		assertThat(100.0 * count(asked + " where times between 2 and 5") / count(asked + " where times > 0"))
			.as("came back two to five times, of a hundred that came back")
			.isGreaterThan(60.0);
		assertThat(count("case_file c join doorbraak.sign_off s on s.case_number = c.number and s.outcome = 'agreed'"
				+ " where c.event_date <= s.at and s.at < c.event_date + interval '24 hours'"))
			.as("within a day after the crisis")
			.isGreaterThan(25);
		Map<String, Object> days = database.sql("""
				select percentile_cont(0.5) within group (order by d) as half, max(d) as longest
				from (select extract(epoch from closed_at - reported_at) / 86400 as d from doorbraak.case_file
				      where outcome = 'brokenThrough') days""").query().singleRow();
		assertThat(((Number) days.get("longest")).doubleValue()).as("a long tail")
			.isGreaterThan(8 * ((Number) days.get("half")).doubleValue());
	}

	@Test
	void publicStoriesRanToTheirOutcome() {
		Map<String, String> results = new TreeMap<>(Map.of("Lena Vroom", "solved", "Truus Hamer", "solved",
				"Hendrik Terpstra", "solved", "Yvonne Kramer", "solved", "Petra Slot", "solved", "Joop Aalders",
				"solved", "Carla Wolters", "solved", "Naima Ouali", "solved", "Miriam Sauer", "solved"));
		results.put("Elise Zandstra", "otherwise");
		results.forEach((resident,
				result) -> assertThat(count("closing where result = '" + result + "' and case_id ="
						+ " (select case_id from doorbraak.household_member where name = '" + resident + "')"))
					.as(resident)
					.isEqualTo(1));
		assertThat(count("lead where organisation_id = 'NOM' and person = 'oscar'")).as("the ombudsman led")
			.isEqualTo(1);
		assertThat(count("measure where state = 'done' and organisation_id in ('UWV', 'LET')")).isEqualTo(2);
		assertThat(count("aftercare where holds is not null")).isGreaterThanOrEqualTo(5);
		assertThat(count("expense")).isEqualTo(1);
	}

	@Test
	void peopleLearntFromTheirCases() {
		assertThat(count("obstacle")).isEqualTo(3);
		assertThat(count("obstacle where pattern_at is not null and owner_login = 'paul'")).isEqualTo(1);
		assertThat(count("learning_point where answer is not null and effect is null")).isEqualTo(1);
		assertThat(count("example where state = 'released'")).isEqualTo(3);
		assertThat(count("case_discussion d where begins_at > doorbraak.current_instant() and exists"
				+ " (select 1 from doorbraak.discussed_case e where e.discussion = d.uid)"))
			.isEqualTo(1);
	}

	@Test
	void findingOfTheAuditorWaitsForAnAnswer() {
		assertThat(count("inspection where closed_at is null and decisions >= 4")).isEqualTo(1);
		assertThat(WebVisitor.login(address, "mila").get("/bevindingen").body())
			.contains("1 bevinding wacht op een antwoord.");
		assertThat(count(
				"inspection_item i join doorbraak.proposal p on p.id = i.proposal_id where p.amount_cents > all (i.used_cents)"))
			.as("decisions that do not count under their own mandate")
			.isZero();
	}

	private static long count(String what) {
		return database.sql("select count(*) from " + (what.startsWith("(") ? "" : "doorbraak.") + what)
			.query(Long.class)
			.single();
	}

	@Test
	void hurriedDecisionShowsThatItMustStillBeRatified() {
		assertThat(pageOfCase("Bekrachtig spoedbesluit")).contains("Gesloten: Doorbraak",
				"Nog te bekrachtigen door: Manager, Gemeente Waterdam, uiterlijk");
	}

	@Test
	void hurriedDecisionWaitsForItsReasons() {
		assertThat(count("follow_up where kind = 'reasons' and outcome is null")).isEqualTo(1);
		assertThat(WebVisitor.login(address, "ineke").get("/").body()).contains("Motiveer spoedbesluit");
	}

	@Test
	void directorIsAwayAndHisDeputyMayNotSign() {
		String number = database.sql("""
				select case_number from doorbraak.proposal where state = 'open' and amount_cents = 1400000""")
			.query(String.class)
			.single();
		assertThat(WebVisitor.login(address, "wilma").get("/tekenen/" + number).body()).contains(
				"Directeur sociaal domein: afwezig tot en met",
				"en het mandaat laat de plaatsvervanger niet tekenen. Daarom vragen wij u.");
		assertThat(WebVisitor.login(address, "mila").get("/casus/" + number).status()).isEqualTo(404);
	}

	@Test
	void proposalShowsWhoseAgreementItWaitsFor() {
		assertThat(pageOfCase("Teken of weiger"))
			.contains("Wacht op akkoord van: Manager, Gemeente Waterdam, uiterlijk");
	}

	/**
	 * The thing that the login page proposes, done without knowing more than the screens
	 * say.
	 */
	@ParameterizedTest
	@Order(Integer.MAX_VALUE)
	@CsvSource({ "anna,Maak plan vanuit de bedoeling", "paul,Houd regionale tafel", "ulla,Beantwoord vraag",
			"lotte,Neem eerste contact op", "amira,Roep escalatieteam bijeen" })
	void strangerDoesWhatTheLoginPageProposes(String login, String task) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(address)) {
			DemoWalk walk = new DemoWalk(screen, login, today());
			walk.logInWithOneClick();
			String address = walk.openFirst(task);
			walk.doTask();
			screen.open(address);
			assertThat(screen.page().locator("main").innerText()).contains("Deze taak is afgerond door");
			walk.look("done");
		}
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void managerSignsOnAPageOfItsOwn() {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(address)) {
			DemoWalk walk = new DemoWalk(screen, "mila", today());
			walk.logInWithOneClick();
			screen.link("Teken of weiger").first().click();
			walk.look("sign");
			screen.page().getByLabel("Akkoord", new Page.GetByLabelOptions().setExact(true)).check();
			screen.button("Antwoord geven").click();
			assertThat(screen.page().locator("main").innerText()).contains("U gaf akkoord op",
					"Daarmee is het besluit genomen.");
			walk.look("signed");
		}
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void administratorFindsWhoMayDecide() {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(address)) {
			DemoWalk walk = new DemoWalk(screen, "femke", today());
			walk.logInWithOneClick();
			screen.link("Mandaatregister").click();
			walk.look("register");
			screen.link("Wie mag dit vandaag beslissen?").click();
			screen.page().getByLabel("Hoeveel kost het, in euro? (leeg: weet ik niet)").fill("12.000");
			screen.button("Wie mag dit?").click();
			assertThat(screen.page().locator("main").innerText()).contains(
					"Wethouder van Gemeente Waterdam mag dit beslissen.",
					"Wie de functie van dit mandaat heeft, is vandaag afwezig.");
			walk.look("who");
		}
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void auditorReadsWhatHappenedInACase() {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(address)) {
			DemoWalk walk = new DemoWalk(screen, "joris", today());
			walk.logInWithOneClick();
			screen.link("Controle: wat er besloten is, en door wie").click();
			walk.look("decisions");
			screen.page().locator("tbody a").first().click();
			assertThat(screen.page().locator("main").innerText()).contains("De keten klopt.");
			walk.look("record");
		}
	}

	/**
	 * Who had the lead that day, under which mandate was signed, on which level did the
	 * case stand, what did the agency say, who wrote the plan: asked of our tables, and
	 * answered by what the auditor reads and nothing else.
	 */
	@Test
	@Order(Integer.MAX_VALUE)
	void auditorAnswersFiveQuestionsAboutThreeCasesByPageOnly() {
		List<Map<String, Object>> cases = database
			.sql("""
					select * from (select s.case_number as number, (s.at at time zone 'Europe/Amsterdam')::date::text as day,
					  p.name as signer, s.mandate_number || ' versie ' || s.mandate_version as mandate,
					  (select o.name from doorbraak.lead l join doorbraak.officer o on o.login = l.person
					   where l.case_number = s.case_number and l.answered_by is not null and l.state in ('accepted', 'ended', 'handed_over')
					     and l.answered_at <= s.at and (l.ended_at is null or l.ended_at >= s.at) limit 1) as lead,
					  (select r.rung from doorbraak.case_rung r where r.id = s.rung_id) as rung,
					  (select o.name from doorbraak.agency_request a join doorbraak.organisation o on o.id = a.agency_id
					   where a.case_number = s.case_number and a.answer is not null order by a.id limit 1) as agency,
					  (select o.name from doorbraak.entry e join doorbraak.officer o on o.login = e.written_by
					   where e.case_id = c.id and e.form = 'make-plan' order by e.id limit 1) as planner
					from doorbraak.sign_off s join doorbraak.case_file c on c.number = s.case_number
					join doorbraak.officer p on p.login = s.person
					where s.outcome = 'agreed' and c.municipality_id = 'GM9001') signed
					order by agency is null, lead is null, number limit 3""")
			.query()
			.listOfRows();
		assertThat(cases).hasSize(3);
		assertThat(cases).filteredOn((each) -> each.get("lead") != null).hasSizeGreaterThan(1);
		assertThat(cases).filteredOn((each) -> each.get("agency") != null).isNotEmpty();
		try (Screens screens = Screens.open(); Screen screen = screens.screen(address)) {
			new DemoWalk(screen, "joris", today()).logInWithOneClick();
			for (Map<String, Object> each : cases) {
				screen.open("/controle/" + each.get("number"));
				screen.page().getByLabel("Welke dag?").fill(String.valueOf(each.get("day")));
				screen.button("Laat zien").click();
				screen.page().waitForURL("**?op=*");
				String day = screen.page().locator(".onday").innerText();
				assertThat(day).as(each.toString())
					.contains(String.valueOf(each.get("signer")), "op mandaat " + each.get("mandate"),
							Rung.of(String.valueOf(each.get("rung"))).label(),
							(each.get("lead") != null) ? String.valueOf(each.get("lead")) : "Niemand had de regie");
				screen.page().evaluate("document.querySelectorAll('details').forEach((part) => part.open = true)");
				String page = screen.page().locator("main").innerText();
				assertThat(page).as(each.toString()).contains("Maak plan vanuit de bedoeling");
				assertThat(String.valueOf(screen.page()
					.evaluate("[...document.querySelectorAll('table.tasks tr')].map((row) => row.textContent).join()")))
					.contains(String.valueOf(each.get("planner")));
				if (each.get("agency") != null) {
					assertThat(page).contains(String.valueOf(each.get("agency")));
				}
			}
			assertThat(screen.faults()).isEmpty();
		}
		String number = String.valueOf(cases.get(0).get("number"));
		assertThat(WebVisitor.login(address, "anna").get("/controle/" + number).status()).isEqualTo(403);
		WebVisitor olaf = WebVisitor.login(address, "olaf");
		assertThat(olaf.get("/casus/" + number).status()).isEqualTo(404);
		assertThat(olaf.get("/casus/" + number).body()).isEqualTo(olaf.get("/casus/DB-1999-000001").body());
	}

	/** The page of the case about which this task waits for mila, as she sees it. */
	private static String pageOfCase(String task) {
		WebVisitor mila = WebVisitor.login(address, "mila");
		Matcher row = Pattern.compile("<li(?:(?!</li>).)*" + task + "(?:(?!</li>).)*</li>", Pattern.DOTALL)
			.matcher(mila.get("/").body());
		assertThat(row.find()).as("a row for " + task).isTrue();
		Matcher number = Pattern.compile("DB-\\d{4}-\\d{6}").matcher(row.group());
		assertThat(number.find()).as(row.group()).isTrue();
		return mila.get("/casus/" + number.group()).body();
	}

}
