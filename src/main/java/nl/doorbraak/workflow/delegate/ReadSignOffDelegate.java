package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Proposals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.AGREED;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Reads whether the last proposal was signed. */
@Component
class ReadSignOffDelegate implements JavaDelegate {

	private final Proposals proposals;

	ReadSignOffDelegate(Proposals proposals) {
		this.proposals = proposals;
	}

	@Override
	public void execute(DelegateExecution execution) {
		AGREED.set(execution, this.proposals.isSigned(CASE_NUMBER.require(execution)));
	}

}
