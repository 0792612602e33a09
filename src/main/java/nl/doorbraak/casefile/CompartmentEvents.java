package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;

/**
 * What happens with the compartments of a case: codes and logins, nothing of what is in
 * them.
 */
public final class CompartmentEvents {

	private CompartmentEvents() {
	}

	/**
	 * Somebody of the team keeps a part of the case apart.
	 *
	 * @param kind code
	 */
	public record CompartmentMade(String number, String actor, long compartment, String kind) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "kind", this.kind);
		}

	}

	/**
	 * Something of the case went into it.
	 *
	 * @param item code of what: a text, a paper, somebody of the household
	 */
	public record CompartmentFilled(String number, String actor, long compartment, String item) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "item", this.item);
		}

	}

	/**
	 * Somebody may read it from now on.
	 *
	 * @param person login; empty for everybody of an organisation
	 * @param organisation id; empty for a person
	 * @param how code: named, as a successor, with the case
	 */
	public record CompartmentPersonAdded(String number, String actor, long compartment, String person,
			String organisation, String how) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "person", this.person, "organisation", this.organisation,
					"how", this.how);
		}

	}

	/** Somebody may not read it any more. */
	public record CompartmentPersonRemoved(String number, String actor, long compartment, String person,
			String organisation) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "person", this.person, "organisation", this.organisation);
		}

	}

	/** Somebody read it. */
	public record CompartmentRead(String number, String actor, long compartment, String purpose) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "purpose", this.purpose);
		}

	}

	/** An auditor said why they must read it. */
	public record CompartmentOpenedForAudit(String number, String actor, long compartment,
			Instant untilAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "untilAt", this.untilAt.toString());
		}

	}

	/** Somebody's emergency goes into what is kept apart too. */
	public record CompartmentsOpenedInEmergency(String number, String actor, Instant untilAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("untilAt", this.untilAt.toString());
		}

	}

	/** It ended: what was in it is of the case again. */
	public record CompartmentClosed(String number, String actor, long compartment) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment);
		}

	}

	/** A resident who asked gets what is in it, because somebody decided that. */
	public record CompartmentGiven(String number, String actor, long compartment, long request) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("compartment", this.compartment, "request", this.request);
		}

	}

}
