package nl.doorbraak.workflow.engine;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.CachedDbEntity;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationType;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Lets the list of tasks follow what the engine writes: right after each flush, in the
 * same transaction. Whatever way a task changes, ends or is offered, its rows pass here;
 * the engine's events miss some of them, and depend on how much history is kept.
 */
class ListedTasks extends DbEntityManager {

	private final TaskList list;

	private final SortedSet<String> touched = new TreeSet<>();

	private final SortedSet<String> gone = new TreeSet<>();

	ListedTasks(IdGenerator ids, TaskList list) {
		super(ids, Context.getCommandContext().getSession(PersistenceSession.class));
		this.list = list;
	}

	@Override
	protected void performEntityOperation(CachedDbEntity cached, DbOperationType operation) {
		super.performEntityOperation(cached, operation);
		if (cached.getEntity() instanceof TaskEntity task) {
			((operation == DbOperationType.DELETE) ? this.gone : this.touched).add(task.getId());
		}
		else if (cached.getEntity() instanceof IdentityLinkEntity link && link.getTaskId() != null) {
			this.touched.add(link.getTaskId());
		}
	}

	@Override
	protected void flushDbOperationManager() {
		super.flushDbOperationManager();
		this.touched.removeAll(this.gone);
		if (!this.touched.isEmpty() || !this.gone.isEmpty()) {
			this.list.follow(forms(), this.gone);
			this.touched.clear();
			this.gone.clear();
		}
	}

	private SortedMap<String, String> forms() {
		SortedMap<String, String> forms = new TreeMap<>();
		for (String id : this.touched) {
			TaskEntity task = selectById(TaskEntity.class, id);
			String form = (task != null) ? formOf(task.getTaskDefinition()) : null;
			if (form != null) {
				forms.put(id, form);
			}
		}
		return forms;
	}

	/** Work that asks for no form of ours is on no list. */
	static @Nullable String formOf(@Nullable TaskDefinition definition) {
		return (definition != null && definition.getCamundaFormDefinitionKey() != null)
				? definition.getCamundaFormDefinitionKey().getExpressionText() : null;
	}

}
