package nl.doorbraak.workflow.engine;

import nl.doorbraak.support.DatabaseClock;
import org.joda.time.DateTimeUtils;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The engine, which asks Joda what time it is, hears our clock on every node. */
@Component
class EngineClock {

	private final DatabaseClock clock;

	EngineClock(DatabaseClock clock) {
		this.clock = clock;
		follow();
	}

	/** Again at each look: of two in one process the one that looked last is heard. */
	@EventListener(DatabaseClock.Synchronised.class)
	void follow() {
		DateTimeUtils.setCurrentMillisProvider(this.clock::millis);
	}

}
