package nl.doorbraak.signal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One month of arrears opens a case before it is too late, once for each household; and
 * who sends it learns nothing.
 */
@WholeApplication
class EarlySignalIT {

	private static final String DOOR = "/api/v1/signals";

	/**
	 * Three working days, also from the day before Christmas: the clock may stand there.
	 */
	private static final Duration PAST_THREE_WORKING_DAYS = Duration.ofDays(10);

	/** Of this run alone: the database is shared. */
	private final String mark = Long.toString(System.nanoTime(), 36);

	private final String name = "José de Wit-" + this.mark;

	private final Town town;

	private final ContactWatch watch;

	@Autowired
	EarlySignalIT(Town town, ContactWatch watch) {
		this.town = town;
		this.watch = watch;
	}

	/** A landlord with a system of its own. */
	@BeforeEach
	void landlord() {
		List.of("insert into doorbraak.organisation (id, kind, name) values ('WBG', 'agency', 'Woonstichting Blauwe Gracht') on conflict do nothing",
				"insert into doorbraak.officer (login, name, source) values ('tess', 'Koppeling Blauwe Gracht', 'demo') on conflict do nothing",
				"insert into doorbraak.post values ('tess', 'agencyOfficer', 'WBG') on conflict do nothing",
				"insert into doorbraak.signal_party values ('WBG', '{rent}') on conflict do nothing")
			.forEach((sql) -> this.town.database().sql(sql).update());
	}

	@AfterEach
	void clear() {
		this.town.database().sql("delete from doorbraak.post where officer_login = 'tess'").update();
		this.town.database().sql("update doorbraak.organisation set connected = false where id = 'WBG'").update();
		this.town.closeAll();
	}

	@Test
	void signalOpensOneCaseForAHouseholdAndIsLookedAtInTime() {
		Map<String, Object> signal = signal("A-" + this.mark, this.name);
		List<Integer> statuses = List.of(send(signal), send(signal))
			.stream()
			.map(CompletableFuture::join)
			.sorted()
			.toList();
		assertThat(statuses).as("sent twice at once, taken in once").containsExactly(200, 201);
		this.town.workDue();
		String number = one("select case_number from doorbraak.early_signal where reference = 'A-" + this.mark + "'");
		Town.Visitor tess = this.town.as("tess");
		assertThat(tess.post(DOOR, signal).text()).as("nothing of the case")
			.isEqualTo("{\"reference\":\"A-" + this.mark + "\"}");
		assertThat(tess.get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(this.town.as("olaf").state(number).path("rung").asText()).isEqualTo("local");
		assertThat(this.town.as("anna").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		refused(signal);

		signal.put("reference", "B-" + this.mark);
		signal.put("name", "JOSE de Wit " + this.mark);
		signal.put("threat", "eviction");
		assertThat(tess.post(DOOR, signal).status()).as("the same answer").isEqualTo(201);
		assertThat(
				one("select case_number || joined from doorbraak.early_signal where reference = 'B-" + this.mark + "'"))
			.isEqualTo(number + "true");

		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(olaf.get("/signaal").body())
			.contains(number, "Woonstichting Blauwe Gracht", "binnen 3 werkdagen", "want er dreigt iets",
					"binnen 4 weken", "geopend door dit signaal", "liep al")
			.doesNotContain(this.name);
		assertThat(olaf.get("/casus/" + number).body()).contains(this.name, "1 maand achterstand met de huur");
		assertThat(WebVisitor.login(this.town, "sara").get("/signaal").body()).doesNotContain(number);
		String first = id("A-"), second = id("B-");
		assertThat(olaf.form("/signaal/" + first + "/contact", Map.of("how", "visit", "day", "2020-01-01")).status())
			.isEqualTo(400);
		assertThat(WebVisitor.login(this.town, "sara")
			.form("/signaal/" + first + "/contact", Map.of("how", "visit", "day", this.town.today().toString()))
			.status()).isEqualTo(404);
		assertThat(
				olaf.form("/signaal/" + first + "/contact", Map.of("how", "visit", "day", this.town.today().toString()))
					.status())
			.isEqualTo(302);
		this.town.moveClock(PAST_THREE_WORKING_DAYS);
		Document list = Jsoup.parse(olaf.get("/signaal").body());
		assertThat(list.select("#signaal-" + first).text()).contains("Contact gezocht: Huisbezoek")
			.doesNotContain("te laat");
		assertThat(list.select("#signaal-" + second).text()).contains("te laat");
		told(number);

		assertThat(olaf.form("/signaal/" + second + "/sluiten", Map.of("reason", "")).status()).isEqualTo(400);
		assertThat(olaf.form("/signaal/" + second + "/sluiten", Map.of("reason", "paid")).status()).isEqualTo(302);
		this.town.workDue();
		assertThat(state(number)).as("it was open before that signal").isEqualTo("open");
		assertThat(olaf.form("/signaal/" + first + "/sluiten", Map.of("reason", "noHelpWanted")).status())
			.isEqualTo(302);
		assertThat(olaf.form("/signaal/" + first + "/sluiten", Map.of("reason", "paid")).status()).isEqualTo(409);
		this.town.workDue();
		assertThat(state(number)).isEqualTo("closed");
		assertThat(this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? and act like 'signal%' order by number")
			.param(number)
			.query(String.class)
			.list()).containsExactly("signalReceived", "signalReceived", "signalContactSought", "signalContactLate",
					"signalContactLate", "signalClosed", "signalClosed");
		typedOver();
	}

	/**
	 * Nobody sought contact about the second: the team hears it, and then the manager.
	 */
	private void told(String number) {
		this.watch.doDue();
		assertThat(late(number)).contains("caseDirector olaf").noneMatch((each) -> each.startsWith("manager"));
		this.watch.doDue();
		this.town.moveClock(PAST_THREE_WORKING_DAYS);
		this.watch.doDue();
		assertThat(late(number)).containsOnlyOnce("caseDirector olaf").anyMatch((each) -> each.startsWith("manager"));
		assertThat(this.watch.late(this.town.database(), this.town.clock().instant())).isEmpty();
	}

	private List<String> late(String number) {
		return this.town.database()
			.sql("select function || ' ' || recipient_login from doorbraak.alert where case_number = ? and kind = 'signalLate'")
			.param(number)
			.query(String.class)
			.list();
	}

	private void refused(Map<String, Object> signal) {
		Town.Visitor tess = this.town.as("tess");
		assertThat(tess.post(DOOR, with(signal, "months", 2)).status()).as("another signal").isEqualTo(409);
		assertThat(tess.post(DOOR, with(signal, "kind", "energy")).status()).as("not of a landlord").isEqualTo(403);
		assertThat(this.town.as("ulla").post(DOOR, signal).status()).as("no signalling party").isEqualTo(403);
		assertThat(this.town.as("anna").post(DOOR, signal).status()).isEqualTo(403);
		assertThat(tess.post(DOOR, with(signal, "reference", "123456782")).status()).as("a citizen's number")
			.isEqualTo(400);
		assertThat(tess.post(DOOR, with(with(signal, "name", "Jan 123456782"), "reference", "C-" + this.mark)).status())
			.isEqualTo(400);
		assertThat(tess.post(DOOR, with(signal, "municipality", "UWV")).status()).isEqualTo(400);
		assertThat(tess.post(DOOR, with(signal, "birthDate", null)).status()).isEqualTo(400);
		assertThat(tess.post(DOOR, with(signal, "birthDate", "gisteren")).status()).isEqualTo(400);
		assertThat(tess.post(DOOR, Map.of()).status()).isEqualTo(400);
		assertThat(one("select count(*)::text from doorbraak.early_signal where reference like '%" + this.mark + "'"))
			.isEqualTo("1");
	}

	/** On a large and a small screen: first without the question, then as it must be. */
	private void typedOver() {
		try (Screens screens = Screens.open()) {
			Screen olaf = screens.screen(this.town.address(), "olaf");
			olaf.open("/signaal");
			olaf.assertReadable();
			olaf.page().getByLabel("Wie stuurde het?").selectOption("GM9002");
			olaf.page().getByLabel("Waar is de achterstand?").selectOption("water");
			olaf.page().getByLabel("Naam van de inwoner").fill("Ali " + this.mark);
			olaf.page().getByLabel("Geboortedatum").fill("1980-02-03");
			olaf.button("Neem het signaal op").press("Enter");
			olaf.page().waitForSelector("#fout");
			assertThat(olaf.page().locator("#fout").innerText()).contains("fraude, of zorgen?");
			assertThat(olaf.page().getByLabel("Naam van de inwoner").inputValue()).isEqualTo("Ali " + this.mark);
			olaf.page().getByLabel("Ik maak mij zorgen").first().check();
			olaf.button("Neem het signaal op").press("Enter");
			olaf.page().waitForSelector("#gedaan");
			assertThat(olaf.page().locator("#gedaan").innerText()).contains("opende een casus op het lokale niveau",
					"DB-");
			olaf.picture("signals");
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn("olaf");
			small.open("/signaal");
			small.assertReadable();
			small.picture("signals-small");
		}
		this.town.workDue();
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(olaf
			.form("/signaal",
					Map.of("sender", "GM9002", "kind", "rent", "months", "1", "needed", "no", "reason", "helped",
							"name", "Weg " + this.mark, "birthDate", "1970-01-01", "triage", "fraud"))
			.body()).contains("Van wie het was, is niet bewaard.");
		assertThat(one("select count(*)::text from doorbraak.household_member where name like 'Weg " + this.mark + "'"))
			.isEqualTo("0");
		assertThat(one("select count(*)::text from doorbraak.entry where fields::text like '%Weg " + this.mark + "%'"))
			.isEqualTo("0");
		assertThat(one(
				"select closed_because || coalesce(case_number, '') from doorbraak.early_signal order by id desc limit 1"))
			.isEqualTo("helped");
	}

	private CompletableFuture<Integer> send(Map<String, Object> signal) {
		Map<String, Object> sent = new HashMap<>(signal);
		return CompletableFuture.supplyAsync(() -> this.town.as("tess").post(DOOR, sent).status());
	}

	private Map<String, Object> signal(String reference, String resident) {
		return new HashMap<>(Map.of("reference", reference, "municipality", "GM9002", "kind", "rent", "months", 1,
				"amount", 612.5, "name", resident, "birthDate", "1990-05-06", "address", "Kade 1"));
	}

	private static Map<String, Object> with(Map<String, Object> signal, String key, Object value) {
		Map<String, Object> other = new HashMap<>(signal);
		other.put(key, value);
		return other;
	}

	private String id(String reference) {
		return one("select id::text from doorbraak.early_signal where reference = '" + reference + this.mark + "'");
	}

	private String state(String number) {
		return one("select state from doorbraak.case_file where number = '" + number + "'");
	}

	private String one(String sql) {
		return this.town.database().sql(sql).query(String.class).single();
	}

}
