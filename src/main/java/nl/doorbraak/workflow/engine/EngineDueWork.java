package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DueWork;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.runtime.Job;

import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Runs the engine's due jobs in this thread, one after the other. */
@Component
@Primary
class EngineDueWork implements DueWork {

	private final ManagementService management;

	private final DatabaseClock clock;

	EngineDueWork(ManagementService management, DatabaseClock clock) {
		this.management = management;
		this.clock = clock;
	}

	@Override
	public int doDue() {
		this.clock.synchronise();
		int done = 0;
		for (List<Job> due = due(); !due.isEmpty(); due = due()) {
			for (Job job : due) {
				try {
					this.management.executeJob(job.getId());
				}
				catch (OptimisticLockingException | NullValueException ex) {
					// Another node, or this one's own job executor, was before us.
				}
				catch (RuntimeException ex) {
					// As above, but our rooms saw it before the engine did.
					if (isThere(job)) {
						throw ex;
					}
				}
				done++;
			}
		}
		return done;
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.management.createJobQuery()
			.timers()
			.active()
			.withRetriesLeft()
			.orderByJobDuedate()
			.asc()
			.listPage(0, 1)
			.stream()
			.map((job) -> job.getDuedate().toInstant())
			.findFirst();
	}

	private boolean isThere(Job job) {
		return this.management.createJobQuery().jobId(job.getId()).count() > 0;
	}

	private List<Job> due() {
		return this.management.createJobQuery().executable().active().orderByJobDuedate().asc().listPage(0, 50);
	}

}
