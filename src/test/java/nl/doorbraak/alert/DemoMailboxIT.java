package nl.doorbraak.alert;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What the demo shows of alerts: the mailbox page and the table on the case page. */
@WholeApplication
class DemoMailboxIT {

	private final Town town;

	private final AlertWorker worker;

	@Autowired
	DemoMailboxIT(Town town, AlertWorker worker) {
		this.town = town;
		this.worker = worker;
	}

	@Test
	void mailLiesInTheMailboxAndTheCasePageSaysWhoGotIt() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Niets <b>past</b>.", "lifeDomains", List.of("money")));
		this.worker.doDue();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String mailbox = anna.get("/demo/postvak").body();
		assertThat(mailbox).contains("[" + number + "] Er ligt een casus bij u", "karim@waterdam.example",
				"href=\"/bericht/", "href=\"/demo/postvak\"");
		String other = this.town.as("anna").report(Map.of("whatIsStuck", "Nog iets."));
		this.worker.doDue();
		assertThat(anna.get("/demo/postvak?casus=" + number).body()).contains("[" + number + "]")
			.doesNotContain("[" + other + "]");
		assertThat(anna.get("/demo/postvak?casus=%25").body()).as("no such case: all mail")
			.contains("[" + number + "]", "[" + other + "]");
		assertThat(anna.get("/casus/" + number).body()).contains("Berichten", "Casus op dit niveau",
				"Karim Haddou (casusregisseur)", "verstuurd");
	}

	@Test
	void mailIsSeenAsItArrivesOnATelephoneAndAScreen() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Niets past."));
		this.worker.doDue();
		try (Screens screens = Screens.open()) {
			for (int width : List.of(390, 1280)) {
				try (Screen anna = screens.screen(this.town.address(), width)) {
					anna.logIn("anna");
					anna.open("/demo/postvak?casus=" + number);
					anna.page().locator("summary").first().click();
					anna.link("Bekijk de mail zoals die aankomt").first().click();
					anna.page().waitForURL(Pattern.compile(".*/demo/postvak/[0-9]+"));
					assertThat(anna.page().title()).isEqualTo("[" + number + "] Er ligt een casus bij u");
					assertThat(anna.page()
						.locator("a.button")
						.evaluate("(link) => getComputedStyle(link).backgroundColor")).as("its own colours")
						.isEqualTo("rgb(21, 66, 115)");
					anna.assertReadable();
					anna.picture("mailbox-mail-" + width);
					assertThat(anna.faults()).isEmpty();
				}
			}
		}
		assertThat(WebVisitor.login(this.town, "anna").get("/demo/postvak/999999999").status()).isEqualTo(404);
	}

}
