package nl.doorbraak.overview;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** How many organisations take part, as a sentence, a picture and a table. */
@WholeApplication
class GrowthIT {

	private final Town town;

	@Autowired
	GrowthIT(Town town) {
		this.town = town;
	}

	@Test
	void everybodySeesHowManyTakePart() {
		this.town.database().sql("update doorbraak.organisation set connected = true where id = 'RG02'").update();
		assertThat(this.town.database()
			.sql("select joined_on from doorbraak.organisation where id = 'RG02'")
			.query(java.time.LocalDate.class)
			.single()).as("from the day on which it works here").isEqualTo(this.town.today());
		this.town.database()
			.sql("update doorbraak.organisation set connected = false, joined_on = null where id = 'RG02'")
			.update();
		int municipalities = this.town.database()
			.sql("select count(*) from doorbraak.organisation where kind = 'municipality' and joined_on is not null")
			.query(Integer.class)
			.single();
		try (Screens screens = Screens.open()) {
			Screen wout = screens.screen(this.town.address(), "wout");
			wout.open("/deelnemers");
			// A line that does not rise has no height, and counts as hidden.
			wout.page()
				.waitForSelector("figure.growth svg .mark-line path",
						new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
			assertThat(wout.page().locator(".first").innerText()).contains(municipalities + " gemeenten");
			assertThat(wout.page().locator("tbody tr").last().innerText()).contains(String.valueOf(municipalities));
			wout.assertReadable();
			wout.picture("growth");
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn("wout");
			small.open("/deelnemers");
			small.page().waitForSelector("figure.growth svg");
			small.assertReadable();
			small.picture("growth-small");
		}
	}

}
