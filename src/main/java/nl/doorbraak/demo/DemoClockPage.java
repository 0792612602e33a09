package nl.doorbraak.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The button that lets a day, three days or a week go by, so that one sees terms run out.
 */
@Controller
@Profile("demo")
class DemoClockPage {

	private static final Map<String, Duration> STEPS = Map.of("dag", Duration.ofDays(1), "drie-dagen",
			Duration.ofDays(3), "week", Duration.ofDays(7));

	private final DemoClock demoClock;

	private final DatabaseClock clock;

	DemoClockPage(DemoClock demoClock, DatabaseClock clock) {
		this.demoClock = demoClock;
		this.clock = clock;
	}

	@GetMapping("/demo/klok")
	String show(Model model) {
		model.addAttribute("now", DutchTime.moment(this.clock.instant()));
		return "demo/clock";
	}

	@PostMapping("/demo/klok")
	String pass(@RequestParam String stap, RedirectAttributes after) {
		Duration step = STEPS.get(stap);
		if (step == null) {
			throw Refused.invalid("step", "Kies een dag, drie dagen of een week.");
		}
		after.addFlashAttribute("done", this.demoClock.pass(step));
		return "redirect:/demo/klok";
	}

	/** Its doors and its place in the menu. */
	@Configuration(proxyBeanMethods = false)
	@Profile("demo")
	static class Registration {

		@Bean
		Routes demoRoutes() {
			return () -> List.of(Route.get("/demo/klok", Route.LOGGED_IN), Route.post("/demo/klok", Route.LOGGED_IN));
		}

		@Bean
		MenuLink demoClockLink() {
			return new MenuLink("/demo/klok", "Demoklok");
		}

	}

}
