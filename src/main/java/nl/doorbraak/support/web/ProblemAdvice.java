package nl.doorbraak.support.web;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Refused;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns what a controller of ours throws into a problem (API) or a page with the same
 * sentence.
 */
@ControllerAdvice
@Order(0)
class ProblemAdvice {

	private final Problems problems;

	private final NearestPage pages;

	private final RefusedForm forms;

	ProblemAdvice(Problems problems, NearestPage pages, RefusedForm forms) {
		this.problems = problems;
		this.forms = forms;
		this.pages = pages;
	}

	@ExceptionHandler
	@Nullable ModelAndView any(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
		if (failure instanceof AccessDeniedException) {
			throw failure;
		}
		if (hasLeft(failure)) {
			return null;
		}
		ProblemDetail problem = problem(failure, request);
		field(failure).ifPresent((field) -> problem.setProperty("field", field));
		if (request.getRequestURI().startsWith("/api/")) {
			this.problems.answer(problem, response);
			return null;
		}
		Problems.sayWhenAgain(problem, response);
		boolean mendable = problem.getStatus() == HttpStatus.BAD_REQUEST.value()
				|| problem.getStatus() == HttpStatus.CONFLICT.value();
		boolean read = !(failure instanceof MultipartException);
		if (read && (mendable || isLater(failure)) && HttpMethod.POST.matches(request.getMethod())
				&& this.forms.answer(problem, request, response)) {
			return null;
		}
		ModelAndView page = new ModelAndView("support/refused");
		page.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
		page.addObject("sentence", problem.getDetail());
		page.addObject("outside", request.getUserPrincipal() == null);
		if (mendable) {
			this.pages.of(request).ifPresent((path) -> page.addObject("back", path));
		}
		return page;
	}

	/**
	 * Whether the reader left while the answer was sent: that needs none, and is no fault
	 * of ours.
	 */
	private static boolean hasLeft(@Nullable Throwable failure) {
		return failure != null && (failure instanceof ClientAbortException || hasLeft(failure.getCause()));
	}

	/** Whether nothing is wrong with what was asked. */
	private static boolean isLater(Exception failure) {
		Refused refused = Refused.in(failure);
		return refused != null && refused.kind() == Refused.Kind.UNAVAILABLE;
	}

	private ProblemDetail problem(Exception failure, HttpServletRequest request) {
		String door = Problems.door(request);
		if (Refused.in(failure) == null) {
			if (failure instanceof HttpMessageNotReadableException) {
				return this.problems.refuse(HttpStatus.BAD_REQUEST, "unreadable",
						"De gegevens zijn niet leesbaar als JSON, of er staat iets in wat hier niet hoort. Controleer het bericht en stuur het opnieuw.",
						door);
			}
			if (failure instanceof MethodArgumentTypeMismatchException || failure instanceof MultipartException) {
				return this.problems.refuse(HttpStatus.BAD_REQUEST, "ill-formed",
						"Een van de gegevens heeft niet de juiste vorm. Controleer wat u invulde.", door);
			}
			if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
				return this.problems.refuse(known.getStatusCode(), "not-accepted", sentence(known.getStatusCode()),
						door);
			}
		}
		return this.problems.of(failure, door);
	}

	/** Of what never came to the one who would say what is wrong with it. */
	private static Optional<String> field(Exception failure) {
		if (failure instanceof MethodArgumentTypeMismatchException wrong) {
			return Optional.of(wrong.getName());
		}
		return (failure instanceof MissingServletRequestParameterException missing)
				? Optional.of(missing.getParameterName()) : Optional.empty();
	}

	private static String sentence(HttpStatusCode status) {
		return switch (status.value()) {
			case 404 -> Refused.notFound().sentence();
			case 405 -> "Dat kan op dit adres niet.";
			case 406 -> "Dit antwoord is er alleen als JSON of als webpagina.";
			case 415 -> "Stuur de gegevens als JSON.";
			default -> "Er ontbreekt iets in de gegevens. Controleer wat u invulde.";
		};
	}

}
