package nl.doorbraak.support.web;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Trace;
import nl.doorbraak.support.security.Accounts;
import nl.doorbraak.support.security.DoorKeeper;
import nl.doorbraak.support.security.Scales;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What somebody gets whom no controller answered: the page with the sentence, or the
 * problem at an API. Repeats nothing of the request.
 */
@Controller
class LastWord implements ErrorController {

	private final Problems problems;

	private final Accounts accounts;

	private final Labels labels;

	LastWord(Problems problems, Accounts accounts, Labels labels) {
		this.problems = problems;
		this.accounts = accounts;
		this.labels = labels;
	}

	@RequestMapping("/error")
	@Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response, Locale locale) throws IOException {
		if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
				&& Problems.isAway(failure)) {
			return say(Problems.away(failure), request, response);
		}
		HttpStatus status = (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)
				? HttpStatus.valueOf(code) : HttpStatus.NOT_FOUND;
		String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		ModelAndView page = say(Problems.problem(status, "not-answered", sentence(status, path)), request, response);
		if (page != null) {
			page.addObject("login", status == HttpStatus.UNAUTHORIZED);
			sayWhy(page, request, locale);
		}
		return page;
	}

	/** What the door keeper said, in the words of the page where it has them. */
	private void sayWhy(ModelAndView page, HttpServletRequest request, Locale locale) {
		if (request.getAttribute(DoorKeeper.NO) instanceof Refused no) {
			String functions = functions(request, locale);
			page.addObject("sentence", no.sentence());
			page.addObject("code", (no.code().equals("no-right") && functions.isEmpty()) ? null : no.code());
			page.addObject("functions", functions);
			page.addObject("login", no.code().equals("not-logged-in"));
		}
	}

	private String functions(HttpServletRequest request, Locale locale) {
		return (request.getAttribute(DoorKeeper.ROLES) instanceof Set<?> roles) ? roles.stream()
			.flatMap((role) -> this.accounts.role(String.valueOf(role)).stream())
			.map((role) -> this.labels.of(role, locale))
			.sorted()
			.collect(Collectors.joining(", ")) : "";
	}

	private @Nullable ModelAndView say(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)).contains("/api/")) {
			this.problems.answer(problem, response);
			return null;
		}
		Problems.sayWhenAgain(problem, response);
		ModelAndView page = new ModelAndView("support/refused");
		page.setStatus(HttpStatus.valueOf(problem.getStatus()));
		page.addObject("sentence", problem.getDetail());
		return page;
	}

	static String sentence(HttpStatus status, String path) {
		return switch (status) {
			case UNAUTHORIZED -> "Log eerst in.";
			case FORBIDDEN -> "U mag dit niet. Denkt u van wel, vraag dan uw functioneel beheerder.";
			case NOT_FOUND -> Refused.notFound().sentence();
			case PAYLOAD_TOO_LARGE -> Scales.takesAFile(path) ? Intake.FILE_TOO_LARGE : Intake.TOO_LARGE;
			case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> Crowd.WAIT;
			default ->
				status.is4xxClientError() ? "Dit verzoek kan niet worden gelezen. Ga terug en probeer het opnieuw."
						: "Er ging iets mis bij ons. Probeer het opnieuw; blijft het misgaan, noem dan nummer "
								+ Trace.current().number() + " aan uw functioneel beheerder.";
		};
	}

}
