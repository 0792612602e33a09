package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.carryout.CarryOut;
import nl.doorbraak.carryout.CarryOut.Next;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CARRY_OUT_FINISHED;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.MEASURES_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.OUTCOME_DUE_AT;

/**
 * Takes the answer whether it is done: until when the team is asked again, or for the
 * outcome.
 */
@Component
class RecordMeasuresDelegate implements JavaDelegate {

	private final CarryOut carryOut;

	RecordMeasuresDelegate(CarryOut carryOut) {
		this.carryOut = carryOut;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Next next = this.carryOut.recordMeasures(CASE_NUMBER.require(execution));
		CARRY_OUT_FINISHED.set(execution, next.settled());
		// What the outcome waits for is read by carry-outs that began under version
		// 1.1.0.
		(next.settled() ? OUTCOME_DUE_AT : MEASURES_DUE_AT).set(execution, Date.from(next.dueAt()));
	}

}
