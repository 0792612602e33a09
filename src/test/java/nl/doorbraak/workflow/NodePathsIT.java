package nl.doorbraak.workflow;

import java.util.Set;
import java.util.TreeSet;

import nl.doorbraak.testing.Passed;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every node of every model was passed by the other classes of the run. Runs after all of
 * them ({@code pom.xml}); alone, it fails.
 */
class NodePathsIT {

	/** The watch is ended by the case, never by itself. */
	private static final Set<String> NEVER_REACHED = Set.of("escalation-ladder#endEvent_watchEnded");

	@Test
	void everyNodeOfEveryModelWasPassed() {
		Set<String> missed = new TreeSet<>();
		ModelFile.all()
			.forEach((model) -> model.bpmn()
				.getModelElementsByType(FlowNode.class)
				.forEach((node) -> missed.add(model.name() + "#" + node.getId())));
		assertThat(missed).hasSizeGreaterThan(70);
		missed.removeAll(Passed.of("node"));
		assertThat(missed.removeAll(NEVER_REACHED)).as("the list of what is never reached is true").isTrue();
		assertThat(missed).as("nodes that no test of this run passed").isEmpty();
	}

}
