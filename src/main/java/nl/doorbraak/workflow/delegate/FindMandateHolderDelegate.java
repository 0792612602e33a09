package nl.doorbraak.workflow.delegate;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.mandate.Gate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.ANSWER_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.APPROVALS;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.FIRST_FUNCTION;
import static nl.doorbraak.workflow.engine.LadderVariables.HOLDER_FOUND;

/** Finds who is asked to sign, and until when. */
@Component
class FindMandateHolderDelegate implements JavaDelegate {

	private final Gate gate;

	FindMandateHolderDelegate(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Optional<Instant> dueAt = this.gate.findHolder(CASE_NUMBER.require(execution),
				FIRST_FUNCTION.require(execution), APPROVALS.require(execution));
		dueAt.ifPresent((due) -> ANSWER_DUE_AT.set(execution, Date.from(due)));
		HOLDER_FOUND.set(execution, dueAt.isPresent());
	}

}
