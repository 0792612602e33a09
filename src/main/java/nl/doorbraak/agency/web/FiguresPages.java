package nl.doorbraak.agency.web;

import java.security.Principal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyFigures;
import nl.doorbraak.agency.Figures;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What agencies answered, in numbers: all that somebody may read, and those of one agency
 * behind the link of its mail, where it replies.
 */
@Controller
@RequestMapping("/instanties/cijfers")
class FiguresPages {

	private final Figures figures;

	private final Directory directory;

	private final Clock clock;

	FiguresPages(Figures figures, Directory directory, Clock clock) {
		this.figures = figures;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping
	String all(Model model, Principal reader) {
		Map<String, List<AgencyFigures>> all = this.figures.readableBy(reader.getName())
			.stream()
			.collect(Collectors.groupingBy(AgencyFigures::agency, LinkedHashMap::new, Collectors.toList()));
		model.addAttribute("all", all);
		model.addAttribute("own",
				all.keySet().stream().filter((each) -> this.figures.isOwn(reader.getName(), each)).toList());
		words(model);
		return "agency/figures";
	}

	@GetMapping("/{key}")
	String one(Model model, @PathVariable String key, @Nullable Principal reader) {
		AgencyFigures figures = this.figures.get(uuid(key));
		model.addAttribute("all", Map.of(figures.agency(), List.of(figures)));
		model.addAttribute("own", List.of());
		model.addAttribute("one", figures);
		model.addAttribute("named", isOfficer(reader, figures));
		model.addAttribute("open", figures.isOpen(DutchTime.day(this.clock.instant())));
		words(model);
		return "agency/figures";
	}

	private void words(Model model) {
		model.addAttribute("least", AgencyFigures.LEAST);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("names",
				(UnaryOperator<String>) (login) -> login.equals(Actor.LINK) ? "" : this.directory.nameOf(login));
	}

	@PostMapping("/{key}/reactie")
	String reply(@PathVariable String key, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "") String reply, @Nullable Principal reader) {
		AgencyFigures figures = this.figures.get(uuid(key));
		String login = (reader != null && isOfficer(reader, figures)) ? reader.getName() : null;
		this.figures.reply(uuid(key), login, name, reply);
		return "redirect:/instanties/cijfers/" + key;
	}

	private boolean isOfficer(@Nullable Principal reader, AgencyFigures figures) {
		return reader != null && this.figures.isOwn(reader.getName(), figures.agency());
	}

	private static UUID uuid(String key) {
		try {
			return UUID.fromString(key);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.notFound();
		}
	}

	/** Their doors; whose figures somebody reads is decided behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes figuresRoutes() {
			Set<String> readers = Stream.concat(Figures.READERS.stream(), Figures.OWN.stream())
				.map(Function::code)
				.collect(Collectors.toSet());
			return () -> List.of(Route.get("/instanties/cijfers", readers),
					Route.get("/instanties/cijfers/*", Route.ANYBODY),
					Route.post("/instanties/cijfers/*/reactie", Route.ANYBODY));
		}

	}

}
