package nl.doorbraak.workflow.delegate;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.TERM_DECIDERS;

/**
 * Offers the question about the term to the case's team, or to the managers after one
 * extension.
 */
@Component
class AssignTermDeciderListener implements TaskListener {

	private final AssignCaseTeamListener team;

	AssignTermDeciderListener(AssignCaseTeamListener team) {
		this.team = team;
	}

	@Override
	public void notify(DelegateTask task) {
		String managers = TERM_DECIDERS.require(task);
		if (managers.isEmpty()) {
			this.team.notify(task);
		}
		else {
			task.addCandidateGroup(managers);
		}
	}

}
