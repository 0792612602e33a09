package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All agreed lengths of one version. A version is never edited, so a case keeps the terms
 * it started with.
 *
 * @param freeDays days that are no working days for agreed terms, beyond those of the
 * law, each with its Dutch name
 * @param body id of the municipality or region whose cases it is for; null: of everybody
 * who has no version of their own
 */
public record TermsVersion(int version, Instant validFrom, int questionWorkingDays, int ratificationWorkingDays,
		int agencyWorkingDays, int measuresWorkingDays, int outcomeWorkingDays, int announcementWorkingDays,
		int leadStepWorkingDays, int leadReturnWorkingDays, int leadAbsenceWorkingDays, int lookBackWorkingDays,
		int mediatedSessionWorkingDays, int aftercareWorkingDays, int accessReviewWorkingDays,
		int crisisWindowWorkingDays, int signalWeeks, int signalThreatWorkingDays, Duration crisisRung,
		Duration crisisQuestion, Duration crisisExtension, Map<Rung, RungTerm> rungs, Map<LocalDate, String> freeDays,
		@Nullable String body) {

	public TermsVersion {
		rungs = Map.copyOf(rungs);
		freeDays = Map.copyOf(freeDays);
	}

	public RungTerm rung(Rung rung) {
		RungTerm term = this.rungs.get(rung);
		if (term == null) {
			throw new IllegalStateException(
					"Version " + this.version + " of the terms has no row for rung '" + rung.code() + "'");
		}
		return term;
	}

	/** The same lengths as another version. */
	public TermsVersion as(int number, Instant from) {
		return new TermsVersion(number, from, this.questionWorkingDays, this.ratificationWorkingDays,
				this.agencyWorkingDays, this.measuresWorkingDays, this.outcomeWorkingDays, this.announcementWorkingDays,
				this.leadStepWorkingDays, this.leadReturnWorkingDays, this.leadAbsenceWorkingDays,
				this.lookBackWorkingDays, this.mediatedSessionWorkingDays, this.aftercareWorkingDays,
				this.accessReviewWorkingDays, this.crisisWindowWorkingDays, this.signalWeeks,
				this.signalThreatWorkingDays, this.crisisRung, this.crisisQuestion, this.crisisExtension, this.rungs,
				this.freeDays, this.body);
	}

	/** How long a case stays on a rung, and by how much that can be extended. */
	public record RungTerm(Span term, Span extension) {
	}

}
