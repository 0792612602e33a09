package nl.doorbraak.directory;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A body that takes part in the ladder.
 *
 * @param connected whether its people work in Doorbraak
 * @param region id of the region of a municipality
 * @param email functional mailbox, for when nobody holds the function
 * @param dutyPhone number that somebody answers at any hour
 */
public record Organisation(String id, Kind kind, String name, @Nullable String phone, @Nullable String region,
		@DefaultValue("true") boolean connected, @Nullable String email, @Nullable String dutyPhone) {

	/** Kinds of bodies, as stored in lower case. */
	public enum Kind {

		MUNICIPALITY, REGION, AGENCY, DESK, MINISTRY;

		/** The function that answers for such a body when it is asked something. */
		public Function answering() {
			return switch (this) {
				case MUNICIPALITY -> Function.MANAGER;
				case REGION -> Function.PROCESS_DIRECTOR;
				case DESK -> Function.DESK_OFFICER;
				case MINISTRY -> Function.AMBASSADOR;
				case AGENCY -> Function.AGENCY_OFFICER;
			};
		}

	}

}
