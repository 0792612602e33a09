package nl.doorbraak.carryout;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows a decision: who does what, what it costs, how it ended, and how it goes a
 * year later.
 */
@WholeApplication
class CarryOutStoryIT {

	private static final String NBSP = "\u00a0";

	private static final String CANARY = "karnemelk";

	private final Town town;

	private final AuditTrail audit;

	private final Budgets budgets;

	private final Watchdog watchdog;

	@Autowired
	CarryOutStoryIT(Town town, AuditTrail audit, Budgets budgets, Watchdog watchdog) {
		this.watchdog = watchdog;
		this.town = town;
		this.audit = audit;
		this.budgets = budgets;
	}

	@AfterEach
	void leaveNothingOpen() {
		this.town.closeAll();
	}

	@Test
	void whoMustDoItSaysThatItIsDone() {
		String number = report(CANARY);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/plan/breakthrough", Map.of("line", "0", "version", "0", "what",
				"De terugvordering stoppen.", "body", "UWV", "amount", "150,50"));
		breakThrough(number, 100);
		long atUwv = measure(number);
		assertThat(facts(number, "measureAdded")).singleElement()
			.asString()
			.startsWith("#software ")
			.contains("\"source\":\"plan\"", "\"organisation\":\"UWV\"");
		WebVisitor ulla = WebVisitor.login(this.town, "ulla");
		assertThat(ulla.get("/casus/" + number).status()).as("she is not on the case").isEqualTo(404);
		assertThat(ulla.get("/maatregelen").body().replace(NBSP, " "))
			.contains("De terugvordering stoppen.", "€ 150,50", number)
			.doesNotContain(CANARY);
		assertThat(facts(number, "caseRead")).anyMatch((read) -> read.startsWith("ulla ") && read.contains("measure"));
		assertThat(WebVisitor.login(this.town, "bert").get("/maatregelen").body().replace(NBSP, " "))
			.doesNotContain(number);
		assertThat(answer("bert", atUwv, "done", "").status()).as("as if there were none").isEqualTo(404);
		Town.Answer tooSoon = submit("anna", number, "confirm-measures", confirmed("yes"));
		assertThat(tooSoon.status()).isEqualTo(400);
		assertThat(tooSoon.message()).startsWith("Nog niet alles is gedaan: UWV moet eerst bevestigen wat zij doet.");
		assertThat(answer("anna", atUwv, "done", "").body().replace(NBSP, " "))
			.contains("Schrijf op wie van die organisatie zei");
		assertThat(answer("ulla", atUwv, "failed", "").body().replace(NBSP, " ")).contains("Schrijf op waarom");
		assertThat(answer("ulla", atUwv, "done", "").status()).isEqualTo(302);
		assertThat(answer("ulla", atUwv, "failed", "Toch niet.").status()).as("answered").isEqualTo(409);
		assertThat(facts(number, "measureAnswered")).singleElement()
			.asString()
			.startsWith("ulla ")
			.contains("\"outcome\":\"done\"", "\"outside\":false");
		assertThat(submit("anna", number, "confirm-measures", confirmed("yes")).status()).isEqualTo(200);
		assertThat(anna.get("/casus/" + number + "/uitvoering").body().replace(NBSP, " "))
			.contains("Niets staat open.");
	}

	@Test
	void whoMovedToAnotherMunicipalityHasNoMeasuresOfTheFormerTeam() {
		String number = report("x");
		add("anna", number, "Het adres herstellen.", "GM9001", this.town.today().plusDays(9));
		long id = measure(number);
		assertThat(WebVisitor.login(this.town, "anna").get("/maatregelen").body()).contains(number);
		String move = "update doorbraak.post set organisation_id = ? where officer_login = 'anna'";
		this.town.database().sql(move).param("GM9002").update();
		try {
			assertThat(WebVisitor.login(this.town, "anna").get("/maatregelen").body()).doesNotContain(number);
			assertThat(answer("anna", id, "done", "").status()).isEqualTo(404);
		}
		finally {
			this.town.database().sql(move).param("GM9001").update();
		}
		assertThat(answer("anna", id, "done", "").status()).isEqualTo(302);
	}

	@Test
	void lastDayIsRemindedOfAndToldWhenItWasAndCanBeMoved() {
		String number = report("x");
		LocalDate due = this.town.today().plusDays(9);
		assertThat(add("anna", number, "Het adres inschrijven.", "GM9001/nadia", due).status()).isEqualTo(302);
		assertThat(add("anna", number, "Bellen.", "GM9001/ulla", due).body().replace(NBSP, " "))
			.contains("Deze persoon werkt niet bij Gemeente Waterdam");
		assertThat(add("anna", number, "Bellen.", "GM9001", this.town.today().minusDays(1)).body().replace(NBSP, " "))
			.contains("Kies de laatste dag");
		assertThat(add("anna", number, "", "GM9001", due).body().replace(NBSP, " "))
			.contains("Schrijf op wat er moet gebeuren");
		assertThat(add("bert", number, "Bellen.", "GM9001", due).status()).isEqualTo(404);
		assertThat(told(number)).containsExactly("measureAsked nadia");
		this.town.passUntil(midnight(due.minusDays(3)));
		assertThat(told(number)).containsExactly("measureAsked nadia", "measureSoon nadia");
		this.town.passUntil(midnight(due.plusDays(1)).minusSeconds(60));
		assertThat(told(number)).as("not before").containsExactly("measureAsked nadia", "measureSoon nadia");
		this.town.passUntil(midnight(due.plusDays(1)));
		assertThat(told(number)).containsExactly("measureAsked nadia", "measureLate anna", "measureLate karim",
				"measureLate mila", "measureLate nadia", "measureSoon nadia");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get("/casus/" + number + "/uitvoering").body().replace(NBSP, " ")).contains(">te laat</span>",
				"Te laat: 1.");
		LocalDate later = this.town.today().plusDays(20);
		assertThat(anna.form("/maatregelen/" + measure(number) + "/dag", Map.of("dueOn", later.toString())).status())
			.isEqualTo(302);
		assertThat(anna.get("/casus/" + number + "/uitvoering").body().replace(NBSP, " "))
			.doesNotContain(">te laat</span>");
		assertThat(facts(number, "measureMoved")).singleElement()
			.asString()
			.contains("\"wasDueOn\":\"" + due + "\"", later.toString());
		this.town.passUntil(midnight(later.plusDays(1)));
		assertThat(told(number)).as("a new day, told anew")
			.filteredOn((line) -> line.startsWith("measureLate"))
			.hasSize(8);
		assertThat(answer("nadia", measure(number), "done", "").status()).isEqualTo(302);
		assertThat(facts(number, "measureDue")).hasSize(4);
	}

	@Test
	void moneyLeavesABudgetUnderItsCeilingsAndTheExportReconcilesToTheCent() throws IOException {
		String number = report("x");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		long budget = budget("1000", "500", "");
		assertThat(pay(anna, number, budget, "0").body().replace(NBSP, " ")).contains("Het moet meer zijn dan nul");
		assertThat(pay(anna, number, budget, "12,345").body().replace(NBSP, " "))
			.contains("Schrijf het bedrag in euro");
		assertThat(pay(anna, number, 0, "10").body().replace(NBSP, " "))
			.contains("Kies uit de lijst welk budget betaalt");
		assertThat(pay(anna, number, budget, "400,05").status()).isEqualTo(302);
		WebVisitor.Answer over = pay(anna, number, budget, "99,96");
		assertThat(over.status()).isEqualTo(400);
		assertThat(over.body().replace(NBSP, " ")).contains("het plafond per casus van € 500,00",
				"Daarvoor is een getekend besluit nodig");
		assertThat(pay(anna, number, budget, "99,95").status()).as("to the cent").isEqualTo(302);
		long wrong = last("select max(id) from doorbraak.expense");
		assertThat(reverse(anna, number, wrong, "").status()).isEqualTo(400);
		assertThat(reverse(anna, number, wrong, "Dubbel betaald.").status()).isEqualTo(302);
		assertThat(reverse(anna, number, wrong, "Nog eens.").status()).isEqualTo(409);
		assertThat(anna.get("/casus/" + number + "/uitvoering").body().replace(NBSP, " "))
			.contains("€ 400,05 van € 500,00", "€ 599,95 van € 1.000,00", "teruggedraaid", "-99,95");
		assertThat(anna.get("/casus/" + number).body().replace(NBSP, " ")).contains("Betaald tot nu toe: € 400,05.");
		assertThat(this.budgets.find(budget).orElseThrow().leftCents()).isEqualTo(599_95);
		assertThat(facts(number, "expensePaid")).hasSize(2).allMatch((line) -> line.contains("\"signed\":false"));
		assertThat(facts(number, "expenseReversed")).hasSize(1);
		int year = this.town.today().getYear();
		String path = "/budgetten/GM9001/" + year + "/uitgaven.csv";
		assertThat(anna.get(path).status()).as("no case director").isEqualTo(403);
		String csv = WebVisitor.login(this.town, "mila").get(path).body().replace(NBSP, " ");
		List<CSVRecord> rows = CSVFormat.EXCEL.builder()
			.setDelimiter(';')
			.get()
			.parse(new StringReader(csv))
			.getRecords();
		long lines = rows.subList(1, rows.size() - 1).stream().mapToLong((row) -> cents(row.get(4))).sum();
		assertThat(cents(rows.get(rows.size() - 1).get(4))).isEqualTo(lines)
			.isEqualTo(last(
					"select sum(x.amount_cents) from doorbraak.expense x join doorbraak.budget b on b.id = x.budget_id where b.organisation_id = 'GM9001' and b.year = "
							+ year));
		assertThat(csv).contains(number).doesNotContain("Kennel", "'=");
		assertThat(this.audit.chain("budgets")).extracting((line) -> line.act())
			.contains("budgetSet", "expensesExported");
	}

	@Test
	void overACeilingOnlyWhatWasSignedForCanBePaid() {
		String number = report("x");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		long budget = budget("100", "50", "60");
		breakThrough(number, 400);
		assertThat(pay(anna, number, budget, "400,01").body().replace(NBSP, " ")).contains("en dat dekt nog € 400,00");
		assertThat(pay(anna, number, budget, "250").status()).isEqualTo(302);
		assertThat(pay(anna, number, budget, "150,01").body().replace(NBSP, " ")).contains("en dat dekt nog € 150,00",
				"wat er nog in het budget zit: € -150,00");
		assertThat(facts(number, "expensePaid")).singleElement().asString().contains("\"signed\":true");
		assertThat(WebVisitor.login(this.town, "mila").get("/budgetten").body().replace(NBSP, " "))
			.contains("Er is € 150,00 meer uitgegeven, met een getekend besluit.");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(set(mila, "GM9002", "Van een ander", "100").status()).isEqualTo(403);
		assertThat(set(mila, "GM9001", "", "100").status()).isEqualTo(400);
		assertThat(set(mila, "GM9001", "Fout", "veel").body().replace(NBSP, " ")).contains("Schrijf bedragen in euro");
	}

	@Test
	void everyClosedCaseHasAnOutcomeAftercareAndAsksTheResident() {
		String number = report("x");
		Town.Visitor anna = this.town.as("anna");
		plan(number, 100);
		anna.fill(number, "decide-locally", Map.of("decision", "noRoom", "explanation", "De wet laat het niet toe."));
		anna.fill(number, "record-outcome",
				Map.of("outcome", "notSolved", "knot", "Drie wetten.", "whatChanged", "Niets."));
		LocalDate closed = this.town.today();
		WebVisitor page = WebVisitor.login(this.town, "anna");
		String aftercare = "/casus/" + number + "/nazorg";
		assertThat(page.get(aftercare).body().replace(NBSP, " "))
			.contains("Besloten op niveau Lokaal, 0 uur na de melding.", "Drie wetten.");
		assertThat(WebVisitor.login(this.town, "mila").form(aftercare + "/ervaring/0/koppeling", Map.of()).status())
			.as("not of the team")
			.isEqualTo(404);
		assertThat(page.form(aftercare + "/ervaring/12/koppeling", Map.of()).status()).as("its day has not come")
			.isEqualTo(409);
		String key = link(page, aftercare);
		WebVisitor resident = WebVisitor.anonymous(this.town);
		assertThat(resident.get("/ervaring/" + key).body().replace(NBSP, " ")).contains("Ik werd serieus genomen.")
			.doesNotContain(number);
		page.form(aftercare + "/ervaring/0/koppeling/intrekken", Map.of());
		assertThat(resident.get("/ervaring/" + key).body()).as("taken back").contains("of werkt niet meer");
		String second = link(page, aftercare);
		assertThat(resident.form("/ervaring/" + second, Map.of("text", " ")).status()).isEqualTo(400);
		assertThat(resident.form("/ervaring/" + second, Map.of("serious", "6")).status()).isEqualTo(400);
		assertThat(resident.form("/ervaring/" + second, Map.of("serious", "2", "better", "1", "text", CANARY)).status())
			.isEqualTo(302);
		assertThat(resident.get("/ervaring/" + second).body().replace(NBSP, " ")).contains("Dank u wel.");
		assertThat(resident.form("/ervaring/" + second, Map.of("serious", "5")).status()).as("once").isEqualTo(409);
		assertThat(page.get(aftercare).body().replace(NBSP, " ")).contains(CANARY, "Helemaal oneens",
				"De inwoner antwoordde op");
		assertThat(facts(number, "surveyAnswered")).singleElement()
			.asString()
			.startsWith("#link ")
			.doesNotContain(CANARY);
		for (int months : new int[] { 3, 12 }) {
			this.town.passUntil(midnight(closed.plusMonths(months)));
			this.town.pass(Duration.ofMinutes(2));
			assertThat(anna.values(anna.task(number, "record-aftercare")).path("months").asText())
				.isEqualTo(String.valueOf(months));
			if (months == 3) {
				this.town.passUntil(anna.dueAt(number, "record-aftercare"));
				assertThat(facts(number, "carryOutTermPassed")).singleElement()
					.asString()
					.contains("\"asked\":\"aftercare\"");
				Town.Answer later = submit("anna", number, "record-aftercare", Map.of("holds", "yes", "howItGoes",
						"Goed.", "spokenOn", this.town.today().plusDays(1).toString()));
				assertThat(later.message()).startsWith("U sprak de inwoner op een dag die nog moet komen.");
			}
			anna.fill(number, "record-aftercare",
					(months == 3) ? Map.of("holds", "no", "howItGoes", "Slecht.", "stillNeeded", "Een woning.")
							: Map.of("holds", "yes", "howItGoes", "Beter."));
		}
		assertThat(page.get(aftercare).body().replace(NBSP, " "))
			.contains("De oplossing houdt geen stand, zei Anna de Wit", "De oplossing houdt stand");
		Map<String, String> together = Map.of("serious", "4");
		assertThat(page.form(aftercare + "/ervaring/12", together).status()).isEqualTo(302);
		assertThat(page.form(aftercare + "/ervaring/12", together).status()).isEqualTo(409);
		assertThat(page.get(aftercare).body().replace(NBSP, " ")).contains("Samen met de inwoner ingevuld op");
		assertThat(anna.tasks(number, "record-aftercare")).isEmpty();
	}

	@Test
	void whatARoundTableAgreedBecomesAMeasure() {
		String number = report("x");
		plan(number, 100);
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		this.town.as("paul")
			.fill(number, "hold-round-table",
					Map.of("heldOn", this.town.today().toString(), "agreements", "UWV rekent na."));
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(paul.get("/casus/" + number + "/rondetafel").body()).contains("UWV rekent na.",
				"/casus/" + number + "/uitvoering?uit=rondetafel#erbij");
		assertThat(paul.get("/casus/" + number + "/uitvoering?uit=rondetafel").body())
			.contains(">UWV rekent na.</textarea>", "value=\"roundTable\" selected");
		assertThat(paul.get("/casus/" + number + "/uitvoering").body()).doesNotContain("UWV rekent na.");
		assertThat(add("paul", number, "UWV rekent na.", "UWV", this.town.today().plusDays(5)).status()).isEqualTo(302);
		assertThat(told(number)).containsExactly("measureAsked ulla");
	}

	@Test
	void withdrawnCaseAsksTheResidentAndRemindsOnce() {
		String number = report("x");
		this.town.as("anna").post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x"));
		this.town.pass(Duration.ofDays(40));
		assertThat(facts(number, "surveyDue")).singleElement().asString().contains("\"reminder\":true");
		assertThat(told(number)).containsExactly("surveyDue anna", "surveyDue karim");
		assertThat(facts(number, "outcomeRecorded")).singleElement().asString().contains("\"outcome\":\"withdrawn\"");
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.aftercare a join doorbraak.case_file c on c.id = a.case_id where c.number = ?")
			.param(number)
			.query(Integer.class)
			.single()).isZero();
	}

	/** What is due today has its turn first; what a day passed over is found and told. */
	@Test
	void watchdogFindsWhatNobodyToldAndNothingElse() {
		String number = report("x");
		add("anna", number, "Bellen.", "UWV", this.town.today());
		String withdrawn = report("x");
		this.town.as("anna").post("/api/v1/cases/" + withdrawn + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
		this.town.database().sql("delete from doorbraak.watch_finding").update();
		this.watchdog.round();
		assertThat(found()).isEmpty();
		this.town.moveClock(Duration.ofDays(16));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(found()).containsExactly("aftercare", "measure");
		assertThat(facts(number, "measureDue")).singleElement().asString().contains("\"late\":true");
		assertThat(facts(withdrawn, "surveyDue")).hasSize(1);
		this.watchdog.round();
		assertThat(found()).as("told").isEmpty();
	}

	private List<String> found() {
		return this.town.database()
			.sql("select distinct what from doorbraak.watch_finding where ended_at is null and what in ('measure', 'aftercare') order by 1")
			.query(String.class)
			.list();
	}

	@Test
	void pagesAreReadableAndWorkByKeyboardOnATelephone() {
		String number = report("x");
		budget("1000", "500", "700");
		add("anna", number, "De kennel betalen.", "UWV", this.town.today().plusDays(5));
		plan(number, 100);
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		answer("ulla", measure(number), "done", "");
		this.town.as("anna").fill(number, "confirm-measures", confirmed("yes"));
		this.town.as("anna").fill(number, "record-outcome", Map.of("outcome", "solved", "whatChanged", "Rust."));
		String key = link(WebVisitor.login(this.town, "anna"), "/casus/" + number + "/nazorg");
		try (Screens screens = Screens.open(); Screen phone = screens.screen(this.town.address(), 390)) {
			Page page = phone.page();
			phone.open("/ervaring/" + key);
			Screen.tabTo(page, "e.id === 'serious-1'");
			page.keyboard().press("ArrowDown");
			Screen.tabTo(page, "e.id === 'text'");
			page.keyboard().type("Eindelijk iemand.");
			Screen.tabTo(page, "e.textContent === 'Verstuur'");
			page.keyboard().press("Enter");
			page.getByText("Dank u wel.").waitFor();
			phone.picture("survey-390");
			phone.logIn("anna");
			for (String each : new String[] { "/casus/" + number + "/uitvoering", "/casus/" + number + "/nazorg",
					"/maatregelen", "/budgetten" }) {
				phone.open(each);
				phone.assertReadable();
				phone.picture("carryout" + each.replaceAll("[^a-z]", "") + "-390");
			}
			assertThat(phone.faults()).isEmpty();
		}
		try (Screens screens = Screens.open(); Screen manager = screens.screen(this.town.address(), "mila")) {
			manager.open("/budgetten");
			manager.page().locator("summary").first().click();
			manager.assertReadable();
			manager.picture("budgets-1280");
			assertThat(manager.faults()).isEmpty();
		}
	}

	private String report(String stuck) {
		return this.town.as("anna").report(Map.of("whatIsStuck", stuck));
	}

	private void plan(String number, int cost) {
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", cost,
					"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
	}

	private void breakThrough(String number, int cost) {
		plan(number, cost);
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
	}

	private static Map<String, Object> confirmed(String carriedOut) {
		return new HashMap<>(Map.of("carriedOut", carriedOut, "whatWasDone", "Gedaan.", "byWhom", "Het wijkteam"));
	}

	private Town.Answer submit(String login, String number, String form, Map<String, ?> fields) {
		Town.Visitor visitor = this.town.as(login);
		String task = visitor.task(number, form);
		visitor.post("/api/v1/tasks/" + task + "/claim", null);
		Town.Answer answer = visitor.post("/api/v1/tasks/" + task + "/complete", fields);
		this.town.workDue();
		return answer;
	}

	private WebVisitor.Answer add(String login, String number, String what, String who, LocalDate due) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/maatregelen",
					Map.of("source", "roundTable", "what", what, "who", who, "dueOn", due.toString(), "cost", ""));
	}

	private WebVisitor.Answer answer(String login, long id, String outcome, String said) {
		return WebVisitor.login(this.town, login)
			.form("/maatregelen/" + id + "/antwoord", Map.of("outcome", outcome, "said", said));
	}

	private long measure(String number) {
		return this.town.database()
			.sql("select m.id from doorbraak.measure m join doorbraak.case_file c on c.id = m.case_id where c.number = ?")
			.param(number)
			.query(Long.class)
			.single();
	}

	private long budget(String amount, String perCase, String perHousehold) {
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String name = "Wijkteam " + System.nanoTime();
		assertThat(mila
			.form("/budgetten",
					Map.of("organisation", "GM9001", "name", name, "year", String.valueOf(this.town.today().getYear()),
							"amount", amount, "perCase", perCase, "perHousehold", perHousehold, "costCentre", "6.71"))
			.status()).isEqualTo(302);
		return last("select max(id) from doorbraak.budget");
	}

	private WebVisitor.Answer set(WebVisitor who, String organisation, String name, String amount) {
		return who.form("/budgetten", Map.of("organisation", organisation, "name", name, "year",
				String.valueOf(this.town.today().getYear()), "amount", amount, "costCentre", "6.71"));
	}

	private WebVisitor.Answer pay(WebVisitor who, String number, long budget, String amount) {
		return who.form("/casus/" + number + "/betalingen", Map.of("budget", String.valueOf(budget), "what", "Kennel",
				"amount", amount, "paidOn", this.town.today().toString(), "reference", "F-2026-1", "measure", ""));
	}

	private WebVisitor.Answer reverse(WebVisitor who, String number, long expense, String reason) {
		return who.form("/casus/" + number + "/betalingen/" + expense + "/terug", Map.of("reason", reason));
	}

	/**
	 * Makes a link and reads the secret off the page that follows, where it stands once.
	 */
	private static String link(WebVisitor team, String aftercare) {
		assertThat(team.form(aftercare + "/ervaring/0/koppeling", Map.of()).status()).isEqualTo(302);
		String key = team.get(aftercare)
			.body()
			.replace(NBSP, " ")
			.replaceAll("(?s).*<strong class=\"said\">http://localhost:8080/ervaring/([^<]+)</strong>.*", "$1");
		assertThat(key).hasSize(27);
		assertThat(team.get(aftercare).body().replace(NBSP, " ")).as("once").doesNotContain(key);
		return key;
	}

	private long last(String sql) {
		return this.town.database().sql(sql).query(Long.class).single();
	}

	private static long cents(String amount) {
		return new BigDecimal(amount.replace(',', '.')).movePointRight(2).longValueExact();
	}

	private static java.time.Instant midnight(LocalDate day) {
		return day.atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant();
	}

	private List<String> told(String number) {
		return this.town.database()
			.sql("""
					select kind || ' ' || coalesce(recipient_login, body_id) from doorbraak.alert
					where case_number = ? and kind in ('measureAsked', 'measureSoon', 'measureLate', 'surveyDue') order by 1""")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> facts(String number, String act) {
		return this.audit.chain(number)
			.stream()
			.filter((line) -> line.act().equals(act))
			.map((line) -> line.actor() + " " + line.facts())
			.toList();
	}

}
