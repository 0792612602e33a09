package nl.doorbraak.workflow.engine;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.ladder.Rung;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.EVENT;
import static nl.doorbraak.workflow.engine.LadderVariables.LEVEL;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/**
 * Gives each task what its row in Tasklist shows beside its due date: case number, event
 * and level. Local to the task, because people who may only work on it can read nothing
 * else. Dates, not days left: those would be wrong tomorrow, and are counted on screen.
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
		String number = CASE_NUMBER.require(task);
		CASE_NUMBER.setLocal(task, number);
		showLevel(task, this.files.isPaused(number));
		showEvent(task, this.files.get(number));
	}

	/** Shows the level; again when the case begins to stand still, or to go on. */
	static void showLevel(DelegateTask task, boolean paused) {
		RUNG.find(task)
			.ifPresent((rung) -> LEVEL.setLocal(task, Rung.of(rung).label() + (paused ? ", staat stil" : "")));
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

}
