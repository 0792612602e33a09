package nl.doorbraak.carryout.web;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.carryout.Aftercare;
import nl.doorbraak.carryout.Closings;
import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a closed case came to, when it is looked after, and what the resident says of it.
 */
@Controller
@RequestMapping("/casus/{number}/nazorg")
class AftercarePages {

	private final Closings closings;

	private final Aftercare aftercare;

	private final Surveys surveys;

	private final CaseFiles files;

	private final Directory directory;

	private final URI address;

	AftercarePages(Closings closings, Aftercare aftercare, Surveys surveys, CaseFiles files, Directory directory,
			@Value("${doorbraak.address}") URI address) {
		this.address = address;
		this.closings = closings;
		this.aftercare = aftercare;
		this.surveys = surveys;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping
	String show(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "aftercare", Sight.MEASURES);
		model.addAttribute("number", number);
		model.addAttribute("dossier", dossier);
		model.addAttribute("closing", this.closings.status(number).orElse(null));
		model.addAttribute("howItWent", (dossier.file().outcome() != null) ? this.closings.howItWent(number) : null);
		model.addAttribute("looks", this.aftercare.of(number));
		model.addAttribute("surveys", dossier.team() ? this.surveys.of(number) : List.of());
		model.addAttribute("questions", Surveys.QUESTIONS);
		Map<Long, Entry> written = dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry));
		model.addAttribute("written", written);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "carryout/aftercare";
	}

	/** The secret is shown once, on the page that follows, and kept nowhere. */
	@PostMapping("/ervaring/{months}/koppeling")
	String makeLink(Principal actor, @PathVariable String number, @PathVariable int months, RedirectAttributes next) {
		next.addFlashAttribute("link",
				this.address.resolve("/ervaring/" + this.surveys.makeLink(actor.getName(), number, months)));
		return backTo(number);
	}

	@PostMapping("/ervaring/{months}/koppeling/intrekken")
	String withdrawLink(Principal actor, @PathVariable String number, @PathVariable int months) {
		this.surveys.withdrawLink(actor.getName(), number, months);
		return backTo(number);
	}

	@PostMapping("/ervaring/{months}")
	String answer(Principal actor, @PathVariable String number, @PathVariable int months,
			@RequestParam MultiValueMap<String, String> sent) {
		this.surveys.answerTogether(actor.getName(), number, months, SurveyPage.scores(sent), SurveyPage.text(sent));
		return backTo(number);
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/nazorg#ervaring";
	}

	/** Its doors; who is of the team is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes aftercareRoutes() {
			return () -> List.of(Route.get("/casus/*/nazorg", Route.LOGGED_IN),
					Route.post("/casus/*/nazorg/ervaring/*/koppeling", Route.LOGGED_IN),
					Route.post("/casus/*/nazorg/ervaring/*/koppeling/intrekken", Route.LOGGED_IN),
					Route.post("/casus/*/nazorg/ervaring/*", Route.LOGGED_IN));
		}

	}

}
