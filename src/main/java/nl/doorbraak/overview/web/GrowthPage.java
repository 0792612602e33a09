package nl.doorbraak.overview.web;

import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.overview.Growth;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How many organisations take part, for everybody who does. */
@Controller
class GrowthPage {

	private final Directory directory;

	private final Clock clock;

	private final ObjectMapper json = new ObjectMapper();

	GrowthPage(Directory directory, Clock clock) {
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/deelnemers")
	String show(Model model, Locale locale) throws JsonProcessingException {
		Growth growth = Growth.of(this.directory.joined(), YearMonth.from(DutchTime.day(this.clock.instant())));
		List<Growth.Month> months = growth.months();
		model.addAttribute("months", months);
		model.addAttribute("last", months.isEmpty() ? null : months.get(months.size() - 1));
		model.addAttribute("said",
				(Function<YearMonth, String>) DateTimeFormatter.ofPattern("MMMM uuuu", locale)::format);
		model.addAttribute("drawing",
				this.json.writeValueAsString(months.stream()
					.map((each) -> Map.of("month", each.month().toString(), "municipalities", each.municipalities(),
							"agencies", each.agencies()))
					.toList()));
		return "overview/growth";
	}

	/** Its door. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes growthRoutes() {
			return () -> List.of(Route.get("/deelnemers", Route.LOGGED_IN));
		}

	}

}
