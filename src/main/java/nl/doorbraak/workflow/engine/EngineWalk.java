package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.support.WalkedPath;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.pvm.runtime.ActivityInstanceState;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The walked path from the engine's history. Who completed a task is read from the log of
 * what people did: the history itself names who held it, whoever did it.
 */
@Component
class EngineWalk implements WalkedPath {

	/** One statement for all processes of a case, by its business key. */
	static final String PASSAGES = """
			select d.key_, d.version_, d.name_ as process, a.proc_inst_id_, a.act_id_, a.act_name_, a.act_type_, a.start_time_,
			  a.end_time_, a.act_inst_state_ = :cancelled as cancelled, a.assignee_, (
			    select min(o.user_id_) from camunda.act_hi_op_log o
			    where o.task_id_ = a.task_id_ and o.operation_type_ = 'Complete') as done_by
			from camunda.act_hi_procinst p join camunda.act_hi_actinst a on a.proc_inst_id_ = p.proc_inst_id_
			  join camunda.act_re_procdef d on d.id_ = a.proc_def_id_
			where p.business_key_ = :subject and a.act_type_ <> 'multiInstanceBody'
			order by a.start_time_, a.sequence_counter_""";

	/** The value is told of what can only be a login, a date or a number. */
	private static final String OPERATIONS = """
			select o.timestamp_, o.user_id_, o.operation_type_, t.name_ as task, o.property_,
			  case when o.property_ in ('assignee', 'owner', 'dueDate', 'followUpDate', 'priority', 'duedate', 'retries', 'suspensionState')
			    then o.new_value_ end as value
			from camunda.act_hi_procinst p join camunda.act_hi_op_log o on o.proc_inst_id_ = p.proc_inst_id_
			  left join camunda.act_hi_taskinst t on t.id_ = o.task_id_
			where p.business_key_ = :subject order by o.timestamp_, o.id_""";

	private final JdbcClient db;

	private final RepositoryService models;

	private final IdentityService identities;

	EngineWalk(JdbcClient db, RepositoryService models, IdentityService identities) {
		this.db = db;
		this.models = models;
		this.identities = identities;
	}

	@Override
	@Transactional(readOnly = true)
	public List<Passage> of(String subject) {
		return this.db.sql(PASSAGES)
			.param("subject", subject)
			.param("cancelled", ActivityInstanceState.CANCELED.getStateCode())
			.query((row, n) -> {
				Timestamp ended = row.getTimestamp("end_time_");
				String name = row.getString("act_name_");
				return new Passage(row.getString("key_"), row.getInt("version_"), row.getString("process"),
						row.getString("proc_inst_id_"), row.getString("act_id_"), (name != null) ? name : "",
						row.getString("act_type_"), row.getTimestamp("start_time_").toInstant(),
						(ended != null) ? ended.toInstant() : null, row.getBoolean("cancelled"),
						row.getString("assignee_"), row.getString("done_by"));
			})
			.list();
	}

	@Override
	@Transactional(readOnly = true)
	public List<Operation> operations(String subject) {
		return this.db.sql(OPERATIONS)
			.param("subject", subject)
			.query((row, n) -> new Operation(row.getTimestamp("timestamp_").toInstant(),
					text(row.getString("user_id_")), row.getString("operation_type_"), text(row.getString("task")),
					text(row.getString("property_")), text(row.getString("value"))))
			.list();
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<String> model(String key, int version) {
		Authentication before = this.identities.getCurrentAuthentication();
		this.identities.clearAuthentication();
		try {
			return Optional
				.ofNullable(this.models.createProcessDefinitionQuery()
					.processDefinitionKey(key)
					.processDefinitionVersion(version)
					.singleResult())
				.map(this::read);
		}
		finally {
			if (before != null) {
				this.identities.setAuthentication(before.getUserId(), before.getGroupIds());
			}
		}
	}

	private String read(ProcessDefinition definition) {
		try (InputStream xml = this.models.getProcessModel(definition.getId())) {
			return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
