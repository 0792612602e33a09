package nl.doorbraak.mandate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Backing is shown where it fits, and never counts. */
@WholeApplication
class BackingIT {

	private static final String WORDS = "Bij een dreigende ontruiming mag u van de inkomenstoets afwijken.";

	private static final String NO_MANDATE = "Dit is steun, geen mandaat";

	private final Town town;

	private final JdbcClient application;

	@Autowired
	BackingIT(Town town, JdbcClient application) {
		this.town = town;
		this.application = application;
	}

	@BeforeEach
	@AfterEach
	void withdrawAll() {
		own("""
				insert into doorbraak.backing_withdrawal select id, given_by, doorbraak.current_instant()
				from doorbraak.backing on conflict do nothing""");
		own("update doorbraak.mandate set revoked_at = null");
	}

	@Test
	void subjectIsShownWithTheCasesThatItFitsToPeopleOfTheMunicipality() {
		String housing = reported("anna", "housing");
		String money = reported("anna", "money");
		String elsewhere = reported("olaf", "housing");
		assertThat(give("wilma", Map.of("gebied", "housing,family", "tekst", WORDS))).isEqualTo(302);
		assertThat(page("anna", "/casus/" + housing)).contains(NO_MANDATE, "Wethouder Wilma Hoekstra, op ", WORDS,
				"Over: Wonen, Gezin.", "Tot de rugdekking wordt ingetrokken.");
		assertThat(page("anna", "/casus/" + money)).doesNotContain(NO_MANDATE, WORDS);
		assertThat(page("olaf", "/casus/" + elsewhere)).as("of another municipality").doesNotContain(NO_MANDATE);
		this.town.as("anna").fill(housing, "make-plan", plan(6000, "scheme"));
		this.town.as("anna").fill(housing, "decide-locally", Map.of("decision", "up", "explanation", "Samen."));
		assertThat(page("paul", "/casus/" + housing)).as("the region works on it, but is not of the municipality")
			.doesNotContain(NO_MANDATE, WORDS);
		assertThat(page("esther", "/rugdekking")).as("of another municipality").doesNotContain(WORDS);
	}

	@Test
	void powerIsOneOfTheSubjects() {
		String number = reported("anna", "money");
		give("dirk", Map.of("soort", "tailoredBudget", "tekst", WORDS));
		assertThat(page("anna", "/casus/" + number)).as("no plan yet").doesNotContain(WORDS);
		this.town.as("anna").fill(number, "make-plan", plan(400, "tailoredBudget"));
		assertThat(page("anna", "/casus/" + number)).contains("Directeur sociaal domein Dirk Mulder, op ",
				"Soort besluit: Een uitgave uit het maatwerkbudget.");
	}

	@Test
	void onACaseItStandsInTheCaseAndForWhoSeesIt() {
		String number = proposed(12_000);
		String words = "In " + number + " mag u afwijken.";
		assertThat(give("wilma", Map.of("casus", number, "tekst", words))).as("not on the case").isEqualTo(404);
		assertThat(page("dirk", "/rugdekking")).contains("value=\"" + number + "\"");
		assertThat(give("dirk", Map.of("casus", number, "tekst", words))).isEqualTo(302);
		assertThat(page("anna", "/casus/" + number)).contains(NO_MANDATE, words, "Over casus " + number);
		assertThat(page("dirk", "/rugdekking")).contains(words);
		assertThat(page("wilma", "/rugdekking")).as("that it was given, not what")
			.contains("Over casus " + number)
			.doesNotContain(words);
		assertThat(this.town.database()
			.sql("select act || ' ' || actor || ' ' || facts from doorbraak.audit_line where chain = ? and act = 'backingGiven'")
			.param(number)
			.query(String.class)
			.single()).startsWith("backingGiven dirk ")
			.contains("\"function\":\"director\"")
			.doesNotContain("afwijken");
	}

	@Test
	void whatCannotBeComesBackInTheFormItWasTypedIn() {
		String number = proposed(12_000);
		WebVisitor.Answer refused = WebVisitor.login(this.town, "dirk")
			.form("/rugdekking",
					Map.of("casus", number, "tekst", WORDS, "tot", this.town.today().minusDays(1).toString()));
		assertThat(refused.status()).isEqualTo(400);
		Document shown = Jsoup.parse(refused.body());
		assertThat(shown.select("#tekst").text()).as("about a subject").isEmpty();
		assertThat(shown.select("#fout ~ #tekst-casus").text()).isEqualTo(WORDS);
		assertThat(shown.select("#casus option[selected]").eachAttr("value")).containsExactly(number);
	}

	@Test
	void untilItsLastDayOrUntilItIsWithdrawn() {
		String number = reported("anna", "care");
		give("dirk", Map.of("gebied", "care", "tekst", WORDS, "tot", this.town.today().plusDays(1).toString()));
		give("dirk", Map.of("gebied", "care", "tekst", "Altijd."));
		assertThat(page("anna", "/casus/" + number)).contains(WORDS, "Altijd.");
		this.town.pass(Duration.ofDays(2));
		assertThat(page("anna", "/casus/" + number)).contains("Altijd.").doesNotContain(WORDS);
		assertThat(page("dirk", "/rugdekking")).contains("voorbij");
		long id = newest();
		assertThat(withdraw("wilma", id)).as("given in another function").isEqualTo(403);
		assertThat(withdraw("esther", id)).as("of another municipality").isEqualTo(404);
		assertThat(withdraw("dirk", id)).isEqualTo(302);
		assertThat(withdraw("dirk", id)).isEqualTo(409);
		assertThat(page("anna", "/casus/" + number)).doesNotContain("Altijd.", NO_MANDATE);
		assertThat(page("dirk", "/rugdekking")).contains("Altijd.", "ingetrokken door Dirk Mulder op ");
		assertThat(this.town.database()
			.sql("select actor from doorbraak.audit_line where act = 'backingWithdrawn' order by at desc limit 1")
			.query(String.class)
			.single()).isEqualTo("dirk");
	}

	@Test
	void statementsAreNeverChanged() {
		give("dirk", Map.of("gebied", "care", "tekst", WORDS));
		for (String change : List.of("update doorbraak.backing set words = 'x'", "delete from doorbraak.backing",
				"delete from doorbraak.backing_withdrawal")) {
			assertThatThrownBy(() -> this.application.sql(change).update()).as(change)
				.hasStackTraceContaining("permission denied");
		}
	}

	@Test
	void neverCounted() {
		List<String> without = verdicts();
		give("wilma", Map.of("gebied", "money", "soort", "scheme", "tekst", WORDS));
		give("dirk", Map.of("soort", "scheme", "tekst", WORDS));
		assertThat(verdicts()).isEqualTo(without);
		assertThat(without).containsExactly("asked manager", "403 mandaat", "asked director");
	}

	/** Who is asked for what anna decides, and what the gate says to who may not sign. */
	private List<String> verdicts() {
		String number = proposed(2501);
		String first = "asked " + asked(number);
		Town.Visitor mila = this.town.as("mila");
		String task = mila.task(number, "sign-off");
		mila.post("/api/v1/tasks/" + task + "/claim", null);
		String mark = mila.values(task).path("proposalHash").asText();
		own("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02'");
		Town.Answer answer = mila.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", mark));
		own("update doorbraak.mandate set revoked_at = null");
		String second = answer.status() + (answer.message().contains("Dit mandaat geldt nu niet") ? " mandaat" : "");
		return List.of(first, second, "asked " + asked(proposed(10_001)));
	}

	@ParameterizedTest(name = "{0} gives {1} {2} until {3} \"{4}\": {5}")
	@CsvSource(nullValues = "-", textBlock = """
			dirk,  -,       -,      -,          Ja, 400
			dirk,  hobby,   -,      -,          Ja, 400
			dirk,  housing, alles,  -,          Ja, 400
			dirk,  housing, -,      2020-01-01, Ja, 400
			dirk,  housing, -,      morgen,     Ja, 400
			dirk,  housing, -,      -,          ' ', 400
			mila,  housing, -,      -,          Ja, 403
			anna,  housing, -,      -,          Ja, 403
			""")
	void onlyADirectorOrAldermanAndOnSomething(String login, String domain, String power, String until, String words,
			int status) {
		Map<String, String> fields = new HashMap<>(Map.of("tekst", words));
		if (domain != null) {
			fields.put("gebied", domain);
		}
		if (power != null) {
			fields.put("soort", power);
		}
		if (until != null) {
			fields.put("tot", until);
		}
		long before = newest();
		assertThat(give(login, fields)).isEqualTo(status);
		assertThat(newest()).isEqualTo(before);
	}

	private String reported(String login, String domain) {
		return this.town.as(login).report(Map.of("whatIsStuck", "Geen potje past.", "lifeDomains", List.of(domain)));
	}

	private static Map<String, Object> plan(int euros, String power) {
		return Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros, "deviates", "no",
				"reservation", "none", "perspectiveShared", "yes", "power", power);
	}

	private String proposed(int euros) {
		String number = reported("anna", "money");
		this.town.as("anna").fill(number, "make-plan", plan(euros, "scheme"));
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		return number;
	}

	private String asked(String number) {
		return this.town.database()
			.sql("select asked_function from doorbraak.proposal where case_number = ? and state = 'open'")
			.param(number)
			.query(String.class)
			.single();
	}

	private long newest() {
		return this.town.database()
			.sql("select coalesce(max(id), 0) from doorbraak.backing")
			.query(Long.class)
			.single();
	}

	private int give(String login, Map<String, String> fields) {
		return WebVisitor.login(this.town, login).form("/rugdekking", fields).status();
	}

	private int withdraw(String login, long id) {
		return WebVisitor.login(this.town, login).form("/rugdekking/" + id + "/intrekken", Map.of()).status();
	}

	private String page(String login, String path) {
		return WebVisitor.login(this.town, login).get(path).body();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
