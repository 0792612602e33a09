package nl.doorbraak.workflow.engine;

import java.util.List;
import java.util.stream.IntStream;

import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows are found by an index, whose keys are short, and nothing else is kept for them.
 */
@WholeApplication
class EngineTablesIT {

	private final JdbcClient db;

	EngineTablesIT(@Autowired JdbcClient db) {
		this.db = db;
	}

	@Test
	void hasTheIndexesByWhichItLooksAndNoneThatAnswersNothing() {
		assertThat(this.db.sql(EngineIndexes.UNUSED).query(String.class).list()).isEmpty();
		assertThat(
				this.db.sql("select indexname from pg_indexes where schemaname = 'camunda'").query(String.class).list())
			.contains("doorbraak_due_jobs", "doorbraak_sub_tasks", "act_idx_hi_act_inst_procinst",
					"act_idx_hi_actinst_root_pi", "act_idx_hi_op_log_task", "act_idx_hi_pro_i_buskey");
	}

	/** What refers to it, too: else whole tables are read when it is destroyed. */
	@Test
	void whatBelongsToACaseIsFoundByIt() {
		assertThat(this.db
			.sql("""
					select c.conrelid::regclass || '.' || a.attname from pg_constraint c
					  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
					where c.contype = 'f'
					  and c.confrelid in (select format('doorbraak.%I', t.name)::regclass from doorbraak.case_table t
					                      union select 'doorbraak.household'::regclass)
					  and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]
					                  and coalesce(pg_get_expr(i.indpred, i.indrelid), '') in ('', format('(%I IS NOT NULL)', a.attname)))""")
			.query(String.class)
			.list()).isEmpty();
	}

	/** Two nodes and several threads, over the end of a block. */
	@Test
	void nobodyGetsTheSameIdTwice() {
		List<SequenceIds> nodes = List.of(new SequenceIds(this.db), new SequenceIds(this.db));
		List<String> ids = IntStream.range(0, 5_000)
			.parallel()
			.boxed()
			.flatMap((n) -> nodes.stream().map(SequenceIds::getNextId))
			.toList();
		assertThat(ids).doesNotHaveDuplicates().hasSize(10_000);
		assertThat(ids).doesNotContainAnyElementsOf(
				this.db.sql("select id_ from camunda.act_re_deployment").query(String.class).list());
	}

}
