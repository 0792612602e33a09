package nl.doorbraak.agency.web;

import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.AgencyRequests.Question;
import nl.doorbraak.agency.Assessment;
import nl.doorbraak.agency.RefusalChain;
import nl.doorbraak.agency.Refusals;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.agency.Scheme;
import nl.doorbraak.agency.Scheme.Condition;
import nl.doorbraak.agency.Schemes;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Disclosures;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
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
import org.springframework.web.multipart.MultipartFile;

/** What agencies are asked about a case, what they answer, and the chain of refusals. */
@Controller
@RequestMapping("/casus/{number}/instanties")
class AgencyPages {

	private final AgencyRequests requests;

	private final Refusals refusals;

	private final Schemes schemes;

	private final CaseFiles files;

	private final Disclosures disclosures;

	private final Competence competence;

	private final Directory directory;

	private final Clock clock;

	AgencyPages(AgencyRequests requests, Refusals refusals, Schemes schemes, CaseFiles files, Disclosures disclosures,
			Competence competence, Directory directory, Clock clock) {
		this.competence = competence;
		this.disclosures = disclosures;
		this.requests = requests;
		this.refusals = refusals;
		this.schemes = schemes;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping
	String show(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "agencies");
		List<AgencyRequest> history = this.requests.history(number);
		RefusalChain chain = this.requests.refusals(number);
		boolean works = this.files.worksOn(reader.getName(), number);
		boolean open = dossier.file().state() == CaseFile.State.OPEN;
		model.addAttribute("number", number);
		model.addAttribute("lines",
				history.stream()
					.map((each) -> new Line(each, this.requests.scheme(each).map(Scheme::name).orElse(null),
							this.disclosures.isIdentified(number, each.agency())))
					.toList());
		model.addAttribute("reader", dossier.reader());
		model.addAttribute("texts", dossier.reader().sees(Sight.ANSWERS));
		model.addAttribute("competence", this.competence.standing(number).orElse(null));
		model.addAttribute("picture", Picture.of(history, this.clock.instant()));
		model.addAttribute("open", history.stream().filter(AgencyRequest::isOpen).count());
		model.addAttribute("chain", chain);
		model.addAttribute("tables", tables(chain));
		model.addAttribute("mayTakeUp", open && dossier.team() && chain.opensTheWayUp());
		model.addAttribute("contradictions", this.requests.contradictions(number));
		model.addAttribute("written",
				dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry)));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("zone", DutchTime.ZONE);
		model.addAttribute("today", DutchTime.day(this.clock.instant()));
		model.addAttribute("works", works);
		model.addAttribute("asks", works && open);
		model.addAttribute("agencies", this.requests.bodies());
		model.addAttribute("kinds", RequestKind.values());
		model.addAttribute("schemes", this.schemes.current());
		return "agency/requests";
	}

	/** A table per scheme: what was found of each condition at each refusal. */
	private List<Table> tables(RefusalChain chain) {
		Map<String, List<AgencyRequest>> byNeed = chain.refusals()
			.stream()
			.filter((each) -> each.scheme() != null)
			.collect(Collectors.groupingBy((each) -> each.agency() + " " + each.scheme(), LinkedHashMap::new,
					Collectors.toList()));
		return byNeed.values().stream().map((same) -> table(chain, same)).toList();
	}

	private Table table(RefusalChain chain, List<AgencyRequest> same) {
		Map<Integer, String> conditions = new LinkedHashMap<>();
		same.forEach((each) -> this.requests.conditions(each)
			.forEach((Condition condition) -> conditions.put(condition.code(), condition.text())));
		List<Row> rows = new ArrayList<>();
		conditions.forEach((code,
				text) -> rows.add(new Row(text,
						same.stream()
							.map((each) -> new Cell(each.findings().get(code), chain.late(each).contains(code)))
							.toList())));
		AgencyRequest last = same.get(same.size() - 1);
		return new Table(this.directory.getOrganisation(last.agency()).name() + ": "
				+ this.requests.scheme(last).map(Scheme::name).orElseThrow(), same, rows);
	}

	@PostMapping
	String ask(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") List<String> agency,
			@RequestParam(defaultValue = "") String department, @RequestParam(defaultValue = "decision") String kind,
			@RequestParam(defaultValue = "") String scheme, @RequestParam(required = false) @Nullable Long previous,
			@RequestParam String question, @RequestParam(defaultValue = "") String workaround) {
		this.requests.ask(actor.getName(), number, new Question(agency, department, kind(kind),
				scheme.isEmpty() ? null : scheme, previous, question, workaround));
		return backTo(number, "");
	}

	static RequestKind kind(String code) {
		return Coded.find(RequestKind.class, code)
			.orElseThrow(
					() -> Refused.invalid("kind", "Kies uit de lijst wat u vraagt: overleg of een besluit.", "kind"));
	}

	@PostMapping("/{request}/intrekken")
	String withdraw(Principal actor, @PathVariable String number, @PathVariable long request) {
		this.requests.withdraw(actor.getName(), number, request);
		return backTo(number, "#vraag-" + request);
	}

	@PostMapping("/{request}/verteld")
	String tell(Principal actor, @PathVariable String number, @PathVariable long request,
			@RequestParam(defaultValue = "") String how,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day) {
		this.refusals.tell(actor.getName(), number, request, how, day);
		return backTo(number, "#vraag-" + request);
	}

	@PostMapping("/{request}/brief")
	String attach(Principal actor, @PathVariable String number, @PathVariable long request,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		byte[] bytes = (bestand != null) ? bestand.getBytes() : new byte[0];
		this.refusals.attach(actor.getName(), number, request, bytes,
				(bestand != null) ? bestand.getContentType() : null);
		return backTo(number, "#vraag-" + request);
	}

	@PostMapping("/{request}/afwijzing-ingetrokken")
	String withdrawRefusal(Principal actor, @PathVariable String number, @PathVariable long request,
			@RequestParam(defaultValue = "") String why) {
		this.refusals.withdraw(actor.getName(), number, request, why);
		return backTo(number, "");
	}

	@PostMapping("/omhoog")
	String takeUp(Principal actor, @PathVariable String number) {
		this.refusals.takeUp(actor.getName(), number);
		return "redirect:/casus/" + number;
	}

	private static String backTo(String number, String place) {
		return "redirect:/casus/" + number + "/instanties" + place;
	}

	/**
	 * A question as it stands on the page.
	 *
	 * @param scheme its name
	 * @param identified whether the agency knows who it is about
	 */
	record Line(AgencyRequest request, @Nullable String scheme, boolean identified) {
	}

	/** The refusals of one scheme by one agency. */
	record Table(String name, List<AgencyRequest> refusals, List<Row> rows) {
	}

	record Row(String text, List<Cell> cells) {
	}

	/**
	 * What was found.
	 *
	 * @param result null where the list did not hold the condition
	 * @param late whether the ground could have been named before
	 */
	record Cell(@Nullable Assessment result, boolean late) {
	}

	/** Their doors; who is on the case and who works on it is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes agencyPageRoutes() {
			String page = "/casus/*/instanties";
			return () -> List.of(Route.get(page, Route.LOGGED_IN), Route.post(page, Route.LOGGED_IN),
					Route.post(page + "/*/intrekken", Route.LOGGED_IN),
					Route.post(page + "/*/verteld", Route.LOGGED_IN), Route.post(page + "/*/brief", Route.LOGGED_IN),
					Route.post(page + "/*/afwijzing-ingetrokken", Route.LOGGED_IN),
					Route.post(page + "/omhoog", Route.LOGGED_IN));
		}

	}

}
