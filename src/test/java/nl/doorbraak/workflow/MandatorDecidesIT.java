package nl.doorbraak.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gave the mandate may decide himself (Awb 10:7), and signs as everybody. */
class MandatorDecidesIT extends LadderStory {

	private static final int RACES = 10;

	@Autowired
	MandatorDecidesIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@AfterEach
	void registerAsItWas() {
		this.town.database().sql("update doorbraak.mandate set revoked_at = null").update();
		order(40);
	}

	@Test
	void questionMovesToTheMandatorAtOnceAndWhoWasAskedIsTold() {
		String number = proposed(6000);
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		assertThat(dirk.get("/").body()).contains("Wat nu onder uw mandaat wordt gevraagd");
		assertThat(WebVisitor.login(this.town, "wout").get("/").body()).as("nobody signs under him")
			.doesNotContain("onder uw mandaat");
		assertThat(row(dirk, number)).contains("Gevraagd: Manager.", "6.000,00", "Zelf beslissen")
			.doesNotContain("Omdat het zo is", "De schuld aflossen", "/casus/" + number);
		assertThat(dirk.get("/casus/" + number).status()).as("the list opens no case").isEqualTo(404);
		String task = as("mila").task(number, "sign-off");
		as("mila").post("/api/v1/tasks/" + task + "/claim", null);
		String mark = as("mila").values(task).path("proposalHash").asText();

		assertThat(take(dirk, number).status()).isEqualTo(302);

		assertThat(passed(number, "mandate-gate")).contains("event_takenByMandator");
		assertThat(isOffered("mila", number, "sign-off")).isFalse();
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		Town.Answer late = as("mila").post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", mark));
		assertThat(late.status()).isEqualTo(409);
		assertThat(late.message()).contains("Directeur sociaal domein Dirk Mulder beslist zelf over dit voorstel");
		assertThat(WebVisitor.login(this.town, "mila").get("/tekenen/" + number).body()).contains("beslist zelf");
		assertThat(audit(number, "decisionTakenByMandator")).singleElement()
			.asString()
			.startsWith("dirk ")
			.contains("\"function\":\"director\"", "\"mandate\":\"GM9001-03\"", "\"asked\":\"manager\"");
		assertThat(alerts(number)).contains("decidedByMandator mila waiting", "signOffAsked dirk waiting")
			.doesNotContain("signOffAsked mila waiting", "signOffReminder mila waiting", "signOffAsked dirk cancelled");
		assertThat(page("anna", number)).contains("Directeur sociaal domein Dirk Mulder beslist zelf, sinds",
				"Wacht op akkoord van: Directeur");
		assertThat(take(dirk, number).status()).as("twice").isEqualTo(409);
		assertThat(dirk.get("/tekenen").body()).as("now it is his own work").doesNotContain(number);

		as("dirk").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(signatures(number)).containsExactly("dirk director GM9001-03 agreed");
	}

	@Test
	void aHigherMandatorTakesItFromTheFirst() {
		String number = proposed(6000);
		assertThat(take("dirk", number).status()).isEqualTo(302);
		assertThat(take("wilma", number).status()).isEqualTo(302);
		assertThat(isOffered("dirk", number, "sign-off")).isFalse();
		assertThat(isOffered("wilma", number, "sign-off")).isTrue();
		assertThat(audit(number, "decisionTakenByMandator")).hasSize(2);
	}

	@Test
	void theMandatorIsAskedAlsoWhereAnotherStandsAsHigh() {
		order(30);
		String number = proposed(6000);
		assertThat(take("wilma", number).status()).isEqualTo(302);
		assertThat(isOffered("wilma", number, "sign-off")).isTrue();
		assertThat(isOffered("dirk", number, "sign-off")).isFalse();
	}

	@Test
	void silenceOfTheMandatorGoesOnAboveHim() {
		String number = proposed(6000);
		take("dirk", number);
		this.town.passUntil(due(number, "sign-off"));
		assertThat(isOffered("wilma", number, "sign-off")).isTrue();
		assertThat(isOffered("mila", number, "sign-off")).isFalse();
		assertThat(WebVisitor.login(this.town, "mila").get("/tekenen/" + number).body()).doesNotContain("beslist zelf");
	}

	@Test
	void onlyWhoGaveTheMandateOrStandsAboveIt() {
		String number = proposed(6000);
		for (String other : List.of("anna", "karim", "bert", "mila", "paul", "esther", "noor", "joris")) {
			WebVisitor visitor = WebVisitor.login(this.town, other);
			assertThat(take(visitor, number).status()).as(other).isEqualTo(404);
			assertThat(visitor.get("/tekenen").body()).as(other).doesNotContain(number);
		}
		assertThat(take("dirk", "DB-2026-999999").status()).isEqualTo(404);
		assertThat(isOffered("mila", number, "sign-off")).isTrue();
	}

	@Test
	void whoGaveItButMaySignNoMoreIsToldWhy() {
		String number = report();
		Map<String, Object> plan = new HashMap<>(priced(6000, "no"));
		plan.put("power", "tailoredBudget");
		fill("anna", number, "make-plan", plan);
		decide(number, Rung.LOCAL, "brokenThrough");
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		this.town.database()
			.sql("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number in ('GM9001-03', 'GM9001-07')")
			.update();
		assertThat(row(dirk, number)).contains("U kunt dit niet zelf beslissen.", "Dit mandaat geldt nu niet")
			.doesNotContain("<button");
		WebVisitor.Answer answer = take(dirk, number);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("Dit mandaat geldt nu niet");
		assertThat(audit(number, "decisionTakenByMandator")).isEmpty();
		assertThat(isOffered("mila", number, "sign-off")).isTrue();
		this.town.database()
			.sql("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-04'")
			.update();
		assertThat(row(WebVisitor.login(this.town, "wilma"), number)).as("held under none of hers").isEmpty();
		assertThat(take("wilma", number).status()).isEqualTo(403);
	}

	@Test
	void whoComesTooLateHearsWhoWasFirst() {
		String number = proposed(6000);
		as("mila").sign(number, Map.of("decision", "agree"));
		WebVisitor.Answer answer = take("dirk", number);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("Deze beslissing is al genomen door Manager Mila Jansen op");
		assertThat(take("bert", number).status()).isEqualTo(404);
		String lapsed = proposed(6000);
		assertThat(post("anna", lapsed, "withdrawal", Map.of("reason", "Opgelost."))).isEqualTo(200);
		assertThat(take("dirk", lapsed).status()).isEqualTo(409);
	}

	@Test
	void answeredOrTakenNeverBoth() throws Exception {
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		ExecutorService hands = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < RACES; round++) {
				String number = proposed(6000);
				String task = as("mila").task(number, "sign-off");
				as("mila").post("/api/v1/tasks/" + task + "/claim", null);
				Map<String, Object> answer = Map.of("decision", "agree", "proposalHash",
						as("mila").values(task).path("proposalHash").asText());
				CyclicBarrier together = new CyclicBarrier(2);
				Future<Integer> signed = hands.submit(() -> {
					together.await();
					return as("mila").post("/api/v1/tasks/" + task + "/complete", answer).status();
				});
				Future<Integer> taken = hands.submit(() -> {
					together.await();
					return take(dirk, number).status();
				});
				assertThat(List.of(signed.get(), taken.get())).as(number).isIn(List.of(200, 409), List.of(409, 302));
				assertThat(signatures(number)).hasSize((signed.get() == 200) ? 1 : 0);
				assertThat(audit(number, "decisionTakenByMandator")).hasSize((taken.get() == 302) ? 1 : 0);
				this.town.workDue();
			}
		}
		finally {
			hands.shutdownNow();
		}
	}

	/** Where the alderman stands among who may sign. */
	private void order(int order) {
		this.town.database()
			.sql("update doorbraak.mandate set order_of_competence = ? where number = 'GM9001-04'")
			.param(order)
			.update();
	}

	/** A breakthrough of anna's of which the manager is asked. */
	private String proposed(int euros) {
		String number = report();
		fill("anna", number, "make-plan", priced(euros, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		return number;
	}

	private WebVisitor.Answer take(String login, String number) {
		return take(WebVisitor.login(this.town, login), number);
	}

	private static WebVisitor.Answer take(WebVisitor visitor, String number) {
		return visitor.form("/tekenen/" + number + "/zelf-beslissen", Map.of());
	}

	/** What the page says about a case; empty when it says nothing. */
	private static String row(WebVisitor visitor, String number) {
		WebVisitor.Answer page = visitor.get("/tekenen");
		assertThat(page.status()).isEqualTo(200);
		int from = page.body().indexOf("<strong>" + number);
		return (from < 0) ? "" : page.body().substring(from, page.body().indexOf("</li>", from));
	}

	private String page(String login, String number) {
		return WebVisitor.login(this.town, login).get("/casus/" + number).body();
	}

	private List<String> signatures(String number) {
		return this.town.database().sql("""
				select person || ' ' || function || ' ' || mandate_number || ' ' || outcome
				from doorbraak.sign_off where case_number = ? order by id""").param(number).query(String.class).list();
	}

	private List<String> alerts(String number) {
		return this.town.database().sql("""
				select kind || ' ' || recipient_login || ' ' || state from doorbraak.alert
				where case_number = ? order by id""").param(number).query(String.class).list();
	}

}
