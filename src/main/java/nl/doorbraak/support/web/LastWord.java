package nl.doorbraak.support.web;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Trace;
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

	LastWord(Problems problems) {
		this.problems = problems;
	}

	@RequestMapping("/error")
	@Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
				&& Problems.isAway(failure)) {
			return say(Problems.away(failure), request, response);
		}
		HttpStatus status = (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)
				? HttpStatus.valueOf(code) : HttpStatus.NOT_FOUND;
		String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		return say(Problems.problem(status, "not-answered", sentence(status, path)), request, response);
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

	private static String sentence(HttpStatus status, String path) {
		return switch (status) {
			case UNAUTHORIZED -> "Log eerst in.";
			case FORBIDDEN -> "U mag dit niet, of de pagina is verlopen. Ververs de pagina en probeer het opnieuw.";
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
