package nl.doorbraak.workflow;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.mandate.Level;
import nl.doorbraak.mandate.Levels;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks the table of the required mandate about each of its regions, on both sides of each
 * border.
 */
class RequiredMandateTest {

	private static DmnEngine engine;

	private static DmnDecision requiredMandate;

	@BeforeAll
	static void readTable() throws Exception {
		engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
		try (InputStream table = Files.newInputStream(Path.of("processes", "required-mandate.dmn"))) {
			requiredMandate = engine.parseDecision("required-mandate", table);
		}
	}

	@ParameterizedTest(name = "{0} cents, deviates {1}: {2}")
	@CsvSource({ "0, false, caseDirector", "250000, false, caseDirector", "250001, false, manager",
			"1000000, false, manager", "1000001, false, director", "2500000, false, director",
			"2500001, false, alderman", "1000000000, false, alderman", "0, true, manager", "250000, true, manager",
			"250001, true, manager", "1000000, true, manager", "1000001, true, director", "2500000, true, director",
			"2500001, true, alderman" })
	void theMunicipalityIsAskedOnItsOwnLevelAndForTheNationalDesk(long cents, boolean deviates, String expected) {
		assertThat(first("local", deviates, cents)).isEqualTo(expected);
		assertThat(first("national", deviates, cents)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0} cents, deviates {1}: {2} of {3}")
	@CsvSource({ "0, false, 3, districtTeamMember", "50000, false, 3, districtTeamMember",
			"50001, false, 1, caseDirector", "250000, false, 1, caseDirector", "250001, false, 1, manager",
			"1000000, false, 1, manager", "1000001, false, 1, director", "2500001, false, 1, alderman",
			"0, true, 1, manager", "50000, true, 1, manager", "1000001, true, 1, director" })
	void threeOfTheDistrictTeamAreAskedForASmallExpense(long cents, boolean deviates, int approvals, String expected) {
		for (String rung : List.of("local", "national")) {
			assertThat(decide(rung, "tailoredBudget", deviates, cents).getSingleResult().getEntryMap())
				.isEqualTo(Map.of("firstFunction", expected, "approvals", approvals));
		}
	}

	@ParameterizedTest(name = "{0} cents, deviates {1}: {2}")
	@CsvSource({ "0, false, processDirector", "1000000, false, processDirector", "1000001, false, director",
			"2500000, false, director", "2500001, false, alderman", "0, true, manager", "1000000, true, manager",
			"1000001, true, director", "2500001, true, alderman" })
	void theRegionDecidesWithinItsBudgetAndPolicyAndElseTheMunicipality(long cents, boolean deviates, String expected) {
		assertThat(first("regional", deviates, cents)).isEqualTo(expected);
		assertThat(first("regional", "tailoredBudget", deviates, cents)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0} {1} deviates {2} {3} cents: {4}")
	@CsvSource({ "local, tailoredBudget, false, 0, caseDirector", "local, scheme, false, 100000, caseDirector",
			"local, scheme, false, 100001, manager", "local, scheme, true, 0, director",
			"local, scheme, false, 700001, director", "national, scheme, true, 900001, alderman",
			"regional, scheme, false, 0, manager", "regional, scheme, false, 700001, director",
			"regional, scheme, true, 0, director" })
	void anotherVersionHasOtherBordersAndFunctionsThatAreNeverAskedFirst(String rung, String power, boolean deviates,
			long cents, String expected) {
		Levels levels = new Levels(
				Map.of(Level.CASE_DIRECTOR, 100_000L, Level.MANAGER, 700_000L, Level.DIRECTOR, 900_000L));
		assertThat(decide(rung, power, deviates, cents, levels).getSingleResult().getEntryMap())
			.isEqualTo(Map.of("firstFunction", expected, "approvals", 1));
	}

	@Test
	void theAmbassadorIsAskedForWhateverTheMinistryDecides() {
		for (long cents : List.of(0L, 5_000_000L, 5_000_001L)) {
			assertThat(first("ministry", false, cents)).isEqualTo("ambassador");
			assertThat(first("ministry", true, cents)).isEqualTo("ambassador");
			assertThat(first("ministry", "tailoredBudget", true, cents)).isEqualTo("ambassador");
		}
	}

	@Test
	void negativeAmountAndUnknownRungOrPowerHaveNoMandate() {
		assertThat(decide("local", "scheme", false, -1)).isEmpty();
		assertThat(decide("local", "tailoredBudget", false, -1)).isEmpty();
		assertThat(decide("ministry", "scheme", false, -1)).isEmpty();
		assertThat(decide("provincial", "scheme", false, 100)).isEmpty();
		assertThat(decide("local", "fine", false, 100)).isEmpty();
	}

	private static String first(String rung, boolean deviates, long cents) {
		return first(rung, "scheme", deviates, cents);
	}

	private static String first(String rung, String power, boolean deviates, long cents) {
		Map<String, Object> answer = decide(rung, power, deviates, cents).getSingleResult().getEntryMap();
		assertThat(answer).containsEntry("approvals", 1);
		return (String) answer.get("firstFunction");
	}

	private static DmnDecisionResult decide(String rung, String power, boolean deviates, long cents) {
		return decide(rung, power, deviates, cents,
				new Levels(Map.of(Level.TEAM, 50_000L, Level.CASE_DIRECTOR, 250_000L, Level.MANAGER, 1_000_000L,
						Level.DEVIATION, 1_000_000L, Level.DIRECTOR, 2_500_000L, Level.REGION, 1_000_000L)));
	}

	private static DmnDecisionResult decide(String rung, String power, boolean deviates, long cents, Levels levels) {
		Map<String, Object> asked = new HashMap<>(levels.borders());
		asked.putAll(Map.of("rung", rung, "power", power, "deviates", deviates, "amountCents", cents));
		return engine.evaluateDecision(requiredMandate, asked);
	}

}
