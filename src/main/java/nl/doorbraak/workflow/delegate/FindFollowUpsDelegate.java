package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.mandate.FollowUps.Owed;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.RATIFICATION_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.RATIFICATION_OWED;
import static nl.doorbraak.workflow.engine.LadderVariables.REASONS_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.REASONS_OWED;

/** Finds what the decision still owes, and until when. */
@Component
class FindFollowUpsDelegate implements JavaDelegate {

	private final FollowUps followUps;

	FindFollowUpsDelegate(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Owed owed = this.followUps.begin(CASE_NUMBER.require(execution));
		owed.reasonsDueAt().ifPresent((due) -> REASONS_DUE_AT.set(execution, Date.from(due)));
		owed.ratificationDueAt().ifPresent((due) -> RATIFICATION_DUE_AT.set(execution, Date.from(due)));
		REASONS_OWED.set(execution, owed.reasonsDueAt().isPresent());
		RATIFICATION_OWED.set(execution, owed.ratificationDueAt().isPresent());
	}

}
