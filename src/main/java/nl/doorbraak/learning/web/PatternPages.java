package nl.doorbraak.learning.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.learning.LearningPoint;
import nl.doorbraak.learning.LearningPoints;
import nl.doorbraak.learning.Obstacle;
import nl.doorbraak.learning.Patterns;
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

/** What several cases share, who answers for it, and what was asked of whom. */
@Controller
class PatternPages {

	private final Patterns patterns;

	private final LearningPoints points;

	private final Directory directory;

	PatternPages(Patterns patterns, LearningPoints points, Directory directory) {
		this.patterns = patterns;
		this.points = points;
		this.directory = directory;
	}

	@GetMapping("/patronen")
	String list(Model model, Principal reader, @RequestParam(defaultValue = "0") int orde,
			@RequestParam(defaultValue = "") String stand) {
		names(model);
		model.addAttribute("lines",
				this.patterns.list(reader.getName())
					.stream()
					.filter((line) -> orde == 0 || line.obstacle().order() == orde)
					.filter((line) -> stand.isEmpty() || line.obstacle().isPattern() && line.state().equals(stand))
					.toList());
		model.addAttribute("order", orde);
		model.addAttribute("state", stand);
		model.addAttribute("states", Patterns.Line.STATES);
		model.addAttribute("asked", this.points.askedOf(reader.getName()));
		model.addAttribute("fewest", Obstacle.PATTERN);
		return "learning/patterns";
	}

	@GetMapping("/patronen/{id}")
	String show(Model model, Principal reader, @PathVariable long id) {
		String login = reader.getName();
		Obstacle pattern = this.patterns.get(id);
		names(model);
		model.addAttribute("pattern", pattern);
		model.addAttribute("count", this.patterns.count(id));
		model.addAttribute("fewest", Obstacle.PATTERN);
		model.addAttribute("cases", this.patterns.casesOf(login, id));
		model.addAttribute("points", this.points.of(id));
		model.addAttribute("weeks", this.points.weeks());
		model.addAttribute("owns", login.equals(pattern.owner()));
		model.addAttribute("mayAnswer", (Predicate<LearningPoint>) (point) -> this.points.mayAnswer(login, point));
		boolean appoints = this.patterns.mayAppoint(login, id);
		model.addAttribute("appoints", appoints);
		model.addAttribute("people", appoints ? this.patterns.people() : List.of());
		model.addAttribute("organisations",
				this.directory.allOrganisations().stream().sorted(Comparator.comparing(Organisation::name)).toList());
		return "learning/pattern";
	}

	private void names(Model model) {
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
	}

	@PostMapping("/patronen/{id}/eigenaar")
	String own(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String owner,
			@RequestParam(defaultValue = "0") int order) {
		this.patterns.own(actor.getName(), id, owner, order);
		return backTo(id);
	}

	@PostMapping("/patronen/{id}/leerpunt")
	String send(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String organisation,
			@RequestParam(defaultValue = "") String sentence) {
		this.points.send(actor.getName(), id, organisation, sentence);
		return backTo(id);
	}

	@PostMapping("/leerpunten/{id}/antwoord")
	String answer(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String answer,
			@RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate answeredOn,
			@RequestParam(defaultValue = "") String source) {
		return backTo(this.points.answer(actor.getName(), id, answer, answeredOn, source));
	}

	@PostMapping("/leerpunten/{id}/afgedaan")
	String done(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String effect) {
		return backTo(this.points.done(actor.getName(), id, effect));
	}

	private static String backTo(long id) {
		return "redirect:/patronen/" + id;
	}

	/** Their doors; who owns a pattern and who is asked is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes patternRoutes() {
			return () -> List.of(Route.get("/patronen", Route.LOGGED_IN), Route.get("/patronen/*", Route.LOGGED_IN),
					Route.post("/patronen/*/eigenaar", Route.LOGGED_IN),
					Route.post("/patronen/*/leerpunt", Route.LOGGED_IN),
					Route.post("/leerpunten/*/antwoord", Route.LOGGED_IN),
					Route.post("/leerpunten/*/afgedaan", Route.LOGGED_IN));
		}

	}

}
