package nl.doorbraak.agency;

import java.time.Instant;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/** What happens to a question to an agency, as facts for the other rooms. */
public final class AgencyEvents {

	private AgencyEvents() {
	}

	/** An event about one question: its chain is the case number. */
	public interface AgencyEvent extends RecordedEvent {

		String number();

		/** Id of the question. */
		long request();

		@Override
		default String chain() {
			return number();
		}

	}

	public record AgencyAsked(String number, String actor, long request, String agency,
			Instant dueAt) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "dueAt", this.dueAt.toString());
		}

	}

	/**
	 * It answered.
	 *
	 * @param outside whether the case's own team entered what it said
	 */
	public record AgencyAnswered(String number, String actor, long request, String agency, String answer,
			boolean outside) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "answer", this.answer, "outside",
					this.outside);
		}

	}

	/** The term passed without an answer. */
	public record AgencySilent(String number, String actor, long request, String agency) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency);
		}

	}

	/** The question was taken back, or the case closed. */
	public record AgencyRequestLapsed(String number, String actor, long request, String agency) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency);
		}

	}

}
