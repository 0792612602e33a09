package nl.doorbraak.workflow.engine;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Threat;
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
import static nl.doorbraak.workflow.engine.LadderVariables.EVENT;
import static nl.doorbraak.workflow.engine.LadderVariables.LEVEL;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/**
 * Gives each task what its row in Tasklist shows: case number, event, level and deadline.
 * Local to the task, because people who may only work on it can read nothing else. Dates,
 * not days left: those would be wrong tomorrow, and are counted on screen.
 */
class TaskRows extends AbstractBpmnParseListener implements TaskListener {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMMM yyyy",
			Locale.forLanguageTag("nl-NL"));

	private final CaseFiles files;

	TaskRows(CaseFiles files) {
		this.files = files;
	}

	@Override
	public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
		((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition()
			.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this);
	}

	@Override
	public void notify(DelegateTask task) {
		CASE_NUMBER.setLocal(task, CASE_NUMBER.require(task));
		RUNG.find(task).ifPresent((rung) -> LEVEL.setLocal(task, Rung.of(rung).label()));
		showEvent(task, this.files.get(CASE_NUMBER.require(task)));
		showDeadline(task);
	}

	/** Shows what threatens and when; again when that changed. */
	static void showEvent(DelegateTask task, CaseFile file) {
		Threat threat = file.threat();
		LocalDate day = file.eventDate();
		if (threat == null) {
			EVENT.removeLocal(task);
		}
		else {
			EVENT.setLocal(task, threat.label() + ((day != null) ? " " + DATE.format(day) : ", datum nog onbekend"));
		}
	}

	/** Shows the due date in words; again when it moved. */
	static void showDeadline(DelegateTask task) {
		Date due = task.getDueDate();
		if (due != null) {
			DEADLINE.setLocal(task, DutchTime.shortDate(DutchTime.day(due.toInstant().minusMillis(1))));
		}
	}

}
