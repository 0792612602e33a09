package nl.doorbraak.workflow.engine;

import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.Refused;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;

/**
 * Says to who comes second at a question to sign who was first, and when; whoever was
 * never asked hears nothing.
 */
class GoneSignOff {

	private static final String SIGN_OFF = "userTask_signOff";

	private final SigningDesk desk;

	GoneSignOff(SigningDesk desk) {
		this.desk = desk;
	}

	/**
	 * The refusal for a task that this person does not have; to be asked without rights.
	 */
	Refused refused(HistoryService history, String login, String taskId, Refused otherwise) {
		HistoricTaskInstance task = history.createHistoricTaskInstanceQuery().taskId(taskId).singleResult();
		if (task == null || !SIGN_OFF.equals(task.getTaskDefinitionKey())) {
			return otherwise;
		}
		String number = history.createHistoricProcessInstanceQuery()
			.processInstanceId(task.getProcessInstanceId())
			.singleResult()
			.getBusinessKey();
		return this.desk.tooLate(login, number).orElse(otherwise);
	}

}
