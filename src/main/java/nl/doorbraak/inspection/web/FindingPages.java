package nl.doorbraak.inspection.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.inspection.Inspection.ToAnswer;
import nl.doorbraak.inspection.Inspections;
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

/** What an auditor found, for the managers of the municipality, who answer it. */
@Controller
@RequestMapping(FindingPages.PATH)
class FindingPages {

	static final String PATH = "/bevindingen";

	private final Inspections inspections;

	private final Directory directory;

	FindingPages(Inspections inspections, Directory directory) {
		this.inspections = inspections;
		this.directory = directory;
	}

	@GetMapping
	String list(Model model, Principal reader) {
		List<ToAnswer> findings = this.inspections.toAnswer(reader.getName());
		model.addAttribute("findings", findings);
		model.addAttribute("waiting",
				findings.stream()
					.filter((each) -> each.inspection().isOpen() && each.item().finding() != null
							&& each.item().finding().isToAnswer())
					.count());
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "inspection/findings";
	}

	@PostMapping("/{id}")
	String answer(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String words) {
		this.inspections.answer(actor.getName(), id, words);
		return "redirect:" + PATH + "#bevinding-" + id;
	}

	/** Its doors; of which municipality is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes findingRoutes() {
			return () -> List.of(Route.get(PATH, Set.of(Function.MANAGER.code())),
					Route.post(PATH + "/*", Route.LOGGED_IN));
		}

		@Bean
		MenuLink findingLink() {
			return new MenuLink(PATH, "Bevindingen");
		}

	}

}
