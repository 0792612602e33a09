package nl.doorbraak.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Who takes the lead and then does nothing does not keep it. */
@WholeApplication
class SilentLeadProcessIT extends LadderStory {

	private static final String WATCH = "lead-watch";

	@Autowired
	SilentLeadProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@Test
	void whoDoesNothingIsWarnedAndThenTheLeadIsFreeAgain() {
		String number = ledBy("karim");
		Instant warning = stepDueAt(number);
		assertThat(page("karim", number)).contains("Volgende stap uiterlijk ",
				"Wie de regie heeft, schrijft binnen 10 werkdagen na ");
		this.town.passUntil(warning);
		assertThat(audit(number, "leadSilent")).singleElement().asString().contains("timer", "\"person\":\"karim\"");
		assertThat(told(number, "leadSilent")).containsExactly("anna", "karim");
		assertThat(lead(number)).as("still his").isEqualTo("accepted karim");
		assertThat(page("karim", number)).contains("regie staat stil",
				"Zonder stap is de regie weer vrij: 5 werkdagen");
		Instant end = stepDueAt(number);
		this.town.passUntil(end.minusSeconds(60));
		assertThat(lead(number)).isEqualTo("accepted karim");
		this.town.passUntil(end);
		assertThat(lead(number)).isEqualTo("returned karim");
		assertThat(audit(number, "leadReturned")).singleElement().asString().startsWith("#timer ");
		assertThat(told(number, "leadReturned")).contains("anna", "mila");
		assertThat(this.engine.getRuntimeService().getActiveActivityIds(running(number, WATCH).getId()))
			.as("watched as a case without a lead")
			.contains("event_watchMomentReached");
		assertThat(rung(number)).as("the ladder goes on where it was").isEqualTo("local");
		assertThat(post("anna", number, "lead/acceptance", Map.of())).as("it is free").isEqualTo(200);
	}

	@Test
	void eachStepGivesNewTime() {
		String number = ledBy("anna");
		Instant first = stepDueAt(number);
		this.town.passUntil(first.minusSeconds(3600));
		step("anna", number);
		this.town.passUntil(first);
		assertThat(audit(number, "leadSilent")).isEmpty();
		Instant second = stepDueAt(number);
		assertThat(second).isAfter(first);
		this.town.passUntil(second);
		assertThat(audit(number, "leadSilent")).hasSize(1);
		step("karim", number);
		assertThat(page("anna", number)).as("a colleague's step is not hers").contains("regie staat stil");
		step("anna", number);
		assertThat(page("anna", number)).doesNotContain("regie staat stil");
		this.town.passUntil(stepDueAt(number));
		assertThat(lead(number)).as("a step after the warning").isEqualTo("accepted anna");
	}

	@Test
	void whileTheCaseStandsStillNobodyIsSilent() {
		String number = ledBy("anna");
		Instant first = stepDueAt(number);
		assertThat(post("anna", number, "pause", Map.of("reason", "awaitingDecision"))).isEqualTo(200);
		this.town.passUntil(first.plusSeconds(3600));
		assertThat(audit(number, "leadSilent")).isEmpty();
		assertThat(post("anna", number, "resumption", Map.of())).isEqualTo(200);
		this.town.workDue();
		assertThat(audit(number, "leadSilent")).isEmpty();
		assertThat(stepDueAt(number)).isAfter(first);
	}

	@Test
	void whoGivesTheLeadBackIsWatchedNoMore() {
		String number = ledBy("anna");
		assertThat(post("anna", number, "lead/return", Map.of("reason", "noCapacity"))).isEqualTo(200);
		assertThat(this.engine.getRuntimeService().getActiveActivityIds(running(number, WATCH).getId()))
			.contains("event_watchMomentReached")
			.doesNotContain("event_stepDue");
	}

	private String ledBy(String login) {
		String number = report();
		assertThat(post(login, number, "lead/acceptance", Map.of())).isEqualTo(200);
		this.town.workDue();
		return number;
	}

	private Instant stepDueAt(String number) {
		return jobs(number).stream()
			.filter((job) -> activityOf(job).equals("event_stepDue"))
			.map(Job::getDuedate)
			.map((due) -> due.toInstant())
			.findFirst()
			.orElseThrow();
	}

	private String lead(String number) {
		return this.town.database()
			.sql("select state || ' ' || person from doorbraak.lead where case_number = ? order by id desc limit 1")
			.param(number)
			.query(String.class)
			.single();
	}

	private List<String> told(String number, String kind) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = ? order by 1")
			.params(number, kind)
			.query(String.class)
			.list();
	}

	private String page(String login, String number) {
		return WebVisitor.login(this.town, login).get("/casus/" + number).body();
	}

}
