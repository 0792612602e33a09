package nl.doorbraak.alert.web;

import java.security.Principal;
import java.util.List;
import java.util.function.UnaryOperator;

import nl.doorbraak.alert.CallList;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The call list of one case, for a telephone: a tap calls, a tap writes down. */
@Controller
class CallListPage {

	private final CallList calls;

	private final Directory directory;

	CallListPage(CallList calls, Directory directory) {
		this.calls = calls;
		this.directory = directory;
	}

	@GetMapping("/casus/{number}/bellen")
	String show(Model model, Principal reader, @PathVariable String number) {
		List<CallList.Entry> entries = this.calls.of(reader.getName(), number);
		model.addAttribute("number", number);
		model.addAttribute("entries", entries);
		if (!entries.isEmpty()) {
			model.addAttribute("hours", this.calls.hoursLeft(number));
		}
		model.addAttribute("outcomes", CallList.Outcome.values());
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "alert/call-list";
	}

	@PostMapping("/casus/{number}/bellen")
	String record(Principal caller, @PathVariable String number, @RequestParam(defaultValue = "") String function,
			@RequestParam(defaultValue = "") String organisation, @RequestParam(defaultValue = "") String outcome) {
		this.calls.record(caller.getName(), number, function, organisation, outcome);
		return "redirect:/casus/" + number + "/bellen";
	}

	/** Its doors; who works on the case is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes callListRoutes() {
			return () -> List.of(Route.get("/casus/*/bellen", Route.LOGGED_IN),
					Route.post("/casus/*/bellen", Route.LOGGED_IN));
		}

	}

}
