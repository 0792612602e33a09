package nl.doorbraak.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Objection;
import nl.doorbraak.mandate.Objections;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectionProcessIT extends LadderStory {

	private static final String PROCESS = "objection";

	private static final String FORM = "decide-objection";

	private final Objections objections;

	@Autowired
	ObjectionProcessIT(Town town, ProcessEngine engine, Objections objections) {
		super(town, engine);
		this.objections = objections;
	}

	@AfterEach
	void registerAndPostsAsTheyWere() {
		own("update doorbraak.mandate set revoked_at = null where number = 'GM9001-03'");
		own("insert into doorbraak.post values ('dirk', 'director', 'GM9001'), ('wilma', 'alderman', 'GM9001') on conflict do nothing");
		own("update doorbraak.officer set deputy_login = null where login = 'dirk'");
	}

	@Test
	void whoIsNextCompetentDecidesAndNeverWhoTookTheDecision() {
		String number = announced(3000);
		LocalDate announcedOn = this.town.today();
		pass(Duration.ofDays(1));
		receive(number, "objection");
		assertThat(isOffered("dirk", number, FORM)).as("the function above who signed").isTrue();
		for (String other : List.of("mila", "anna", "karim", "wilma")) {
			assertThat(isOffered(other, number, FORM)).as(other).isFalse();
		}
		assertThat(sees("dirk", number)).isEqualTo(200);
		this.town.pass(Duration.ZERO);
		assertThat(mails(number, "objectionReceived")).containsExactly("dirk");
		Objection open = only(number);
		assertThat(due(number, FORM)).isEqualTo(open.dueAt());
		assertThat(open.lastDay()).as("six weeks to object, and six from the day after")
			.isAfter(announcedOn.plusDays(83));
		assertThat(page(number)).contains(
				"Bezwaar, ontvangen op " + DutchTime.date(this.town.today()) + ", kenmerk 2026-0417",
				"Beslissen uiterlijk " + DutchTime.date(open.lastDay()), "(Awb artikel 7:10, eerste lid)",
				"Gevraagd te beslissen: Directeur sociaal domein, Gemeente Waterdam",
				"Niet vernietigen: er loopt een bezwaar.");
		Map<String, Object> shown = shown("dirk", number);
		assertThat(shown.get("objection").toString()).startsWith("Bezwaar, ontvangen op ")
			.endsWith("kenmerk 2026-0417");
		assertThat(shown.get("signedBy").toString()).contains("Mila Jansen, Manager van Gemeente Waterdam");
		assertThat(shown.get("decider").toString()).isEqualTo("Directeur sociaal domein van Gemeente Waterdam");
		fill("dirk", number, FORM, decision("unfounded"));
		assertThat(passed(number, PROCESS)).contains("serviceTask_recordObjectionDecision",
				"endEvent_objectionDecided");
		assertThat(audit(number, "objectionReceived")).singleElement()
			.asString()
			.startsWith("anna ")
			.contains("\"kind\":\"objection\"", "\"function\":\"director\"")
			.doesNotContain("0417");
		assertThat(audit(number, "objectionDecided")).singleElement()
			.asString()
			.startsWith("dirk ")
			.contains("\"outcome\":\"unfounded\"", "\"mandate\":\"GM9001-03\"", "\"holdUntilDate\"");
		assertThat(page(number)).contains("Ongegrond. Beslist door Dirk", "mandaat GM9001-03 versie 1",
				"Het besluit klopt met de regels.", "Niet vernietigen tot en met");
		assertThat(sees("dirk", number)).as("no longer than that").isEqualTo(404);
	}

	@Test
	@Attack(value = "D07", failedWith = "the checks of the mandate say yes to everybody")
	void whoTookTheDecisionIsRefusedAlsoAsDeputy() {
		String number = announced(3000);
		receive(number, "objection");
		own("update doorbraak.officer set deputy_login = 'mila' where login = 'dirk'");
		String task = task(number, FORM).getId();
		this.engine.getTaskService().addCandidateUser(task, "mila");
		Town.Answer answer = submit("mila", number, FORM, decision("unfounded"));
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.message()).contains("nam zelf het besluit waar het om gaat", "Een ander moet tekenen");
		assertThat(entries(number)).doesNotContain(FORM);
		assertThat(only(number).isOpen()).isTrue();
		as("mila").post("/api/v1/tasks/" + task + "/unclaim", null);
		own("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-03'");
		Town.Answer revoked = submit("dirk", number, FORM, decision("unfounded"));
		assertThat(revoked.status()).as(revoked.text()).isEqualTo(403);
		assertThat(only(number).isOpen()).isTrue();
		own("update doorbraak.mandate set revoked_at = null where number = 'GM9001-03'");
		as("dirk").post("/api/v1/tasks/" + task + "/unclaim", null);
		fill("dirk", number, FORM, decision("founded"));
		assertThat(only(number).outcome()).isEqualTo(Objection.Outcome.FOUNDED);
	}

	@Test
	void colleagueDecidesOnWhatTheCaseDirectorDecidedHerself() {
		String number = announced(100);
		receive(number, "objection");
		assertThat(isOffered("karim", number, FORM)).isTrue();
		assertThat(isOffered("anna", number, FORM)).isFalse();
		assertThat(isOffered("bert", number, FORM)).as("not on the case").isFalse();
		fill("karim", number, FORM, decision("inadmissible"));
		assertThat(only(number).mandate()).isEqualTo("GM9001-01");
	}

	@Test
	void whoRatifiedADecisionTookItToo() {
		String number = report();
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
			.isEqualTo(200);
		fill("anna", number, "make-plan", priced(900, "yes"));
		decide(number, Rung.LOCAL, "brokenThrough");
		as("mila").answerAsRead(number, "ratify-decision", Map.of("decision", "ratify"));
		announce("anna", number);
		receive(number, "objection");
		assertThat(isOffered("dirk", number, FORM)).isTrue();
		assertThat(isOffered("mila", number, FORM)).isFalse();
		fill("dirk", number, FORM, decision("unfounded"));
	}

	@Test
	void withNobodyCompetentTheTeamGetsItAndAfterTheTermWeLookAgain() {
		String number = announced(3000);
		own("delete from doorbraak.post where officer_login in ('dirk', 'wilma')");
		receive(number, "complaint");
		assertThat(isOffered("anna", number, FORM)).as("never a task that nobody sees").isTrue();
		assertThat(shown("anna", number).get("decider").toString()).startsWith("Niemand.");
		assertThat(page(number)).contains("Wij vonden niemand die hierover mag beslissen");
		Town.Answer answer = submit("karim", number, FORM, decision("unfounded"));
		assertThat(answer.status()).isEqualTo(403);
		as("karim").post("/api/v1/tasks/" + task(number, FORM).getId() + "/unclaim", null);
		registerAndPostsAsTheyWere();
		Objection open = only(number);
		this.town.passUntil(open.dueAt().minusSeconds(60));
		assertThat(mails(number, "objectionOverdue")).isEmpty();
		assertThat(isOffered("dirk", number, FORM)).isFalse();
		this.town.passUntil(open.dueAt());
		pass(Duration.ofDays(7));
		assertThat(passed(number, PROCESS)).contains("event_objectionOverdue", "serviceTask_reportObjectionOverdue",
				"endEvent_objectionOverdueReported");
		assertThat(mails(number, "objectionOverdue")).as("once").containsExactly("anna", "dirk", "karim");
		assertThat(audit(number, "objectionTermPassed")).singleElement().asString().startsWith("#timer ");
		assertThat(isOffered("dirk", number, FORM)).as("who is competent by now").isTrue();
		assertThat(page(number)).contains("te laat");
		fill("dirk", number, FORM, decision("founded"));
		assertThat(only(number).overdue()).isTrue();
	}

	@Test
	void whatIsWithdrawnNeedsNoMandateAndIsNotHeld() {
		String number = announced(3000);
		receive(number, "objection");
		receive(number, "complaint");
		List<Objection> both = this.objections.history(number);
		assertThat(both.get(1).lastDay()).as("a complaint: six weeks after its receipt")
			.isBetween(this.town.today().plusDays(42), this.town.today().plusDays(46));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String path = "/casus/" + number + "/bezwaar/" + both.get(0).id() + "/intrekken";
		assertThat(WebVisitor.login(this.town, "dirk").form(path, Map.of()).status()).as("only the team")
			.isEqualTo(403);
		assertThat(anna.form(path, Map.of()).status()).isEqualTo(302);
		assertThat(anna.form(path, Map.of()).status()).as("twice").isEqualTo(409);
		assertThat(anna.form(path.replace(String.valueOf(both.get(0).id()), "0"), Map.of()).status()).isEqualTo(404);
		this.town.workDue();
		assertThat(audit(number, "objectionWithdrawn")).singleElement().asString().startsWith("anna ");
		assertThat(this.engine.getHistoryService()
			.createHistoricActivityInstanceQuery()
			.activityId("endEvent_objectionWithdrawn")
			.list()).isNotEmpty();
		assertThat(tasks(number)).as("the other one is still asked")
			.filteredOn((task) -> task.getCamundaFormRef().getKey().equals(FORM))
			.hasSize(1);
		assertThat(shown("dirk", number).get("objection").toString()).startsWith("Klacht, ");
		assertThat(held(number)).isTrue();
		fill("dirk", number, FORM, decision("withdrawn"));
		assertThat(this.objections.history(number)).allSatisfy((each) -> {
			assertThat(each.outcome()).isEqualTo(Objection.Outcome.WITHDRAWN);
			assertThat(each.mandate()).isNull();
		});
		assertThat(held(number)).isFalse();
		assertThat(this.objections.hold(number)).isEmpty();
		assertThat(page(number)).contains("Ingetrokken. Dat vertelde Anna de Wit", "Ingetrokken. Dat vertelde Dirk")
			.doesNotContain("Niet vernietigen");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "objection | 1 | 2026-1 | niet na vandaag", "objection | -1 | 2026-1 | niet vóór de bekendmaking",
					"iets | 0 | 2026-1 | Kies of het een bezwaar",
					"complaint | 0 | Iris Blom! | Schrijf hier niets over de inwoner",
					"complaint | 0 | 12345678901234567890123456789012345678901 | hoogstens 40" })
	void whatCannotBeIsRefused(String kind, int days, String reference, String sentence) {
		String number = announced(100);
		WebVisitor.Answer answer = WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/bezwaar", Map.of("kind", kind, "receivedOn",
					this.town.today().plusDays(days).toString(), "reference", reference));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence);
		assertThat(this.objections.history(number)).isEmpty();
	}

	@Test
	void onlyTheTeamRecordsOnceAndOnlyAgainstWhatWasAnnounced() {
		String number = brokenThrough(100);
		assertThat(receive("anna", number, "objection").status()).as("not announced").isEqualTo(409);
		announce("anna", number);
		assertThat(receive("olaf", number, "objection").status()).as("a stranger").isEqualTo(404);
		assertThat(receive("anna", number, "objection").status()).isEqualTo(302);
		assertThat(receive("karim", number, "objection").status()).as("the same").isEqualTo(409);
		assertThat(this.objections.history(number)).hasSize(1);
	}

	@Test
	void finishedCaseIsFoundOnTheStartPageWhileSomethingCanCome() {
		String number = announced(3000);
		String link = "/casus/" + number;
		fill("anna", number, "confirm-measures",
				Map.of("carriedOut", "yes", "whatWasDone", "Betaald.", "byWhom", "Wijkteam"));
		fill("anna", number, "record-outcome", Map.of("outcome", "solved", "whatChanged", "Rust."));
		for (String login : List.of("anna", "karim")) {
			assertThat(start(login)).as(login).contains("Afgerond, maar er loopt een bezwaar", link);
		}
		assertThat(start("mila")).doesNotContain(link);
		receive(number, "objection");
		this.town.passUntil(only(number).dueAt());
		assertThat(start("anna")).as("open, though the time to object is over").contains(link);
		fill("dirk", number, FORM, decision("unfounded"));
		assertThat(start("anna")).doesNotContain(link);
	}

	private String start(String login) {
		return WebVisitor.login(this.town, login).get("/").body();
	}

	/** A case on hold, as the owner of the database meets it. */
	@Test
	void whatIsOnHoldIsNotDestroyed() {
		String number = announced(3000);
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/huishouden", Map.of("name", "Iris Blom", "role", "adult"));
		own("insert into doorbraak.household_member (household_id, case_id, name, normalised_name, role) select household_id, id, 'Iris', 'iris', 'adult' from doorbraak.case_file where number = '"
				+ number + "'");
		assertThat(held(number)).isFalse();
		receive(number, "objection");
		assertHeld(number);
		fill("dirk", number, FORM, decision("unfounded"));
		LocalDate until = only(number).holdUntil();
		assertThat(until).isBetween(this.town.today().plusDays(42), this.town.today().plusDays(46));
		assertHeld(number);
		Instant after = until.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		this.town.passUntil(after.minusSeconds(60));
		assertHeld(number);
		this.town.passUntil(after);
		assertThat(held(number)).isFalse();
		assertThat(this.objections.hold(number)).isEmpty();
		assertThat(page(number)).doesNotContain("Niet vernietigen");
		assertThat(
				delete("household_member", "case_id = (select id from doorbraak.case_file where number = ?)", number))
			.isPositive();
	}

	private void assertHeld(String number) {
		assertThat(held(number)).isTrue();
		assertThat(this.objections.hold(number)).isPresent();
		String ofCase = "case_id = (select id from doorbraak.case_file where number = ?)";
		for (String table : List.of("household_member", "case_rung", "case_participant", "entry", "carry_out",
				"document")) {
			assertRefused(table, ofCase, number);
		}
		for (String table : List.of("proposal", "sign_off", "announcement", "objection")) {
			assertRefused(table, "case_number = ?", number);
		}
		assertRefused("case_file", "number = ?", number);
	}

	private void assertRefused(String table, String of, String number) {
		assertThatThrownBy(() -> delete(table, of, number)).as(table)
			.isInstanceOf(DataIntegrityViolationException.class)
			.hasMessageContaining("Case " + number + " must not be destroyed");
	}

	private int delete(String table, String of, String number) {
		return this.town.database().sql("delete from doorbraak." + table + " where " + of).param(number).update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "outcome = 'unfounded', decided_by = 'dirk', decided_at = now()",
			"outcome = 'withdrawn', decided_by = 'dirk', decided_at = now(), hold_until = current_date",
			"decided_by = 'dirk'", "hold_until = current_date", "asked_function = null", "kind = 'iets'" })
	void theDatabaseKeepsObjectionsInOrder(String wrong) {
		String number = announced(3000);
		receive(number, "objection");
		assertThatThrownBy(() -> this.town.database()
			.sql("update doorbraak.objection set " + wrong + " where case_number = ?")
			.param(number)
			.update()).isInstanceOf(DataIntegrityViolationException.class);
		fill("dirk", number, FORM, decision("withdrawn"));
	}

	@Test
	void caseAndFormAreReadable() {
		String number = announced(3000);
		receive(number, "objection");
		try (Screens screens = Screens.open()) {
			try (Screen anna = screens.screen(this.town.address(), "anna")) {
				anna.open("/casus/" + number);
				anna.assertReadable();
				anna.picture("case-objection");
			}
			try (Screen dirk = screens.screen(this.town.address(), "dirk")) {
				dirk.tasklist().open(number, "Beslis op bezwaar of klacht").take();
				dirk.picture("tasklist-decide-objection");
				assertThat(dirk.faults()).isEmpty();
			}
		}
		fill("dirk", number, FORM, decision("founded"));
	}

	/** Decided by anna within her mandate, or signed by mila above it. */
	private String brokenThrough(int euros) {
		String number = report();
		fill("anna", number, "make-plan", priced(euros, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		if (euros > 2500) {
			as("mila").sign(number, Map.of("decision", "agree"));
			this.town.workDue();
		}
		return number;
	}

	private String announced(int euros) {
		String number = brokenThrough(euros);
		announce("anna", number);
		return number;
	}

	private void receive(String number, String kind) {
		WebVisitor.Answer answer = receive("anna", number, kind);
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
		this.town.workDue();
	}

	private WebVisitor.Answer receive(String login, String number, String kind) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/bezwaar",
					Map.of("kind", kind, "receivedOn", this.town.today().toString(), "reference", "2026-0417"));
	}

	private static Map<String, Object> decision(String outcome) {
		return Map.of("outcome", outcome, "why", "Het besluit klopt met de regels.");
	}

	private Objection only(String number) {
		List<Objection> all = this.objections.history(number);
		assertThat(all).hasSize(1);
		return all.get(0);
	}

	private boolean held(String number) {
		return this.town.database().sql("select doorbraak.is_held(?)").param(number).query(Boolean.class).single();
	}

	private Map<String, Object> shown(String login, String number) {
		Town.Answer answer = as(login).get("/api/v1/tasks/" + task(number, FORM).getId() + "/values");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		Map<String, Object> shown = new HashMap<>();
		answer.json().fields().forEachRemaining((each) -> shown.put(each.getKey(), each.getValue().asText()));
		return shown;
	}

	private int sees(String login, String number) {
		return as(login).get("/api/v1/cases/" + number).status();
	}

	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	private List<String> mails(String number, String kind) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = ? and state = 'sent' order by 1")
			.params(number, kind)
			.query(String.class)
			.list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
