package nl.doorbraak.workflow.engine;

import java.util.Date;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.DEADLINE;
import static nl.doorbraak.workflow.engine.LadderVariables.LEVEL;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/**
 * Gives each task what its row in Tasklist shows: case number, level and deadline. Local
 * to the task, because people who may only work on it can read nothing else.
 */
class TaskRows extends AbstractBpmnParseListener implements TaskListener {

	@Override
	public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
		((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition()
			.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this);
	}

	@Override
	public void notify(DelegateTask task) {
		CASE_NUMBER.setLocal(task, CASE_NUMBER.require(task));
		RUNG.find(task).ifPresent((rung) -> LEVEL.setLocal(task, Rung.of(rung).label()));
		showDeadline(task);
	}

	/** Shows the due date in words; again when it moved. */
	static void showDeadline(DelegateTask task) {
		Date due = task.getDueDate();
		if (due != null) {
			DEADLINE.setLocal(task, DutchTime.shortDate(DutchTime.day(due.toInstant().minusMillis(1))));
		}
	}

}
