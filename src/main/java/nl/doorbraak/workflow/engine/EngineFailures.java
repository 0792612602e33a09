package nl.doorbraak.workflow.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import nl.doorbraak.support.FailedJobs;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The incidents of the engine: a job that gave up, and where and of what kind. */
@Component
class EngineFailures implements FailedJobs {

	private final JdbcClient db;

	private final ManagementService management;

	private final RepositoryService repository;

	EngineFailures(JdbcClient db, ManagementService management, RepositoryService repository) {
		this.db = db;
		this.management = management;
		this.repository = repository;
	}

	@Override
	@Transactional(readOnly = true)
	public List<FailedJob> list(int most) {
		return this.db.sql("""
				select i.*, coalesce(p.business_key_, '') as number
				from camunda.act_ru_incident i left join camunda.act_ru_execution p on p.id_ = i.proc_inst_id_
				where i.cause_incident_id_ = i.id_ order by i.incident_timestamp_, i.id_ limit :most""")
			.param("most", most)
			.query((row, n) -> {
				String failure = failure(row.getString("configuration_"));
				return new FailedJob(row.getString("id_"), row.getString("number"),
						step(row.getString("proc_def_id_"), row.getString("activity_id_")), FailureText.kind(failure),
						FailureText.place(failure), row.getTimestamp("incident_timestamp_").toInstant());
			})
			.list();
	}

	private String failure(@Nullable String job) {
		if (job == null || this.management.createJobQuery().jobId(job).count() == 0) {
			return "";
		}
		return Objects.requireNonNullElse(this.management.getJobExceptionStacktrace(job), "");
	}

	/** As the model calls it. */
	private String step(@Nullable String definition, @Nullable String activity) {
		if (definition == null || activity == null) {
			return "";
		}
		ModelElementInstance element = this.repository.getBpmnModelInstance(definition).getModelElementById(activity);
		return Optional.ofNullable(element)
			.map((each) -> each.getAttributeValue("name"))
			.orElse(activity)
			.replaceAll("\\s+", " ");
	}

	/** Who is second waits, and finds it gone. */
	@Override
	@Transactional
	public boolean retry(String id) {
		Optional<String> job = this.db.sql(
				"select configuration_ from camunda.act_ru_incident where id_ = :id and incident_type_ = 'failedJob' and configuration_ is not null for update")
			.param("id", id)
			.query(String.class)
			.optional()
			.filter((each) -> this.management.createJobQuery().jobId(each).noRetriesLeft().count() == 1);
		job.ifPresent((each) -> this.management.setJobRetries(each, 1));
		return job.isPresent();
	}

}
