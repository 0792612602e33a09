package nl.doorbraak.retention.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.retention.ArchivePackages;
import nl.doorbraak.retention.DestructionList;
import nl.doorbraak.retention.DestructionLists;
import nl.doorbraak.retention.Hold;
import nl.doorbraak.retention.KeptCase;
import nl.doorbraak.retention.Retention;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
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

/**
 * What is kept until when, what holds it, the lists that two people sign, and what is
 * left to show of a destroyed case.
 */
@Controller
@RequestMapping(RetentionPages.PATH)
class RetentionPages {

	static final String PATH = "/bewaren";

	private static final int AT_A_TIME = 100;

	private final Retention retention;

	private final DestructionLists lists;

	private final ArchivePackages packages;

	private final Directory directory;

	RetentionPages(Retention retention, DestructionLists lists, ArchivePackages packages, Directory directory) {
		this.retention = retention;
		this.lists = lists;
		this.packages = packages;
		this.directory = directory;
	}

	@GetMapping
	String overview(Model model, Principal reader, @RequestParam(name = "vanaf", defaultValue = "1") int first) {
		who(model, reader);
		int skipped = Math.max(first, 1) - 1;
		List<KeptCase> found = this.retention.closed(reader.getName(), skipped);
		model.addAttribute("count", this.retention.count(reader.getName()));
		model.addAttribute("cases", found.subList(0, Math.min(found.size(), AT_A_TIME)));
		model.addAttribute("next", (found.size() > AT_A_TIME) ? skipped + AT_A_TIME + 1 : null);
		model.addAttribute("lists", this.lists.all(reader.getName()));
		return "retention/overview";
	}

	private void who(Model model, Principal reader) {
		Officer me = this.directory.getOfficer(reader.getName());
		model.addAttribute("manages", me.holds(Function.MANAGER));
		model.addAttribute("directs", me.holds(Function.DIRECTOR));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
	}

	@GetMapping("/casus/{number}")
	String one(Model model, Principal reader, @PathVariable String number) {
		who(model, reader);
		model.addAttribute("number", number);
		Optional<Retention.Destroyed> destroyed = this.retention.destroyed(reader.getName(), number);
		model.addAttribute("destroyed", destroyed.orElse(null));
		model.addAttribute("kept",
				destroyed.isPresent() ? null : this.retention.of(reader.getName(), number).orElse(null));
		model.addAttribute("holds", this.retention.holds(reader.getName(), number));
		model.addAttribute("reasons", Hold.Reason.values());
		return "retention/case";
	}

	@PostMapping("/casus/{number}/vasthouden")
	String hold(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "") String why) {
		this.retention.hold(actor.getName(), number, reason, why);
		return "redirect:" + PATH + "/casus/" + number;
	}

	@PostMapping("/casus/{number}/vrijgeven")
	String lift(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "0") long hold) {
		this.retention.lift(actor.getName(), number, hold);
		return "redirect:" + PATH + "/casus/" + number;
	}

	@PostMapping("/casus/{number}/archiefpakket")
	ResponseEntity<byte[]> archive(Principal actor, @PathVariable String number) {
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("archief-" + number + ".zip").build().toString())
			.contentType(MediaType.parseMediaType("application/zip"))
			.body(this.packages.make(actor.getName(), number));
	}

	@PostMapping("/lijsten")
	String make(Principal actor,
			@RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate tot) {
		return list(this.lists.make(actor.getName(), tot));
	}

	@GetMapping("/lijsten/{id}")
	String list(Model model, Principal reader, @PathVariable long id) {
		who(model, reader);
		model.addAttribute("list", this.lists.get(reader.getName(), id));
		model.addAttribute("reasons", DestructionList.Because.values());
		return "retention/list";
	}

	@GetMapping("/lijsten/{id}/verklaring")
	String certificate(Model model, Principal reader, @PathVariable long id) {
		who(model, reader);
		DestructionList list = this.lists.get(reader.getName(), id);
		model.addAttribute("list", list);
		model.addAttribute("organisation", this.directory.getOrganisation(list.municipality()).name());
		return "retention/certificate";
	}

	@PostMapping("/lijsten/{id}/afvoeren")
	String takeOff(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String casus,
			@RequestParam(defaultValue = "") String because) {
		this.lists.takeOff(actor.getName(), id, casus, because);
		return list(id);
	}

	@PostMapping("/lijsten/{id}/ondertekenen")
	String sign(Principal actor, @PathVariable long id) {
		this.lists.sign(actor.getName(), id);
		return list(id);
	}

	@PostMapping("/lijsten/{id}/intrekken")
	String withdraw(Principal actor, @PathVariable long id) {
		this.lists.withdraw(actor.getName(), id);
		return list(id);
	}

	private static String list(long id) {
		return "redirect:" + PATH + "/lijsten/" + id;
	}

	@GetMapping("/termijnen")
	String terms(Model model, Principal reader, @RequestParam(defaultValue = "") String termijn,
			@RequestParam(required = false) @Nullable Integer lengte) {
		who(model, reader);
		model.addAttribute("rules", this.retention.rules(reader.getName()));
		model.addAttribute("termijn", termijn);
		model.addAttribute("lengte", lengte);
		model.addAttribute("changes",
				(lengte != null) ? this.retention.consequence(reader.getName(), termijn, lengte) : null);
		return "retention/terms";
	}

	@PostMapping("/termijnen")
	String setTerm(Principal actor, @RequestParam(defaultValue = "") String termijn,
			@RequestParam(defaultValue = "0") int lengte) {
		this.retention.setTerm(actor.getName(), termijn, lengte);
		return "redirect:" + PATH + "/termijnen";
	}

	/** Its doors; which municipality is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes retentionRoutes() {
			Set<String> readers = codes(Retention.READERS);
			Set<String> managers = codes(Set.of(Function.MANAGER));
			Set<String> signers = codes(DestructionLists.SIGNERS);
			return () -> List.of(Route.get(PATH, readers), Route.get(PATH + "/casus/*", readers),
					Route.post(PATH + "/casus/*/vasthouden", managers),
					Route.post(PATH + "/casus/*/vrijgeven", managers),
					Route.post(PATH + "/casus/*/archiefpakket", managers), Route.post(PATH + "/lijsten", managers),
					Route.get(PATH + "/lijsten/*", readers), Route.get(PATH + "/lijsten/*/verklaring", readers),
					Route.post(PATH + "/lijsten/*/afvoeren", signers),
					Route.post(PATH + "/lijsten/*/ondertekenen", signers),
					Route.post(PATH + "/lijsten/*/intrekken", signers), Route.get(PATH + "/termijnen", readers),
					Route.post(PATH + "/termijnen", codes(Set.of(Function.DIRECTOR))));
		}

		private static Set<String> codes(Collection<Function> functions) {
			return functions.stream().map(Function::code).collect(Collectors.toSet());
		}

		@Bean
		MenuLink retentionLink() {
			return new MenuLink(PATH, "Bewaren");
		}

	}

}
