package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * All agreed lengths of one version. A version is never edited, so a case keeps the terms
 * it started with.
 */
record TermsVersion(int version, Instant validFrom, int questionWorkingDays, int ratificationWorkingDays,
		int agencyWorkingDays, int measuresWorkingDays, int outcomeWorkingDays, int announcementWorkingDays,
		int leadStepWorkingDays, int leadReturnWorkingDays, int leadAbsenceWorkingDays, int lookBackWorkingDays,
		int mediatedSessionWorkingDays, int aftercareWorkingDays, int accessReviewWorkingDays,
		int crisisWindowWorkingDays, Duration crisisRung, Duration crisisQuestion, Duration crisisExtension,
		Map<Rung, RungTerm> rungs) {

	TermsVersion {
		rungs = Map.copyOf(rungs);
	}

	RungTerm rung(Rung rung) {
		RungTerm term = this.rungs.get(rung);
		if (term == null) {
			throw new IllegalStateException(
					"Version " + this.version + " of the terms has no row for rung '" + rung.code() + "'");
		}
		return term;
	}

	record RungTerm(Span term, Span extension) {
	}

}
