package nl.doorbraak.workflow.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of what the engine keeps of a failure nobody sees a message. */
class FailureTextTest {

	private static final String FAILURE = """
			org.camunda.bpm.engine.ProcessEngineException: Mevrouw Bakker
			jan.de.vries: belde gisteren
			java.lang.String: is no failure
				at org.camunda.bpm.engine.impl.Somewhere.run(Somewhere.java:10)
				at nl.doorbraak.workflow.engine.EngineDueWork.doDue(EngineDueWork.java:41)
				at nl.doorbraak.Bakker.belde(Gisteren.java:1)
			Caused by: java.lang.IllegalStateException: de heer Bakker
				at java.base/java.util.Objects.requireNonNull(Objects.java:1)
				at nl.doorbraak.support.DatabaseClock.synchronise(DatabaseClock.java:53)
				... 3 more
			""";

	@Test
	void kindsAndTheNearestPlaceOfOurs() {
		assertThat(FailureText.kind(FAILURE)).isEqualTo("ProcessEngineException, IllegalStateException");
		assertThat(FailureText.place(FAILURE)).isEqualTo("DatabaseClock.synchronise, 53");
	}

	@Test
	void placeBeforeTheCauseWhereTheCauseIsNotOurs() {
		assertThat(FailureText.place(FAILURE.replaceFirst("\tat nl.doorbraak.support[^\n]*\n", "")))
			.isEqualTo("EngineDueWork.doDue, 41");
	}

	@Test
	void whatOnlyLooksLikeAPlaceIsNone() {
		assertThat(FailureText.place("\tat nl.doorbraak.Bakker.belde(Gisteren.java:1)")).isEmpty();
		assertThat(FailureText.kind("")).isEmpty();
		assertThat(FailureText.place("")).isEmpty();
	}

}
