package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.support.DueMoment;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.runtime.Job;

import org.springframework.stereotype.Component;

/** When the timer fell due that the engine runs in this thread. */
@Component
class TimerMoment implements DueMoment {

	@Override
	public Optional<Instant> current() {
		return Optional.ofNullable(Context.getCommandContext())
			.map(CommandContext::getCurrentJob)
			.map(Job::getDuedate)
			.map(Date::toInstant);
	}

}
