package nl.doorbraak.learning.web;

import java.security.Principal;
import java.util.List;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.learning.Example;
import nl.doorbraak.learning.Example.Texts;
import nl.doorbraak.learning.Examples;
import nl.doorbraak.learning.Obstacle;
import nl.doorbraak.learning.ObstacleKind;
import nl.doorbraak.learning.Obstacles;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is learnt in one case: its obstacles, and how it was broken through. */
@Controller
@RequestMapping("/casus/{number}/geleerd")
class LearnedPages {

	private final Obstacles obstacles;

	private final Examples examples;

	private final CaseFiles files;

	private final Directory directory;

	LearnedPages(Obstacles obstacles, Examples examples, CaseFiles files, Directory directory) {
		this.obstacles = obstacles;
		this.examples = examples;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping
	String show(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "learnt", Sight.WRITTEN);
		model.addAttribute("number", number);
		model.addAttribute("shared", this.obstacles.of(dossier.file()));
		model.addAttribute("works", this.files.worksOn(reader.getName(), number));
		model.addAttribute("alike", this.obstacles.like(dossier.file(), dossier.file().whatIsStuck()));
		model.addAttribute("kinds", ObstacleKind.values());
		model.addAttribute("broken", Examples.canBe(dossier.file()));
		model.addAttribute("example", this.examples.of(dossier.file()).orElse(null));
		model.addAttribute("typed", null);
		return "learning/learned";
	}

	/**
	 * Before something new is kept, what is like it is shown, and what was typed stays.
	 */
	@PostMapping
	String share(Model model, Principal actor, @PathVariable String number,
			@RequestParam(defaultValue = "0") long obstacle, @RequestParam(defaultValue = "") String kind,
			@RequestParam(defaultValue = "") String wording, @RequestParam(defaultValue = "0") int order,
			@RequestParam(defaultValue = "false") boolean anew) {
		if (obstacle != 0) {
			this.obstacles.share(actor.getName(), number, obstacle);
			return backTo(number);
		}
		if (!anew && this.files.worksOn(actor.getName(), number)) {
			List<Obstacle> alike = this.obstacles.like(this.files.get(number), wording);
			if (!alike.isEmpty()) {
				String page = show(model, actor, number);
				model.addAttribute("here", "/casus/" + number + "/geleerd");
				model.addAttribute("typed", new Typed(kind, wording, order));
				model.addAttribute("alike", alike);
				return page;
			}
		}
		this.obstacles.shareNew(actor.getName(), number, kind, wording, order);
		return backTo(number);
	}

	@PostMapping("/{obstacle}/weghalen")
	String takeBack(Principal actor, @PathVariable String number, @PathVariable long obstacle) {
		this.obstacles.takeBack(actor.getName(), number, obstacle);
		return backTo(number);
	}

	@GetMapping("/voorbeeld")
	String write(Model model, Principal writer, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(writer.getName(), number, "learnt", Sight.WRITTEN);
		if (!this.files.worksOn(writer.getName(), number) || !Examples.canBe(dossier.file())) {
			throw Refused.conflict("not-broken-through",
					"Alleen wie aan een casus werkte die met een doorbraak is gesloten, schrijft een voorbeeld.");
		}
		Example before = this.examples.of(dossier.file()).orElse(null);
		model.addAttribute("number", number);
		model.addAttribute("written",
				(before != null)
						? new Written(before.texts(), before.domains(), before.agencies(), before.power().code())
						: new Written(this.examples.begin(dossier), dossier.file().lifeDomains(),
								this.examples.agencies(number), Power.SCHEME.code()));
		model.addAttribute("domains", LifeDomain.values());
		model.addAttribute("powers", Power.values());
		model.addAttribute("organisations", this.examples.nameable());
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "learning/example-form";
	}

	@PostMapping("/voorbeeld")
	String propose(Principal writer, @PathVariable String number, @RequestParam(defaultValue = "") String power,
			@RequestParam(defaultValue = "") List<String> domains,
			@RequestParam(defaultValue = "") List<String> agencies, @RequestParam(defaultValue = "") String article,
			@RequestParam(defaultValue = "") String situation, @RequestParam(defaultValue = "") String knot,
			@RequestParam(defaultValue = "") String done, @RequestParam(defaultValue = "") String effect,
			@RequestParam(defaultValue = "") String reusable, @RequestParam(defaultValue = "") String story,
			@RequestParam(defaultValue = "") String question1, @RequestParam(defaultValue = "") String question2,
			@RequestParam(defaultValue = "") String question3) {
		Texts texts = new Texts(article, situation, knot, done, effect, reusable, story,
				List.of(question1, question2, question3));
		return "redirect:/voorbeelden/"
				+ this.examples.propose(writer.getName(), number, power, domains, agencies, texts);
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/geleerd";
	}

	/** What somebody typed that is like what stands already. */
	public record Typed(String kind, String wording, int order) {
	}

	/** What the questions about an example begin with. */
	public record Written(Texts texts, List<String> domains, List<String> agencies, String power) {

		public String question(int nth) {
			return (nth <= this.texts.questions().size()) ? this.texts.questions().get(nth - 1) : "";
		}

	}

	/** Its doors; who is on the case and works on it is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes learnedRoutes() {
			return () -> List.of(Route.get("/casus/*/geleerd", Route.LOGGED_IN),
					Route.post("/casus/*/geleerd", Route.LOGGED_IN),
					Route.post("/casus/*/geleerd/*/weghalen", Route.LOGGED_IN),
					Route.get("/casus/*/geleerd/voorbeeld", Route.LOGGED_IN),
					Route.post("/casus/*/geleerd/voorbeeld", Route.LOGGED_IN));
		}

	}

}
