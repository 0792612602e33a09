package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Proposals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/**
 * Takes the decision that was written on this rung; a breakthrough only when it was
 * signed.
 */
@Component
class RecordRungDecisionDelegate implements JavaDelegate {

	private final Proposals proposals;

	RecordRungDecisionDelegate(Proposals proposals) {
		this.proposals = proposals;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.proposals.decide(CASE_NUMBER.require(execution));
	}

}
