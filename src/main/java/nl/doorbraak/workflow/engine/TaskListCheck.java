package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import nl.doorbraak.support.watchdog.Watched;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares the list of tasks with the engine's tables and mends what differs: at the
 * start, which is how the list is filled, and with the watchdog. A node of a version that
 * keeps no list may run beside ours.
 */
@Component
class TaskListCheck implements Watched, SmartInitializingSingleton {

	private static final int MOST = 500;

	/**
	 * Compares what can change; number, form and part come with the row. Each table is
	 * read once or twice and sorted never: it runs every minute.
	 */
	private static final String DIFFERENT = """
			with different as (
			  select coalesce(t.id_, o.task_id) as id from camunda.act_ru_task t full join doorbraak.open_task o on o.task_id = t.id_
			  where t.id_ is null or o.task_id is null or t.assignee_ is distinct from o.assignee
			    or cast(t.due_date_ as timestamptz) is distinct from o.due_at
			  union
			  select coalesce(h.id_, f.task_id) from (
			    select id_, 'user:' || assignee_ as holder from camunda.act_ru_task where assignee_ is not null
			    union all
			    select task_id_, coalesce('user:' || user_id_, 'group:' || group_id_) from camunda.act_ru_identitylink
			    where type_ = 'candidate' and task_id_ is not null) h
			    full join doorbraak.task_offer f on f.task_id = h.id_ and f.holder = h.holder
			  where h.id_ is null or f.task_id is null
			  union
			  select f.task_id from doorbraak.task_offer f join doorbraak.open_task o on o.task_id = f.task_id
			  where f.due_at is distinct from o.due_at)
			select d.id as key, coalesce(p.business_key_, o.case_number) as number from different d
			  left join camunda.act_ru_task t on t.id_ = d.id left join camunda.act_ru_execution p on p.id_ = t.proc_inst_id_
			  left join doorbraak.open_task o on o.task_id = d.id
			where p.business_key_ is not null or o.task_id is not null order by d.id limit :most""";

	private final JdbcClient db;

	private final ProcessEngineConfigurationImpl engine;

	private final TaskList list;

	TaskListCheck(JdbcClient db, ProcessEngineConfigurationImpl engine, TaskList list) {
		this.db = db;
		this.engine = engine;
		this.list = list;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> different = different(this.db, Integer.MAX_VALUE).stream().map(Late::key).toList();
		for (int from = 0; from < different.size(); from += MOST) {
			mend(different.subList(from, Math.min(from + MOST, different.size())));
		}
	}

	@Override
	public String what() {
		return "taskList";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return different(own, MOST);
	}

	private static List<Late> different(JdbcClient db, int most) {
		return db.sql(DIFFERENT)
			.param("most", most)
			.query((row, n) -> new Late(row.getString("key"), row.getString("number")))
			.list();
	}

	@Override
	public void repair(Late late) {
		mend(List.of(late.key()));
	}

	/**
	 * The engine changes a task's row at every change of it: who holds that row is alone.
	 */
	private void mend(List<String> tasks) {
		Command<Boolean> command = (context) -> {
			SortedMap<String, String> there = new TreeMap<>();
			List<Found> found = this.db.sql("""
						select id_, proc_def_id_, task_def_key_ from camunda.act_ru_task
					where id_ = any (cast(:ids as text[])) order by id_ for update""")
				.param("ids", tasks.toArray(String[]::new))
				.query((row, n) -> new Found(row.getString(1), row.getString(2), row.getString(3)))
				.list();
			for (Found task : found) {
				String form = (task.process() != null) ? ListedTasks.formOf(this.engine.getDeploymentCache()
					.findDeployedProcessDefinitionById(task.process())
					.getTaskDefinitions()
					.get(task.definition())) : null;
				if (form != null) {
					there.put(task.id(), form);
				}
			}
			Set<String> gone = new HashSet<>(tasks);
			gone.removeAll(there.keySet());
			this.list.follow(there, new ArrayList<>(gone));
			return true;
		};
		this.engine.getCommandExecutorTxRequired().execute(command);
	}

	private record Found(String id, @Nullable String process, String definition) {
	}

}
