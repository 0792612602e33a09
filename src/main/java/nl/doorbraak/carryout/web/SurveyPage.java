package nl.doorbraak.carryout.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.carryout.Surveys.Survey;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Six questions for the resident, by a link and without a login. The page says nothing
 * about the case: not its number, not what was decided.
 */
@Controller
class SurveyPage {

	private final Surveys surveys;

	SurveyPage(Surveys surveys) {
		this.surveys = surveys;
	}

	@GetMapping("/ervaring/{key}")
	String show(Model model, @PathVariable String key) {
		Survey survey = this.surveys.open(key);
		model.addAttribute("key", key);
		model.addAttribute("answered", survey.answeredAt() != null);
		model.addAttribute("questions", Surveys.QUESTIONS);
		return "carryout/survey";
	}

	@PostMapping("/ervaring/{key}")
	String answer(@PathVariable String key, @RequestParam MultiValueMap<String, String> sent) {
		this.surveys.answer(key, scores(sent), text(sent));
		return "redirect:/ervaring/" + key;
	}

	/** One to five for each question; null for what is left open. */
	static List<@Nullable Integer> scores(MultiValueMap<String, String> sent) {
		List<@Nullable Integer> scores = new ArrayList<>();
		Surveys.QUESTIONS.forEach((question) -> {
			String score = sent.getFirst(question);
			scores.add((score == null || score.isEmpty()) ? null : score.matches("[1-5]") ? Integer.valueOf(score) : 0);
		});
		return scores;
	}

	static String text(MultiValueMap<String, String> sent) {
		return Objects.requireNonNullElse(sent.getFirst("text"), "");
	}

	/** Its doors: for who has the link, without a login. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes surveyRoutes() {
			return () -> List.of(Route.get("/ervaring/*", Route.ANYBODY), Route.post("/ervaring/*", Route.ANYBODY));
		}

	}

}
