package nl.doorbraak.workflow.engine;

import nl.doorbraak.support.DatabaseClock;
import org.camunda.bpm.engine.impl.util.ClockUtil;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the engine's clock equal to ours, on every node. */
@Component
class EngineClock {

	private final DatabaseClock clock;

	EngineClock(DatabaseClock clock) {
		this.clock = clock;
		follow();
	}

	@Scheduled(fixedDelayString = "${doorbraak.clock.synchronise-every:5s}")
	void follow() {
		ClockUtil.offset(this.clock.ahead().toMillis());
	}

}
