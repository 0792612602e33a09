package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.carryout.Closings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.OUTCOME_DUE_AT;

/** Says until when the team closes with the outcome. */
@Component
class BeginClosingDelegate implements JavaDelegate {

	private final Closings closings;

	BeginClosingDelegate(Closings closings) {
		this.closings = closings;
	}

	@Override
	public void execute(DelegateExecution execution) {
		OUTCOME_DUE_AT.set(execution, Date.from(this.closings.begin(CASE_NUMBER.require(execution))));
	}

}
