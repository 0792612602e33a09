package nl.doorbraak.ladder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * By when something must have happened on the ladder, and why that date: the agreed
 * lengths of a version, reckoned in Europe/Amsterdam under the Algemene termijnenwet.
 *
 * <p>
 * Every method that takes a version throws an {@link IllegalArgumentException} if that
 * version of the terms does not exist.
 */
@Component
public class Terms {

	/** Weeks to decide on an application where no law names a term (Awb 4:13). */
	public static final int USUAL_WEEKS = 8;

	private final TermSource source;

	Terms(TermSource source) {
		this.source = source;
	}

	/**
	 * The newest version for everybody in force at that moment.
	 * @throws IllegalStateException if no version is in force yet
	 */
	public int currentVersion(Instant now) {
		return version(now)
			.orElseThrow(() -> new IllegalStateException("No version of the terms is in force at " + now));
	}

	/** The newest version for everybody at any moment; nothing before the first one. */
	public Optional<Integer> version(Instant at) {
		return newest(null, at);
	}

	/**
	 * The version that a case of a municipality begins with at that moment: its own, else
	 * its region's, else that of everybody.
	 * @throws IllegalStateException if no version is in force yet
	 */
	public int currentVersion(Instant now, String municipality, @Nullable String region) {
		return version(now, municipality, region)
			.orElseThrow(() -> new IllegalStateException("No version of the terms is in force at " + now));
	}

	/** The same at any moment; nothing before the first version. */
	public Optional<Integer> version(Instant at, String body, @Nullable String region) {
		return newest(body, at).or(() -> (region != null) ? newest(region, at) : Optional.empty())
			.or(() -> version(at));
	}

	private Optional<Integer> newest(@Nullable String body, Instant at) {
		return this.source.versions()
			.stream()
			.filter((version) -> !version.validFrom().isAfter(at) && Objects.equals(version.body(), body))
			.max(Comparator.comparing(TermsVersion::validFrom).thenComparing(TermsVersion::version))
			.map(TermsVersion::version);
	}

	/** All versions, in the order in which they were adopted. */
	public List<TermsVersion> versions() {
		return this.source.versions();
	}

	/** The lengths of one version. */
	public TermsVersion get(int version) {
		return find(version);
	}

	/**
	 * Writes down a version that was adopted; nobody changes it after that.
	 * @return its number
	 */
	public int adopt(TermsVersion terms, Adoption adoption) {
		return this.source.add(terms, adoption);
	}

	/**
	 * The same answers as they are now, read once, with one version more that nobody
	 * adopted.
	 */
	public Terms trying(TermsVersion draft) {
		List<TermsVersion> all = new ArrayList<>(this.source.versions());
		all.add(draft);
		Map<LocalDate, String> days = Map.copyOf(this.source.equatedDays());
		return new Terms(new TermSource() {

			@Override
			public List<TermsVersion> versions() {
				return all;
			}

			@Override
			public int add(TermsVersion terms, Adoption adoption) {
				throw new IllegalStateException("What is only tried is not adopted");
			}

			@Override
			public Map<LocalDate, String> equatedDays() {
				return days;
			}

		});
	}

	/**
	 * The term of a rung that was opened at that moment. If the event date would fall
	 * within it, it ends on the last working day before; in crisis it counts in hours.
	 */
	public Term forRung(Rung rung, Instant openedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).forRung(rung, openedAt, eventDate);
	}

	/**
	 * The term of the question "omhoog, verlengen of afsluiten", today the same on every
	 * rung; the event date works as on the term of a rung.
	 */
	public Term forQuestion(Rung rung, Instant askedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).forQuestion(askedAt, eventDate);
	}

	/**
	 * The new term of a rung that is extended at that moment, counted from then; the
	 * event date works as on the term of a rung.
	 */
	public Term extended(Rung rung, Instant extendedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).extended(rung, extendedAt, eventDate);
	}

	/**
	 * The day on which a case that went down is looked at again at the latest, moved on
	 * to a working day if it is none (Algemene termijnenwet, article 1).
	 */
	public Term lookAgain(LocalDate lookAgainOn, int version) {
		return rules(version).lookAgain(lookAgainOn);
	}

	/**
	 * Until when the reasons of a hurried decision may follow: one week after it, on to a
	 * working day. The law counts from the announcement (Awb 3:47, third paragraph),
	 * which comes later: see {@link #forReasonsAnnounced}.
	 */
	public Term forReasons(Instant decidedAt, int version) {
		return law(version).forReasons(decidedAt);
	}

	/**
	 * The same week once the decision was announced, as the law counts it: from that day.
	 */
	public Term forReasonsAnnounced(LocalDate announcedOn, int version) {
		return law(version).forReasonsAnnounced(announcedOn);
	}

	/**
	 * Until when the next competent function ratifies what was signed under a crisis
	 * mandate.
	 */
	public Term forRatification(Instant decidedAt, int version) {
		return rules(version).forRatification(decidedAt);
	}

	/**
	 * Until when an agency answers a question; the event date works as on the term of a
	 * rung.
	 */
	public Term forAgency(Instant askedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).forAgency(askedAt, eventDate);
	}

	/**
	 * Until when a body decides on an application: within the weeks of the scheme's own
	 * law, else within eight (Awb 4:13, second paragraph).
	 */
	public Term forApplication(Instant receivedAt, int weeks, String law, int version) {
		return law(version).forApplication(receivedAt, weeks, law);
	}

	/**
	 * Until when the team says whether what was decided is done; in crisis it counts in
	 * hours, as on a rung.
	 */
	public Term forMeasures(Instant decidedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).forMeasures(decidedAt, eventDate);
	}

	/**
	 * The day on which the team looks again whether it is done, moved on to a working day
	 * if it is none.
	 */
	public Term measuresAgain(LocalDate lookAgainOn, int version) {
		return rules(version).measuresAgain(lookAgainOn);
	}

	/** Until when the team closes with the outcome, once the measures are settled. */
	public Term forOutcome(Instant settledAt, int version) {
		return rules(version).forOutcome(settledAt);
	}

	/** The same for a case that was closed without a breakthrough. */
	public Term forClosing(Instant closedAt, int version) {
		return rules(version).forClosing(closedAt);
	}

	/** Until when the team asks how it goes, some months after the closing. */
	public Term forAftercare(Instant begunAt, int version) {
		return rules(version).forAftercare(begunAt);
	}

	/**
	 * Until when a decision is announced to whom it is for: without that it has no effect
	 * (Awb 3:40).
	 */
	public Term forAnnouncement(Instant decidedAt, int version) {
		return rules(version).forAnnouncement(decidedAt);
	}

	/** Until when who has the lead must write something down. */
	public Term forLeadStep(Instant lastStep, int version) {
		return rules(version).forLeadStep(lastStep);
	}

	/**
	 * How many working days who has the lead may be away without handing it over.
	 */
	public int leadAbsenceWorkingDays(int version) {
		return rules(version).leadAbsenceWorkingDays();
	}

	/**
	 * Until when the helpers meet who do not agree on the household's perspective; the
	 * event date works as on the term of a rung.
	 */
	public Term forMediatedSession(Instant askedAt, @Nullable LocalDate eventDate, int version) {
		return rules(version).forMediatedSession(askedAt, eventDate);
	}

	/** Until when the team looks back on what a crisis settled. */
	public Term forLookBack(Instant closedAt, int version) {
		return rules(version).forLookBack(closedAt);
	}

	/** Until when a manager says whether an emergency access was justified. */
	public Term forAccessReview(Instant grantedAt, int version) {
		return rules(version).forAccessReview(grantedAt);
	}

	/**
	 * Until when a resident who asked for access or correction is answered: within one
	 * month of receipt (AVG 12, third paragraph).
	 */
	public Term forSubjectRequest(LocalDate receivedOn, int version) {
		return law(version).forSubjectRequest(receivedOn);
	}

	/**
	 * The same, extended by two further months because the request is complex or there
	 * are many.
	 */
	public Term forSubjectRequestExtended(LocalDate receivedOn, int version) {
		return law(version).forSubjectRequestExtended(receivedOn);
	}

	/**
	 * Until when contact is sought after an early signal: within the weeks of the first
	 * conversation, within days where something threatens (Wgs article 4). The law counts
	 * these from a request; for a signal they are an agreement.
	 */
	public Term forEarlySignal(Instant receivedAt, boolean threatening, int version) {
		return rules(version).forEarlySignal(receivedAt, threatening);
	}

	/** Until when the lead is taken back from who was warned and does nothing. */
	public Term forLeadReturn(Instant warnedAt, int version) {
		return rules(version).forLeadReturn(warnedAt);
	}

	/**
	 * Until when somebody can object: six weeks, from the day after the announcement (Awb
	 * 6:7, 6:8), on to a working day.
	 */
	public Term forObjection(LocalDate announcedOn, int version) {
		return law(version).forObjection(announcedOn);
	}

	/**
	 * Until when an objection is decided: six weeks, from the day after the last day to
	 * object (Awb 7:10). What came after that day counts from its receipt; of that the
	 * law says nothing.
	 */
	public Term forObjectionDecision(LocalDate objectionUntil, LocalDate receivedOn, int version) {
		return law(version).forObjectionDecision(objectionUntil, receivedOn);
	}

	/** Until when a complaint is dealt with: six weeks after its receipt (Awb 9:11). */
	public Term forComplaint(LocalDate receivedOn, int version) {
		return law(version).forComplaint(receivedOn);
	}

	/** Until when somebody can appeal against what was decided on an objection. */
	public Term forAppeal(LocalDate decidedOn, int version) {
		return law(version).forAppeal(decidedOn);
	}

	/**
	 * How long the emergency stop of the CJIB lasts at most: four months, and eight more
	 * where the municipality's debt help began within them. The first day counts; terms
	 * this long do not move to a working day (Algemene termijnenwet, article 4).
	 */
	public Term forEmergencyStop(LocalDate since, @Nullable LocalDate debtHelpOn, int version) {
		return rules(version).forEmergencyStop(since, debtHelpOn);
	}

	/**
	 * How long a broad moratorium lasts at most: six months from the day on which the
	 * court ordered it, reckoned as the emergency stop.
	 */
	public Term forBroadMoratorium(LocalDate since, int version) {
		return rules(version).forBroadMoratorium(since);
	}

	/**
	 * The end of a term after a pause: exactly as much later as the pause lasted. A term
	 * in days, known by its end at 00:00 Europe/Amsterdam, then runs on to the end of
	 * that day and on to a working day; the event date is not looked at again.
	 * @throws IllegalArgumentException if the pause ends before it starts
	 */
	public Term resumed(Instant endsAt, Instant pausedAt, Instant resumedAt, int version) {
		return rules(version).resumed(endsAt, pausedAt, resumedAt);
	}

	/**
	 * Whether the event is known and has passed or is so few working days away that terms
	 * count in hours; the days are those of Europe/Amsterdam, today does not count.
	 */
	public boolean inCrisis(@Nullable LocalDate eventDate, Instant now, int version) {
		return eventDate != null && rules(version).inCrisis(eventDate, now);
	}

	/** Whether it is a working day for agreed terms of a version. */
	public boolean isWorkingDay(LocalDate day, int version) {
		return calendar(find(version)).isWorkingDay(day);
	}

	/** Whether it is a day from Monday to Friday on which nothing is closed by law. */
	public boolean isWorkingDay(LocalDate day) {
		return new WorkingCalendar(this.source.equatedDays()).isWorkingDay(day);
	}

	/**
	 * The working day so many working days after this day, or before it when negative;
	 * the day itself does not count.
	 */
	public LocalDate workingDay(LocalDate day, int away) {
		return workingDays().away(day, away);
	}

	/** The same for many days at once, by the calendar as it stands now. */
	public WorkingDays workingDays() {
		return workingDays(new WorkingCalendar(this.source.equatedDays()));
	}

	/** The same, with the free days of a version of the terms. */
	public WorkingDays workingDays(int version) {
		return workingDays(calendar(find(version)));
	}

	private static WorkingDays workingDays(WorkingCalendar calendar) {
		return (day, away) -> {
			if (away >= 0) {
				return calendar.plusWorkingDays(day, away);
			}
			LocalDate result = day;
			for (int i = away; i < 0; i++) {
				result = calendar.workingDayBefore(result);
			}
			return result;
		};
	}

	private TermRules rules(int version) {
		TermsVersion terms = find(version);
		return new TermRules(terms, calendar(terms));
	}

	/** Of terms of law: a free day that people agreed on does not move them. */
	private TermRules law(int version) {
		return new TermRules(find(version), new WorkingCalendar(this.source.equatedDays()));
	}

	private WorkingCalendar calendar(TermsVersion terms) {
		Map<LocalDate, String> days = new HashMap<>(terms.freeDays());
		days.putAll(this.source.equatedDays());
		return new WorkingCalendar(days);
	}

	private TermsVersion find(int version) {
		return this.source.versions()
			.stream()
			.filter((candidate) -> candidate.version() == version)
			.findAny()
			.orElseThrow(() -> new IllegalArgumentException("There is no version " + version + " of the terms"));
	}

	/** Counts working days from a day. */
	@FunctionalInterface
	public interface WorkingDays {

		/** The day so many working days after this one, or before it (negative). */
		LocalDate away(LocalDate day, int away);

	}

}
