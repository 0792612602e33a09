package nl.doorbraak.lead;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.RecordedTogether;
import org.jspecify.annotations.Nullable;

/** What happens to the lead of a case, as facts for the other rooms. */
public final class LeadEvents {

	private LeadEvents() {
	}

	/** An event about the lead of one case: its chain is the case number. */
	public interface LeadEvent extends RecordedEvent {

		String number();

		@Override
		default String chain() {
			return number();
		}

	}

	public record LeadAsked(String number, String actor, long lead, String organisation,
			String function) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "function", this.function);
		}

	}

	/** Wakes the watch: the lead is in our table. */
	public record LeadAccepted(String number, String actor, String organisation) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation);
		}

	}

	/**
	 * Who was asked does not take the lead.
	 *
	 * @param via {@code login}, {@code link} or {@code task}
	 */
	public record LeadRefused(String number, String actor, String organisation, String reason,
			String via) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "reason", this.reason, "via", this.via);
		}

	}

	/** Who was asked says to have nothing to do with it, and who should be asked. */
	public record LeadReferred(String number, String actor, String organisation,
			String referredTo) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "referredTo", this.referredTo);
		}

	}

	/** Who has the lead offers it to the next person. */
	public record LeadHandOverOffered(String number, String actor, long handOver, String organisation,
			String person) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "person", this.person);
		}

	}

	/** Who was offered the lead does not take it over; it stays where it is. */
	public record LeadHandOverDeclined(String number, String actor, long handOver, String person) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("person", this.person);
		}

	}

	/** Who offered the lead keeps it. */
	public record LeadHandOverWithdrawn(String number, String actor, long handOver,
			String person) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("person", this.person);
		}

	}

	/**
	 * The next person has the lead.
	 *
	 * @param actor who accepted it
	 * @param before who had it
	 */
	public record LeadHandedOver(String number, String actor, String organisation, String before) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "before", this.before);
		}

	}

	/** The team looked back on a crisis. */
	public record LookedBack(String number, String actor) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

	/** Nobody looked back on a crisis in time. */
	public record LookBackOverdue(String number, String actor, Instant dueAt) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("dueAt", this.dueAt.toString());
		}

	}

	/** Wakes the watch: nobody has the lead any more. */
	public record LeadReturned(String number, String actor, String organisation, String person,
			String reason) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "reason", this.reason);
		}

	}

	/** Who has the lead wrote nothing down for too long; then the lead is taken back. */
	public record LeadSilent(String number, String actor, String organisation, String person,
			Instant returnsAt) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "person", this.person, "returnsAt",
					this.returnsAt.toString());
		}

	}

	public record LeadEnded(String number, String actor, String organisation) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation);
		}

	}

	public record ProvisionalLeadAppointed(String number, String actor, long lead, String municipality,
			String organisation, String person) implements LeadEvent {

		@Override
		public boolean mayFollow() {
			return this.actor.equals(Actor.TIMER);
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "person", this.person);
		}

	}

	/** Provisional leads that were appointed together. */
	public record ProvisionalLeadsAppointed(List<ProvisionalLeadAppointed> all) implements RecordedTogether {

		public ProvisionalLeadsAppointed {
			all = List.copyOf(all);
		}

	}

	/**
	 * A moment came and nobody has the lead.
	 *
	 * @param municipality that has the case
	 * @param call whether mail is not enough any more
	 * @param told who must hear it: functions at organisations
	 * @param fellDueAt when the moment came
	 */
	public record LeadMissing(String number, String actor, String moment, @Nullable LocalDate eventDate,
			String municipality, boolean call, List<Told> told, Instant fellDueAt) implements LeadEvent {

		public LeadMissing {
			told = List.copyOf(told);
		}

		@Override
		public boolean mayFollow() {
			return true;
		}

		@Override
		public Map<String, Object> facts() {
			Map<String, Object> facts = new TreeMap<>();
			facts.put("moment", this.moment);
			facts.put("told", this.told.stream().map((t) -> t.function() + "@" + t.organisation()).sorted().toList());
			if (this.eventDate != null) {
				facts.put("eventDate", this.eventDate.toString());
			}
			return facts;
		}

	}

	/**
	 * Cases of which a moment came together; for whoever works on all of them at once.
	 */
	public record LeadsMissing(List<LeadMissing> all) implements RecordedTogether {

		public LeadsMissing {
			all = List.copyOf(all);
		}

	}

	/**
	 * Another act moved the next look at a case without a lead; the record has the act.
	 *
	 * @param looksAt when the engine looks, should no worker have
	 */
	public record WatchMoved(String number, Instant looksAt) {
	}

	/** How many whole hours passed between the event and the end of the case. */
	public record CrisisClockStopped(String number, String actor, long hours) implements LeadEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("hours", this.hours);
		}

	}

	/** A function at an organisation. */
	public record Told(String function, String organisation) {
	}

}
