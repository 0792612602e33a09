package nl.doorbraak.casefile.web;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.RoundTable;
import nl.doorbraak.casefile.RoundTableCalendar;
import nl.doorbraak.casefile.RoundTables;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;
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
import org.springframework.web.bind.annotation.RequestParam;

/**
 * When the people of a case meet: read by everybody on it, planned by who works on it.
 */
@Controller
class RoundTablePages {

	private final RoundTables tables;

	private final RoundTableCalendar calendar;

	private final CaseFiles files;

	private final Directory directory;

	RoundTablePages(RoundTables tables, RoundTableCalendar calendar, CaseFiles files, Directory directory) {
		this.tables = tables;
		this.calendar = calendar;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping("/casus/{number}/rondetafel")
	String show(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "round-table");
		RoundTable table = this.tables.coming(number).orElse(null);
		model.addAttribute("number", number);
		model.addAttribute("table", table);
		model.addAttribute("held", dossier.last("hold-round-table"));
		model.addAttribute("works", this.files.worksOn(reader.getName(), number));
		model.addAttribute("zone", DutchTime.ZONE);
		model.addAttribute("bodies", (Function<String, String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("place", (table != null) ? this.tables.writtenPlace(table) : "");
		model.addAttribute("plans",
				dossier.file().state() == CaseFile.State.OPEN && this.files.worksOn(reader.getName(), number));
		model.addAttribute("people",
				this.files.people(number)
					.stream()
					.map(this.directory::getOfficer)
					.sorted(Comparator.comparing(Officer::name))
					.toList());
		model.addAttribute("organisations",
				this.directory.allOrganisations().stream().sorted(Comparator.comparing(Organisation::name)).toList());
		model.addAttribute("termEnd",
				dossier.stay()
					.filter((stay) -> table != null && isTooLate(stay, table))
					.map(RungStay::termLastDay)
					.orElse(null));
		return "casefile/round-table";
	}

	private static boolean isTooLate(RungStay stay, RoundTable table) {
		return !stay.isDecided() && !table.beginsAt().isBefore(stay.termEndsAt());
	}

	@PostMapping("/casus/{number}/rondetafel")
	String plan(Principal actor, @PathVariable String number,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) @Nullable LocalTime begin,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) @Nullable LocalTime end,
			@RequestParam(defaultValue = "") String where, @RequestParam(defaultValue = "") String place,
			@RequestParam(defaultValue = "") List<String> guests, @RequestParam(defaultValue = "-1") int sequence) {
		this.tables.plan(actor.getName(), number,
				new RoundTables.Plan(day, begin, end, where, place, guests, sequence));
		return backTo(number);
	}

	@PostMapping("/casus/{number}/rondetafel/afzeggen")
	String cancel(Principal actor, @PathVariable String number) {
		this.tables.cancel(actor.getName(), number);
		return backTo(number);
	}

	@GetMapping("/casus/{number}/rondetafel/agenda.ics")
	ResponseEntity<String> calendar(Principal reader, @PathVariable String number) {
		if (!this.files.isOn(reader.getName(), number)) {
			throw Refused.notFound();
		}
		RoundTable table = this.tables.coming(number).orElseThrow(Refused::notFound);
		return ResponseEntity.ok()
			.contentType(new MediaType(new MediaType("text", "calendar"), StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("rondetafel-" + number + ".ics").build().toString())
			.body(this.calendar.copy(table));
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/rondetafel";
	}

	/** Its doors; who is on the case and who works on it is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes roundTableRoutes() {
			return () -> List.of(Route.get("/casus/*/rondetafel", Route.LOGGED_IN),
					Route.get("/casus/*/rondetafel/agenda.ics", Route.LOGGED_IN),
					Route.post("/casus/*/rondetafel", Route.LOGGED_IN),
					Route.post("/casus/*/rondetafel/afzeggen", Route.LOGGED_IN));
		}

	}

}
