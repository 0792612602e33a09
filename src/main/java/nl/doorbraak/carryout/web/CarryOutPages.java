package nl.doorbraak.carryout.web;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.carryout.Expenses;
import nl.doorbraak.carryout.Expenses.Payment;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Who does what in a case and what it costs; and for each person what waits for them,
 * also of cases that they are not on: then that one line and no more.
 */
@Controller
class CarryOutPages {

	private final Measures measures;

	private final Expenses expenses;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	CarryOutPages(Measures measures, Expenses expenses, CaseFiles files, Directory directory, Clock clock) {
		this.measures = measures;
		this.expenses = expenses;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/casus/{number}/uitvoering")
	String show(Model model, Principal reader, @PathVariable String number,
			@RequestParam(defaultValue = "") String uit) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "carry-out", Sight.MEASURES);
		boolean works = this.files.worksOn(reader.getName(), number);
		UnaryOperator<String> readable = (text) -> this.files.readable(reader.getName(), number, text);
		List<Measure> all = this.measures.of(number).stream().map((each) -> each.in(readable)).toList();
		LocalDate today = today();
		Map<String, List<Measure>> byBody = all.stream()
			.collect(Collectors.groupingBy(Measure::organisation, LinkedHashMap::new, Collectors.toList()));
		model.addAttribute("number", number);
		model.addAttribute("byBody", byBody);
		model.addAttribute("count", all.size());
		model.addAttribute("openCount", all.stream().filter(Measure::isOpen).count());
		model.addAttribute("lateCount", all.stream().filter((each) -> each.isLate(today)).count());
		model.addAttribute("works", works);
		model.addAttribute("open", works && this.measures.isOpen(dossier.file()));
		model.addAttribute("sources", Measure.Source.values());
		model.addAttribute("rooms", works ? this.expenses.rooms(number) : List.of());
		model.addAttribute("expenses", works ? this.expenses.of(number) : List.of());
		model.addAttribute("readable", readable);
		model.addAttribute("all", all);
		model.addAttribute("begin",
				uit.equals("rondetafel") ? dossier.last("hold-round-table")
					.stream()
					.map((entry) -> String.valueOf(entry.text("agreements")))
					.findFirst()
					.orElse(null) : null);
		words(model);
		model.addAttribute("doers", doers(dossier.file().municipality()));
		return "carryout/actions";
	}

	@GetMapping("/maatregelen")
	String mine(Model model, Principal reader) {
		List<Measure> waiting = this.measures.waitingFor(reader.getName())
			.stream()
			.map((each) -> each.in((text) -> this.files.readable(reader.getName(), each.number(), text)))
			.toList();
		waiting.stream()
			.map(Measure::number)
			.distinct()
			.forEach((number) -> this.files.readPart(reader.getName(), number, "measure"));
		model.addAttribute("waiting", waiting);
		model.addAttribute("onCase",
				waiting.stream()
					.map(Measure::number)
					.distinct()
					.filter((number) -> this.files.isOn(reader.getName(), number))
					.toList());
		words(model);
		return "carryout/mine";
	}

	private void words(Model model) {
		model.addAttribute("names", (UnaryOperator<String>) (who) -> who.equals(Actor.SOFTWARE) ? "de casusregisseur"
				: this.directory.nameOf(who));
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
	}

	/**
	 * Everybody who can do something, by organisation; of other municipalities and
	 * regions nobody.
	 */
	private Map<Organisation, List<Officer>> doers(String municipality) {
		String region = this.directory.getOrganisation(municipality).region();
		Map<Organisation, List<Officer>> doers = new LinkedHashMap<>();
		List<Officer> officers = this.directory.allOfficers()
			.stream()
			.sorted(Comparator.comparing(Officer::name))
			.toList();
		this.directory.allOrganisations().stream().filter((body) -> switch (body.kind()) {
			case MUNICIPALITY -> body.id().equals(municipality);
			case REGION -> body.id().equals(region);
			case AGENCY, DESK, MINISTRY -> true;
		})
			.sorted(Comparator.comparing(Organisation::name))
			.forEach((body) -> doers.put(body, officers.stream()
				.filter((officer) -> officer.posts().stream().anyMatch((post) -> post.organisation().equals(body.id())))
				.toList()));
		return doers;
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	@PostMapping("/casus/{number}/maatregelen")
	String add(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String source,
			@RequestParam(defaultValue = "") String what, @RequestParam(defaultValue = "") String who,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate dueOn,
			@RequestParam(defaultValue = "") String cost) {
		this.measures.add(actor.getName(), number, source, what, who, dueOn, cost);
		return backTo(number);
	}

	@PostMapping("/maatregelen/{id}/antwoord")
	String answer(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String outcome,
			@RequestParam(defaultValue = "") String said, @RequestParam(defaultValue = "") String from) {
		Measure measure = this.measures.answer(actor.getName(), id, outcome, said);
		return from.equals("case") ? backTo(measure.number()) : "redirect:/maatregelen";
	}

	@PostMapping("/maatregelen/{id}/dag")
	String move(Principal actor, @PathVariable long id,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate dueOn) {
		return backTo(this.measures.move(actor.getName(), id, dueOn).number());
	}

	@PostMapping("/casus/{number}/betalingen")
	String pay(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "0") long budget,
			@RequestParam(defaultValue = "") String what, @RequestParam(defaultValue = "") String amount,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate paidOn,
			@RequestParam(defaultValue = "") String reference, @RequestParam(required = false) @Nullable Long measure) {
		this.expenses.pay(actor.getName(), number, new Payment(budget, what, amount, paidOn, reference, measure));
		return backTo(number) + "#geld";
	}

	@PostMapping("/casus/{number}/betalingen/{id}/terug")
	String reverse(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String reason) {
		this.expenses.reverse(actor.getName(), number, id, reason);
		return backTo(number) + "#geld";
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/uitvoering";
	}

	/** Its doors; who may do what is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes carryOutRoutes() {
			return () -> List.of(Route.get("/casus/*/uitvoering", Route.LOGGED_IN),
					Route.post("/casus/*/maatregelen", Route.LOGGED_IN), Route.get("/maatregelen", Route.LOGGED_IN),
					Route.post("/maatregelen/*/antwoord", Route.LOGGED_IN),
					Route.post("/maatregelen/*/dag", Route.LOGGED_IN),
					Route.post("/casus/*/betalingen", Route.LOGGED_IN),
					Route.post("/casus/*/betalingen/*/terug", Route.LOGGED_IN));
		}

		@Bean
		MenuLink measuresLink() {
			return new MenuLink("/maatregelen", "Maatregelen");
		}

	}

}
