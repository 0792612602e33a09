package nl.doorbraak.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Who hears that nobody said how a breakthrough is carried out. */
@WholeApplication
class CarryOutAlertsIT {

	private final Town town;

	@Autowired
	CarryOutAlertsIT(Town town) {
		this.town = town;
	}

	@Test
	void silenceIsToldOnceToTheTeamAndTheManager() {
		String number = brokenThrough();
		this.town.pass(Duration.ZERO);
		assertThat(sent(number)).as("only when it is late").isEmpty();
		this.town.passUntil(dueAt(number));
		this.town.pass(Duration.ZERO);
		assertThat(sent(number)).containsExactly("anna", "karim", "mila");
		this.town.pass(Duration.ofDays(20));
		assertThat(sent(number)).as("once").containsExactly("anna", "karim", "mila");
		assertThat(letters(number)).hasSize(3)
			.allMatch((body) -> body.contains("is een doorbraak besloten. Niemand vertelde op tijd"));
	}

	@Test
	void whatStillWaitsWhenTheTeamAnswersIsTakenBack() {
		String number = brokenThrough();
		this.town.passUntil(dueAt(number));
		this.town.database()
			.sql("update doorbraak.alert set state = 'waiting', sent_at = null, next_attempt_at = next_attempt_at + interval '1 hour' where case_number = ? and kind = 'carryOutOverdue'")
			.param(number)
			.update();
		this.town.as("anna")
			.fill(number, "confirm-measures",
					Map.of("carriedOut", "yes", "whatWasDone", "Betaald.", "byWhom", "Het wijkteam"));
		assertThat(this.town.database()
			.sql("select state from doorbraak.alert where case_number = ? and kind = 'carryOutOverdue'")
			.param(number)
			.query(String.class)
			.list()).hasSize(3).containsOnly("cancelled");
	}

	private String brokenThrough() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 100,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		return number;
	}

	private Instant dueAt(String number) {
		return this.town.database()
			.sql("select o.due_at from doorbraak.carry_out o join doorbraak.case_file c on c.id = o.case_id where c.number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private List<String> letters(String number) {
		return this.town.database()
			.sql("select body from demo.mail where subject = '[' || ? || '] Nog geen antwoord over de uitvoering'")
			.param(number)
			.query(String.class)
			.list();
	}

	/** Who got the alert, by login. */
	private List<String> sent(String number) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'carryOutOverdue' and state = 'sent' order by 1")
			.param(number)
			.query(String.class)
			.list();
	}

}
