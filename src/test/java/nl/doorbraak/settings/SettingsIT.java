package nl.doorbraak.settings;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.lead.WatchMoments.Come;
import nl.doorbraak.settings.Replay.Step;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Somebody drafts other terms for a municipality that no other class asks for terms, sees
 * what they would have done, and somebody else adopts them: from then on cases go as the
 * draft foretold.
 */
@WholeApplication
class SettingsIT {

	private static final String MUNICIPALITY = "GM9005";

	private final Town town;

	private final Settings settings;

	private final Histories histories;

	private final Terms terms;

	private final AuditTrail audit;

	private final JdbcClient application;

	@Autowired
	SettingsIT(Town town, Settings settings, Histories histories, Terms terms, AuditTrail audit,
			JdbcClient application) {
		this.town = town;
		this.settings = settings;
		this.histories = histories;
		this.terms = terms;
		this.audit = audit;
		this.application = application;
	}

	@BeforeEach
	void femkeAdministersThere() {
		this.town.clear();
		owner("insert into doorbraak.post values ('femke', 'administrator', 'GM9005') on conflict do nothing");
	}

	@AfterEach
	void othersBeginWithTheTermsOfTheSoftware() {
		owner("delete from doorbraak.post where officer_login = 'femke' and organisation_id = 'GM9005'");
		owner("update doorbraak.terms_version set body_id = 'UWV' where body_id = 'GM9005'");
		owner("update doorbraak.terms_draft set withdrawn_at = doorbraak.current_instant() where version is null");
		this.town.clear();
	}

	@Test
	void casesGoAsTheDraftForetoldOnceSomebodyElseAdoptedIt() {
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		WebVisitor gijs = WebVisitor.login(this.town, "gijs");
		String before = report();
		String draft = begun(femke);
		refusals(femke, gijs, draft);
		Map<String, String> fields = shorter(draft);
		assertThat(femke.form(draft, fields).status()).isEqualTo(302);
		assertThat(femke.form(draft, fields).status()).as("written after it was read").isEqualTo(409);

		assertThat(femke.get(draft).body()).as("the form begins with what is there")
			.containsPattern("name=\"rung.local\"[^>]* value=\"3\"")
			.containsPattern("name=\"extension.national\"[^>]* value=\"2\"");
		String seen = gijs.get(draft).body();
		assertThat(seen).contains("Termijn Lokaal: was 20 werkdagen, wordt 3 werkdagen.",
				"Wachtmoment 1 werkdag na de melding", "Welk loket volloopt", "Regio Oosterlaken",
				"U ziet aantallen, geen casussen");
		assertThat(seen).doesNotContain(before);
		Draft written = this.settings.draft("gijs", id(draft));
		Agreed agreed = this.settings.agreed(written);
		List<Step> foretold = foretold(before, agreed);
		List<Come> moments = moments(before, agreed);
		assertThat(foretold).extracting(Step::rung).containsExactly(Rung.values());

		int version = adopted(gijs, draft);
		String after = report();
		assertThat(version(before)).isEqualTo(1);
		assertThat(version(after)).isEqualTo(version);
		assertThat(this.town.as("daan").get("/api/v1/cases/" + before).status()).isEqualTo(200);

		Instant end = foretold.get(3).silenceAt();
		this.town.passUntil(foretold.get(0).termEndsAt().minusSeconds(3600));
		assertThat(asked(after)).as("not before the term ended").isNull();
		moved(gijs, before, version, foretold.get(0));
		this.town.passUntil(end.plusSeconds(60));

		wentAs(foretold, after);
		wentAs(foretold, before);
		assertThat(alarms(after, end)).isEqualTo(told(moments, end)).isNotEmpty();
		assertThat(this.audit.chain("settings")).extracting("act")
			.contains("termsDrafted", "termsDraftChanged", "termsAdopted");
		assertThat(this.audit.firstBroken("settings")).isEmpty();
		anotherOneIsNotAdoptedForTheSameDay(femke, gijs, version);
	}

	@Test
	void proposalsGoToWhomTheDraftForetoldAndThoseThatRunKeepTheirs() {
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		WebVisitor gijs = WebVisitor.login(this.town, "gijs");
		String running = proposed();
		assertThat(first(running)).isEqualTo("manager");
		String draft = begun(femke);
		Map<String, String> fields = new HashMap<>(this.settings.draft("femke", id(draft)).fields());
		fields.putAll(Map.of("gezien", "1", "level.managerCents", "5000", "level.regionCents", ""));
		assertThat(femke.form(draft, fields).status()).isEqualTo(302);
		WhatIf found = found(draft);
		assertThat(found.proposals().open()).isPositive();
		assertThat(found.proposals().others()).isPositive();
		Map<String, Integer> manager = signers(found, Function.MANAGER);
		Map<String, Integer> director = signers(found, Function.DIRECTOR);
		assertThat(manager.get("then")).isEqualTo(manager.get("now") - found.proposals().others());
		assertThat(director.get("then")).isEqualTo(director.get("now") + found.proposals().others());
		assertThat(gijs.get(draft).body()).contains(
				"Mandaat: De manager, binnen het beleid: was tot en met €\u00a010.000, wordt tot en met €\u00a05.000.",
				"Mandaat: De procesregisseur, uit het budget van de regio: was tot en met €\u00a010.000, wordt niet.",
				"Wie had moeten tekenen", "Directeur sociaal domein");
		whateverBreaksOffIsTold(gijs, draft, running);

		WebVisitor.Answer adopted = adopt(gijs, draft, "2", this.town.today(), "Mandaatbesluit 3");
		assertThat(adopted.status()).as(adopted.body()).isEqualTo(302);
		String page = adopted.header("Location").replaceFirst("^https?://[^/]+", "");
		int version = Integer.parseInt(page.substring(page.lastIndexOf('/') + 1));
		assertThat(gijs.get(page).body()).contains("boven € 5.000 tot en met € 25.000", "nooit");
		String later = proposed();
		assertThat(first(later)).as("as the draft foretold").isEqualTo("director");
		assertThat(asked(this.town.as("joke"), later)).isTrue();
		assertThat(asked(this.town.as("gijs"), later)).isFalse();
		assertThat(asked(this.town.as("gijs"), running)).as("what runs keeps its level").isTrue();

		assertThat(gijs
			.form("/instellingen/overzetten",
					Map.of("versie", String.valueOf(version), "casus", running, "reden", "Nieuw mandaatbesluit."))
			.status()).isEqualTo(302);
		assertThat(asked(this.town.as("gijs"), running)).as("who was asked stays asked").isTrue();
		this.town.as("gijs")
			.sign(running, Map.of("decision", "refuse", "ground", "practice", "reason", "Dat doen wij nooit zo."));
		decide(running);
		assertThat(first(running)).as("and a new proposal has the new level").isEqualTo("director");
		assertThat(this.audit.chain(running)).filteredOn((line) -> line.act().equals("proposalMade"))
			.last()
			.satisfies((line) -> assertThat(line.facts()).contains("\"termsVersion\":" + version));
	}

	/** Also when the other node died, another reckons, or a case cannot be reckoned. */
	private void whateverBreaksOffIsTold(WebVisitor gijs, String draft, String running) {
		String mine = " where subject = 'draft " + id(draft) + "'";
		owner("update doorbraak.what_if set result = null, done = 3, total = 9, touched_at = doorbraak.current_instant()"
				+ mine);
		assertThat(gijs.get(draft).body()).as("another node reckons").contains("3 van 9");
		owner("update doorbraak.what_if set touched_at = touched_at - interval '5 minutes'" + mine);
		String proposal = " where case_number = '" + running + "'";
		owner("""
				insert into doorbraak.terms_version select (jsonb_populate_record(v, '{"version": 99999, "body_id": "UWV",
				  "drafted_by": "a", "adopted_by": "b", "adopted_at": "2000-01-01"}')).* from doorbraak.terms_version v where version = 1""");
		owner("update doorbraak.proposal set levels_version = 99999" + proposal);
		try {
			assertThat(gijs.get(draft).body()).as("and died")
				.contains("Een casus kon niet worden doorgerekend", "in geen enkel getal mee")
				.doesNotContain(running);
		}
		finally {
			owner("update doorbraak.proposal set levels_version = 1" + proposal);
			owner("delete from doorbraak.terms_version where version = 99999");
		}
		owner("update doorbraak.what_if set result = null, failed = true, touched_at = doorbraak.current_instant()"
				+ mine);
		assertThat(gijs.get(draft).body()).contains("Het doorrekenen is afgebroken");
		owner("update doorbraak.what_if set touched_at = touched_at - interval '5 minutes'" + mine);
		assertThat(found(draft).failed()).isZero();
	}

	private WhatIf found(String draft) {
		Settings.Progress progress = this.settings.whatIf("gijs", this.settings.draft("gijs", id(draft)));
		return Objects.requireNonNull(progress.found());
	}

	private static Map<String, Integer> signers(WhatIf found, Function function) {
		return found.signers()
			.stream()
			.filter((each) -> each.function() == function && each.body().equals(MUNICIPALITY))
			.findFirst()
			.map((each) -> Map.of("now", each.now(), "then", each.then()))
			.orElse(Map.of("now", 0, "then", 0));
	}

	/** Daan's own case, within policy, for more than he may and less than the manager. */
	private String proposed() {
		Town.Visitor daan = this.town.as("daan");
		String number = daan.report(Map.of("whatIsStuck", "Geen potje past."));
		daan.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 6000,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		decide(number);
		return number;
	}

	private void decide(String number) {
		this.town.as("daan")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
	}

	private static boolean asked(Town.Visitor who, String number) {
		return !who.tasks(number, "sign-off").isEmpty();
	}

	private String first(String number) {
		return this.town.database()
			.sql("select first_function from doorbraak.proposal where case_number = ? order by id desc limit 1")
			.param(number)
			.query(String.class)
			.single();
	}

	private void refusals(WebVisitor femke, WebVisitor gijs, String draft) {
		assertThat(femke.form("/instellingen/concepten", Map.of("organisatie", MUNICIPALITY)).status()).isEqualTo(409);
		assertThat(femke.form("/instellingen/concepten", Map.of("organisatie", "GM9002")).status())
			.as("of another region")
			.isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "ineke").get(draft).status()).isEqualTo(404);
		assertThat(gijs.form(draft, Map.of("gezien", "1")).status()).as("a manager writes nothing").isEqualTo(403);
		Map<String, String> wrong = new HashMap<>(shorter(draft));
		wrong.put("rung.local", "0");
		WebVisitor.Answer answer = femke.form(draft, wrong);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("Termijn Lokaal: vul een heel getal in van 1 tot en met 130.");
		assertThat(adopt(gijs, draft, "1", this.town.today(), "Besluit 7").status()).as("nothing is other")
			.isEqualTo(409);
	}

	private int adopted(WebVisitor gijs, String draft) {
		LocalDate today = this.town.today();
		assertThat(adopt(gijs, draft, "2", today.minusDays(1), "Besluit 7").status()).isEqualTo(400);
		assertThat(adopt(gijs, draft, "2", today.plusYears(3), "Besluit 7").status()).isEqualTo(400);
		assertThat(adopt(gijs, draft, "2", today, " ").status()).isEqualTo(400);
		assertThat(adopt(gijs, draft, "1", today, "Besluit 7").status()).as("other than was read").isEqualTo(409);
		owner("update doorbraak.terms_draft set authors = array_append(authors, 'gijs') where id = " + id(draft));
		assertThat(adopt(gijs, draft, "2", today, "Besluit 7").body()).contains("daar zijn twee mensen voor nodig");
		owner("update doorbraak.terms_draft set authors = array_remove(authors, 'gijs') where id = " + id(draft));
		WebVisitor.Answer adopted = adopt(gijs, draft, "2", today, "Besluit 7");
		assertThat(adopted.status()).as(adopted.body()).isEqualTo(302);
		String page = adopted.header("Location").replaceFirst("^https?://[^/]+", "");
		assertThat(gijs.get(page).body()).contains("Vastgesteld door Gijs Terwel", "Opgesteld door Femke Vos",
				"Rust op: Besluit 7", "3 werkdagen");
		assertThat(adopt(gijs, draft, "2", today, "Besluit 7").status()).as("adopted already").isEqualTo(409);
		int version = Integer.parseInt(page.substring(page.lastIndexOf('/') + 1));
		assertThatThrownBy(
				() -> this.application.sql("update doorbraak.rung_term set amount = 99 where version = " + version)
					.update())
			.hasStackTraceContaining("permission denied");
		return version;
	}

	private void moved(WebVisitor gijs, String number, int version, Step first) {
		String page = "/instellingen/overzetten";
		Map<String, String> move = Map.of("versie", String.valueOf(version), "casus", number, "reden",
				"Het huishouden kan niet wachten.");
		assertThat(WebVisitor.login(this.town, "mila").form(page, move).status()).as("of another municipality")
			.isEqualTo(404);
		Map<String, String> silent = new HashMap<>(move);
		silent.put("reden", " ");
		assertThat(gijs.form(page, silent).status()).isEqualTo(400);
		assertThat(gijs.form(page, move).status()).isEqualTo(302);
		assertThat(gijs.form(page, move).status()).as("moved already").isEqualTo(409);
		assertThat(version(number)).isEqualTo(version);
		assertThat(timer(number)).as("the engine's timer follows").isEqualTo(first.termEndsAt());
		assertThat(WebVisitor.login(this.town, "daan").get("/casus/" + number).body()).contains(
				"overgezet van versie 1 naar versie " + version, "Het huishouden kan niet wachten.",
				"Andere versie van de afspraken");
		assertThat(gijs.form(page, Map.of("versie", "1", "gemeente", MUNICIPALITY, "reden", "Toch niet.")).status())
			.isEqualTo(302);
		assertThat(version(number)).isEqualTo(1);
		assertThat(gijs
			.form(page, Map.of("versie", String.valueOf(version), "gemeente", MUNICIPALITY, "reden", "Toch wel."))
			.status()).isEqualTo(302);
		assertThat(version(number)).isEqualTo(version);
	}

	private void anotherOneIsNotAdoptedForTheSameDay(WebVisitor femke, WebVisitor gijs, int version) {
		String draft = begun(femke);
		Map<String, String> fields = new HashMap<>(Fields.of(this.settings.agreed(version)));
		fields.putAll(Map.of("gezien", "1", "rung.local", "5"));
		assertThat(femke.form(draft, fields).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "gijs").get(draft + "?taal=en").body())
			.contains("This table counts all moments until now", "No lead: 1 working day after the report")
			.doesNotContain("na de melding");
		LocalDate later = this.town.today().plusDays(40);
		assertThat(adopt(gijs, draft, "2", later, "Besluit 8").status()).isEqualTo(302);
		String again = begun(femke);
		fields.put("rung.local", "6");
		assertThat(femke.form(again, fields).status()).isEqualTo(302);
		WebVisitor.Answer overlap = adopt(gijs, again, "2", later, "Besluit 9");
		assertThat(overlap.status()).isEqualTo(409);
		assertThat(overlap.body()).contains("Kies een dag daarna");
		assertThat(femke.form(again + "/intrekken", Map.of()).status()).isEqualTo(302);
		assertThat(this.audit.chain("settings")).last().extracting("act").isEqualTo("termsDraftWithdrawn");
	}

	/** Each stay begins, asks and goes up at the moments that were foretold. */
	private void wentAs(List<Step> foretold, String number) {
		List<Map<String, Object>> real = this.town.database()
			.sql("""
					select r.rung, r.body_id, r.opened_at, r.term_ends_at, r.question_ends_at, r.decision, r.decided_at
					from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? order by r.id""")
			.param(number)
			.query()
			.listOfRows();
		for (int i = 0; i < 4; i++) {
			Step step = foretold.get(i);
			Map<String, Object> stay = real.get(i);
			String what = number + " on " + step.rung();
			assertThat(stay.get("rung")).as(what).isEqualTo(step.rung().code());
			assertThat(stay.get("body_id")).as(what).isEqualTo(step.body());
			assertThat(at(stay, "term_ends_at")).as(what).isEqualTo(step.termEndsAt());
			assertThat(at(stay, "question_ends_at")).as(what).isEqualTo(step.silenceAt());
			assertThat(stay.get("decision")).as(what).isEqualTo("termEnded");
			assertThat(at(stay, "decided_at")).as(what)
				.isBetween(step.leavesAt(), step.leavesAt().plus(Duration.ofMinutes(1)));
		}
		assertThat(real).hasSizeGreaterThan(4);
	}

	private static Instant at(Map<String, Object> row, String column) {
		return ((Timestamp) row.get(column)).toInstant();
	}

	private List<Step> foretold(String number, Agreed agreed) {
		return Replay.of(history(number), this.terms.trying(agreed.terms()), WhatIfs.DRAFT,
				this.town.clock().instant().plus(Duration.ofDays(60)));
	}

	private List<Come> moments(String number, Agreed agreed) {
		History history = history(number);
		return WatchMoments.replay(history.file(), agreed.moments(),
				this.terms.trying(agreed.terms()).workingDays(WhatIfs.DRAFT), history.asked(),
				this.town.clock().instant().plus(Duration.ofDays(60)));
	}

	private History history(String number) {
		return this.histories.of(List.of(this.town.database()
			.sql("select id from doorbraak.case_file where number = ?")
			.param(number)
			.query(Long.class)
			.single())).get(0);
	}

	private static List<String> told(List<Come> moments, Instant end) {
		return moments.stream()
			.filter((come) -> come.at().isBefore(end))
			.map((come) -> come.moment().id() + " " + DutchTime.day(come.at()))
			.toList();
	}

	private List<String> alarms(String number, Instant end) {
		return this.town.database()
			.sql("select moment, raised_at from doorbraak.lead_alarm where case_number = ? and raised_at < ? order by id")
			.params(number, Timestamp.from(end))
			.query((row, n) -> row.getString(1) + " " + DutchTime.day(row.getTimestamp(2).toInstant()))
			.list();
	}

	private Instant asked(String number) {
		return this.town.database()
			.sql("""
					select r.question_ends_at from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id
					where c.number = ? and r.closed_at is null""")
			.param(number)
			.query((row, n) -> (row.getTimestamp(1) != null) ? row.getTimestamp(1).toInstant() : null)
			.list()
			.get(0);
	}

	private Instant timer(String number) {
		return this.application.sql("""
				select j.duedate_ from camunda.act_ru_job j
				join camunda.act_ru_jobdef d on d.id_ = j.job_def_id_
				join camunda.act_ru_execution e on e.id_ = j.process_instance_id_
				where e.business_key_ = ? and d.act_id_ = 'event_localTermEnded'""")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private String report() {
		return this.town.as("daan")
			.report(Map.of("whatIsStuck", "Geen potje past.", "threat", "eviction", "eventDate",
					this.town.today().plusDays(60).toString(), "reportAnyway", true));
	}

	private int version(String number) {
		return this.town.database()
			.sql("select terms_version from doorbraak.case_file where number = ?")
			.param(number)
			.query(Integer.class)
			.single();
	}

	private String begun(WebVisitor femke) {
		WebVisitor.Answer answer = femke.form("/instellingen/concepten", Map.of("organisatie", MUNICIPALITY));
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
		return answer.header("Location").replaceFirst("^https?://[^/]+", "");
	}

	private static long id(String draft) {
		return Long.parseLong(draft.substring(draft.lastIndexOf('/') + 1));
	}

	/** Short terms, another moment, and a free day within the first of them. */
	private Map<String, String> shorter(String draft) {
		Map<String, String> fields = new HashMap<>(this.settings.draft("femke", id(draft)).fields());
		fields.putAll(Map.of("gezien", "1", "rung.local", "3", "rung.regional", "2", "rung.national", "1",
				"rung.ministry", "2", "question", "1", "moment.openTwoDays", "1", "days",
				this.terms.workingDay(this.town.today(), 2) + " de feestweek"));
		return fields;
	}

	private static WebVisitor.Answer adopt(WebVisitor who, String draft, String seen, LocalDate from,
			String reference) {
		return who.form(draft + "/vaststellen", Map.of("gezien", seen, "vanaf", from.toString(), "besluit", reference));
	}

	private void owner(String sql) {
		this.town.database().sql(sql).update();
	}

}
