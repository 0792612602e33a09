package nl.doorbraak.alert;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Seen is not acknowledged, and acknowledged is not the lead. */
@WholeApplication
class AcknowledgeIT {

	private static final String BUTTON = "Ik heb dit gezien en weet wat ik doe";

	private final Town town;

	private final AlertWorker worker;

	private final AuditTrail audit;

	private String number = "";

	@Autowired
	AcknowledgeIT(Town town, AlertWorker worker, AuditTrail audit) {
		this.town = town;
		this.worker = worker;
		this.audit = audit;
	}

	/** Everybody was told that the event has come and nobody has the lead. */
	@BeforeEach
	void everybodyIsTold() {
		LocalDate event = this.town.today().plusDays(1);
		Map<String, Object> fields = new HashMap<>(Map.of("whatIsStuck", "Een kanarievogel zit klem."));
		fields.put("threat", "eviction");
		fields.put("eventDate", event.toString());
		this.number = this.town.as("anna").report(fields);
		this.town.moveClock(Duration.between(this.town.clock().instant(),
				event.atStartOfDay(DutchTime.ZONE).toInstant().plusSeconds(1)));
		this.town.workDue();
		this.worker.doDue();
	}

	@AfterEach
	void withdraw() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
	}

	@Test
	void openingTheLinkIsSeenByWhomItWasForAndNeverAcknowledged() {
		String lottes = link("lotte");
		assertThat(WebVisitor.anonymous(this.town).get(lottes).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "olaf").get(lottes).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "anna").get(lottes).status()).as("on the case").isEqualTo(302);
		assertThat(mark("lotte")).as("a scanner, a stranger, somebody else on the case").isEqualTo("null null");
		WebVisitor lotte = WebVisitor.login(this.town, "lotte");
		assertThat(lotte.get(lottes).body()).contains(BUTTON);
		lotte.get(lottes);
		assertThat(mark("lotte")).isEqualTo("lotte null");
		assertThat(acts()).containsOnlyOnce("alertSeen").doesNotContain("alertAcknowledged");
	}

	@Test
	void theButtonAcknowledgesOnceAndTakesNoLead() {
		String lottes = link("lotte");
		for (String other : List.of("anna", "karim")) {
			assertThat(WebVisitor.login(this.town, other).form(lottes + "/gezien", Map.of()).status()).isEqualTo(403);
		}
		assertThat(WebVisitor.login(this.town, "olaf").form(lottes + "/gezien", Map.of()).status()).isEqualTo(404);
		assertThat(mark("lotte")).isEqualTo("null null");
		WebVisitor lotte = WebVisitor.login(this.town, "lotte");
		for (int i = 0; i < 2; i++) {
			assertThat(lotte.form(lottes + "/gezien", Map.of()).header("Location")).endsWith(lottes);
		}
		assertThat(mark("lotte")).isEqualTo("lotte lotte");
		assertThat(lotte.get(lottes).body()).contains("Bevestigd dat dit gezien is: ").doesNotContain(BUTTON);
		assertThat(acts()).containsOnlyOnce("alertSeen", "alertAcknowledged").doesNotContain("leadAccepted");
		assertThat(this.audit.firstBroken(this.number)).isEmpty();
	}

	@Test
	void casePageNamesAQuestionWithoutAStopBehindIt() {
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + this.number + "/regie/vragen", Map.of("organisation", "RG01"))
			.status()).isEqualTo(302);
		this.worker.doDue();
		assertThat(WebVisitor.login(this.town, "paul").get("/casus/" + this.number).body())
			.contains("<strong>Kunt u de regie nemen? </strong>");
	}

	@Test
	void casePageTellsOfWhomNothingWasHeard() {
		assertThat(notHeardFrom()).contains("Gemeente Waterdam", "Maatwerkloket", "Regio Waterland-Zuid");
		WebVisitor.login(this.town, "lotte").form(link("lotte") + "/gezien", Map.of());
		assertThat(notHeardFrom()).doesNotContain("Maatwerkloket").contains("Gemeente Waterdam");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get("/casus/" + this.number).body()).contains(BUTTON);
		assertThat(WebVisitor.login(this.town, "lotte")
			.form("/casus/" + this.number + "/berichten/gezien", Map.of())
			.status()).as("not on the case").isEqualTo(404);
		anna.form("/casus/" + this.number + "/berichten/gezien", Map.of());
		assertThat(mark("anna")).isEqualTo("anna anna");
		assertThat(mark("karim")).as("each for himself").isEqualTo("null null");
		assertThat(notHeardFrom()).doesNotContain("Gemeente Waterdam").contains("Regio Waterland-Zuid");
		String page = anna.get("/casus/" + this.number).body();
		assertThat(page).doesNotContain(BUTTON).contains(", Lotte ", ", Anna ");
		anna.form("/casus/" + this.number + "/regie/nemen", Map.of());
		assertThat(anna.get("/casus/" + this.number).body()).doesNotContain("Nog niets gehoord van");
	}

	@Test
	void whoAnswersTheQuestionForTheLeadIsHeard() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/lead/question", Map.of("organisation", "RG01"));
		this.worker.doDue();
		assertThat(notHeardFrom()).contains("Regio Waterland-Zuid");
		this.town.as("paul").post("/api/v1/cases/" + this.number + "/lead/refusal", Map.of("reason", "noCapacity"));
		assertThat(notHeardFrom()).doesNotContain("Regio Waterland-Zuid").contains("Gemeente Waterdam");
	}

	@Test
	void onATelephoneOneButtonAcknowledges() {
		String lottes = link("lotte");
		try (Screens screens = Screens.open()) {
			Screen lotte = screens.screen(this.town.address(), 390);
			lotte.logIn("lotte");
			lotte.open(lottes);
			lotte.button(BUTTON).click();
			lotte.page().getByText("Bevestigd dat dit gezien is").waitFor();
			Screen anna = screens.screen(this.town.address(), 390);
			anna.logIn("anna");
			anna.open("/casus/" + this.number);
			anna.page().getByText("berichten verstuurd").click();
			anna.assertReadable();
			anna.picture("acknowledge");
			anna.button(BUTTON).click();
			anna.page().getByText("Nog niets gehoord van").waitFor();
			assertThat(anna.button(BUTTON).count()).isZero();
		}
	}

	private String notHeardFrom() {
		String page = WebVisitor.login(this.town, "anna").get("/casus/" + this.number).body();
		int from = page.indexOf("Nog niets gehoord van: ");
		return (from < 0) ? "" : page.substring(from, page.indexOf("</p>", from));
	}

	private String link(String login) {
		return "/bericht/" + column("link::text", login);
	}

	private String mark(String login) {
		return column("coalesce(seen_by, 'null') || ' ' || coalesce(acknowledged_by, 'null')", login);
	}

	private String column(String what, String login) {
		return this.town.database()
			.sql("select " + what + " from doorbraak.alert where case_number = ? and kind = 'leadMissing'"
					+ " and recipient_login = ? order by id desc limit 1")
			.params(this.number, login)
			.query(String.class)
			.single();
	}

	private List<String> acts() {
		return this.audit.chain(this.number).stream().map((line) -> line.act()).toList();
	}

}
