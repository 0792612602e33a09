package nl.doorbraak;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every form there is, filled in and sent in the real Tasklist without a mouse. What is
 * not the subject goes over the API. Takes minutes: {@code mvn verify -Pkeyboard}.
 */
@Tag("keyboard")
@WholeApplication
class EveryFormByKeyboardIT {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd-MM-yyyy");

	/** How the form shows it. */
	private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d-M-yyyy");

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "x", "firstBreakthrough", "x", "cost", 2000,
			"deviates", "no", "reservation", "none", "perspectiveShared", "yes");

	/** What has the focus: what kind of thing, what it is called and what is in it. */
	private static final String FOCUSED = """
			() => { const e = document.activeElement; if (!e) return ['', '', ''];
			  const form = e.closest('.fjs-container');
			  if (!form) return ['', '', ''];
			  const field = e.closest('.fjs-form-field'), own = e.closest('label') || (e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`));
			  const all = field ? field.querySelector('.fjs-form-field-label, label') : null;
			  const kind = e.readOnly || e.disabled ? 'read' : e.tagName === 'TEXTAREA' ? 'text' : e.tagName !== 'INPUT' ? 'other'
			    : field && field.classList.contains('fjs-form-field-datetime') ? 'date' : field && field.classList.contains('fjs-form-field-number') ? 'number'
			    : field && field.classList.contains('fjs-form-field-select') ? 'select' : e.type === 'radio' || e.type === 'checkbox' ? e.type : 'text';
			  return [kind, (all ? all.textContent : '') .trim(), (own ? own.textContent : '').trim(), e.value || '', String(e.checked)]; }
			""";

	/** What stands in the fields that one types in, by question. */
	private static final String KEPT = """
			() => Object.fromEntries([...document.querySelectorAll('.fjs-form-field')].map(field => [
			  (field.querySelector('.fjs-form-field-label, label') || {textContent: ''}).textContent.trim(),
			  (field.querySelector('textarea, input:not([type=radio]):not([type=checkbox])') || {value: ''}).value]))
			""";

	private final Town town;

	private final Set<String> filled = new TreeSet<>();

	/** What was typed, by form and question: to see what a form lost. */
	private final Map<String, String> typed = new HashMap<>();

	private final Map<String, Screen> screens = new HashMap<>();

	private Screens browser;

	@Autowired
	EveryFormByKeyboardIT(Town town) {
		this.town = town;
	}

	@AfterEach
	void leaveNothingOpen() {
		this.browser.close();
		this.town.closeAll();
	}

	@Test
	void everyFormIsFilledInWithoutAMouse() throws Exception {
		this.browser = Screens.open();
		report();
		localAndCarriedOut();
		climb();
		crisis();
		outside();
		agency();
		assertThat(this.filled).isEqualTo(forms());
		assertThat(this.screens.values()).allSatisfy((screen) -> assertThat(screen.faults()).isEmpty());
	}

	private static Set<String> forms() throws Exception {
		Set<String> forms = new TreeSet<>();
		for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:forms/*.form")) {
			forms.add(String.valueOf(file.getFilename()).replace(".form", ""));
		}
		return forms;
	}

	private void report() {
		Screen anna = screen("anna");
		anna.tasklist().openReport();
		send(anna.page(), "report-case", Map.of("Zaaknummer", "Z-2026-1"), "Melden");
	}

	private void localAndCarriedOut() {
		String number = report("anna");
		fill("anna", number, "make-plan",
				Map.of("Zijn de betrokkenen het eens", "Nee", "Wijkt dit af", "Nee", "Wat kost dat?", "6000"));
		fill("anna", number, "hold-mediated-session", Map.of());
		fill("anna", number, "decide-locally", Map.of("Wat kost", "6000", "Wijkt dit af", "Nee"));
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/advies", Map.of("adviser", "legalAdviser", "question", "Kan dit?"))
			.status()).as(this.town.as("anna").state(number).toString()).isEqualTo(302);
		this.town.workDue();
		fill("noor", number, "answer-consultation", Map.of());
		fill("mila", number, "sign-off", Map.of());
		fill("anna", number, "announce-decision",
				Map.of("Hoe is het besluit", "Met een besluit", "Wat kan de inwoner", "Bezwaar"));
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/bezwaar",
					Map.of("kind", "objection", "receivedOn", this.town.today().toString(), "reference", "1"));
		this.town.workDue();
		fill("dirk", number, "decide-objection", Map.of("Wat is de uitkomst?", "Ingetrokken"));
		fill("anna", number, "confirm-measures", Map.of());
		fill("anna", number, "record-outcome", Map.of());
		this.town.database()
			.sql("update doorbraak.aftercare set begins_on = :today where months = 3")
			.param("today", java.sql.Date.valueOf(this.town.today()))
			.update();
		this.town.pass(Duration.ofMinutes(1));
		fill("anna", number, "record-aftercare", Map.of());
	}

	private void climb() {
		String number = report("anna");
		Town.Visitor anna = this.town.as("anna");
		anna.fill(number, "make-plan", PLAN);
		LocalDate lastDay = LocalDate.parse(anna.state(number).path("termLastDay").asText());
		this.town.passUntil(lastDay.plusDays(1).atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant());
		fill("anna", number, "decide-on-term", Map.of());
		fill("paul", number, "hold-round-table", Map.of());
		fill("paul", number, "decide-regionally", Map.of("Wat besluit u?", "Omhoog"));
		fill("lotte", number, "make-first-contact", Map.of());
		fill("lotte", number, "decide-nationally", Map.of("Wat besluit u?", "Omhoog"));
		fill("amira", number, "convene-escalation-team", Map.of());
		fill("amira", number, "decide-breakthrough", Map.of("Wat besluit u?", "Sluiten"));
		String other = report("anna");
		anna.post("/api/v1/cases/" + other + "/lead/question", Map.of("organisation", "RG01"));
		this.town.workDue();
		fill("paul", other, "answer-lead-question", Map.of());
	}

	private void crisis() {
		Hurried hurried = new Hurried(this.town, (field) -> "x");
		String number = hurried.proposed(6000, "no");
		hurried.answer("mila", number, "sign-off", "agreeReasonsFollow");
		fill("mila", number, "give-reasons", Map.of());
		fill("mila", hurried.proposed(900, "yes"), "ratify-decision", Map.of());
		Town.Visitor anna = this.town.as("anna");
		String past = anna
			.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", this.town.today().toString()));
		anna.fill(past, "make-plan", new HashMap<>(PLAN) {
			{
				put("cost", 10);
			}
		});
		anna.fill(past, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		fill("anna", past, "look-back", Map.of());
	}

	private void outside() {
		String number = report("sara");
		Town.Visitor sara = this.town.as("sara");
		sara.fill(number, "make-plan", PLAN);
		sara.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		fill("sara", number, "report-outside", Map.of());
		this.town.pass(Duration.ofDays(1));
		fill("sara", number, "enter-outside-answer", Map.of("Wat besluit", "Sluiten"));
	}

	private void agency() {
		String number = report("anna");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (int times = 0; times < 2; times++) {
			anna.form("/casus/" + number + "/instanties", Map.of("agency", "UWV", "question", "Kan het stoppen?"));
			this.town.workDue();
			fill("ulla", number, "answer-request",
					Map.of("Wat is uw antwoord?", (times == 0) ? "Wij doen dit" : "Wij hebben eerst"));
		}
		fill("anna", number, "deliver-facts", Map.of());
	}

	private String report(String login) {
		return this.town.as(login).report(Map.of("whatIsStuck", "Er zit iets vast."));
	}

	private Screen screen(String login) {
		return this.screens.computeIfAbsent(login, (name) -> this.browser.screen(this.town.address(), name));
	}

	/** Takes the task and fills in its form, by the keyboard alone. */
	private void fill(String login, String number, String form, Map<String, String> answers) {
		String task = this.town.as(login).task(number, form);
		Screen screen = screen(login);
		screen.open("/taak/" + task);
		screen.tasklist().form().waitFor();
		Page page = screen.page();
		page.evaluate("document.querySelector('.task-details, .task-card')?.scrollIntoView()");
		focus(page, "[...document.querySelectorAll('button')].find(e => e.textContent.trim() === 'Oppakken')");
		page.keyboard().press("Enter");
		page.locator(".unclaim").waitFor();
		send(page, form, answers, "Afronden");
		this.town.workDue();
	}

	private static void focus(Page page, String element) {
		page.waitForFunction("() => " + element);
		page.evaluate("() => (" + element + ").focus()");
	}

	private void send(Page page, String form, Map<String, String> answers, String button) {
		// From the first thing in the form on, as Tab goes; again for what the form lost.
		Set<String> done = new TreeSet<>();
		for (int time = 0; time < 4; time++) {
			focus(page, "document.querySelector('.fjs-container').querySelector('input, textarea, a[href]')");
			for (int steps = 0; steps < 120 && !isAt(page, button); steps++) {
				List<?> at = (List<?>) page.evaluate(FOCUSED);
				String kind = String.valueOf(at.get(0));
				boolean typed = List.of("text", "number", "date").contains(kind);
				if (!kind.isEmpty() && (done.add(kind + at.get(1) + (kind.equals("checkbox") ? at.get(2) : ""))
						|| typed && !String.valueOf(at.get(3)).equals(this.typed.get(form + at.get(1))))) {
					type(page, form, kind, String.valueOf(at.get(1)), at, answers);
				}
				page.keyboard().press("Tab");
			}
			assertThat(isAt(page, button)).as(form + ": " + button + " is reached by keyboard; reached " + done)
				.isTrue();
			// A question that appears can make the form lose what was typed just then.
			page.waitForTimeout(450);
			Map<?, ?> kept = (Map<?, ?>) page.evaluate(KEPT);
			if (this.typed.entrySet()
				.stream()
				.filter((each) -> each.getKey().startsWith(form))
				.allMatch((each) -> each.getValue().equals(kept.get(each.getKey().substring(form.length()))))) {
				break;
			}
		}
		page.screenshot(new Page.ScreenshotOptions().setPath(Screen.SHOTS.resolve("keyboard-" + form + ".png")));
		this.typed.keySet().removeIf((field) -> field.startsWith(form));
		Response answer = page.waitForResponse((response) -> response.url().endsWith("/submit-form"),
				() -> page.keyboard().press("Enter"));
		assertThat(answer.status()).as(form + ": " + answer.text()).isIn(200, 204);
		this.filled.add(form);
	}

	private static boolean isAt(Page page, String button) {
		return button.equals(page.evaluate(
				"document.activeElement.tagName === 'BUTTON' && !document.activeElement.disabled ? document.activeElement.textContent.trim() : ''"));
	}

	private void type(Page page, String form, String kind, String label, List<?> at, Map<String, String> answers) {
		String wanted = answers.entrySet()
			.stream()
			.filter((each) -> label.startsWith(each.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
		switch (kind) {
			case "text" -> {
				if (String.valueOf(at.get(3)).isEmpty() || this.typed.containsKey(form + label)) {
					write(page, form + label, (wanted != null) ? wanted : "Zoals besproken.");
				}
			}
			case "number" -> write(page, form + label, (wanted != null) ? wanted : "10");
			case "date" -> {
				write(page, form + label, DATE.format(this.town.today()));
				page.keyboard().press("Enter");
				this.typed.put(form + label, SHOWN.format(this.town.today()));
			}
			case "select" -> {
				page.keyboard().press("ArrowDown");
				page.keyboard().press("Enter");
			}
			case "checkbox" -> page.keyboard().press("Space");
			case "radio" -> {
				page.keyboard().press("Space");
				for (int option = 0; wanted != null && option < 10
						&& !String.valueOf(((List<?>) page.evaluate(FOCUSED)).get(2)).startsWith(wanted); option++) {
					page.keyboard().press("ArrowDown");
				}
			}
			default -> {
			}
		}
	}

	private void write(Page page, String field, String text) {
		page.keyboard().press("Control+A");
		page.keyboard().type(text);
		this.typed.put(field, text);
	}

}
