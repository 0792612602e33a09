package nl.doorbraak.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ComplexGateway;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.LaneSet;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.Script;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * What every model in {@code processes/} keeps to. Each convention answers what breaks it
 * in a model, and nothing when all is well.
 */
enum ModelConvention {

	/** Ids live in the database of running cases, so a person chose each of them. */
	ID_NAMES_ITS_TYPE((model) -> {
		List<String> wrong = new ArrayList<>();
		for (FlowElement element : model.each(FlowElement.class)) {
			if (!element.getId().matches(prefix(element) + "_[a-z][A-Za-z]*")) {
				wrong.add(element.getId());
			}
		}
		for (Message message : model.each(Message.class)) {
			String[] words = message.getName().split("\\.");
			String id = "message_" + words[0] + words[words.length - 1].substring(0, 1).toUpperCase()
					+ words[words.length - 1].substring(1);
			if (!message.getName().matches("[a-z]+\\.[a-z][A-Za-z]*") || !message.getId().equals(id)) {
				wrong.add(message.getId() + " " + message.getName());
			}
		}
		return wrong;
	}),

	FILE_IS_ONE_PROCESS((model) -> {
		Collection<Process> processes = model.each(Process.class);
		boolean one = processes.size() == 1 && model.process().getId().equals(model.name())
				&& model.process().isExecutable();
		return one ? List.of() : List.of("process id or executable");
	}),

	KEEPS_HISTORY_AND_VERSION((model) -> {
		String version = Objects.toString(model.process().getCamundaVersionTag(), "");
		boolean kept = "P3650D".equals(model.process().getCamundaHistoryTimeToLiveString());
		return kept && version.matches("\\d+\\.\\d+\\.\\d+") ? List.of() : List.of("history or version tag");
	}),

	ONLY_THE_LADDER_IS_STARTED_BY_PEOPLE((model) -> {
		boolean startable = model.process().isCamundaStartableInTasklist();
		return startable == model.name().equals("escalation-ladder") ? List.of() : List.of("startable in Tasklist");
	}),

	CODE_IS_NAMED_BY_BEAN((model) -> {
		List<String> wrong = new ArrayList<>();
		for (ServiceTask task : model.each(ServiceTask.class)) {
			boolean other = task.getCamundaClass() != null || task.getCamundaExpression() != null
					|| task.getCamundaType() != null;
			if (other || !isBean(task.getCamundaDelegateExpression(), "Delegate")) {
				wrong.add(task.getId());
			}
		}
		for (CamundaTaskListener listener : model.each(CamundaTaskListener.class)) {
			boolean other = listener.getCamundaClass() != null || listener.getCamundaExpression() != null;
			if (other || !isBean(listener.getCamundaDelegateExpression(), "Listener")) {
				wrong.add("task listener " + listener.getCamundaDelegateExpression());
			}
		}
		for (CamundaExecutionListener listener : model.each(CamundaExecutionListener.class)) {
			boolean other = listener.getCamundaClass() != null || listener.getCamundaExpression() != null;
			if (other || !isBean(listener.getCamundaDelegateExpression(), "Listener")) {
				wrong.add("execution listener " + listener.getCamundaDelegateExpression());
			}
		}
		return wrong;
	}),

	NO_SCRIPT_LANE_COLOUR_OR_CLEVER_GATEWAY((model) -> {
		List<String> wrong = new ArrayList<>();
		Stream
			.of(Script.class, ScriptTask.class, CamundaScript.class, LaneSet.class, InclusiveGateway.class,
					ComplexGateway.class)
			.filter((type) -> !model.each(type).isEmpty())
			.forEach((type) -> wrong.add(type.getSimpleName()));
		if (model.text().contains("bioc:") || model.text().contains("color:")) {
			wrong.add("colour");
		}
		return wrong;
	}),

	SPLITS_ARE_QUESTIONS_WITH_ONE_DEFAULT((model) -> {
		List<String> wrong = new ArrayList<>();
		for (ExclusiveGateway gateway : model.each(ExclusiveGateway.class)) {
			if (gateway.getOutgoing().size() > 1) {
				SequenceFlow happy = gateway.getDefault();
				boolean rest = gateway.getOutgoing()
					.stream()
					.allMatch((flow) -> flow.equals(happy) == (flow.getConditionExpression() == null));
				boolean question = gateway.getName() != null && gateway.getName().endsWith("?");
				if (happy == null || !rest || !question || gateway.getIncoming().size() != 1) {
					wrong.add(gateway.getId());
				}
			}
		}
		return wrong;
	}),

	/** Finds the inverted gateway: "Nee" on the condition that says yes. */
	ANSWER_VARIABLE_AND_CONDITION_AGREE((model) -> {
		List<String> wrong = new ArrayList<>();
		for (ExclusiveGateway gateway : model.each(ExclusiveGateway.class)) {
			for (SequenceFlow flow : gateway.getOutgoing()) {
				if (gateway.getOutgoing().size() > 1 && !agrees(gateway, flow)) {
					wrong.add(gateway.getId() + ": " + flow.getId());
				}
			}
		}
		return wrong;
	}),

	JOINS_ARE_GATEWAYS_WITHOUT_A_LABEL((model) -> {
		List<String> wrong = new ArrayList<>();
		for (FlowNode node : model.each(FlowNode.class)) {
			boolean join = node.getIncoming().size() > 1;
			if (node instanceof Gateway) {
				boolean named = node.getId().startsWith("gateway_join");
				boolean label = node.getName() != null && !node.getName().isBlank();
				if (join != named || join && (label || node.getOutgoing().size() != 1)
						|| !join && node.getOutgoing().size() < 2) {
					wrong.add(node.getId());
				}
			}
			else if (join || node.getOutgoing().size() > 1) {
				wrong.add(node.getId());
			}
		}
		for (SequenceFlow flow : model.each(SequenceFlow.class)) {
			if (flow.getConditionExpression() != null && !(flow.getSource() instanceof Gateway)) {
				wrong.add(flow.getId());
			}
		}
		return wrong;
	}),

	EVERYTHING_ELSE_HAS_A_LABEL((model) -> model.each(FlowNode.class)
		.stream()
		.filter((node) -> !(node instanceof Gateway) && (node.getName() == null || node.getName().isBlank()))
		.map(FlowNode::getId)
		.toList()),

	/** A date is data that a delegate computed, never a term written into a model. */
	TIMERS_READ_A_DATE((model) -> {
		List<String> wrong = new ArrayList<>();
		for (TimerEventDefinition timer : model.each(TimerEventDefinition.class)) {
			boolean date = timer.getTimeDate() != null
					&& timer.getTimeDate().getTextContent().matches("\\$\\{[a-z][A-Za-z]*At\\}");
			if (!date || timer.getTimeDuration() != null || timer.getTimeCycle() != null) {
				wrong.add(id(timer.getParentElement()));
			}
		}
		return wrong;
	}),

	PEOPLE_ARE_TOLD_IN_ONE_TO_THREE_SENTENCES((model) -> {
		List<String> wrong = new ArrayList<>();
		for (BaseElement element : Stream
			.concat(model.each(Process.class).stream(), model.each(UserTask.class).stream())
			.toList()) {
			String text = String.join(" ",
					element.getDocumentations().stream().map(Documentation::getTextContent).toList());
			long sentences = Pattern.compile("[.?!](\\s|$)").matcher(text).results().count();
			if (sentences < 1 || sentences > 3) {
				wrong.add(element.getId());
			}
		}
		return wrong;
	}),

	USER_TASKS_HAVE_A_FORM_A_DATE_AND_SOMEBODY((model) -> {
		List<String> wrong = new ArrayList<>();
		for (UserTask task : model.each(UserTask.class)) {
			boolean form = isForm(task.getCamundaFormRef(), task.getCamundaFormRefBinding());
			boolean date = Objects.toString(task.getCamundaDueDate(), "").matches("\\$\\{[a-z][A-Za-z]*At\\}");
			boolean group = "${candidateGroup}".equals(task.getCamundaCandidateGroups());
			long listeners = children(task, CamundaTaskListener.class).stream()
				.filter((listener) -> "create".equals(listener.getCamundaEvent())
						&& listener.getCamundaDelegateExpression().startsWith("${assign"))
				.count();
			if (!form || !date || (group ? 1 : 0) + listeners != 1) {
				wrong.add(task.getId());
			}
		}
		for (StartEvent event : model.each(StartEvent.class)) {
			if (event.getCamundaFormRef() != null
					&& !isForm(event.getCamundaFormRef(), event.getCamundaFormRefBinding())) {
				wrong.add(event.getId());
			}
		}
		return wrong;
	}),

	/**
	 * A running case keeps the models it started with, and what is called finds its case.
	 */
	CALLS_ARE_BOUND_AND_KNOW_THEIR_CASE((model) -> {
		List<String> wrong = new ArrayList<>();
		for (CallActivity call : model.each(CallActivity.class)) {
			Collection<CamundaIn> in = children(call, CamundaIn.class);
			boolean key = in.stream()
				.anyMatch((each) -> "#{execution.processBusinessKey}".equals(each.getCamundaBusinessKey()));
			boolean number = in.stream().anyMatch((each) -> "caseNumber".equals(each.getCamundaTarget()));
			boolean same = in.stream()
				.allMatch((each) -> Objects.equals(each.getCamundaSource(), each.getCamundaTarget()));
			boolean bound = "deployment".equals(call.getCamundaCalledElementBinding())
					&& ModelFile.files(ModelFile.PROCESSES, ".bpmn").contains(call.getCalledElement());
			if (!key || !number || !same || !bound || !children(call, CamundaOut.class).isEmpty()) {
				wrong.add(call.getId());
			}
		}
		for (BusinessRuleTask task : model.each(BusinessRuleTask.class)) {
			boolean bound = "deployment".equals(task.getCamundaDecisionRefBinding())
					&& ModelFile.files(ModelFile.PROCESSES, ".dmn").contains(task.getCamundaDecisionRef());
			boolean one = "singleEntry".equals(task.getCamundaMapDecisionResult());
			Collection<CamundaOutputParameter> answers = children(task, CamundaInputOutput.class).stream()
				.flatMap((mapping) -> mapping.getCamundaOutputParameters().stream())
				.toList();
			boolean several = task.getCamundaResultVariable() == null && !answers.isEmpty()
					&& answers.stream()
						.allMatch((answer) -> answer.getTextContent()
							.equals("${decisionResult[0]." + answer.getCamundaName() + "}"));
			if (!bound || !one && !several) {
				wrong.add(task.getId());
			}
		}
		return wrong;
	}),

	SAVE_POINTS_SAY_WHY((model) -> {
		List<String> wrong = new ArrayList<>();
		Matcher point = Pattern.compile("<bpmn:\\w+ id=\"(\\w+)\"[^>]*camunda:async(Before|After)=\"true\"")
			.matcher(model.text());
		while (point.find()) {
			if (!model.text().substring(0, point.start()).stripTrailing().endsWith("-->")) {
				wrong.add(point.group(1));
			}
		}
		return wrong;
	}),

	EVERYTHING_IS_DRAWN((model) -> new Drawing(model).undrawn()),

	SIZES_ARE_STANDARD((model) -> new Drawing(model).sizes()),

	SHAPES_STAND_ON_THE_GRID((model) -> new Drawing(model).grid()),

	FLOWS_ARE_UPRIGHT_OR_LEVEL((model) -> new Drawing(model).slanted()),

	ONLY_LOOPS_RUN_LEFT_AND_BELOW((model) -> new Drawing(model).leftward()),

	SHAPES_DO_NOT_OVERLAP((model) -> new Drawing(model).overlaps()),

	FLOWS_PASS_THROUGH_NO_SHAPE((model) -> new Drawing(model).flowsThroughShapes()),

	FLOWS_DO_NOT_CROSS((model) -> new Drawing(model).crossings()),

	LABELS_LIE_ON_NOTHING((model) -> new Drawing(model).hiddenLabels());

	/** The one gateway that chooses among the rungs by their name. */
	private static final String NEXT_RUNG = "gateway_nextRung";

	private final Function<ModelFile, List<String>> breaches;

	ModelConvention(Function<ModelFile, List<String>> breaches) {
		this.breaches = breaches;
	}

	List<String> breaches(ModelFile model) {
		return this.breaches.apply(model);
	}

	private static String prefix(FlowElement element) {
		if (element instanceof BoundaryEvent || element instanceof IntermediateCatchEvent
				|| element instanceof IntermediateThrowEvent) {
			return "event";
		}
		if (element instanceof Gateway) {
			return "gateway";
		}
		return element instanceof SequenceFlow ? "flow" : element.getElementType().getTypeName();
	}

	private static boolean isBean(String expression, String kind) {
		return Objects.toString(expression, "").matches("\\$\\{[a-z][A-Za-z]*" + kind + "\\}");
	}

	private static boolean isForm(String form, String binding) {
		return "deployment".equals(binding) && ModelFile.files(ModelFile.FORMS, ".form").contains(form);
	}

	private static boolean agrees(ExclusiveGateway gateway, SequenceFlow flow) {
		String condition = (flow.getConditionExpression() != null) ? flow.getConditionExpression().getTextContent()
				: "";
		if (gateway.getId().equals(NEXT_RUNG)) {
			String rung = flow.getId().substring("flow_".length());
			return condition.isEmpty() ? rung.equals("local") : condition.equals("${rung == '" + rung + "'}");
		}
		String variable = gateway.getId().substring("gateway_".length());
		boolean two = gateway.getOutgoing().size() == 2
				&& gateway.getOutgoing().stream().map(FlowElement::getName).toList().containsAll(Set.of("Ja", "Nee"));
		String expected = "Ja".equals(flow.getName()) ? "${" + variable + "}" : "${!" + variable + "}";
		return two && (condition.isEmpty() || condition.equals(expected));
	}

	private static <T extends ModelElementInstance> Collection<T> children(BaseElement element, Class<T> type) {
		if (element.getExtensionElements() == null) {
			return List.of();
		}
		return element.getExtensionElements().getElementsQuery().filterByType(type).list();
	}

	private static String id(ModelElementInstance element) {
		return (element instanceof BaseElement base) ? base.getId() : element.getElementType().getTypeName();
	}

}
