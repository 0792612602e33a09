package nl.doorbraak.workflow.delegate;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.AgencyRequests.Answered;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.COMPETENT;
import static nl.doorbraak.workflow.engine.LadderVariables.FACTS_NEEDED;
import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Takes what the agency answered. */
@Component
class RecordAgencyAnswerDelegate implements JavaDelegate {

	private final AgencyRequests requests;

	RecordAgencyAnswerDelegate(AgencyRequests requests) {
		this.requests = requests;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Answered answered = this.requests.recordAnswer(REQUEST_ID.require(execution));
		FACTS_NEEDED.set(execution, answered.factsNeeded());
		COMPETENT.set(execution, answered.competent());
	}

}
