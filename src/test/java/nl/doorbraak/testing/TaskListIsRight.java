package nl.doorbraak.testing;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of tasks says what the engine's tables say, of every task. */
public final class TaskListIsRight {

	private TaskListIsRight() {
	}

	/**
	 * What one of them says and the other does not.
	 * @param database as the application: the engine's tables are its own
	 */
	public static List<String> violations(JdbcClient database) {
		return database
			.sql("""
					with engine as (
					  select concat_ws(' ', t.id_, p.business_key_, t.name_, t.assignee_, extract(epoch from cast(t.due_date_ as timestamptz)), (
					    select string_agg(distinct who, ',' order by who) from (
					      select 'user:' || i.user_id_ as who from camunda.act_ru_identitylink i where i.task_id_ = t.id_ and i.type_ = 'candidate'
					      union all select 'group:' || i.group_id_ from camunda.act_ru_identitylink i where i.task_id_ = t.id_ and i.type_ = 'candidate'
					      union all select 'user:' || t.assignee_) h where who is not null)) as line
					  from camunda.act_ru_task t join camunda.act_ru_execution p on p.id_ = t.proc_inst_id_),
					ours as (
					  select concat_ws(' ', o.task_id, o.case_number, o.name, o.assignee, extract(epoch from o.due_at), (
					    select string_agg(f.holder, ',' order by f.holder) from doorbraak.task_offer f
					    where f.task_id = o.task_id and f.due_at is not distinct from o.due_at)) as line
					  from doorbraak.open_task o),
					stray as (
					  select f.* from doorbraak.task_offer f join doorbraak.open_task o on o.task_id = f.task_id
					  where (f.due_at, f.case_number, f.form) is distinct from (o.due_at, o.case_number, o.form)
					    or f.case_key is null
					    or coalesce(f.earlier_holders, '{}') <> array(select e.holder from doorbraak.task_offer e
					      where e.task_id = f.task_id and e.holder collate "C" < f.holder order by e.holder collate "C"))
					select 'only the engine: ' || line from (table engine except table ours) missing
					union all select 'only the list: ' || line from (table ours except table engine) wrong
					union all select 'another row: ' || task_id || ' ' || holder from stray""")
			.query(String.class)
			.list();
	}

}
