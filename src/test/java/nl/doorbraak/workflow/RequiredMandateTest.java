package nl.doorbraak.workflow;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
		return engine.evaluateDecision(requiredMandate,
				Map.<String, Object>of("rung", rung, "power", power, "deviates", deviates, "amountCents", cents));
	}

}
