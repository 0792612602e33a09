package nl.doorbraak.workflow.engine;

import nl.doorbraak.mandate.Signers;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;

/** Offers tasks to who may pick them up. */
public final class OfferedTasks {

	private OfferedTasks() {
	}

	public static void offer(DelegateTask task, Signers signers) {
		signers.group().ifPresent(task::addCandidateGroup);
		signers.people().forEach(task::addCandidateUser);
	}

	/** To others too, while the task is open. */
	public static void offer(DelegateExecution execution, String activity, Signers signers) {
		TaskService tasks = execution.getProcessEngineServices().getTaskService();
		tasks.createTaskQuery()
			.processInstanceId(execution.getProcessInstanceId())
			.taskDefinitionKey(activity)
			.unlimitedList()
			.forEach((task) -> {
				signers.group().ifPresent((group) -> tasks.addCandidateGroup(task.getId(), group));
				signers.people().forEach((login) -> tasks.addCandidateUser(task.getId(), login));
			});
	}

}
