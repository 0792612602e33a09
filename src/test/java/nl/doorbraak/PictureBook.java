package nl.doorbraak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Makes the pictures of the documents from the running application and from the models:
 * {@code mvn verify -Dscreenshots}. Runs in no other build.
 */
@WholeApplication
class PictureBook {

	private static final Path DOCUMENTS = Path.of("docs", "pictures");

	private static final String VIEWER = "META-INF/resources/webjars/bpmn-js/8.0.0/dist/bpmn-viewer.production.min.js";

	private static Screens screens;

	private final Town town;

	@Autowired
	PictureBook(Town town) {
		this.town = town;
	}

	@BeforeAll
	static void openBrowser() {
		screens = Screens.open();
	}

	@AfterAll
	static void closeBrowser() {
		screens.close();
	}

	@Test
	void screensOfACaseworker() {
		String number = climbing();
		try (Screen anna = screens.screen(this.town.address())) {
			anna.open("/login");
			picture(anna, "login");
			anna.logIn("anna");
			picture(anna, "start");
			anna.open("/casus/" + number);
			picture(anna, "case");
			String other = this.town.as("anna").report(FirstClimbIT.COUCH_SLEEPER);
			Tasklist plan = anna.tasklist().open(other, "Maak plan vanuit de bedoeling").take();
			plan.write("Wat wil de inwoner bereiken?", "Een adres, zodat ik mijn werk en zorg kan regelen.");
			anna.page().locator(".task-card h2, .task-card h1").first().click();
			picture(anna, "tasklist");
		}
	}

	@Test
	void models() throws IOException {
		Files.createDirectories(Screen.SHOTS);
		try (Screen screen = screens.screen(this.town.address());
				Stream<Path> models = Files.list(Path.of("processes"))) {
			for (Path model : models.filter((file) -> file.toString().endsWith(".bpmn")).sorted().toList()) {
				String name = model.getFileName().toString().replace(".bpmn", "");
				draw(screen.page(), Files.readString(model)).screenshot(
						new Locator.ScreenshotOptions().setPath(Screen.SHOTS.resolve("model-" + name + ".png")));
			}
		}
		Files.copy(Screen.SHOTS.resolve("model-escalation-ladder.png"), DOCUMENTS.resolve("escalation-ladder.png"),
				java.nio.file.StandardCopyOption.REPLACE_EXISTING);
		Files.writeString(DOCUMENTS.resolve("escalation-ladder.sha256"), PicturesTest.hashOfLadder() + "\n");
	}

	private static Locator draw(Page page, String model) throws IOException {
		page.setContent("<!DOCTYPE html><body><div id=canvas style='width:2000px;height:1200px'></div></body>");
		page.addScriptTag(
				new Page.AddScriptTagOptions().setContent(new ClassPathResource(VIEWER).getContentAsString(UTF_8)));
		Object svg = page.evaluate("""
				async (model) => {
				  const viewer = new BpmnJS({ container: '#canvas' });
				  await viewer.importXML(model);
				  return (await viewer.saveSVG()).svg;
				}""", model);
		page.setContent(
				"<!DOCTYPE html><body style='margin:0;background:#fff'><div style='display:inline-block;padding:12px'>"
						+ svg + "</div></body>");
		return page.locator("div");
	}

	private static void picture(Screen screen, String name) {
		screen.page().screenshot(new Page.ScreenshotOptions().setPath(DOCUMENTS.resolve(name + ".png")));
	}

	/** A case on its second level, with an eviction ahead. */
	private String climbing() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck",
				"Een schuld van 6.000 euro past in geen enkele regeling; achtenveertig instellingen zijn betrokken.",
				"lifeDomains", List.of("money", "family", "work", "housing", "care"), "amount", 6000, "threat",
				"eviction", "eventDate", this.town.today().plusDays(60).toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust, en weer zelf vooruit kunnen.",
				"firstBreakthrough", "De schuld in één keer aflossen.", "cost", 6000, "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally",
				Map.of("decision", "up", "explanation", "Lokaal mag niemand dit besluiten."));
		return number;
	}

}
