package nl.doorbraak.resident.web;

import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.resident.Phase;
import nl.doorbraak.resident.ResidentLetters;
import nl.doorbraak.resident.ResidentLinks;
import nl.doorbraak.resident.Situation;
import nl.doorbraak.resident.Situations;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where the team, or who has the lead, makes the links and letters for the residents of a
 * case, and sees what they read.
 */
@Controller
@RequestMapping("/casus/{number}/inwoner")
class ResidentLinkPages {

	private final ResidentLinks links;

	private final ResidentLetters letters;

	private final Situations situations;

	private final CaseFiles files;

	private final Residents residents;

	private final Directory directory;

	private final Clock clock;

	private final URI address;

	ResidentLinkPages(ResidentLinks links, ResidentLetters letters, Situations situations, CaseFiles files,
			Residents residents, Directory directory, Clock clock, @Value("${doorbraak.address}") URI address) {
		this.links = links;
		this.letters = letters;
		this.situations = situations;
		this.files = files;
		this.residents = residents;
		this.directory = directory;
		this.clock = clock;
		this.address = address;
	}

	@GetMapping
	String show(Model model, Locale locale, Principal reader, @PathVariable String number) {
		this.files.refuseUnlessTeamOrLead(reader.getName(), number);
		this.files.read(reader.getName(), number, "resident-links");
		Situation situation = this.situations.of(number);
		model.addAttribute("number", number);
		model.addAttribute("people", this.residents.of(number));
		model.addAttribute("links", this.links.of(number));
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("usualDay", this.links.usualDay());
		model.addAttribute("latestDay", this.links.latestDay());
		model.addAttribute("phases", Phase.values());
		model.addAttribute("phaseOf",
				(UnaryOperator<String>) (code) -> this.situations.text(Coded.of(Phase.class, code), locale));
		model.addAttribute("situation", situation);
		model.addAttribute("phase", this.situations.text(situation.phase(), locale));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "resident/links";
	}

	/** The secret is shown once, on the page that follows, and kept nowhere. */
	@PostMapping("/koppeling")
	String make(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "0") long resident,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
			RedirectAttributes next) {
		String secret = this.links.make(actor.getName(), number, resident, until);
		next.addFlashAttribute("secret", secret);
		next.addFlashAttribute("madeFor", resident);
		next.addFlashAttribute("link", this.address.resolve("/inwoner/" + secret).toString());
		return backTo(number);
	}

	@PostMapping("/koppeling/{id}/intrekken")
	String withdraw(Principal actor, @PathVariable String number, @PathVariable long id) {
		this.links.withdraw(actor.getName(), number, id);
		return backTo(number);
	}

	@PostMapping("/fase")
	String choosePhase(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String phase) {
		this.situations.choosePhase(actor.getName(), number, phase);
		return backTo(number);
	}

	/** Not a GET: the letter is an act, and the secret must not stand in an address. */
	@PostMapping("/brief.pdf")
	ResponseEntity<byte[]> letter(Principal actor, @PathVariable String number,
			@RequestParam(defaultValue = "0") long resident, @RequestParam(defaultValue = "") String secret) {
		byte[] pdf = this.letters.make(actor.getName(), number, resident, secret);
		return ResponseEntity.ok()
			.header("Content-Security-Policy", "sandbox; default-src 'none'")
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("brief-inwoner-" + number + ".pdf").build().toString())
			.contentType(MediaType.APPLICATION_PDF)
			.body(pdf);
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/inwoner";
	}

	/** Its doors; who is of the team or has the lead is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes residentLinkRoutes() {
			return () -> List.of(Route.get("/casus/*/inwoner", Route.LOGGED_IN),
					Route.post("/casus/*/inwoner/koppeling", Route.LOGGED_IN),
					Route.post("/casus/*/inwoner/koppeling/*/intrekken", Route.LOGGED_IN),
					Route.post("/casus/*/inwoner/fase", Route.LOGGED_IN),
					Route.post("/casus/*/inwoner/brief.pdf", Route.LOGGED_IN));
		}

	}

}
