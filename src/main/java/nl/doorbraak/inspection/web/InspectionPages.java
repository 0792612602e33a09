package nl.doorbraak.inspection.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.inspection.Inspection;
import nl.doorbraak.inspection.Inspection.Sample;
import nl.doorbraak.inspection.Inspection.Verdict;
import nl.doorbraak.inspection.Inspections;
import nl.doorbraak.inspection.Inspections.Question;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Controleopdrachten, for the auditors of the municipalities that they are about. */
@Controller
@RequestMapping(InspectionPages.PATH)
class InspectionPages {

	static final String PATH = "/controle/opdrachten";

	private static final int AT_A_TIME = 100;

	private final Inspections inspections;

	private final Directory directory;

	InspectionPages(Inspections inspections, Directory directory) {
		this.inspections = inspections;
		this.directory = directory;
	}

	@GetMapping
	String list(Model model, Principal reader) {
		names(model);
		List<String> audits = this.inspections.audits(reader.getName());
		model.addAttribute("inspections", this.inspections.list(reader.getName()));
		model.addAttribute("audits", audits);
		model.addAttribute("powers", Power.values());
		model.addAttribute("id", UUID.randomUUID());
		return "inspection/inspections";
	}

	/** Each page that is drawn has an id of its own in the form. */
	@PostMapping
	String open(Principal actor, @RequestParam(defaultValue = "") String id,
			@RequestParam(defaultValue = "") String purpose,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate firstDay,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate lastDay,
			@RequestParam(defaultValue = "") String power, @RequestParam(defaultValue = "") String minimum,
			@RequestParam(defaultValue = "") List<String> municipalities) {
		this.inspections.open(actor.getName(), uuid(id),
				new Question(purpose, firstDay, lastDay, power, minimum.strip(), municipalities));
		return "redirect:" + PATH + "/" + uuid(id);
	}

	@GetMapping("/{id}")
	String show(Model model, Principal reader, @PathVariable String id,
			@RequestParam(name = "vanaf", defaultValue = "1") int first) {
		Inspection inspection = this.inspections.get(reader.getName(), uuid(id));
		names(model);
		int skipped = Math.max(first, 1) - 1;
		model.addAttribute("from", skipped + 1);
		model.addAttribute("population", this.inspections.population(inspection, skipped, AT_A_TIME));
		model.addAttribute("next", (skipped + AT_A_TIME < inspection.decisions()) ? skipped + AT_A_TIME + 1 : null);
		model.addAttribute("difference", this.inspections.difference(inspection));
		model.addAttribute("verdicts", Verdict.values());
		about(model, inspection);
		return "inspection/inspection";
	}

	private void about(Model model, Inspection inspection) {
		List<Sample> samples = this.inspections.samples(inspection);
		model.addAttribute("inspection", inspection);
		model.addAttribute("samples", samples);
		model.addAttribute("items", this.inspections.items(samples));
		model.addAttribute("counts", this.inspections.counts(samples));
	}

	@PostMapping("/{id}/steekproef")
	String draw(Principal actor, @PathVariable String id, @RequestParam(defaultValue = "") String size,
			@RequestParam(defaultValue = "") String seed, @RequestParam(defaultValue = "-1") int seen) {
		this.inspections.draw(actor.getName(), uuid(id), size, seed, seen);
		return backTo(id, "steekproef");
	}

	@PostMapping("/{id}/bevinding")
	String find(Principal actor, @PathVariable String id, @RequestParam(defaultValue = "0") long decision,
			@RequestParam(defaultValue = "") String verdict, @RequestParam(defaultValue = "") String words,
			@RequestParam(defaultValue = "-1") long seen) {
		this.inspections.find(actor.getName(), uuid(id), decision, verdict, words, seen);
		return backTo(id, "besluit-" + decision);
	}

	@PostMapping("/{id}/sluiten")
	String close(Principal actor, @PathVariable String id) {
		this.inspections.close(actor.getName(), uuid(id));
		return "redirect:" + PATH + "/" + uuid(id) + "/rapport";
	}

	@GetMapping("/{id}/rapport")
	String report(Model model, Principal reader, @PathVariable String id) {
		Inspection inspection = this.inspections.get(reader.getName(), uuid(id));
		names(model);
		about(model, inspection);
		model.addAttribute("whole", this.inspections.isWhole(inspection));
		return "inspection/report";
	}

	private void names(Model model) {
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
	}

	static UUID uuid(String id) {
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.notFound();
		}
	}

	private static String backTo(String id, String part) {
		return "redirect:" + PATH + "/" + uuid(id) + "#" + part;
	}

	/** Its doors; whether it is theirs is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes inspectionRoutes() {
			return () -> List.of(Route.get(PATH, Set.of(Function.AUDITOR.code())), Route.post(PATH, Route.LOGGED_IN),
					Route.get(PATH + "/*", Route.LOGGED_IN), Route.post(PATH + "/*/steekproef", Route.LOGGED_IN),
					Route.post(PATH + "/*/bevinding", Route.LOGGED_IN),
					Route.post(PATH + "/*/sluiten", Route.LOGGED_IN), Route.get(PATH + "/*/rapport", Route.LOGGED_IN));
		}

	}

}
