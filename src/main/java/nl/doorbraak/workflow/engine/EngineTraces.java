package nl.doorbraak.workflow.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.support.CaseTraces;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the engine keeps of a case: every row of its history that belongs to one of the
 * case's instances, found by the columns of its own tables. The engine's bulk delete
 * leaves the operation log and who was offered a task.
 */
@Component
class EngineTraces implements CaseTraces {

	private static final List<String> OF_AN_INSTANCE = List.of("proc_inst_id_", "process_instance_id_",
			"root_proc_inst_id_");

	private final RuntimeService runtime;

	private final JdbcClient db;

	EngineTraces(RuntimeService runtime, JdbcClient db) {
		this.runtime = runtime;
		this.db = db;
	}

	@Override
	public Map<String, Integer> remove(String number) {
		this.runtime.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.rootProcessInstances()
			.unlimitedList()
			.forEach((root) -> this.runtime.deleteProcessInstance(root.getId(), "destroyed", true, true, true));
		String[] instances = this.db
			.sql("""
					select i.id_ from camunda.act_hi_procinst i where i.business_key_ = :number
					  or i.root_proc_inst_id_ in (select r.id_ from camunda.act_hi_procinst r where r.business_key_ = :number)""")
			.param("number", number)
			.query(String.class)
			.list()
			.toArray(String[]::new);
		Map<String, Integer> rows = new TreeMap<>();
		delete(rows, "act_ru_authorization",
				"resource_id_ in (select t.id_ from camunda.act_hi_taskinst t where t.proc_inst_id_ = any (:instances))",
				instances);
		for (String part : List.of("act_hi_dec_in", "act_hi_dec_out")) {
			delete(rows, part,
					"dec_inst_id_ in (select d.id_ from camunda.act_hi_decinst d where d.proc_inst_id_ = any (:instances))",
					instances);
		}
		this.db
			.sql("""
					select c.table_name, string_agg(c.column_name, ',') from information_schema.columns c
					where c.table_schema = 'camunda' and (c.table_name like 'act\\_hi\\_%' or c.table_name = 'act_ge_bytearray')
					  and c.column_name = any (:columns) group by c.table_name
					order by c.table_name = 'act_ge_bytearray', c.table_name""")
			.param("columns", OF_AN_INSTANCE.toArray(String[]::new))
			.query((row, n) -> new String[] { row.getString(1), row.getString(2) })
			.list()
			.forEach((table) -> delete(rows, table[0], String.join(" or ",
					Arrays.stream(table[1].split(",")).map((column) -> column + " = any (:instances)").toList()),
					instances));
		return rows;
	}

	private void delete(Map<String, Integer> rows, String table, String where, String[] instances) {
		int removed = this.db.sql("delete from camunda." + table + " where " + where)
			.param("instances", instances)
			.update();
		if (removed > 0) {
			rows.put("camunda." + table, removed);
		}
	}

}
