package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.mandate.Mandators;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What is asked now under somebody's mandate, who may decide it in person. */
@Controller
class MandatorPage {

	private final Mandators mandators;

	MandatorPage(Mandators mandators) {
		this.mandators = mandators;
	}

	@GetMapping("/tekenen")
	String asked(Model model, Principal reader) {
		model.addAttribute("asked", this.mandators.asked(reader.getName()));
		return "overview/mandator";
	}

	@PostMapping("/tekenen/{number}/zelf-beslissen")
	String decideSelf(Principal actor, @PathVariable String number) {
		this.mandators.decideSelf(actor.getName(), number);
		return "redirect:/tekenen/" + number;
	}

	/** Its doors. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes mandatorRoutes() {
			return () -> List.of(Route.get("/tekenen", Route.LOGGED_IN),
					Route.post("/tekenen/*/zelf-beslissen", Route.LOGGED_IN));
		}

	}

}
