package nl.doorbraak.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does, with a deadline. */
public final class Until {

	private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

	private Until() {
	}

	/** Waits until there is an answer; fails with {@code what} after the deadline. */
	public static <T> T there(Supplier<String> what, Duration atMost, Supplier<Optional<T>> look) {
		long deadline = System.nanoTime() + atMost.toNanos();
		while (true) {
			Optional<T> found = look.get();
			if (found.isPresent()) {
				return found.get();
			}
			if (System.nanoTime() > deadline) {
				throw new AssertionError("Not within " + atMost + ": " + what.get());
			}
			LockSupport.parkNanos(LOOK_EVERY);
		}
	}

	/** Waits until it is so; fails with {@code what} after the deadline. */
	public static void so(Supplier<String> what, Duration atMost, BooleanSupplier look) {
		there(what, atMost, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
	}

}
