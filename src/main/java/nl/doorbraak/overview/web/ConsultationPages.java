package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.mandate.Consultations;
import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Asking something about a proposal: advice on the case page, a question before signing.
 */
@Controller
class ConsultationPages {

	private final Consultations consultations;

	private final SigningDesk desk;

	private final Worklist worklist;

	ConsultationPages(Consultations consultations, SigningDesk desk, Worklist worklist) {
		this.consultations = consultations;
		this.desk = desk;
		this.worklist = worklist;
	}

	@PostMapping("/casus/{number}/advies")
	String askAdvice(Principal actor, @PathVariable String number,
			@RequestParam(defaultValue = "") List<String> adviser, @RequestParam String question) {
		this.consultations.askAdvice(actor.getName(), number, adviser, question);
		return "redirect:/casus/" + number;
	}

	@PostMapping("/tekenen/{number}/vraag")
	String askDrafter(Principal actor, @PathVariable String number, @RequestParam String question) {
		String login = actor.getName();
		if (this.worklist.findTask(login, number, SigningPage.FORM).isEmpty()) {
			throw this.desk.tooLate(login, number).orElseGet(Refused::notFound);
		}
		this.consultations.askDrafter(login, number, question);
		return "redirect:/tekenen/" + number;
	}

	/** Their doors. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes consultationRoutes() {
			return () -> List.of(Route.post("/casus/*/advies", Route.LOGGED_IN),
					Route.post("/tekenen/*/vraag", Route.LOGGED_IN));
		}

	}

}
