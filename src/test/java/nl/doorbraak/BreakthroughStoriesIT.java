package nl.doorbraak;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Real stories about who may sign, with invented people and places. */
@WholeApplication
class BreakthroughStoriesIT {

	private final Town town;

	@Autowired
	BreakthroughStoriesIT(Town town) {
		this.town = town;
	}

	/**
	 * She goes to the clinic only if her dog is cared for. "We never pay a kennel" is a
	 * practice; the act excludes no kind of provision.
	 */
	@Test
	void whatWasRefusedByHabitComesBackWithTheLawBesideItAndIsSigned() {
		Town.Visitor anna = this.town.as("anna");
		Town.Visitor mila = this.town.as("mila");
		String number = planned("Zij gaat niet naar de kliniek als niemand voor haar hond zorgt.", "Naar de kliniek.",
				"Zes weken pension voor de hond.", 2_800, List.of("care", "housing"));
		propose(anna, number, "Zonder pension geen opname.");
		mila.sign(number,
				Map.of("decision", "refuse", "ground", "practice", "reason", "Een pension betalen wij nooit."));
		assertThat(state(anna, number)).isEqualTo("open null");
		assertThat(signatures(number)).containsExactly("mila refused");
		assertThat(fact(number, "signOffRefused", "ground")).isEqualTo("practice");
		String again = anna.task(number, "decide-locally");
		assertThat(anna.get("/api/v1/tasks/" + again + "/values").status()).as("back at the drafter").isEqualTo(200);

		propose(anna, number,
				"De wet sluit geen soort kosten uit. Bijzondere bijstand kan hier: artikel 35 Participatiewet.");
		JsonNode read = mila.values(mila.task(number, "sign-off"));
		assertThat(read.path("explanation").asText()).as("what mila reads now").contains("artikel 35 Participatiewet");
		mila.sign(number, Map.of("decision", "agree"));
		assertThat(state(anna, number)).isEqualTo("closed brokenThrough");
		assertThat(signatures(number)).containsExactly("mila refused", "mila agreed");
	}

	/** New teeth for a job: below the own ceiling nobody else has to be asked. */
	@Test
	void belowTheOwnCeilingTheCaseworkerSignsAtOnce() {
		Town.Visitor anna = this.town.as("anna");
		String number = planned("Met dit gebit neemt niemand hem aan, en geen potje betaalt het.", "Werk.",
				"Het gebit laten herstellen.", 2_500, List.of("work", "care"));
		propose(anna, number, "Dit past in het maatwerkbudget.");
		assertThat(state(anna, number)).isEqualTo("closed brokenThrough");
		assertThat(signatures(number)).containsExactly("anna agreed");
		assertThat(this.town.as("mila").tasks(number, "sign-off")).isEmpty();
	}

	/** One euro more, and the manager is asked. */
	@Test
	void aboveTheOwnCeilingTheManagerIsAsked() {
		Town.Visitor anna = this.town.as("anna");
		String number = planned("Een jonge moeder slaapt in haar auto; niemand betaalt de borg.", "Een huis.",
				"De borg betalen.", 2_501, List.of("housing"));
		propose(anna, number, "Morgen kan zij tekenen.");
		assertThat(state(anna, number)).isEqualTo("open null");
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(state(anna, number)).isEqualTo("closed brokenThrough");
		assertThat(signatures(number)).containsExactly("mila agreed");
	}

	/**
	 * Some sixty creditors, part of the income seized, an eviction tomorrow. Papers are
	 * missing, and when they are named nobody signs: the gate never holds a case that
	 * must go on.
	 */
	@Test
	void gateThatFailsUnderTimePressureDoesNotHoldTheCase() {
		Town.Visitor anna = this.town.as("anna");
		Town.Visitor mila = this.town.as("mila");
		String number = evictedTomorrow();
		mila.sign(number, Map.of("decision", "sendBack", "missing", "Vijf van de zes stukken ontbreken."));
		propose(anna, number, "De stukken liggen bij de rechtbank. Teken alsjeblieft nu.");
		String asked = mila.task(number, "sign-off");
		assertThat(Duration.between(this.town.clock().instant(), mila.dueAt(number, "sign-off")))
			.as("in crisis the answer is asked in hours")
			.isLessThan(Duration.ofHours(24));
		this.town.passUntil(termEnd(number));
		assertThat(fact(number, "gateRefused", "code")).as("everybody was asked").isEqualTo("GEEN_ANTWOORD");
		assertThat(anna.tasks(number, "decide-locally")).as("back at the drafter").hasSize(1);
		this.town.passUntil(anna.dueAt(number, "decide-on-term"));
		assertThat(anna.state(number).path("rung").asText()).as("silence means up").isEqualTo("regional");
		assertThat(signatures(number)).as("nobody signed").containsExactly("mila sentBack");
		assertThat(mila.post("/api/v1/tasks/" + asked + "/claim", null).status()).as("too late").isEqualTo(409);
		for (String login : List.of("mila", "dirk", "wilma")) {
			assertThat(this.town.as(login).tasks(number, "sign-off")).as(login).isEmpty();
		}
		Town.Visitor paul = this.town.as("paul");
		assertThat(paul.tasks(number, "hold-round-table")).hasSize(1);
	}

	private String evictedTomorrow() {
		Town.Visitor anna = this.town.as("anna");
		String number = planned("Zestig schuldeisers, beslag op het inkomen, en morgen een ontruiming.",
				"In het huis blijven tot er een regeling is.", "De lopende huur garanderen.", 4_200, List.of("money"));
		assertThat(anna
			.post("/api/v1/cases/" + number + "/threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString()))
			.status()).isEqualTo(200);
		this.town.workDue();
		propose(anna, number, "Wij hebben drie maanden nodig voor een regeling.");
		return number;
	}

	private Instant termEnd(String number) {
		return this.town.database()
			.sql("select r.term_ends_at from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? order by r.id desc limit 1")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	/**
	 * Invented. A family whose allowance was stopped climbs all four rungs; at the
	 * national desk a director says no, the eviction comes near, the case is put through
	 * at once, and in the ministry somebody signs.
	 */
	@Test
	void familyClimbsFourRungsWithACrisisInBetween() {
		Town.Visitor anna = this.town.as("anna");
		String number = planned("De toeslag is gestopt, de huur loopt op, en vier organisaties wachten op elkaar.",
				"In het huis kunnen blijven.", "De huurschuld overnemen.", 14_000, List.of("money", "housing"));
		anna.fill(number, "decide-locally",
				Map.of("decision", "up", "explanation", "De gemeente gaat niet over de toeslag."));
		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "invited",
				List.of("municipality"), "agreements", "Niemand hier mag het besluit nemen."));
		paul.fill(number, "decide-regionally",
				Map.of("decision", "up", "explanation", "Regionaal mag niemand dit besluiten."));
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("national");

		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "known"));
		lotte.fill(number, "decide-nationally",
				Map.of("decision", "brokenThrough", "explanation", "Neem de huurschuld vandaag over."));
		Town.Visitor dirk = this.town.as("dirk");
		assertThat(this.town.as("mila").tasks(number, "sign-off")).as("above the manager's ceiling").isEmpty();
		dirk.sign(number, Map.of("decision", "refuse", "ground", "policy", "reason",
				"Ons beleid kent geen overname van huurschuld."));
		LocalDate termBefore = LocalDate.parse(anna.state(number).path("termLastDay").asText());
		LocalDate eviction = this.town.today().plusDays(1);
		anna.post("/api/v1/cases/" + number + "/threat",
				Map.of("threat", "eviction", "eventDate", eviction.toString()));
		assertThat(LocalDate.parse(anna.state(number).path("termLastDay").asText())).as("in crisis the term is hours")
			.isBefore(termBefore);
		assertThat(
				anna.post("/api/v1/cases/" + number + "/redirection", Map.of("reason", "Morgen komt de deurwaarder."))
					.status())
			.isEqualTo(200);
		this.town.workDue();
		assertThat(lotte.tasks(number, "decide-nationally")).isEmpty();
		assertThat(anna.state(number).path("rung").asText()).isEqualTo("ministry");

		Town.Visitor amira = this.town.as("amira");
		amira.fill(number, "convene-escalation-team",
				Map.of("convenedOn", this.town.today().toString(), "whoDecides", "minister"));
		amira.fill(number, "decide-breakthrough", Map.of("decision", "brokenThrough", "explanation",
				"De hardheidsclausule is hiervoor bedoeld. De huurschuld wordt overgenomen."));
		assertThat(state(anna, number)).isEqualTo("closed brokenThrough");
		assertThat(signatures(number)).containsExactly("dirk refused", "amira agreed");
		assertThat(rungs(number)).containsExactly("local", "regional", "national", "ministry");
	}

	/** A case of Anna's with a plan of this many euros. */
	private String planned(String stuck, String effect, String first, int euros, List<String> domains) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", stuck, "lifeDomains", domains));
		Map<String, Object> plan = new HashMap<>(Map.of("desiredEffect", effect, "firstBreakthrough", first, "cost",
				euros, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "make-plan", plan);
		return number;
	}

	private static void propose(Town.Visitor anna, String number, String why) {
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", why));
	}

	private static String state(Town.Visitor anna, String number) {
		JsonNode state = anna.state(number);
		return state.path("state").asText() + " " + state.path("outcome").asText();
	}

	private List<String> signatures(String number) {
		return this.town.database()
			.sql("select person || ' ' || outcome from doorbraak.sign_off where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private String fact(String number, String act, String name) {
		return this.town.database()
			.sql("select facts::jsonb ->> ? from doorbraak.audit_line where chain = ? and act = ?")
			.params(name, number, act)
			.query(String.class)
			.single();
	}

	private List<String> rungs(String number) {
		return this.town.database()
			.sql("select r.rung from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? order by r.id")
			.param(number)
			.query(String.class)
			.list();
	}

}
