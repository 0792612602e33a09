package nl.doorbraak.workflow.engine;

import nl.doorbraak.support.DatabaseClock;
import org.camunda.bpm.engine.impl.util.ClockUtil;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the engine's clock equal to ours, on every node. */
@Component
class EngineClock {

	EngineClock(DatabaseClock clock) {
		follow(new DatabaseClock.Synchronised(clock.ahead()));
	}

	@EventListener
	void follow(DatabaseClock.Synchronised ours) {
		ClockUtil.offset(ours.ahead().toMillis());
	}

}
