package nl.doorbraak.workflow;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class HurriedDecisionProcessIT extends LadderStory {

	private static final String PROCESS = "hurried-decision";

	private final FollowUps followUps;

	@Autowired
	HurriedDecisionProcessIT(Town town, ProcessEngine engine, FollowUps followUps) {
		super(town, engine);
		this.followUps = followUps;
	}

	@AfterEach
	void registerAndPostsAsTheyWere() {
		own("update doorbraak.mandate set revoked_at = null, drafter_may_sign = (function in ('caseDirector', 'processDirector', 'ambassador'))");
		own("insert into doorbraak.post values ('mila', 'manager', 'GM9001'), ('dirk', 'director', 'GM9001'), ('wilma', 'alderman', 'GM9001') on conflict do nothing");
		this.town.everybodyBack();
	}

	@Test
	void nothingOwedEndsAtOnce() {
		String number = report();
		plan(number, 100, "no");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("endEvent_noReasonsOwed", "endEvent_nothingToRatify");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(this.followUps.history(number)).isEmpty();
	}

	@Test
	void theSameInACrisisUnderAnOrdinaryMandateOwesNothing() {
		String number = inCrisis();
		plan(number, 2000, "no");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(this.followUps.history(number)).isEmpty();
	}

	@Test
	void whatTheCaseDirectorSignedUnderTheCrisisMandateTheManagerRatifies() {
		String number = hurried();
		assertThat(outcome(number)).as("the decision stands").isEqualTo("brokenThrough");
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_ratifyDecision");
		assertThat(isOffered("dirk", number, "ratify-decision")).isFalse();
		assertThat(isOffered("anna", number, "ratify-decision")).isFalse();
		assertThat(sees("mila", number)).as("who must ratify sees the closed case").isEqualTo(200);
		Instant due = dueAt(number, "ratification");
		assertThat(due(number, "ratify-decision")).isEqualTo(due);
		assertThat(audit(number, "followUpOwed")).singleElement()
			.asString()
			.startsWith("anna ")
			.contains("\"kind\":\"ratification\"", "\"mandate\":\"GM9001-05\"", "\"function\":\"manager\"",
					"\"dueAt\":\"" + due + "\"");
		assertThat(this.followUps.history(number)).singleElement().satisfies((line) -> {
			assertThat(line.asked()).isEqualTo(Function.MANAGER);
			assertThat(line.explanation()).startsWith("Bekrachtigen binnen 5 werkdagen na het spoedbesluit van ");
		});
		Map<String, Object> shown = shown("mila", number, "ratify-decision");
		assertThat(shown.get("signedBy").toString()).contains("Anna de Wit", "Waterdam");
		assertThat(shown.get("whyHurried").toString()).contains("GM9001-05", "spoedmandaat");
		ratify("mila", number, "ratify");
		assertThat(passed(number, PROCESS)).contains("endEvent_ratified", "endEvent_noReasonsOwed");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(audit(number, "decisionRatified")).singleElement()
			.asString()
			.startsWith("mila ")
			.contains("\"mandate\":\"GM9001-02\"");
		assertThat(this.followUps.history(number)).singleElement().satisfies((line) -> {
			assertThat(line.outcome()).isEqualTo("ratified");
			assertThat(line.doneBy()).isEqualTo("mila");
			assertThat(line.overdue()).isFalse();
		});
		assertThat(sees("mila", number)).as("and no longer than that").isEqualTo(404);
		assertThat(sees("anna", number)).isEqualTo(200);
	}

	@Test
	void notRatifiedNeedsAReasonIsVisibleAndEnds() {
		String number = hurried();
		Town.Answer silent = submit("mila", number, "ratify-decision",
				Map.of("decision", "refuse", "proposalHash", hash("mila", number, "ratify-decision")));
		assertThat(silent.status()).isEqualTo(400);
		ratify("mila", number, "refuse");
		assertThat(passed(number, PROCESS)).contains("endEvent_notRatified");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(this.followUps.history(number)).singleElement()
			.extracting(FollowUps.Line::outcome)
			.isEqualTo("notRatified");
		assertThat(audit(number, "decisionNotRatified")).hasSize(1);
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void afterTheTermTheDirectorIsAskedTooAndMayStillRatify() {
		String number = hurried();
		this.town.passUntil(dueAt(number, "ratification").minusSeconds(60));
		assertThat(isOffered("dirk", number, "ratify-decision")).as("not before").isFalse();
		assertThat(sees("dirk", number)).isEqualTo(404);
		this.town.passUntil(dueAt(number, "ratification"));
		assertThat(passed(number, PROCESS)).contains("event_ratificationOverdue",
				"serviceTask_reportRatificationOverdue", "endEvent_ratificationOverdueReported");
		assertThat(audit(number, "followUpTermPassed")).singleElement()
			.asString()
			.startsWith("#timer ")
			.contains("\"function\":\"director\"");
		assertThat(isOffered("mila", number, "ratify-decision")).isTrue();
		assertThat(isOffered("dirk", number, "ratify-decision")).isTrue();
		assertThat(sees("dirk", number)).isEqualTo(200);
		ratify("dirk", number, "ratify");
		assertThat(this.followUps.history(number)).singleElement()
			.satisfies((line) -> assertThat(line.overdue()).isTrue());
		assertThat(running(number, PROCESS)).isNull();
		assertThat(sees("mila", number)).isEqualTo(404);
	}

	@Test
	void whoSignedUnderTheCrisisMandateRatifiesNothingAlsoNotAsDeputy() {
		String number = hurried();
		this.town.away("mila", "anna", "GM9001-02");
		String task = task(number, "ratify-decision").getId();
		this.engine.getTaskService().addCandidateUser(task, "anna");
		Town.Answer answer = submit("anna", number, "ratify-decision",
				Map.of("decision", "ratify", "proposalHash", hash("anna", number, "ratify-decision")));
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.message()).contains("Een ander moet tekenen");
		assertThat(entries(number)).doesNotContain("ratify-decision");
		as("anna").post("/api/v1/tasks/" + task + "/unclaim", null);
		ratify("mila", number, "ratify");
	}

	@Test
	void mandateRevokedBetweenOpeningAndRatifyingRatifiesNothing() {
		String number = hurried();
		String hash = hash("mila", number, "ratify-decision");
		own("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02'");
		Town.Answer answer = submit("mila", number, "ratify-decision",
				Map.of("decision", "ratify", "proposalHash", hash));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("Dit mandaat geldt nu niet");
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_ratifyDecision");
		own("update doorbraak.mandate set revoked_at = null where number = 'GM9001-02'");
		as("mila").post("/api/v1/tasks/" + task(number, "ratify-decision").getId() + "/unclaim", null);
		ratify("mila", number, "ratify");
	}

	@Test
	void whatNobodyCanRatifyIsShownToTheTeam() {
		own("delete from doorbraak.post where officer_login in ('mila', 'dirk', 'wilma')");
		String number = hurried();
		assertThat(isOffered("anna", number, "ratify-decision")).as("never a task that nobody sees").isTrue();
		assertThat(this.followUps.history(number)).singleElement().extracting(FollowUps.Line::asked).isNull();
		Town.Answer answer = submit("karim", number, "ratify-decision",
				Map.of("decision", "ratify", "proposalHash", hash("karim", number, "ratify-decision")));
		assertThat(answer.status()).isEqualTo(403);
		as("karim").post("/api/v1/tasks/" + task(number, "ratify-decision").getId() + "/unclaim", null);
		registerAndPostsAsTheyWere();
		this.town.passUntil(dueAt(number, "ratification"));
		ratify("mila", number, "ratify");
	}

	@Test
	void spoedbesluitOwesItsReasonsWithinAWeekByWhoSigned() {
		String number = signedWithReasonsToFollow();
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_giveReasons");
		assertThat(dueAt(number, "reasons")).isEqualTo(due(number, "give-reasons"));
		assertThat(audit(number, "signedOff")).singleElement().asString().contains("\"reasonsFollow\":true");
		assertThat(isOffered("dirk", number, "give-reasons")).isFalse();
		assertThat(sees("mila", number)).isEqualTo(200);
		assertThat(submit("mila", number, "give-reasons", Map.of()).status()).as("no reasons").isEqualTo(400);
		fill("mila", number, "give-reasons", Map.of("reasons", "Morgen stond het gezin op straat."));
		assertThat(passed(number, PROCESS)).contains("endEvent_reasonsGiven", "endEvent_nothingToRatify");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(audit(number, "reasonsGiven")).singleElement().asString().startsWith("mila ");
		assertThat(sees("mila", number)).isEqualTo(404);
	}

	@Test
	void reasonsThatDoNotComeAreAskedOfTheDirectorToo() {
		String number = signedWithReasonsToFollow();
		this.town.passUntil(dueAt(number, "reasons"));
		assertThat(passed(number, PROCESS)).contains("event_reasonsOverdue", "serviceTask_reportReasonsOverdue",
				"endEvent_reasonsOverdueReported");
		assertThat(isOffered("dirk", number, "give-reasons")).isTrue();
		assertThat(isOffered("wilma", number, "give-reasons")).as("only the next one").isFalse();
		fill("dirk", number, "give-reasons", Map.of("reasons", "Alsnog."));
		assertThat(this.followUps.history(number)).singleElement().satisfies((line) -> {
			assertThat(line.outcome()).isEqualTo("given");
			assertThat(line.doneBy()).isEqualTo("dirk");
			assertThat(line.overdue()).isTrue();
		});
	}

	@Test
	void weekForReasonsCountsFromTheAnnouncement() {
		String number = signedWithReasonsToFollow();
		Instant before = dueAt(number, "reasons");
		// Long enough that no weekend or holiday makes the two days one.
		this.town.pass(Duration.ofDays(6));
		announceElsewhere(number, this.town.today());
		Instant due = dueAt(number, "reasons");
		assertThat(due).isAfter(before).isEqualTo(due(number, "give-reasons")).isEqualTo(overdueTimer(number));
		assertThat(this.followUps.history(number)).singleElement()
			.satisfies((line) -> assertThat(line.explanation())
				.startsWith("De motivering volgt binnen 1 week na de bekendmaking van "));
		assertThat(audit(number, "followUpTermMoved")).singleElement()
			.asString()
			.startsWith("anna ")
			.contains("\"kind\":\"reasons\"", "\"dueAt\":\"" + due + "\"");
		this.town.passUntil(before);
		assertThat(isOffered("dirk", number, "give-reasons")).as("the old day means nothing any more").isFalse();
		this.town.passUntil(due);
		assertThat(isOffered("dirk", number, "give-reasons")).isTrue();
		fill("mila", number, "give-reasons", Map.of("reasons", "Nu wel."));
	}

	@Test
	void whoAnnouncesAfterTheOldDayGetsAWeekAndCanBeLateAgain() {
		String number = signedWithReasonsToFollow();
		this.town.passUntil(dueAt(number, "reasons"));
		assertThat(overdueMails(number)).containsExactly("anna", "dirk", "karim");
		announceElsewhere(number, this.town.today());
		assertThat(this.followUps.history(number)).singleElement()
			.satisfies((line) -> assertThat(line.overdue()).isFalse());
		assertThat(isOffered("dirk", number, "give-reasons")).as("who was asked stays asked").isTrue();
		Instant due = dueAt(number, "reasons");
		assertThat(overdueTimer(number)).isEqualTo(due);
		this.town.passUntil(due);
		assertThat(audit(number, "followUpTermPassed")).hasSize(2);
		assertThat(overdueMails(number)).hasSizeGreaterThan(3);
		assertThat(this.followUps.history(number)).singleElement()
			.satisfies((line) -> assertThat(line.overdue()).isTrue());
		fill("mila", number, "give-reasons", Map.of("reasons", "Nu wel."));
		assertThat(running(number, PROCESS)).isNull();
	}

	@Test
	void internalApprovalLeavesTheWeekAsItWas() {
		String number = signedWithReasonsToFollow();
		Instant before = dueAt(number, "reasons");
		fill("anna", number, "announce-decision", Map.of("announcedAs", "internal", "whyInternal", "Geen brief."));
		assertThat(dueAt(number, "reasons")).isEqualTo(before).isEqualTo(overdueTimer(number));
		assertThat(audit(number, "followUpTermMoved")).isEmpty();
		fill("mila", number, "give-reasons", Map.of("reasons", "Nu wel."));
	}

	private void announceElsewhere(String number, LocalDate sentOn) {
		fill("anna", number, "announce-decision", Map.of("announcedAs", "elsewhere", "sentOn", sentOn.toString(),
				"manner", "post", "addressee", "resident", "remedy", "objection", "reference", "Z-2026-7"));
	}

	private Instant overdueTimer(String number) {
		return jobs(number).stream()
			.filter((job) -> activityOf(job).equals("event_reasonsOverdue"))
			.map((job) -> job.getDuedate().toInstant())
			.findFirst()
			.orElseThrow();
	}

	private List<String> overdueMails(String number) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'followUpOverdue' and state = 'sent' order by 1")
			.param(number)
			.query(String.class)
			.list();
	}

	@Test
	void whoNeitherSignedNorStandsInGivesNoReasons() {
		this.town.away("mila", "bert", "GM9001-02");
		String number = signedWithReasonsToFollow();
		assertThat(isOffered("bert", number, "give-reasons")).as("her deputy").isTrue();
		this.town.everybodyBack();
		Town.Answer answer = submit("bert", number, "give-reasons", Map.of("reasons", "Namens haar."));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("wie het spoedbesluit tekende");
		as("bert").post("/api/v1/tasks/" + task(number, "give-reasons").getId() + "/unclaim", null);
		own("delete from doorbraak.post where officer_login = 'mila'");
		own("insert into doorbraak.post values ('mila', 'director', 'GM9001') on conflict do nothing");
		fill("mila", number, "give-reasons", Map.of("reasons", "Ik tekende zelf."));
		own("delete from doorbraak.post where officer_login = 'mila' and function = 'director'");
	}

	@Test
	void withoutACrisisNoSpoedbesluit() {
		String number = report();
		plan(number, 6000, "no");
		Town.Answer answer = submit("mila", number, "sign-off",
				Map.of("decision", "agree", "reasonsFollow", true, "proposalHash", hash("mila", number, "sign-off")));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message()).contains("Dit is een spoedbesluit");
		assertThat(shown("mila", number, "sign-off")).containsEntry("crisis", "Nee");
		assertThat(outcome(number)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"insert into doorbraak.follow_up (case_number, proposal_id, kind, signer, mandate_number, mandate_version, owed_at, due_at, explanation, asked_order) select case_number, proposal_id, kind, signer, mandate_number, mandate_version, owed_at, due_at, explanation, asked_order from doorbraak.follow_up where case_number = ?",
			"update doorbraak.follow_up set outcome = 'given', done_by = 'mila', done_at = now(), entry_id = (select max(id) from doorbraak.entry) where case_number = ?",
			"update doorbraak.follow_up set outcome = 'ratified', done_by = 'mila', done_at = now(), entry_id = (select max(id) from doorbraak.entry) where case_number = ?",
			"update doorbraak.follow_up set outcome = 'ratified', done_by = 'anna', done_at = now(), entry_id = (select max(id) from doorbraak.entry), done_mandate_number = 'GM9001-02', done_mandate_version = 1 where case_number = ?",
			"update doorbraak.follow_up set done_by = 'mila' where case_number = ?",
			"update doorbraak.follow_up set due_at = owed_at where case_number = ?",
			"update doorbraak.sign_off set outcome = 'refused', reasons_follow = true where case_number = ?" })
	void theDatabaseKeepsWhatIsOwedInOrder(String sql) {
		String number = hurried();
		assertThatThrownBy(() -> this.town.database().sql(sql).param(number).update())
			.isInstanceOf(DataIntegrityViolationException.class);
		ratify("mila", number, "ratify");
	}

	private String inCrisis() {
		String number = report();
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
			.isEqualTo(200);
		return number;
	}

	/** Decided by anna under the crisis mandate: a small amount, against policy. */
	private String hurried() {
		String number = inCrisis();
		plan(number, 900, "yes");
		return number;
	}

	/** Decided by mila in a crisis under her ordinary mandate, reasons to follow. */
	private String signedWithReasonsToFollow() {
		String number = inCrisis();
		plan(number, 6000, "no");
		fill("mila", number, "sign-off",
				Map.of("decision", "agree", "reasonsFollow", true, "proposalHash", hash("mila", number, "sign-off")));
		return number;
	}

	private void plan(String number, int euros, String deviates) {
		fill("anna", number, "make-plan", priced(euros, deviates));
		fill("anna", number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Nu helpen."));
	}

	private void ratify(String login, String number, String decision) {
		Map<String, Object> fields = new HashMap<>(
				Map.of("decision", decision, "proposalHash", hash(login, number, "ratify-decision")));
		if (decision.equals("refuse")) {
			fields.put("reason", "Er was een gewone weg.");
		}
		fill(login, number, "ratify-decision", fields);
	}

	private String hash(String login, String number, String form) {
		return shown(login, number, form).get("proposalHash").toString();
	}

	private Map<String, Object> shown(String login, String number, String form) {
		Town.Answer answer = as(login).get("/api/v1/tasks/" + task(number, form).getId() + "/values");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		Map<String, Object> shown = new HashMap<>();
		answer.json().fields().forEachRemaining((each) -> shown.put(each.getKey(), each.getValue().asText()));
		return shown;
	}

	private int sees(String login, String number) {
		return as(login).get("/api/v1/cases/" + number).status();
	}

	private Instant dueAt(String number, String kind) {
		List<Timestamp> due = this.town.database()
			.sql("select due_at from doorbraak.follow_up where case_number = ? and kind = ?")
			.params(number, kind)
			.query((row, n) -> row.getTimestamp(1))
			.list();
		assertThat(due).hasSize(1);
		return due.get(0).toInstant();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
