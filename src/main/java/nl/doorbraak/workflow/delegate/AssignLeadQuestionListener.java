package nl.doorbraak.workflow.delegate;

import java.util.Optional;

import nl.doorbraak.lead.LeadQuestions;
import nl.doorbraak.lead.LeadQuestions.Asked;
import nl.doorbraak.mandate.Signers;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Offers the question for the lead to who answers for the organisation. */
@Component
class AssignLeadQuestionListener implements TaskListener {

	private final LeadQuestions questions;

	AssignLeadQuestionListener(LeadQuestions questions) {
		this.questions = questions;
	}

	@Override
	public void notify(DelegateTask task) {
		Asked asked = this.questions.asked(CASE_NUMBER.require(task), REQUEST_ID.require(task));
		OfferedTasks.offer(task, new Signers(Optional.of(asked.group()), asked.standIns()));
	}

}
