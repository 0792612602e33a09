package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.casefile.Climb.TermQuestion;
import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.ANSWER_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.TERM_DECIDERS;

/** Finds who is asked about the term, and until when. */
@Component
class AskAboutTermDelegate implements JavaDelegate {

	private final Climb climb;

	AskAboutTermDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		TermQuestion question = this.climb.askAboutTerm(CASE_NUMBER.require(execution));
		ANSWER_DUE_AT.set(execution, Date.from(question.answerDueAt()));
		TERM_DECIDERS.set(execution, question.ofManager() ? question.managers() : "");
	}

}
