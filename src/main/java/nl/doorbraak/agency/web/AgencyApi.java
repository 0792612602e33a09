package nl.doorbraak.agency.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Questions to agencies, for other systems. */
@RestController
@RequestMapping("/api/v1/cases/{number}/agency-requests")
class AgencyApi {

	private final AgencyRequests requests;

	AgencyApi(AgencyRequests requests) {
		this.requests = requests;
	}

	@PostMapping
	void ask(Principal caller, @PathVariable String number, @RequestBody Question body) {
		this.requests.ask(caller.getName(), number, body.asked());
	}

	@PostMapping("/{id}/withdrawal")
	void withdraw(Principal caller, @PathVariable String number, @PathVariable long id) {
		this.requests.withdraw(caller.getName(), number, id);
	}

	/**
	 * What is asked.
	 *
	 * @param kind code of a {@link RequestKind}; {@code decision} when left out
	 * @param scheme id of a scheme, whose conditions are then gone through
	 * @param previous id of the refusal that this follows
	 */
	record Question(@Nullable List<String> agencies, @Nullable String question, @Nullable String kind,
			@Nullable String department, @Nullable String scheme, @Nullable Long previous,
			@Nullable String workaround) {

		AgencyRequests.Question asked() {
			return new AgencyRequests.Question((this.agencies != null) ? this.agencies : List.of(),
					text(this.department), (this.kind != null) ? AgencyPages.kind(this.kind) : RequestKind.DECISION,
					this.scheme, this.previous, text(this.question), text(this.workaround));
		}

		private static String text(@Nullable String text) {
			return (text != null) ? text : "";
		}

	}

	/** Its doors; who works on the case is asked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes agencyRoutes() {
			return () -> List.of(Route.post("/api/v1/cases/*/agency-requests", Route.LOGGED_IN),
					Route.post("/api/v1/cases/*/agency-requests/*/withdrawal", Route.LOGGED_IN));
		}

	}

}
