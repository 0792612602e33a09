package nl.doorbraak;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Attack;
import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No signature without a mandate: who is asked, who may sign at the moment of signing,
 * and where a proposal goes that nobody signs. C13 (refused on practice, not on law) and
 * C15 (below the ceiling) as stories.
 */
@WholeApplication
class MandateGateIT {

	private final Town town;

	@Autowired
	MandateGateIT(Town town) {
		this.town = town;
	}

	@AfterEach
	void registerAndPostsAsTheyWere() {
		own("update doorbraak.mandate set revoked_at = null, approvals = case function when 'districtTeamMember' then 3 else 1 end, drafter_may_sign = (function in ('caseDirector', 'processDirector', 'ambassador'))");
		own("insert into doorbraak.post values ('mila', 'manager', 'GM9001'), ('dirk', 'director', 'GM9001'), ('wilma', 'alderman', 'GM9001') on conflict do nothing");
		this.town.everybodyBack();
	}

	@Test
	void belowTheCeilingWhoDecidesHasSigned() {
		String number = proposed(2500, "no");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(this.town.as("anna").state(number).path("outcome").asText()).isEqualTo("brokenThrough");
		assertThat(signatures(number)).containsExactly("anna caseDirector GM9001-01 v1 agreed");
		assertThat(acts(number)).contains("proposalMade", "signedOff").doesNotContain("signOffAsked");
		assertThat(facts(number, "signedOff")).contains("\"mandate\":\"GM9001-01\"", "\"mandateVersion\":1",
				"\"drafter\":true");
	}

	@Test
	void aboveTheOwnCeilingTheManagerSigns() {
		String number = proposed(2500.01, "no");
		assertThat(state(number)).isEqualTo("open");
		Town.Visitor mila = this.town.as("mila");
		assertThat(mila.get("/api/v1/cases/" + number).status()).as("who is asked sees the case").isEqualTo(200);
		sign(mila, number, "agree");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(signatures(number)).containsExactly("mila manager GM9001-02 v1 agreed");
		assertThat(mila.get("/api/v1/cases/" + number).status()).as("and no longer than that").isEqualTo(404);
	}

	@Test
	void deviationNeedsSomebodyWhoMayDeviateHoweverSmallTheAmount() {
		String number = proposed(100, "yes");
		assertThat(this.town.as("mila").tasks(number, "sign-off")).hasSize(1);
	}

	@Test
	void aboveTenThousandTheDirectorIsAskedAndAboveTwentyFiveTheAlderman() {
		String large = proposed(10_000.01, "no");
		assertThat(this.town.as("mila").tasks(large, "sign-off")).isEmpty();
		sign(this.town.as("dirk"), large, "agree");
		assertThat(state(large)).isEqualTo("closed");
		String largest = proposed(25_000.01, "no");
		assertThat(this.town.as("dirk").tasks(largest, "sign-off")).isEmpty();
		sign(this.town.as("wilma"), largest, "agree");
		assertThat(state(largest)).isEqualTo("closed");
	}

	@Test
	void refusedOnPracticeNotOnLawComesBackWithTheReasonAndCanBeProposedAgain() {
		String number = proposed(6000, "no");
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(complete(mila, task, Map.of("decision", "refuse", "proposalHash", hash(mila, task))).status())
			.as("no without a reason")
			.isEqualTo(400);
		sign(mila, number, "refuse");
		assertThat(state(number)).isEqualTo("open");
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.tasks(number, "decide-locally")).hasSize(1);
		assertThat(page(number)).contains("Mila Jansen gaf geen akkoord als Manager", "Dat doen wij nooit zo.",
				"mandaat GM9001-02 versie 1");
		decide(anna, number);
		assertThat(signatures(number)).containsExactly("mila manager GM9001-02 v1 refused");
		sign(mila, number, "agree");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(signatures(number)).containsExactly("mila manager GM9001-02 v1 refused",
				"mila manager GM9001-02 v1 agreed");
	}

	@Test
	void functionThatNobodyHoldsIsPassedOverAtOnce() {
		own("delete from doorbraak.post where officer_login = 'mila'");
		String number = proposed(6000, "no");
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).hasSize(1);
		assertThat(acts(number)).doesNotContain("signOffPassedOn");
	}

	@Test
	void silenceGoesToTheNextCompetentFunctionAndFromTheLastBackToTheDrafter() {
		String number = proposed(6000, "no");
		letAnswerMiss(number);
		assertThat(this.town.as("mila").tasks(number, "sign-off")).as("her term is over").isEmpty();
		assertThat(this.town.as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).hasSize(1);
		assertThat(facts(number, "signOffPassedOn")).contains("\"function\":\"manager\"");
		letAnswerMiss(number);
		assertThat(this.town.as("wilma").tasks(number, "sign-off")).hasSize(1);
		letAnswerMiss(number);
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.tasks(number, "decide-locally")).hasSize(1);
		assertThat(page(number)).contains("Niemand kon tekenen.", "gaf op tijd geen antwoord");
		assertThat(facts(number, "gateRefused")).contains("GEEN_ANTWOORD");
	}

	@Test
	void nobodyCompetentSendsTheProposalBackWithTheSentenceWhy() {
		own("delete from doorbraak.post where officer_login in ('dirk', 'wilma')");
		String number = proposed(12_000, "no");
		assertThat(this.town.as("anna").tasks(number, "decide-locally")).hasSize(1);
		assertThat(facts(number, "gateRefused")).contains("GEEN_MANDAAT");
		assertThat(signatures(number)).isEmpty();
	}

	@Test
	void mandateRevokedBetweenOpeningAndSigningSignsNothing() {
		String number = proposed(6000, "no");
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		String hash = hash(mila, task);
		own("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02'");
		Town.Answer answer = complete(mila, task, Map.of("decision", "agree", "proposalHash", hash));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("Dit mandaat geldt nu niet");
		assertThat(mila.tasks(number, "sign-off")).as("the task is still there").containsExactly(task);
		assertThat(signatures(number)).isEmpty();
		assertThat(state(number)).isEqualTo("open");
		assertThat(refusals("mila")).last().asString().contains("niet-in-werking");
		letAnswerMiss(number);
		assertThat(this.town.as("dirk").tasks(number, "sign-off")).as("then the next function").hasSize(1);
	}

	@Test
	void whatOneMayNoLongerSignAnotherHolderSignsInTheSameTask() {
		this.town.away("mila", "bert", "GM9001-02");
		String number = proposed(6000, "no");
		Town.Visitor bert = this.town.as("bert");
		String task = bert.task(number, "sign-off");
		bert.post("/api/v1/tasks/" + task + "/claim", null);
		String hash = hash(bert, task);
		this.town.everybodyBack();
		Town.Answer answer = complete(bert, task, Map.of("decision", "agree", "proposalHash", hash));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("U hebt hiervoor geen mandaat.");
		assertThat(signatures(number)).isEmpty();
		assertThat(state(number)).isEqualTo("open");
		assertThat(bert.post("/api/v1/tasks/" + task + "/unclaim", null).status()).isEqualTo(200);
		assertThat(this.town.as("mila").task(number, "sign-off")).isEqualTo(task);
		sign(this.town.as("mila"), number, "agree");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(signatures(number)).containsExactly("mila manager GM9001-02 v1 agreed");
	}

	@Test
	void amountOfTheHouseholdInTheYearCounts() {
		String first = proposed(2000, "no");
		assertThat(state(first)).isEqualTo("closed");
		String second = reported(501, "no");
		own("update doorbraak.case_file set household_id = (select household_id from doorbraak.case_file where number = '"
				+ first + "') where number = '" + second + "'");
		decide(this.town.as("anna"), second);
		assertThat(this.town.as("mila").tasks(second, "sign-off")).as("2,000 and 501 are more than 2,500").hasSize(1);
	}

	@Test
	void smallExpenseBeyondWhatTheCasusregisseurMaySpendTakesThreeOfTheDistrictTeam() {
		String first = proposed(2400, "no");
		assertThat(state(first)).isEqualTo("closed");
		Town.Visitor anna = this.town.as("anna");
		String second = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(second, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 450,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes", "power", "tailoredBudget"));
		own("update doorbraak.case_file set household_id = (select household_id from doorbraak.case_file where number = '"
				+ first + "') where number = '" + second + "'");
		decide(anna, second);
		assertThat(this.town.as("mila").tasks(second, "sign-off")).isEmpty();
		for (String login : List.of("tess", "wout", "nadia")) {
			assertThat(state(second)).as(login).isEqualTo("open");
			sign(this.town.as(login), second, "agree");
		}
		assertThat(state(second)).isEqualTo("closed");
		assertThat(signatures(second)).containsExactly("tess districtTeamMember GM9001-06 v1 agreed",
				"wout districtTeamMember GM9001-06 v1 agreed", "nadia districtTeamMember GM9001-06 v1 agreed");
	}

	@Test
	void theTableAsksForThreeEvenWhereTheRegisterAsksForOne() {
		own("update doorbraak.mandate set approvals = 1 where number = 'GM9001-06'");
		own("update doorbraak.mandate set drafter_may_sign = false where number = 'GM9001-01'");
		String number = planned(Map.of("cost", 450, "power", "tailoredBudget"));
		sign(this.town.as("wout"), number, "agree");
		assertThat(state(number)).isEqualTo("open");
		sign(this.town.as("tess"), number, "agree");
		sign(this.town.as("nadia"), number, "agree");
		assertThat(state(number)).isEqualTo("closed");
	}

	@Test
	void precedentGoesToTheDirectorAndWhatIsReservedToTheAlderman() {
		String precedent = planned(Map.of("cost", 100, "reservation", "precedent"));
		assertThat(this.town.as("mila").tasks(precedent, "sign-off")).isEmpty();
		sign(this.town.as("dirk"), precedent, "agree");
		assertThat(state(precedent)).isEqualTo("closed");
		String reserved = planned(Map.of("cost", 100, "reservation", "reserved"));
		assertThat(this.town.as("dirk").tasks(reserved, "sign-off")).isEmpty();
		sign(this.town.as("wilma"), reserved, "agree");
		assertThat(state(reserved)).isEqualTo("closed");
	}

	@Test
	void everyFunctionThatSignsCanDoItInTasklist() {
		String number = planned(Map.of("cost", 100, "reservation", "reserved"));
		String task = this.town.as("wilma").task(number, "sign-off");
		for (String login : List.of("wout", "anna", "mila", "dirk", "wilma", "paul", "amira")) {
			WebVisitor browser = WebVisitor.login(this.town, login);
			assertThat(browser.get("/camunda/app/tasklist/default/").status()).as(login).isEqualTo(200);
			assertThat(browser.get(WebVisitor.ENGINE + "task/" + task + "/form-variables").status()).as(login)
				.isEqualTo(login.equals("wilma") ? 200 : 404);
		}
	}

	@Test
	void whoIsNotAskedSeesNothing() {
		String number = proposed(6000, "no");
		String task = this.town.as("mila").task(number, "sign-off");
		for (String login : List.of("bert", "olaf", "dirk", "paul")) {
			Town.Visitor other = this.town.as(login);
			assertThat(other.tasks(number, "sign-off")).as(login).isEmpty();
			assertThat(other.get("/api/v1/cases/" + number).status()).as(login).isEqualTo(404);
			assertThat(other.post("/api/v1/tasks/" + task + "/claim", null).status()).as(login).isEqualTo(404);
			assertThat(complete(other, task, Map.of("decision", "agree", "proposalHash", "x")).status()).as(login)
				.isEqualTo(404);
		}
		assertThat(this.town.as("anna").tasks(number, "sign-off")).as("the drafter is not asked").isEmpty();
	}

	@Test
	@Attack(value = "D04", failedWith = "the checks of the mandate say yes to everybody")
	void drafterDoesNotSignTheOwnProposalWhereTheMandateForbidsIt() {
		own("update doorbraak.mandate set drafter_may_sign = false where number = 'GM9001-01'");
		String number = proposed(2000, "no");
		assertThat(state(number)).isEqualTo("open");
		Town.Visitor anna = this.town.as("anna");
		String task = anna.task(number, "sign-off");
		anna.post("/api/v1/tasks/" + task + "/claim", null);
		Town.Answer answer = complete(anna, task, Map.of("decision", "agree", "proposalHash", hash(anna, task)));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.message()).contains("Een ander moet tekenen");
		anna.post("/api/v1/tasks/" + task + "/unclaim", null);
		assertThat(this.town.as("bert").tasks(number, "sign-off")).as("not of the team").isEmpty();
		sign(this.town.as("karim"), number, "agree");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(signatures(number)).containsExactly("karim caseDirector GM9001-01 v1 agreed");
	}

	@Test
	void twoApprovalsAreOfTwoPeople() {
		own("update doorbraak.mandate set approvals = 2 where number = 'GM9001-02'");
		this.town.away("mila", "bert", "GM9001-02");
		String number = proposed(6000, "no");
		Town.Visitor mila = this.town.as("mila");
		sign(mila, number, "agree");
		assertThat(state(number)).as("one of two").isEqualTo("open");
		assertThat(mila.tasks(number, "sign-off")).as("off the list of who agreed").isEmpty();
		String again = this.town.as("bert").task(number, "sign-off");
		Town.Answer twice = mila.post("/api/v1/tasks/" + again + "/claim", null);
		assertThat(twice.status()).isEqualTo(409);
		assertThat(twice.message()).contains("Manager Mila Jansen gaf akkoord op ", "nog akkoord van een ander");
		sign(this.town.as("bert"), number, "agree");
		assertThat(state(number)).isEqualTo("closed");
		assertThat(signatures(number)).containsExactly("mila manager GM9001-02 v1 agreed",
				"bert manager GM9001-02 v1 agreed");
	}

	@Test
	@Attack(value = "D04", failedWith = "the checks of the mandate say yes to everybody")
	void twoLoginsOfOnePersonAreOnePerson() {
		own("update doorbraak.mandate set approvals = 2 where number = 'GM9001-02'");
		try {
			this.town.away("mila", "bert", "GM9001-02");
			String number = proposed(6000, "no");
			sign(this.town.as("mila"), number, "agree");
			refusesOtherLogin("bert", "mila", number);
			own("update doorbraak.mandate set drafter_may_sign = false where number = 'GM9001-01'");
			String own = proposed(2000, "no");
			refusesOtherLogin("karim", "anna", own);
			assertThat(signatures(own)).isEmpty();
			String next = proposed(2000, "no");
			assertThat(this.town.as("karim").tasks(next, "sign-off")).as("nor is he asked any more").isEmpty();
		}
		finally {
			own("update doorbraak.officer set email = login || '@waterdam.example' where login in ('bert', 'karim')");
		}
	}

	/** It is found out after the task was picked up. */
	private void refusesOtherLogin(String login, String person, String number) {
		Town.Visitor other = this.town.as(login);
		String task = other.task(number, "sign-off");
		other.post("/api/v1/tasks/" + task + "/claim", null);
		String hash = hash(other, task);
		own("update doorbraak.officer set email = initcap('" + person + "') || '@waterdam.example' where login = '"
				+ login + "'");
		int lines = refusals(login).size();
		Town.Answer answer = complete(other, task, Map.of("decision", "agree", "proposalHash", hash));
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.message()).contains("Een ander moet tekenen");
		assertThat(refusals(login)).hasSize(lines + 1);
		assertThat(state(number)).isEqualTo("open");
	}

	@Test
	@Attack(value = "D10", failedWith = "what was read is not held against what stands there")
	void signOffOfYesterdayOrOfAnotherCaseSignsNothing() {
		Town.Visitor mila = this.town.as("mila");
		String first = proposed(6000, "no");
		String other = proposed(6000, "no");
		String task = mila.task(first, "sign-off");
		Map<String, Object> signed = Map.of("decision", "agree", "proposalHash", hash(mila, task));
		String others = mila.task(other, "sign-off");
		mila.post("/api/v1/tasks/" + others + "/claim", null);
		assertThat(complete(mila, others, signed).status()).as("read in another case").isEqualTo(409);
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(complete(mila, task, Map.of("decision", "refuse", "ground", "practice", "reason", "Nee.",
				"proposalHash", signed.get("proposalHash")))
			.status()).isEqualTo(200);
		this.town.workDue();
		this.town.pass(Duration.ofDays(1));
		assertThat(complete(mila, task, signed).status()).as("yesterday's request").isEqualTo(409);
		decide(this.town.as("anna"), first);
		String again = mila.task(first, "sign-off");
		mila.post("/api/v1/tasks/" + again + "/claim", null);
		assertThat(complete(mila, again, signed).status()).as("the same words, proposed anew").isEqualTo(409);
		assertThat(signatures(other)).isEmpty();
		assertThat(signatures(first)).containsExactly("mila manager GM9001-02 v1 refused");
		assertThat(complete(mila, again, Map.of("decision", "agree", "proposalHash", hash(mila, again))).status())
			.isEqualTo(200);
	}

	@Test
	void proposalThatChangedSinceItWasReadIsNotSigned() {
		String number = proposed(6000, "no");
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		String read = hash(mila, task);
		own("update doorbraak.entry set fields = jsonb_set(fields, '{5,value}', '\"Iets heel anders.\"') where form = 'decide-locally' and case_id = (select id from doorbraak.case_file where number = '"
				+ number + "')");
		Town.Answer answer = complete(mila, task, Map.of("decision", "agree", "proposalHash", read));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.message()).contains("gewijzigd sinds u het las");
		assertThat(complete(mila, task, Map.of("decision", "agree")).status())
			.as("and not without saying what was read")
			.isEqualTo(400);
		assertThat(complete(mila, task, Map.of("decision", "agree", "proposalHash", hash(mila, task))).status())
			.isEqualTo(200);
	}

	@Test
	void forgedAmountChangesNothing() {
		String number = proposed(6000, "no");
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(
				complete(mila, task, Map.of("decision", "agree", "proposalHash", hash(mila, task), "amount", "€ 1,00"))
					.status())
			.isEqualTo(400);
		assertThat(complete(mila, task, Map.of("decision", "agree", "proposalHash", hash(mila, task), "agreed", true))
			.status()).isEqualTo(400);
	}

	@Test
	void nationalDeskProposesAndTheMunicipalityDecides() {
		String number = reported(6000, "no");
		Town.Visitor anna = this.town.as("anna");
		anna.post("/api/v1/cases/" + number + "/threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString()));
		anna.post("/api/v1/cases/" + number + "/redirection", Map.of("reason", "Morgen staat zij op straat."));
		this.town.workDue();
		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "known"));
		lotte.fill(number, "decide-nationally",
				Map.of("decision", "brokenThrough", "explanation", "Betaal de schuld."));
		assertThat(state(number)).isEqualTo("open");
		sign(this.town.as("mila"), number, "agree");
		assertThat(state(number)).isEqualTo("closed");
	}

	@Test
	void proposalLapsesWhenTheCaseLeavesTheLevelInAnotherWay() {
		String number = proposed(6000, "no");
		assertThat(this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Opgelost."))
			.status()).isEqualTo(200);
		this.town.workDue();
		assertThat(this.town.as("mila").tasks(number, "sign-off")).isEmpty();
		assertThat(this.town.as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(404);
	}

	private void letAnswerMiss(String number) {
		this.town.passUntil(this.town.database()
			.sql("select answer_due_at from doorbraak.proposal where case_number = ? and state = 'open'")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single());
	}

	/** A case of anna's with a plan, ready to be decided. */
	private String reported(double euros, String deviates) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		Map<String, Object> plan = new HashMap<>(Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.",
				"cost", euros, "deviates", deviates, "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "make-plan", plan);
		return number;
	}

	/** A breakthrough that anna decided, with this in its plan. */
	private String planned(Map<String, ?> more) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		Map<String, Object> plan = new HashMap<>(Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.",
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		plan.putAll(more);
		anna.fill(number, "make-plan", plan);
		decide(anna, number);
		return number;
	}

	/** The same, with a breakthrough that anna decided. */
	private String proposed(double euros, String deviates) {
		String number = reported(euros, deviates);
		decide(this.town.as("anna"), number);
		return number;
	}

	private static void decide(Town.Visitor anna, String number) {
		anna.fill(number, "decide-locally",
				Map.of("decision", "brokenThrough", "explanation", "Dit is wat er nodig is."));
	}

	private static void sign(Town.Visitor person, String number, String decision) {
		person.sign(number,
				decision.equals("refuse")
						? Map.of("decision", decision, "ground", "practice", "reason", "Dat doen wij nooit zo.")
						: Map.of("decision", decision));
	}

	private static Town.Answer complete(Town.Visitor person, String task, Map<String, Object> fields) {
		return person.post("/api/v1/tasks/" + task + "/complete", fields);
	}

	/** What the form shows this person as the version that is read. */
	private static String hash(Town.Visitor person, String task) {
		JsonNode shown = person.get("/api/v1/tasks/" + task + "/values").json();
		assertThat(shown.path("proposalHash").asText()).as(shown.toString()).isNotEmpty();
		return shown.path("proposalHash").asText();
	}

	/** The case page as anna sees it in her browser. */
	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	private String state(String number) {
		return this.town.as("anna").state(number).path("state").asText();
	}

	private List<String> signatures(String number) {
		return this.town.database().sql("""
				select person || ' ' || function || ' ' || mandate_number || ' v' || mandate_version || ' ' || outcome
				from doorbraak.sign_off where case_number = ? order by id""").param(number).query(String.class).list();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(number)
			.query(String.class)
			.list();
	}

	private String facts(String number, String act) {
		return this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = ? and act = ? order by number limit 1")
			.params(number, act)
			.query(String.class)
			.single();
	}

	private List<String> refusals(String actor) {
		return this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = 'refusals' and actor = ? order by number")
			.param(actor)
			.query(String.class)
			.list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
