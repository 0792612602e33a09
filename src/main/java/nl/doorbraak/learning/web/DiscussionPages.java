package nl.doorbraak.learning.web;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.RoundTableCalendar;
import nl.doorbraak.casefile.RoundTableCalendar.Meeting;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.learning.CaseDiscussion;
import nl.doorbraak.learning.CaseDiscussions;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where cases are discussed without saying whose they are, for who takes part. */
@Controller
@RequestMapping("/casuistiek")
class DiscussionPages {

	private final CaseDiscussions discussions;

	private final CaseFiles files;

	private final RoundTableCalendar calendar;

	private final Directory directory;

	DiscussionPages(CaseDiscussions discussions, CaseFiles files, RoundTableCalendar calendar, Directory directory) {
		this.discussions = discussions;
		this.files = files;
		this.calendar = calendar;
		this.directory = directory;
	}

	@GetMapping
	String list(Model model, Principal reader) {
		names(model);
		model.addAttribute("discussions", this.discussions.of(reader.getName()));
		model.addAttribute("people",
				this.discussions.people(reader.getName())
					.stream()
					.filter((officer) -> !officer.login().equals(reader.getName()))
					.sorted(Comparator.comparing(Officer::name))
					.toList());
		return "learning/discussions";
	}

	@PostMapping
	String plan(Principal planner,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) @Nullable LocalTime begin,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) @Nullable LocalTime end,
			@RequestParam(defaultValue = "") List<String> guests) {
		return backTo(this.discussions.plan(planner.getName(), day, begin, end, guests));
	}

	@GetMapping("/{id}")
	String show(Model model, Principal reader, @PathVariable String id) {
		CaseDiscussion discussion = this.discussions.get(reader.getName(), uuid(id));
		names(model);
		model.addAttribute("discussion", discussion);
		model.addAttribute("cases", this.discussions.cases(reader.getName(), discussion));
		model.addAttribute("plans", discussion.plannedBy().equals(reader.getName()));
		model.addAttribute("mine", this.files.listFor(reader.getName()));
		return "learning/discussion";
	}

	@PostMapping("/{id}/casus")
	String putIn(Principal actor, @PathVariable String id, @RequestParam(defaultValue = "") String number,
			@RequestParam(defaultValue = "") String situation, @RequestParam(defaultValue = "") String question,
			@RequestParam(defaultValue = "") String topic1, @RequestParam(defaultValue = "") String topic2,
			@RequestParam(defaultValue = "") String topic3, @RequestParam(defaultValue = "0") int minutes) {
		this.discussions.putIn(actor.getName(), uuid(id), number.strip(), situation, question,
				List.of(topic1, topic2, topic3), minutes);
		return backTo(uuid(id));
	}

	@PostMapping("/{id}/casus/{discussed}")
	String recordOutcome(Principal actor, @PathVariable String id, @PathVariable long discussed,
			@RequestParam(defaultValue = "") String outcome) {
		this.discussions.recordOutcome(actor.getName(), uuid(id), discussed, outcome);
		return backTo(uuid(id));
	}

	@PostMapping("/{id}/sluiten")
	String close(Principal actor, @PathVariable String id) {
		this.discussions.close(actor.getName(), uuid(id));
		return backTo(uuid(id));
	}

	@PostMapping("/{id}/afzeggen")
	String cancel(Principal actor, @PathVariable String id) {
		this.discussions.cancel(actor.getName(), uuid(id));
		return backTo(uuid(id));
	}

	@GetMapping("/{id}/agenda.ics")
	ResponseEntity<String> calendar(Principal reader, @PathVariable String id) {
		CaseDiscussion discussion = this.discussions.get(reader.getName(), uuid(id));
		if ("cancelled".equals(discussion.endedAs())) {
			throw Refused.notFound();
		}
		return ResponseEntity.ok()
			.contentType(new MediaType(new MediaType("text", "calendar"), StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("casuistiekbespreking.ics").build().toString())
			.body(this.calendar
				.copy(new Meeting(discussion.uid(), discussion.plannedAt(), discussion.beginsAt(), discussion.endsAt(),
						"Casuïstiekbespreking", this.directory.getOrganisation(discussion.organisation()).name(),
						"Open de bespreking", "/casuistiek/" + discussion.uid())));
	}

	private void names(Model model) {
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
	}

	private static UUID uuid(String id) {
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.notFound();
		}
	}

	private static String backTo(UUID id) {
		return "redirect:/casuistiek/" + id;
	}

	/** Its doors; who takes part is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes discussionRoutes() {
			return () -> List.of(Route.get("/casuistiek", Route.LOGGED_IN), Route.post("/casuistiek", Route.LOGGED_IN),
					Route.get("/casuistiek/*", Route.LOGGED_IN), Route.get("/casuistiek/*/agenda.ics", Route.LOGGED_IN),
					Route.post("/casuistiek/*/casus", Route.LOGGED_IN),
					Route.post("/casuistiek/*/casus/*", Route.LOGGED_IN),
					Route.post("/casuistiek/*/sluiten", Route.LOGGED_IN),
					Route.post("/casuistiek/*/afzeggen", Route.LOGGED_IN));
		}

	}

}
