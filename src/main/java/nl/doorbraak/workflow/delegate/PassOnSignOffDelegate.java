package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Gate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody answered: the next competent function is asked. */
@Component
class PassOnSignOffDelegate implements JavaDelegate {

	private final Gate gate;

	PassOnSignOffDelegate(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.gate.passOn(CASE_NUMBER.require(execution));
	}

}
