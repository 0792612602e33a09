package nl.doorbraak.people.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.people.ListPlan;
import nl.doorbraak.people.Lists;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.SheetFile;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * People and organisations by list: take it away, look at what a changed one would do,
 * and have it done. Until the button nothing is kept: the file comes back with it.
 */
@Controller
class ListPages {

	private static final String PATH = LeaverPages.PATH + "/lijst";

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private final Lists lists;

	private final Problems problems;

	ListPages(Lists lists, Problems problems) {
		this.lists = lists;
		this.problems = problems;
	}

	@GetMapping(PATH)
	String list(Model model, Principal administrator) {
		model.addAttribute("bodies", this.lists.bodies(administrator.getName()));
		return "people/list";
	}

	@GetMapping(PATH + "/medewerkers.csv")
	ResponseEntity<byte[]> people(Principal administrator, @RequestParam(defaultValue = "") String orgaan) {
		Organisation body = this.lists.body(administrator.getName(), orgaan);
		return csv("medewerkers-" + body.id(), this.lists.people(body));
	}

	@GetMapping(PATH + "/organisaties.csv")
	ResponseEntity<byte[]> organisations(Principal administrator) {
		return csv("organisaties", this.lists.organisations(administrator.getName()));
	}

	private static ResponseEntity<byte[]> csv(String name, List<List<String>> lines) {
		return file(name + ".csv", CSV, SheetFile.csv(lines).getBytes(StandardCharsets.UTF_8));
	}

	private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] bytes) {
		return ResponseEntity.ok()
			.contentType(type)
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(bytes);
	}

	@PostMapping(PATH)
	String look(Model model, Principal administrator, HttpServletResponse response,
			@RequestParam(defaultValue = "") String orgaan,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		if (bestand == null || "".equals(bestand.getOriginalFilename())) {
			throw Refused.invalid("no-file", "Kies eerst een bestand.", "bestand");
		}
		return look(model, administrator.getName(), response, orgaan, bestand.getBytes());
	}

	private String look(Model model, String administrator, HttpServletResponse response, String orgaan, byte[] file) {
		ListPlan plan = this.lists.plan(administrator, orgaan, file);
		if (!plan.problems().isEmpty()) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
		}
		model.addAttribute("plan", plan);
		model.addAttribute("body", this.lists.body(administrator, orgaan));
		model.addAttribute("carried", Base64.getEncoder().encodeToString(file));
		return "people/list-plan";
	}

	/** What changed meanwhile is looked at anew, on the page that only a file draws. */
	@PostMapping(PATH + "/overnemen")
	String take(Model model, Principal administrator, HttpServletRequest request, HttpServletResponse response,
			RedirectAttributes after, @RequestParam(defaultValue = "") String orgaan,
			@RequestParam(defaultValue = "") String inhoud, @RequestParam(defaultValue = "") String merk) {
		byte[] file = decoded(inhoud);
		try {
			ListPlan plan = this.lists.take(administrator.getName(), orgaan, file, merk);
			after.addFlashAttribute("taken", plan.changes().size());
			return "redirect:" + PATH;
		}
		catch (Refused refused) {
			if (refused.kind() != Refused.Kind.CONFLICT) {
				throw refused;
			}
			this.problems.of(refused, Problems.door(request));
			model.addAttribute("error", refused.sentence());
			String page = look(model, administrator.getName(), response, orgaan, file);
			response.setStatus(refused.kind().status());
			return page;
		}
	}

	private static byte[] decoded(String content) {
		try {
			return Base64.getDecoder().decode(content);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.invalid("no-file", "Het bestand is onderweg veranderd. Kies het opnieuw.", "bestand");
		}
	}

	/** Their doors; of which organisation is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes listRoutes() {
			Set<String> administrators = Set.of(Function.ADMINISTRATOR.code());
			return () -> List.of(Route.get(PATH, administrators), Route.get(PATH + "/medewerkers.csv", administrators),
					Route.get(PATH + "/organisaties.csv", administrators), Route.post(PATH, administrators),
					Route.post(PATH + "/overnemen", administrators));
		}

	}

}
