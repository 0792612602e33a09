package nl.doorbraak.agency.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.agency.AgencyRequests;
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
		this.requests.ask(caller.getName(), number, (body.agencies() != null) ? body.agencies() : List.of(),
				(body.question() != null) ? body.question() : "");
	}

	@PostMapping("/{id}/withdrawal")
	void withdraw(Principal caller, @PathVariable String number, @PathVariable long id) {
		this.requests.withdraw(caller.getName(), number, id);
	}

	record Question(@Nullable List<String> agencies, @Nullable String question) {
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
