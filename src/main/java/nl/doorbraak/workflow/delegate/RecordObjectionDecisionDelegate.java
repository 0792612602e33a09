package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Objections;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Takes what was decided on an objection or complaint. */
@Component
class RecordObjectionDecisionDelegate implements JavaDelegate {

	private final Objections objections;

	RecordObjectionDecisionDelegate(Objections objections) {
		this.objections = objections;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.objections.recordDecision(REQUEST_ID.require(execution));
	}

}
