package nl.doorbraak.agency.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import nl.doorbraak.agency.Scheme;
import nl.doorbraak.agency.Schemes;
import nl.doorbraak.agency.Schemes.Line;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of conditions: read by everybody, kept by the functional administrator. */
@Controller
class SchemePages {

	private final Schemes schemes;

	private final Directory directory;

	SchemePages(Schemes schemes, Directory directory) {
		this.schemes = schemes;
		this.directory = directory;
	}

	@GetMapping("/voorwaarden")
	String show(Model model, Principal reader) {
		model.addAttribute("schemes", this.schemes.current());
		model.addAttribute("most", Scheme.MOST);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("keeps", this.directory.getOfficer(reader.getName()).holds(Function.ADMINISTRATOR));
		return "agency/schemes";
	}

	@PostMapping("/voorwaarden/{id}")
	String change(Principal keeper, @PathVariable String id, @RequestParam(defaultValue = "0") int version,
			@RequestParam(defaultValue = "") String agreedWith, @RequestParam Map<String, String> sent) {
		this.schemes.change(keeper.getName(), id, version, agreedWith,
				IntStream.rangeClosed(1, Scheme.MOST)
					.mapToObj((row) -> new Line(row, number(sent.getOrDefault("code" + row, "")),
							sent.getOrDefault("wording" + row, ""), sent.getOrDefault("article" + row, "")))
					.filter((line) -> !line.wording().isBlank() || !line.article().isBlank())
					.toList());
		return "redirect:/voorwaarden#" + id;
	}

	private static int number(String text) {
		return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
	}

	/** Their doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes schemeRoutes() {
			return () -> List.of(Route.get("/voorwaarden", Route.LOGGED_IN),
					Route.post("/voorwaarden/*", Set.of(Function.ADMINISTRATOR.code())));
		}

	}

}
