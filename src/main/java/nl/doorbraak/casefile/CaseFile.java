package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * One case as it stands.
 *
 * @param number for example {@code DB-2026-000042}
 * @param eventDate the day the threatening event happens: the crisis date, in
 * Europe/Amsterdam
 * @param amountCents the amount at stake in cents
 * @param termsVersion the terms that this case obeys, stamped at the report
 */
public record CaseFile(long id, String number, long householdId, String municipality, State state,
		@Nullable Outcome outcome, String whatIsStuck, List<String> lifeDomains, @Nullable Threat threat,
		@Nullable LocalDate eventDate, @Nullable Long amountCents, @Nullable String involved, String reportedBy,
		Instant reportedAt, @Nullable Instant closedAt, int termsVersion) {

	/** Reported, open on exactly one rung, or closed with an outcome. */
	public enum State {

		REPORTED, OPEN, CLOSED

	}

	/**
	 * The event with the days left, for example "Ontruiming do 14 maart, nog 3 dagen";
	 * empty when there is no threat.
	 */
	public String headline(LocalDate today) {
		if (this.threat == null) {
			return "";
		}
		if (this.eventDate == null) {
			return this.threat.label() + ", datum nog onbekend";
		}
		long days = ChronoUnit.DAYS.between(today, this.eventDate);
		String left = (days > 1) ? "nog " + days + " dagen" : (days == 1) ? "morgen"
				: (days == 0) ? "vandaag" : (days == -1) ? "gisteren" : -days + " dagen geleden";
		return this.threat.label() + " " + DutchTime.shortDate(this.eventDate) + ", " + left;
	}

	/** The same for who may not know who it is about. */
	CaseFile unnamed(Names names) {
		return new CaseFile(this.id, this.number, this.householdId, this.municipality, this.state, this.outcome,
				names.hiddenIn(this.whatIsStuck), this.lifeDomains, this.threat, this.eventDate, this.amountCents,
				(this.involved != null) ? names.hiddenIn(this.involved) : null, this.reportedBy, this.reportedAt,
				this.closedAt, this.termsVersion);
	}

}
