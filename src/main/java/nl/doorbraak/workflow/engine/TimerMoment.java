package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.support.DueMoment;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

import org.springframework.stereotype.Component;

/**
 * When the job fell due that the engine runs in this thread: a timer at its date, what
 * follows an act when it was made.
 */
@Component
class TimerMoment implements DueMoment {

	@Override
	public Optional<Instant> current() {
		return Optional.ofNullable(Context.getCommandContext())
			.map(CommandContext::getCurrentJob)
			.map((job) -> (job.getDuedate() != null) ? job.getDuedate() : job.getCreateTime())
			.map(Date::toInstant);
	}

}
