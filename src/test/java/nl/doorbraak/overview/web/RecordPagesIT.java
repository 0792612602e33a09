package nl.doorbraak.overview.web;

import java.util.Map;

import com.microsoft.playwright.Locator;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The record as an auditor reads it. */
@WholeApplication
class RecordPagesIT {

	private final Town town;

	private final AuditTrail trail;

	@Autowired
	RecordPagesIT(Town town, AuditTrail trail) {
		this.town = town;
		this.trail = trail;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void auditorFindsWhoSignedAndUnderWhichMandate(int width) {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie tekende er?"));
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 3000,
					"perspectiveShared", "yes", "deviates", "no", "reservation", "none"));
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Het kan."));
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), width)) {
			screen.logIn("joris");
			screen.link("Controle: wat er besloten is, en door wie").click();
			Locator newest = screen.page().locator("tbody tr");
			assertThat(newest.first()).containsText(number);
			screen.picture("decisions-" + width);
			screen.page().getByLabel("Casusnummer").fill("DB-1999-000001");
			screen.button("Toon alles van deze casus").click();
			assertThat(screen.page().locator("main")).containsText("Bij uw gemeente is geen casus met dit nummer.");
			screen.page().getByLabel("Casusnummer").fill(number);
			screen.button("Toon alles van deze casus").click();
			assertThat(screen.page().locator("main")).containsText("De keten klopt.");
			assertThat(screen.page()
				.locator("table.record tbody tr")
				.filter(new Locator.FilterOptions().setHasText("Akkoord gegeven"))).containsText("Mila Jansen");
			assertThat(screen.page()
				.locator("table.record tbody tr")
				.filter(new Locator.FilterOptions().setHasText("Akkoord gegeven"))).containsText("Mandaat: GM9001-02");
			Locator engine = screen.page().locator("section[aria-labelledby=motor]");
			assertThat(engine).containsText("wie hem doet Mila Jansen");
			assertThat(engine).containsText("niet meer open");
			assertThat(engine).not().containsText("delete");
			screen.picture("record-" + width);
		}
		assertThat(this.trail.chain(number)).last()
			.satisfies((line) -> assertThat(line.actor() + " " + line.act()).isEqualTo("joris caseRead"));
	}

	@Test
	void changedLineIsShown() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie veranderde dit?"));
		String change = "update doorbraak.audit_line set actor = ? where chain = ? and number = 2";
		String actor = this.trail.chain(number).get(1).actor();
		this.town.database().sql(change).params("karim", number).update();
		assertThat(joris().get("/controle/" + number).body()).contains("Regel 2 past niet bij de regel ervoor.")
			.doesNotContain("De keten klopt.");
		this.town.database().sql(change).params(actor, number).update();
		assertThat(this.trail.firstBroken(number)).isEmpty();
	}

	/** Whoever tried, and through a task of the case too; of another case nothing. */
	@Test
	void whatWasRefusedAboutTheCaseIsShown() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie mag dit niet?"));
		String other = this.town.as("anna").report(Map.of("whatIsStuck", "En dit?"));
		assertThat(joris().get("/controle/" + number).body()).doesNotContain("De software weigerde iets");
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(olaf.get("/casus/" + number).status()).isEqualTo(404);
		String task = this.town.as("anna").task(number, "make-plan");
		assertThat(WebVisitor.login(this.town, "bert").get("/taak/" + task).status()).isEqualTo(404);
		assertThat(olaf.get("/casus/" + number + "/kwaad").status()).isEqualTo(404);
		assertThat(olaf.form("/casus/" + number + "/intrekken", Map.of("reason", "x")).status()).isEqualTo(404);
		WebVisitor joris = joris();
		assertThat(joris.get("/controle/" + number).body())
			.containsSubsequence("versturen op /casus/{number}/intrekken", "een adres dat de software niet kent",
					"openen van /taak/{id}", "bestaat niet, of deze persoon werkt er niet aan mee",
					"openen van /casus/{number}")
			.doesNotContain("not-found", "GET ?", "kwaad");
		assertThat(joris.get("/controle/" + number + "?taal=en").body())
			.contains("does not exist, or this person does not work on it", "opening /casus/{number}");
		joris.get("/controle/" + number + "?taal=nl");
		assertThat(joris().get("/controle/" + other).body()).doesNotContain("De software weigerde iets");
		assertThat(this.trail.chain("refusals").stream().map(AuditLine::facts))
			.noneMatch((facts) -> facts.contains(number));
	}

	/** Most codes have no words of their own; what kind of no it was, has. */
	@Test
	void whatKindOfNoItWasIsSaid() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wat ging er mis?"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.form("/casus/" + number + "/pauzeren", Map.of("reason", "zomaar")).status()).isEqualTo(400);
		assertThat(anna.form("/casus/" + number + "/dreiging/voorbij", Map.of("reason", "x")).status()).isEqualTo(409);
		WebVisitor joris = joris();
		assertThat(joris.get("/controle/" + number).body()).containsSubsequence(
				"kon niet of niet meer, zoals het er toen voor stond (code van de software: no-threat)",
				"was niet of niet goed ingevuld (code van de software: pause-reason)");
		assertThat(joris.get("/controle/" + number + "?taal=en").body())
			.contains("was not filled in, or not well (code of the software: pause-reason)");
		joris.get("/controle/" + number + "?taal=nl");
	}

	@Test
	void otherMunicipalityIsNotThere() {
		String number = this.town.as("olaf").report(Map.of("whatIsStuck", "Van een andere gemeente."));
		assertThat(joris().get("/controle/" + number).status()).isEqualTo(404);
		assertThat(joris().get("/controle?casus=" + number).body()).doesNotContain("/controle/" + number);
		assertThat(joris().get("/controle?voor=zomaar").status()).isEqualTo(400);
	}

	private WebVisitor joris() {
		return WebVisitor.login(this.town, "joris");
	}

}
