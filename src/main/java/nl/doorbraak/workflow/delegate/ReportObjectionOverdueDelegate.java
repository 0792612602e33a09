package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Objections;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Nobody decided in time: that is told, and who is found now is asked. */
@Component
class ReportObjectionOverdueDelegate implements JavaDelegate {

	private final Objections objections;

	ReportObjectionOverdueDelegate(Objections objections) {
		this.objections = objections;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.objections.tellOverdue(REQUEST_ID.require(execution))
			.ifPresent((signers) -> OfferedTasks.offer(execution, "userTask_decideObjection", signers));
	}

}
