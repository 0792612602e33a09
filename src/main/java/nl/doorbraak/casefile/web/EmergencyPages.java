package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.casefile.EmergencyAccess;
import nl.doorbraak.casefile.EmergencyAccess.Reason;
import nl.doorbraak.casefile.EmergencyAccess.Verdict;
import nl.doorbraak.casefile.EmergencyAccesses;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Emergency access: asked here by who is not on a case, reviewed here by somebody else,
 * and read here by auditors.
 */
@Controller
@RequestMapping(EmergencyPages.PATH)
class EmergencyPages {

	static final String PATH = "/noodtoegang";

	private static final int AT_A_TIME = 100;

	private final EmergencyAccesses accesses;

	private final Compartments compartments;

	private final Directory directory;

	private final Clock clock;

	EmergencyPages(EmergencyAccesses accesses, Compartments compartments, Directory directory, Clock clock) {
		this.compartments = compartments;
		this.accesses = accesses;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping
	String show(Model model, Principal reader, @RequestParam(defaultValue = "") String casus,
			@RequestParam(name = "vanaf", defaultValue = "1") int first) {
		Officer me = this.directory.getOfficer(reader.getName());
		boolean manages = holds(me, EmergencyAccesses.REVIEWERS);
		List<EmergencyAccess> list = this.accesses.list(me.login());
		int skipped = Math.max(first, 1) - 1;
		List<CaseLine> found = manages ? this.accesses.cases(me.login(), skipped, AT_A_TIME + 1) : List.of();
		List<CaseLine> cases = found.subList(0, Math.min(found.size(), AT_A_TIME));
		model.addAttribute("self", me.login());
		model.addAttribute("uses", holds(me, EmergencyAccesses.USERS));
		model.addAttribute("manages", manages);
		model.addAttribute("audits", me.holds(Function.AUDITOR));
		model.addAttribute("casus", casus);
		model.addAttribute("reasons",
				Stream.of(Reason.values())
					.filter((each) -> each != Reason.MANAGER_EXCEPTION || me.holds(Function.MANAGER))
					.toList());
		model.addAttribute("list", list);
		model.addAttribute("openCount", list.stream().filter(EmergencyAccess::isOpen).count());
		model.addAttribute("shut", manages ? this.compartments.shut(me.login()).size() : 0);
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("verdicts", Verdict.values());
		model.addAttribute("cases", cases);
		model.addAttribute("next", (found.size() > AT_A_TIME) ? skipped + AT_A_TIME + 1 : null);
		Map<String, String> leads = this.accesses.leads(cases);
		model.addAttribute("leads", leads);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "casefile/emergency";
	}

	private static boolean holds(Officer officer, Collection<Function> functions) {
		return functions.stream().anyMatch(officer::holds);
	}

	@PostMapping
	String use(Principal actor, @RequestParam(defaultValue = "") String casus,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String why,
			@RequestParam(defaultValue = "false") boolean confirmed,
			@RequestParam(defaultValue = "false") boolean compartments,
			@RequestParam(defaultValue = "") String whyCompartments) {
		return "redirect:/casus/"
				+ this.accesses.use(actor.getName(), casus, reason, why, confirmed, compartments, whyCompartments);
	}

	@PostMapping("/{id}")
	String review(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String verdict,
			@RequestParam(defaultValue = "") String why) {
		this.accesses.review(actor.getName(), id, verdict, why);
		return "redirect:" + PATH;
	}

	/** Its doors; which municipality is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes emergencyRoutes() {
			Set<String> readers = codes(Stream
				.of(EmergencyAccesses.USERS.stream(), EmergencyAccesses.REVIEWERS.stream(), Stream.of(Function.AUDITOR))
				.flatMap((each) -> each));
			return () -> List.of(Route.get(PATH, readers), Route.post(PATH, codes(EmergencyAccesses.USERS.stream())),
					Route.post(PATH + "/*", codes(EmergencyAccesses.REVIEWERS.stream())));
		}

		private static Set<String> codes(Stream<Function> functions) {
			return functions.map(Function::code).collect(Collectors.toSet());
		}

		@Bean
		MenuLink emergencyLink() {
			return new MenuLink(PATH, "Noodtoegang");
		}

	}

}
