package nl.doorbraak.agency.web;

import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.agency.Scheme;
import nl.doorbraak.agency.Schemes;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Competence.Standing;
import nl.doorbraak.casefile.Competence.Statement;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Refused;
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
import org.springframework.web.bind.annotation.RequestParam;

/** Who may decide what a case asks, who pointed at whom, and the settling of it. */
@Controller
@RequestMapping("/casus/{number}/bevoegd")
class CompetencePages {

	private final Competence competence;

	private final Schemes schemes;

	private final CaseFiles files;

	private final Directory directory;

	CompetencePages(Competence competence, Schemes schemes, CaseFiles files, Directory directory) {
		this.competence = competence;
		this.schemes = schemes;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping
	String show(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "competence");
		List<Standing> history = this.competence.history(number);
		Standing now = history.isEmpty() ? null : history.get(history.size() - 1);
		boolean asked = now != null && now.isOpen();
		boolean running = dossier.file().state() == CaseFile.State.OPEN;
		model.addAttribute("number", number);
		model.addAttribute("now", now);
		model.addAttribute("history", history);
		model.addAttribute("referrals", this.competence.referrals(number));
		model.addAttribute("written",
				dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry)));
		model.addAttribute("names", (UnaryOperator<String>) (login) -> login.equals(Actor.SOFTWARE) ? "Doorbraak"
				: this.directory.nameOf(login));
		model.addAttribute("bodies", (UnaryOperator<String>) this.competence::name);
		model.addAttribute("works", running && this.files.worksOn(reader.getName(), number));
		model.addAttribute("settles", asked && this.competence.settles(reader.getName(), number));
		model.addAttribute("asked", asked);
		model.addAttribute("mayTakeUp", running && asked && dossier.team());
		model.addAttribute("statuses", Competence.Status.values());
		model.addAttribute("organisations",
				this.directory.allOrganisations().stream().sorted(Comparator.comparing(Organisation::name)).toList());
		model.addAttribute("schemes", this.schemes.current());
		return "agency/competence";
	}

	@PostMapping
	String state(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String status,
			@RequestParam(defaultValue = "") String body, @RequestParam(defaultValue = "") String scheme,
			@RequestParam(defaultValue = "") String ground, @RequestParam(defaultValue = "") String decidedBy) {
		String about = scheme.isEmpty() ? ""
				: this.schemes.find(scheme)
					.map(Scheme::name)
					.orElseThrow(() -> Refused.invalid("scheme", "Kies een regeling uit de lijst.", "scheme"));
		this.competence.state(actor.getName(), number, new Statement(status, body, about, ground, decidedBy));
		return "redirect:/casus/" + number + "/bevoegd";
	}

	@PostMapping("/omhoog")
	String takeUp(Principal actor, @PathVariable String number) {
		this.competence.takeUp(actor.getName(), number);
		return "redirect:/casus/" + number;
	}

	/**
	 * Its doors; who is on the case, works on it and may settle is checked behind them.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes competenceRoutes() {
			String page = "/casus/*/bevoegd";
			return () -> List.of(Route.get(page, Route.LOGGED_IN), Route.post(page, Route.LOGGED_IN),
					Route.post(page + "/omhoog", Route.LOGGED_IN));
		}

	}

}
