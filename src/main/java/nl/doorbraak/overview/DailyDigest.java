package nl.doorbraak.overview;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.alert.Digest;
import nl.doorbraak.alert.Digest.Item;
import nl.doorbraak.alert.DigestContent;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.HandOvers;
import nl.doorbraak.lead.LeadQuestions;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.mandate.Mandates;
import nl.doorbraak.mandate.StandIns;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.signal.EarlySignals;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The start page as a mail: what to do, what comes near, what happened meanwhile. */
@Component
class DailyDigest implements DigestContent {

	private static final int MOST = 20;

	private static final String HOLES = "/bereikbaarheid";

	private static final int NEAR_DAYS = 7;

	private final Worklist worklist;

	private final CaseFiles files;

	private final Leads leads;

	private final HandOvers handOvers;

	private final Mandates mandates;

	private final StandIns standIns;

	private final Terms terms;

	private final Holes holes;

	private final Directory directory;

	private final EarlySignals signals;

	DailyDigest(Worklist worklist, CaseFiles files, Leads leads, HandOvers handOvers, Mandates mandates,
			StandIns standIns, Terms terms, Holes holes, Directory directory, EarlySignals signals) {
		this.worklist = worklist;
		this.files = files;
		this.leads = leads;
		this.handOvers = handOvers;
		this.mandates = mandates;
		this.standIns = standIns;
		this.terms = terms;
		this.holes = holes;
		this.directory = directory;
		this.signals = signals;
	}

	@Override
	public Digest of(Officer reader, LocalDate day) {
		LocalDate before = this.terms.workingDay(day, -1);
		List<CaseLine> cases = this.files.listFor(reader.login());
		return new Digest(cut(toDo(reader, day, this.terms.workingDay(day, 1), cases)),
				cut(lookOut(reader, day, before, cases)), cut(toKnow(reader, day, before)));
	}

	private static List<Item> cut(List<Item> items) {
		if (items.size() <= MOST) {
			return items;
		}
		List<Item> first = new ArrayList<>(items.subList(0, MOST));
		first.add(new Item("En nog " + (items.size() - MOST) + ": die staan op uw startpagina.", "/"));
		return first;
	}

	private List<Item> toDo(Officer reader, LocalDate day, LocalDate until, List<CaseLine> cases) {
		Instant end = until.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		List<Item> items = this.worklist.openTasksDue(reader.login(), end)
			.stream()
			.filter((task) -> !task.form().equals(LeadQuestions.FORM))
			.filter((task) -> cases.stream()
				.noneMatch((line) -> line.number().equals(task.subject()) && line.isStill(task.dueAt())))
			.sorted(Comparator.comparing(OpenTask::dueAt).thenComparing(OpenTask::subject))
			.map((task) -> new Item(task.subject() + ": " + task.name() + ", " + due(task.dueAt(), day),
					task.form().equals("sign-off") ? "/tekenen/" + task.subject() : "/taak/" + task.id()))
			.collect(Collectors.toCollection(ArrayList::new));
		this.leads.waitingFor(reader)
			.forEach((number) -> items.add(new Item(number + ": uw organisatie is gevraagd de regie te nemen",
					"/casus/" + number + "/regie")));
		this.handOvers.waitingFor(reader.login())
			.forEach((number) -> items
				.add(new Item(number + ": u wordt gevraagd de regie over te nemen", "/casus/" + number + "/regie")));
		this.signals.waiting(reader.login())
			.stream()
			.filter((signal) -> !signal.contactDueAt().isAfter(end))
			.forEach((signal) -> items.add(new Item(
					signal.number() + ": zoek contact na een vroeg signaal, " + due(signal.contactDueAt(), day),
					"/signaal")));
		return items;
	}

	private static String due(@Nullable Instant due, LocalDate day) {
		LocalDate last = DutchTime.lastDay(Objects.requireNonNull(due));
		return (last.isBefore(day) ? "had gemoeten op " : "uiterlijk ") + DutchTime.date(last);
	}

	private List<Item> lookOut(Officer reader, LocalDate day, LocalDate before, List<CaseLine> cases) {
		Map<String, List<String>> found = new TreeMap<>();
		Set<String> open = cases.stream()
			.filter((line) -> line.rung() != null)
			.map(CaseLine::number)
			.collect(Collectors.toSet());
		Set<String> without = this.leads.withoutLead(open);
		for (CaseLine line : cases) {
			List<String> news = new ArrayList<>();
			LocalDate event = line.eventDate();
			if (event != null && !event.isBefore(day) && !event.isAfter(day.plusDays(NEAR_DAYS))) {
				news.add("de gebeurtenis is op " + DutchTime.date(event)
						+ (without.contains(line.number()) ? ", en niemand heeft de regie" : ""));
			}
			LocalDate last = line.termLastDay();
			if (last != null && line.pausedSince() == null && last.isAfter(before) && !last.isAfter(day.plusDays(2))) {
				news.add("de termijn op dit niveau loopt tot en met " + DutchTime.date(last));
			}
			if (!news.isEmpty()) {
				found.put(line.number(), news);
			}
		}
		List<Item> items = found.entrySet()
			.stream()
			.map((each) -> new Item(each.getKey() + ": " + String.join("; ", each.getValue()),
					"/casus/" + each.getKey()))
			.collect(Collectors.toCollection(ArrayList::new));
		this.mandates.ending(reader.login(), before, day)
			.forEach(
					(ending) -> items.add(new Item(
							"Mandaat " + ending.number() + " (" + ending.function() + ") loopt af op "
									+ DutchTime.date(ending.lastDay()) + ", over " + ending.days() + " dagen",
							"/mandaten")));
		holes(reader).forEach(items::add);
		return items;
	}

	/** For who can mend them. */
	private Stream<Item> holes(Officer reader) {
		return reader.posts()
			.stream()
			.filter((post) -> post.function() == Function.MANAGER || post.function() == Function.ADMINISTRATOR)
			.map((post) -> this.directory.getOrganisation(post.organisation()))
			.flatMap((body) -> this.holes.concerning(body).stream())
			.distinct()
			.map((hole) -> new Item((hole.number().isEmpty() ? "" : hole.number() + ": ") + "niemand bereikbaar als "
					+ hole.function().label().toLowerCase(Locale.ROOT) + ", "
					+ this.directory.getOrganisation(hole.body()).name(), HOLES));
	}

	/** By week, on its first working day. */
	private List<Item> toKnow(Officer reader, LocalDate day, LocalDate before) {
		LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
		if (!before.isBefore(monday)) {
			return List.of();
		}
		int decided = this.standIns.lastWeek(reader.login());
		return (decided == 0) ? List.of()
				: List.of(new Item(
						"Vorige week namens u genomen: " + decided + ((decided == 1) ? " besluit" : " besluiten"),
						"/namens-mij?week=" + monday.minusWeeks(1)));
	}

}
