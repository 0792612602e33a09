package nl.doorbraak.testing;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

/** Camunda's Tasklist as a person uses it. */
public final class Tasklist {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd-MM-yyyy");

	private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d-M-yyyy");

	private final Screen screen;

	private final Page page;

	Tasklist(Screen screen) {
		this.screen = screen;
		this.page = screen.page();
	}

	/** From the start page to the form of a task of this case. */
	public Tasklist open(String number, String task) {
		this.screen.open("/");
		this.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)");
		this.page.locator("ul.rows li")
			.filter(new Locator.FilterOptions().setHasText(number))
			.filter(new Locator.FilterOptions()
				.setHas(this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(task).setExact(true))))
			.locator("a[href^='/taak/']")
			.click();
		form().waitFor();
		return this;
	}

	/** From the start page to the form by which a case is reported. */
	public Tasklist openReport() {
		this.screen.open("/");
		this.screen.link("Casus melden").click();
		form().waitFor();
		return this;
	}

	/** The form on the screen. */
	public Locator form() {
		return this.page.locator(".fjs-container");
	}

	public Tasklist take() {
		this.screen.button("Oppakken").click();
		this.page.locator(".unclaim").waitFor();
		return this;
	}

	public Tasklist putBack() {
		this.page.locator(".unclaim").click();
		this.screen.button("Oppakken").waitFor();
		return this;
	}

	public Tasklist write(String label, String text) {
		return write(label, text, (field) -> field.fill(text));
	}

	/** A question that appears can make the form lose what is typed just then. */
	private Tasklist write(String label, String text, Consumer<Locator> type) {
		Locator field = form().getByLabel(label);
		for (int time = 0; time < 5; time++) {
			type.accept(field);
			this.page.waitForTimeout(500);
			if (field.inputValue().equals(text)) {
				return this;
			}
		}
		throw new AssertionError("The form does not keep what is written at: " + label + ", but " + field.inputValue());
	}

	public Tasklist tick(String label) {
		form().getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).check();
		return this;
	}

	/** Ticks an option of one question. */
	public Tasklist tick(String question, String option) {
		form().locator(".fjs-form-field")
			.filter(new Locator.FilterOptions().setHas(this.page.getByText(question)))
			.getByLabel(option, new Locator.GetByLabelOptions().setExact(true))
			.check();
		return this;
	}

	public Tasklist date(String label, LocalDate date) {
		return write(label, SHOWN.format(date), (field) -> {
			field.fill(DATE.format(date));
			field.press("Enter");
		});
	}

	/** Picks from a list that opens. */
	public Tasklist pick(String label, String option) {
		form().locator(".fjs-form-field")
			.filter(new Locator.FilterOptions().setHas(this.page.getByText(label)))
			.locator(".fjs-input-group")
			.first()
			.click();
		form().locator(".fjs-dropdownlist-item").filter(new Locator.FilterOptions().setHasText(option)).first().click();
		return this;
	}

	public Tasklist tab(String name) {
		this.page.locator(".task-details .nav-tabs a, .task-card .nav-tabs a")
			.filter(new Locator.FilterOptions().setHasText(name))
			.first()
			.click();
		return this;
	}

	/** Presses the button that sends the form, and returns what the server answered. */
	public Response send(String button) {
		return this.page.waitForResponse((response) -> response.url().endsWith("/submit-form"),
				() -> this.screen.button(button).click());
	}

	/** Completes the task; the form is gone. */
	public void complete() {
		Response answer = send("Afronden");
		if (answer.status() != 204 && answer.status() != 200) {
			throw new AssertionError("Not completed: " + answer.status() + " " + answer.text());
		}
		form().waitFor(
				new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
	}

	/** What Tasklist says in its notice. */
	public String notice() {
		Locator notice = this.page.locator(".page-notifications .alert");
		notice.first().waitFor();
		return notice.allInnerTexts().toString();
	}

}
