package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Consultations;
import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.web.Problems;
import nl.doorbraak.support.web.Suggestions;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where somebody signs without Tasklist, on a telephone too. Completes the same task on
 * the same way as Tasklist; the rules of the form are the server's.
 */
@Controller
class SigningPage {

	static final String FORM = "sign-off";

	/** The fields that belong to an answer; what stands beside another is left out. */
	private static final Map<String, List<String>> FIELDS = Map.of("agree", List.of("reasonsFollow"),
			"agreeOnConditions", List.of("conditions", "reasonsFollow"), "sendBack", List.of("missing"), "refuse",
			List.of("ground", "reason"), "passOn", List.of("passOnReason"));

	private final Worklist worklist;

	private final Writing writing;

	private final SigningDesk desk;

	private final Consultations consultations;

	private final Directory directory;

	private final Problems problems;

	private final Suggestions suggestions;

	private final TransactionOperations together;

	SigningPage(Worklist worklist, Writing writing, SigningDesk desk, Consultations consultations, Directory directory,
			Problems problems, Suggestions suggestions, TransactionOperations together) {
		this.suggestions = suggestions;
		this.worklist = worklist;
		this.writing = writing;
		this.desk = desk;
		this.consultations = consultations;
		this.directory = directory;
		this.problems = problems;
		this.together = together;
	}

	@GetMapping("/tekenen/{number}")
	String open(Model model, Principal reader, @PathVariable String number) {
		return show(model, reader.getName(), number);
	}

	@PostMapping("/tekenen/{number}")
	String sign(Model model, Principal actor, @PathVariable String number, @RequestParam Map<String, String> sent,
			HttpServletRequest request, HttpServletResponse response) {
		String login = actor.getName();
		try {
			OpenTask task = this.worklist.findTask(login, number, FORM)
				.orElseThrow(() -> this.desk.tooLate(login, number).orElseGet(Refused::notFound));
			this.together.executeWithoutResult((tx) -> {
				if (task.assignee() == null) {
					this.worklist.claim(login, task.id());
				}
				this.worklist.complete(login, task.id(), fields(sent));
			});
			return "redirect:/tekenen/" + number;
		}
		catch (Refused refused) {
			String view = show(model, login, number);
			this.problems.of(refused, Problems.door(request));
			response.setStatus(refused.kind().status());
			model.addAttribute("error", refused.sentence());
			model.addAttribute("errorField", refused.field());
			model.addAttribute("sent", sent);
			model.addAttribute("answered", FIELDS.containsKey(sent.get("decision")));
			return view;
		}
	}

	private String show(Model model, String login, String number) {
		Optional<OpenTask> open = this.worklist.findTask(login, number, FORM);
		model.addAttribute("number", number);
		model.addAttribute("sent", Map.of());
		model.addAttribute("error", null);
		model.addAttribute("errorField", null);
		if (open.isEmpty()) {
			if (!this.desk.wasAsked(login, number)) {
				throw Refused.notFound();
			}
			model.addAttribute("taken", this.desk.taken(login, number).orElse(null));
			model.addAttribute("own", this.desk.own(login, number).orElse(null));
			return "overview/signed";
		}
		OpenTask task = open.get();
		model.addAttribute("task", task);
		model.addAttribute("colleague", colleague(task.assignee(), login));
		model.addAttribute("values", this.writing.shown(new FormTask(number, FORM, task.part()), login));
		model.addAttribute("question", this.desk.question(login, number).orElseThrow(Refused::notFound));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		List<Consultations.Line> asked = this.consultations.history(number)
			.stream()
			.filter((line) -> !line.state().equals("ended"))
			.toList();
		model.addAttribute("consultations", asked);
		model.addAttribute("suggestions", this.suggestions.of(number));
		model.addAttribute("mayAsk",
				asked.stream().noneMatch((line) -> line.state().equals("open") && line.askedBy().equals(login)));
		return "overview/sign";
	}

	private @Nullable String colleague(@Nullable String assignee, String login) {
		return (assignee != null && !assignee.equals(login)) ? this.directory.nameOf(assignee) : null;
	}

	private static Map<String, Object> fields(Map<String, String> sent) {
		Map<String, Object> fields = new HashMap<>();
		String decision = sent.getOrDefault("decision", "");
		fields.put("decision", decision);
		fields.put("proposalHash", sent.getOrDefault("proposalHash", ""));
		FIELDS.getOrDefault(decision, List.of()).forEach((key) -> {
			String value = sent.getOrDefault(key, "");
			if (!key.equals("reasonsFollow")) {
				fields.put(key, value);
			}
			else if (!value.isEmpty()) {
				fields.put(key, value.equals("true") ? true : value);
			}
		});
		return fields;
	}

}
