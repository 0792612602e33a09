package nl.doorbraak.retention;

import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a case from being destroyed now.
 *
 * @param id of what a manager set; null where the software itself holds it
 * @param kind {@code objection}, {@code complaint}, {@code appeal} or a {@link Reason}
 * @param until the last day, where there is one
 */
public record Hold(@Nullable Long id, String kind, @Nullable LocalDate until, @Nullable String why,
		@Nullable String setBy, @Nullable Instant setAt) {

	/** Why a manager holds a case. */
	public enum Reason implements Coded {

		COURT("court", "Er loopt een rechtszaak"),
		INSPECTION("inspection", "Een inspectie of toezichthouder vraagt erom"),
		REQUEST("request", "De inwoner heeft een verzoek gedaan"),
		INCIDENT("incident", "Er wordt een incident onderzocht"), OTHER("other", "Iets anders");

		private final String code;

		private final String label;

		Reason(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

}
