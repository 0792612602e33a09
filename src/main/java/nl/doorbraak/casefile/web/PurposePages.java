package nl.doorbraak.casefile.web;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Purpose;
import nl.doorbraak.casefile.PurposeNeeded;
import nl.doorbraak.casefile.Purposes;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What for somebody reads a case, asked where their work does not say it; and of an
 * auditor why they must know who it is about.
 */
@Controller
class PurposePages {

	/** Below the case alone, so that nobody is sent elsewhere. */
	private static final Pattern BELOW = Pattern.compile("(/[A-Za-z0-9.-]+)*(\\?[A-Za-z0-9=&.-]*)?");

	private final Purposes purposes;

	private final CaseFiles files;

	private final Directory directory;

	PurposePages(Purposes purposes, CaseFiles files, Directory directory) {
		this.files = files;
		this.purposes = purposes;
		this.directory = directory;
	}

	@GetMapping("/casus/{number}/waarvoor")
	String ask(Model model, Principal reader, @PathVariable String number,
			@RequestParam(defaultValue = "") String naar) {
		if (!this.purposes.isAsked(reader.getName(), number)) {
			return "redirect:" + page(number, naar);
		}
		model.addAttribute("number", number);
		model.addAttribute("to", page(number, naar));
		model.addAttribute("choices", Purpose.CHOICES);
		model.addAttribute("other", Purpose.OTHER);
		model.addAttribute("lastDay", this.purposes.lastDay());
		return "casefile/purpose";
	}

	@PostMapping("/casus/{number}/waarvoor")
	String state(Principal reader, @PathVariable String number, @RequestParam(defaultValue = "") String purpose,
			@RequestParam(defaultValue = "") String other, @RequestParam(defaultValue = "") String naar) {
		this.purposes.state(reader.getName(), number, purpose, other);
		return "redirect:" + page(number, naar);
	}

	/** Where somebody wanted to go, as long as that is this case. */
	private static String page(String number, String wanted) {
		String page = "/casus/" + number;
		return (wanted.startsWith(page) && BELOW.matcher(wanted.substring(page.length())).matches()) ? wanted : page;
	}

	@GetMapping("/controle/{number}/namen")
	String askForNames(Model model, Principal reader, @PathVariable String number) {
		if (!this.files.isOf(number, audited(reader.getName()))) {
			throw Refused.notFound();
		}
		model.addAttribute("number", number);
		model.addAttribute("choices", Purpose.FOR_NAMES);
		model.addAttribute("lastDay", this.purposes.lastDay());
		return "casefile/names";
	}

	@PostMapping("/controle/{number}/namen")
	String stateForNames(Principal reader, @PathVariable String number, @RequestParam(defaultValue = "") String purpose,
			@RequestParam(defaultValue = "") String why) {
		this.purposes.stateForNames(reader.getName(), number, audited(reader.getName()), purpose, why);
		return "redirect:/controle/" + number;
	}

	private Set<String> audited(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> post.function() == Function.AUDITOR)
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	/** Before the advice that makes a refusal of it: a page is asked for it instead. */
	@ControllerAdvice
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Asked {

		private final Problems problems;

		Asked(Problems problems) {
			this.problems = problems;
		}

		@ExceptionHandler
		@Nullable ModelAndView ask(PurposeNeeded needed, HttpServletRequest request, HttpServletResponse response)
				throws IOException {
			if (request.getRequestURI().startsWith("/api/")) {
				this.problems.answer(this.problems.of(needed, Problems.door(request)), response);
				return null;
			}
			String query = request.getQueryString();
			// Who comes from the login page brings a word of its own along.
			String wanted = request.getRequestURI() + ((query != null && !query.equals("continue")) ? "?" + query : "");
			UriComponentsBuilder page = UriComponentsBuilder.fromPath("/casus/{number}/waarvoor");
			if (HttpMethod.GET.matches(request.getMethod())) {
				page.queryParam("naar", "{wanted}");
			}
			return new ModelAndView("redirect:" + page.encode().buildAndExpand(needed.number(), wanted).toUriString());
		}

	}

	/** Its doors; who may read the case is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes purposeRoutes() {
			Set<String> auditors = Set.of(Function.AUDITOR.code());
			return () -> List.of(Route.get("/casus/*/waarvoor", Route.LOGGED_IN),
					Route.post("/casus/*/waarvoor", Route.LOGGED_IN), Route.get("/controle/*/namen", auditors),
					Route.post("/controle/*/namen", auditors));
		}

	}

}
