package nl.doorbraak.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DueWork;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Lets time pass in the demo: from due moment to due moment, doing at each what falls due
 * there.
 */
@Component
@Profile("demo")
public class DemoClock {

	private final DemoOwner owner;

	private final DatabaseClock clock;

	private final List<DueWork> work;

	DemoClock(DemoOwner owner, DatabaseClock clock, List<DueWork> work) {
		this.owner = owner;
		this.clock = clock;
		this.work = work;
	}

	/** Lets this much time pass; returns how many pieces of work were done on the way. */
	public synchronized int pass(Duration time) {
		Instant end = this.clock.instant().plus(time);
		int done = doDue();
		while (true) {
			Instant next = nextDueAt().filter((due) -> due.isBefore(end)).orElse(end);
			Instant now = this.clock.instant();
			if (next.isAfter(now)) {
				moveTo(next);
			}
			done += doDue();
			if (next.equals(end) || !this.clock.instant().isBefore(end)) {
				return done;
			}
		}
	}

	private int doDue() {
		return this.work.stream().mapToInt(DueWork::doDue).sum();
	}

	private Optional<Instant> nextDueAt() {
		return this.work.stream().flatMap((each) -> each.nextDueAt().stream()).min(Comparator.naturalOrder());
	}

	/** Puts the clock at this moment, also back: only while the demo makes its past. */
	void moveTo(Instant moment) {
		this.owner.setClockAhead(this.clock.ahead().plus(Duration.between(this.clock.instant(), moment)));
		this.clock.synchronise();
	}

}
