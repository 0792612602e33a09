package nl.doorbraak.reachability;

import java.util.Set;

import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * One thing that keeps, or may keep, a level from reaching a human.
 *
 * @param mends function that can mend it
 * @param mendsAt body of who can mend it
 * @param person login of whom it is about; null where it is about a function
 * @param mandate number of the mandate it is about
 * @param severe whether because of it nobody is reached
 */
public record Finding(Code code, Function function, String body, @Nullable String person, @Nullable String mandate,
		Function mends, String mendsAt, Set<Rung> rungs, Set<Moment> moments, boolean severe) {

	/** What is wrong. */
	public enum Code {

		/** Nobody holds the function. */
		MISSING,

		/** No mandate is in force for the function any more. */
		EXPIRED,

		/** A mandate ends soon. */
		ENDING,

		/** No function has a mandate on this level. */
		NO_MANDATE,

		/** Away, and nobody who is there stands in. */
		ABSENT,

		/** Away, and who stands in may not sign. */
		DEPUTY,

		/** The last mail came back. */
		BOUNCED,

		/** There is no address at all. */
		NO_ADDRESS,

		/** All together: nobody. */
		UNREACHABLE,

		/** Somebody hears of it, nobody can sign. */
		NOBODY_SIGNS

	}

	/** When it is asked. */
	public enum Moment {

		NOW, WEEKEND, CHRISTMAS

	}

}
