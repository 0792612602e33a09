package nl.doorbraak.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** What happens to a proposal at the gate, as facts for the other rooms. */
public final class MandateEvents {

	private MandateEvents() {
	}

	/** An event about a proposal of one case: its chain is the case number. */
	public interface MandateEvent extends RecordedEvent {

		String number();

		@Override
		default String chain() {
			return number();
		}

	}

	/** Somebody's answer under one version of one mandate. */
	public interface SignatureEvent extends MandateEvent {

		long proposal();

		String function();

		String organisation();

		String mandate();

		int mandateVersion();

		String proposalHash();

		@Override
		default Map<String, Object> facts() {
			return Map.of("proposal", proposal(), "function", function(), "organisation", organisation(), "mandate",
					mandate(), "mandateVersion", mandateVersion(), "proposalHash", proposalHash());
		}

	}

	public record ProposalMade(String number, String actor, long proposal, String rung, long amountCents,
			boolean deviates, String power, String reservation, String proposalHash,
			int termsVersion) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "rung", this.rung, "amountCents", this.amountCents, "deviates",
					this.deviates, "power", this.power, "reservation", this.reservation, "proposalHash",
					this.proposalHash, "termsVersion", this.termsVersion);
		}

	}

	public record SignOffAsked(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, Instant answerDueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"mandate", this.mandate, "mandateVersion", this.mandateVersion, "answerDueAt",
					this.answerDueAt.toString());
		}

	}

	/** The time to answer moved with a pause of the case. */
	public record SignOffTermMoved(String number, String actor, long proposal, String function, String organisation,
			Instant answerDueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"answerDueAt", this.answerDueAt.toString());
		}

	}

	/**
	 * Somebody signed.
	 *
	 * @param drafter whether the proposal was the signer's own, decided within his own
	 * mandate
	 * @param onConditions whether conditions come with it
	 * @param reasonsFollow whether it is a hurried decision whose reasons follow
	 */
	public record SignedOff(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash, boolean drafter, boolean onConditions,
			boolean reasonsFollow) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"mandate", this.mandate, "mandateVersion", this.mandateVersion, "proposalHash", this.proposalHash,
					"drafter", this.drafter, "onConditions", this.onConditions, "reasonsFollow", this.reasonsFollow);
		}

	}

	/**
	 * Somebody did not agree.
	 *
	 * @param ground what that rests on: {@code law}, {@code policy} or {@code practice}
	 */
	public record SignOffRefused(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash, String ground) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"mandate", this.mandate, "mandateVersion", this.mandateVersion, "proposalHash", this.proposalHash,
					"ground", this.ground);
		}

	}

	/** Somebody sent the proposal back to be completed; that is no refusal. */
	public record SignOffSentBack(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash) implements SignatureEvent {
	}

	/** Somebody left the answer to the next competent function, with a reason. */
	public record SignOffHandedUp(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash) implements SignatureEvent {
	}

	/** The answer just given was given for somebody who is away. */
	public record SignedAsDeputy(String number, String actor, long proposal, String deputyFor) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "deputyFor", this.deputyFor);
		}

	}

	/**
	 * Everybody with this function is away, and no deputy may sign: the next is asked.
	 */
	public record SignOffPassedOver(String number, String actor, long proposal, String function,
			String organisation) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation);
		}

	}

	/** Who was asked will be away: the time to answer ends when they go. */
	public record SignOffCutShort(String number, String actor, long proposal, String function, String organisation,
			Instant answerDueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"answerDueAt", this.answerDueAt.toString());
		}

	}

	/** Who was asked gave no answer in time. */
	public record SignOffPassedOn(String number, String actor, long proposal, String function,
			String organisation) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation);
		}

	}

	/** Nobody can sign: the proposal goes back, with the code that says why. */
	public record GateRefused(String number, String actor, long proposal, String code) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "code", this.code);
		}

	}

	/** A hurried decision owes its reasons or its ratification. */
	public record FollowUpOwed(String number, String actor, long proposal, String kind, String mandate,
			int mandateVersion, String function, String organisation, Instant dueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "kind", this.kind, "mandate", this.mandate, "mandateVersion",
					this.mandateVersion, "function", this.function, "organisation", this.organisation, "dueAt",
					this.dueAt.toString());
		}

	}

	/** What is owed is due on another day: the decision was announced. */
	public record FollowUpTermMoved(String number, String actor, long proposal, String kind,
			Instant dueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "kind", this.kind, "dueAt", this.dueAt.toString());
		}

	}

	public record ReasonsGiven(String number, String actor, long proposal) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal);
		}

	}

	public record DecisionRatified(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash) implements SignatureEvent {
	}

	public record DecisionNotRatified(String number, String actor, long proposal, String function, String organisation,
			String mandate, int mandateVersion, String proposalHash) implements SignatureEvent {
	}

	/**
	 * What was owed was not done in time.
	 *
	 * @param function the next higher competent function, asked too; empty when there is
	 * none
	 */
	public record FollowUpTermPassed(String number, String actor, long proposal, String kind, String function,
			String organisation) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "kind", this.kind, "function", this.function, "organisation",
					this.organisation);
		}

	}

	/**
	 * A decision was made known to whom it is for.
	 *
	 * @param form {@code letter}, {@code elsewhere} or {@code internal}
	 * @param objectionUntil the last day to object
	 */
	public record DecisionAnnounced(String number, String actor, long proposal, String form, @Nullable LocalDate sentOn,
			@Nullable LocalDate objectionUntil) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			Map<String, Object> facts = new HashMap<>(Map.of("proposal", this.proposal, "announcedAs", this.form));
			if (this.sentOn != null) {
				facts.put("sentOn", this.sentOn.toString());
			}
			if (this.objectionUntil != null) {
				facts.put("objectionUntilDate", this.objectionUntil.toString());
			}
			return facts;
		}

	}

	/** The term to announce a decision passed, and nobody did. */
	public record AnnouncementTermPassed(String number, String actor, long proposal,
			Instant dueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "dueAt", this.dueAt.toString());
		}

	}

	/**
	 * Somebody signed the letter about what the body itself decided (Awb 10:11).
	 *
	 * @param takenOn the day on which the body decided, as that person told
	 */
	public record LetterSignedForBody(String number, String actor, long document, String function, String organisation,
			String mandate, int mandateVersion, LocalDate takenOn) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("document", this.document, "function", this.function, "organisation", this.organisation,
					"mandate", this.mandate, "mandateVersion", this.mandateVersion, "takenOn", this.takenOn.toString());
		}

	}

	/**
	 * An objection or a complaint against an announced decision came in.
	 *
	 * @param function that is asked to decide; empty when nobody competent was found
	 */
	public record ObjectionReceived(String number, String actor, long objection, String kind, LocalDate receivedOn,
			String function, String organisation, Instant dueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("objection", this.objection, "kind", this.kind, "receivedOn", this.receivedOn.toString(),
					"function", this.function, "organisation", this.organisation, "dueAt", this.dueAt.toString());
		}

	}

	/** Nobody decided on it in time. */
	public record ObjectionTermPassed(String number, String actor, long objection, String kind, String function,
			String organisation, Instant dueAt) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("objection", this.objection, "kind", this.kind, "function", this.function, "organisation",
					this.organisation, "dueAt", this.dueAt.toString());
		}

	}

	/**
	 * Somebody decided on it; that it was withdrawn needs no mandate.
	 *
	 * @param holdUntil the last day on which the case may not be destroyed
	 */
	public record ObjectionDecided(String number, String actor, long objection, String outcome, String function,
			String organisation, String mandate, @Nullable Integer mandateVersion,
			@Nullable LocalDate holdUntil) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			Map<String, Object> facts = new HashMap<>(Map.of("objection", this.objection, "outcome", this.outcome,
					"function", this.function, "organisation", this.organisation, "mandate", this.mandate));
			if (this.mandateVersion != null) {
				facts.put("mandateVersion", this.mandateVersion);
			}
			if (this.holdUntil != null) {
				facts.put("holdUntilDate", this.holdUntil.toString());
			}
			return facts;
		}

	}

	/** The team told that it was withdrawn. */
	public record ObjectionWithdrawn(String number, String actor, long objection) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("objection", this.objection);
		}

	}

	/**
	 * The mandator takes the decision to himself (Awb 10:7).
	 *
	 * @param function of the mandator, with the line under which he may sign
	 * @param asked the function that was asked until then
	 */
	public record DecisionTakenByMandator(String number, String actor, long proposal, String function,
			String organisation, String mandate, int mandateVersion, String asked,
			String askedOrganisation) implements MandateEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("proposal", this.proposal, "function", this.function, "organisation", this.organisation,
					"mandate", this.mandate, "mandateVersion", this.mandateVersion, "asked", this.asked);
		}

	}

	/**
	 * A version of a line of the register was written down.
	 *
	 * @param revoked whether it takes the mandate back
	 */
	public record MandateRecorded(String actor, String organisation, String mandate, int mandateVersion,
			boolean revoked) implements RecordedEvent {

		/** The chain of the registers of all bodies. */
		public static final String CHAIN = "mandates";

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "mandate", this.mandate, "mandateVersion",
					this.mandateVersion, "revoked", this.revoked);
		}

	}

}
