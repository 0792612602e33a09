package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.CaseFiles;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.TERM_DECIDERS;

/**
 * Offers the question about the term to the team and the lead, or to the managers after
 * one extension.
 */
@Component
class AssignTermDeciderListener implements TaskListener {

	private final AssignCaseTeamListener team;

	private final CaseFiles files;

	AssignTermDeciderListener(AssignCaseTeamListener team, CaseFiles files) {
		this.team = team;
		this.files = files;
	}

	@Override
	public void notify(DelegateTask task) {
		String managers = TERM_DECIDERS.require(task);
		if (managers.isEmpty()) {
			this.team.notify(task);
			this.files.lead(CASE_NUMBER.require(task)).ifPresent(task::addCandidateUser);
		}
		else {
			task.addCandidateGroup(managers);
		}
	}

}
