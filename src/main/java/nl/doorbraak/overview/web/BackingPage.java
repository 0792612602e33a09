package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.Backings;
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
import org.springframework.web.bind.annotation.RequestParam;

/** Where a director or alderman gives backing (rugdekking), and withdraws it. */
@Controller
class BackingPage {

	private final Backings backings;

	private final CaseFiles files;

	private final Directory directory;

	BackingPage(Backings backings, CaseFiles files, Directory directory) {
		this.backings = backings;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping("/rugdekking")
	String show(Model model, Principal reader) {
		model.addAttribute("backings", this.backings.of(reader.getName()));
		model.addAttribute("cases", this.files.listFor(reader.getName()));
		model.addAttribute("domains", LifeDomain.values());
		model.addAttribute("powers", Power.values());
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "overview/backing";
	}

	@PostMapping("/rugdekking")
	String give(Principal giver, @RequestParam(required = false) @Nullable String casus,
			@RequestParam(defaultValue = "") List<String> gebied,
			@RequestParam(required = false) @Nullable String soort,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tot,
			@RequestParam String tekst) {
		if (casus != null) {
			this.backings.giveOnCase(giver.getName(), casus, tot, tekst);
		}
		else {
			this.backings.giveOnSubject(giver.getName(), gebied, (soort != null && !soort.isEmpty()) ? soort : null,
					tot, tekst);
		}
		return "redirect:/rugdekking";
	}

	@PostMapping("/rugdekking/{id}/intrekken")
	String withdraw(Principal giver, @PathVariable long id) {
		this.backings.withdraw(giver.getName(), id);
		return "redirect:/rugdekking";
	}

	/** Its doors. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes backingRoutes() {
			Set<String> givers = Backings.GIVERS.stream().map(Function::code).collect(Collectors.toSet());
			return () -> List.of(Route.get("/rugdekking", givers), Route.post("/rugdekking", givers),
					Route.post("/rugdekking/*/intrekken", givers));
		}

	}

}
