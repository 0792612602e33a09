package nl.doorbraak.alert.web;

import java.util.Comparator;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.alert.LeadLinks;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Problems;

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

	private final Problems problems;

	LeadLinkPage(LeadLinks links, Directory directory, Problems problems) {
		this.links = links;
		this.directory = directory;
		this.problems = problems;
	}

	@GetMapping("/regie/{key}")
	String open(Model model, @PathVariable String key) {
		return show(model, key, false);
	}

	@PostMapping("/regie/{key}")
	String answer(Model model, @PathVariable String key, @RequestParam(defaultValue = "") String act,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "") String organisation, HttpServletRequest request,
			HttpServletResponse response) {
		boolean done = false;
		try {
			this.links.answer(AlertPage.uuid(key), name, reason, act.equals("refer") ? organisation : null);
			done = true;
		}
		catch (Refused refused) {
			if (refused.kind().status() == 404) {
				throw refused;
			}
			this.problems.of(refused, Problems.door(request));
			response.setStatus(refused.kind().status());
			model.addAttribute("error", refused.sentence());
			model.addAttribute("name", name);
		}
		return show(model, key, done);
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
