package nl.doorbraak.casefile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** A second report of one household: who may know that there is a case already. */
@WholeApplication
class HouseholdIT {

	private static final LocalDate BIRTH = LocalDate.of(1984, 3, 9);

	private final Town town;

	private String name;

	@Autowired
	HouseholdIT(Town town) {
		this.town = town;
	}

	@BeforeEach
	void somebodyNew() {
		this.name = "Zoë Van Den-Berg " + Long.toString(System.nanoTime(), 36);
	}

	@AfterEach
	void nothingStaysOpen() {
		this.town.database()
			.sql("""
					select c.number, c.reported_by from doorbraak.case_file c
					where c.state = 'open' and c.household_id in (select household_id from doorbraak.household_member
					                                              where lower(name) like 'zo%berg%')""")
			.query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.forEach((open) -> this.town.as(open.getValue())
				.post("/api/v1/cases/" + open.getKey() + "/withdrawal", Map.of("reason", "Einde van de proef.")));
	}

	@Test
	void whoIsOnTheCaseIsToldItsNumber() {
		String first = this.town.as("anna").report(report(this.name, BIRTH));
		for (String login : List.of("anna", "karim")) {
			Town.Answer answer = this.town.as(login).post("/api/v1/cases", report(this.name, BIRTH));
			assertThat(answer.status()).as(answer.text()).isEqualTo(409);
			assertThat(answer.json().path("title").asText()).isEqualTo("case-exists");
			assertThat(answer.message()).contains(first);
		}
	}

	@Test
	void anotherReporterOfTheMunicipalityIsToldWhomToCallAndThatIsARecordedReading() {
		String first = this.town.as("anna").report(report(this.name, BIRTH));
		Town.Answer answer = this.town.as("bert").post("/api/v1/cases", report(this.name, BIRTH));
		assertThat(answer.status()).as(answer.text()).isEqualTo(409);
		assertThat(answer.message()).contains("Bel de casusregisseur", "0900 90 01").doesNotContain(first);
		assertThat(answer.text()).doesNotContain(first).doesNotContain("Anna");
		assertThat(this.town.database()
			.sql("select actor || ' ' || facts from doorbraak.audit_line where chain = ? and act = 'caseRead'")
			.params(first)
			.query(String.class)
			.list()).singleElement()
			.asString()
			.startsWith("bert {\"part\":\"report-same-household\",\"purpose\":\"report\",");
	}

	@ParameterizedTest
	@CsvSource({ "' zoe  van den berg ', same", "'ZOË VAN DEN BERG', same", "'Zoë van den Bergh', other" })
	void namesAreComparedWithoutAccentsCaseHyphensAndSpaces(String prefix, String whose) {
		String suffix = this.name.substring(this.name.lastIndexOf(' '));
		String first = this.town.as("anna").report(report(this.name, BIRTH));
		Town.Answer answer = this.town.as("anna").post("/api/v1/cases", report(prefix.strip() + suffix, BIRTH));
		assertThat(answer.status()).as(first + ": " + answer.text()).isEqualTo(whose.equals("same") ? 409 : 201);
		this.town.workDue();
	}

	@Test
	void anotherBirthDateIsAnotherHousehold() {
		this.town.as("anna").report(report(this.name, BIRTH));
		this.town.as("anna").report(report(this.name, BIRTH.plusDays(1)));
		assertThat(households()).hasSize(2);
	}

	@Test
	void anotherMunicipalityGetsNoHintAtAll() {
		String first = this.town.as("anna").report(report(this.name, BIRTH));
		Town.Answer answer = this.town.as("olaf").post("/api/v1/cases", report(this.name, BIRTH));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		this.town.workDue();
		assertThat(answer.text()).doesNotContain(first);
		assertThat(households()).as("never matched across municipalities").hasSize(2);
		assertThat(readings(first)).isZero();
	}

	@Test
	void reportingAnywayMakesASecondCaseOfTheSameHousehold() {
		this.town.as("anna").report(report(this.name, BIRTH));
		Map<String, Object> anyway = new HashMap<>(report(this.name, BIRTH));
		anyway.put("reportAnyway", true);
		this.town.as("bert").report(anyway);
		assertThat(households()).hasSize(1);
		assertThat(cases()).isEqualTo(2);
	}

	@Test
	void oneHouseholdComesOfTwoReportsAtOnce() throws Exception {
		int rounds = 20;
		int firstWon = 0;
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < rounds; round++) {
				somebodyNew();
				boolean anyway = round % 2 == 1;
				Map<String, Object> report = new HashMap<>(report(this.name, BIRTH));
				report.put("reportAnyway", anyway);
				CyclicBarrier barrier = new CyclicBarrier(2);
				List<Future<Integer>> answers = new ArrayList<>();
				for (String login : List.of("anna", "bert")) {
					Town.Visitor reporter = this.town.as(login);
					Callable<Integer> act = () -> {
						barrier.await(20, TimeUnit.SECONDS);
						return reporter.post("/api/v1/cases", report).status();
					};
					answers.add(two.submit(act));
				}
				List<Integer> statuses = new ArrayList<>();
				for (Future<Integer> answer : answers) {
					statuses.add(answer.get(60, TimeUnit.SECONDS));
				}
				firstWon += (statuses.get(0) == 201) ? 1 : 0;
				assertThat(statuses).as("round " + round).containsExactlyInAnyOrder(201, anyway ? 201 : 409);
				assertThat(households()).as("round " + round).hasSize(1);
				assertThat(cases()).isEqualTo(anyway ? 2 : 1);
				this.town.workDue();
			}
		}
		finally {
			two.shutdownNow();
		}
		assertThat(firstWon).as("n = " + rounds).isPositive();
	}

	private static Map<String, Object> report(String name, LocalDate birth) {
		return Map.of("whatIsStuck", "Zij wachten op elkaar.", "memberName", name, "memberBirthDate", birth.toString());
	}

	private List<Long> households() {
		return this.town.database()
			.sql("""
					select distinct c.household_id from doorbraak.case_file c
					join doorbraak.household_member m on m.case_id = c.id where m.name = ?""")
			.params(this.name)
			.query(Long.class)
			.list();
	}

	private long cases() {
		return this.town.database()
			.sql("select count(distinct case_id) from doorbraak.household_member where name = ?")
			.params(this.name)
			.query(Long.class)
			.single();
	}

	private long readings(String number) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = ? and act = 'caseRead'")
			.params(number)
			.query(Long.class)
			.single();
	}

}
