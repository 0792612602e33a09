package nl.doorbraak.workflow.tasklist;

import java.util.List;

import nl.doorbraak.directory.Function;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * The filters that stand ready in Tasklist, in this order, each for the functions it is
 * meant for. What a stored query cannot say ("today", "without lead") is added when the
 * list is asked for.
 */
enum ReadyFilter {

	OPEN("Alle open taken", "Wat u kunt oppakken en wat u hebt opgepakt, eerst wat het eerst klaar moet zijn.",
			TasklistRoutes.WORKERS),

	TODAY("Vandaag", "Wat vandaag klaar moet zijn, of al klaar had moeten zijn.", TasklistRoutes.WORKERS),

	EVENT_NEAR("Gebeurtenis binnen een week",
			"Taken in casussen waar de gebeurtenis binnen een week is, of al geweest is.", TasklistRoutes.WORKERS),

	TO_SIGN("Wacht op akkoord", "Voorstellen om te tekenen en spoedbesluiten om te bekrachtigen.",
			List.of(Function.DISTRICT_TEAM_MEMBER, Function.CASE_DIRECTOR, Function.MANAGER, Function.DIRECTOR,
					Function.ALDERMAN, Function.AMBASSADOR),
			"userTask_signOff", "userTask_ratifyDecision"),

	WITHOUT_LEAD("Zonder regie", "Taken in casussen waar niemand de regie heeft.",
			List.of(Function.CASE_DIRECTOR, Function.PROCESS_DIRECTOR, Function.DESK_OFFICER, Function.AMBASSADOR)),

	CASES("Mijn casussen", "Het werk aan uw casussen: alles behalve tekenen.", List.of(Function.CASE_DIRECTOR),
			"userTask_makePlan", "userTask_holdMediatedSession", "userTask_decideLocally", "userTask_decideOnTerm",
			"userTask_reportOutside", "userTask_enterOutsideAnswer", "userTask_answerRequest", "userTask_giveReasons",
			"userTask_confirmMeasures", "userTask_recordOutcome", "userTask_answerConsultation",
			"userTask_announceDecision", "userTask_lookBack", "userTask_askHowItGoes"),

	TAKEN("Door mij opgepakt", "Wat u hebt opgepakt en nog niet hebt afgerond.", TasklistRoutes.WORKERS);

	private final String label;

	private final String description;

	private final List<Function> functions;

	private final String[] tasks;

	ReadyFilter(String label, String description, List<Function> functions, String... tasks) {
		this.label = label;
		this.description = description;
		this.functions = functions;
		this.tasks = tasks;
	}

	/** The name on screen, by which the engine finds the filter again. */
	String label() {
		return this.label;
	}

	String description() {
		return this.description;
	}

	List<Function> functions() {
		return this.functions;
	}

	TaskQuery restrict(TaskQuery query) {
		return (this.tasks.length > 0) ? query.taskDefinitionKeyIn(this.tasks) : query;
	}

}
