package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.session.Configuration;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.VariableInstanceQueryImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.AuthorizationCheck;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.json.JsonTaskQueryConverter;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who sees a task and may work on it: whoever has it or may take it up, and nobody else.
 * The engine would write a grant per task and candidate and join them into every
 * question; here the candidates themselves decide.
 */
final class TaskRights {

	private static final JsonTaskQueryConverter CRITERIA = new JsonTaskQueryConverter();

	private static final String ALL = CRITERIA.toJson(new TaskQueryImpl());

	private static final String ALL_BY_DEADLINE = CRITERIA.toJson(new TaskQueryImpl().orderByDueDate().asc());

	/** The numbers on Cockpit's first page: of all, and by whether somebody took them. */
	private static final Set<String> COUNTED = Set.of(ALL, CRITERIA.toJson(new TaskQueryImpl().taskAssigned()),
			CRITERIA.toJson(new TaskQueryImpl().taskUnassigned().withCandidateGroups()),
			CRITERIA.toJson(new TaskQueryImpl().taskUnassigned().withoutCandidateGroups()));

	private TaskRights() {
	}

	/** Before the engine is built. */
	static void prepare(ProcessEngineConfigurationImpl engine) {
		engine.setResourceAuthorizationProvider(new NoGrants());
		engine.setAuthorizationCheckRevokes(ProcessEngineConfiguration.AUTHORIZATION_CHECK_REVOKE_NEVER);
		engine.setCommandCheckers(new ArrayList<>(List.of(new TenantCommandChecker(), new HolderChecker())));
	}

	/**
	 * Whether this task is there for who asks, as the database has it now: the shortest
	 * form of the question that {@code held-tasks.xml} adds to all others.
	 */
	static boolean isHeld(JdbcClient db, String taskId) {
		Reader reader = Reader.current();
		JdbcClient.StatementSpec question = db
			.sql("select 1 from camunda.act_ru_task t where t.id_ = :id " + ((reader == null) ? "" : """
					and (t.assignee_ = :login or exists (
					 select from camunda.act_ru_identitylink i where i.task_id_ = t.id_ and i.type_ = 'candidate'
					   and (i.user_id_ = :login or i.group_id_ = any (cast(:groups as text[])))))"""));
		if (reader != null) {
			question = question.param("login", reader.login()).param("groups", reader.groups().toArray(String[]::new));
		}
		return question.param("id", taskId).query(Integer.class).optional().isPresent();
	}

	/** A page of all tasks, the nearest deadline first: what Tasklist opens with. */
	static boolean asksForFirstOfAll(TaskQueryImpl query) {
		return query.getMaxResults() <= EngineConfiguration.MOST_ROWS && CRITERIA.toJson(query).equals(ALL_BY_DEADLINE);
	}

	/** Whether a count is of all tasks. */
	static boolean asksForAll(TaskQueryImpl query) {
		String criteria = CRITERIA.toJson(query);
		return criteria.equals(ALL) || criteria.equals(ALL_BY_DEADLINE);
	}

	static List<SessionFactory> sessions() {
		return List.of(new Instead(TaskManager.class, HeldTasks::new),
				new Instead(VariableInstanceManager.class, HeldVariables::new),
				new Instead(AuthorizationManager.class, WithoutGrantsOfTasks::new));
	}

	/** Once the engine has read its own statements: ours are made of parts of these. */
	static void addStatements(ProcessEngineConfigurationImpl engine) {
		Configuration statements = engine.getSqlSessionFactory().getConfiguration();
		for (String file : List.of("held-tasks.xml", "held-variables.xml")) {
			try (InputStream xml = TaskRights.class.getResourceAsStream(file)) {
				new XMLMapperBuilder(xml, statements, file, statements.getSqlFragments()).parse();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * Who asks; nobody where the software does, which may see all.
	 */
	private record Reader(String login, List<String> groups) {

		static @Nullable Reader current() {
			CommandContext context = Context.getCommandContext();
			Authentication who = context.getAuthentication();
			boolean checked = context.getProcessEngineConfiguration().isAuthorizationEnabled()
					&& context.isAuthorizationCheckEnabled();
			return (checked && who != null && who.getUserId() != null)
					? new Reader(who.getUserId(), (who.getGroupIds() != null) ? who.getGroupIds() : List.of()) : null;
		}

		boolean holds(TaskEntity task) {
			return this.login.equals(task.getAssignee()) || task.getCandidates()
				.stream()
				.anyMatch((offer) -> this.login.equals(offer.getUserId()) || this.groups.contains(offer.getGroupId()));
		}

		/** Tells the statement who asks; of grants it shall know nothing. */
		void ask(AuthorizationCheck check) {
			check.getPermissionChecks().clear();
			check.setAuthorizationCheckEnabled(false);
			check.setAuthUserId(this.login);
			// A list that the statement may look into.
			check.setAuthGroupIds(new ArrayList<>(this.groups));
		}

	}

	/** Who sees every process may know how many tasks wait in them. */
	private static boolean readsAllProcesses(AuthorizationManager rights) {
		return rights.isAuthorized(Permissions.READ_INSTANCE, Resources.PROCESS_DEFINITION, Authorization.ANY);
	}

	/** Every list, count and search of tasks, whatever it asks for. */
	private static final class HeldTasks extends TaskManager {

		@Override
		@SuppressWarnings("unchecked")
		public List<Task> findTasksByQueryCriteria(TaskQueryImpl query) {
			Reader reader = Reader.current();
			if (reader == null) {
				return super.findTasksByQueryCriteria(query);
			}
			narrow(query, reader);
			return getDbEntityManager()
				.selectList(asksForFirstOfAll(query) ? "selectFirstHeldTasks" : "selectHeldTasks", query);
		}

		@Override
		public long findTaskCountByQueryCriteria(TaskQueryImpl query) {
			Reader reader = Reader.current();
			if (reader == null) {
				return super.findTaskCountByQueryCriteria(query);
			}
			if (COUNTED.contains(CRITERIA.toJson(query)) && readsAllProcesses(getAuthorizationManager())) {
				return Context.getCommandContext()
					.runWithoutAuthorization(() -> super.findTaskCountByQueryCriteria(query));
			}
			narrow(query, reader);
			return (Long) getDbEntityManager().selectOne(asksForAll(query) ? "countHeldTasks" : "selectHeldTaskCount",
					query);
		}

		private void narrow(TaskQueryImpl query, Reader reader) {
			reader.ask(query.getAuthCheck());
			getTenantManager().configureQuery(query);
		}

	}

	/**
	 * What is kept with a task is read with it; what a process keeps, by who may read
	 * processes.
	 */
	private static final class HeldVariables extends VariableInstanceManager {

		@Override
		@SuppressWarnings("unchecked")
		public List<VariableInstance> findVariableInstanceByQueryCriteria(VariableInstanceQueryImpl query, Page page) {
			Reader reader = reader();
			if (reader == null) {
				return super.findVariableInstanceByQueryCriteria(query, page);
			}
			narrow(query, reader);
			return getDbEntityManager().selectList("selectHeldVariables", query, page);
		}

		@Override
		public long findVariableInstanceCountByQueryCriteria(VariableInstanceQueryImpl query) {
			Reader reader = reader();
			if (reader == null) {
				return super.findVariableInstanceCountByQueryCriteria(query);
			}
			narrow(query, reader);
			return (Long) getDbEntityManager().selectOne("selectHeldVariableCount", query);
		}

		private @Nullable Reader reader() {
			Reader reader = Reader.current();
			return (reader == null || readsAllProcesses(getAuthorizationManager())) ? null : reader;
		}

		private void narrow(VariableInstanceQueryImpl query, Reader reader) {
			reader.ask(query.getAuthCheck());
			getTenantManager().configureQuery(query);
		}

	}

	/** Every read of and work on a single task; a grant from before opens nothing. */
	private static final class HolderChecker extends AuthorizationCommandChecker {

		@Override
		public void checkReadTask(TaskEntity task) {
			check(task, Permissions.READ);
		}

		@Override
		public void checkReadTaskVariable(TaskEntity task) {
			check(task, Permissions.READ);
		}

		@Override
		public void checkTaskWork(TaskEntity task) {
			check(task, Permissions.TASK_WORK);
		}

		private static void check(TaskEntity task, Permission what) {
			Reader reader = Reader.current();
			if (reader != null && !reader.holds(task)) {
				throw new AuthorizationException(reader.login(), what.getName(), Resources.TASK.resourceName(),
						task.getId());
			}
		}

	}

	/** Becoming a candidate or taking a task up leaves no grant behind. */
	private static final class NoGrants extends DefaultAuthorizationProvider {

		private static final AuthorizationEntity[] NONE = {};

		@Override
		public AuthorizationEntity[] newTaskAssignee(Task task, @Nullable String before, @Nullable String now) {
			return NONE;
		}

		@Override
		public AuthorizationEntity[] newTaskOwner(Task task, @Nullable String before, @Nullable String now) {
			return NONE;
		}

		@Override
		public AuthorizationEntity[] newTaskUserIdentityLink(Task task, String login, String type) {
			return NONE;
		}

		@Override
		public AuthorizationEntity[] newTaskGroupIdentityLink(Task task, String group, String type) {
			return NONE;
		}

	}

	/** What never had a grant leaves none behind. */
	private static final class WithoutGrantsOfTasks extends AuthorizationManager {

		@Override
		public void deleteAuthorizationsByResourceId(Resource resource, String id) {
			if (resource != Resources.TASK && resource != Resources.PROCESS_INSTANCE) {
				super.deleteAuthorizationsByResourceId(resource, id);
			}
		}

	}

	/** Takes the place of one of the engine's sessions. */
	record Instead(Class<? extends Session> type, Supplier<? extends Session> ours) implements SessionFactory {

		@Override
		public Class<?> getSessionType() {
			return this.type;
		}

		@Override
		public Session openSession() {
			return this.ours.get();
		}

	}

}
