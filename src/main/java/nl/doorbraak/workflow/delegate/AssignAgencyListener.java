package nl.doorbraak.workflow.delegate;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.AgencyRequests.Answering;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Offers a question to the agency, or to who must ask it outside Doorbraak. */
@Component
class AssignAgencyListener implements TaskListener {

	private final AgencyRequests requests;

	AssignAgencyListener(AgencyRequests requests) {
		this.requests = requests;
	}

	@Override
	public void notify(DelegateTask task) {
		Answering answering = this.requests.answering(REQUEST_ID.require(task));
		answering.group().ifPresent(task::addCandidateGroup);
		answering.people().forEach(task::addCandidateUser);
	}

}
