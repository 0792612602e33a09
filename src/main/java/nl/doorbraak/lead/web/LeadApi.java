package nl.doorbraak.lead.web;

import java.security.Principal;
import java.util.List;

import nl.doorbraak.lead.Appointments;
import nl.doorbraak.lead.HandOvers;
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

/** The lead for other systems: what the page of the lead can do. */
@RestController
@RequestMapping("/api/v1/cases/{number}/lead")
class LeadApi {

	private final Leads leads;

	private final HandOvers handOvers;

	private final Appointments appointments;

	LeadApi(Leads leads, HandOvers handOvers, Appointments appointments) {
		this.leads = leads;
		this.handOvers = handOvers;
		this.appointments = appointments;
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

	@PostMapping("/referral")
	void refer(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.leads.refer(caller.getName(), number, text(body.organisation()));
	}

	@PostMapping("/appointment")
	void appoint(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.appointments.appoint(caller.getName(), number, text(body.organisation()));
	}

	@PostMapping("/hand-over")
	void offer(Principal caller, @PathVariable String number, @RequestBody Body body) {
		this.handOvers.offer(caller.getName(), number, text(body.person()));
	}

	@PostMapping("/hand-over/acceptance")
	void takeOver(Principal caller, @PathVariable String number) {
		this.handOvers.answer(caller.getName(), number, true);
	}

	@PostMapping("/hand-over/refusal")
	void leave(Principal caller, @PathVariable String number) {
		this.handOvers.answer(caller.getName(), number, false);
	}

	@PostMapping("/hand-over/withdrawal")
	void withdraw(Principal caller, @PathVariable String number) {
		this.handOvers.withdraw(caller.getName(), number);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	record Body(@Nullable String organisation, @Nullable String reason, @Nullable String person) {
	}

	/** Its doors; who is on the case and who was asked is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes leadRoutes() {
			return () -> List
				.of("question", "acceptance", "refusal", "return", "referral", "appointment", "hand-over",
						"hand-over/acceptance", "hand-over/refusal", "hand-over/withdrawal")
				.stream()
				.map((act) -> Route.post("/api/v1/cases/*/lead/" + act, Route.LOGGED_IN))
				.toList();
		}

	}

}
