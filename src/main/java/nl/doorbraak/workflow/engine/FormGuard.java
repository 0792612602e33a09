package nl.doorbraak.workflow.engine;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.workflow.engine.FormChecker.Form;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/**
 * Stands before every command that completes a task or starts a case, whichever door it
 * came through, inside its transaction: only who claimed the task, only what its form
 * asks. What was written goes to the case file and is taken out of the command, so that
 * the engine never sees it.
 */
class FormGuard extends CommandInterceptor {

	private static final List<Class<?>> NEVER_BY_A_PERSON = List.of(ResolveTaskCmd.class, SetTaskVariablesCmd.class,
			PatchTaskVariablesCmd.class, HandleTaskBpmnErrorCmd.class, HandleTaskEscalationCmd.class);

	private static final ObjectMapper JSON = JsonMapper.builder().build();

	private final FormChecker forms;

	private final Writing writing;

	private final Reporting reporting;

	private final Directory directory;

	private final CaseFiles files;

	private final GoneSignOff gone;

	private final JdbcClient db;

	FormGuard(FormChecker forms, Writing writing, Reporting reporting, Directory directory, CaseFiles files,
			SigningDesk desk, JdbcClient db) {
		this.files = files;
		this.db = db;
		this.gone = new GoneSignOff(desk);
		this.directory = directory;
		this.forms = forms;
		this.writing = writing;
		this.reporting = reporting;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T execute(Command<T> command) {
		if (command instanceof SubmitStartFormCmd) {
			return (T) report(command);
		}
		if (command instanceof SubmitTaskFormCmd) {
			complete(command, "properties");
		}
		else if (command instanceof CompleteTaskCmd) {
			complete(command, "variables");
		}
		else if (command instanceof ClaimTaskCmd) {
			claim(command);
		}
		else if (command instanceof AssignTaskCmd assign) {
			return assign(assign, command);
		}
		else if (caller() != null && NEVER_BY_A_PERSON.stream().anyMatch((type) -> type.isInstance(command))) {
			throw Refused.forbidden("not-this-way", "Dit kan alleen via het formulier van de taak.");
		}
		return this.next.execute(command);
	}

	private void complete(Object command, String variables) {
		String login = person();
		TaskEntity task = claimedTask(String.valueOf(read(command, "taskId")), login);
		ExecutionEntity instance = task.getProcessInstance();
		if (instance == null) {
			throw gone(task.getId(), completedAlready());
		}
		String number = instance.getBusinessKey();
		// Waits for whoever has the case in hand; that may have been the first click of
		// two. The engine would answer from memory.
		this.files.lock(number);
		context().getDbSqlSession().getSqlSession().clearCache();
		if (!isVisible(task.getId())) {
			throw gone(task.getId(), completedAlready());
		}
		String form = formOf(task);
		Map<String, Object> submitted = (read(command, variables) instanceof Map<?, ?> map) ? plain(map) : Map.of();
		Map<String, Object> shown = this.writing.values(new FormTask(number, form, REQUEST_ID.find(task).orElse(null)));
		Form deployed = deployedForm(task, form);
		Map<String, Object> completed = this.writing.completed(form, deployed.keys(), submitted, shown);
		List<Answer> answers = this.forms.check(deployed, completed, shown);
		this.writing.record(number, form, login, answers);
		if (read(command, variables) instanceof Map<?, ?> map) {
			map.clear();
		}
	}

	private ProcessInstance report(Object command) {
		String login = person();
		String definitionId = String.valueOf(read(command, "processDefinitionId"));
		CommandContext context = context();
		ProcessEngineConfigurationImpl configuration = context.getProcessEngineConfiguration();
		configuration.getCommandCheckers()
			.forEach((check) -> check.checkCreateProcessInstance(
					configuration.getDeploymentCache().findDeployedProcessDefinitionById(definitionId)));
		Map<String, Object> submitted = (read(command, "variables") instanceof Map<?, ?> map) ? plain(map) : Map.of();
		Form form = this.forms.read(definitionId,
				() -> configuration.getFormService().getDeployedStartForm(definitionId));
		String number = this.reporting.report(login, this.forms.check(form, submitted, Map.of()));
		// Started in this command, so not yet in the database.
		return context.getDbEntityManager()
			.getCachedEntitiesByType(ExecutionEntity.class)
			.stream()
			.filter((execution) -> number.equals(execution.getBusinessKey())
					&& execution.getProcessDefinitionId().equals(definitionId)
					&& execution.isProcessInstanceExecution())
			.findFirst()
			.orElseThrow(
					() -> new IllegalStateException("Case " + number + " was reported but its ladder not started"));
	}

	/** Everybody claims for himself or herself, and only what nobody has claimed. */
	private void claim(Object command) {
		String login = caller();
		if (login == null) {
			return;
		}
		oneByOne(String.valueOf(read(command, "taskId")));
		TaskEntity task = visibleTask(String.valueOf(read(command, "taskId")));
		if (!login.equals(read(command, "userId"))) {
			throw Refused.forbidden("not-this-way", "U kunt een taak alleen voor uzelf oppakken.");
		}
		if (task.getAssignee() != null && !task.getAssignee().equals(login)) {
			throw Refused.conflict("already-claimed",
					this.directory.nameOf(task.getAssignee()) + " heeft deze taak al opgepakt.");
		}
	}

	/**
	 * Putting back is everybody's who claimed; handing a task to somebody else is
	 * nobody's.
	 */
	private <T> T assign(AssignTaskCmd assign, Command<T> command) {
		String login = caller();
		if (login == null) {
			return this.next.execute(command);
		}
		TaskEntity task = visibleTask(String.valueOf(read(assign, "taskId")));
		if (read(assign, "userId") != null) {
			throw Refused.forbidden("not-this-way", "U kunt een taak niet aan een ander geven. Leg de taak terug.");
		}
		if (!Objects.equals(task.getAssignee(), login)) {
			throw Refused.forbidden("claimed-by-other", "Alleen wie de taak heeft opgepakt, legt haar terug.");
		}
		return context().runWithoutAuthorization(() -> this.next.execute(command));
	}

	/**
	 * Who comes second waits here until the first is done, and can then be told who that
	 * was; the engine would only say that something changed.
	 */
	private void oneByOne(String taskId) {
		Locks.alone(this.db, "task " + taskId);
	}

	/** Who claimed a task sees it, so that needs no asking. */
	private TaskEntity claimedTask(String taskId, String login) {
		oneByOne(taskId);
		TaskEntity task = context().getTaskManager().findTaskById(taskId);
		if (task != null && login.equals(task.getAssignee())) {
			return task;
		}
		if (visibleTask(taskId).getAssignee() == null) {
			throw Refused.conflict("not-claimed",
					"Niemand heeft deze taak opgepakt. Pak de taak eerst op, rond haar dan af.");
		}
		throw Refused.forbidden("claimed-by-other",
				"Een collega heeft deze taak opgepakt. Alleen wie de taak heeft opgepakt, rondt haar af.");
	}

	private TaskEntity visibleTask(String taskId) {
		TaskEntity task = isVisible(taskId) ? context().getTaskManager().findTaskById(taskId) : null;
		if (task == null) {
			throw gone(taskId, Refused.notFound());
		}
		return task;
	}

	private Refused gone(String taskId, Refused otherwise) {
		String login = caller();
		return (login == null) ? otherwise : context().runWithoutAuthorization(() -> this.gone
			.refused(context().getProcessEngineConfiguration().getHistoryService(), login, taskId, otherwise));
	}

	private boolean isVisible(String taskId) {
		return TaskRights.isHeld(this.db, taskId);
	}

	/** The id of the form that a task asks for. */
	static String formOf(TaskEntity task) {
		return task.getTaskDefinition().getCamundaFormDefinitionKey().getExpressionText();
	}

	private Form deployedForm(TaskEntity task, String form) {
		CommandContext context = context();
		FormService service = context.getProcessEngineConfiguration().getFormService();
		try {
			// Whose task it is has been checked; its rights go with it when it is
			// completed.
			return this.forms.read(task.getProcessDefinitionId() + " " + form,
					() -> context.runWithoutAuthorization(() -> service.getDeployedTaskForm(task.getId())));
		}
		catch (NullValueException ex) {
			throw gone(task.getId(), completedAlready());
		}
	}

	private static Refused completedAlready() {
		return Refused.conflict("completed-already", "Deze taak is net al afgerond. Ververs de pagina.");
	}

	/** The values as they came, without asking the engine to make objects of them. */
	private static Map<String, Object> plain(Map<?, ?> variables) {
		Map<String, Object> plain = new HashMap<>();
		variables.keySet().forEach((key) -> {
			Object value = variables.get(key);
			if (variables instanceof VariableMap typed) {
				TypedValue typedValue = typed.getValueTyped(String.valueOf(key));
				value = (typedValue instanceof SerializableValue serialized) ? structure(serialized)
						: (typedValue != null) ? typedValue.getValue() : null;
			}
			plain.put(String.valueOf(key), value);
		});
		return plain;
	}

	/**
	 * Tasklist sends a list as JSON, which the engine may have read already; what is no
	 * JSON stays the text it is.
	 */
	private static @Nullable Object structure(SerializableValue value) {
		String text = (value.getValueSerialized() != null) ? value.getValueSerialized()
				: (value.getValue() != null) ? value.getValue().toString() : null;
		try {
			return (text != null) ? JSON.readValue(text, Object.class) : null;
		}
		catch (JsonProcessingException ex) {
			return text;
		}
	}

	/** A task is completed by a person or not at all. */
	private static String person() {
		String login = caller();
		if (login == null) {
			throw Refused.forbidden("nobody", "Een taak wordt door een mens afgerond.");
		}
		return login;
	}

	private static @Nullable String caller() {
		return context().getAuthenticatedUserId();
	}

	private static CommandContext context() {
		return Context.getCommandContext();
	}

	private static @Nullable Object read(Object command, String field) {
		for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
			try {
				Field declared = type.getDeclaredField(field);
				declared.setAccessible(true);
				return declared.get(command);
			}
			catch (NoSuchFieldException ex) {
				// in a class above
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}
		throw new IllegalStateException("The engine's " + command.getClass().getSimpleName() + " has no " + field
				+ ": the form guard must follow");
	}

}
