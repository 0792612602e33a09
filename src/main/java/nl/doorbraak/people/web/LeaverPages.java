package nl.doorbraak.people.web;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.people.Leavers;
import nl.doorbraak.people.Leavers.Leaving;
import nl.doorbraak.people.LeftLine;
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
 * The people of an organisation, the act by which one of them leaves, and what then waits
 * for the next one.
 */
@Controller
@RequestMapping(LeaverPages.PATH)
class LeaverPages {

	static final String PATH = "/medewerkers";

	private static final String NEXT = "volgende-";

	private final Leavers leavers;

	private final Directory directory;

	LeaverPages(Leavers leavers, Directory directory) {
		this.leavers = leavers;
		this.directory = directory;
	}

	@GetMapping
	String people(Model model, Principal reader) {
		model.addAttribute("people", this.leavers.people(reader.getName()));
		model.addAttribute("waiting", this.leavers.waiting(reader.getName()).size());
		model.addAttribute("organisations", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "people/people";
	}

	@GetMapping("/{login}/vertrek")
	String leaving(Model model, Principal reader, @PathVariable String login,
			@RequestParam(defaultValue = "") String reden) {
		model.addAttribute("reason", reden);
		Leaving leaving = this.leavers.leaving(reader.getName(), login);
		Map<LeftLine, List<Officer>> lines = new LinkedHashMap<>();
		leaving.lines().forEach((line) -> lines.put(line, this.leavers.nextOnes(line)));
		model.addAttribute("leaving", leaving);
		model.addAttribute("person", leaving.person());
		model.addAttribute("lines", lines);
		model.addAttribute("tasks", this.leavers.tasks(login));
		model.addAttribute("everybody",
				lines.values()
					.stream()
					.flatMap(List::stream)
					.distinct()
					.sorted(java.util.Comparator.comparing(Officer::name))
					.toList());
		model.addAttribute("reasons", Leavers.REASONS);
		model.addAttribute("organisations", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "people/leave";
	}

	@PostMapping("/{login}/vertrek")
	String leave(Principal actor, @PathVariable String login, @RequestParam Map<String, String> sent) {
		Map<String, String> chosen = sent.entrySet()
			.stream()
			.filter((each) -> each.getKey().startsWith(NEXT))
			.collect(Collectors.toMap((each) -> each.getKey().substring(NEXT.length()), Map.Entry::getValue));
		this.leavers.leave(actor.getName(), login, sent.getOrDefault("reason", ""), chosen,
				sent.getOrDefault("all", ""));
		return "redirect:" + PATH;
	}

	@GetMapping("/overdracht")
	String waiting(Model model, Principal reader) {
		Map<LeftLine, List<Officer>> lines = new LinkedHashMap<>();
		this.leavers.waiting(reader.getName()).forEach((line) -> lines.put(line, this.leavers.nextOnes(line)));
		model.addAttribute("lines", lines);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "people/waiting";
	}

	@PostMapping("/overdracht/{id}")
	String choose(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String next) {
		this.leavers.choose(actor.getName(), id, next);
		return "redirect:" + PATH + "/overdracht";
	}

	/** Their doors; of which organisation is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes leaverRoutes() {
			Set<String> administrators = Set.of(Function.ADMINISTRATOR.code());
			Set<String> inCharge = Leavers.inCharge().stream().map(Function::code).collect(Collectors.toSet());
			return () -> List.of(Route.get(PATH + "/overdracht", inCharge),
					Route.post(PATH + "/overdracht/*", inCharge), Route.get(PATH, administrators),
					Route.get(PATH + "/*/vertrek", administrators), Route.post(PATH + "/*/vertrek", administrators));
		}

		@Bean
		MenuLink peopleLink() {
			return new MenuLink(PATH, "Medewerkers");
		}

	}

}
