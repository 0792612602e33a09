package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.CaseSystem;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
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
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The number of a case in its municipality's own system and where that system is, and
 * what the resident says: short things that are written on the case page itself.
 */
@Controller
class CaseSystemPages {

	private final CaseSystem system;

	private final CaseActions actions;

	private final Directory directory;

	CaseSystemPages(CaseSystem system, CaseActions actions, Directory directory) {
		this.system = system;
		this.actions = actions;
		this.directory = directory;
	}

	@GetMapping("/zaaksysteem")
	String show(Model model, Principal keeper) {
		String municipality = this.system.kept(keeper.getName());
		model.addAttribute("municipality", this.directory.getOrganisation(municipality).name());
		model.addAttribute("link", this.system.template(municipality).orElse(""));
		return "casefile/case-system";
	}

	@PostMapping("/zaaksysteem")
	String link(Principal keeper, @RequestParam(defaultValue = "") String link) {
		this.system.setLink(keeper.getName(), link);
		return "redirect:/zaaksysteem";
	}

	@PostMapping("/casus/{number}/zaaknummer")
	String number(Principal actor, @PathVariable String number,
			@RequestParam(defaultValue = "") String caseSystemNumber) {
		this.system.number(actor.getName(), number, caseSystemNumber);
		return "redirect:/casus/" + number + "#zaaksysteem";
	}

	@PostMapping("/casus/{number}/inwoner")
	String wish(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String woorden) {
		this.actions.recordWish(actor.getName(), number, woorden);
		return "redirect:/casus/" + number;
	}

	/** Their doors; who is of the team or works on the case is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes caseSystemRoutes() {
			Set<String> administrators = Set.of(Function.ADMINISTRATOR.code());
			return () -> List.of(Route.get("/zaaksysteem", administrators), Route.post("/zaaksysteem", administrators),
					Route.post("/casus/*/zaaknummer", Route.LOGGED_IN),
					Route.post("/casus/*/inwoner", Route.LOGGED_IN));
		}

		@Bean
		MenuLink caseSystemLink() {
			return new MenuLink("/zaaksysteem", "Zaaksysteem");
		}

	}

}
