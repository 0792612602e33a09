package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.InventedCases;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The button on the start page of an acceptance environment. */
@Controller
class InventedCasePages {

	private static final String PATH = "/acceptatie/casussen";

	private final InventedCases cases;

	InventedCasePages(InventedCases cases) {
		this.cases = cases;
	}

	@PostMapping(PATH)
	String report(Principal reporter) {
		this.cases.report(reporter.getName());
		return "redirect:/";
	}

	/** Its door; in production nothing is behind it. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes inventedCaseRoutes() {
			return () -> List.of(Route.post(PATH, Set.of(Function.CASE_DIRECTOR.code())));
		}

	}

}
