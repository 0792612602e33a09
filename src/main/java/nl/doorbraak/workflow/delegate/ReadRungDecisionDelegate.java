package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb.RungDecision;
import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.DECISION;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/** Reads from the case file what was decided on the rung, for the decision table. */
@Component
class ReadRungDecisionDelegate implements JavaDelegate {

	private final Climb climb;

	ReadRungDecisionDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		RungDecision decided = this.climb.decision(CASE_NUMBER.require(execution));
		RUNG.set(execution, decided.rung().code());
		DECISION.set(execution, decided.decision().code());
	}

}
