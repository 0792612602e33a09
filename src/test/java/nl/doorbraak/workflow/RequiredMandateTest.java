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

	@ParameterizedTest(name = "{0} cents, deviates {1}: {2}")
	@CsvSource({ "0, false, processDirector", "1000000, false, processDirector", "1000001, false, director",
			"2500000, false, director", "2500001, false, alderman", "0, true, manager", "1000000, true, manager",
			"1000001, true, director", "2500001, true, alderman" })
	void theRegionDecidesWithinItsBudgetAndPolicyAndElseTheMunicipality(long cents, boolean deviates, String expected) {
		assertThat(first("regional", deviates, cents)).isEqualTo(expected);
	}

	@Test
	void theAmbassadorIsAskedForWhateverTheMinistryDecides() {
		for (long cents : List.of(0L, 5_000_000L, 5_000_001L)) {
			assertThat(first("ministry", false, cents)).isEqualTo("ambassador");
			assertThat(first("ministry", true, cents)).isEqualTo("ambassador");
		}
	}

	@Test
	void negativeAmountAndUnknownRungHaveNoMandate() {
		assertThat(decide("local", false, -1)).isEmpty();
		assertThat(decide("ministry", false, -1)).isEmpty();
		assertThat(decide("provincial", false, 100)).isEmpty();
	}

	private static String first(String rung, boolean deviates, long cents) {
		return decide(rung, deviates, cents).getSingleEntry();
	}

	private static DmnDecisionResult decide(String rung, boolean deviates, long cents) {
		return engine.evaluateDecision(requiredMandate,
				Map.<String, Object>of("rung", rung, "deviates", deviates, "amountCents", cents));
	}

}
