package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.Worklist;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;
import org.camunda.bpm.engine.task.Task;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The worklist on the engine's tasks. Lists come from the list of tasks, by who holds
 * them; all else is asked of the engine as the officer, so that it checks the rights.
 */
@Component
class EngineWorklist implements Worklist {

	private static final Refused CHANGED = Refused.conflict("changed-meanwhile",
			"Iemand anders was u net voor. Ververs de pagina en kijk wat er veranderd is.");

	private final TaskService tasks;

	private final FormService forms;

	private final HistoryService history;

	private final IdentityService identities;

	private final Directory directory;

	private final TaskList list;

	private final GoneSignOff gone;

	EngineWorklist(TaskService tasks, FormService forms, HistoryService history, IdentityService identities,
			Directory directory, TaskList list, SigningDesk desk) {
		this.list = list;
		this.gone = new GoneSignOff(desk);
		this.tasks = tasks;
		this.forms = forms;
		this.history = history;
		this.identities = identities;
		this.directory = directory;
	}

	@Override
	@Transactional(readOnly = true)
	public List<OpenTask> openTasks(String login, int from, int most) {
		return listed(login, (officer) -> this.list.page(officer, from, most));
	}

	@Override
	@Transactional(readOnly = true)
	public List<OpenTask> openTasksOf(String login, Collection<String> subjects) {
		return listed(login, (officer) -> this.list.ofCases(officer, subjects));
	}

	@Override
	@Transactional(readOnly = true)
	public List<Offered> openIn(String subject) {
		return this.list.openIn(subject);
	}

	@Override
	@Transactional(readOnly = true)
	public List<OpenTask> openTasksDue(String login, Instant until) {
		return listed(login, (officer) -> this.list.due(officer, until));
	}

	@Override
	@Transactional(readOnly = true)
	public Waiting waiting(String login) {
		return this.directory.findOfficer(login).map(this.list::waiting).orElse(new Waiting(0, 0, Map.of()));
	}

	private List<OpenTask> listed(String login, Function<Officer, List<OpenTask>> question) {
		return this.directory.findOfficer(login).map(question).orElse(List.of());
	}

	@Override
	@Transactional(readOnly = true)
	public OpenTask task(String login, String taskId) {
		return findTask(login, taskId).orElseThrow(() -> missing(login, taskId));
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<OpenTask> findTask(String login, String taskId) {
		return Storable.isStorable(taskId)
				? this.directory.findOfficer(login).flatMap((officer) -> this.list.find(officer, taskId))
				: Optional.empty();
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<OpenTask> findTask(String login, String subject, String form) {
		return Storable.isStorable(subject)
				? openTasksOf(login, List.of(subject)).stream().filter((task) -> form.equals(task.form())).findFirst()
				: Optional.empty();
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<KnownTask> findKnown(String taskId) {
		if (!Storable.isStorable(taskId)) {
			return Optional.empty();
		}
		return withoutRights(
				() -> Optional.ofNullable(this.history.createHistoricTaskInstanceQuery().taskId(taskId).singleResult())
					.map((task) -> new KnownTask(task.getName(),
							this.history.createHistoricProcessInstanceQuery()
								.processInstanceId(task.getProcessInstanceId())
								.singleResult()
								.getBusinessKey(),
							task.getAssignee(), (task.getEndTime() != null) ? task.getEndTime().toInstant() : null,
							TaskEntity.DELETE_REASON_COMPLETED.equals(task.getDeleteReason()))));
	}

	@Override
	@Transactional
	public void leave(String login, Function<String, Optional<Next>> next) {
		List<String> groups = this.directory.findOfficer(login)
			.map(OfficerIdentityProvider::groupsOf)
			.orElse(List.of());
		withoutRights(() -> {
			this.list.of("user:" + login)
				.forEach((task) -> leave(login, groups, task, next.apply(task.subject()).orElse(null)));
			return login;
		});
	}

	private void leave(String login, List<String> groups, OpenTask task, @Nullable Next next) {
		List<IdentityLink> offered = this.tasks.getIdentityLinksForTask(task.id())
			.stream()
			.filter((link) -> IdentityLinkType.CANDIDATE.equals(link.getType()))
			.toList();
		boolean named = offered.stream().anyMatch((link) -> login.equals(link.getUserId()));
		if (next == null && (named || offered.isEmpty()
				|| offered.stream().anyMatch((link) -> groups.contains(link.getGroupId())))) {
			return;
		}
		if (login.equals(task.assignee())) {
			this.tasks.setAssignee(task.id(), null);
		}
		if (named) {
			this.tasks.deleteCandidateUser(task.id(), login);
		}
		if (named && next != null && next.login() != null) {
			this.tasks.addCandidateUser(task.id(), next.login());
		}
		else if (next != null && offered.size() == (named ? 1 : 0)) {
			this.tasks.addCandidateGroup(task.id(), next.group());
		}
	}

	@Override
	@Transactional
	public void passOn(String subject, String group, String login) {
		withoutRights(() -> {
			this.list.of("group:" + group)
				.stream()
				.filter((task) -> subject.equals(task.subject()))
				.filter((task) -> this.tasks.getIdentityLinksForTask(task.id())
					.stream()
					.allMatch((link) -> group.equals(link.getGroupId())))
				.forEach((task) -> {
					this.tasks.deleteCandidateGroup(task.id(), group);
					this.tasks.addCandidateUser(task.id(), login);
				});
			return login;
		});
	}

	@Override
	@Transactional
	public void claim(String login, String taskId) {
		as(login, () -> {
			this.tasks.claim(task(login, taskId).id(), login);
			return taskId;
		}, () -> lost(login, taskId));
	}

	@Override
	@Transactional
	public void unclaim(String login, String taskId) {
		as(login, () -> {
			this.tasks.setAssignee(task(login, taskId).id(), null);
			return taskId;
		});
	}

	@Override
	@Transactional
	public void complete(String login, String taskId, Map<String, ?> fields) {
		as(login, () -> {
			this.forms.submitTaskForm(task(login, taskId).id(), new HashMap<>(fields));
			return taskId;
		}, () -> lost(login, taskId));
	}

	/** Who comes too late to sign hears who was first. */
	private Refused missing(String login, String taskId) {
		return Storable.isStorable(taskId)
				? withoutRights(() -> this.gone.refused(this.history, login, taskId, Refused.notFound()))
				: Refused.notFound();
	}

	/** Who was faster, and when. */
	private Refused lost(String login, String taskId) {
		return withoutRights(() -> Optional.ofNullable(this.tasks.createTaskQuery().taskId(taskId).singleResult())
			.map(Task::getAssignee)
			.map((other) -> Refused.conflict("already-claimed",
					this.directory.nameOf(other) + " heeft deze taak al opgepakt."))
			.orElseGet(() -> this.gone.refused(this.history, login, taskId, CHANGED)));
	}

	private <T> T as(String login, Supplier<T> act) {
		return as(login, act, () -> CHANGED);
	}

	private <T> T as(String login, Supplier<T> act, Supplier<Refused> lost) {
		List<String> groups = this.directory.findOfficer(login)
			.map(OfficerIdentityProvider::groupsOf)
			.orElse(List.of());
		try {
			return under(new Authentication(login, groups), act);
		}
		catch (OptimisticLockingException | TaskAlreadyClaimedException ex) {
			throw lost.get();
		}
	}

	/** The officer sees the task; its case number is read by the software. */
	private <T> T withoutRights(Supplier<T> act) {
		return under(null, act);
	}

	private <T> T under(@org.jspecify.annotations.Nullable Authentication who, Supplier<T> act) {
		Authentication before = this.identities.getCurrentAuthentication();
		try {
			set(who);
			return act.get();
		}
		finally {
			set(before);
		}
	}

	private void set(@org.jspecify.annotations.Nullable Authentication who) {
		if (who == null) {
			this.identities.clearAuthentication();
		}
		else {
			this.identities.setAuthentication(who.getUserId(), who.getGroupIds());
		}
	}

}
