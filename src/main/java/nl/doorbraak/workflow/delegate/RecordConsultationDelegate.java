package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Consultations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Takes what an adviser or the drafter answered. */
@Component
class RecordConsultationDelegate implements JavaDelegate {

	private final Consultations consultations;

	RecordConsultationDelegate(Consultations consultations) {
		this.consultations = consultations;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.consultations.recordAnswer(REQUEST_ID.require(execution));
	}

}
