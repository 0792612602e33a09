package nl.doorbraak.mandate.web;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.StandIns;
import nl.doorbraak.support.DutchTime;
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
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where somebody says to be away and sees what a deputy may sign; and what others decided
 * on their behalf.
 */
@Controller
class AwayPages {

	private final Absences absences;

	private final StandIns standIns;

	private final Directory directory;

	private final Clock clock;

	AwayPages(Absences absences, StandIns standIns, Directory directory, Clock clock) {
		this.absences = absences;
		this.standIns = standIns;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/afwezig")
	String away(Model model, Principal reader, @RequestParam Map<String, String> sent) {
		String login = reader.getName();
		List<Officer> colleagues = this.absences.colleagues(login);
		Optional<Officer> deputy = colleagues.stream().filter((each) -> each.login().equals(deputy(sent))).findFirst();
		model.addAttribute("absences",
				this.absences.ahead(login)
					.stream()
					.map((each) -> new Away(each.id(), each.firstDay(), each.lastDay(),
							(each.deputy() != null) ? this.directory.nameOf(each.deputy()) : null,
							this.standIns.whileAway(login, each.deputy())))
					.toList());
		model.addAttribute("colleagues", colleagues);
		model.addAttribute("sent", sent);
		model.addAttribute("today", DutchTime.day(this.clock.instant()));
		if (sent.containsKey("deputy")) {
			model.addAttribute("asked", deputy.map(Officer::name).orElse(null));
			model.addAttribute("answer", this.standIns.whileAway(login, deputy.map(Officer::login).orElse(null)));
		}
		return "mandate/away";
	}

	@PostMapping("/afwezig")
	String enter(Principal actor, @RequestParam Map<String, String> sent) {
		this.absences.enter(actor.getName(), day(sent, "firstDay"), day(sent, "lastDay"), deputy(sent));
		return "redirect:/afwezig";
	}

	@PostMapping("/afwezig/{id}/terug")
	String end(Principal actor, @PathVariable long id) {
		this.absences.end(actor.getName(), id);
		return "redirect:/afwezig";
	}

	private static @Nullable LocalDate day(Map<String, String> sent, String key) {
		try {
			return LocalDate.parse(sent.getOrDefault(key, ""));
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static @Nullable String deputy(Map<String, String> sent) {
		String deputy = sent.getOrDefault("deputy", "");
		return deputy.isEmpty() ? null : deputy;
	}

	@GetMapping("/namens-mij")
	String onBehalf(Model model, Principal reader, @RequestParam(required = false) @Nullable LocalDate week) {
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate day = (week != null && week.getYear() > 2000 && week.isBefore(today)) ? week : today;
		StandIns.Week shown = this.standIns.onBehalfOf(reader.getName(), day);
		model.addAttribute("week", shown);
		model.addAttribute("before", shown.monday().minusWeeks(1));
		model.addAttribute("after", shown.monday().plusWeeks(1).isAfter(today) ? null : shown.monday().plusWeeks(1));
		return "mandate/behalf";
	}

	/** An absence on the page. */
	public record Away(long id, LocalDate firstDay, LocalDate lastDay, @Nullable String deputy,
			List<StandIns.StandIn> answer) {
	}

	/** Their doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes awayRoutes() {
			List<Route> all = List.of(Route.get("/afwezig", Route.LOGGED_IN), Route.post("/afwezig", Route.LOGGED_IN),
					Route.post("/afwezig/*/terug", Route.LOGGED_IN), Route.get("/namens-mij", Route.LOGGED_IN));
			return () -> all;
		}

	}

}
