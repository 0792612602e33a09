package nl.doorbraak.workflow;

import java.util.Set;
import java.util.TreeSet;

import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every node of every model was passed by the tests before this one, in the engine that
 * they share. Runs last ({@code junit-platform.properties}); run alone, it fails.
 */
@WholeApplication
@Order(Integer.MAX_VALUE)
class NodePathsIT {

	/**
	 * These count when they were begun: what is called or contained is judged by itself.
	 */
	private static final Set<String> BEGUN_IS_ENOUGH = Set.of("callActivity", "subProcess", "eventBasedGateway");

	/** The watch is ended by the case, never by itself. */
	private static final Set<String> NEVER_REACHED = Set.of("escalation-ladder#endEvent_watchEnded");

	private final RepositoryService repository;

	private final HistoryService history;

	@Autowired
	NodePathsIT(RepositoryService repository, HistoryService history) {
		this.repository = repository;
		this.history = history;
	}

	@Test
	void everyNodeOfEveryModelWasPassed() {
		Set<String> missed = nodes();
		assertThat(missed).hasSizeGreaterThan(70);
		this.history.createHistoricActivityInstanceQuery()
			.list()
			.stream()
			.filter(NodePathsIT::isPassed)
			.forEach((each) -> missed.remove(each.getProcessDefinitionKey() + "#" + each.getActivityId()));
		assertThat(missed.removeAll(NEVER_REACHED)).as("the list of what is never reached is true").isTrue();
		assertThat(missed).as("nodes that no test of this run passed").isEmpty();
	}

	private Set<String> nodes() {
		Set<String> nodes = new TreeSet<>();
		for (ProcessDefinition process : this.repository.createProcessDefinitionQuery().latestVersion().list()) {
			this.repository.getBpmnModelInstance(process.getId())
				.getModelElementsByType(FlowNode.class)
				.forEach((node) -> nodes.add(process.getKey() + "#" + node.getId()));
		}
		return nodes;
	}

	private static boolean isPassed(HistoricActivityInstance each) {
		return BEGUN_IS_ENOUGH.contains(each.getActivityType()) || (each.getEndTime() != null && !each.isCanceled());
	}

}
