package nl.doorbraak.workflow.engine;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.watchdog.Watched;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the watchdog asks the engine's tables, in plain SQL: timers that nobody ran, jobs
 * that gave up, cases that stand still.
 */
@Configuration(proxyBeanMethods = false)
class EngineWatch {

	/** Due for too long, and in no executor's hand; a paused case's timers are no job. */
	private static final String OVERDUE = """
			select j.id_ as key, coalesce(p.business_key_, '') as number
			from camunda.act_ru_job j left join camunda.act_ru_execution p on p.id_ = j.process_instance_id_
			where coalesce(j.duedate_, j.create_time_) < :before and j.retries_ > 0 and j.suspension_state_ = 1
			  and (j.lock_exp_time_ is null or j.lock_exp_time_ < :before) and j.handler_type_ <> 'history-cleanup'
			order by j.duedate_ limit 500""";

	private static final String INCIDENTS = """
			select i.id_ as key, coalesce(p.business_key_, '') as number
			from camunda.act_ru_incident i left join camunda.act_ru_execution p on p.id_ = i.proc_inst_id_
			where i.cause_incident_id_ = i.id_ and i.incident_timestamp_ < :now order by i.id_ limit 500""";

	/** Open, and nothing runs that would ever do anything about it. */
	private static final String STUCK = """
			select c.number as key, c.number from doorbraak.case_file c
			where c.state <> 'closed' and c.reported_at < :before and not exists (
			  select 1 from camunda.act_ru_execution p join camunda.act_re_procdef d on d.id_ = p.proc_def_id_
			  where p.business_key_ = c.number and d.key_ = 'escalation-ladder')
			order by c.number limit 500""";

	/** The term ended, nobody was asked, and the ladder has no timer that says so now. */
	private static final String TERMS = """
			select c.number as key, c.number from doorbraak.case_file c join doorbraak.case_rung r on r.case_id = c.id
			where c.state = 'open' and r.closed_at is null and r.decision is null and r.question_ends_at is null
			  and r.term_ends_at < :before
			  and not exists (select 1 from doorbraak.case_pause s where s.case_id = c.id and s.resumed_at is null)
			  and exists (select 1 from camunda.act_ru_execution p where p.business_key_ = c.number)
			  and not exists (select 1 from camunda.act_ru_job j
			    join camunda.act_ru_execution p on p.id_ = j.process_instance_id_
			    where p.business_key_ = c.number and j.duedate_ < :now)
			order by c.number limit 500""";

	@Bean
	Watched overdueJobs(ManagementService management, DatabaseClock clock) {
		return new Sql("job", OVERDUE, clock, (late) -> run(management, late.key()));
	}

	@Bean
	Watched incidents(DatabaseClock clock) {
		return new Sql(Watched.INCIDENT, INCIDENTS, clock, (late) -> {
		});
	}

	@Bean
	Watched stuckCases(DatabaseClock clock) {
		return new Sql("stuckCase", STUCK, clock, (late) -> {
		});
	}

	/** A timer that waits for another day than the case file says fires now. */
	@Bean
	Watched endedTerms(RuntimeService runtime, ManagementService management, DatabaseClock clock) {
		return new Sql("term", TERMS, clock,
				(late) -> runtime.createProcessInstanceQuery()
					.processInstanceBusinessKey(late.number())
					.unlimitedList()
					.stream()
					.flatMap((instance) -> management.createJobQuery()
						.processInstanceId(instance.getId())
						.timers()
						.active()
						.unlimitedList()
						.stream())
					.filter((timer) -> isOfATerm(management, timer))
					.forEach((timer) -> run(management, timer.getId())));
	}

	private static boolean isOfATerm(ManagementService management, Job timer) {
		return management.createJobDefinitionQuery()
			.jobDefinitionId(timer.getJobDefinitionId())
			.singleResult()
			.getActivityId()
			.endsWith("TermEnded");
	}

	/**
	 * Once: who was before us, another node or the job executor, leaves no job. Not what
	 * a newer node must do.
	 */
	private static void run(ManagementService management, String job) {
		Job found = management.createJobQuery().jobId(job).singleResult();
		if (found == null || (found.getDeploymentId() != null
				&& !management.getRegisteredDeployments().contains(found.getDeploymentId()))) {
			return;
		}
		try {
			management.executeJob(job);
		}
		catch (RuntimeException ex) {
			if (management.createJobQuery().jobId(job).count() > 0) {
				throw ex;
			}
		}
	}

	private record Sql(String what, String query, DatabaseClock clock, Consumer<Late> mend) implements Watched {

		@Override
		public List<Late> late(JdbcClient own, Instant before) {
			JdbcClient.StatementSpec asked = own.sql(this.query);
			if (this.query.contains(":before")) {
				asked = asked.param("before", Timestamp.from(before));
			}
			if (this.query.contains(":now")) {
				asked = asked.param("now", Timestamp.from(this.clock.instant()));
			}
			return asked.query((row, n) -> new Late(row.getString("key"), row.getString("number"))).list();
		}

		@Override
		public void repair(Late late) {
			this.mend.accept(late);
		}

	}

}
