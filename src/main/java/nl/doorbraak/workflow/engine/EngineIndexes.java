package nl.doorbraak.workflow.engine;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Fits the indexes of the engine's tables to what is asked here: adds two by which it
 * looks, and takes away those that cost at each step and answer nothing that Doorbraak
 * asks. There are no tenants, no CMMN cases, no batches and no removal times, and history
 * is read by process, by task and by case.
 */
@Component
class EngineIndexes implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(EngineIndexes.class);

	private static final List<String> ADDED = List
		.of("create index if not exists doorbraak_due_jobs on camunda.act_ru_job (type_ desc, duedate_ asc)", """
				create index if not exists doorbraak_sub_tasks on camunda.act_ru_task (parent_task_id_)
				where parent_task_id_ is not null""");

	/** By their first column; what guards a key stays. */
	static final String UNUSED = """
			select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
			  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
			where t.relnamespace = 'camunda'::regnamespace and not i.indisunique and (
			  t.relname like 'act\\_hi\\_%' and a.attname not in ('proc_inst_id_', 'process_instance_id_', 'root_proc_inst_id_',
			    'task_id_', 'business_key_', 'dec_inst_id_')
			  or t.relname like 'act\\_ru\\_%' and a.attname in ('tenant_id_', 'case_inst_id_', 'case_execution_id_', 'case_def_id_',
			    'batch_id_', 'removal_time_'))
			order by c.relname""";

	/** An index goes when nobody is in its way; else at the next start. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final JdbcClient db;

	private final TransactionOperations transactions;

	EngineIndexes(JdbcClient db, TransactionOperations transactions) {
		this.db = db;
		this.transactions = transactions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ADDED.forEach(this::change);
		this.db.sql(UNUSED)
			.query(String.class)
			.list()
			.forEach((name) -> change("drop index if exists camunda." + name));
	}

	/**
	 * Each alone: two tables held at once could wait for who holds them the other way
	 * round.
	 */
	private void change(String statement) {
		try {
			this.transactions.executeWithoutResult((tx) -> {
				this.db.sql("select set_config('lock_timeout', :patience, true)")
					.param("patience", PATIENCE.toMillis() + "ms")
					.query(String.class)
					.single();
				this.db.sql(statement).update();
			});
		}
		catch (DataAccessException ex) {
			log.warn("An index of the engine waits until the next start: {}",
					ex.getMostSpecificCause().getClass().getSimpleName());
		}
	}

}
