package nl.doorbraak;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Competence.Standing;
import nl.doorbraak.casefile.Competence.Status;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two municipalities, or agencies, each say that the other goes about it: that is seen,
 * comes to the desk, is settled there, and ends with somebody in the lead.
 */
@WholeApplication
class TwoMunicipalitiesPointIT {

	private static final String WATERDAM = "GM9001";

	private static final String LINDEVELD = "GM9002";

	private final Town town;

	private final Competence competence;

	@Autowired
	TwoMunicipalitiesPointIT(Town town, Competence competence) {
		this.town = town;
		this.competence = competence;
	}

	@BeforeEach
	void clear() {
		this.town.clear();
	}

	@Test
	void twoMunicipalitiesPointAtEachOtherAndTheDeskEndsIt() {
		String number = disputed();
		assertThat(alerted(number, "competenceOpen")).containsExactly("anna", "karim");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get("/casus/" + number).body()).contains("Betwist.");
		assertThat(anna.get("/casus/" + number + "/bevoegd").body()).contains(
				"Gemeente Waterdam verwijst naar Gemeente Lindeveld",
				"Gemeente Lindeveld verwijst naar Gemeente Waterdam");
		assertThat(state("anna", number, "known", LINDEVELD)).as("who is part of it settles nothing").isEqualTo(403);
		toTheDesk(number);
		assertThat(state("paul", number, "known", LINDEVELD)).as("the region has it no more").isIn(403, 404);

		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "disputed"));
		String task = lotte.task(number, "decide-nationally");
		assertThat(lotte.values(task).path("competence").asText()).contains("Betwist.",
				"Gemeente Lindeveld verwijst naar Gemeente Waterdam.", "Beslis dit op de pagina");
		lotte.post("/api/v1/tasks/" + task + "/claim", null);
		Map<String, Object> solved = new HashMap<>(Map.of("decision", "brokenThrough", "cost", 0, "power", "scheme",
				"deviates", "no", "reservation", "none", "explanation", "Lindeveld doet het."));
		Town.Answer answer = lotte.post("/api/v1/tasks/" + task + "/complete", solved);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message())
			.isEqualTo("'Wie bevoegd is, is nog niet beslist. Waarom niet?' is nog niet ingevuld.");

		ask(number, "UWV", "SVB");
		settleOnScreen(number);
		assertThat(now(number)).extracting(Standing::status, Standing::body, Standing::settled)
			.containsExactly(Status.KNOWN, LINDEVELD, true);
		assertThat(alerted(number, "competenceSettled")).containsExactly("anna", "hein", "karim", "mila");
		assertThat(alerted(number, "leadAsked")).contains("hein");
		this.town.workDue();
		this.town.pass(Duration.ofMinutes(1));
		assertThat(this.town.database()
			.sql("select body from demo.mail where subject = '[' || ? || '] Beslist is wie over deze casus mag beslissen'")
			.param(number)
			.query(String.class)
			.list()).hasSize(4)
			.allMatch((body) -> body.contains("Bevoegd is: Gemeente Lindeveld.") && !body.contains("Participatiewet"));
		assertThat(WebVisitor.login(this.town, "joris").get("/controle/" + number).body())
			.contains("Beslist wie bevoegd is", "Vastgelegd of bekend is wie bevoegd is", "betwist");
		this.town.as("hein").fill(number, "answer-lead-question", Map.of("answer", "accept"));
		assertThat(holder(number)).isEqualTo("GM9002 hein");
		assertThat(acts(number)).containsSubsequence("competenceStated", "competenceSettled", "leadAsked",
				"leadAccepted");
		assertThat(lotte.values(task).has("hasDispute")).as("nothing stands in the way any more").isFalse();
	}

	/** Shown on a large and a small screen, and settled by the keyboard. */
	private void settleOnScreen(String number) {
		try (Screens screens = Screens.open()) {
			Screen lotte = screens.screen(this.town.address(), "lotte");
			lotte.open("/casus/" + number + "/bevoegd");
			lotte.assertReadable();
			lotte.picture("competence");
			lotte.page().getByLabel("Wie is bevoegd? (als het bekend is)").selectOption("Gemeente Lindeveld");
			lotte.page()
				.getByLabel("Waarom, en op welk wetsartikel rust dat?")
				.fill("Zij verblijven daar meer dan de helft van de week: Participatiewet 40.");
			lotte.page().getByLabel("Wie besliste dit, in welke functie?").fill("Medewerker van het loket");
			lotte.button("Beslissen").press("Enter");
			assertThat(lotte.page().locator("main").innerText()).contains("Bekend: Gemeente Lindeveld.", "beslist",
					"Participatiewet 40");
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn("anna");
			small.open("/casus/" + number + "/bevoegd");
			small.assertReadable();
			small.open("/casus/" + number + "/instanties");
			small.assertReadable();
			small.picture("agencies-side-by-side-390");
			assertThat(small.page().locator("main").innerText())
				.contains("Van 3 vragen is er 1 beantwoord en 2 nog open binnen de termijn.");
			assertThat(small.page().locator("svg.bars rect").count()).isEqualTo(3);
		}
	}

	@Test
	void silentDeskStopsNeitherTheWatchNorTheClimb() {
		String number = disputed();
		this.town.as("anna")
			.post("/api/v1/cases/" + number + "/threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(90).toString()));
		toTheDesk(number);
		for (int week = 0; week < 40
				&& !this.town.as("anna").state(number).path("rung").asText().equals("ministry"); week++) {
			this.town.pass(Duration.ofDays(7));
		}
		assertThat(this.town.as("anna").state(number).path("rung").asText()).isEqualTo("ministry");
		assertThat(acts(number)).contains("leadMissing");
		assertThat(now(number).status()).as("still to be settled").isEqualTo(Status.DISPUTED);
		assertThat(state("amira", number, "known", WATERDAM)).as("the ministry can too").isEqualTo(302);
		assertThat(alerted(number, "leadAsked")).contains("mila");
		this.town.pass(Duration.ofDays(84));
		assertThat(acts(number)).containsSubsequence("competenceSettled", "leadAsked", "leadMissing",
				"provisionalLeadAppointed");
		assertThat(holder(number)).as("nobody answers, and somebody has it all the same").isEqualTo("GM9001 anna");
	}

	@Test
	void chainOfAgenciesThatComesBackIsADisputeAndNobodyNamedIsAQuestion() {
		String number = report();
		ask(number, "UWV", "SVB", "BD");
		refer("ulla", number, "unknown");
		assertThat(now(number).status()).isEqualTo(Status.UNKNOWN);
		refer("siem", number, "BD");
		assertThat(now(number).status()).as("one of them points").isEqualTo(Status.UNKNOWN);
		refer("bram", number, "SVB");
		assertThat(now(number).status()).isEqualTo(Status.DISPUTED);
		assertThat(this.competence.history(number)).hasSize(2);

		assertThat(state("anna", number, "known", WATERDAM)).as("the own municipality takes it on").isEqualTo(302);
		assertThat(now(number).settled()).isTrue();
		ask(number, WATERDAM);
		refer("anna", number, "SVB");
		assertThat(now(number).status()).as("who was found competent says no").isEqualTo(Status.DISPUTED);
	}

	@Test
	void whatIsSaidOfOneSchemeIsNoAnswerAboutAnother() {
		String number = report();
		ask(number, "specialAssistance", List.of("SVB"));
		refer("siem", number, "UWV");
		ask(number, "disabilityBenefit", List.of("UWV"));
		refer("ulla", number, "SVB");
		assertThat(this.competence.standing(number)).isEmpty();
		assertThat(this.competence.referrals(number)).hasSize(2);
	}

	/** Waterdam says Lindeveld, and Lindeveld says Waterdam. */
	private String disputed() {
		String number = report();
		assertThat(state("anna", number, "known", LINDEVELD)).isEqualTo(302);
		assertThat(now(number).status()).isEqualTo(Status.KNOWN);
		ask(number, LINDEVELD);
		refer("anna", number, WATERDAM);
		assertThat(now(number)).extracting(Standing::status, Standing::by)
			.containsExactly(Status.DISPUTED, "#software");
		return number;
	}

	private void toTheDesk(String number) {
		assertThat(WebVisitor.login(this.town, "anna").form("/casus/" + number + "/bevoegd/omhoog", Map.of()).status())
			.isEqualTo(302);
		this.town.workDue();
		Town.Visitor paul = this.town.as("paul");
		assertThat(state("paul", number, "known", LINDEVELD)).as("the region cannot").isEqualTo(403);
		paul.fill(number, "hold-round-table",
				Map.of("heldOn", this.town.today().toString(), "agreements", "Beide gemeenten blijven erbij."));
		paul.fill(number, "decide-regionally", Map.of("decision", "up", "explanation", "Wij beslissen dit niet."));
		assertThat(this.town.as("anna").state(number).path("rung").asText()).isEqualTo("national");
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Twee gemeenten wijzen naar elkaar: waar woont dit gezin?"));
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Een adres.", "firstBreakthrough", "Een inschrijving.",
					"perspectiveShared", "yes"));
		return number;
	}

	private void ask(String number, String... bodies) {
		ask(number, null, List.of(bodies));
	}

	private void ask(String number, String scheme, List<String> bodies) {
		Map<String, Object> question = new HashMap<>(
				Map.of("agencies", bodies, "question", "Schrijft u dit gezin in?"));
		question.put("scheme", scheme);
		assertThat(this.town.as("anna").post("/api/v1/cases/" + number + "/agency-requests", question).status())
			.isEqualTo(200);
		this.town.workDue();
	}

	private void refer(String login, String number, String to) {
		this.town.as(login)
			.fill(number, "answer-request",
					Map.of("answer", "notCompetent", "referredTo", to, "why", "Zij wonen hier niet."));
	}

	private int state(String login, String number, String status, String body) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/bevoegd",
					Map.of("status", status, "body", body, "ground", "Participatiewet 40.", "decidedBy", "Medewerker"))
			.status();
	}

	private Standing now(String number) {
		return this.competence.standing(number).orElseThrow();
	}

	private String holder(String number) {
		return this.town.database()
			.sql("""
					select organisation_id || ' ' || person from doorbraak.lead
					where case_number = :number and state in ('accepted', 'provisional') order by id desc limit 1""")
			.param("number", number)
			.query(String.class)
			.single();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = :number order by number")
			.param("number", number)
			.query(String.class)
			.list();
	}

	private List<String> alerted(String number, String kind) {
		return this.town.database()
			.sql("""
					select distinct recipient_login from doorbraak.alert
					where case_number = :number and kind = :kind and recipient_login is not null order by 1""")
			.param("number", number)
			.param("kind", kind)
			.query(String.class)
			.list();
	}

}
