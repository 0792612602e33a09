package nl.doorbraak.workflow.delegate;

import nl.doorbraak.lead.LeadQuestions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Takes what an organisation answered that was asked to take the lead. */
@Component
class RecordLeadAnswerDelegate implements JavaDelegate {

	private final LeadQuestions questions;

	RecordLeadAnswerDelegate(LeadQuestions questions) {
		this.questions = questions;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.questions.record(CASE_NUMBER.require(execution), REQUEST_ID.require(execution));
	}

}
