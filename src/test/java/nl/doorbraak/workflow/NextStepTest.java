package nl.doorbraak.workflow;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Asks the table of the next step every question it can be asked: each rung with each
 * decision.
 */
class NextStepTest {

	private static DmnEngine engine;

	private static DmnDecision nextStep;

	@BeforeAll
	static void readTable() throws Exception {
		engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
		try (InputStream table = Files.newInputStream(Path.of("processes", "next-step.dmn"))) {
			nextStep = engine.parseDecision("next-step", table);
		}
	}

	@ParameterizedTest(name = "{0} and {1}: {2}")
	@CsvSource({ "local, brokenThrough, brokenThrough", "regional, brokenThrough, brokenThrough",
			"national, brokenThrough, brokenThrough", "ministry, brokenThrough, brokenThrough",
			"local, noRoom, closedWithoutRoom", "regional, noRoom, closedWithoutRoom",
			"national, noRoom, closedWithoutRoom", "ministry, noRoom, closedWithoutRoom", "local, withdrawn, withdrawn",
			"regional, withdrawn, withdrawn", "national, withdrawn, withdrawn", "ministry, withdrawn, withdrawn" })
	void anEndIsAnEndFromEveryRung(String rung, String decision, String expected) {
		assertThat(decide(rung, decision).<String>getSingleEntry()).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0} and {1}: {2}")
	@CsvSource({ "local, up, regional", "regional, up, national", "national, up, ministry",
			"local, termEnded, regional", "regional, termEnded, national", "national, termEnded, ministry" })
	void upAndTheEndOfTheTermGoOneRungUp(String rung, String decision, String expected) {
		assertThat(decide(rung, decision).<String>getSingleEntry()).isEqualTo(expected);
	}

	@ParameterizedTest(name = "ministry and {0}")
	@CsvSource({ "up", "termEnded" })
	void theTopRungOpensAgainBecauseATimerNeverClosesACase(String decision) {
		assertThat(decide("ministry", decision).<String>getSingleEntry()).isEqualTo("ministry");
	}

	@ParameterizedTest(name = "{0} and down: {1}")
	@CsvSource({ "local, local", "regional, local", "national, regional", "ministry, national" })
	void downGoesOneRungDownAndNeverBelowLocal(String rung, String expected) {
		assertThat(decide(rung, "down").<String>getSingleEntry()).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0} and crisis: {1}")
	@CsvSource({ "local, national", "regional, ministry", "national, ministry", "ministry, ministry" })
	void aCrisisSkipsARung(String rung, String expected) {
		assertThat(decide(rung, "crisis").<String>getSingleEntry()).isEqualTo(expected);
	}

	@Test
	void anUnknownDecisionHasNoNextStep() {
		assertThat(decide("local", "thrownAway")).isEmpty();
	}

	@Test
	void anUnknownRungHasNoNextStepButAnEnd() {
		assertThat(decide("provincial", "up")).isEmpty();
		assertThat(decide("provincial", "withdrawn").<String>getSingleEntry()).isEqualTo("withdrawn");
	}

	private static DmnDecisionResult decide(String rung, String decision) {
		return engine.evaluateDecision(nextStep, Map.<String, Object>of("rung", rung, "decision", decision));
	}

}
