package nl.doorbraak.casefile;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.Installation;
import nl.doorbraak.support.Refused;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Invented cases come in where the installation is for trying out, and nowhere else. */
@WholeApplication
class InventedCasesIT {

	private final Town town;

	private final Reporting reporting;

	private final FormRules forms;

	private final Clock clock;

	@Autowired
	InventedCasesIT(Town town, Reporting reporting, FormRules forms, Clock clock) {
		this.town = town;
		this.reporting = reporting;
		this.forms = forms;
		this.clock = clock;
	}

	@Test
	void acceptanceIsFilledAndProductionIsNot() {
		List<String> numbers = in(new Installation("acceptance", "proef@waterdam.example")).report("olaf");
		this.town.workDue();
		assertThat(numbers).hasSize(10)
			.allMatch((number) -> this.town.as("olaf").state(number).path("state").asText().equals("open"));
		assertThat(WebVisitor.login(this.town, "olaf").get("/casus/" + numbers.get(0)).body())
			.contains("Verzonnen voor acceptatie");
		numbers.forEach((number) -> this.town.as("olaf")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Verzonnen.")));
		this.town.workDue();
		assertThat(catchThrowable(() -> in(new Installation("production", null)).report("olaf")))
			.isInstanceOfSatisfying(Refused.class,
					(refused) -> assertThat(refused.kind()).isEqualTo(Refused.Kind.NOT_FOUND));
		assertThat(WebVisitor.login(this.town, "olaf").form("/acceptatie/casussen", Map.of()).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "olaf").get("/").body()).doesNotContain("/acceptatie/casussen");
	}

	private InventedCases in(Installation installation) {
		return new InventedCases(this.reporting, this.forms, installation, this.clock);
	}

}
