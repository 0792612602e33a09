package nl.doorbraak.workflow.engine;

import nl.doorbraak.mandate.RequiredMandates;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;

import org.springframework.stereotype.Component;

/** Reads {@code required-mandate} as it is deployed: the gate decides by nothing else. */
@Component
class DeployedMandateTable implements RequiredMandates {

	private final RepositoryService repository;

	DeployedMandateTable(RepositoryService repository) {
		this.repository = repository;
	}

	@Override
	public Table table() {
		DecisionDefinition definition = this.repository.createDecisionDefinitionQuery()
			.decisionDefinitionKey("required-mandate")
			.latestVersion()
			.singleResult();
		Deployment deployment = this.repository.createDeploymentQuery()
			.deploymentId(definition.getDeploymentId())
			.singleResult();
		Decision decision = this.repository.getDmnModelInstance(definition.getId())
			.getModelElementById(definition.getKey());
		DecisionTable table = (DecisionTable) decision.getExpression();
		return new Table(definition.getVersion(), String.valueOf(definition.getVersionTag()),
				deployment.getDeploymentTime().toInstant(),
				table.getInputs().stream().map((input) -> input.getLabel()).toList(),
				table.getOutputs().stream().map((output) -> output.getLabel()).toList(),
				table.getRules().stream().map(DeployedMandateTable::rule).toList());
	}

	private static RequiredMandates.Row rule(Rule rule) {
		return new RequiredMandates.Row(rule.getDescription().getTextContent(),
				rule.getInputEntries().stream().map((entry) -> said(entry.getText())).toList(),
				rule.getOutputEntries().stream().map((entry) -> said(entry.getText())).toList());
	}

	private static String said(Text text) {
		return text.getTextContent().replace("\"", "").strip();
	}

}
