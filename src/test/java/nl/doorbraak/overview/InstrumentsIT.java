package nl.doorbraak.overview;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one may do stands on one page, with who may do it where one works, as the register
 * says today.
 */
@WholeApplication
class InstrumentsIT {

	private final Town town;

	@Autowired
	InstrumentsIT(Town town) {
		this.town = town;
	}

	@Test
	void sayWhoMayDeviateWhereOneWorksAndWhatItRestsOn() {
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/instrumenten");
			assertThat(anna.page().locator("section[aria-labelledby=policyDeviation]"))
				.containsText("Awb artikel 4:84");
			String deviating = anna.page()
				.locator("section[aria-labelledby=policyDeviation] li")
				.allInnerTexts()
				.toString();
			String plain = anna.page()
				.locator("section[aria-labelledby=proportionality] li")
				.allInnerTexts()
				.toString();
			assertThat(deviating).contains("Manager, mandaat GM9001").doesNotContain("Casusregisseur");
			assertThat(plain).contains("Casusregisseur, mandaat GM9001");
			anna.assertReadable();
			anna.picture("instruments");
			assertThat(anna.faults()).isEmpty();
		}
		assertThat(WebVisitor.login(this.town, "olaf").get("/instrumenten").body()).doesNotContain("mandaat GM9001");
		assertThat(WebVisitor.login(this.town, "lotte").get("/instrumenten").body()).contains("Awb artikel 4:84")
			.doesNotContain("mandaat GM9001");
	}

}
