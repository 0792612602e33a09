package nl.doorbraak.learning.web;

import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.learning.Example;
import nl.doorbraak.learning.Examples;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The bank of breakthroughs: read by everybody, released by a manager who wrote none. */
@Controller
@RequestMapping("/voorbeelden")
class ExamplePages {

	private final Examples examples;

	private final CaseFiles files;

	private final Directory directory;

	ExamplePages(Examples examples, CaseFiles files, Directory directory) {
		this.examples = examples;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping
	String list(Model model, Principal reader, @RequestParam(defaultValue = "") String zoek,
			@RequestParam(defaultValue = "") String gebied, @RequestParam(defaultValue = "") String organisatie) {
		names(model);
		model.addAttribute("words", zoek);
		model.addAttribute("domain", gebied);
		model.addAttribute("agency", organisatie);
		model.addAttribute("found", this.examples.find(zoek, gebied, organisatie));
		model.addAttribute("waiting", this.examples.toRelease(reader.getName()));
		model.addAttribute("allDomains", LifeDomain.values());
		model.addAttribute("organisations", this.examples.nameable());
		return "learning/examples";
	}

	@GetMapping("/{id}")
	String show(Model model, Principal reader, @PathVariable long id) {
		Example example = this.examples.get(reader.getName(), id);
		names(model);
		model.addAttribute("example", example);
		model.addAttribute("manages", this.examples.manages(reader.getName(), example));
		model.addAttribute("wrote", example.writers().contains(reader.getName()));
		model.addAttribute("few", example.state().equals("proposed") && this.examples.isFew(example));
		model.addAttribute("fewest", Examples.FEW);
		String number = example.number();
		model.addAttribute("case", (number != null && this.files.isOn(reader.getName(), number)) ? number : null);
		return "learning/example";
	}

	private void names(Model model) {
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("domains", (Function<String, @Nullable LifeDomain>) Examples::domain);
	}

	@PostMapping("/{id}/vrijgeven")
	String release(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "0") int version,
			@RequestParam(defaultValue = "false") boolean read) {
		this.examples.release(actor.getName(), id, version, read);
		return backTo(id);
	}

	@PostMapping("/{id}/terug")
	String giveBack(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "0") int version,
			@RequestParam(defaultValue = "") String because) {
		this.examples.giveBack(actor.getName(), id, version, because);
		return backTo(id);
	}

	@PostMapping("/{id}/intrekken")
	String withdraw(Principal actor, @PathVariable long id) {
		this.examples.withdraw(actor.getName(), id);
		return "redirect:/voorbeelden";
	}

	private static String backTo(long id) {
		return "redirect:/voorbeelden/" + id;
	}

	/** Its doors; who may release is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes exampleRoutes() {
			return () -> List.of(Route.get("/voorbeelden", Route.LOGGED_IN),
					Route.get("/voorbeelden/*", Route.LOGGED_IN),
					Route.post("/voorbeelden/*/vrijgeven", Route.LOGGED_IN),
					Route.post("/voorbeelden/*/terug", Route.LOGGED_IN),
					Route.post("/voorbeelden/*/intrekken", Route.LOGGED_IN));
		}

	}

}
