package nl.doorbraak;

import java.util.Map;

import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * C17 as a story: sixty creditors, an eviction tomorrow, papers that are missing. The
 * gate fails first; then somebody decides in a hurry, and says why within the week.
 */
@WholeApplication
class HurriedDecisionIT {

	private final Town town;

	@Autowired
	HurriedDecisionIT(Town town) {
		this.town = town;
	}

	@AfterEach
	void registerAsItWas() {
		this.town.database()
			.sql("update doorbraak.mandate set drafter_may_sign = true where number = 'GM9001-05'")
			.update();
	}

	@Test
	void failedGateUnderTimePressureEndsInASpoedbesluitWithReasonsAndRatification() {
		this.town.database()
			.sql("update doorbraak.mandate set drafter_may_sign = false where number = 'GM9001-05'")
			.update();
		Hurried hurried = new Hurried(this.town, (field) -> "Drie van de zes papieren ontbreken.");
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Zestig schuldeisers, beslag en een aangezegde ontruiming.",
				"lifeDomains", java.util.List.of("money")));
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", "Het gezin blijft wonen.", "firstBreakthrough", "De huur van deze maand.",
						"cost", 900, "deviates", "yes", "reservation", "none", "perspectiveShared", "yes"));
		hurried.decide(number);
		hurried.answer("mila", number, "sign-off", "refuse");
		assertThat(anna.state(number).path("state").asText()).as("the gate failed").isEqualTo("open");
		assertThat(anna
			.post("/api/v1/cases/" + number + "/threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString()))
			.status()).isEqualTo(200);
		hurried.decide(number);
		assertThat(this.town.as("mila").tasks(number, "sign-off")).as("in a crisis the crisis mandate comes first")
			.isEmpty();
		hurried.answer("karim", number, "sign-off", "agreeReasonsFollow");
		assertThat(anna.state(number).path("outcome").asText()).isEqualTo("brokenThrough");
		WebVisitor page = WebVisitor.login(this.town, "anna");
		assertThat(page.get("/casus/" + number).body()).contains("Motivering volgt uiterlijk",
				"Nog te bekrachtigen door: Manager, Gemeente Waterdam, uiterlijk", "spoedbesluit, motivering volgt");
		hurried.giveReasons("karim", number);
		hurried.answer("mila", number, "ratify-decision", "ratify");
		assertThat(page.get("/casus/" + number).body())
			.contains("Karim Haddou gaf de motivering op", "Mila Jansen bekrachtigde het besluit op")
			.doesNotContain("Nog te bekrachtigen", "te laat");
	}

}
