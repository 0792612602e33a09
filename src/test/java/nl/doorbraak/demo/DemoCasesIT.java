package nl.doorbraak.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WebVisitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo as somebody finds it who just started it: a process of its own. */
class DemoCasesIT {

	private static JavaProcess demo;

	private static String address;

	@BeforeAll
	static void start() {
		demo = JavaProcess.demo(Path.of("target", "demo", UUID.randomUUID().toString()).toAbsolutePath(),
				"--server.port=0", "--doorbraak.demo.data-dir=postgres");
		address = "http://localhost:" + demo.port();
		Until.so(demo::output, Duration.ofSeconds(60), () -> demo.output().contains("Doorbraak (demo) staat klaar"));
	}

	@AfterAll
	static void stop() {
		demo.close();
	}

	@ParameterizedTest
	@CsvSource({ "anna,Maak plan vanuit de bedoeling", "mila,Teken of weiger", "mila,Bekrachtig spoedbesluit",
			"paul,Houd regionale tafel", "amira,Roep escalatieteam bijeen", "sara,Vul antwoord van orgaan in" })
	void somethingWaitsForEverybodyWhoSignsOrDecides(String login, String task) {
		assertThat(WebVisitor.login(address, login).get("/").body()).as(login).contains(task);
	}

	@Test
	void hurriedDecisionShowsThatItMustStillBeRatified() {
		assertThat(pageOfCase("Bekrachtig spoedbesluit")).contains("Gesloten: Doorbraak",
				"Nog te bekrachtigen door: Manager, Gemeente Waterdam, uiterlijk");
	}

	@Test
	void proposalShowsWhoseAgreementItWaitsFor() {
		assertThat(pageOfCase("Teken of weiger"))
			.contains("Wacht op akkoord van: Manager, Gemeente Waterdam, uiterlijk");
	}

	/** The page of the case about which this task waits for mila, as she sees it. */
	private static String pageOfCase(String task) {
		WebVisitor mila = WebVisitor.login(address, "mila");
		Matcher row = Pattern.compile("<li(?:(?!</li>).)*" + task + "(?:(?!</li>).)*</li>", Pattern.DOTALL)
			.matcher(mila.get("/").body());
		assertThat(row.find()).as("a row for " + task).isTrue();
		Matcher number = Pattern.compile("DB-\\d{4}-\\d{6}").matcher(row.group());
		assertThat(number.find()).as(row.group()).isTrue();
		return mila.get("/casus/" + number.group()).body();
	}

}
