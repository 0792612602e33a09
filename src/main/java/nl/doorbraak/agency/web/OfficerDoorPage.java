package nl.doorbraak.agency.web;

import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.OfficerDoor;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The door of one question, for an officer without an account. Opening the link shows
 * nothing of the question: that takes a code, or a login as an officer of the agency.
 */
@Controller
@RequestMapping("/instantie/{key}")
class OfficerDoorPage {

	private final OfficerDoor door;

	private final AgencyRequests requests;

	private final CaseFiles files;

	private final Directory directory;

	private final Problems problems;

	/** The questions of the form, so that both doors ask the same in the same words. */
	private final Map<String, JsonNode> questions;

	OfficerDoorPage(OfficerDoor door, AgencyRequests requests, CaseFiles files, Directory directory, Problems problems,
			ObjectMapper json) throws IOException {
		JsonNode form = json.readTree(new ClassPathResource("forms/answer-request.form").getInputStream());
		this.questions = StreamSupport.stream(form.path("components").spliterator(), false)
			.filter((component) -> component.has("key"))
			.collect(Collectors.toMap((component) -> component.path("key").asText(), (component) -> component));
		this.door = door;
		this.requests = requests;
		this.files = files;
		this.directory = directory;
		this.problems = problems;
	}

	@GetMapping
	String show(Model model, @PathVariable String key, @Nullable Principal reader, HttpServletRequest http) {
		AgencyRequest request = this.door.request(uuid(key));
		String officer = officer(request, key, reader, http).orElse(null);
		model.addAttribute("key", key);
		model.addAttribute("request", request);
		model.addAttribute("agency", this.directory.getOrganisation(request.agency()));
		model.addAttribute("municipality",
				this.directory.getOrganisation(this.files.standing(request.number()).municipality()));
		if (officer == null) {
			model.addAttribute("ways", this.door.ways(request));
			return "agency/door";
		}
		Map<String, Object> facts = this.door.shown(request, officer);
		model.addAttribute("name", this.directory.nameOf(officer));
		model.addAttribute("facts", facts);
		model.addAttribute("answers", request.isOpen() && request.waitingSince() == null);
		model.addAttribute("conditions",
				IntStream.range('A', 'K')
					.mapToObj((letter) -> String.valueOf((char) letter))
					.filter((letter) -> facts.containsKey("conditionText" + letter))
					.toList());
		model.addAttribute("asks", (UnaryOperator<String>) this::label);
		model.addAttribute("options",
				(Function<String, List<Map<String, String>>>) (question) -> options(question, facts));
		model.addAttribute("refuses", request.kind() != RequestKind.CONSULTATION);
		model.addAttribute("flagged", this.requests.refusals(request.number()).isFlagged(request));
		model.addAttribute("closed", this.files.get(request.number()).outcome());
		return "agency/question";
	}

	private String label(String key) {
		JsonNode question = question(key);
		return question.path("label").asText(question.path("dateLabel").asText());
	}

	private JsonNode question(String key) {
		return Objects.requireNonNull(this.questions.get(key), key);
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, String>> options(String key, Map<String, Object> facts) {
		String fact = question(key).path("valuesKey").asText();
		if (!fact.isEmpty()) {
			return (List<Map<String, String>>) Objects.requireNonNull(facts.get(fact), fact);
		}
		return StreamSupport.stream(question(key).path("values").spliterator(), false)
			.map((option) -> Map.of("value", option.path("value").asText(), "label", option.path("label").asText()))
			.toList();
	}

	@PostMapping("/code")
	String sendCode(Model model, @PathVariable String key, @RequestParam(defaultValue = "") String way,
			@Nullable Principal reader, HttpServletRequest http, HttpServletResponse response) {
		return act(model, key, reader, http, response, () -> {
			String[] chosen = way.split(" ", 2);
			this.door.sendCode(uuid(key), chosen[0], chosen.length == 2 && chosen[1].equals("sms"));
			model.addAttribute("sent", true);
			return show(model, key, reader, http);
		});
	}

	@PostMapping("/open")
	String open(Model model, @PathVariable String key, @RequestParam(defaultValue = "") String code,
			@Nullable Principal reader, HttpServletRequest http, HttpServletResponse response) {
		model.addAttribute("sent", true);
		return act(model, key, reader, http, response, () -> {
			String officer = this.door.open(uuid(key), code)
				.orElseThrow(() -> Refused.invalid("wrong-code",
						"Deze code klopt niet, of hij is verlopen. Controleer hem, of vraag een nieuwe.", "code"));
			http.getSession(true);
			http.changeSessionId();
			http.getSession().setAttribute(attribute(key), officer);
			return "redirect:/instantie/" + key;
		});
	}

	@PostMapping("/antwoord")
	String answer(Model model, @PathVariable String key, @RequestParam Map<String, String> sent,
			@RequestParam(required = false) @Nullable MultipartFile bestand, @Nullable Principal reader,
			HttpServletRequest http, HttpServletResponse response) {
		return act(model, key, reader, http, response, () -> {
			String officer = officer(this.door.request(uuid(key)), key, reader, http).orElseThrow(Refused::notFound);
			Map<String, Object> fields = new HashMap<>(sent);
			fields.keySet().removeIf((field) -> field.startsWith("_"));
			fields.values().removeIf((value) -> value.toString().isBlank());
			fields.computeIfPresent("identified", (field, value) -> true);
			this.door.answer(uuid(key), officer, fields, file(bestand), type(bestand));
			return "redirect:/instantie/" + key;
		});
	}

	@PostMapping("/reactie")
	String reply(Model model, @PathVariable String key, @RequestParam(defaultValue = "") String reply,
			@Nullable Principal reader, HttpServletRequest http, HttpServletResponse response) {
		return act(model, key, reader, http, response, () -> {
			String officer = officer(this.door.request(uuid(key)), key, reader, http).orElseThrow(Refused::notFound);
			this.door.reply(uuid(key), officer, reply);
			return "redirect:/instantie/" + key;
		});
	}

	/** A refusal is a sentence on the same page, with what was typed still there. */
	private String act(Model model, String key, @Nullable Principal reader, HttpServletRequest http,
			HttpServletResponse response, Act act) {
		try {
			return act.run();
		}
		catch (Refused refused) {
			if (refused.kind().status() == HttpServletResponse.SC_NOT_FOUND) {
				throw refused;
			}
			this.problems.of(refused, Problems.door(http));
			response.setStatus(refused.kind().status());
			model.addAttribute("error", refused.sentence());
			model.addAttribute("typed", http.getParameterMap());
			return show(model, key, reader, http);
		}
	}

	private Optional<String> officer(AgencyRequest request, String key, @Nullable Principal reader,
			HttpServletRequest http) {
		if (reader != null && this.door.isOfficer(reader.getName(), request)) {
			return Optional.of(reader.getName());
		}
		HttpSession session = http.getSession(false);
		return Optional.ofNullable((session != null) ? (String) session.getAttribute(attribute(key)) : null)
			.filter((login) -> this.door.isOfficer(login, request));
	}

	private static String attribute(String key) {
		return "door:" + key;
	}

	private static byte @Nullable [] file(@Nullable MultipartFile file) {
		try {
			return (file != null && !file.isEmpty()) ? file.getBytes() : null;
		}
		catch (IOException ex) {
			throw Refused.invalid("no-file", "Het bestand kwam niet goed over. Kies het opnieuw.", "bestand");
		}
	}

	private static @Nullable String type(@Nullable MultipartFile file) {
		return (file != null) ? file.getContentType() : null;
	}

	private static UUID uuid(String key) {
		try {
			return UUID.fromString(key);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.noSuchLink();
		}
	}

	@FunctionalInterface
	private interface Act {

		String run();

	}

	/** Its doors: for who has the link, without a login. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes officerDoorRoutes() {
			return () -> List.of(Route.get("/instantie/*", Route.ANYBODY),
					Route.post("/instantie/*/code", Route.ANYBODY), Route.post("/instantie/*/open", Route.ANYBODY),
					Route.post("/instantie/*/antwoord", Route.ANYBODY),
					Route.post("/instantie/*/reactie", Route.ANYBODY));
		}

	}

}
