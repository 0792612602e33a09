package nl.doorbraak.workflow.tasklist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Locks;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives Tasklist its filters and each function its rights, at every start; what is there
 * already stays, but for what a version before this one gave too much. Nodes that start
 * together take turns: one alone writes what all read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TasklistSetUp implements ApplicationRunner {

	private static final List<Map<String, String>> ROW = List.of(Map.of("name", "caseNumber", "label", "Casus"),
			Map.of("name", "event", "label", "Gebeurtenis"), Map.of("name", "level", "label", "Niveau"));

	private final AuthorizationService rights;

	private final FilterService filters;

	private final TaskService tasks;

	private final JdbcClient db;

	TasklistSetUp(AuthorizationService rights, FilterService filters, TaskService tasks, JdbcClient db) {
		this.db = db;
		this.rights = rights;
		this.filters = filters;
		this.tasks = tasks;
	}

	@Override
	@Transactional
	public void run(ApplicationArguments arguments) {
		Locks.alone(this.db, "set-up of Tasklist");
		for (ReadyFilter filter : ReadyFilter.values()) {
			String id = save(filter);
			filter.functions().forEach((function) -> grant(function, Resources.FILTER, id, Permissions.READ));
		}
		for (Function function : TasklistRoutes.WORKERS) {
			grant(function, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
			grant(function, Resources.PROCESS_DEFINITION, "*", Permissions.READ);
		}
		grant(Function.CASE_DIRECTOR, Resources.PROCESS_DEFINITION, "escalation-ladder", Permissions.READ,
				Permissions.CREATE_INSTANCE);
		grant(Function.CASE_DIRECTOR, Resources.PROCESS_INSTANCE, "*", Permissions.CREATE);
		grant(Function.ADMINISTRATOR, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
		withdraw(Function.ADMINISTRATOR, Resources.APPLICATION, "admin");
		grant(Function.ADMINISTRATOR, Resources.PROCESS_DEFINITION, "*", Permissions.READ, Permissions.READ_INSTANCE,
				Permissions.READ_HISTORY, ProcessDefinitionPermissions.RETRY_JOB);
		grant(Function.ADMINISTRATOR, Resources.DECISION_DEFINITION, "*", Permissions.READ);
		grant(Function.ADMINISTRATOR, Resources.DEPLOYMENT, "*", Permissions.READ);
	}

	private String save(ReadyFilter ready) {
		Filter filter = this.filters.createTaskFilterQuery().filterName(ready.label()).singleResult();
		if (filter == null) {
			filter = this.filters.newTaskFilter(ready.label());
		}
		TaskQuery query = ready.restrict(this.tasks.createTaskQuery()).orderByDueDate().asc();
		Map<String, Object> properties = new HashMap<>();
		properties.put("description", ready.description());
		properties.put("priority", 10 * (ready.ordinal() + 1));
		properties.put("color", "#154273");
		properties.put("refresh", false);
		properties.put("showUndefinedVariable", false);
		properties.put("variables", ROW);
		return this.filters.saveFilter(filter.setQuery(query).setProperties(properties)).getId();
	}

	private void withdraw(Function function, Resource resource, String id) {
		this.rights.createAuthorizationQuery()
			.groupIdIn(function.code())
			.resourceType(resource)
			.resourceId(id)
			.list()
			.forEach((grant) -> this.rights.deleteAuthorization(grant.getId()));
	}

	private void grant(Function function, Resource resource, String id, Permission... permissions) {
		Authorization grant = this.rights.createAuthorizationQuery()
			.groupIdIn(function.code())
			.resourceType(resource)
			.resourceId(id)
			.singleResult();
		if (grant == null) {
			grant = this.rights.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
			grant.setGroupId(function.code());
			grant.setResource(resource);
			grant.setResourceId(id);
		}
		grant.setPermissions(permissions);
		this.rights.saveAuthorization(grant);
	}

}
