package nl.doorbraak.support.web;

import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.support.Refused;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns what a controller of ours throws into a problem (API) or a page with the same
 * sentence.
 */
@ControllerAdvice
@Order(0)
class ProblemAdvice {

	private final Problems problems;

	ProblemAdvice(Problems problems) {
		this.problems = problems;
	}

	@ExceptionHandler
	Object any(Exception failure, HttpServletRequest request) throws Exception {
		if (failure instanceof AccessDeniedException) {
			throw failure;
		}
		return answer(request, problem(failure, request));
	}

	private ProblemDetail problem(Exception failure, HttpServletRequest request) {
		if (Refused.in(failure) == null) {
			if (failure instanceof HttpMessageNotReadableException) {
				return Problems.problem(HttpStatus.BAD_REQUEST, "unreadable",
						"De gegevens zijn niet leesbaar als JSON. Controleer het bericht en stuur het opnieuw.");
			}
			if (failure instanceof MethodArgumentTypeMismatchException) {
				return Problems.problem(HttpStatus.BAD_REQUEST, "ill-formed",
						"Een van de gegevens heeft niet de juiste vorm. Controleer wat u invulde.");
			}
			if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
				return Problems.problem(known.getStatusCode(), "not-accepted", sentence(known.getStatusCode()));
			}
		}
		return this.problems.of(failure, Problems.door(request));
	}

	private static String sentence(HttpStatusCode status) {
		return switch (status.value()) {
			case 404 -> Refused.notFound().sentence();
			case 405 -> "Dat kan op dit adres niet.";
			case 415 -> "Stuur de gegevens als JSON.";
			default -> "Er ontbreekt iets in de gegevens. Controleer wat u invulde.";
		};
	}

	private static Object answer(HttpServletRequest request, ProblemDetail problem) {
		if (request.getRequestURI().startsWith("/api/")) {
			return ResponseEntity.status(problem.getStatus())
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(problem);
		}
		ModelAndView page = new ModelAndView("support/refused");
		page.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
		page.addObject("sentence", problem.getDetail());
		return page;
	}

}
