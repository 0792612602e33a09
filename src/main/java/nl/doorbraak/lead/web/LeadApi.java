package nl.doorbraak.lead.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.lead.Leads;
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

/** The lead for other systems: asking, taking, refusing, giving back. */
@RestController
@RequestMapping("/api/v1/cases/{number}/lead")
class LeadApi {

	private final Leads leads;

	LeadApi(Leads leads) {
		this.leads = leads;
	}

	@PostMapping("/question")
	void ask(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.leads.ask(caller.getName(), number, text(body.organisation()));
	}

	@PostMapping("/acceptance")
	void accept(Principal caller, @PathVariable String number) {
		this.leads.accept(caller.getName(), number);
	}

	@PostMapping("/refusal")
	void refuse(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.leads.refuse(caller.getName(), number, text(body.reason()));
	}

	@PostMapping("/return")
	void giveBack(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.leads.giveBack(caller.getName(), number, text(body.reason()));
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	record Body(@Nullable String organisation, @Nullable String reason) {
	}

	/** Its doors; who is on the case and who was asked is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes leadRoutes() {
			return () -> List.of("question", "acceptance", "refusal", "return")
				.stream()
				.map((act) -> Route.post("/api/v1/cases/*/lead/" + act, Route.LOGGED_IN))
				.toList();
		}

	}

}
