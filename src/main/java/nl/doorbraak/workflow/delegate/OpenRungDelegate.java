package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.casefile.Climb.OpenedRung;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.BODY_CONNECTED;
import static nl.doorbraak.workflow.engine.LadderVariables.CANDIDATE_GROUP;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;
import static nl.doorbraak.workflow.engine.LadderVariables.TERM_ENDS_AT;

/** Opens the rung that the case came to, and sets the end of its term. */
@Component
class OpenRungDelegate implements JavaDelegate {

	private final Climb climb;

	OpenRungDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		OpenedRung opened = this.climb.openRung(CASE_NUMBER.require(execution), Rung.of(RUNG.require(execution)));
		TERM_ENDS_AT.set(execution, Date.from(opened.termEndsAt()));
		CANDIDATE_GROUP.set(execution, opened.group());
		BODY_CONNECTED.set(execution, opened.bodyConnected());
	}

}
