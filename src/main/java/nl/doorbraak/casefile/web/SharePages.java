package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Disclosure.Basis;
import nl.doorbraak.casefile.Disclosure.Item;
import nl.doorbraak.casefile.Disclosure.NotInformed;
import nl.doorbraak.casefile.Disclosure.Purpose;
import nl.doorbraak.casefile.Disclosures;
import nl.doorbraak.casefile.Disclosures.Sharing;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** With whom was shared who the household is, and the step by which that is done. */
@Controller
@RequestMapping("/casus/{number}/delen")
class SharePages {

	private final Disclosures disclosures;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	SharePages(Disclosures disclosures, CaseFiles files, Directory directory, Clock clock) {
		this.disclosures = disclosures;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping
	String show(Model model, Principal reader, @PathVariable String number,
			@RequestParam(defaultValue = "") String organisatie) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "disclosures");
		model.addAttribute("number", number);
		model.addAttribute("shared", this.disclosures.of(number));
		model.addAttribute("written",
				dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry)));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("team", dossier.team());
		model.addAttribute("organisations", this.disclosures.organisations(number));
		model.addAttribute("chosen", organisatie);
		model.addAttribute("items", Item.values());
		model.addAttribute("purposes", Purpose.values());
		model.addAttribute("bases", Basis.values());
		model.addAttribute("notInformed", NotInformed.values());
		model.addAttribute("today", DutchTime.day(this.clock.instant()));
		return "casefile/share";
	}

	@PostMapping
	String share(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String organisation,
			@RequestParam(defaultValue = "") List<String> items, @RequestParam(defaultValue = "") String purpose,
			@RequestParam(defaultValue = "") String basis, @RequestParam(defaultValue = "") String necessity,
			@RequestParam(defaultValue = "") String subsidiarity, @RequestParam(defaultValue = "") String special,
			@RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate informedOn,
			@RequestParam(defaultValue = "") String notInformed) {
		this.disclosures.share(actor.getName(), number, new Sharing(organisation, items, purpose, basis, necessity,
				subsidiarity, special, informedOn, notInformed));
		return "redirect:/casus/" + number + "/delen";
	}

	/** Its doors; who is on the case and of its team is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes shareRoutes() {
			return () -> List.of(Route.get("/casus/*/delen", Route.LOGGED_IN),
					Route.post("/casus/*/delen", Route.LOGGED_IN));
		}

	}

}
