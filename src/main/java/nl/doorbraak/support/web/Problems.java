package nl.doorbraak.support.web;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.CaseMarks;
import nl.doorbraak.support.RefusalRecorded;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Says no in one voice at every door ({@code application/problem+json} with the Dutch
 * sentence in {@code message}, which Tasklist shows), and records each refusal. What is
 * no refusal is a fault: logged under a number, the end of its trace, and told without
 * detail.
 */
@Component
public class Problems {

	private static final String AWAY_SENTENCE = "Doorbraak kan nu niet bij zijn gegevens. Wacht een halve minuut, kijk of wat u deed er al staat, en probeer het anders opnieuw.";

	/** In seconds. */
	private static final String AGAIN_AFTER = "30";

	/** Connection, resources, stopped by an administrator, and the machine below. */
	private static final Pattern AWAY = Pattern.compile("08.*|53.*|57P.*|58.*");

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	private final ApplicationEventPublisher events;

	private final TransactionTemplate ownTransaction;

	private final ObjectMapper json;

	private final CaseMarks cases;

	Problems(ApplicationEventPublisher events, PlatformTransactionManager transactions, ObjectMapper json,
			CaseMarks cases) {
		this.events = events;
		this.cases = cases;
		this.json = json;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * The problem for a failure, recorded on the way.
	 * @param door which door was tried, without ids, for example
	 * {@code POST task/submit-form}
	 */
	public ProblemDetail of(Throwable failure, String door) {
		Refused refused = Refused.in(failure);
		if (refused == null) {
			return isAway(failure) ? away(failure) : fault(failure);
		}
		ProblemDetail problem = refuse(HttpStatus.valueOf(refused.kind().status()), refused.code(), refused.sentence(),
				door);
		if (refused.field() != null) {
			problem.setProperty("field", refused.field());
		}
		return problem;
	}

	/** A refusal that no room threw, recorded in the same way. */
	public ProblemDetail refuse(HttpStatusCode status, String code, String sentence, String door) {
		this.ownTransaction.executeWithoutResult((tx) -> this.events.publishEvent(
				new RefusalRecorded(Actor.current(), code, status.value(), door, this.cases.of(path()).orElse(null))));
		return problem(status, code, sentence);
	}

	private static String path() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web)
				? web.getRequest().getRequestURI() : "";
	}

	/** Of what cannot be done now: when to come back, unless somebody said so already. */
	static void sayWhenAgain(ProblemDetail problem, HttpServletResponse response) {
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()
				&& !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
			response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_AFTER);
		}
	}

	/** Answers with a problem where no controller does. */
	public void answer(ProblemDetail problem, HttpServletResponse response) throws IOException {
		response.setStatus(problem.getStatus());
		sayWhenAgain(problem, response);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.json.writeValue(response.getOutputStream(), problem);
	}

	/** A problem with a status of its own and a plain sentence. */
	public static ProblemDetail problem(HttpStatusCode status, String code, String sentence) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
		problem.setType(URI.create("urn:doorbraak:problem:" + code));
		problem.setTitle(code);
		problem.setProperty("message", sentence);
		return problem;
	}

	/** The door of a request: its method and the pattern it matched, never its ids. */
	public static String door(HttpServletRequest request) {
		Object pattern = request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
		return request.getMethod() + " " + ((pattern != null) ? pattern : "?");
	}

	/** Whether the database could not be asked, or could not write. */
	public static boolean isAway(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			// The last: a COMMIT of which nobody heard, and nothing left to take back.
			if (each instanceof SQLTransientConnectionException || each instanceof TransactionSystemException
					|| each instanceof SQLException sql && sql.getSQLState() != null
							&& AWAY.matcher(sql.getSQLState()).matches()) {
				return true;
			}
		}
		return false;
	}

	/** What was asked may have been done all the same: the yes can be what got lost. */
	public static ProblemDetail away(Throwable failure) {
		log.warn("Fault {}, the database is away: {}", Trace.current().number(), failure.getClass().getName());
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "away", AWAY_SENTENCE);
	}

	private static ProblemDetail fault(Throwable failure) {
		String number = Trace.current().number();
		// The class only: a message may repeat what somebody typed.
		log.error("Fault {}: {}", number, trace(failure));
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, "fault",
				"Er ging iets mis bij ons. Er is niets opgeslagen. Probeer het opnieuw; blijft het misgaan, noem dan nummer "
						+ number + " aan uw functioneel beheerder.");
	}

	private static String trace(Throwable failure) {
		StringBuilder text = new StringBuilder();
		for (Throwable each = failure; each != null; each = each.getCause()) {
			text.append(each.getClass().getName());
			StackTraceElement[] frames = each.getStackTrace();
			for (int i = 0; i < Math.min(12, frames.length); i++) {
				text.append("\n\tat ").append(frames[i]);
			}
			text.append('\n');
		}
		return text.toString();
	}

}
