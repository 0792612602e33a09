package nl.doorbraak.lead;

import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.casefile.CaseFile;
import org.jspecify.annotations.Nullable;

/**
 * A moment of a version of the terms at which somebody is told that a case has no lead.
 *
 * @param basis from where it counts: {@code opening}, {@code event}, {@code repeat}, or
 * what it counts: {@code refusals}, {@code asked}, {@code referrals}
 * @param workingDays after the opening or the last time, before (negative) or at (0) the
 * event
 * @param occurrences how many refusals, questions or referrals; 0 where it counts days
 * @param tells functions, the case's own team, or everybody
 * @param appoints whether the municipality gets the lead provisionally
 */
public record WatchMoment(int version, String id, String basis, int workingDays, int occurrences, List<String> tells,
		boolean appoints) {

	WatchMoment numbered(int number) {
		return new WatchMoment(this.version, this.id + number, this.basis, this.workingDays, this.occurrences,
				this.tells, this.appoints);
	}

	/** The day itself on which it happens: no version is without it. */
	public boolean isTheEvent() {
		return this.basis.equals("event") && this.workingDays == 0;
	}

	@Nullable LocalDate eventDate(CaseFile file) {
		return this.basis.equals("event") ? file.eventDate() : null;
	}

}
