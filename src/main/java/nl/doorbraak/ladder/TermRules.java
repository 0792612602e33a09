package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reckons the end of a term under one version, in Europe/Amsterdam, and says why.
 *
 * <p>
 * The day on which a term starts does not count. A term in weeks that ends on a day that
 * is no working day moves on (Algemene termijnenwet, article 1); a term in hours runs on
 * through weekends and holidays (article 4). The rule for terms of at least three days
 * (article 2) needs no code, because terms in days count working days only.
 */
final class TermRules {

	static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

	private static final Span A_WEEK = Span.weeks(1);

	private static final Span SIX_WEEKS = Span.weeks(6);

	/** What the law gives for a first conversation after a request (Wgs article 4). */
	private static final Span FIRST_CONVERSATION = Span.weeks(4);

	private static final Span FIRST_CONVERSATION_THREATENING = Span.workingDays(3);

	private static final int STOP_MONTHS = 4;

	private static final int STOP_MORE_MONTHS = 8;

	private static final int MORATORIUM_MONTHS = 6;

	private static final int REQUEST_MONTHS_EXTENDED = 3;

	private final TermsVersion version;

	private final WorkingCalendar calendar;

	private final DutchText dutch;

	TermRules(TermsVersion version, WorkingCalendar calendar) {
		this.version = version;
		this.calendar = calendar;
		this.dutch = new DutchText(calendar);
	}

	Term forRung(Rung rung, Instant openedAt, @Nullable LocalDate eventDate) {
		Span span = this.version.rung(rung).term();
		if (eventDate != null && inCrisis(eventDate, openedAt)) {
			return inHours("de termijn", this.version.crisisRung(), openedAt, eventDate);
		}
		LocalDate start = day(openedAt);
		return inDays(span.inDutch() + " na " + this.dutch.date(start), span, start, eventDate);
	}

	Term forQuestion(Instant askedAt, @Nullable LocalDate eventDate) {
		return forAnswer(this.version.questionWorkingDays(), askedAt, eventDate);
	}

	Term forAgency(Instant askedAt, @Nullable LocalDate eventDate) {
		return forAnswer(this.version.agencyWorkingDays(), askedAt, eventDate);
	}

	Term forApplication(Instant receivedAt, int weeks, String law) {
		Span span = Span.weeks(weeks);
		LocalDate start = day(receivedAt);
		return inDays("Beslis binnen " + span.inDutch() + " na de aanvraag van " + this.dutch.date(start) + " ("
				+ ((weeks == Terms.USUAL_WEEKS) ? "Awb artikel 4:13" : law) + ")", span, start, null);
	}

	private Term forAnswer(int workingDays, Instant askedAt, @Nullable LocalDate eventDate) {
		Span span = Span.workingDays(workingDays);
		if (eventDate != null && inCrisis(eventDate, askedAt)) {
			return inHours("de tijd om te antwoorden", this.version.crisisQuestion(), askedAt, eventDate);
		}
		LocalDate start = day(askedAt);
		return inDays("Antwoord binnen " + span.inDutch() + " na " + this.dutch.date(start), span, start, eventDate);
	}

	Term extended(Rung rung, Instant extendedAt, @Nullable LocalDate eventDate) {
		Span span = this.version.rung(rung).extension();
		if (eventDate != null && inCrisis(eventDate, extendedAt)) {
			return inHours("de verlenging", this.version.crisisExtension(), extendedAt, eventDate);
		}
		LocalDate start = day(extendedAt);
		return inDays("Verlengd op " + this.dutch.date(start) + " met " + span.inDutch(), span, start, eventDate);
	}

	Term forReasons(Instant decidedAt) {
		LocalDate start = day(decidedAt);
		return inDays("De motivering volgt binnen " + A_WEEK.inDutch() + " na het spoedbesluit van "
				+ this.dutch.date(start)
				+ ", niet later dan de wet het vraagt: binnen een week na de bekendmaking (Awb artikel 3:47, derde lid)",
				A_WEEK, start, null);
	}

	Term forReasonsAnnounced(LocalDate announcedOn) {
		return inDays("De motivering volgt binnen " + A_WEEK.inDutch() + " na de bekendmaking van "
				+ this.dutch.date(announcedOn) + " (Awb artikel 3:47, derde lid)", A_WEEK, announcedOn, null);
	}

	Term forRatification(Instant decidedAt) {
		Span span = Span.workingDays(this.version.ratificationWorkingDays());
		LocalDate start = day(decidedAt);
		return inDays("Bekrachtigen binnen " + span.inDutch() + " na het spoedbesluit van " + this.dutch.date(start),
				span, start, null);
	}

	Term forMeasures(Instant decidedAt, @Nullable LocalDate eventDate) {
		Span span = Span.workingDays(this.version.measuresWorkingDays());
		if (eventDate != null && inCrisis(eventDate, decidedAt)) {
			return inHours("de tijd om de uitvoering te bevestigen", this.version.crisisRung(), decidedAt, eventDate);
		}
		LocalDate start = day(decidedAt);
		return inDays(
				"Bevestig de uitvoering binnen " + span.inDutch() + " na de doorbraak van " + this.dutch.date(start),
				span, start, eventDate);
	}

	Term measuresAgain(LocalDate lookAgainOn) {
		LocalDate lastDay = this.calendar.workingDayFrom(lookAgainOn);
		String agreed = "Op deze dag kijken wij opnieuw";
		return untilEndOf(lastDay, lastDay.equals(lookAgainOn) ? agreed + "."
				: agreed + ": " + this.dutch.movedOn(this.dutch.date(lookAgainOn), lookAgainOn, lastDay) + ".");
	}

	Term forOutcome(Instant settledAt) {
		Span span = Span.workingDays(this.version.outcomeWorkingDays());
		LocalDate start = day(settledAt);
		return inDays("Sluit af binnen " + span.inDutch() + " na het antwoord over de uitvoering van "
				+ this.dutch.date(start), span, start, null);
	}

	Term forClosing(Instant closedAt) {
		Span span = Span.workingDays(this.version.outcomeWorkingDays());
		LocalDate start = day(closedAt);
		return inDays("Vertel binnen " + span.inDutch() + " na de sluiting van " + this.dutch.date(start)
				+ " wat de uitkomst is", span, start, null);
	}

	Term forAftercare(Instant begunAt) {
		Span span = Span.workingDays(this.version.aftercareWorkingDays());
		LocalDate start = day(begunAt);
		return inDays("Vraag binnen " + span.inDutch() + " na " + this.dutch.date(start) + " hoe het gaat", span, start,
				null);
	}

	Term forAnnouncement(Instant decidedAt) {
		Span span = Span.workingDays(this.version.announcementWorkingDays());
		LocalDate start = day(decidedAt);
		return inDays("Maak het besluit bekend binnen " + span.inDutch() + " na " + this.dutch.date(start), span, start,
				null);
	}

	Term forLeadStep(Instant lastStep) {
		Span span = Span.workingDays(this.version.leadStepWorkingDays());
		LocalDate start = day(lastStep);
		return inDays("Wie de regie heeft, schrijft binnen " + span.inDutch() + " na " + this.dutch.date(start)
				+ " een stap op", span, start, null);
	}

	Term forLeadReturn(Instant warnedAt) {
		Span span = Span.workingDays(this.version.leadReturnWorkingDays());
		LocalDate start = day(warnedAt);
		return inDays("Zonder stap is de regie weer vrij: " + span.inDutch() + " na de waarschuwing van "
				+ this.dutch.date(start), span, start, null);
	}

	int leadAbsenceWorkingDays() {
		return this.version.leadAbsenceWorkingDays();
	}

	Term forMediatedSession(Instant askedAt, @Nullable LocalDate eventDate) {
		Span span = Span.workingDays(this.version.mediatedSessionWorkingDays());
		if (eventDate != null && inCrisis(eventDate, askedAt)) {
			return inHours("de tijd voor het gesprek", this.version.crisisQuestion(), askedAt, eventDate);
		}
		LocalDate start = day(askedAt);
		return inDays(
				"Het gesprek onder leiding is binnen " + span.inDutch() + " na het plan van " + this.dutch.date(start),
				span, start, eventDate);
	}

	Term forLookBack(Instant closedAt) {
		Span span = Span.workingDays(this.version.lookBackWorkingDays());
		LocalDate start = day(closedAt);
		return inDays("Kijk binnen " + span.inDutch() + " na " + this.dutch.date(start) + " terug, als het nog vers is",
				span, start, null);
	}

	Term forAccessReview(Instant grantedAt) {
		Span span = Span.workingDays(this.version.accessReviewWorkingDays());
		LocalDate start = day(grantedAt);
		return inDays("Een manager beoordeelt noodtoegang binnen " + span.inDutch() + " na " + this.dutch.date(start),
				span, start, null);
	}

	Term forEarlySignal(Instant receivedAt, boolean threatening) {
		Span span = threatening ? Span.workingDays(this.version.signalThreatWorkingDays())
				: Span.weeks(this.version.signalWeeks());
		Span law = threatening ? FIRST_CONVERSATION_THREATENING : FIRST_CONVERSATION;
		LocalDate start = day(receivedAt);
		return inDays(
				"Zoek contact binnen " + span.inDutch() + " na het signaal van " + this.dutch.date(start)
						+ (threatening ? ", want er dreigt iets" : "")
						+ (span.equals(law) ? " (zoals Wgs artikel 4, " : " (zo is het afgesproken; Wgs artikel 4, ")
						+ (threatening ? "tweede lid, " : "eerste lid, ")
						+ (span.equals(law) ? "voor een eerste gesprek)"
								: "geeft " + law.inDutch() + " voor een eerste gesprek na een verzoek)"),
				span, start, null);
	}

	Term forSubjectRequest(LocalDate receivedOn) {
		return inMonthsOfReceipt("Antwoord de inwoner binnen een maand na de ontvangst van "
				+ this.dutch.date(receivedOn) + " (AVG artikel 12, derde lid)", receivedOn, 1);
	}

	Term forSubjectRequestExtended(LocalDate receivedOn) {
		return inMonthsOfReceipt(
				"De termijn is met twee maanden verlengd: antwoord de inwoner binnen drie maanden na de ontvangst van "
						+ this.dutch.date(receivedOn) + " (AVG artikel 12, derde lid)",
				receivedOn, REQUEST_MONTHS_EXTENDED);
	}

	/**
	 * The day of receipt does not count, and the term ends on the day of the month with
	 * its number, or on the last day of a shorter month; what ends on a day that is no
	 * working day moves on (Regulation 1182/71, article 3).
	 */
	private Term inMonthsOfReceipt(String opening, LocalDate receivedOn, int months) {
		LocalDate nominal = receivedOn.plusMonths(months);
		LocalDate lastDay = this.calendar.workingDayFrom(nominal);
		String shorter = (nominal.getDayOfMonth() == receivedOn.getDayOfMonth()) ? ""
				: " Die maand heeft geen dag " + receivedOn.getDayOfMonth() + ", dus telt haar laatste dag.";
		String why = lastDay.equals(nominal) ? this.dutch.lastDay(lastDay, List.of())
				: DutchText.capitalised(this.dutch.movedOn(this.dutch.date(nominal), nominal, lastDay));
		return untilEndOf(lastDay, opening + "." + shorter + " " + why + ".");
	}

	Term forObjection(LocalDate announcedOn) {
		return inDays("Bezwaar maken kan binnen " + SIX_WEEKS.inDutch() + " na de bekendmaking van "
				+ this.dutch.date(announcedOn) + " (Awb artikel 6:7 en 6:8)", SIX_WEEKS, announcedOn, null);
	}

	Term forObjectionDecision(LocalDate objectionUntil, LocalDate receivedOn) {
		if (receivedOn.isAfter(objectionUntil)) {
			return inDays("Beslis binnen " + SIX_WEEKS.inDutch() + " na de ontvangst van " + this.dutch.date(receivedOn)
					+ ", want het bezwaar kwam na de laatste dag om bezwaar te maken, "
					+ this.dutch.date(objectionUntil), SIX_WEEKS, receivedOn, null);
		}
		return inDays(
				"Beslis binnen " + SIX_WEEKS.inDutch() + " na de laatste dag om bezwaar te maken, "
						+ this.dutch.date(objectionUntil) + " (Awb artikel 7:10, eerste lid)",
				SIX_WEEKS, objectionUntil, null);
	}

	Term forComplaint(LocalDate receivedOn) {
		return inDays("Handel de klacht af binnen " + SIX_WEEKS.inDutch() + " na de ontvangst van "
				+ this.dutch.date(receivedOn) + " (Awb artikel 9:11, eerste lid)", SIX_WEEKS, receivedOn, null);
	}

	Term forAppeal(LocalDate decidedOn) {
		return inDays("Beroep instellen kan binnen " + SIX_WEEKS.inDutch() + " na de beslissing van "
				+ this.dutch.date(decidedOn) + " (Awb artikel 6:7 en 6:8)", SIX_WEEKS, decidedOn, null);
	}

	Term forEmergencyStop(LocalDate since, @Nullable LocalDate debtHelpOn) {
		String most = "De noodstop van het CJIB duurt hoogstens " + STOP_MONTHS + " maanden";
		if (debtHelpOn == null) {
			return inMonths(most, since, STOP_MONTHS);
		}
		return inMonths(most + ", en " + STOP_MORE_MONTHS + " maanden langer omdat de schuldhulp van de gemeente op "
				+ this.dutch.date(debtHelpOn) + " begon", since, STOP_MONTHS + STOP_MORE_MONTHS);
	}

	Term forBroadMoratorium(LocalDate since) {
		return inMonths("Een breed moratorium van de rechter duurt hoogstens " + MORATORIUM_MONTHS
				+ " maanden (Wet gemeentelijke schuldhulpverlening artikel 5)", since, MORATORIUM_MONTHS);
	}

	/** More than three months: Algemene termijnenwet, article 4. */
	private Term inMonths(String most, LocalDate since, int months) {
		LocalDate lastDay = since.plusMonths(months).minusDays(1);
		return untilEndOf(lastDay, most + ". De eerste dag, " + this.dutch.date(since)
				+ ", telt mee, daarom is de laatste dag " + this.dutch.date(lastDay) + ".");
	}

	Term lookAgain(LocalDate lookAgainOn) {
		LocalDate lastDay = this.calendar.workingDayFrom(lookAgainOn);
		String agreed = "Afgesproken is om uiterlijk op " + this.dutch.date(lookAgainOn) + " opnieuw te kijken.";
		return untilEndOf(lastDay, lastDay.equals(lookAgainOn) ? agreed
				: agreed + " " + this.dutch.movedOn("Die dag", lookAgainOn, lastDay) + ".");
	}

	Term resumed(Instant endsAt, Instant pausedAt, Instant resumedAt) {
		Duration pause = Duration.between(pausedAt, resumedAt);
		if (pause.isNegative()) {
			throw new IllegalArgumentException(
					"A pause cannot end (" + resumedAt + ") before it starts (" + pausedAt + ")");
		}
		String paused = "De termijn stond stil van " + this.dutch.moment(pausedAt) + " tot "
				+ this.dutch.moment(resumedAt) + ": " + this.dutch.duration(pause) + ". ";
		Instant shifted = endsAt.plus(pause);
		LocalDate shiftedTo = lastDayBefore(shifted);
		if (!isInDays(endsAt)) {
			return new Term(shifted, shiftedTo,
					paused + "Het einde schuift even lang op, ook in het weekend en op feestdagen, tot "
							+ this.dutch.moment(shifted) + ".",
					this.version.version());
		}
		LocalDate lastDay = this.calendar.workingDayFrom(shiftedTo);
		return untilEndOf(lastDay,
				lastDay.equals(shiftedTo)
						? paused + "Het einde schuift minstens zo lang op, daarom is de laatste dag "
								+ this.dutch.date(lastDay) + "."
						: paused + "Het einde schuift minstens zo lang op; "
								+ this.dutch.movedOn(this.dutch.date(shiftedTo), shiftedTo, lastDay) + ".");
	}

	/** Passed, or at most the window of working days away; today does not count. */
	boolean inCrisis(LocalDate eventDate, Instant now) {
		LocalDate today = day(now);
		return !eventDate.isAfter(today)
				|| eventDate.isBefore(this.calendar.plusWorkingDays(today, this.version.crisisWindowWorkingDays() + 1));
	}

	private Term inDays(String opening, Span span, LocalDate start, @Nullable LocalDate eventDate) {
		LocalDate nominal = switch (span.unit()) {
			case WORKING_DAYS -> this.calendar.plusWorkingDays(start, span.amount());
			case WEEKS -> start.plusWeeks(span.amount());
		};
		LocalDate lastDay = this.calendar.workingDayFrom(nominal);
		if (eventDate != null && !lastDay.isBefore(eventDate)) {
			LocalDate cut = this.calendar.workingDayBefore(eventDate);
			return untilEndOf(cut,
					opening + ", maar de gebeurtenis is op " + this.dutch.date(eventDate) + ". "
							+ this.dutch.therefore(cut, this.calendar.skippedBetween(cut, eventDate))
							+ ", de laatste werkdag daarvoor.");
		}
		String why = switch (span.unit()) {
			case WORKING_DAYS -> this.dutch.lastDay(lastDay, this.calendar.skippedBetween(start, lastDay));
			case WEEKS -> lastDay.equals(nominal) ? this.dutch.lastDay(lastDay, List.of())
					: DutchText.capitalised(this.dutch.movedOn(this.dutch.date(nominal), nominal, lastDay));
		};
		return untilEndOf(lastDay, opening + ". " + why + ".");
	}

	private Term inHours(String subject, Duration hours, Instant start, LocalDate eventDate) {
		Instant end = start.plus(hours);
		String verb = eventDate.isBefore(day(start)) ? "was" : "is";
		return new Term(end, lastDayBefore(end),
				"De gebeurtenis " + verb + " op " + this.dutch.date(eventDate) + ", daarom is " + subject + " "
						+ hours.toHours() + " uur vanaf " + this.dutch.moment(start) + ". "
						+ "Een termijn in uren loopt door in het weekend en op feestdagen, dus tot "
						+ this.dutch.moment(end) + ".",
				this.version.version());
	}

	private Term untilEndOf(LocalDate lastDay, String explanation) {
		return new Term(lastDay.plusDays(1).atStartOfDay(ZONE).toInstant(), lastDay, explanation,
				this.version.version());
	}

	/** A term in days always ends at midnight; one in hours as good as never does. */
	private static boolean isInDays(Instant endsAt) {
		return endsAt.atZone(ZONE).toLocalTime().equals(LocalTime.MIDNIGHT);
	}

	private static LocalDate day(Instant moment) {
		return moment.atZone(ZONE).toLocalDate();
	}

	private static LocalDate lastDayBefore(Instant end) {
		return day(end.minusNanos(1));
	}

}
