package nl.doorbraak.mandate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the register says counts at the gate, in the second in which somebody signs. */
@WholeApplication
class RegisterAtTheGateIT {

	private final Town town;

	private final DataSource pool;

	@Autowired
	RegisterAtTheGateIT(Town town, DataSource pool) {
		this.town = town;
		this.pool = pool;
	}

	@AfterEach
	void registerAsItWas() {
		own("delete from doorbraak.mandate where number = 'GM9001-02' and version > 1");
		own("""
				update doorbraak.mandate set valid_from = '2026-01-01', valid_to = null, revoked_at = null, organisation_id = 'GM9001',
				  ceiling_cents = 1000000, powers = '{scheme,tailoredBudget}', municipalities = '{}' where number = 'GM9001-02'""");
		own("update doorbraak.mandate set parent_number = null, sub_mandate_allowed = true where number = 'GM9001-03'");
		own("update doorbraak.mandate set budget_cents = null where number = 'GM9001-03'");
		own("update doorbraak.mandate set budget_cents = null, threats = '{}', works_under_mandator = true, parent_number = null where number = 'GM9001-02'");
	}

	@Test
	void budgetOfTheYearIsForAllHouseholdsTogether() {
		own("""
				update doorbraak.mandate set budget_cents = 1000000 + (select coalesce(sum(p.amount_cents), 0)
				  from doorbraak.proposal p where p.state = 'signed' and exists (select 1 from doorbraak.sign_off s
				  where s.gate_id = p.id and s.outcome = 'agreed' and s.mandate_number = 'GM9001-02'
				    and extract(year from s.at at time zone 'Europe/Amsterdam') =
				      extract(year from doorbraak.current_instant() at time zone 'Europe/Amsterdam')))
				where number = 'GM9001-02'""");
		String first = proposed(6000, null);
		String second = proposed(6000, null);
		this.town.as("mila").sign(first, Map.of("decision", "agree"));
		assertThat(sign("mila", second).message()).contains("boven het plafond of het budget");
		String third = proposed(6000, null);
		assertThat(this.town.as("mila").tasks(third, "sign-off")).isEmpty();
		assertThat(this.town.as("dirk").tasks(third, "sign-off")).hasSize(1);
	}

	@Test
	void subMandateSpendsTheBudgetOfWhatItIsHeldUnder() throws Exception {
		own("""
				update doorbraak.mandate set budget_cents = 1500000 + (select coalesce(sum(p.amount_cents), 0)
				  from doorbraak.proposal p where p.state = 'signed' and exists (select 1 from doorbraak.sign_off s
				  where s.gate_id = p.id and s.outcome = 'agreed' and s.mandate_number in ('GM9001-02', 'GM9001-03', 'GM9001-09')
				    and extract(year from s.at at time zone 'Europe/Amsterdam') =
				      extract(year from doorbraak.current_instant() at time zone 'Europe/Amsterdam')))
				where number in ('GM9001-02', 'GM9001-03')""");
		own("update doorbraak.mandate set parent_number = 'GM9001-03' where number = 'GM9001-02'");
		String asked = proposed(6000, null);
		this.town.as("dirk").sign(proposed(11000, null), Map.of("decision", "agree"));
		assertThat(sign("mila", asked).message()).contains("boven het plafond of het budget");
		own("update doorbraak.mandate set parent_number = null where number = 'GM9001-02'");
		assertThat(sign("mila", asked).status()).isEqualTo(200);
		String last = proposed(3000, null);
		own("update doorbraak.mandate set parent_number = 'GM9001-03' where number = 'GM9001-02'");
		String next = proposed(3000, null);
		assertThat(this.town.as("mila").tasks(next, "sign-off")).as("what mila signed counts for dirk").isEmpty();
		assertThat(this.town.as("dirk").tasks(next, "sign-off")).isEmpty();
		assertThat(this.town.as("wilma").tasks(next, "sign-off")).hasSize(1);
		own("update doorbraak.mandate set budget_cents = budget_cents + 500000 where number = 'GM9001-03'");
		try (Connection other = this.pool.getConnection()) {
			other.setAutoCommit(false);
			execute(other, "select pg_advisory_xact_lock(hashtextextended('mandate GM9001-03', 0))");
			CompletableFuture<Town.Answer> signing = CompletableFuture.supplyAsync(() -> sign("mila", last));
			assertThatThrownBy(() -> signing.get(2, TimeUnit.SECONDS)).as("waits for who signs under the same root")
				.isInstanceOf(TimeoutException.class);
			other.rollback();
			other.setAutoCommit(true);
			assertThat(signing.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
		}
	}

	/** Both have the same order; in a crisis the crisis mandate is the first. */
	@ParameterizedTest
	@CsvSource({ "1,yes,GM9001-05", "1,no,GM9001-01", "200,no,GM9001-01" })
	void crisisMandateServesWhereTheOrdinaryOneDoesNotHereAndOnThePage(int day, String deviates, String mandate) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past.", "threat", "eviction", "eventDate",
				this.town.today().plusDays(day).toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 500,
				"deviates", deviates, "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		assertThat(this.town.database()
			.sql("select mandate_number from doorbraak.sign_off where case_number = ?")
			.param(number)
			.query(String.class)
			.list()).containsExactly(mandate);
		String page = WebVisitor.login(this.town, "mila")
			.get("/mandaten/bevoegd?niveau=local&bevoegdheid=scheme&voorbehouden=none&bedrag=500&afwijken="
					+ (deviates.equals("yes") ? "ja" : "nee") + ((day == 1) ? "&crisis=ja" : ""))
			.body();
		assertThat(page.substring(page.indexOf("Onder mandaat "))).startsWith("Onder mandaat " + mandate);
	}

	@Test
	void threatOfTheCaseIsAskedToo() {
		own("update doorbraak.mandate set threats = '{energyCutOff}' where number = 'GM9001-02'");
		assertThat(this.town.as("mila").tasks(proposed(6000, "energyCutOff"), "sign-off")).hasSize(1);
		assertThat(this.town.as("mila").tasks(proposed(6000, "psychological"), "sign-off")).isEmpty();
		assertThat(this.town.as("mila").tasks(proposed(6000, null), "sign-off")).isEmpty();
	}

	@Test
	void consentAndChainAreAskedAtTheMomentOfSigning() {
		String number = proposed(6000, null);
		own("update doorbraak.mandate set works_under_mandator = false where number = 'GM9001-02'");
		Town.Answer answer = sign("mila", number);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("uw instemming of die van uw werkgever ontbreekt");
		own("update doorbraak.mandate set works_under_mandator = true, parent_number = 'GM9001-02' where number = 'GM9001-02'");
		assertThat(sign("mila", number).message()).contains("Dit ondermandaat deugt niet");
		own("update doorbraak.mandate set parent_number = 'GM9001-03' where number = 'GM9001-02'");
		assertThat(sign("mila", number).status()).isEqualTo(200);
	}

	/** All of it happens after the task was offered and claimed. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					valid_from = doorbraak.current_instant() + interval '1 hour'                             | niet-in-werking         | Dit mandaat geldt nu niet
					valid_to = doorbraak.current_instant() - interval '1 second'                             | niet-in-werking         | Dit mandaat geldt nu niet
					revoked_at = doorbraak.current_instant()                                                 | niet-in-werking         | Dit mandaat geldt nu niet
					organisation_id = 'GM9002'                                                               | geen-mandaat            | U hebt hiervoor geen mandaat
					municipalities = '{GM9002}'                                                              | geen-mandaat | U hebt hiervoor geen mandaat
					ceiling_cents = 599999                                                                   | boven-plafond           | boven het plafond of het budget
					powers = '{tailoredBudget}'                                                              | geen-mandaat | U hebt hiervoor geen mandaat
					""")
	@Attack(value = "D05", failedWith = "the checks of the mandate say yes to everybody")
	void mandateThatDoesNotReachSignsNothingAndSaysWhy(String change, String code, String sentence) {
		refused("update doorbraak.mandate set " + change + " where number = 'GM9001-02'", code, sentence);
	}

	@ParameterizedTest
	@ValueSource(strings = { "update doorbraak.mandate set parent_number = 'GM9001-77' where number = 'GM9001-02'",
			"update doorbraak.mandate set parent_number = case number when 'GM9001-02' then 'GM9001-03' else 'GM9001-02' end, sub_mandate_allowed = true where number in ('GM9001-02', 'GM9001-03')",
			"update doorbraak.mandate set parent_number = case number when 'GM9001-02' then 'GM9001-03' end, sub_mandate_allowed = false where number in ('GM9001-02', 'GM9001-03')" })
	@Attack(value = "D06", failedWith = "the checks of the mandate say yes to everybody")
	void chainThatBreaksTurnsRoundOrWasNotAllowedSignsNothing(String change) {
		refused(change, "ondermandaat-ongeldig", "Dit ondermandaat deugt niet");
	}

	private void refused(String change, String code, String sentence) {
		String number = proposed(6000, null);
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		Map<String, String> fields = Map.of("decision", "agree", "proposalHash",
				mila.values(task).path("proposalHash").asText());
		long lines = refusals(code);
		own(change);
		Town.Answer answer = mila.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.message()).contains(sentence);
		assertThat(refusals(code)).as("one line").isEqualTo(lines + 1);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.sign_off where case_number = ?")
			.param(number)
			.query(Long.class)
			.single()).isZero();
	}

	private long refusals(String code) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = 'refusals' and actor = 'mila' and facts like ?")
			.param("%\"code\":\"" + code + "\"%")
			.query(Long.class)
			.single();
	}

	@Test
	void whoSignsWhileTheMandateIsBeingRevokedIsTooLate() throws Exception {
		String number = proposed(6000, null);
		try (Connection revoking = this.pool.getConnection()) {
			revoking.setAutoCommit(false);
			execute(revoking, "select pg_advisory_xact_lock(hashtextextended('mandates', 0))");
			CompletableFuture<Town.Answer> signing = CompletableFuture.supplyAsync(() -> sign("mila", number));
			assertThatThrownBy(() -> signing.get(2, TimeUnit.SECONDS)).as("waits for the register")
				.isInstanceOf(TimeoutException.class);
			execute(revoking,
					"""
							insert into doorbraak.mandate (number, version, organisation_id, powers, legal_basis, function, decision,
							  valid_from, published_at, revoked_at, revoked_by)
							values ('GM9001-02', 2, 'GM9001', '{scheme}', 'Wmo', 'manager', 'Besluit', '2020-01-01', '2020-01-01',
							  doorbraak.current_instant(), 'het college')""");
			revoking.commit();
			Town.Answer answer = signing.get(30, TimeUnit.SECONDS);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.message()).contains("Dit mandaat geldt nu niet");
			revoking.setAutoCommit(true);
		}
		assertThat(this.town.as("mila").tasks(number, "sign-off")).hasSize(1);
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** A breakthrough of anna's for a household of its own. */
	private String proposed(int euros, String threat) {
		Town.Visitor anna = this.town.as("anna");
		Map<String, Object> report = new HashMap<>(Map.of("whatIsStuck", "Geen potje past."));
		if (threat != null) {
			report.put("threat", threat);
			report.put("eventDate", this.town.today().plusDays(200).toString());
		}
		String number = anna.report(report);
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		return number;
	}

	private Town.Answer sign(String login, String number) {
		Town.Visitor person = this.town.as(login);
		String task = person.task(number, "sign-off");
		person.post("/api/v1/tasks/" + task + "/claim", null);
		return person.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", person.values(task).path("proposalHash").asText()));
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
