package nl.doorbraak.resident.web;

import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.resident.ResidentLinks;
import nl.doorbraak.resident.ResidentLinks.Opened;
import nl.doorbraak.resident.Situation;
import nl.doorbraak.resident.Situations;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The page of a resident, by a link and without a login. Opening it changes nothing but
 * that it is recorded, because mail scanners open links too.
 */
@Controller
@RequestMapping("/inwoner/{key}")
class ResidentPage {

	private final ResidentLinks links;

	private final Situations situations;

	private final Surveys surveys;

	ResidentPage(ResidentLinks links, Situations situations, Surveys surveys) {
		this.links = links;
		this.situations = situations;
		this.surveys = surveys;
	}

	@GetMapping
	String show(Model model, HttpServletResponse response, Locale locale, @PathVariable String key) {
		response.setHeader("X-Robots-Tag", "noindex, nofollow, noarchive");
		Opened opened = this.links.open(key);
		Situation situation = this.situations.of(opened.number());
		model.addAttribute("key", key);
		model.addAttribute("expiresAt", opened.expiresAt());
		model.addAttribute("situation", situation);
		model.addAttribute("phase", this.situations.text(situation.phase(), locale));
		// Also for an officer who tries the link: the page is the resident's.
		model.addAttribute("me", null);
		return "resident/page";
	}

	/** The questions about how it went have a page of their own. */
	@PostMapping("/ervaring")
	String survey(@PathVariable String key) {
		return "redirect:/ervaring/" + this.surveys.makeLinkForResident(this.links.find(key).number());
	}

	/** Its doors: for who has the link, without a login. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes residentPageRoutes() {
			return () -> List.of(Route.get("/inwoner/*", Route.ANYBODY),
					Route.post("/inwoner/*/ervaring", Route.ANYBODY));
		}

	}

}
