package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Contradictions;
import nl.doorbraak.casefile.Corrections;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.MediatedSessions;
import nl.doorbraak.casefile.PlanLine;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Plans.Plan;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Suggestions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The plan of a case: written by who works on it; who signs reads what is needed to
 * decide, others on the case what was agreed in short.
 */
@Controller
class PlanPages {

	private static final List<PlanPart> FOR_SIGNERS = List.of(PlanPart.FACT, PlanPart.TEST, PlanPart.ROUTE,
			PlanPart.OUTLOOK, PlanPart.BREAKTHROUGH, PlanPart.BUDGET, PlanPart.SCENARIOS, PlanPart.AGREEMENT);

	private static final List<PlanPart> FOR_OTHERS = List.of(PlanPart.OUTLOOK, PlanPart.BREAKTHROUGH,
			PlanPart.AGREEMENT);

	/** What others than who works on it or signs read of a line. */
	private static final Set<String> IN_SHORT = Set.of("inAYear", "what", "body", "byWhom", "before", "agrees");

	private final Plans plans;

	private final MediatedSessions sessions;

	private final Contradictions contradictions;

	private final CaseFiles files;

	private final Directory directory;

	private final Corrections corrections;

	private final Suggestions suggestions;

	PlanPages(Plans plans, MediatedSessions sessions, Contradictions contradictions, CaseFiles files,
			Directory directory, Corrections corrections, Suggestions suggestions) {
		this.corrections = corrections;
		this.suggestions = suggestions;
		this.contradictions = contradictions;
		this.plans = plans;
		this.sessions = sessions;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping("/casus/{number}/plan")
	String show(Model model, Principal reader, @PathVariable String number) {
		String login = reader.getName();
		CaseFiles.Dossier dossier = this.files.read(login, number, "plan");
		boolean works = this.files.worksOn(login, number);
		boolean all = dossier.reader().sees(Sight.PLAN);
		boolean decides = dossier.reader().sees(Sight.STAKES);
		Plan whole = this.plans.of(number, login);
		Plan plan = all ? whole : forReader(whole, decides);
		Entry page = dossier.last("make-plan").stream().findFirst().orElse(null);
		model.addAttribute("number", number);
		model.addAttribute("stuck", dossier.file().whatIsStuck());
		model.addAttribute("page", page);
		model.addAttribute("disagreement", this.sessions.status(number).orElse(null));
		model.addAttribute("plan", plan);
		model.addAttribute("works", works);
		model.addAttribute("reader", dossier.reader());
		model.addAttribute("inShort", !decides);
		model.addAttribute("parts", all ? Arrays.asList(PlanPart.values()) : decides ? FOR_SIGNERS : FOR_OTHERS);
		model.addAttribute("writes", works && dossier.file().state() == CaseFile.State.OPEN);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies",
				this.directory.allOrganisations().stream().sorted(Comparator.comparing(Organisation::name)).toList());
		model.addAttribute("breakthroughPart", PlanPart.BREAKTHROUGH);
		model.addAttribute("begin", prefilled(plan, page));
		model.addAttribute("contradictions", decides ? this.contradictions.of(number) : List.of());
		model.addAttribute("suggestions", works ? this.suggestions.of(number) : List.of());
		model.addAttribute("corrections", this.corrections.of(number, login));
		model.addAttribute("missing", works ? this.plans.missing(number) : List.of());
		return "casefile/plan";
	}

	private static Plan forReader(Plan plan, boolean signs) {
		List<PlanLine> lines = plan.lines()
			.stream()
			.filter((line) -> !line.withdrawn())
			.filter((line) -> (signs ? FOR_SIGNERS : FOR_OTHERS).contains(line.part()))
			.filter((line) -> line.part() != PlanPart.FACT || line.text("relevant") != null)
			.map((line) -> signs ? line : line.only(IN_SHORT))
			.toList();
		return new Plan(lines, plan.day());
	}

	/** What the questions begin with, by part and key: what was said elsewhere. */
	private static Map<String, String> prefilled(Plan plan, @Nullable Entry page) {
		Map<String, String> begin = new HashMap<>();
		if (page != null) {
			put(begin, "test.residentEffect", page.text("desiredEffect"));
			put(begin, "route.route", "yes".equals(page.text("deviates")) ? "policyDeviation" : null);
			put(begin, "route.article", page.text("ruleInTheWay"));
			put(begin, "outlook.system", page.text("ruleInTheWay"));
			put(begin, "scenarios.lawNow", page.text("ruleInTheWay"));
			put(begin, "scenarios.returnPlan", page.text("cost"));
			if (plan.current(PlanPart.BREAKTHROUGH).isEmpty()) {
				put(begin, "breakthrough.what", page.text("firstBreakthrough"));
				put(begin, "breakthrough.byWhom", page.text("byWhom"));
				put(begin, "breakthrough.amount", page.text("cost"));
				put(begin, "breakthrough.law", page.text("ruleInTheWay"));
				put(begin, "breakthrough.exception", page.text("deviates"));
			}
		}
		PlanLine test = plan.one(PlanPart.TEST);
		PlanLine route = plan.one(PlanPart.ROUTE);
		put(begin, "scenarios.returnLooming", (test != null) ? test.text("nothingAmount") : null);
		put(begin, "scenarios.lawPlan", (route != null) ? route.text("article") : null);
		put(begin, "scenarios.returnNow", euros(plan.yearlyCents()));
		put(begin, "scenarios.returnPlan", euros(plan.costCents()));
		return begin;
	}

	private static @Nullable String euros(long cents) {
		return (cents > 0) ? java.math.BigDecimal.valueOf(cents, 2).toPlainString() : null;
	}

	private static void put(Map<String, String> begin, String key, @Nullable String value) {
		if (value != null) {
			begin.put(key, value);
		}
	}

	@PostMapping("/casus/{number}/plan/{part}")
	String write(Principal actor, @PathVariable String number, @PathVariable String part,
			@RequestParam(defaultValue = "0") int line, @RequestParam(defaultValue = "0") int version,
			@RequestParam MultiValueMap<String, String> sent) {
		return backTo(number, this.plans.write(actor.getName(), number, part, line, version, sent));
	}

	@PostMapping("/casus/{number}/plan/{part}/intrekken")
	String withdraw(Principal actor, @PathVariable String number, @PathVariable String part,
			@RequestParam(defaultValue = "0") int line, @RequestParam(defaultValue = "0") int version) {
		return backTo(number, this.plans.withdraw(actor.getName(), number, part, line, version));
	}

	private static String backTo(String number, PlanPart part) {
		return "redirect:/casus/" + number + "/plan#" + part.code();
	}

	/** Its doors; who is on the case and who works on it is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes planRoutes() {
			return () -> List.of(Route.get("/casus/*/plan", Route.LOGGED_IN),
					Route.post("/casus/*/plan/*", Route.LOGGED_IN),
					Route.post("/casus/*/plan/*/intrekken", Route.LOGGED_IN));
		}

	}

}
