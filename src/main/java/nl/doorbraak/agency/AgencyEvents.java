package nl.doorbraak.agency;

import java.time.Instant;
import java.time.LocalDate;
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

		/** Id of the organisation that is asked. */
		String agency();

		@Override
		default String chain() {
			return number();
		}

		@Override
		default Map<String, Object> facts() {
			return Map.of("request", request(), "agency", agency());
		}

	}

	/**
	 * It is asked something.
	 *
	 * @param kind code of what is wanted
	 * @param scheme what is applied for; empty without a list of conditions
	 */
	public record AgencyAsked(String number, String actor, long request, String agency, Instant dueAt, String kind,
			String scheme) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "dueAt", this.dueAt.toString(), "kind",
					this.kind, "scheme", this.scheme);
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
	}

	/** The question was taken back, or the case closed. */
	public record AgencyRequestLapsed(String number, String actor, long request, String agency) implements AgencyEvent {
	}

	/** It cannot answer before it has something: its clock stands still. */
	public record AgencyNeedsFacts(String number, String actor, long request, String agency) implements AgencyEvent {
	}

	/** It has what it needed: its clock runs again. */
	public record AgencyFactsDelivered(String number, String actor, long request, String agency,
			Instant dueAt) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "dueAt", this.dueAt.toString());
		}

	}

	/**
	 * A refusal rests on a ground that existed at one before it.
	 *
	 * @param flags how many of those the case has now
	 */
	public record SerialRefusalFound(String number, String actor, long request, String agency,
			int flags) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "flags", this.flags);
		}

	}

	/** Two parts of one agency say yes and no to the same. */
	public record AgencyContradictsItself(String number, String actor, long request, String agency,
			long other) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "other", this.other);
		}

	}

	/** Somebody told the resident of a refusal, not only a letter. */
	public record RefusalTold(String number, String actor, long request, String agency,
			String told) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "toldBy", this.told);
		}

	}

	/** The agency took its refusal back; it is asked anew. */
	public record RefusalWithdrawn(String number, String actor, long request, String agency) implements AgencyEvent {
	}

	/** The agency says something about a flag at its answer. */
	public record AgencyReplied(String number, String actor, long request, String agency) implements AgencyEvent {
	}

	/** The case goes up a level because of a chain of refusals. */
	public record RefusalsTakenUp(String number, String actor, int flags) implements RecordedEvent {

		@Override
		public String chain() {
			return this.number;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("flags", this.flags);
		}

	}

	/**
	 * Somebody wants to open the door of a question.
	 *
	 * @param actor the officer whom the code goes to: who asked for it is not known yet
	 * @param code id of the code
	 */
	public record DoorCodeAsked(String number, String actor, long request, String agency, long code,
			boolean byText) implements AgencyEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("request", this.request, "agency", this.agency, "byText", this.byText);
		}

	}

	/** The officer opened it with the code. */
	public record DoorOpened(String number, String actor, long request, String agency) implements AgencyEvent {
	}

	/**
	 * The answers of a half-year were counted; the agency reads them first.
	 *
	 * @param opensOn from this day others read them too
	 */
	public record FiguresReleased(String actor, long figures, String agency, String period,
			LocalDate opensOn) implements RecordedEvent {

		/** Of all figures. */
		static final String CHAIN = "figures";

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("agency", this.agency, "period", this.period, "opensOn", this.opensOn.toString());
		}

	}

	/** The agency said something about its figures. */
	public record FiguresAnswered(String actor, long figures, String agency, String period) implements RecordedEvent {

		@Override
		public String chain() {
			return FiguresReleased.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("agency", this.agency, "period", this.period);
		}

	}

	/** A list of conditions has a new version. */
	public record SchemeChanged(String actor, String scheme, int version, int conditions) implements RecordedEvent {

		/** Of all lists. */
		static final String CHAIN = "schemes";

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("scheme", this.scheme, "version", this.version, "conditions", this.conditions);
		}

	}

}
