package nl.doorbraak.workflow.delegate;

import nl.doorbraak.agency.AgencyRequests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** The agency did not answer in time: that is told. */
@Component
class ReportAgencySilenceDelegate implements JavaDelegate {

	private final AgencyRequests requests;

	ReportAgencySilenceDelegate(AgencyRequests requests) {
		this.requests = requests;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.requests.recordSilence(REQUEST_ID.require(execution));
	}

}
