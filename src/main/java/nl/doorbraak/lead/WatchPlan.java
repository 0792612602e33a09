package nl.doorbraak.lead;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.ladder.Terms.WorkingDays;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * Which moments come for some cases, as the tables stood: they are read once for all of
 * them.
 */
final class WatchPlan {

	private final IntFunction<WorkingDays> days;

	private final Map<Integer, List<WatchMoment>> moments;

	private final Map<String, List<Lead>> leads;

	private final Map<String, List<Alarm>> alarms;

	/**
	 * The plan.
	 * @param days by version of the terms
	 * @param moments of each version of the terms
	 * @param leads of each case, oldest first
	 * @param alarms of each case, those that were raised
	 */
	WatchPlan(IntFunction<WorkingDays> days, Map<Integer, List<WatchMoment>> moments, Map<String, List<Lead>> leads,
			Map<String, List<Alarm>> alarms) {
		this.days = days;
		this.moments = moments;
		this.leads = leads;
		this.alarms = new HashMap<>(alarms);
	}

	WorkingDays days(CaseFile file) {
		return this.days.apply(file.termsVersion());
	}

	/** Whether the watch has nothing to do: closed, or somebody accepted the lead. */
	boolean rests(CaseFile file) {
		return file.state() == CaseFile.State.CLOSED
				|| leads(file).stream().anyMatch((lead) -> lead.state() == Lead.State.ACCEPTED);
	}

	List<Lead> leads(CaseFile file) {
		return this.leads.getOrDefault(file.number(), List.of());
	}

	/** The first moment after this one. */
	Optional<Instant> next(CaseFile file, Instant now) {
		return planned(file).stream().map(Planned::at).filter((at) -> at.isAfter(now)).findFirst();
	}

	/** When the case is looked at next: now where a moment is due. */
	Instant looksAt(CaseFile file, Instant now) {
		return due(file, now).isEmpty() ? next(file, now).orElseThrow(
				() -> new IllegalStateException("Version " + file.termsVersion() + " of the watch has no repeat"))
				: now;
	}

	/**
	 * Moments that have come and were not raised; warnings that were past when the case
	 * was reported do not count.
	 */
	List<WatchMoment> due(CaseFile file, Instant now) {
		return planned(file).stream()
			.filter((planned) -> !planned.at().isAfter(now) && !isRaised(file, planned.moment()))
			.filter((planned) -> planned.moment().isTheEvent() || planned.at().isAfter(file.reportedAt()))
			.map(Planned::moment)
			.toList();
	}

	/** When a moment that is due came. */
	Instant cameAt(CaseFile file, WatchMoment moment) {
		return planned(file).stream()
			.filter((planned) -> planned.moment().equals(moment))
			.map(Planned::at)
			.findFirst()
			.orElseThrow();
	}

	private List<Planned> planned(CaseFile file) {
		List<Planned> planned = new ArrayList<>();
		LocalDate event = file.eventDate();
		for (WatchMoment moment : this.moments.getOrDefault(file.termsVersion(), List.of())) {
			if (moment.basis().equals("opening")) {
				planned.add(new Planned(moment, start(file, DutchTime.day(file.reportedAt()), moment.workingDays())));
			}
			else if (moment.basis().equals("repeat")) {
				planned.add(new Planned(moment.numbered(timesRaised(file, moment) + 1),
						start(file, DutchTime.day(lastRaisedAt(file)), moment.workingDays())));
			}
			else if (moment.occurrences() > 0) {
				occurred(file, moment).ifPresent((at) -> planned.add(new Planned(moment, at)));
			}
			else if (event != null) {
				planned.add(new Planned(moment, start(file, event, moment.workingDays())));
			}
		}
		planned.sort(Comparator.comparing(Planned::at));
		return planned;
	}

	private Instant start(CaseFile file, LocalDate from, int workingDays) {
		LocalDate day = (workingDays == 0) ? from : days(file).away(from, workingDays);
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	/** When it happened for the last of so many times; nothing when it did not yet. */
	private Optional<Instant> occurred(CaseFile file, WatchMoment moment) {
		List<Lead> all = leads(file);
		List<Instant> times = switch (moment.basis()) {
			case "refusals" -> all.stream()
				.filter((lead) -> lead.state() == Lead.State.REFUSED)
				.map((lead) -> Objects.requireNonNull(lead.answeredAt()))
				.toList();
			case "referrals" -> all.stream()
				.filter((lead) -> lead.referredTo() != null)
				.map((lead) -> Objects.requireNonNull(lead.answeredAt()))
				.toList();
			case "asked" -> List.copyOf(all.stream()
				.filter((lead) -> !lead.askedBy().equals(Actor.TIMER) && !lead.askedBy().equals(lead.person()))
				.collect(Collectors.toMap(Lead::organisation, Lead::askedAt,
						(one, other) -> one.isBefore(other) ? one : other))
				.values());
			default -> throw new IllegalStateException("Watch moment counts unknown basis " + moment.basis());
		};
		return times.stream().sorted().skip(moment.occurrences() - 1).findFirst();
	}

	private int timesRaised(CaseFile file, WatchMoment moment) {
		return (int) alarms(file).stream().filter((alarm) -> alarm.moment().startsWith(moment.id())).count();
	}

	private Instant lastRaisedAt(CaseFile file) {
		return alarms(file).stream().map(Alarm::raisedAt).max(Comparator.naturalOrder()).orElse(file.reportedAt());
	}

	private boolean isRaised(CaseFile file, WatchMoment moment) {
		return alarms(file).stream()
			.anyMatch((alarm) -> alarm.moment().equals(moment.id())
					&& Objects.equals(alarm.eventDate(), moment.eventDate(file)));
	}

	private List<Alarm> alarms(CaseFile file) {
		return this.alarms.getOrDefault(file.number(), List.of());
	}

	/** The plan goes on from these: they were raised now. */
	List<Alarm> raise(CaseFile file, List<WatchMoment> due, Instant now) {
		List<Alarm> raised = due.stream()
			.map((moment) -> new Alarm(file.number(), moment.id(), moment.eventDate(file), now))
			.toList();
		this.alarms.merge(file.number(), raised,
				(before, more) -> Stream.concat(before.stream(), more.stream()).toList());
		return raised;
	}

	/** A moment that was raised: a row of {@code lead_alarm}. */
	record Alarm(String number, String moment, @Nullable LocalDate eventDate, Instant raisedAt) {
	}

	private record Planned(WatchMoment moment, Instant at) {
	}

}
