package nl.doorbraak.casefile;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.casefile.KnownDecisions.Known;
import nl.doorbraak.casefile.Plans.Plan;
import nl.doorbraak.support.DutchTime;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decisions in one case that contradict each other: who says yes where another says no,
 * and a body that goes on with what the plan lets it stop. Pointed out, never in the way.
 */
@Service
public class Contradictions {

	private final Plans plans;

	private final ObjectProvider<KnownDecisions> rooms;

	private final Clock clock;

	Contradictions(Plans plans, ObjectProvider<KnownDecisions> rooms, Clock clock) {
		this.plans = plans;
		this.rooms = rooms;
		this.clock = clock;
	}

	/** Each in one or two Dutch sentences. */
	@Transactional(readOnly = true)
	public List<String> of(String number) {
		return Stream.concat(yesAndNo(number), goesOn(this.plans.of(number))).toList();
	}

	/** Of each the last word counts. */
	private Stream<String> yesAndNo(String number) {
		Map<String, Map<String, Known>> last = new LinkedHashMap<>();
		this.rooms.orderedStream()
			.flatMap((room) -> room.of(number).stream())
			.forEach((known) -> last.computeIfAbsent(known.about(), (about) -> new LinkedHashMap<>())
				.put(known.by(), known));
		return last.values()
			.stream()
			.flatMap((all) -> all.values()
				.stream()
				.filter(Known::granted)
				.flatMap((yes) -> all.values()
					.stream()
					.filter((other) -> !other.granted())
					.map((no) -> "Over " + yes.subject() + ": " + said(yes, "ja") + ", en " + said(no, "nee")
							+ ". Zoek uit wat geldt, en zeg in de motivering waarom.")));
	}

	private static String said(Known known, String answer) {
		return known.by() + " zegt " + answer + " (" + DutchTime.date(DutchTime.day(known.at())) + ")";
	}

	/**
	 * Until it has a last day in time, or that body agreed to a time-out.
	 */
	private Stream<String> goesOn(Plan plan) {
		return plan.current(PlanPart.BREAKTHROUGH)
			.stream()
			.filter((breakthrough) -> breakthrough.kind() != null && breakthrough.body() != null)
			.flatMap((breakthrough) -> plan.current(PlanPart.HOUSEHOLD)
				.stream()
				.filter((line) -> Objects.equals(line.kind(), breakthrough.kind())
						&& Objects.equals(line.body(), breakthrough.body()) && lasts(line, breakthrough)
						&& !isStill(plan, line))
				.map((line) -> "Het plan laat " + breakthrough.shown("body") + " iets stoppen ("
						+ line.shown("kind").toLowerCase(Locale.ROOT)
						+ "), maar volgens het overzicht gaat dat door. Spreek een laatste dag of een time-out af, en schrijf die op."));
	}

	private boolean lasts(PlanLine line, PlanLine breakthrough) {
		LocalDate ends = line.endsOn();
		LocalDate before = Optional.ofNullable(breakthrough.text("before")).map(LocalDate::parse).orElse(today());
		return ends == null || !ends.isBefore(before);
	}

	private boolean isStill(Plan plan, PlanLine line) {
		return plan.current(PlanPart.TIME_OUT)
			.stream()
			.anyMatch((timeOut) -> "granted".equals(timeOut.kind()) && Objects.equals(timeOut.body(), line.body())
					&& timeOut.runs(today()));
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

}
