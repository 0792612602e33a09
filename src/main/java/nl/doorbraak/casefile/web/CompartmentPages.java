package nl.doorbraak.casefile.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Compartment;
import nl.doorbraak.casefile.Compartment.Kind;
import nl.doorbraak.casefile.Compartment.Shown;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.directory.Organisation;
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

/**
 * The compartments of a case: the only page where what is in one is shown. Beside it what
 * an auditor opens with a reason, and those that nobody of a team can open.
 */
@Controller
class CompartmentPages {

	private static final String OF_CASE = "/casus/{number}/afgeschermd";

	private static final String OF_AUDIT = "/controle/{number}/afgeschermd";

	private static final String SHUT = "/afgeschermd";

	private final Compartments compartments;

	private final CaseFiles files;

	private final Directory directory;

	CompartmentPages(Compartments compartments, CaseFiles files, Directory directory) {
		this.compartments = compartments;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping(OF_CASE)
	String show(Model model, Principal reader, @PathVariable String number) {
		Shown shown = this.compartments.read(reader.getName(), number);
		model.addAttribute("shown", shown);
		model.addAttribute("kinds", Kind.values());
		model.addAttribute("people",
				shown.make()
						? this.files.people(number).stream().filter((login) -> !login.equals(reader.getName())).toList()
						: List.of());
		model.addAttribute("organisations", shown.make()
				? this.directory.allOrganisations().stream().filter(Organisation::connected).toList() : List.of());
		return words(model, number, "casefile/compartments");
	}

	@PostMapping(OF_CASE)
	String make(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String kind,
			@RequestParam(defaultValue = "") String why, @RequestParam(defaultValue = "") List<String> people,
			@RequestParam(defaultValue = "") String organisation) {
		return backTo(number, this.compartments.make(actor.getName(), number, kind, why, people, organisation));
	}

	@PostMapping(OF_CASE + "/{id}/inhoud")
	String put(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String what) {
		this.compartments.put(actor.getName(), number, id, what);
		return backTo(number, id);
	}

	@PostMapping(OF_CASE + "/{id}/tekst")
	String write(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String text) {
		this.compartments.write(actor.getName(), number, id, text);
		return backTo(number, id);
	}

	@PostMapping(OF_CASE + "/{id}/mensen")
	String name(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String person, @RequestParam(defaultValue = "") String organisation) {
		this.compartments.name(actor.getName(), number, id, person, organisation);
		return backTo(number, id);
	}

	@PostMapping(OF_CASE + "/{id}/mensen/{person}/weg")
	String remove(Principal actor, @PathVariable String number, @PathVariable long id, @PathVariable long person) {
		this.compartments.remove(actor.getName(), number, id, person);
		return backTo(number, id);
	}

	@PostMapping(OF_CASE + "/{id}/opheffen")
	String close(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String why, @RequestParam(defaultValue = "false") boolean confirmed) {
		this.compartments.close(actor.getName(), number, id, why, confirmed);
		return "redirect:/casus/" + number + "/afgeschermd";
	}

	@GetMapping(OF_AUDIT)
	String audit(Model model, Principal reader, @PathVariable String number) {
		model.addAttribute("list", this.compartments.audit(reader.getName(), number, audited(reader.getName())));
		return words(model, number, "casefile/compartments-audit");
	}

	@PostMapping(OF_AUDIT + "/{id}")
	String openForAudit(Principal reader, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String why) {
		this.compartments.openForAudit(reader.getName(), number, audited(reader.getName()), id, why);
		return "redirect:/controle/" + number + "/afgeschermd#deel-" + id;
	}

	@GetMapping(SHUT)
	String shut(Model model, Principal reader) {
		List<Compartment> list = this.compartments.shut(reader.getName());
		model.addAttribute("list", list);
		model.addAttribute("successors",
				list.stream().collect(Collectors.toMap(Compartment::id, this.compartments::successors)));
		return words(model, "", "casefile/compartments-shut");
	}

	@PostMapping(SHUT + "/{id}")
	String succeed(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String successor,
			@RequestParam(defaultValue = "") String why) {
		this.compartments.succeed(actor.getName(), id, successor, why);
		return "redirect:" + SHUT;
	}

	private String words(Model model, String number, String page) {
		model.addAttribute("number", number);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return page;
	}

	private Set<String> audited(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> post.function() == Function.AUDITOR)
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	private static String backTo(String number, long id) {
		return "redirect:/casus/" + number + "/afgeschermd#deel-" + id;
	}

	/** Its doors; who is named and who may read the case is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes compartmentRoutes() {
			Set<String> auditors = Set.of(Function.AUDITOR.code());
			Set<String> keepers = Compartments.KEEPERS.stream().map(Function::code).collect(Collectors.toSet());
			String ofCase = "/casus/*/afgeschermd";
			return () -> List.of(Route.get(ofCase, Route.LOGGED_IN), Route.post(ofCase, Route.LOGGED_IN),
					Route.post(ofCase + "/*/inhoud", Route.LOGGED_IN), Route.post(ofCase + "/*/tekst", Route.LOGGED_IN),
					Route.post(ofCase + "/*/mensen", Route.LOGGED_IN),
					Route.post(ofCase + "/*/mensen/*/weg", Route.LOGGED_IN),
					Route.post(ofCase + "/*/opheffen", Route.LOGGED_IN), Route.get("/controle/*/afgeschermd", auditors),
					Route.post("/controle/*/afgeschermd/*", auditors), Route.get(SHUT, keepers),
					Route.post(SHUT + "/*", keepers));
		}

	}

}
