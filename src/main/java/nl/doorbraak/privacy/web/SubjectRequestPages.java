package nl.doorbraak.privacy.web;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.privacy.SubjectExports;
import nl.doorbraak.privacy.SubjectRequest;
import nl.doorbraak.privacy.SubjectRequest.Extension;
import nl.doorbraak.privacy.SubjectRequest.Ground;
import nl.doorbraak.privacy.SubjectRequest.Identity;
import nl.doorbraak.privacy.SubjectRequest.Kind;
import nl.doorbraak.privacy.SubjectRequest.LeaveOut;
import nl.doorbraak.privacy.SubjectRequest.Outcome;
import nl.doorbraak.privacy.SubjectRequests;
import nl.doorbraak.privacy.SubjectRequests.Asked;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Requests of residents: entered and ended by the team at the case or by a manager from
 * the list, answered by the team.
 */
@Controller
class SubjectRequestPages {

	private final SubjectRequests requests;

	private final SubjectExports exports;

	private final CaseFiles files;

	private final Residents residents;

	private final Directory directory;

	private final Clock clock;

	SubjectRequestPages(SubjectRequests requests, SubjectExports exports, CaseFiles files, Residents residents,
			Directory directory, Clock clock) {
		this.requests = requests;
		this.exports = exports;
		this.files = files;
		this.residents = residents;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/verzoeken")
	String list(Model model, Principal reader) {
		List<SubjectRequest> list = this.requests.list(reader.getName());
		show(model, list);
		model.addAttribute("openCount", list.stream().filter(SubjectRequest::isOpen).count());
		return "privacy/list";
	}

	@PostMapping("/verzoeken")
	String enter(Principal actor, @RequestParam(defaultValue = "") String casus,
			@RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "") String identity, @RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate receivedOn) {
		this.requests.enter(actor.getName(), casus, new Asked(kind, receivedOn, "", name, identity));
		return "redirect:/verzoeken";
	}

	@GetMapping("/casus/{number}/verzoeken")
	String ofCase(Model model, Principal reader, @PathVariable String number) {
		this.files.read(reader.getName(), number, "subject-requests", Sight.TEAM_ONLY);
		List<SubjectRequest> list = this.requests.of(number);
		show(model, list);
		model.addAttribute("number", number);
		model.addAttribute("residents", this.residents.of(number));
		Function<SubjectRequest, String> who = this.requests::nameOf;
		model.addAttribute("who", who);
		return "privacy/requests";
	}

	private void show(Model model, List<SubjectRequest> list) {
		model.addAttribute("list", list);
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("kinds", Kind.values());
		model.addAttribute("identities", Identity.values());
		model.addAttribute("extensions", Extension.values());
		model.addAttribute("outcomes", Outcome.values());
		model.addAttribute("grounds", Ground.values());
		Function<String, String> names = this.directory::nameOf;
		model.addAttribute("names", names);
	}

	@PostMapping("/casus/{number}/verzoeken")
	String enterAtCase(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String kind,
			@RequestParam(defaultValue = "0") String person, @RequestParam(defaultValue = "") String identity,
			@RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate receivedOn) {
		this.requests.enter(actor.getName(), number,
				new Asked(kind, receivedOn, person.isBlank() ? "0" : person, "", identity));
		return "redirect:/casus/" + number + "/verzoeken";
	}

	@PostMapping("/verzoeken/{id}/verlengen")
	String extend(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String reason,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate toldOn) {
		return back(actor, this.requests.extend(actor.getName(), id, reason, toldOn));
	}

	@PostMapping("/verzoeken/{id}/afsluiten")
	String end(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String outcome,
			@RequestParam(defaultValue = "") String ground, @RequestParam(defaultValue = "") String why) {
		return back(actor, this.requests.end(actor.getName(), id, outcome, ground, why));
	}

	/** Where they came from: who is of the team to the case, a manager to the list. */
	private String back(Principal actor, SubjectRequest request) {
		return this.files.isTeam(actor.getName(), request.number())
				? "redirect:/casus/" + request.number() + "/verzoeken" : "redirect:/verzoeken";
	}

	@GetMapping("/casus/{number}/verzoeken/{id}")
	String draft(Model model, Principal reader, @PathVariable String number, @PathVariable long id) {
		SubjectExports.Draft draft = this.exports.draft(reader.getName(), number, id);
		model.addAttribute("draft", draft);
		model.addAttribute("overview", draft.overview());
		model.addAttribute("request", draft.request());
		model.addAttribute("leaveOuts", LeaveOut.values());
		return "privacy/draft";
	}

	@PostMapping("/casus/{number}/verzoeken/{id}/weglaten")
	String leaveOut(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String passage, @RequestParam(defaultValue = "") String ground,
			@RequestParam(defaultValue = "") String why) {
		this.exports.leaveOut(actor.getName(), number, id, passage, ground, why);
		return "redirect:/casus/" + number + "/verzoeken/" + id;
	}

	@PostMapping("/casus/{number}/verzoeken/{id}/correctie")
	String correct(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String passage, @RequestParam(defaultValue = "") String must,
			@RequestParam(defaultValue = "") String accepted, @RequestParam(defaultValue = "") String why) {
		this.exports.correct(actor.getName(), number, id, passage, must, accepted, why);
		return "redirect:/casus/" + number + "/verzoeken/" + id;
	}

	@PostMapping("/casus/{number}/verzoeken/{id}/afgeschermd")
	String give(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "0") long compartment, @RequestParam(defaultValue = "") String why) {
		this.exports.give(actor.getName(), number, id, compartment, why);
		return "redirect:/casus/" + number + "/verzoeken/" + id;
	}

	@PostMapping("/casus/{number}/verzoeken/{id}/overzicht")
	String make(Principal actor, @PathVariable String number, @PathVariable long id) {
		this.exports.make(actor.getName(), number, id);
		return "redirect:/casus/" + number + "/verzoeken/" + id + "/overzicht";
	}

	@GetMapping("/casus/{number}/verzoeken/{id}/overzicht")
	String overview(Model model, Principal reader, @PathVariable String number, @PathVariable long id) {
		model.addAttribute("overview", this.exports.shown(reader.getName(), number, id));
		model.addAttribute("id", id);
		return "privacy/overview";
	}

	@GetMapping("/casus/{number}/verzoeken/{id}/overzicht.json")
	ResponseEntity<byte[]> file(Principal reader, @PathVariable String number, @PathVariable long id) {
		String content = this.exports.made(reader.getName(), number, id);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename("overzicht-" + number + "-" + id + ".json")
						.build()
						.toString())
			.body(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	/** Its doors; who is of the team and who manages where is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes subjectRequestRoutes() {
			List<Route> all = Stream.of(
					Stream.of(Route.get("/verzoeken", SubjectRequests.managers()),
							Route.post("/verzoeken", SubjectRequests.managers())),
					Stream
						.of("/casus/*/verzoeken", "/casus/*/verzoeken/*", "/casus/*/verzoeken/*/overzicht",
								"/casus/*/verzoeken/*/overzicht.json")
						.map((path) -> Route.get(path, Route.LOGGED_IN)),
					Stream
						.of("/verzoeken/*/verlengen", "/verzoeken/*/afsluiten", "/casus/*/verzoeken",
								"/casus/*/verzoeken/*/weglaten", "/casus/*/verzoeken/*/correctie",
								"/casus/*/verzoeken/*/afgeschermd", "/casus/*/verzoeken/*/overzicht")
						.map((path) -> Route.post(path, Route.LOGGED_IN)))
				.flatMap((each) -> each)
				.toList();
			return () -> all;
		}

		@Bean
		MenuLink subjectRequestLink() {
			return new MenuLink("/verzoeken", "Verzoeken");
		}

	}

}
