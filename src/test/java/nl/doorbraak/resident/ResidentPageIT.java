package nl.doorbraak.resident;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Pdf;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resident reads who is responsible and what happens next, and nothing of debts,
 * decisions or others; on paper also what was decided and what can be done against it.
 */
@WholeApplication
class ResidentPageIT {

	private static final String NBSP = "\u00a0";

	private static final String DEBT = "Zwaluwschuld";

	private static final String DECIDED = "Kievitborg";

	private final Town town;

	private final AuditTrail audit;

	private final String family = "Grutto" + Long.toString(System.nanoTime(), 36);

	private String number = "";

	private String page = "";

	@Autowired
	ResidentPageIT(Town town, AuditTrail audit) {
		this.town = town;
		this.audit = audit;
	}

	@Test
	void residentReadsWhoAndWhenByALinkThatEndsAndOnPaperWhatWasDecided() throws Exception {
		this.number = report();
		this.page = "/casus/" + this.number + "/inwoner";
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(anna.get("/casus/" + this.number).body()).contains(this.page);
		String secret = make(anna, "Mia", this.town.today().plusDays(60));
		opens(anna, secret);
		whenSomebodyHasTheLead(anna, secret);
		look(secret);
		onlyForWhoHasTheCase(anna, secret);
		whenTheRegisseurIsAway(secret);
		keptApart(anna, secret);
		decideAndTell(anna, secret);
		ends(anna, secret);
		this.town.workDue();
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", DEBT + " van 4.000 euro.", "amount", 4000, "memberName", "Mia " + this.family,
					"memberBirthDate", "1981-04-02"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/huishouden",
				Map.of("name", "Tobias " + this.family, "role", "adult", "contact", "06 9999 8888"));
		anna.form("/casus/" + number + "/huishouden", Map.of("name", "Roel " + this.family, "role", "adult"));
		return number;
	}

	private void opens(WebVisitor anna, String secret) {
		WebVisitor resident = WebVisitor.anonymous(this.town);
		WebVisitor.Answer answer = resident.get("/inwoner/" + secret);
		assertThat(answer.status()).isEqualTo(200);
		String body = body(answer);
		assertThat(body)
			.contains("Wie is uw contactpersoon?", "Anna de Wit", "Casusregisseur, Gemeente Waterdam", "Sinds",
					this.number, "Uw gemeente zoekt met u naar een oplossing.", "U hoort van ons uiterlijk op", "Karim",
					"Deze pagina werkt tot en met", "Wij helpen u nu")
			.doesNotContain(DEBT, "4.000", "Mia", "Tobias", "Roel", this.family, "06 9999", "Mijn werk", "uw regisseur",
					"De regisseur");
		assertThat(answer.header("X-Robots-Tag")).contains("noindex");
		assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(resident.get("/inwoner/" + secret.toUpperCase(Locale.ROOT).replace("-", "")).status())
			.as("typed from paper")
			.isEqualTo(200);
		assertThat(body(resident.get("/inwoner/" + secret + "?taal=en"))).contains("Who is your contact?")
			.doesNotContain("Wie is uw", "responsible");
		assertThat(facts("caseRead")).filteredOn((line) -> line.startsWith("#link "))
			.hasSize(3)
			.allMatch((line) -> line.contains("resident-page") && line.contains("\"purpose\":\"resident\""));
		assertThat(this.town.database()
			.sql("""
					select count(*) filter (where data_subject_id is null) || ' ' || count(distinct data_subject_id)
					from doorbraak.processing_log where processing_activity_id like '%#inwoner-informeren-1'
					  and trace_id in (select trace_id from doorbraak.processing_log where span_id in (
					    select (facts::jsonb ->> 'span') from doorbraak.audit_line where chain = ? and actor = '#link'))""")
			.param(this.number)
			.query(String.class)
			.single()).as("each reading, of one person").isEqualTo("3 1");
		assertThat(body(anna.get(this.page))).contains("3 keer geopend").doesNotContain(secret);
		assertThat(this.town.database()
			.sql("select string_agg(facts::text, '') from doorbraak.audit_line where chain = ?")
			.param(this.number)
			.query(String.class)
			.single()).doesNotContain(secret, this.family);
	}

	private void whenSomebodyHasTheLead(WebVisitor anna, String secret) {
		assertThat(anna.form("/casus/" + this.number + "/regie/nemen", Map.of()).status()).isEqualTo(302);
		WebVisitor resident = WebVisitor.anonymous(this.town);
		assertThat(body(resident.get("/inwoner/" + secret)))
			.contains("Wie is uw regisseur?", "zorgt dat iedereen doet wat is afgesproken")
			.doesNotContain("contactpersoon");
		assertThat(body(resident.get("/inwoner/" + secret + "?taal=en"))).contains("Who is responsible for you?");
	}

	private void look(String secret) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address())) {
			screen.open("/inwoner/" + secret);
			for (int width : new int[] { 1280, 390 }) {
				List<String> barriers = screen.barriers(width);
				screen.picture("resident-" + width);
				assertThat(barriers).isEmpty();
			}
			assertThat(screen.faults()).isEmpty();
		}
	}

	private void onlyForWhoHasTheCase(WebVisitor anna, String secret) {
		assertThat(WebVisitor.login(this.town, "olaf").get(this.page).status()).isEqualTo(404);
		String other = this.town.as("anna").report(Map.of("whatIsStuck", "Iets anders."));
		assertThat(anna.form("/casus/" + other + "/inwoner/koppeling/" + link() + "/intrekken", Map.of()).status())
			.as("another case's link")
			.isEqualTo(404);
		assertThat(anna
			.form("/casus/" + other + "/inwoner/brief.pdf", Map.of("resident", resident("Mia"), "secret", secret))
			.status()).isEqualTo(400);
		assertThat(letter(anna, "Tobias", secret).status()).as("another resident's link").isEqualTo(404);
		assertThat(opened(secret)).isEqualTo(200);
		assertThat(anna
			.form(this.page + "/koppeling",
					Map.of("resident", resident("Mia"), "until", this.town.today().plusDays(400).toString()))
			.status()).as("too long").isEqualTo(400);
		anna.form("/casus/" + other + "/intrekken", Map.of("reason", "x"));
	}

	private void whenTheRegisseurIsAway(String secret) {
		try {
			this.town.away("anna", "karim");
			assertThat(body(WebVisitor.anonymous(this.town).get("/inwoner/" + secret)))
				.contains("Anna de Wit is er niet tot en met", "Karim");
		}
		finally {
			this.town.everybodyBack();
		}
	}

	private void decideAndTell(WebVisitor anna, String secret) throws Exception {
		Town.Visitor team = this.town.as("anna");
		team.fill(this.number, "make-plan",
				Map.of("desiredEffect", "Rust.", "firstBreakthrough",
						"De " + DECIDED + " van Mia betalen. Tobias krijgt een eigen brief. Roel gaat mee met Mia.",
						"cost", 100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		assertThat(text("Mia", "")).contains("Er is nog niets besloten.");
		team.fill(this.number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		assertThat(text("Mia", "")).contains(DECIDED, "U krijgt over dit besluit nog een brief");
		anna.form("/casus/" + this.number + "/besluit", Map.of("aan", "0", "remedy", "objection"));
		team.fill(this.number, "announce-decision", Map.of("announcedAs", "letter", "sentOn",
				this.town.today().toString(), "manner", "handedOver", "addressee", "resident", "remedy", "objection"));
		assertThat(body(WebVisitor.anonymous(this.town).get("/inwoner/" + secret)))
			.contains("Wij doen nu wat met u is afgesproken.")
			.doesNotContain(DECIDED, DEBT, "Besluit van", "bezwaar");
		byte[] pdf = letter(anna, "Mia", secret).bytes();
		Pdf.pictures(pdf, Path.of("target", "screenshots", "resident-letter"));
		assertThat(Pdf.barriers(pdf)).isEmpty();
		assertThat(Pdf.text(pdf).replace(NBSP, " ").replaceAll("\\s+", " "))
			.contains("Mia " + this.family, secret, "De " + DECIDED + " van Mia betalen.", "Het gaat om € 100,00.",
					"De casusregisseur, namens burgemeester en wethouders van Waterdam. Dat mag volgens mandaat",
					"U kunt bezwaar maken tot en met", "artikel 6:7 van de Algemene wet bestuursrecht",
					"in beroep bij de rechtbank", "artikel 9:1", "Anna de Wit")
			.doesNotContain("Tobias", "Roel", DEBT);
		assertThat(facts("residentLetterMade")).hasSize(3)
			.last()
			.asString()
			.startsWith("anna ")
			.contains("\"withLink\":true", "\"decisions\":1");
		team.fill(this.number, "confirm-measures",
				Map.of("carriedOut", "yes", "whatWasDone", "Betaald.", "byWhom", "Nadia."));
		team.fill(this.number, "record-outcome", Map.of("outcome", "solved", "whatChanged", "Rust."));
		WebVisitor resident = WebVisitor.anonymous(this.town);
		assertThat(body(resident.get("/inwoner/" + secret))).contains("Dit is afgesloten op",
				"Deze pagina werkt tot en met " + DutchTime.date(this.town.today().plusDays(60)),
				"vragen wij u hoe het gaat", "Naar de vragen");
		WebVisitor.Answer survey = resident.form("/inwoner/" + secret + "/ervaring", Map.of());
		assertThat(survey.status()).isEqualTo(302);
		assertThat(body(resident.get(survey.header("Location").replaceFirst("^https?://[^/]+", ""))))
			.contains("Ik werd serieus genomen.");
		assertThat(anna.form(this.page + "/fase", Map.of("phase", "ownStrength")).status()).isEqualTo(302);
		assertThat(body(resident.get("/inwoner/" + secret))).contains("U doet zelf wat u zelf kunt.");
		assertThat(facts("residentPhaseChosen")).singleElement().asString().contains("ownStrength");
	}

	/** Who is put in a part kept apart has no page, and is in nobody's letter. */
	private void keptApart(WebVisitor anna, String secret) {
		String tobias = make(anna, "Tobias", this.town.today().plusDays(5));
		assertThat(opened(tobias)).isEqualTo(200);
		String member = resident("Tobias");
		assertThat(anna
			.form("/casus/" + this.number + "/afgeschermd",
					Map.of("kind", "exPartner", "why", "Hij zoekt haar.", "people", "anna"))
			.status()).isEqualTo(302);
		String part = one("select max(id)::text from doorbraak.compartment where case_id = "
				+ "(select id from doorbraak.case_file where number = '" + this.number + "')");
		assertThat(anna
			.form("/casus/" + this.number + "/afgeschermd/" + part + "/inhoud", Map.of("what", "member-" + member))
			.status()).isEqualTo(302);
		assertThat(opened(tobias)).isEqualTo(404);
		assertThat(body(anna.get(this.page))).doesNotContain("Tobias");
		assertThat(opened(secret)).isEqualTo(200);
	}

	private void ends(WebVisitor anna, String secret) {
		String next = make(anna, "Mia", this.town.today());
		assertThat(opened(secret)).as("one at a time").isEqualTo(404);
		String never = WebVisitor.anonymous(this.town).get("/inwoner/00000-00000-00000-00000-00000").told();
		assertThat(never).contains("Deze link klopt niet, of werkt niet meer", "van wie u hem kreeg")
			.doesNotContain("u werkt er niet aan mee", "Naar de startpagina");
		assertThat(WebVisitor.anonymous(this.town).get("/inwoner/" + secret).told()).as("as if there never was one")
			.isEqualTo(never);
		assertThat(anna.form(this.page + "/koppeling/" + link() + "/intrekken", Map.of()).status()).isEqualTo(302);
		assertThat(opened(next)).as("taken back").isEqualTo(404);
		assertThat(anna.form(this.page + "/koppeling/" + link() + "/intrekken", Map.of()).status()).isEqualTo(404);
		String last = make(anna, "Mia", this.town.today());
		assertThat(opened(last)).isEqualTo(200);
		this.town.moveClock(Duration.ofDays(1));
		assertThat(WebVisitor.anonymous(this.town).get("/inwoner/" + last).told()).as("expired").isEqualTo(never);
		assertThat(body(WebVisitor.login(this.town, "anna").get(this.page))).contains("Verlopen: werkte tot en met",
				"Ingetrokken door Anna de Wit");
		assertThat(facts("residentLinkMade")).hasSize(4);
		assertThat(facts("residentLinkWithdrawn")).hasSize(2);
	}

	private String make(WebVisitor who, String name, LocalDate until) {
		assertThat(who.form(this.page + "/koppeling", Map.of("resident", resident(name), "until", until.toString()))
			.status()).isEqualTo(302);
		Matcher link = Pattern.compile("http://localhost:8080/inwoner/([0-9a-z-]{29})<")
			.matcher(body(who.get(this.page)));
		assertThat(link.find()).isTrue();
		return link.group(1);
	}

	private WebVisitor.Answer letter(WebVisitor who, String name, String secret) {
		return who.form(this.page + "/brief.pdf", Map.of("resident", resident(name), "secret", secret));
	}

	private String text(String name, String secret) throws Exception {
		return Pdf.text(letter(WebVisitor.login(this.town, "anna"), name, secret).bytes())
			.replace(NBSP, " ")
			.replaceAll("\\s+", " ");
	}

	private String one(String sql) {
		return this.town.database().sql(sql).query(String.class).single();
	}

	private int opened(String secret) {
		return WebVisitor.anonymous(this.town).get("/inwoner/" + secret).status();
	}

	private String resident(String name) {
		return this.town.database()
			.sql("""
					select max(m.id)::text from doorbraak.household_member m join doorbraak.case_file c on c.id = m.case_id
					where c.number = ? and m.name = ?""")
			.params(this.number, name + " " + this.family)
			.query(String.class)
			.single();
	}

	private String link() {
		return this.town.database().sql("""
				select max(l.id)::text from doorbraak.resident_link l join doorbraak.case_file c on c.id = l.case_id
				where c.number = ?""").param(this.number).query(String.class).single();
	}

	private static String body(WebVisitor.Answer answer) {
		return answer.body().replace(NBSP, " ");
	}

	private List<String> facts(String act) {
		return this.audit.chain(this.number)
			.stream()
			.filter((line) -> line.act().equals(act))
			.map((line) -> line.actor() + " " + line.facts())
			.toList();
	}

}
