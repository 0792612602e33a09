package nl.doorbraak;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms of our own pages (the board, figures, what was learnt, patterns, early signals,
 * settings, the resident's page and its questions), filled in and sent with Tab, arrows,
 * space, Enter and letters alone. {@code mvn verify -Pkeyboard}.
 */
@Tag("keyboard")
@WholeApplication
class PagesByKeyboardIT {

	/**
	 * What has the focus: in the form or not, what it is, and whether it must be filled
	 * in.
	 */
	private static final String FOCUSED = """
			(form) => { const e = document.activeElement;
			  return [e && e.closest(form) ? 'in' : '', e.tagName.toLowerCase(), e.type || '', e.name || '', String(e.value ?? ''), String(!!e.required)]; }""";

	private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("ddMMyyyy");

	private static final int FAR = 400;

	private final Town town;

	@Autowired
	PagesByKeyboardIT(Town town) {
		this.town = town;
	}

	@Test
	void formsOfOurPagesAreSentWithoutAMouse() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Geen potje past.", "memberName", "Iris Blom", "threat", "eviction",
					"eventDate", this.town.today().plusDays(3).toString(), "reportAnyway", true));
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			takesTheLead(anna, number);
			learns(anna, number);
			signals(anna);
			Screen resident = screens.screen(this.town.address());
			answers(anna, resident, number);
		}
	}

	@Test
	void termsAreDraftedAndAdoptedWithoutAMouse() {
		owner("insert into doorbraak.post values ('femke', 'administrator', 'GM9005') on conflict do nothing");
		try (Screens screens = Screens.open();
				Screen femke = screens.screen(this.town.address(), "femke");
				Screen gijs = screens.screen(this.town.address(), "gijs")) {
			femke.open("/instellingen");
			send(femke, "form[action='/instellingen/concepten']", Map.of("organisatie", "GM9005"));
			String draft = femke.page().url().replaceFirst("^https?://[^/]+", "");
			send(femke, "form.settings", Map.of("rung.local", "19"));
			femke.page().locator("#gevolgen ~ *, section[aria-labelledby=gevolgen] table").first().waitFor();
			gijs.open(draft);
			send(gijs, "form[action$='/vaststellen']", Map.of("besluit", "Besluit 12"));
			assertThat(one("select max(version)::text from doorbraak.terms_version where body_id = 'GM9005'"))
				.isNotNull();
			follow(gijs, "main a[href^='/instellingen']");
		}
		finally {
			owner("delete from doorbraak.post where officer_login = 'femke' and organisation_id = 'GM9005'");
			owner("update doorbraak.terms_version set body_id = 'UWV' where body_id = 'GM9005'");
		}
	}

	@Test
	void figuresAreChosenAndOpenedWithoutAMouse() {
		this.town.as("anna")
			.report(Map.of("whatIsStuck", "Geen potje past.", "memberName", "Roos Blom", "reportAnyway", true));
		try (Screens screens = Screens.open(); Screen mila = screens.screen(this.town.address(), "mila")) {
			mila.open("/cijfers");
			send(mila, "main form[action='/cijfers']", Map.of("jaar", String.valueOf(this.town.today().getYear())));
			assertThat(mila.page().url()).contains("jaar=");
			reach(mila, "main a[href*='als=xlsx']");
			mila.open("/instrumenten");
			follow(mila, "main a[href]");
		}
	}

	private void takesTheLead(Screen anna, String number) {
		anna.open("/bord");
		String take = "form[action='/casus/" + number + "/regie/nemen']";
		send(anna, take, Map.of());
		anna.open("/bord");
		assertThat(anna.page().locator(take).count()).isZero();
		anna.open("/deelnemers");
		follow(anna, "main [tabindex='0'], main summary");
	}

	private void learns(Screen anna, String number) {
		String wording = "Een regel die niet past " + Long.toString(System.nanoTime(), 36);
		anna.open("/casus/" + number + "/geleerd");
		String form = "section[aria-labelledby=nieuw] form";
		send(anna, form, Map.of("kind", "complexLaw", "wording", wording, "order", "2"));
		if (one("select count(*)::text from doorbraak.obstacle where wording = '" + wording + "'").equals("0")) {
			send(anna, form, Map.of("kind", "complexLaw", "wording", wording, "order", "2"));
		}
		assertThat(one("select count(*)::text from doorbraak.obstacle where wording = '" + wording + "'"))
			.isEqualTo("1");
		anna.open("/patronen");
		send(anna, "main form.day", Map.of("orde", "2"));
		assertThat(anna.page().url()).contains("orde=2");
	}

	private void signals(Screen anna) {
		String before = one("select count(*)::text from doorbraak.early_signal");
		anna.open("/signaal");
		send(anna, "form[action='/signaal']", Map.of("kind", "rent", "months", "1", "triage", "worry", "needed", "yes",
				"name", "Iris Slot", "birthDate", "1990-02-03"));
		assertThat(one("select count(*)::text from doorbraak.early_signal")).isNotEqualTo(before);
	}

	/** A link, what it opens, and at the end what the resident thinks of it. */
	private void answers(Screen anna, Screen resident, String number) {
		String page = "/casus/" + number + "/inwoner";
		anna.open(page);
		send(anna, "form[action='" + page + "/koppeling']", Map.of());
		String secret = anna.page().locator("main").innerText().replaceAll("(?s).*/inwoner/([0-9a-z-]{29}).*", "$1");
		anna.open(page);
		send(anna, "form[action='" + page + "/fase']", Map.of("phase", "ownStrength"));
		Town.Visitor team = this.town.as("anna");
		team.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "De achterstand betalen.",
				"cost", 100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		team.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		team.fill(number, "announce-decision", Map.of("announcedAs", "internal", "whyInternal", "Niets voor iemand."));
		team.fill(number, "confirm-measures",
				Map.of("carriedOut", "yes", "whatWasDone", "Betaald.", "byWhom", "Nadia."));
		team.fill(number, "record-outcome", Map.of("outcome", "solved", "whatChanged", "Rust."));
		resident.open("/inwoner/" + secret);
		send(resident, "form[action$='/ervaring']", Map.of());
		Map<String, String> scores = new HashMap<>();
		resident.page()
			.locator("input[type=radio]")
			.all()
			.forEach((each) -> scores.put(each.getAttribute("name"), "4"));
		assertThat(scores).isNotEmpty();
		scores.put("text", "Dank.");
		send(resident, "form[action^='/ervaring/']", scores);
		assertThat(one("select count(*)::text from doorbraak.survey v join doorbraak.case_file c on c.id = v.case_id "
				+ "where c.number = '" + number + "' and v.answered_at is not null and 4 = all (v.scores)"))
			.isEqualTo("1");
	}

	private void owner(String sql) {
		this.town.database().sql(sql).update();
	}

	/** The focus goes to it, and Enter opens it. */
	private static void follow(Screen screen, String selector) {
		reach(screen, selector);
		Page page = screen.page();
		if (at(page, "a[href]")) {
			page.waitForNavigation(() -> page.keyboard().press("Enter"));
		}
	}

	/** Tab after Tab, until the focus is on it. */
	private static void reach(Screen screen, String selector) {
		Page page = screen.page();
		for (int step = 0; step < FAR && !at(page, selector); step++) {
			page.keyboard().press("Tab");
		}
		assertThat(at(page, selector)).as(selector + " is reached by keyboard").isTrue();
	}

	private static boolean at(Page page, String selector) {
		return Boolean.TRUE.equals(page.evaluate("(what) => document.activeElement.matches(what)", selector));
	}

	/** From the top of the page to the button of the form. */
	private void send(Screen screen, String form, Map<String, String> answers) {
		Page page = screen.page();
		page.evaluate("() => { document.activeElement?.blur(); }");
		List<?> at = List.of();
		for (int step = 0; step < FAR; step++) {
			page.keyboard().press("Tab");
			if (at(page, "summary")
					&& Boolean.TRUE.equals(page.evaluate("(form) => { const d = document.activeElement.parentElement;"
							+ " return !d.open && d.querySelector(form) !== null; }", form))) {
				page.keyboard().press("Enter");
			}
			at = (List<?>) page.evaluate(FOCUSED, form);
			if (at.get(0).equals("in")) {
				if (at.get(1).equals("button")) {
					break;
				}
				fill(page, at, answers.get(String.valueOf(at.get(3))));
			}
		}
		assertThat(at.get(1)).as("the button of " + form + " on " + page.url() + " is reached by keyboard")
			.isEqualTo("button");
		Response answer = page.waitForNavigation(() -> page.keyboard().press("Enter"));
		assertThat(answer.status()).as(form + " on " + page.url() + ": " + page.locator("main").innerText())
			.isLessThan(400);
	}

	private void fill(Page page, List<?> at, String wanted) {
		Keyboard keys = page.keyboard();
		String now = String.valueOf(at.get(4));
		boolean empty = now.isEmpty() && at.get(5).equals("true");
		switch (String.valueOf(at.get(1)) + " " + at.get(2)) {
			case "select select-one" -> {
				for (int option = 0; option < 60
						&& ((wanted != null) ? !now.equals(wanted) : empty && now.isEmpty()); option++) {
					keys.press("ArrowDown");
					now = String.valueOf(page.evaluate("document.activeElement.value"));
				}
			}
			case "input radio" -> {
				if (wanted != null || at.get(5).equals("true")) {
					keys.press("Space");
				}
				for (int option = 0; option < 20 && wanted != null
						&& !wanted.equals(page.evaluate("document.activeElement.value")); option++) {
					keys.press("ArrowDown");
				}
			}
			case "input date" -> {
				if (wanted != null || empty) {
					keys.type(TYPED.format((wanted != null) ? LocalDate.parse(wanted) : this.town.today()));
				}
			}
			case "input text", "input search", "input number", "textarea textarea" -> {
				if (wanted != null || empty) {
					keys.press("Control+A");
					keys.type((wanted != null) ? wanted : "Zoals besproken");
				}
			}
			default -> {
			}
		}
	}

	private String one(String sql) {
		return this.town.database().sql(sql).query(String.class).single();
	}

}
