package nl.doorbraak.casefile;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The plan of a case: what may be written, by whom and in which order, and what stays
 * readable.
 */
@WholeApplication
class PlanIT {

	private final Town town;

	private final AuditTrail audit;

	private final Plans plans;

	@Autowired
	PlanIT(Town town, AuditTrail audit, Plans plans) {
		this.town = town;
		this.audit = audit;
		this.plans = plans;
	}

	@Test
	void linesAreAddedChangedAndWithdrawnAndHowTheyStoodStaysReadable() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map<String, String> fact = Map.of("what", "De huur is niet betaald.", "source", "Brief van de corporatie", "on",
				today());
		assertThat(write(anna, number, "fact", fact).header("Location")).endsWith("/plan#fact");
		write(anna, number, "fact", fact);
		assertThat(lines(number, PlanPart.FACT)).as("twice the same is once").hasSize(1);
		Map<String, String> changed = changed(fact, 1, 1, "what", "Twee maanden huur zijn niet betaald.");
		assertThat(write(anna, number, "fact", changed).status()).isEqualTo(302);
		assertThat(write(anna, number, "fact", changed).status()).as("the same once more").isEqualTo(302);
		assertThat(write(anna, number, "fact", changed(fact, 1, 1, "what", "Iets anders.")).status())
			.as("what stood on that screen is gone")
			.isEqualTo(409);
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("Twee maanden huur zijn niet betaald.",
				"Zoals het eerder stond (1)", "De huur is niet betaald.");
		assertThat(withdraw(anna, number, "fact", 1, 1).status()).isEqualTo(409);
		assertThat(withdraw(anna, number, "fact", 1, 2).status()).isEqualTo(302);
		assertThat(lines(number, PlanPart.FACT)).isEmpty();
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("Ingetrokken (1)",
				"Twee maanden huur zijn niet betaald.");
		assertThat(this.audit.chain(number)).extracting((line) -> line.act())
			.containsSubsequence("planLineAdded", "planLineChanged", "planLineWithdrawn");
		assertThat(anna.get("/casus/" + number).body()).as("the plan has its own page")
			.doesNotContain("Twee maanden huur");
	}

	@Test
	void factsComeBeforeTheWishAndTheLawComesLast() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map<String, String> test = Map.of("professionalEffect", "Blijven wonen.", "basicValues", "dignity", "nothing",
				"Ontruiming, en opvang.", "nothingAmount", "104000");
		Map<String, String> route = Map.of("route", "policyDeviation", "article", "Awb 4:84");
		WebVisitor.Answer tooEarly = write(anna, number, "test", test);
		assertThat(tooEarly.status()).isEqualTo(400);
		assertThat(tooEarly.body()).contains("Schrijf eerst ten minste een feit op, met bron en datum.");
		write(anna, number, "fact", Map.of("what", "x", "source", "x", "on", today()));
		assertThat(write(anna, number, "route", route).body()).contains("Vul eerst de omgekeerde toets in");
		assertThat(write(anna, number, "test", test).status()).isEqualTo(302);
		assertThat(write(anna, number, "route", route).status()).isEqualTo(302);
		assertThat(write(anna, number, "route", Map.of("route", "noRoom")).status())
			.as("there is one: it is changed from what stood there")
			.isEqualTo(409);
		assertThat(withdraw(anna, number, "route", 3, 1).status()).isEqualTo(400);
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("Menswaardig bestaan", "Awb 4:84", "104000");
	}

	@Test
	void budgetsOfOneBreakthroughAddUpAndNeverToMoreThanItCosts() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map<String, String> breakthrough = Map.of("what", "De borg betalen.", "amount", "1000", "body", "UWV", "before",
				this.town.today().plusDays(20).toString());
		write(anna, number, "breakthrough", breakthrough);
		write(anna, number, "budget", Map.of("of", "1", "budget", "Maatwerkbudget", "amount", "600,50"));
		assertThat(write(anna, number, "budget", Map.of("of", "1", "budget", "Bijzondere bijstand", "amount", "400"))
			.body()).contains("De budgetten samen zijn meer dan de doorbraak kost.");
		write(anna, number, "budget", Map.of("of", "1", "budget", "Bijzondere bijstand", "amount", "399.5"));
		Plans.Plan plan = this.plans.of(number);
		assertThat(plan.paidCents(lines(number, PlanPart.BREAKTHROUGH).get(0))).isEqualTo(100_000);
		assertThat(write(anna, number, "breakthrough", changed(breakthrough, 1, 1, "amount", "999")).status())
			.isEqualTo(400);
		assertThat(write(anna, number, "budget", Map.of("of", "9", "budget", "x", "amount", "1")).body())
			.contains("Kies een doorbraak die nu in het plan staat.");
		assertThat(withdraw(anna, number, "breakthrough", 1, 1).status()).isEqualTo(302);
		assertThat(lines(number, PlanPart.BUDGET)).as("its budgets go with it").isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					fact         | what=x                                              | Vul iets in bij “Waar staat dat, of wie zei het?”.
					fact         | what=x;source=x;on=morgen                           | Kies een dag die bestaat
					fact         | what=x;source=x;on=2999-01-01                       | Kies een dag die bestaat
					fact         | what=x;source=x;on=2199-01-01                       | Deze dag moet nog komen.
					breakthrough | what=x;amount=-1                                    | Vul een bedrag in euro in
					breakthrough | what=x;amount=1.234,50                              | Vul een bedrag in euro in
					breakthrough | what=x;amount=10000000.01                           | Vul een bedrag in euro in
					breakthrough | what=x;kind=alles                                   | Kies een van de antwoorden
					breakthrough | what=x;body=NERGENS                                 | Kies een organisatie uit de lijst
					breakthrough | what=x;involuntary=yes                              | Vul in op welke grond zij toch mag
					scenarios    | lawNow=                                             | Er is niets ingevuld.
					household    | kind=claim;what=x                                   | Vul in welke organisatie het is
					household    | kind=help;what=x;body=UWV;since=2026-02-02;until=2026-02-01 | De laatste dag klopt niet.
					timeOut      | what=x;body=UWV;on=2026-01-05;kind=granted          | Vul in tot en met welke dag zij duurt.
					stay         | kind=broadMoratorium;since=2026-01-05;debtHelpOn=2026-01-06 | De schuldhulp verlengt alleen een noodstop
					stay         | kind=cjibStop;since=2026-01-05;debtHelpOn=2026-05-05 | tot en met maandag 4 mei 2026
					stay         | kind=cjibStop;since=2026-01-05;until=2026-05-05     | tot en met maandag 4 mei 2026, want langer kan niet
					niets        | x=x                                                 | Dit deel kent het plan niet.
					""")
	void whatCannotBeIsToldAndNothingIsWritten(String part, String fields, String sentence) {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor.Answer answer = write(anna, number, part, fields(fields));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence);
		assertThat(this.plans.of(number).lines()).isEmpty();
	}

	@Test
	void whatWasTypedStaysOnTheScreenWithWhyItCannotBe() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		write(anna, number, "fact", Map.of("what", "x", "source", "x", "on", today()));
		String page = write(anna, number, "test", Map.of("residentEffect", "Lang getypt", "professionalEffect",
				"Ook dit", "basicValues", "safety", "shortAmount", "veel", "line", "0", "version", "0"))
			.body();
		assertThat(page).contains("href=\"#test-shortAmount\"", "Lang getypt", "Ook dit", "value=\"veel\"")
			.containsPattern("id=\"test-basicValues-safety\"[^>]*checked")
			.containsPattern("id=\"test-shortAmount\"[^>]*aria-invalid=\"true\"")
			.contains("details open");
	}

	@Test
	void tooMuchTextAndTextThatCannotBeKeptAreRefused() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (Map<String, String> fields : List.of(Map.of("inAYear", "x".repeat(4001)), Map.of("inAYear", "a\u0007b"))) {
			assertThat(write(anna, number, "outlook", fields).status()).isEqualTo(400);
		}
		assertThat(write(anna, number, "breakthrough", Map.of("what", "x", "law", "a\nb")).status()).isEqualTo(400);
		assertThat(write(anna, number, "outlook", Map.of("inAYear", "x".repeat(4000))).status()).isEqualTo(302);
	}

	@Test
	void emptyPlanNeverHoldsACaseBackAndWhoIsNotOnItSeesNothing() {
		String number = report();
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", "Rust.", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		assertThat(this.plans.of(number).lines()).isEmpty();
		assertThat(this.town.as("anna").state(number).path("rung").asText()).isEqualTo("regional");
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(write(paul, number, "outlook", Map.of("inAYear", "Een huis.")).status()).as("works on this rung")
			.isEqualTo(302);
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(olaf.get("/casus/" + number + "/plan").status()).isEqualTo(404);
		assertThat(write(olaf, number, "outlook", Map.of("inAYear", "x")).status()).isEqualTo(404);
	}

	@Test
	void whoSignsReadsWhatIsNeededToDecideAndWhoIsAskedTheAgreementInShort() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		write(anna, number, "fact", Map.of("what", "Feit-besluit", "source", "x", "on", today(), "relevant", "yes"));
		write(anna, number, "fact", Map.of("what", "Feit-overig", "source", "x", "on", today()));
		write(anna, number, "outlook", Map.of("inAYear", "Perspectief-jaar", "own", "Probleem-eigen"));
		write(anna, number, "breakthrough", Map.of("what", "Doorbraak-wat", "law", "Regel-weg", "amount", "77"));
		write(anna, number, "household",
				Map.of("kind", "claim", "what", "Vordering-wat", "other", "Incassobureau", "amount", "12"));
		write(anna, number, "scenarios", Map.of("lawNow", "Waarde-nu"));
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "x", "cost", 6000,
					"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String read = mila.get("/casus/" + number + "/plan").body();
		assertThat(read).contains("Feit-besluit", "Perspectief-jaar", "Doorbraak-wat", "Regel-weg", "Waarde-nu")
			.doesNotContain("Feit-overig", "Vordering-wat", "Sla op");
		WebVisitor.Answer write = write(mila, number, "outlook", Map.of("inAYear", "x"));
		assertThat(write.status()).isEqualTo(403);
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/regie/vragen", Map.of("organisation", "UWV"))
			.status()).isEqualTo(302);
		String inShort = WebVisitor.login(this.town, "ulla").get("/casus/" + number + "/plan").body();
		assertThat(inShort).contains("Perspectief-jaar", "Doorbraak-wat")
			.doesNotContain("Feit-besluit", "Probleem-eigen", "Regel-weg", "77,00", "Waarde-nu", "Vordering-wat");
	}

	@Test
	void overviewCountsWhatIsOwedToTheGovernmentAndReckonsStatutoryStays() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		write(anna, number, "household", Map.of("kind", "claim", "what", "Terugvordering", "body", "UWV", "amount",
				"1200", "knownBy", "UWV en wij"));
		write(anna, number, "household",
				Map.of("kind", "claim", "what", "Boete", "other", "CJIB", "government", "yes", "amount", "800"));
		write(anna, number, "household",
				Map.of("kind", "claim", "what", "Telefoon", "other", "Een provider", "amount", "500"));
		write(anna, number, "household",
				Map.of("kind", "help", "what", "Begeleiding", "other", "Zorgaanbieder", "amount", "9000"));
		write(anna, number, "stay", Map.of("kind", "cjibStop", "since", "2026-01-05", "debtHelpOn", "2026-02-02"));
		write(anna, number, "stay", Map.of("kind", "broadMoratorium", "since", "2026-01-05"));
		write(anna, number, "timeOut", Map.of("body", "UWV", "what", "De verrekening", "on", today(), "kind", "granted",
				"until", this.town.today().plusDays(30).toString()));
		Plans.Plan plan = this.plans.of(number);
		assertThat(plan.owedToGovernment()).hasSize(2);
		assertThat(plan.owedCents()).isEqualTo(200_000);
		assertThat(plan.yearlyCents()).isEqualTo(900_000);
		assertThat(lines(number, PlanPart.STAY)).extracting(PlanLine::endsOn)
			.containsExactly(LocalDate.of(2027, 1, 4), LocalDate.of(2026, 7, 4));
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("overheid is schuldeiser",
				"vorderingen 2, samen", "De noodstop van het CJIB duurt hoogstens 4 maanden, en 8 maanden langer omdat",
				DutchTime.date(LocalDate.of(2027, 1, 4)), "hoogstens 6 maanden", "UWV en wij");
	}

	@Test
	void bodyThatGoesOnWithWhatThePlanLetsItStopIsPointedOut() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		write(anna, number, "breakthrough", Map.of("what", "De terugvordering stopt.", "body", "UWV", "kind", "claim",
				"before", this.town.today().plusDays(20).toString()));
		write(anna, number, "household", Map.of("kind", "claim", "what", "Terugvordering", "body", "SVB"));
		write(anna, number, "household", Map.of("kind", "help", "what", "Begeleiding", "body", "UWV"));
		assertThat(contradicted(anna, number)).as("another body, or something else").isFalse();
		Map<String, String> claim = Map.of("kind", "claim", "what", "Terugvordering", "body", "UWV");
		write(anna, number, "household", claim);
		assertThat(contradicted(anna, number)).isTrue();
		write(anna, number, "household", changed(claim, 4, 1, "until", this.town.today().plusDays(19).toString()));
		assertThat(contradicted(anna, number)).as("ends in time").isFalse();
		write(anna, number, "household", changed(claim, 4, 2, "until", this.town.today().plusDays(20).toString()));
		assertThat(contradicted(anna, number)).isTrue();
		write(anna, number, "timeOut", Map.of("body", "UWV", "what", "Verrekenen", "on", today(), "kind", "granted",
				"until", this.town.today().plusDays(5).toString()));
		assertThat(contradicted(anna, number)).as("stands still").isFalse();
	}

	private static boolean contradicted(WebVisitor who, String number) {
		return who.get("/casus/" + number + "/plan").body().contains("Het plan laat UWV iets stoppen (vordering)");
	}

	@Test
	void planOfAClosedCaseIsReadAndNoMoreChanged() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		write(anna, number, "outlook", Map.of("inAYear", "Een huis."));
		anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
		assertThat(anna.get("/casus/" + number + "/plan").body()).contains("Een huis.").doesNotContain("Sla op");
		assertThat(write(anna, number, "outlook", Map.of("inAYear", "x", "line", "1", "version", "1")).status())
			.isEqualTo(409);
	}

	private List<PlanLine> lines(String number, PlanPart part) {
		return this.plans.of(number).current(part);
	}

	private String today() {
		return this.town.today().toString();
	}

	private static Map<String, String> fields(String text) {
		Map<String, String> fields = new HashMap<>();
		for (String pair : text.strip().split(";")) {
			String[] parts = pair.split("=", 2);
			fields.put(parts[0], parts[1]);
		}
		return fields;
	}

	private static Map<String, String> changed(Map<String, String> before, int line, int version, String key,
			String value) {
		Map<String, String> fields = new HashMap<>(before);
		fields.put("line", String.valueOf(line));
		fields.put("version", String.valueOf(version));
		fields.put(key, value);
		return fields;
	}

	private static WebVisitor.Answer write(WebVisitor who, String number, String part, Map<String, String> fields) {
		return who.form("/casus/" + number + "/plan/" + part, fields);
	}

	private static WebVisitor.Answer withdraw(WebVisitor who, String number, String part, int line, int version) {
		return who.form("/casus/" + number + "/plan/" + part + "/intrekken",
				Map.of("line", String.valueOf(line), "version", String.valueOf(version)));
	}

	private String report() {
		return this.town.as("anna").report(Map.of("whatIsStuck", "Een gezin zit klem."));
	}

}
