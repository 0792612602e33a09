package nl.doorbraak.workflow;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class OutsideBodyProcessIT extends LadderStory {

	private static final String OUTSIDE = "outside-body";

	private final Writing writing;

	@Autowired
	OutsideBodyProcessIT(Town town, ProcessEngine engine, Writing writing) {
		super(town, engine);
		this.writing = writing;
	}

	@Test
	void aRegionOutsideDoorbraakIsReportedToAskedAgainAndAnswersThroughTheTeam() {
		String number = sarasCaseInTheRegion();
		assertThat(running(number, OUTSIDE)).isWaitingAtExactly("userTask_reportOutside");
		assertThat(isOffered("sara", number, "report-outside")).isTrue();
		assertThat(isOffered("paul", number, "report-outside")).as("of another region").isFalse();
		LocalDate first = this.town.today().plusDays(3);
		reportOutside("sara", number, first);
		assertThat(running(number, OUTSIDE)).isWaitingAtExactly("userTask_enterOutsideAnswer");
		assertThat(due(number, "enter-outside-answer")).isEqualTo(endOf(first));
		assertThat(this.writing.values(new FormTask(number, "enter-outside-answer", null))).containsEntry("deadline",
				DutchTime.date(first));

		LocalDate second = first.plusDays(5);
		fill("sara", number, "enter-outside-answer",
				Map.of("answered", "no", "explanation", "Zij beraden zich nog.", "nextContactOn", second.toString()));
		assertThat(due(number, "enter-outside-answer")).as("asked again on the next contact day")
			.isEqualTo(endOf(second));
		assertThat(this.writing.values(new FormTask(number, "enter-outside-answer", null))).containsEntry("explanation",
				"Zij beraden zich nog.");

		answer("sara", number, "brokenThrough");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(stay(number, "decided_outside", Boolean.class)).isTrue();
		assertThat(passed(number, OUTSIDE)).contains("gateway_answered", "endEvent_answerEntered");
		assertThat(audit(number, "rungDecided").get(1)).startsWith("sara ").contains("\"outside\":true");
		assertThat(audit(number, "entryRecorded").stream().filter((line) -> line.contains("\"outside\":true")))
			.as("only the answers are the body's")
			.hasSize(2);
	}

	@Test
	void theTermOfTheRungRunsOnWhileTheBodyOutsideIsSilent() {
		String number = sarasCaseInTheRegion();
		reportOutside("sara", number, this.town.today().plusDays(2));
		letTermEnd(number);
		assertThat(forms(number)).containsExactlyInAnyOrder("enter-outside-answer", "decide-on-term");
		letAnswerMiss(number);
		assertThat(rung(number)).isEqualTo("national");
		assertThat(forms(number)).containsExactly("make-first-contact");
		assertThat(running(number, OUTSIDE)).isNull();
	}

	@Test
	void anAnswerOfABodyOutsideCanTakeTheCaseDownAgain() {
		String number = sarasCaseInTheRegion();
		reportOutside("sara", number, this.town.today().plusDays(2));
		LocalDate day = this.town.today().plusDays(50);
		fill("sara", number, "enter-outside-answer", Map.of("answered", "yes", "decision", "down", "explanation",
				"Eerst de gemeente.", "takesOver", "Het wijkteam.", "lookAgainOn", day.toString()));
		assertThat(rung(number)).isEqualTo("local");
		assertThat(DutchTime.day(termEndsAt(number).minusSeconds(1))).isBetween(day, day.plusDays(4));
	}

	@ParameterizedTest
	@CsvSource({ "NATIONAL, LMM, noRoom, closedWithoutRoom", "NATIONAL, LMM, brokenThrough, brokenThrough",
			"MINISTRY, LET, brokenThrough, brokenThrough", "REGIONAL, RG01, noRoom, closedWithoutRoom" })
	void everyBodyMayBeOutside(Rung rung, String organisation, String decision, String outcome) {
		whileOutside(organisation, () -> {
			String number = reportedAndClimbedTo(rung);
			assertThat(running(number, OUTSIDE)).isWaitingAtExactly("userTask_reportOutside");
			assertThat(forms(number)).containsExactly("report-outside");
			reportOutside("anna", number, this.town.today().plusDays(2));
			answer("anna", number, decision);
			assertThat(outcome(number)).isEqualTo(outcome);
			assertThat(stay(number, "decided_outside", Boolean.class)).isTrue();
			assertThat(passed(number, OUTSIDE)).contains("endEvent_answerEntered");
		});
	}

	@Test
	void upIsNoAnswerOfABodyOutsideOnTheHighestRung() {
		whileOutside("LET", () -> {
			String number = reportedAndClimbedTo(Rung.MINISTRY);
			reportOutside("anna", number, this.town.today().plusDays(2));
			Town.Answer answer = submit("anna", number, "enter-outside-answer",
					Map.of("answered", "yes", "decision", "up", "explanation", "Hoger."));
			assertThat(answer.status()).as(answer.text()).isEqualTo(400);
			assertThat(answer.json().path("title").asText()).isEqualTo("top-rung");
			assertThat(entries(number)).doesNotContain("enter-outside-answer");
			assertThat(forms(number)).containsExactly("enter-outside-answer");
		});
	}

	private String sarasCaseInTheRegion() {
		String number = report("sara", SMALL_DEBT);
		fill("sara", number, "make-plan", plan("yes"));
		fill("sara", number, "decide-locally", Map.of("decision", "up", "explanation", "Hier lukt het niet."));
		assertThat(rung(number)).isEqualTo("regional");
		return number;
	}

	private void reportOutside(String login, String number, LocalDate nextContact) {
		fill(login, number, "report-outside", Map.of("reportedOn", this.town.today().toString(), "reportedTo",
				"Het secretariaat", "nextContactOn", nextContact.toString()));
	}

	private void answer(String login, String number, String decision) {
		Map<String, Object> fields = new HashMap<>(
				Map.of("answered", "yes", "decision", decision, "explanation", "Zij schreven het ons."));
		if (decision.equals("brokenThrough")) {
			Town.Answer nobody = submit(login, number, "enter-outside-answer", fields);
			assertThat(nobody.status()).isEqualTo(400);
			assertThat(nobody.message()).contains("Wie besloot dit, in welke functie?");
			fields.put("decidedBy", "Het bestuur");
			assertThat(submit(login, number, "enter-outside-answer", fields).status()).isEqualTo(200);
			return;
		}
		fill(login, number, "enter-outside-answer", fields);
	}

	private void whileOutside(String organisation, Runnable story) {
		setConnected(organisation, false);
		try {
			story.run();
		}
		finally {
			setConnected(organisation, true);
		}
	}

	private void setConnected(String organisation, boolean connected) {
		this.town.database()
			.sql("update doorbraak.organisation set connected = ? where id = ?")
			.params(connected, organisation)
			.update();
	}

	private static java.time.Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
	}

}
