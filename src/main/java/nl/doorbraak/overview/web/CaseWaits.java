package nl.doorbraak.overview.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.carryout.CarryOut;
import nl.doorbraak.carryout.Closings;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.casefile.MediatedSessions;
import nl.doorbraak.casefile.RoundTables;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.LeadQuestions;
import nl.doorbraak.lead.SilentLeads;
import nl.doorbraak.mandate.Announcements;
import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.mandate.Objection;
import nl.doorbraak.mandate.Objections;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.Offered;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What a case waits for: what must be done, by whom, by when, and why then; the nearest
 * first. Each room knows why its own term ends when it does.
 */
@Component
class CaseWaits {

	private final Worklist worklist;

	private final CaseFiles files;

	private final MediatedSessions sessions;

	private final RoundTables roundTables;

	private final SilentLeads silentLeads;

	private final Proposals proposals;

	private final AgencyRequests agencies;

	private final FollowUps followUps;

	private final Announcements announcements;

	private final Objections objections;

	private final CarryOut carryOut;

	private final Closings closings;

	private final Measures measures;

	private final StoryWords words;

	CaseWaits(Worklist worklist, CaseFiles files, MediatedSessions sessions, RoundTables roundTables,
			SilentLeads silentLeads, Proposals proposals, AgencyRequests agencies, FollowUps followUps,
			Announcements announcements, Objections objections, CarryOut carryOut, Closings closings, Measures measures,
			StoryWords words) {
		this.worklist = worklist;
		this.files = files;
		this.sessions = sessions;
		this.roundTables = roundTables;
		this.silentLeads = silentLeads;
		this.proposals = proposals;
		this.agencies = agencies;
		this.followUps = followUps;
		this.announcements = announcements;
		this.objections = objections;
		this.carryOut = carryOut;
		this.closings = closings;
		this.measures = measures;
		this.words = words;
	}

	/** Adds them to the case page, with what the rooms say of it. */
	void show(Model model, String reader, CaseFiles.Dossier dossier, @Nullable Lead lead, Locale locale) {
		String number = dossier.file().number();
		boolean climbing = dossier.file().outcome() == null;
		Waits waits = new Waits(this.words.in(locale), dossier.at(), dossier.pausedSince().orElse(null));
		if (climbing) {
			dossier.stay()
				.ifPresent((stay) -> waits.because(stay.termEndsAt(), stay.termExplanation())
					.because(stay.questionEndsAt(), waits.say("waits.question")));
			Optional.ofNullable(dossier.file().eventDate())
				.ifPresent((day) -> waits.add(waits.say("timeline.event"), "", day, waits.say("waits.event")));
		}
		String leader = (lead != null && climbing) ? lead.person() : null;
		present(model, "silence", this.silentLeads.of(dossier.file())).filter((silence) -> leader != null)
			.ifPresent((silence) -> waits.stop(waits.say("waits.step"), waits.person(leader),
					Waits.end(silence.lastDay()), silence.explanation()));
		present(model, "roundTable", this.roundTables.coming(number)).filter((table) -> climbing)
			.ifPresent((table) -> waits.add(waits.say("roundTable.title"), "", table.beginsAt(), ""));
		present(model, "disagreement", this.sessions.status(number))
			.ifPresent((session) -> waits.because(session.dueAt(), session.explanation()));
		for (Proposals.Line each : all(model, "proposals", this.proposals.history(number))) {
			waits.because(each.answerDueAt(), each.answerExplanation());
		}
		for (AgencyRequest each : all(model, "requests", this.agencies.history(number))) {
			waits.because(each.dueAt(), each.explanation());
		}
		for (FollowUps.Line each : all(model, "followUps", this.followUps.history(number))) {
			waits.because(Waits.end(each.lastDay()), each.explanation());
		}
		for (Objection each : all(model, "objections", this.objections.history(number))) {
			waits.because(each.dueAt(), each.explanation());
		}
		present(model, "announcement", this.announcements.of(number))
			.ifPresent((each) -> waits.because(each.dueAt(), each.explanation()));
		present(model, "carryOut", this.carryOut.status(number))
			.ifPresent((each) -> waits.because(each.dueAt(), each.explanation()));
		present(model, "closing", this.closings.status(number))
			.ifPresent((each) -> waits.because(each.dueAt(), each.explanation()));
		List<Measure> measures = this.measures.of(number)
			.stream()
			.map((each) -> each.in((text) -> this.files.readable(reader, number, text)))
			.toList();
		all(model, "measures", measures).stream()
			.filter((each) -> each.isOpen() && dossier.reader().sees(Sight.MEASURES))
			.forEach((each) -> waits.add(waits.say("waits.measure", each.what()), waits.doer(each), each.dueOn(),
					waits.label(each.source())));
		Set<Long> apart = this.agencies.apart(number);
		waits.add(this.worklist.openIn(number)
			.stream()
			.filter((each) -> each.task().part() == null || !each.task().form().endsWith("-request")
					|| !apart.contains(each.task().part()))
			.toList());
		model.addAttribute("waits", waits.nearestFirst());
	}

	private static <T> Optional<T> present(Model model, String name, Optional<T> value) {
		model.addAttribute(name, value.orElse(null));
		return value;
	}

	private static <T> List<T> all(Model model, String name, List<T> values) {
		model.addAttribute(name, values);
		return values;
	}

	private static final class Waits {

		private final StoryWords.In words;

		private final Instant now;

		private final @Nullable Instant pausedSince;

		private final Map<Instant, String> reasons = new HashMap<>();

		private final List<Wait> all = new ArrayList<>();

		Waits(StoryWords.In words, Instant now, @Nullable Instant pausedSince) {
			this.words = words;
			this.now = now;
			this.pausedSince = pausedSince;
		}

		String say(String key, Object... with) {
			return this.words.say(key, with);
		}

		String label(Coded named) {
			return this.words.label(named);
		}

		String person(@Nullable String login) {
			return (login != null) ? this.words.person(login) : "";
		}

		String doer(Measure measure) {
			String person = measure.person();
			return (person != null) ? this.words.person(person) : this.words.organisation(measure.organisation());
		}

		/**
		 * Remembers why something ends when it does; the engine counts in milliseconds.
		 */
		Waits because(@Nullable Instant end, @Nullable String why) {
			if (end != null && why != null) {
				this.reasons.put(end.truncatedTo(ChronoUnit.MILLIS), why);
			}
			return this;
		}

		void add(String what, String who, LocalDate lastDay, String why) {
			add(what, who, end(lastDay), why);
		}

		void add(String what, String who, @Nullable Instant end, String why) {
			this.all.add(new Wait(what, who, end, why, end != null && !end.isAfter(this.now), false));
		}

		/** What stands still with the case has no day until it goes on. */
		void stop(String what, String who, Instant end, String why) {
			if (CaseLine.isStill(this.pausedSince, end)) {
				this.all.add(new Wait(what, who, null, "", false, true));
			}
			else {
				add(what, who, end, why);
			}
		}

		/** What the open tasks ask, after the reasons are known. */
		void add(List<Offered> tasks) {
			for (Offered each : tasks) {
				Instant due = each.task().dueAt();
				String what = this.words.task(each.task());
				String who = this.words.holders(each);
				String why = (due != null) ? this.reasons.getOrDefault(due.truncatedTo(ChronoUnit.MILLIS), "") : "";
				if (due == null || each.task().form().equals(LeadQuestions.FORM)) {
					add(what, who, due, why);
				}
				else {
					stop(what, who, due, why);
				}
			}
		}

		List<Wait> nearestFirst() {
			return this.all.stream()
				.sorted(Comparator.comparing((each) -> (each.end() != null) ? each.end() : Instant.MAX))
				.toList();
		}

		static Instant end(LocalDate lastDay) {
			return lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		}

	}

	/**
	 * One thing.
	 *
	 * @param end the first moment after it; null where it has no term, or none that runs
	 * @param still whether its term stands still with the case
	 */
	record Wait(String what, String who, @Nullable Instant end, String why, boolean late, boolean still) {

		/** What and who in one. */
		public String named() {
			return this.who.isEmpty() ? this.what : this.what + " (" + this.who + ")";
		}

	}

}
