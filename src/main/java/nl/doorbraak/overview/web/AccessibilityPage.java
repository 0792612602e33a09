package nl.doorbraak.overview.web;

import java.util.List;

import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** How accessible Doorbraak is, in short, for everybody; the whole stands in the docs. */
@Controller
class AccessibilityPage {

	@GetMapping("/toegankelijkheid")
	String show() {
		return "overview/accessibility";
	}

	/** Its door. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes accessibilityRoutes() {
			return () -> List.of(Route.get("/toegankelijkheid", Route.ANYBODY));
		}

	}

}
