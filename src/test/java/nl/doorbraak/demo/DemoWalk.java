package nl.doorbraak.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import nl.doorbraak.testing.Screen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who never saw Doorbraak and does what the screens say; each screen is kept as
 * a picture and read for words that are no Dutch.
 */
final class DemoWalk {

	private static final Pattern NO_DUTCH = Pattern.compile(
			"(?i)\\b(the|and|with|task|tasks|process|due|created|claim|complete|save|search|error|loading|name|value|"
					+ "assignee|started|select|required|field|submit|add|comment|history|group|user|undefined|null)\\b");

	private static final Pattern NO_WORDS = Pattern
		.compile("[$#]\\{|\\b[A-Z]+_[A-Z_]+\\b|\\b[0-9a-f]{8}-[0-9a-f]{4}-|\\b[a-z]+[A-Z][a-zA-Z]*\\b");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd-MM-yyyy");

	private final Screen screen;

	private final String login;

	/** What this person writes where a day is asked: the demo has its own. */
	private final LocalDate today;

	DemoWalk(Screen screen, String login, LocalDate today) {
		this.today = today;
		this.screen = screen;
		this.login = login;
	}

	void logInWithOneClick() {
		this.screen.open("/login");
		look("login");
		this.screen.page()
			.getByRole(AriaRole.BUTTON,
					new com.microsoft.playwright.Page.GetByRoleOptions().setName(this.login + ": log in met deze naam"))
			.click();
		look("start");
	}

	/** Opens the first thing of this name on the start page; where its link leads. */
	String openFirst(String task) {
		// What is less near than three other things stands below, folded.
		this.screen.page()
			.evaluate(
					"document.querySelectorAll('main section[aria-labelledby=vandaag] details').forEach(each => each.open = true)");
		Locator link = this.screen.link(task).first();
		String address = link.getAttribute("href");
		link.click();
		form().waitFor();
		return address;
	}

	private Locator form() {
		return this.screen.page().locator(".fjs-container");
	}

	/**
	 * Takes the task and answers each question with the first thing that comes to mind.
	 */
	void doTask() {
		look("task");
		this.screen.tasklist().take();
		for (Locator question : form().locator(".fjs-form-field-radio").all()) {
			question.locator("input").first().check();
		}
		for (Locator date : form().locator(".fjs-form-field-datetime input[type=text]:enabled").all()) {
			date.fill(DATE.format(this.today));
			date.press("Enter");
		}
		for (Locator text : form().locator("textarea:enabled, .fjs-form-field-textfield input:enabled").all()) {
			if (text.isEditable() && text.inputValue().isEmpty()) {
				text.fill("Zoals besproken.");
			}
		}
		look("filled");
		this.screen.tasklist().complete();
		look("completed");
	}

	/** Keeps a picture and reads what stands on the screen. */
	void look(String name) {
		this.screen.picture("walk-" + this.login + "-" + name);
		String text = this.screen.page().locator("body").innerText();
		assertThat(found(NO_DUTCH, text)).as(this.login + " at " + name + ": English").isEmpty();
		assertThat(found(NO_WORDS, text)).as(this.login + " at " + name + ": no words").isEmpty();
		assertThat(this.screen.faults()).as(this.login + " at " + name).isEmpty();
	}

	private static Set<String> found(Pattern pattern, String text) {
		List<String> lines = text.lines().filter((line) -> !line.contains("Camunda Platform")).toList();
		return pattern.matcher(String.join("\n", lines))
			.results()
			.map(MatchResult::group)
			.collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
	}

}
