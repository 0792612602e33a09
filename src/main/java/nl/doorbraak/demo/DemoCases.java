package nl.doorbraak.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.AgencyRequests.Question;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.carryout.Budgets;
import nl.doorbraak.carryout.Budgets.Wish;
import nl.doorbraak.carryout.Expenses;
import nl.doorbraak.carryout.Expenses.Payment;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.EmergencyAccesses;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Report;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.demo.DemoScript.Step;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.mandate.DecisionLetters;
import nl.doorbraak.mandate.Objections;
import nl.doorbraak.resident.ResidentLinks;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Cases with a past of a year and a half, made by the demo's people doing their work
 * while the clock moves, all of them together. Played once, for {@link DemoDump}: the
 * moment at which it ends is {@code doorbraak.demo.script}.
 */
@Component
@Profile("demo")
@ConditionalOnProperty("doorbraak.demo.script")
@Order(100)
class DemoCases implements ApplicationRunner {

	private static final Logger LOG = LoggerFactory.getLogger(DemoCases.class);

	private static final Map<String, String> VALUES = Map.of("lawNow",
			"De regel wordt gevolgd, maar bereikt niet waar hij voor is.", "lawLooming",
			"Elke organisatie houdt zich aan de eigen regel, en samen maken zij het erger.", "lawPlan",
			"De uitzondering doet wat de wet bedoelt, en wie in deze omstandigheden zit, kan haar ook krijgen.",
			"returnNow", "18000", "returnLooming", "46000", "commitmentNow",
			"De inwoner wacht af, en de professionals verwijzen naar elkaar.", "commitmentLooming",
			"De inwoner haakt af.", "commitmentPlan", "De inwoner en alle betrokkenen staan erachter.");

	private final Instant end;

	private final DemoClock demoClock;

	private final DatabaseClock clock;

	private final DueWork work;

	private final FormRules forms;

	private final Reporting reporting;

	private final Worklist worklist;

	private final Writing writing;

	private final CaseActions actions;

	private final Leads leads;

	private final AgencyRequests agencies;

	private final DecisionLetters letters;

	private final Objections objections;

	private final Directory directory;

	private final Absences absences;

	private final Plans plans;

	private final Measures measures;

	private final Budgets budgets;

	private final Expenses expenses;

	private final Surveys surveys;

	private final EmergencyAccesses accesses;

	private final Compartments compartments;

	private final Residents residents;

	private final ResidentLinks residentLinks;

	private final ObjectProvider<DemoMail> mail;

	private final Map<Integer, String> numbers = new HashMap<>();

	DemoCases(@Value("${doorbraak.demo.script}") Instant end, DemoClock demoClock, DatabaseClock clock, DueWork work,
			FormRules forms, Reporting reporting, Worklist worklist, Writing writing, CaseActions actions, Leads leads,
			AgencyRequests agencies, DecisionLetters letters, Objections objections, Directory directory,
			Absences absences, Plans plans, Measures measures, Budgets budgets, Expenses expenses, Surveys surveys,
			EmergencyAccesses accesses, Compartments compartments, Residents residents, ResidentLinks residentLinks,
			ObjectProvider<DemoMail> mail) {
		this.residents = residents;
		this.residentLinks = residentLinks;
		this.mail = mail;
		this.compartments = compartments;
		this.accesses = accesses;
		this.measures = measures;
		this.budgets = budgets;
		this.expenses = expenses;
		this.surveys = surveys;
		this.plans = plans;
		this.absences = absences;
		this.end = end;
		this.demoClock = demoClock;
		this.clock = clock;
		this.work = work;
		this.forms = forms;
		this.reporting = reporting;
		this.worklist = worklist;
		this.writing = writing;
		this.actions = actions;
		this.leads = leads;
		this.agencies = agencies;
		this.letters = letters;
		this.objections = objections;
		this.directory = directory;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		List<Step> steps = DemoScript.read(this.end);
		this.demoClock.moveTo(steps.get(0).at());
		for (Step step : steps) {
			walkTo(step.at());
			try {
				play(step);
				this.work.doDue();
			}
			catch (Refused | IllegalStateException ex) {
				LOG.warn("The demo could not do {} of case {}: {}", step.act(), step.number(), ex.getMessage());
			}
		}
		walkTo(this.end);
	}

	private void walkTo(Instant moment) {
		Duration ahead = Duration.between(this.clock.instant(), moment);
		if (!ahead.isNegative() && !ahead.isZero()) {
			this.demoClock.pass(ahead);
		}
	}

	@SuppressWarnings("unchecked")
	private void play(Step step) {
		String who = step.who();
		Map<String, Object> with = step.with();
		if (step.act().equals("report")) {
			this.numbers.put(step.number(), this.reporting.report(who, this.forms.check(Report.FORM, with, Map.of())));
			return;
		}
		String number = Optional.ofNullable(this.numbers.get(step.number())).orElseThrow();
		switch (step.act()) {
			case "accept-lead" -> this.leads.accept(who, number);
			case "ask-lead" -> this.leads.ask(who, number, DemoScript.get(with, "organisation"));
			case "budget" -> this.budgets.set(who,
					new Wish(0, 0, this.directory.getOfficer(who).posts().iterator().next().organisation(),
							DemoScript.get(with, "name"), DutchTime.day(this.clock.instant()).getYear(),
							text(with, "amount"), text(with, "perCase"), text(with, "perHousehold"),
							text(with, "costCentre")));
			case "pay" -> this.expenses.pay(who, number,
					new Payment(this.budgets.of(who).get(0).id(), DemoScript.get(with, "what"), text(with, "amount"),
							DutchTime.day(this.clock.instant()), DemoScript.get(with, "reference"), null));
			case "measure" -> this.measures.add(who, number, DemoScript.get(with, "source"),
					DemoScript.get(with, "what"), DemoScript.get(with, "by"),
					LocalDate.parse(DemoScript.<String>get(with, "before")), text(with, "cost"));
			case "measures-done" -> this.measures.of(number)
				.stream()
				.filter(Measure::isOpen)
				.forEach((measure) -> this.measures.answer(who, measure.id(), "done", text(with, "said")));
			case "survey" ->
				this.surveys.answerTogether(who, number, 0, DemoScript.get(with, "scores"), text(with, "text"));
			case "threat" -> this.actions.changeThreat(who, number, DemoScript.get(with, "threat"),
					LocalDate.parse(DemoScript.<String>get(with, "eventDate")));
			case "away" -> this.absences.enter(who, LocalDate.parse(DemoScript.<String>get(with, "firstDay")),
					LocalDate.parse(DemoScript.<String>get(with, "lastDay")), DemoScript.get(with, "deputy"));
			case "step" -> this.actions.recordStep(who, number, DemoScript.get(with, "kind"),
					LocalDate.parse(DemoScript.<String>get(with, "day")), DemoScript.get(with, "line"));
			case "emergency" ->
				this.accesses.use(who, number, DemoScript.get(with, "reason"), DemoScript.get(with, "why"), true);
			case "compartment" -> this.compartments.write(who, number, this.compartments.make(who, number,
					DemoScript.get(with, "kind"), DemoScript.get(with, "why"), List.of(), ""), text(with, "text"));
			case "resident-link" -> handOver(who, number);
			case "pause" -> this.actions.pause(who, number, DemoScript.get(with, "reason"));
			case "resume" -> this.actions.resume(who, number);
			case "withdraw" -> this.actions.withdraw(who, number, DemoScript.get(with, "reason"));
			case "member" -> this.actions.addMember(who, number, new HouseholdMember(DemoScript.get(with, "name"), null,
					DemoScript.get(with, "role"), DemoScript.get(with, "contact"), null, true));
			case "receive-objection" -> this.objections.receive(who, number, DemoScript.get(with, "kind"),
					LocalDate.parse(DemoScript.<String>get(with, "receivedOn")), DemoScript.get(with, "reference"));
			case "make-letter" -> this.letters.make(who, number, 0, "objection", null);
			case "ask-agencies" -> this.agencies.ask(who, number, question(with));
			case "plan-line" -> {
				Map<String, List<String>> values = new HashMap<>();
				with.forEach((key, value) -> values.put(key, List.of(String.valueOf(value))));
				this.plans.write(who, number, DemoScript.get(with, "part"), 0, 0, values);
			}
			case "make-plan" -> {
				fill(number, step.act(), who, new HashMap<>(with));
				weigh(number, who, with);
			}
			default -> fill(number, step.act(), who, new HashMap<>(with));
		}
	}

	/** A link that in real life is given on paper, so that who looks for it finds it. */
	private void handOver(String who, String number) {
		String secret = this.residentLinks.make(who, number, this.residents.of(number).get(0).id(),
				this.residentLinks.usualDay());
		this.mail.ifAvailable((mail) -> mail.handOver(number, secret));
	}

	private static String text(Map<String, Object> with, String key) {
		return String.valueOf(with.getOrDefault(key, ""));
	}

	private static Question question(Map<String, Object> with) {
		Question plain = Question.of(DemoScript.get(with, "agencies"), DemoScript.get(with, "question"));
		return !with.containsKey("scheme") ? plain
				: new Question(plain.agencies(), "", RequestKind.APPLICATION, DemoScript.get(with, "scheme"), null,
						plain.text(), String.valueOf(with.getOrDefault("workaround", "")));
	}

	/** An exception needs the three values before anybody may sign it. */
	private void weigh(String number, String who, Map<String, Object> with) {
		if ("yes".equals(with.get("deviates"))) {
			Map<String, List<String>> values = new HashMap<>();
			VALUES.forEach((key, value) -> values.put(key, List.of(value)));
			values.put("returnPlan", List.of(String.valueOf(with.getOrDefault("cost", 0))));
			this.plans.write(who, number, PlanPart.SCENARIOS.code(), 0, 0, values);
		}
	}

	private void fill(String number, String form, String who, Map<String, Object> fields) {
		Offered offered = candidates(form, who)
			.flatMap((login) -> this.worklist.openTasksOf(login, List.of(number))
				.stream()
				.filter((open) -> open.form().equals(form))
				.map((open) -> new Offered(login, open)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("nobody has this task"));
		OpenTask task = offered.task();
		if (form.equals("sign-off") || form.equals("ratify-decision")) {
			fields.put("proposalHash",
					this.writing.values(new FormTask(number, form, task.part())).get("proposalHash"));
		}
		this.worklist.claim(offered.login(), task.id());
		this.worklist.complete(offered.login(), task.id(), fields);
	}

	/** Who may have this task: who is named, or who does that for the municipality. */
	private Stream<String> candidates(String form, String who) {
		Officer.Post home = this.directory.getOfficer(who).posts().iterator().next();
		Organisation municipality = this.directory.getOrganisation(home.organisation());
		String region = municipality.region();
		Stream<String> others = switch (form) {
			case "sign-off", "ratify-decision", "give-reasons", "decide-objection" ->
				Stream.of(Function.MANAGER, Function.DIRECTOR, Function.ALDERMAN)
					.flatMap((function) -> officers(function, municipality.id()));
			case "hold-round-table", "decide-regionally" ->
				(region != null) ? officers(Function.PROCESS_DIRECTOR, region) : Stream.empty();
			case "make-first-contact", "decide-nationally" -> officers(Function.DESK_OFFICER, "LMM");
			case "convene-escalation-team", "decide-breakthrough" -> officers(Function.AMBASSADOR, "LET");
			default -> Stream.empty();
		};
		return Stream.concat(Stream.of(who), others);
	}

	private Stream<String> officers(Function function, String body) {
		return this.directory.officersOf(body, function).stream().map(Officer::login);
	}

	private record Offered(String login, OpenTask task) {
	}

}
