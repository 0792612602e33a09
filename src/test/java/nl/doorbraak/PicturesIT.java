package nl.doorbraak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/**
 * Makes the pictures of the documents, from the models and from the running application:
 * {@code mvn verify -Dscreenshots -Dit.test=PicturesIT -Dtest=NextStepTest}. The other
 * models' pictures land in target/screenshots, to be looked at.
 */
@WholeApplication
@EnabledIfSystemProperty(named = "screenshots", matches = ".*")
class PicturesIT {

	private static final Path DOCUMENTS = Path.of("docs", "pictures");

	private final Town town;

	@Autowired
	PicturesIT(Town town) {
		this.town = town;
	}

	@Test
	void modelsAsTheyAreDrawn() throws IOException {
		List<Path> models;
		try (Stream<Path> files = Files.list(Path.of("processes"))) {
			models = files.filter((file) -> file.toString().endsWith(".bpmn")).sorted().toList();
		}
		try (Screens screens = Screens.open()) {
			for (Path model : models) {
				String name = model.getFileName().toString().replace(".bpmn", "");
				Path folder = name.equals("escalation-ladder") ? DOCUMENTS : Screen.SHOTS;
				try (Screen screen = screens.screen(this.town.address(), 1600)) {
					draw(screen.page(), Files.readString(model), folder.resolve(name + ".png"));
				}
			}
		}
		Files.writeString(DOCUMENTS.resolve("escalation-ladder.sha256"),
				PicturesTest.hash(Path.of("processes", "escalation-ladder.bpmn")) + "\n");
	}

	@Test
	void screensAsPeopleSeeThem() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck",
					"Een schuld van 6.000 euro past in geen enkele regeling; achtenveertig instellingen zijn betrokken.",
					"threat", "eviction", "eventDate", this.town.today().plusDays(12).toString(), "amount", 6000));
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "anna")) {
			screen.page().screenshot(picture("start"));
			screen.open("/casus/" + number);
			screen.page().screenshot(picture("case"));
			screen.tasklist().open(number, "Maak plan vanuit de bedoeling").take();
			screen.page().screenshot(picture("tasklist"));
		}
	}

	/** Went up by itself and once more by decision, with a lead in between. */
	@Test
	void courseOfACase() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Een schuld past in geen enkele regeling.", "threat",
				"eviction", "eventDate", this.town.today().plusDays(60).toString()));
		this.town.pass(Duration.ofDays(6));
		WebVisitor.login(this.town, "anna").form("/casus/" + number + "/regie/nemen", Map.of());
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "perspectiveShared", "yes"));
		this.town.pass(Duration.ofDays(3));
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "Lokaal mag niemand dit."));
		this.town.pass(Duration.ofDays(9));
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "anna")) {
			screen.open("/casus/" + number);
			screen.page().locator("figure.path").scrollIntoViewIfNeeded();
			screen.page().locator("figure.path[data-drawn]").waitFor();
			BoundingBox part = screen.page().locator("section[aria-labelledby=beeld]").boundingBox();
			double top = part.y + ((Number) screen.page().evaluate("window.scrollY")).doubleValue();
			screen.page().screenshot(picture("case-course").setFullPage(true).setClip(0, top, 1280, part.height));
		}
	}

	private static Page.ScreenshotOptions picture(String name) {
		return new Page.ScreenshotOptions().setPath(DOCUMENTS.resolve(name + ".png"));
	}

	private static void draw(Page page, String model, Path picture) throws IOException {
		String script = new ClassPathResource("static/vendor/bpmn-js-18.31.1/bpmn-navigated-viewer.production.min.js")
			.getContentAsString(StandardCharsets.UTF_8);
		page.setContent(
				"<html><body style='margin:0;background:#fff'><div id='c' style='width:1600px;height:660px'></div></body></html>");
		page.setViewportSize(1600, 660);
		page.evaluate(script);
		page.evaluate("async () => { const viewer = new BpmnJS({ container: '#c' }); await viewer.importXML("
				+ new ObjectMapper().writeValueAsString(model)
				+ "); viewer.get('canvas').zoom('fit-viewport', 'auto'); }");
		page.screenshot(new Page.ScreenshotOptions().setPath(picture));
	}

}
