package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.Figures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.casefile.EmergencyAccesses;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.inspection.Inspections;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.HandOvers;
import nl.doorbraak.lead.LeadQuestions;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.mandate.Backings;
import nl.doorbraak.mandate.Mandates;
import nl.doorbraak.mandate.Mandators;
import nl.doorbraak.mandate.Objections;
import nl.doorbraak.mandate.StandIns;
import nl.doorbraak.report.Reports;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.Worklist.Waiting;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import static nl.doorbraak.directory.Function.ADMINISTRATOR;
import static nl.doorbraak.directory.Function.AUDITOR;
import static nl.doorbraak.directory.Function.CASE_DIRECTOR;
import static nl.doorbraak.directory.Function.MANAGER;

/** The start page: what must I do now, and where are my cases? */
@Controller
class StartPage {

	private static final int TODAY = 3;

	/** What the page shows at first, and how much more each time. */
	private static final int FIRST = 20;

	private static final int MOST = 10_000;

	/** An event as near as this comes before any term. */
	private static final int NEAR_DAYS = 7;

	private static final Set<String> TO_SIGN = Set.of("sign-off", "ratify-decision");

	private static final Set<String> LEAD_QUESTION = Set.of(LeadQuestions.FORM);

	private final Worklist worklist;

	private final CaseFiles files;

	private final Directory directory;

	private final Leads leads;

	private final HandOvers handOvers;

	private final Mandates mandates;

	private final Mandators mandators;

	private final StandIns standIns;

	private final Objections objections;

	private final EmergencyAccesses accesses;

	private final Inspections inspections;

	private final Reports reports;

	private final Clock clock;

	StartPage(Worklist worklist, CaseFiles files, Directory directory, Leads leads, HandOvers handOvers,
			Mandates mandates, Mandators mandators, StandIns standIns, Objections objections,
			EmergencyAccesses accesses, Inspections inspections, Reports reports, Clock clock) {
		this.reports = reports;
		this.accesses = accesses;
		this.inspections = inspections;
		this.mandators = mandators;
		this.standIns = standIns;
		this.objections = objections;
		this.mandates = mandates;
		this.worklist = worklist;
		this.files = files;
		this.directory = directory;
		this.leads = leads;
		this.handOvers = handOvers;
		this.clock = clock;
	}

	@GetMapping("/")
	String start(Model model, Principal reader, @RequestParam(name = "tot", defaultValue = "0") int until) {
		Officer me = this.directory.getOfficer(reader.getName());
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		List<CaseLine> cases = this.files.listFor(me.login());
		Waiting waiting = this.worklist.waiting(me.login());
		List<String> asked = this.leads.waitingFor(me);
		int shown = Math.min(Math.max(until, FIRST), MOST);
		long questions = waiting.of(LEAD_QUESTION);
		List<Thing> things = things(tasks(me.login(), cases, asked, shown + (int) questions, today), cases, asked,
				this.handOvers.waitingFor(me.login()), asManager(me.login(), cases), today);
		long all = waiting.tasks() - questions + things.stream().filter((thing) -> thing.kind() != Kind.TASK).count();
		model.addAttribute("now", now);
		model.addAttribute("things", things.stream().limit(TODAY).toList());
		model.addAttribute("later", things.stream().skip(TODAY).limit(shown - TODAY).toList());
		model.addAttribute("all", all);
		model.addAttribute("shown", shown);
		model.addAttribute("more", (all > shown) ? shown + FIRST : null);
		model.addAttribute("cases", cases);
		model.addAttribute("finished", this.objections.finishedWith(me.login()));
		model.addAttribute("ladder", ladder(cases, today));
		model.addAttribute("nearElsewhere",
				cases.stream().filter((line) -> line.rung() == null && isNear(line, today)).count());
		model.addAttribute("functions", me.posts().stream().map(Officer.Post::function).distinct().toList());
		model.addAttribute("counts", counts(waiting, cases));
		model.addAttribute("mayReport", me.holds(CASE_DIRECTOR));
		model.addAttribute("auditor", me.holds(AUDITOR));
		model.addAttribute("figures",
				Stream.concat(Figures.READERS.stream(), Figures.OWN.stream()).anyMatch(me::holds));
		model.addAttribute("administrator", me.holds(ADMINISTRATOR));
		model.addAttribute("mayCheckReach", me.holds(ADMINISTRATOR) || me.holds(MANAGER));
		model.addAttribute("behalf", this.standIns.lastWeek(me.login()));
		if (Mandates.READERS.stream().anyMatch(me::holds)) {
			model.addAttribute("register", this.mandates.toDo(me.login()));
		}
		if (Reports.readers().stream().anyMatch(me::holds)) {
			model.addAttribute("reports", this.reports.lastMonths(me.login()));
		}
		model.addAttribute("backs", Backings.GIVERS.stream().anyMatch(me::holds));
		model.addAttribute("mandator", this.mandators.isMandator(me.login()));
		return "overview/start";
	}

	/**
	 * All about cases that come first whatever their deadline, and the nearest deadlines
	 * of the others.
	 */
	private Collection<OpenTask> tasks(String login, List<CaseLine> cases, List<String> asked, int most,
			LocalDate today) {
		Set<String> first = cases.stream()
			.filter((line) -> isNear(line, today))
			.map(CaseLine::number)
			.collect(Collectors.toSet());
		first.addAll(asked);
		Map<String, OpenTask> tasks = new LinkedHashMap<>();
		this.worklist.openTasks(login, 0, most).forEach((task) -> tasks.put(task.id(), task));
		this.worklist.openTasksOf(login, first).forEach((task) -> tasks.put(task.id(), task));
		return tasks.values();
	}

	/**
	 * A near event first, by its day; then the nearest deadline, and last what stands
	 * still. A case with a near event that waits for somebody else is a thing to look at
	 * too.
	 */
	private static List<Thing> things(Collection<OpenTask> tasks, List<CaseLine> cases, List<String> asked,
			List<String> offered, List<Thing> more, LocalDate today) {
		Map<String, CaseLine> byNumber = byNumber(cases);
		List<Thing> things = new ArrayList<>(more);
		tasks.stream()
			.filter((task) -> !isLeadQuestion(task))
			.forEach((task) -> things.add(new Thing(Kind.TASK, task.subject(), task, link(task), "/taak/" + task.id(),
					byNumber.get(task.subject()), task.dueAt(), null, task.assignee() != null)));
		asked.forEach((number) -> {
			Optional<OpenTask> task = tasks.stream()
				.filter((each) -> isLeadQuestion(each) && each.subject().equals(number))
				.findFirst();
			things.add(new Thing(Kind.LEAD, number, null, lead(number),
					task.map((each) -> "/taak/" + each.id()).orElse(null), byNumber.get(number),
					task.map(OpenTask::dueAt).orElse(null), null, task.map(OpenTask::assignee).isPresent()));
		});
		offered.forEach((number) -> things
			.add(new Thing(Kind.HAND_OVER, number, null, lead(number), null, byNumber.get(number), null, null, false)));
		Set<String> listed = things.stream().map(Thing::number).collect(Collectors.toSet());
		cases.stream()
			.filter((line) -> !listed.contains(line.number()) && isNear(line, today))
			.forEach((line) -> things.add(new Thing(Kind.WATCH, line.number(), null, "/casus/" + line.number(), null,
					line, null, null, false)));
		return things.stream()
			.sorted(Comparator
				.comparing((Thing thing) -> isNear(thing.line(), today) ? day(thing.line()) : LocalDate.MAX)
				.thenComparing((thing) -> (thing.dueAt() != null && !thing.isStill()) ? thing.dueAt() : Instant.MAX)
				.thenComparing(Thing::number))
			.toList();
	}

	/** What a manager must say something of, and is no task. */
	private List<Thing> asManager(String login, List<CaseLine> cases) {
		Map<String, CaseLine> byNumber = byNumber(cases);
		return Stream.concat(
				this.accesses.toReview(login)
					.stream()
					.map((each) -> new Thing(Kind.ACCESS, each.number(), null, "/noodtoegang#toegang-" + each.id(),
							null, byNumber.get(each.number()), each.reviewDueAt(), null, false)),
				this.inspections.waiting(login)
					.stream()
					.map((each) -> new Thing(Kind.FINDING, each.number(), null, "/bevindingen#bevinding-" + each.id(),
							null, byNumber.get(each.number()), null, each.since(), false)))
			.toList();
	}

	private static Map<String, CaseLine> byNumber(List<CaseLine> cases) {
		return cases.stream().collect(Collectors.toMap(CaseLine::number, Function.identity()));
	}

	/** Is listed as the question that it is. */
	private static boolean isLeadQuestion(OpenTask task) {
		return task.form().equals(LeadQuestions.FORM);
	}

	private static String lead(String number) {
		return "/casus/" + number + "/regie";
	}

	/** What is signed has a page of its own. */
	private static String link(OpenTask task) {
		return task.form().equals(SigningPage.FORM) ? "/tekenen/" + task.subject() : "/taak/" + task.id();
	}

	private static boolean isNear(@Nullable CaseLine line, LocalDate today) {
		return line != null && line.eventDate() != null && !day(line).isAfter(today.plusDays(NEAR_DAYS));
	}

	private static LocalDate day(@Nullable CaseLine line) {
		LocalDate day = (line != null) ? line.eventDate() : null;
		return (day != null) ? day : LocalDate.MAX;
	}

	/** The levels, the highest first, with how many of the cases stand on each. */
	private static List<Step> ladder(List<CaseLine> cases, LocalDate today) {
		return Stream.of(Rung.values()).sorted(Comparator.reverseOrder()).map((rung) -> {
			List<CaseLine> here = cases.stream().filter((line) -> line.rung() == rung).toList();
			return new Step(rung, here.size(), (int) here.stream().filter((line) -> isNear(line, today)).count());
		}).toList();
	}

	private Counts counts(Waiting waiting, List<CaseLine> cases) {
		Set<String> numbers = cases.stream().map(CaseLine::number).collect(Collectors.toSet());
		return new Counts(cases.size(), waiting.subjects(), waiting.of(TO_SIGN),
				this.leads.withoutLead(numbers).size());
	}

	/**
	 * A task, a question for the lead, a lead to take over, a case whose event is near,
	 * emergency access to judge, or an auditor's finding to answer.
	 */
	public enum Kind {

		TASK, LEAD, HAND_OVER, WATCH, ACCESS, FINDING

	}

	/**
	 * One thing to do.
	 *
	 * @param name of the task; the other kinds have words of their own
	 * @param task where a task stands in Tasklist
	 * @param line the case, where it is in the reader's list
	 * @param since told where it has no day before which it must be done
	 */
	public record Thing(Kind kind, String number, @Nullable OpenTask open, String link, @Nullable String task,
			@Nullable CaseLine line, @Nullable Instant dueAt, @Nullable Instant since, boolean claimed) {

		/** Its term stands still with the case. */
		public boolean isStill() {
			return this.kind == Kind.TASK && this.line != null && this.line.isStill(this.dueAt);
		}

	}

	/**
	 * One level in the picture.
	 *
	 * @param near how many have their event within a week, or behind them
	 */
	public record Step(Rung rung, int cases, int near) {

		private static final int MOST_DOTS = 10;

		/** A dot per case, up to what fits; true where the event is near. */
		public List<Boolean> dots() {
			return Stream.iterate(0, (n) -> n < Math.min(this.cases, MOST_DOTS), (n) -> n + 1)
				.map((n) -> n < this.near)
				.toList();
		}

		/** How many steps up. */
		public int height() {
			return Arrays.asList(Rung.values()).indexOf(this.rung);
		}

	}

	/** What the first line tells. */
	public record Counts(long cases, long waiting, long toSign, long withoutLead) {
	}

}
