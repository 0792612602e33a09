package nl.doorbraak.support.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody typed and what is wrong with it stand together on the page. */
@WholeApplication
class RefusedFormIT {

	private final Town town;

	@Autowired
	RefusedFormIT(Town town) {
		this.town = town;
	}

	@Test
	void formThatIsRefusedComesBackAsItWasSent() {
		String page = "/casus/" + report();
		WebVisitor.Answer answer = WebVisitor.login(this.town, "anna")
			.form(page + "/huishouden",
					Map.of("name", "Iris \"I\" <Blom>", "role", "child", "birthDate",
							this.town.today().plusDays(2).toString(), "contact", "06", "address", "Straat 1",
							"addressSecret", "true"));
		assertThat(answer.status()).isEqualTo(400);
		Document shown = Jsoup.parse(answer.body());
		Element form = shown.expectFirst("form[action=" + page + "/huishouden]");
		assertThat(form.child(0).id()).isEqualTo("fout");
		assertThat(form.child(0).text()).contains("geboortedatum");
		assertThat(form.expectFirst("#name").val()).isEqualTo("Iris \"I\" <Blom>");
		assertThat(form.expectFirst("#role option[selected]").val()).isEqualTo("child");
		assertThat(form.expectFirst("#birthDate").val()).isEqualTo(this.town.today().plusDays(2).toString());
		assertThat(form.expectFirst("#addressSecret").hasAttr("checked")).isTrue();
		assertThat(shown.select("details[open]")).containsOnly(form.closest("details"));
		assertThat(shown.title()).startsWith("Niet opgeslagen - DB-");
		assertThat(shown.expectFirst("#stepDay").val()).as("another form").isEqualTo(this.town.today().toString());
		assertThat(shown.select("a[href^=?]")).isEmpty();
		assertThat(shown.select("a[href^=" + page + "?als=xlsx]")).isNotEmpty();
	}

	@Test
	void sentenceLeadsToTheFieldThatIsWrong() {
		String page = "/casus/" + report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertLeadsTo("select[name=kind]", anna.form(page + "/stap", Map.of("line", "x")));
		assertLeadsTo("input[type=date][name=birthDate]", anna.form(page + "/huishouden",
				Map.of("name", "Iris", "role", "child", "birthDate", this.town.today().plusDays(2).toString())));
		assertLeadsTo("input[type=date][name=eventDate]",
				anna.form(page + "/dreiging", Map.of("threat", "eviction", "eventDate", "gisteren")));
		assertLeadsTo("input[type=radio][name=kind]", anna.form(page + "/afgeschermd", Map.of("why", "Een reden.")));
		assertLeadsTo("input[type=checkbox][name=agency]",
				anna.form(page + "/instanties", Map.of("question", "Wat kan hier?")));
		assertLeadsTo("textarea[name=reason]", anna.form(page + "/intrekken", Map.of("reason", " ")));
		String part = "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
		assertLeadsTo("input[type=file][name=bestand]",
				anna.send("POST", page + "/stukken",
						part.formatted("kind", "letter") + part.formatted("title", "Brief")
								+ part.formatted("datedOn", this.town.today()) + "--x--\r\n",
						"multipart/form-data; boundary=x", Map.of()));
	}

	@Test
	void sentenceLeadsToTheRowThatIsWrong() {
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		Map<String, String> list = new HashMap<>();
		Jsoup.parse(femke.get("/voorwaarden").body())
			.select("form[action=/voorwaarden/debtHelp] [name]:not([name=_csrf])")
			.forEach((field) -> list.put(field.attr("name"), field.val()));
		list.putAll(Map.of("agreedWith", "de teamleider", "wording10", "Zonder artikel."));
		assertLeadsTo("input[name=article10]", femke.form("/voorwaarden/debtHelp", list));
	}

	private static void assertLeadsTo(String field, WebVisitor.Answer answer) {
		assertThat(answer.status()).as(field).isEqualTo(400);
		Document shown = Jsoup.parse(answer.body());
		Element form = shown.expectFirst("form:has(#fout)");
		Element wrong = form.expectFirst(field);
		assertThat(form.select("#fout a").attr("href")).as(field).isEqualTo("#" + wrong.id());
		assertThat(shown.getElementById(wrong.id())).as("the only one with this id").isSameAs(wrong);
		assertThat(wrong.attr("aria-invalid")).as(field).isEqualTo("true");
		assertThat(wrong.attr("aria-describedby")).as(field).startsWith("fout");
		assertThat(shown.select("[aria-invalid]")).as(field).hasSize(1);
	}

	@Test
	void whoReadsEnglishKeepsThePageInEnglish() {
		String page = "/casus/" + report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.get(page + "?taal=en");
		Document shown = Jsoup.parse(anna.form(page + "/stap", Map.of("line", "x")).body());
		assertThat(shown.title()).startsWith("Not saved - ");
		assertThat(shown.expectFirst("#fout").child(0).attr("lang")).isEqualTo("nl");
	}

	@Test
	void formThatIsNotThereAnyMoreIsToldOnAPageOfItsOwn() {
		String page = "/casus/" + report();
		WebVisitor.Answer answer = WebVisitor.login(this.town, "anna").form(page + "/hervatten", Map.of());
		assertThat(answer.status()).isEqualTo(409);
		assertThat(Jsoup.parse(answer.body()).select("form.step")).isEmpty();
		assertThat(answer.body()).contains("href=\"" + page + "\"");
	}

	@Test
	void questionsOfThePageStillGoToThePage() {
		String page = "/casus/" + report();
		Document shown = Jsoup
			.parse(WebVisitor.login(this.town, "anna").form(page + "/stap", Map.of("line", "x")).body());
		assertThat(shown.expectFirst("form.day").attr("action")).isEqualTo(page + "#opDag");
	}

	@Test
	void whatNoFormAsksIsToldOnAPageOfItsOwn() {
		String page = "/casus/" + report();
		for (String name : List.of("'", "\"", "]")) {
			WebVisitor.Answer answer = WebVisitor.login(this.town, "anna").form(page + "/stap", Map.of(name, "x"));
			assertThat(answer.status()).as(name).isEqualTo(400);
			assertThat(Jsoup.parse(answer.body()).select("form.step")).as(name).isEmpty();
		}
	}

	@Test
	void readerIsTakenToWhatIsWrongAndSendsItOnceMore() {
		String page = "/casus/" + report();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			refuse(anna, page);
			assertThat(anna.page().locator("#fout").innerText()).contains("niet vóór de melding");
			PlaywrightAssertions.assertThat(anna.page().locator("#fout")).isFocused();
			assertThat(anna.page().locator("#stepLine").inputValue()).isEqualTo("Hij zei: \"nee\" & <hing op>.");
			anna.picture("refused-form-390");
			anna.assertReadable();
			anna.page().locator("#stepDay").fill(this.town.today().toString());
			anna.page().locator("#stepDay").press("Enter");
			PlaywrightAssertions.assertThat(anna.page().locator("main")).containsText("Hij zei: \"nee\" & <hing op>.");
			assertThat(anna.page().locator("#fout").count()).isZero();
		}
	}

	@Test
	void formComesIntoSightWithTheSentence() {
		String page = "/casus/" + report();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			refuse(anna, page);
			anna.page().setViewportSize(390, edgeAt(anna));
			refuse(anna, page);
			assertThat(anna.page()
				.evaluate("document.querySelector('#stepDay').getBoundingClientRect().bottom < innerHeight"))
				.isEqualTo(true);
		}
	}

	@Test
	void whoGoesToTheFieldSeesWhatItAsks() {
		String page = "/casus/" + report();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			refuse(anna, page);
			anna.page().locator("#fout a").click();
			PlaywrightAssertions.assertThat(anna.page().locator("#stepDay")).isFocused();
			assertThat(anna.page()
				.evaluate("document.querySelector('label[for=stepDay]').getBoundingClientRect().top >= 0"))
				.isEqualTo(true);
		}
	}

	@Test
	void fileThatIsWrongIsRed() {
		String page = "/casus/" + report() + "/stukken";
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open(page);
			anna.page().evaluate("document.querySelector('#paperFile').form.noValidate = true");
			anna.page().locator("summary:has(+ form #paperFile)").click();
			anna.page().locator("#paperTitle").fill("Huurcontract");
			anna.page().locator("#paperKind").selectOption("proof");
			anna.page().locator("#paperDate").fill(this.town.today().toString());
			anna.page().locator("#paperDate").press("Enter");
			anna.page().locator("#fout").waitFor();
			assertThat(anna.page().locator("#fout a").getAttribute("href")).isEqualTo("#paperFile");
			assertThat(anna.page().evaluate("getComputedStyle(document.querySelector('#paperFile')).outlineStyle"))
				.isEqualTo("solid");
		}
	}

	@Test
	void fieldThatIsWrongIsRed() {
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/afwezig");
			anna.page().locator("#firstDay").fill("1999-01-01");
			anna.page().locator("#lastDay").fill(this.town.today().plusDays(1).toString());
			anna.page().locator("#lastDay").press("Enter");
			anna.page().locator("#fout").waitFor();
			assertThat(border(anna, "#firstDay")).isNotEqualTo(border(anna, "#lastDay"));
			anna.picture("refused-away");
		}
	}

	private static Object border(Screen screen, String field) {
		return screen.page().evaluate("field => getComputedStyle(document.querySelector(field)).borderColor", field);
	}

	private void refuse(Screen screen, String page) {
		screen.open(page);
		screen.page().locator("#stepLine").fill("Hij zei: \"nee\" & <hing op>.");
		screen.page().locator("#stepDay").fill(this.town.today().minusDays(400).toString());
		screen.page().locator("#stepDay").press("Enter");
		screen.page().locator("#fout").waitFor();
	}

	/** A screen of this height ends just under the beginning of the sentence. */
	private static int edgeAt(Screen screen) {
		return ((Number) screen.page()
			.evaluate("Math.round(document.querySelector('#fout').getBoundingClientRect().top + scrollY) + 10"))
			.intValue();
	}

	private String report() {
		return this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
	}

}
