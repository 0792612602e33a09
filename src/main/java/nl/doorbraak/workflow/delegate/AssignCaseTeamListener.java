package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.CaseFiles;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/**
 * Offers a task to the team that has the case: nobody else of the municipality sees it.
 */
@Component
class AssignCaseTeamListener implements TaskListener {

	private final CaseFiles files;

	AssignCaseTeamListener(CaseFiles files) {
		this.files = files;
	}

	@Override
	public void notify(DelegateTask task) {
		this.files.team(CASE_NUMBER.require(task)).forEach(task::addCandidateUser);
	}

}
