package nl.doorbraak.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.ladder.InstalledTerms;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Span;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.TermsVersion;
import nl.doorbraak.ladder.TermsVersion.RungTerm;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.lead.WatchMoments.Asked;
import nl.doorbraak.lead.WatchMoments.Held;
import nl.doorbraak.settings.History.Pause;
import nl.doorbraak.settings.History.Stay;
import nl.doorbraak.settings.Replay.Step;
import nl.doorbraak.support.DutchTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a draft would have done to one case: by the reckoning of the case itself. */
class ReplayTest {

	private static final Map<Rung, String> BODIES = Map.of(Rung.LOCAL, "GM1", Rung.REGIONAL, "RG1", Rung.NATIONAL,
			"LMM", Rung.MINISTRY, "LET");

	/** A Monday. */
	private static final Instant OPENED = at("2026-09-07T10:00");

	private static final Instant UNTIL = at("2027-03-01T00:00");

	private final Terms terms = InstalledTerms.terms().trying(draft(10));

	@Test
	void underItsOwnVersionACaseInWhichNobodyActsClimbsAsItDoes() {
		List<Step> steps = Replay.of(open(stay(Rung.LOCAL, OPENED, null)), this.terms, 1, UNTIL);
		assertThat(steps).as("on the top only once")
			.extracting(Step::rung, Step::body)
			.containsExactly(tuple(Rung.LOCAL, "GM1"), tuple(Rung.REGIONAL, "RG1"), tuple(Rung.NATIONAL, "LMM"),
					tuple(Rung.MINISTRY, "LET"));
		Instant start = OPENED;
		for (Step step : steps) {
			assertThat(step.openedAt()).isEqualTo(start);
			Instant end = this.terms.forRung(step.rung(), start, null, 1).endsAt();
			assertThat(step.termEndsAt()).isEqualTo(end);
			start = this.terms.forQuestion(step.rung(), end, null, 1).endsAt();
			assertThat(step.silenceAt()).isEqualTo(start).isEqualTo(step.leavesAt());
		}
	}

	@Test
	void shorterTermTakesUpWhoTookLongerAndAClosedCaseIsNotFollowedAnyMore() {
		Stay real = stay(Rung.LOCAL, OPENED, at("2026-09-30T12:00"));
		assertThat(Replay.of(closed(real), this.terms, 1, UNTIL)).singleElement()
			.satisfies((step) -> assertThat(step.inSilence()).isFalse());

		List<Step> steps = Replay.of(closed(real), this.terms, 0, UNTIL);
		assertThat(steps).extracting(Step::rung, Step::openedAt, Step::inSilence, Step::followed)
			.containsExactly(tuple(Rung.LOCAL, OPENED, true, true),
					tuple(Rung.REGIONAL, at("2026-09-25T00:00"), true, false));
		assertThat(steps.get(0).termEndsAt()).isEqualTo(at("2026-09-22T00:00"));
		Consequences then = new Consequences(UNTIL);
		then.add(steps, List.of());
		assertThat(then.of(Rung.LOCAL)).isEqualTo(new Consequences.Count(1, 1, 1));
		assertThat(then.of(Rung.REGIONAL)).as("it arrives; what follows nobody knows")
			.isEqualTo(new Consequences.Count(1, 0, 0));
		assertThat(then.arrivals("RG1", LocalDate.of(2026, 9, 21))).isEqualTo(1);
	}

	@Test
	void whoDecidedWithinTheQuestionKeepsTheRoadTheyTookOnlySooner() {
		Stay local = stay(Rung.LOCAL, OPENED, null);
		Instant up = Replay.of(open(local), this.terms, 1, UNTIL).get(0).silenceAt();
		Stay regional = stay(Rung.REGIONAL, up, up.plus(Duration.ofDays(3)));
		List<Step> steps = Replay.of(closed(local, regional), this.terms, 0, UNTIL);
		assertThat(steps).extracting(Step::rung, Step::inSilence)
			.containsExactly(tuple(Rung.LOCAL, true), tuple(Rung.REGIONAL, false));
		assertThat(steps.get(1).openedAt()).isEqualTo(at("2026-09-25T00:00"));
		assertThat(steps.get(1).leavesAt()).isEqualTo(at("2026-09-28T00:00"));
	}

	@Test
	void extensionAndPauseCountUnderTheDraftToo() {
		Stay extended = new Stay(Rung.LOCAL, "GM1", OPENED, null, List.of(at("2026-09-23T09:00")), null, null);
		Step step = Replay.of(open(extended), this.terms, 0, UNTIL).get(0);
		assertThat(step.termEndsAt())
			.isEqualTo(this.terms.extended(Rung.LOCAL, at("2026-09-23T09:00"), null, 0).endsAt());

		History paused = new History(file(null, null), BODIES, List.of(stay(Rung.LOCAL, OPENED, null)),
				List.of(new Pause(at("2026-09-10T00:00"), at("2026-09-17T00:00"))), new Asked(List.of(), List.of()),
				List.of());
		assertThat(Replay.of(paused, this.terms, 0, UNTIL).get(0).termEndsAt()).isEqualTo(at("2026-09-29T00:00"));
	}

	@Test
	void freeDayOfTheDraftMovesAgreedTermsAndNoTermOfLaw() {
		Map<LocalDate, String> days = Map.of(LocalDate.of(2026, 9, 9), "de feestweek");
		Terms free = InstalledTerms.terms().trying(draft(10, days));
		Step step = Replay.of(open(stay(Rung.LOCAL, OPENED, null)), free, 0, UNTIL).get(0);
		assertThat(step.termEndsAt()).isEqualTo(at("2026-09-23T00:00"));
		assertThat(free.forRung(Rung.LOCAL, OPENED, null, 0).explanation())
			.contains("De feestweek (9 september) telt niet mee");
		LocalDate received = LocalDate.of(2026, 8, 9);
		assertThat(free.forSubjectRequest(received, 0)).isEqualTo(new Term(free.forSubjectRequest(received, 1).endsAt(),
				free.forSubjectRequest(received, 1).lastDay(), free.forSubjectRequest(received, 1).explanation(), 0));
		assertThat(free.workingDays(0).away(LocalDate.of(2026, 9, 8), 1)).isEqualTo(LocalDate.of(2026, 9, 10));
		assertThat(free.workingDays(1).away(LocalDate.of(2026, 9, 8), 1)).isEqualTo(LocalDate.of(2026, 9, 9));
	}

	@Test
	void momentsComeWhileNobodyHasTheLeadAndWaitWhileSomebodyHas() {
		List<WatchMoment> moments = List.of(
				new WatchMoment(0, "openTwoDays", "opening", 2, 0, List.of("caseTeam"), false),
				new WatchMoment(0, "stillNobody", "repeat", 5, 0, List.of("caseTeam"), false));
		Instant until = at("2026-10-01T00:00");
		assertThat(WatchMoments.replay(file(null, null), moments, this.terms.workingDays(0),
				new Asked(List.<Lead>of(), List.of()), until))
			.extracting((come) -> come.moment().id(), WatchMoments.Come::at)
			.containsExactly(tuple("openTwoDays", at("2026-09-09T00:00")),
					tuple("stillNobody1", at("2026-09-16T00:00")), tuple("stillNobody2", at("2026-09-23T00:00")),
					tuple("stillNobody3", at("2026-09-30T00:00")));
		Asked held = new Asked(List.<Lead>of(), List.of(new Held(at("2026-09-15T00:00"), at("2026-09-20T12:00"))));
		assertThat(WatchMoments.replay(file(null, null), moments, this.terms.workingDays(0), held, until))
			.extracting((come) -> come.moment().id(), WatchMoments.Come::at)
			.containsExactly(tuple("openTwoDays", at("2026-09-09T00:00")),
					tuple("stillNobody1", at("2026-09-20T12:00")), tuple("stillNobody2", at("2026-09-25T00:00")));
		Asked kept = new Asked(List.<Lead>of(), List.of(new Held(at("2026-09-08T00:00"), null)));
		assertThat(WatchMoments.replay(file(null, null), moments, this.terms.workingDays(0), kept, until)).isEmpty();
	}

	@Test
	void tenThousandCasesTakeSeconds() {
		List<History> histories = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			Instant opened = OPENED.minus(Duration.ofHours(7L * i % 9000));
			Instant decided = (i % 3 == 0) ? null : opened.plus(Duration.ofDays(5 + i % 40));
			histories
				.add((i % 3 == 0) ? open(stay(Rung.LOCAL, opened, null)) : closed(stay(Rung.LOCAL, opened, decided)));
		}
		Map<String, Consequences> found = new HashMap<>();
		long begun = System.nanoTime();
		for (int version : List.of(0, 1)) {
			Consequences all = new Consequences(OPENED);
			histories.forEach((each) -> all.add(Replay.of(each, this.terms, version, UNTIL), List.of()));
			found.put("version " + version, all);
		}
		Duration took = Duration.ofNanos(System.nanoTime() - begun);
		System.out.println("10,000 cases under two versions: " + took.toMillis() + " ms");
		assertThat(took).isLessThan(Duration.ofSeconds(30));
		assertThat(found.get("version 0").lastYear(Rung.LOCAL).up())
			.isGreaterThan(found.get("version 1").lastYear(Rung.LOCAL).up());
	}

	private static History open(Stay... stays) {
		return new History(file(null, null), BODIES, List.of(stays), List.of(), new Asked(List.of(), List.of()),
				List.of());
	}

	private static History closed(Stay... stays) {
		return new History(file(null, stays[stays.length - 1].leftAt()), BODIES, List.of(stays), List.of(),
				new Asked(List.of(), List.of()), List.of());
	}

	private static CaseFile file(LocalDate event, Instant closedAt) {
		return new CaseFile(1, "DB-2026-000001", 1, "GM1",
				(closedAt != null) ? CaseFile.State.CLOSED : CaseFile.State.OPEN, null, "", List.of(), null, event,
				null, null, "anna", OPENED, closedAt, 1);
	}

	private static Stay stay(Rung rung, Instant opened, Instant left) {
		return new Stay(rung, BODIES.get(rung), opened, null, List.of(), left, left);
	}

	private static TermsVersion draft(int localDays) {
		return draft(localDays, Map.of());
	}

	private static TermsVersion draft(int localDays, Map<LocalDate, String> days) {
		TermsVersion installed = InstalledTerms.terms().get(1);
		Map<Rung, RungTerm> rungs = new HashMap<>(installed.rungs());
		rungs.put(Rung.LOCAL, new RungTerm(Span.workingDays(localDays), Span.workingDays(5)));
		return new TermsVersion(0, installed.validFrom(), installed.questionWorkingDays(),
				installed.ratificationWorkingDays(), installed.agencyWorkingDays(), installed.measuresWorkingDays(),
				installed.outcomeWorkingDays(), installed.announcementWorkingDays(), installed.leadStepWorkingDays(),
				installed.leadReturnWorkingDays(), installed.leadAbsenceWorkingDays(), installed.lookBackWorkingDays(),
				installed.mediatedSessionWorkingDays(), installed.aftercareWorkingDays(),
				installed.accessReviewWorkingDays(), installed.crisisWindowWorkingDays(), installed.signalWeeks(),
				installed.signalThreatWorkingDays(), installed.crisisRung(), installed.crisisQuestion(),
				installed.crisisExtension(), rungs, days, "GM1");
	}

	private static Instant at(String moment) {
		return LocalDateTime.parse(moment).atZone(DutchTime.ZONE).toInstant();
	}

}
