package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.mandate.RequiredMandates;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads {@code required-mandate} as it is deployed: the gate decides by nothing else. */
@Component
class DeployedMandateTable implements RequiredMandates {

	private final RepositoryService repository;

	/** Beside the engine, which would keep each answer in its history. */
	private final DmnEngine tables;

	private volatile Parsed parsed = new Parsed("", null);

	DeployedMandateTable(RepositoryService repository) {
		this.repository = repository;
		DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
		configuration.setFeelEngineFactory(new ParsedFeel());
		this.tables = configuration.buildEngine();
	}

	@Override
	public Optional<First> first(Question question, Levels levels) {
		Map<String, Object> asked = new HashMap<>(levels.borders());
		asked.put("rung", question.rung().code());
		asked.put("power", question.power().code());
		asked.put("deviates", question.deviates());
		asked.put("amountCents", question.amountCents());
		DmnDecisionResult answer = this.tables.evaluateDecision(decision(), asked);
		return answer.isEmpty() ? Optional.empty()
				: Optional.of(new First(Function.of(answer.getSingleResult().getEntry("firstFunction")),
						answer.getSingleResult().getEntry("approvals")));
	}

	private DmnDecision decision() {
		String id = deployed().getId();
		Parsed known = this.parsed;
		DmnDecision decision = known.decision();
		if (decision == null || !known.id().equals(id)) {
			decision = parse(id);
			this.parsed = new Parsed(id, decision);
		}
		return decision;
	}

	private DmnDecision parse(String id) {
		try (InputStream table = this.repository.getDecisionModel(id)) {
			return this.tables.parseDecision("required-mandate", table);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private DecisionDefinition deployed() {
		return this.repository.createDecisionDefinitionQuery()
			.decisionDefinitionKey("required-mandate")
			.latestVersion()
			.singleResult();
	}

	@Override
	public Table table() {
		DecisionDefinition definition = deployed();
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

	private record Parsed(String id, @Nullable DmnDecision decision) {
	}

}
