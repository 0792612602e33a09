package nl.doorbraak.workflow.tasklist;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.web.Problems;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandler;
import org.camunda.bpm.engine.rest.exception.ProcessEngineExceptionHandler;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Says no through the engine's web API as everywhere: one Dutch sentence, the right
 * status, no exception text.
 */
@Configuration(proxyBeanMethods = false)
class EngineProblems {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ServletContextInitializer ownProblemMapper(Problems problems) {
		return (context) -> {
			var classes = CamundaRestResources.getConfigurationClasses();
			classes.remove(RestExceptionHandler.class);
			classes.remove(ProcessEngineExceptionHandler.class);
			classes.remove(ExceptionHandler.class);
			classes.add(Mapper.class);
			Mapper.problems = problems;
		};
	}

	/** Made by the web API itself, without Spring: hence the static field. */
	public static class Mapper implements ExceptionMapper<Throwable> {

		private static volatile @Nullable Problems problems;

		@Context
		private @Nullable HttpServletRequest request;

		@Override
		public Response toResponse(Throwable failure) {
			ProblemDetail problem = problem(failure);
			return Response.status(problem.getStatus())
				.type("application/problem+json")
				.entity(new Body(String.valueOf(problem.getType()), String.valueOf(problem.getTitle()),
						problem.getStatus(), String.valueOf(problem.getDetail()), String.valueOf(problem.getDetail()),
						field(problem)))
				.build();
		}

		private static @Nullable String field(ProblemDetail problem) {
			Map<String, Object> more = problem.getProperties();
			return (more != null && more.get("field") instanceof String field) ? field : null;
		}

		private ProblemDetail problem(Throwable failure) {
			if (Refused.in(failure) != null) {
				return refuse(failure);
			}
			if (has(failure, OptimisticLockingException.class) || has(failure, TaskAlreadyClaimedException.class)) {
				return refuse(Refused.conflict("changed-meanwhile",
						"Iemand anders was u net voor. Ververs de pagina en kijk wat er veranderd is."));
			}
			if (has(failure, AuthorizationException.class)) {
				HttpServletRequest current = this.request;
				if (current != null && current.getMethod().equals("GET")) {
					// What one may not read is not there.
					return refuse(Refused.notFound());
				}
				return refuse(Refused.forbidden("no-right",
						"U mag dit niet. Denkt u van wel, vraag dan uw functioneel beheerder."));
			}
			int status = (failure instanceof RestException rest) ? rest.getStatus().getStatusCode()
					: (failure instanceof WebApplicationException web) ? web.getResponse().getStatus() : 500;
			if (status == 404 || has(failure, NotFoundException.class) || has(failure, NullValueException.class)) {
				return refuse(Refused.notFound());
			}
			if (status >= 400 && status < 500) {
				return refuse(Refused.invalid("not-accepted",
						"Dit verzoek kan niet worden gelezen. Ververs de pagina en probeer het opnieuw."));
			}
			return refuse(failure);
		}

		private ProblemDetail refuse(Throwable failure) {
			Problems writer = problems;
			HttpServletRequest current = this.request;
			if (writer == null) {
				return Problems.problem(HttpStatus.SERVICE_UNAVAILABLE, "starting",
						"Doorbraak start nog. Probeer het zo opnieuw.");
			}
			return writer.of(failure, (current != null) ? TasklistRoutes.door(current) : "?");
		}

		private static boolean has(Throwable failure, Class<? extends Throwable> type) {
			for (Throwable each = failure; each != null; each = each.getCause()) {
				if (type.isInstance(each)) {
					return true;
				}
			}
			return false;
		}

	}

	/** {@code application/problem+json}; {@code message} is what Tasklist shows. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Body(String type, String title, int status, String detail, String message, @Nullable String field) {
	}

}
