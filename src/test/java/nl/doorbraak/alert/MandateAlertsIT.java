package nl.doorbraak.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who hears of a proposal: who is asked to sign, whoever proposed it, who must follow up.
 */
@WholeApplication
class MandateAlertsIT {

	private final Town town;

	@Autowired
	MandateAlertsIT(Town town) {
		this.town = town;
	}

	@Test
	void whoIsAskedToSignHearsItAndTheNextAfterSilenceToo() {
		String number = proposed(6_000, "no", false);
		this.town.pass(Duration.ZERO);
		assertThat(sent(number, "signOffAsked")).containsExactly("mila");
		String link = this.town.database()
			.sql("select '/bericht/' || link from doorbraak.alert where case_number = ? and kind = 'signOffAsked'")
			.param(number)
			.query(String.class)
			.single();
		assertThat(WebVisitor.login(this.town, "mila").get(link).header("Location")).endsWith("/tekenen/" + number);
		this.town.passUntil(dueAt(number));
		assertThat(sent(number, "signOffAsked")).containsExactly("dirk", "mila");
	}

	@Test
	void whoDoesNotAnswerIsRemindedAtHalfAndAtThreeQuartersOfTheTime() {
		String number = proposed(6_000, "no", false);
		Instant asked = this.town.clock().instant();
		Duration quarter = Duration.between(asked, dueAt(number)).dividedBy(4);
		this.town.passUntil(asked.plus(quarter.multipliedBy(2)).minusSeconds(60));
		assertThat(sent(number, "signOffReminder")).isEmpty();
		this.town.passUntil(asked.plus(quarter.multipliedBy(2)).plusSeconds(60));
		assertThat(sent(number, "signOffReminder")).containsExactly("mila");
		this.town.passUntil(asked.plus(quarter.multipliedBy(3)).plusSeconds(60));
		assertThat(sent(number, "signOffReminder")).containsExactly("mila", "mila");
	}

	@Test
	void reminderIsTakenBackWithTheAnswerAndMovesWithAPause() {
		String answered = proposed(6_000, "no", false);
		String paused = proposed(6_000, "no", false);
		this.town.as("mila").sign(answered, Map.of("decision", "agree"));
		this.town.as("anna").post("/api/v1/cases/" + paused + "/pause", Map.of("reason", "awaitingDecision"));
		this.town.pass(Duration.ofDays(10));
		assertThat(sent(answered, "signOffReminder")).isEmpty();
		assertThat(sent(paused, "signOffReminder")).isEmpty();
		this.town.as("anna").post("/api/v1/cases/" + paused + "/resumption", Map.of());
		Duration left = Duration.between(this.town.clock().instant(), dueAt(paused));
		this.town.passUntil(this.town.clock().instant().plus(left.dividedBy(2)).plusSeconds(60));
		assertThat(sent(paused, "signOffReminder")).containsExactly("mila");
	}

	private Instant dueAt(String number) {
		return this.town.database()
			.sql("select answer_due_at from doorbraak.proposal where case_number = ? and state = 'open'")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	@Test
	void aNoIsToldToTheTeamAndAQuestionThatWasAnsweredIsNotSent() {
		String number = proposed(6_000, "no", false);
		this.town.as("mila")
			.sign(number, Map.of("decision", "refuse", "ground", "policy", "reason", "Dat staat niet in ons beleid."));
		this.town.pass(Duration.ZERO);
		assertThat(sent(number, "signOffAsked")).as("she answered before the mail went out").isEmpty();
		assertThat(sent(number, "notSigned")).containsExactly("anna", "karim");
		assertThat(this.town.database()
			.sql("select body from demo.mail where subject like '[' || ? || ']%'")
			.param(number)
			.query(String.class)
			.list()).isNotEmpty().noneMatch((body) -> body.contains("beleid."));
	}

	@Test
	void whoIsAskedForTheSecondApprovalIsToldAgain() {
		JdbcClient own = this.town.database();
		own.sql("update doorbraak.mandate set approvals = 2 where number = 'GM9001-02'").update();
		own.sql("insert into doorbraak.post values ('dirk', 'manager', 'GM9001')").update();
		try {
			String number = proposed(6_000, "no", false);
			this.town.as("mila").sign(number, Map.of("decision", "agree"));
			this.town.pass(Duration.ZERO);
			assertThat(sent(number, "signOffAsked")).as("one of two has signed").contains("dirk");
		}
		finally {
			own.sql("delete from doorbraak.post where officer_login = 'dirk' and function = 'manager'").update();
			own.sql("update doorbraak.mandate set approvals = 1 where number = 'GM9001-02'").update();
		}
	}

	@Test
	void whatWasRatifiedBeforeTheMailWentOutIsNotSent() {
		String number = proposed(900, "yes", true);
		this.town.as("mila").answerAsRead(number, "ratify-decision", Map.of("decision", "ratify"));
		this.town.pass(Duration.ZERO);
		assertThat(sent(number, "followUpOwed")).isEmpty();
	}

	@Test
	void whoMustRatifyHearsItAndAfterTheTermTheNextAndTheTeam() {
		String number = proposed(900, "yes", true);
		this.town.pass(Duration.ZERO);
		assertThat(sent(number, "followUpOwed")).containsExactly("mila");
		this.town.passUntil(this.town.database()
			.sql("select due_at from doorbraak.follow_up where case_number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single());
		assertThat(sent(number, "followUpOverdue")).containsExactly("anna", "dirk", "karim");
	}

	/** A breakthrough that anna proposes. */
	private String proposed(int euros, String deviates, boolean crisis) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		if (crisis) {
			anna.post("/api/v1/cases/" + number + "/threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString()));
		}
		Map<String, Object> plan = new HashMap<>(Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.",
				"cost", euros, "deviates", deviates, "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "make-plan", plan);
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		return number;
	}

	/** Who got an alert of this kind, by login. */
	private List<String> sent(String number, String kind) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = ? and state = 'sent' order by 1")
			.params(number, kind)
			.query(String.class)
			.list();
	}

}
