package nl.doorbraak.workflow.engine;

import nl.doorbraak.support.DatabaseClock;
import org.joda.time.DateTimeUtils;

import org.springframework.stereotype.Component;

/** The engine, which asks Joda what time it is, hears our clock on every node. */
@Component
class EngineClock {

	EngineClock(DatabaseClock clock) {
		DateTimeUtils.setCurrentMillisProvider(clock::millis);
	}

}
