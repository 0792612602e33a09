package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Gate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.mandateLevel;

/** Gives the table of the required mandate the levels that the proposal keeps. */
@Component
class ReadMandateLevelsListener implements ExecutionListener {

	private final Gate gate;

	ReadMandateLevelsListener(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void notify(DelegateExecution execution) {
		this.gate.levels(CASE_NUMBER.require(execution))
			.borders()
			.forEach((name, cents) -> mandateLevel(name).setLocal(execution, cents));
	}

}
