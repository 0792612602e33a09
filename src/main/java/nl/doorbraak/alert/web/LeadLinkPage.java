package nl.doorbraak.alert.web;

import java.util.Comparator;
import java.util.List;

import nl.doorbraak.alert.LeadLinks;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where the mail that asks for the lead leads to. Opening it does nothing, because mail
 * scanners open links too; the button on it refuses or refers.
 */
@Controller
class LeadLinkPage {

	private final LeadLinks links;

	private final Directory directory;

	LeadLinkPage(LeadLinks links, Directory directory) {
		this.links = links;
		this.directory = directory;
	}

	@GetMapping("/regie/{key}")
	String open(Model model, @PathVariable String key) {
		return show(model, key, false);
	}

	@PostMapping("/regie/{key}")
	String answer(Model model, @PathVariable String key, @RequestParam(defaultValue = "") String act,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "") String organisation) {
		this.links.answer(AlertPage.uuid(key), name, reason, act.equals("refer") ? organisation : null);
		return show(model, key, true);
	}

	private String show(Model model, String key, boolean done) {
		model.addAttribute("done", done);
		model.addAttribute("key", key);
		model.addAttribute("question", this.links.question(AlertPage.uuid(key)));
		model.addAttribute("reasons", RefusalReason.choices());
		model.addAttribute("organisations",
				this.directory.allOrganisations().stream().sorted(Comparator.comparing(Organisation::name)).toList());
		return "alert/answer-lead";
	}

	/** Its doors: for who has the link, without a login. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes leadLinkRoutes() {
			return () -> List.of(Route.get("/regie/*", Route.ANYBODY), Route.post("/regie/*", Route.ANYBODY));
		}

	}

}
