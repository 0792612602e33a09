package nl.doorbraak.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static nl.doorbraak.workflow.ModelConvention.ANSWER_VARIABLE_AND_CONDITION_AGREE;
import static nl.doorbraak.workflow.ModelConvention.CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE;
import static nl.doorbraak.workflow.ModelConvention.CODE_IS_NAMED_BY_BEAN;
import static nl.doorbraak.workflow.ModelConvention.EVERYTHING_ELSE_HAS_A_LABEL;
import static nl.doorbraak.workflow.ModelConvention.EVERYTHING_IS_DRAWN;
import static nl.doorbraak.workflow.ModelConvention.FILE_IS_ONE_PROCESS;
import static nl.doorbraak.workflow.ModelConvention.FLOWS_ARE_UPRIGHT_OR_LEVEL;
import static nl.doorbraak.workflow.ModelConvention.FLOWS_DO_NOT_CROSS;
import static nl.doorbraak.workflow.ModelConvention.FLOWS_PASS_THROUGH_NO_SHAPE;
import static nl.doorbraak.workflow.ModelConvention.ID_NAMES_ITS_TYPE;
import static nl.doorbraak.workflow.ModelConvention.JOINS_ARE_GATEWAYS_WITHOUT_A_LABEL;
import static nl.doorbraak.workflow.ModelConvention.KEEPS_HISTORY_AND_VERSION;
import static nl.doorbraak.workflow.ModelConvention.LABELS_LIE_ON_NOTHING;
import static nl.doorbraak.workflow.ModelConvention.NO_SCRIPT_LANE_COLOUR_OR_CLEVER_GATEWAY;
import static nl.doorbraak.workflow.ModelConvention.ONLY_LOOPS_RUN_LEFT_AND_BELOW;
import static nl.doorbraak.workflow.ModelConvention.ONLY_THE_LADDER_IS_STARTED_BY_PEOPLE;
import static nl.doorbraak.workflow.ModelConvention.PEOPLE_ARE_TOLD_IN_ONE_TO_THREE_SENTENCES;
import static nl.doorbraak.workflow.ModelConvention.SAVE_POINTS_SAY_WHY;
import static nl.doorbraak.workflow.ModelConvention.SHAPES_DO_NOT_OVERLAP;
import static nl.doorbraak.workflow.ModelConvention.SHAPES_STAND_ON_THE_GRID;
import static nl.doorbraak.workflow.ModelConvention.SIZES_ARE_STANDARD;
import static nl.doorbraak.workflow.ModelConvention.SPLITS_ARE_QUESTIONS_WITH_ONE_DEFAULT;
import static nl.doorbraak.workflow.ModelConvention.TIMERS_READ_A_DATE;
import static nl.doorbraak.workflow.ModelConvention.USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Compares the models with what the project agreed about them, and each check with a
 * model that was broken on purpose, because a check that cannot fail is worse than none.
 */
class ModelConventionsTest {

	private static final Path DELEGATES = Path.of("src/main/java/nl/doorbraak/workflow/delegate");

	@ParameterizedTest(name = "{1}: {0}")
	@MethodSource
	void modelKeepsConvention(ModelConvention convention, ModelFile model) {
		assertThat(convention.breaches(model)).isEmpty();
	}

	static Stream<Arguments> modelKeepsConvention() {
		List<ModelFile> models = ModelFile.all();
		assertThat(models).isNotEmpty();
		return models.stream()
			.flatMap((model) -> Arrays.stream(ModelConvention.values())
				.map((convention) -> arguments(convention, model)));
	}

	@ParameterizedTest(name = "{0}: {2} -> {3}")
	@MethodSource("brokenCopies")
	@Attack(value = "C04", failedWith = "conventions that say nothing")
	void brokenCopyIsFound(ModelConvention convention, String model, String original, String broken) {
		assertThat(convention.breaches(ModelFile.read(model).with(original, broken))).isNotEmpty();
	}

	static Stream<Arguments> brokenCopies() {
		return Stream.of(arguments(ID_NAMES_ITS_TYPE, "local-attempt", "userTask_makePlan", "Activity_0k3bd2f"),
				arguments(ID_NAMES_ITS_TYPE, "local-attempt", "flow_perspectiveShared", "flow_1k3bd2f"),
				arguments(ID_NAMES_ITS_TYPE, "escalation-ladder", "event_caseWithdrawn", "boundaryEvent_caseWithdrawn"),
				arguments(ID_NAMES_ITS_TYPE, "escalation-ladder", "\"case.withdrawn\"", "\"WithdrawCase\""),
				arguments(FILE_IS_ONE_PROCESS, "local-attempt", "\"local-attempt\"", "\"localAttempt\""),
				arguments(FILE_IS_ONE_PROCESS, "local-attempt", "isExecutable=\"true\"", "isExecutable=\"false\""),
				arguments(KEEPS_HISTORY_AND_VERSION, "local-attempt", " camunda:historyTimeToLive=\"P3650D\"", ""),
				arguments(KEEPS_HISTORY_AND_VERSION, "local-attempt", " camunda:versionTag=\"1.1.0\"", ""),
				arguments(ONLY_THE_LADDER_IS_STARTED_BY_PEOPLE, "local-attempt",
						" camunda:isStartableInTasklist=\"false\"", ""),
				arguments(CODE_IS_NAMED_BY_BEAN, "local-attempt",
						"camunda:delegateExpression=\"${recordPlanDelegate}\"",
						"camunda:class=\"nl.doorbraak.RecordPlan\""),
				arguments(CODE_IS_NAMED_BY_BEAN, "local-attempt", "${assignCaseTeamListener}", "${cases.assign(task)}"),
				arguments(NO_SCRIPT_LANE_COLOUR_OR_CLEVER_GATEWAY, "local-attempt", "bpmn:exclusiveGateway",
						"bpmn:inclusiveGateway"),
				arguments(NO_SCRIPT_LANE_COLOUR_OR_CLEVER_GATEWAY, "local-attempt",
						"<bpmn:incoming>flow_makePlanToRecordPlan</bpmn:incoming>",
						"<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\">"
								+ "<camunda:script scriptFormat=\"javascript\">1</camunda:script>"
								+ "</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>"
								+ "<bpmn:incoming>flow_makePlanToRecordPlan</bpmn:incoming>"),
				arguments(NO_SCRIPT_LANE_COLOUR_OR_CLEVER_GATEWAY, "local-attempt", "bpmnElement=\"userTask_makePlan\"",
						"bpmnElement=\"userTask_makePlan\" xmlns:bioc=\"http://bpmn.io/schema/bpmn/biocolor/1.0\" bioc:fill=\"red\""),
				arguments(SPLITS_ARE_QUESTIONS_WITH_ONE_DEFAULT, "local-attempt", " default=\"flow_perspectiveShared\"",
						""),
				arguments(SPLITS_ARE_QUESTIONS_WITH_ONE_DEFAULT, "local-attempt", "Gedeeld perspectief?",
						"Deel perspectief"),
				arguments(ANSWER_VARIABLE_AND_CONDITION_AGREE, "local-attempt", "${!perspectiveShared}",
						"${perspectiveShared}"),
				arguments(ANSWER_VARIABLE_AND_CONDITION_AGREE, "local-attempt", "${!perspectiveShared}",
						"${!perspective}"),
				arguments(ANSWER_VARIABLE_AND_CONDITION_AGREE, "escalation-ladder", "${withdrawn}", "${!withdrawn}"),
				arguments(ANSWER_VARIABLE_AND_CONDITION_AGREE, "escalation-ladder", "${rung == 'national'}",
						"${rung == 'ministry'}"),
				arguments(JOINS_ARE_GATEWAYS_WITHOUT_A_LABEL, "local-attempt", "id=\"gateway_joinPlan\"",
						"id=\"gateway_joinPlan\" name=\"Plan\""),
				arguments(JOINS_ARE_GATEWAYS_WITHOUT_A_LABEL, "local-attempt", "gateway_joinPlan", "gateway_planReady"),
				arguments(EVERYTHING_ELSE_HAS_A_LABEL, "local-attempt", " name=\"Lokaal besloten\"", ""),
				arguments(TIMERS_READ_A_DATE, "escalation-ladder", "${answerDueAt}</bpmn:timeDate>",
						"2026-12-04T17:00:00</bpmn:timeDate>"),
				arguments(TIMERS_READ_A_DATE, "escalation-ladder", "bpmn:timeDate", "bpmn:timeDuration"),
				arguments(PEOPLE_ARE_TOLD_IN_ONE_TO_THREE_SENTENCES, "outside-body",
						"Zolang er geen antwoord is, vragen wij op elke contactdatum opnieuw.",
						"Zolang er geen antwoord is, wachten wij. Daarna vragen wij opnieuw."),
				arguments(PEOPLE_ARE_TOLD_IN_ONE_TO_THREE_SENTENCES, "local-attempt",
						"Maak een plan dat begint bij wat het huishouden nodig heeft, voor de einddatum van deze taak."
								+ " Is de termijn voorbij, dan vragen wij: omhoog, verlengen of afsluiten.",
						""),
				arguments(USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY, "local-attempt", "\"make-plan\"",
						"\"make-a-plan\""),
				arguments(USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY, "escalation-ladder",
						"camunda:formRef=\"report-case\" camunda:formRefBinding=\"deployment\"",
						"camunda:formRef=\"report-case\" camunda:formRefBinding=\"latest\""),
				arguments(USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY, "regional-review",
						" camunda:candidateGroups=\"${candidateGroup}\"", ""),
				arguments(USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY, "regional-review",
						" camunda:dueDate=\"${termEndsAt}\"", " camunda:dueDate=\"P14D\""),
				arguments(CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE, "regional-review",
						" camunda:calledElementBinding=\"deployment\"", ""),
				arguments(CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE, "regional-review",
						"<camunda:in businessKey=\"#{execution.processBusinessKey}\" />", ""),
				arguments(CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE, "regional-review",
						"<camunda:in source=\"bodyConnected\" target=\"bodyConnected\" />",
						"<camunda:out source=\"decision\" target=\"decision\" />"),
				arguments(CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE, "mandate-gate", "[0].approvals", "[1].approvals"),
				arguments(CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE, "escalation-ladder",
						" camunda:decisionRefBinding=\"deployment\"", ""),
				arguments(SAVE_POINTS_SAY_WHY, "local-attempt", "id=\"serviceTask_recordPlan\"",
						"id=\"serviceTask_recordPlan\" camunda:asyncBefore=\"true\""),
				arguments(EVERYTHING_IS_DRAWN, "local-attempt", "bpmnElement=\"userTask_makePlan\"",
						"bpmnElement=\"local-attempt\""),
				arguments(EVERYTHING_IS_DRAWN, "local-attempt", "bpmnElement=\"flow_perspectiveShared\"",
						"bpmnElement=\"flow_perspectiveNotShared\""),
				arguments(SIZES_ARE_STANDARD, "local-attempt", "width=\"100\" height=\"80\"",
						"width=\"120\" height=\"80\""),
				arguments(SHAPES_STAND_ON_THE_GRID, "local-attempt", "x=\"240\" y=\"160\"", "x=\"243\" y=\"160\""),
				arguments(FLOWS_ARE_UPRIGHT_OR_LEVEL, "local-attempt", "<di:waypoint x=\"340\" y=\"200\" />",
						"<di:waypoint x=\"340\" y=\"210\" />"),
				arguments(ONLY_LOOPS_RUN_LEFT_AND_BELOW, "outside-body", "y=\"290\"", "y=\"100\""),
				arguments(SHAPES_DO_NOT_OVERLAP, "local-attempt", "x=\"390\" y=\"160\"", "x=\"330\" y=\"160\""),
				arguments(SHAPES_DO_NOT_OVERLAP, "escalation-ladder", "x=\"1452\" y=\"292\"", "x=\"1452\" y=\"302\""),
				arguments(SHAPES_DO_NOT_OVERLAP, "escalation-ladder", "height=\"730\"", "height=\"630\""),
				arguments(FLOWS_PASS_THROUGH_NO_SHAPE, "outside-body", "y=\"290\"", "y=\"230\""),
				arguments(FLOWS_DO_NOT_CROSS, "escalation-ladder", "<di:waypoint x=\"1810\" y=\"500\" />",
						"<di:waypoint x=\"1810\" y=\"1000\" />"),
				arguments(LABELS_LIE_ON_NOTHING, "outside-body", "x=\"957\" y=\"232\"", "x=\"945\" y=\"232\""),
				arguments(LABELS_LIE_ON_NOTHING, "outside-body", "x=\"957\" y=\"232\"", "x=\"957\" y=\"210\""));
	}

	@Test
	void everyConventionHasABrokenCopy() {
		Set<ModelConvention> tried = brokenCopies().map((arguments) -> (ModelConvention) arguments.get()[0])
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(ModelConvention.class)));
		assertThat(tried).containsExactlyInAnyOrder(ModelConvention.values());
	}

	@Test
	void everyBeanOfAModelHasItsClassAndEveryClassItsModel() {
		Set<String> named = matches("delegateExpression=\"\\$\\{(\\w+)\\}\"");
		Set<String> written = ModelFile.files(DELEGATES, ".java")
			.stream()
			.filter((file) -> !file.equals("package-info"))
			.map((file) -> file.substring(0, 1).toLowerCase() + file.substring(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(written).containsExactlyElementsOf(named);
	}

	@Test
	void everyFormIsAskedByAModel() {
		assertThat(ModelFile.files(ModelFile.FORMS, ".form"))
			.containsExactlyElementsOf(matches("camunda:formRef=\"([\\w-]+)\""));
	}

	@Test
	void everyTableIsReadByAModel() {
		assertThat(ModelFile.files(ModelFile.PROCESSES, ".dmn"))
			.containsExactlyElementsOf(matches("camunda:decisionRef=\"([\\w-]+)\""));
	}

	@Test
	void everyModelIsStartedByPeopleByTheCaseFileOrCalled() {
		Set<String> called = matches("calledElement=\"([\\w-]+)\"");
		called.add("escalation-ladder");
		called.add("carry-out-breakthrough");
		called.add("agency-request");
		called.add("aftercare");
		called.add("consultation");
		called.add("lead-question");
		called.add("look-back");
		called.add("objection");
		assertThat(ModelFile.files(ModelFile.PROCESSES, ".bpmn")).containsExactlyElementsOf(called);
	}

	private static Set<String> matches(String pattern) {
		return ModelFile.all()
			.stream()
			.flatMap((model) -> Pattern.compile(pattern).matcher(model.text()).results())
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
