package nl.doorbraak.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.settings.History.Pause;
import nl.doorbraak.settings.History.Stay;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a case again under a version of the terms, with the same reckoning as the
 * case itself. People take as long for what they decided as they really took; where that
 * is longer than the term and the question after it, silence takes the case up. Where it
 * comes on a level that it really never was on, nobody knows what would have followed: a
 * closed case is not followed further, an open one goes on in silence. On the top level,
 * where terms follow each other for ever, only the first is foretold.
 */
final class Replay {

	private static final int MOST = 100;

	private final Terms terms;

	private final int version;

	private final History history;

	private final Instant until;

	private Replay(Terms terms, int version, History history, Instant until) {
		this.terms = terms;
		this.version = version;
		this.history = history;
		this.until = until;
	}

	/** The stays of a case under this version, as far as that moment. */
	static List<Step> of(History history, Terms terms, int version, Instant until) {
		return history.stays().isEmpty() ? List.of() : new Replay(terms, version, history, until).steps();
	}

	private List<Step> steps() {
		List<Step> steps = new ArrayList<>();
		List<Stay> stays = this.history.stays();
		int next = 0;
		Stay real = stays.get(0);
		Rung rung = real.rung();
		Instant start = real.openedAt();
		while (!start.isAfter(this.until) && steps.size() < MOST) {
			Step step = step(rung, start, real);
			steps.add(step);
			next++;
			Stay following = (next < stays.size()) ? stays.get(next) : null;
			if (real != null && !step.inSilence()) {
				if (following == null) {
					return steps;
				}
				start = following.openedAt().plus(Duration.between(real.openedAt(), start));
				rung = following.rung();
				real = following;
			}
			else {
				start = step.leavesAt();
				rung = above(rung);
				boolean follows = following != null && following.rung() == rung;
				if (!follows && rung == step.rung()) {
					return steps;
				}
				if (!follows && (following != null || this.history.file().closedAt() != null)) {
					if (!start.isAfter(this.until)) {
						steps.add(step(rung, start, null).unfollowed());
					}
					return steps;
				}
				real = follows ? following : null;
			}
		}
		return steps;
	}

	private Step step(Rung rung, Instant start, @Nullable Stay real) {
		Duration shift = (real != null) ? Duration.between(real.openedAt(), start) : Duration.ZERO;
		LocalDate event = this.history.file().eventDate();
		LocalDate lookAgainOn = (real != null) ? real.lookAgainOn() : null;
		Term term = (lookAgainOn != null) ? this.terms.lookAgain(lookAgainOn, this.version)
				: this.terms.forRung(rung, start, event, this.version);
		Instant end = paused(term.endsAt(), rung, start, shift);
		Instant silence = silence(rung, end, shift);
		for (Instant really : (real != null) ? real.extendedAt() : List.<Instant>of()) {
			Instant extendedAt = later(really.plus(shift), end);
			if (extendedAt.isAfter(silence)) {
				break;
			}
			end = paused(this.terms.extended(rung, extendedAt, event, this.version).endsAt(), rung, extendedAt, shift);
			silence = silence(rung, end, shift);
		}
		Instant left = (real != null && real.leftAt() != null) ? real.leftAt().plus(shift) : null;
		Instant leavesAt = (left == null || left.isAfter(silence)) ? silence : left;
		return new Step(rung, (real != null) ? real.body() : String.valueOf(this.history.bodies().get(rung)), start,
				end, silence, leavesAt, leavesAt.equals(silence), true);
	}

	/** As {@code CaseActions.resume} moves it. */
	private Instant paused(Instant endsAt, Rung rung, Instant from, Duration shift) {
		Instant end = endsAt;
		LocalDate event = this.history.file().eventDate();
		for (Pause pause : this.history.pauses()) {
			Instant pausedAt = pause.pausedAt().plus(shift);
			Instant resumedAt = pause.resumedAt().plus(shift);
			if (!pausedAt.isBefore(from) && end.isAfter(pausedAt)) {
				end = this.terms.resumed(end, pausedAt, resumedAt, this.version).endsAt();
				if (event != null && DutchTime.lastDay(end).isAfter(event)) {
					Instant shorter = this.terms.forRung(rung, resumedAt, event, this.version).endsAt();
					end = shorter.isBefore(end) ? shorter : end;
				}
			}
		}
		return end;
	}

	private Instant silence(Rung rung, Instant end, Duration shift) {
		Instant silence = this.terms.forQuestion(rung, end, this.history.file().eventDate(), this.version).endsAt();
		for (Pause pause : this.history.pauses()) {
			Instant pausedAt = pause.pausedAt().plus(shift);
			if (!pausedAt.isBefore(end) && silence.isAfter(pausedAt)) {
				silence = this.terms.resumed(silence, pausedAt, pause.resumedAt().plus(shift), this.version).endsAt();
			}
		}
		return silence;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/** As {@code next-step} says after a term that ended. */
	static Rung above(Rung rung) {
		return (rung == Rung.MINISTRY) ? Rung.MINISTRY : Rung.values()[rung.ordinal() + 1];
	}

	/**
	 * A stay under a version.
	 *
	 * @param termEndsAt when the question comes
	 * @param silenceAt when the case goes up if nobody answers
	 * @param leavesAt when somebody decided, or silence did
	 * @param followed whether it is known what happened there
	 */
	record Step(Rung rung, String body, Instant openedAt, Instant termEndsAt, Instant silenceAt, Instant leavesAt,
			boolean inSilence, boolean followed) {

		/** Whether the term had ended at that moment, and the question was asked. */
		boolean askedBefore(Instant now) {
			return this.followed && !this.termEndsAt.isAfter(now) && this.termEndsAt.isBefore(this.leavesAt);
		}

		/** Whether nobody had answered the question, and the case had gone up. */
		boolean wentUpBefore(Instant now) {
			return this.followed && this.inSilence && !this.leavesAt.isAfter(now);
		}

		Step unfollowed() {
			return new Step(this.rung, this.body, this.openedAt, this.termEndsAt, this.silenceAt, this.leavesAt,
					this.inSilence, false);
		}

	}

}
