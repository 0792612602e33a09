package nl.doorbraak.workflow.delegate;

import nl.doorbraak.agency.AgencyRequests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Asks the agency anew, now that it has what it needed: its clock runs again. */
@Component
class AskAgencyAgainDelegate implements JavaDelegate {

	private final AgencyRequests requests;

	AskAgencyAgainDelegate(AgencyRequests requests) {
		this.requests = requests;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.requests.recordDelivery(REQUEST_ID.require(execution));
	}

}
