package nl.doorbraak.workflow;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class AnnounceDecisionProcessIT extends LadderStory {

	private static final String PROCESS = "announce-decision";

	private static final String SIGNING_LINE = """
			insert into doorbraak.mandate (number, organisation_id, powers, legal_basis, function, rungs, reservation,
			  order_of_competence, decision, published_at, valid_from, kind)
			select 'GM9001-90', organisation_id, powers, 'Awb artikel 10:11', function, rungs, 'none', 50, decision,
			  published_at, valid_from, 'signing'
			from doorbraak.mandate where number = 'GM9001-01'""";

	/** As the application, which owns nothing. */
	private final JdbcClient application;

	@Autowired
	AnnounceDecisionProcessIT(Town town, ProcessEngine engine, JdbcClient application) {
		super(town, engine);
		this.application = application;
	}

	@Test
	void teamTellsHowAndTheTimeToObjectBegins() {
		String number = brokenThrough(3000);
		assertThat(running(number, PROCESS)).isWaitingAt("userTask_announceDecision");
		assertThat(isOffered("anna", number, PROCESS)).isTrue();
		assertThat(isOffered("karim", number, PROCESS)).as("her deputy").isTrue();
		for (String other : List.of("bert", "mila", "paul")) {
			assertThat(isOffered(other, number, PROCESS)).as(other).isFalse();
		}
		assertThat(page(number)).contains("Nog bekend te maken, uiterlijk");
		announce("karim", number);
		assertThat(running(number, PROCESS)).isNull();
		LocalDate today = this.town.today();
		assertThat(page(number)).contains(
				"Op " + DutchTime.date(today) + " per post verstuurd. Dat vertelde Karim Haddou.",
				"Bezwaar maken kan tot en met",
				"Bezwaar maken kan binnen 6 weken na de bekendmaking van " + DutchTime.date(today));
		assertThat(audit(number, "decisionAnnounced")).singleElement()
			.asString()
			.startsWith("karim ")
			.contains("\"announcedAs\":\"letter\"", "\"sentOn\":\"" + today + "\"", "\"objectionUntilDate\"");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1 })
	void dayBeforeTheDecisionOrAfterTodayIsRefused(int days) {
		String number = brokenThrough(100);
		Town.Answer answer = submit("anna", number, PROCESS, letter(this.town.today().plusDays(days), "objection"));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message()).contains("niet vóór de dag van het besluit, en niet na vandaag");
		assertThat(page(number)).contains("Nog bekend te maken");
	}

	@Test
	void whoLetsItLieIsToldOnceWithTheManager() {
		String number = brokenThrough(100);
		this.town.pass(Duration.ofDays(20));
		assertThat(alerts(number)).containsExactly("anna", "karim", "mila");
		assertThat(audit(number, "announcementTermPassed")).hasSize(1);
		assertThat(page(number)).contains("te laat");
		makeLetter("anna", number);
		fill("anna", number, PROCESS, letter(this.town.today(), "none"));
		assertThat(page(number)).contains("Bezwaar maken of een klacht indienen kan niet.");
	}

	@Test
	void internalApprovalNeedsNoLetter() {
		String number = brokenThrough(100);
		fill("anna", number, PROCESS, Map.of("announcedAs", "internal", "whyInternal", "De pot was al toegezegd."));
		assertThat(page(number)).contains("dat dit een intern akkoord is: er is geen brief nodig.");
		assertThat(running(number, PROCESS)).isNull();
	}

	@Test
	void whatABodyOutsideDecidedIsNotAnnouncedFromHere() {
		Town.Visitor sara = this.town.as("sara");
		String number = sara.report(Map.of("whatIsStuck", "Geen potje past."));
		sara.fill(number, "make-plan", plan("yes"));
		sara.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		sara.fill(number, "report-outside", Map.of("reportedOn", this.town.today().toString(), "reportedTo", "De regio",
				"nextContactOn", this.town.today().toString()));
		this.town.pass(Duration.ofDays(1));
		sara.fill(number, "enter-outside-answer", Map.of("answered", "yes", "decision", "brokenThrough", "decidedBy",
				"Het bestuur", "explanation", "De regio doet het."));
		this.town.workDue();
		assertThat(passed(number, PROCESS)).contains("endEvent_nothingToAnnounce");
		assertThat(make("sara", number, "none", 0).status()).isEqualTo(404);
	}

	@Test
	void letterIsAccessibleAndSaysWhatOnWhoseBehalfAndWhatCanBeDone() throws Exception {
		String number = brokenThrough(3000);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/huishouden", Map.of("name", "Iris Blom", "role", "adult", "address",
				"Kade 1\n1000 AA Waterdam", "addressSecret", "false"));
		byte[] pdf = letter(number, "objection");
		Files.createDirectories(Screen.SHOTS);
		Files.write(Screen.SHOTS.resolve("letter.pdf"), pdf);
		ValidationResult checked = accessible(pdf);
		assertThat(checked.getTestAssertions()).as("PDF/UA-1").isEmpty();
		assertThat(checked.isCompliant()).isTrue();
		assertThat(text(pdf)).contains("Iris Blom", "Kade 1", number, "De schuld aflossen.", "Omdat het zo is.",
				"3.000,00", "Dan kunt u bezwaar maken, tot en met", "Namens burgemeester en wethouders van Waterdam,",
				"Mila Jansen", "Manager");
		assertThat(text(letter(number, "complaint"))).contains("een klacht indienen")
			.doesNotContain("Dan kunt u bezwaar");
		assertThat(text(letter(number, "none"))).contains("geen bezwaar maken en niet in beroep gaan");
		assertThat(make("anna", number, "iets", 0).status()).isEqualTo(400);
		assertThat(make("olaf", number, "none", 0).status()).isEqualTo(404);
	}

	@Test
	void letterSaysThatReasonsFollowAndKeepsASecretAddress() throws Exception {
		String number = report();
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
			.isEqualTo(200);
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/huishouden",
					Map.of("name", "Iris Blom", "role", "adult", "address", "Geheim 7", "addressSecret", "true"));
		fill("anna", number, "make-plan", priced(6000, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		this.town.as("mila").sign(number, Map.of("decision", "agree", "reasonsFollow", true));
		this.town.workDue();
		assertThat(text(letter(number, "objection")))
			.contains("Wij hebben dit met spoed besloten.", "De volledige motivering krijgt u uiterlijk")
			.doesNotContain("Geheim 7");
	}

	@Test
	void letterGoesToOneAdultAtAnAddressOfHerOwn() throws Exception {
		String number = brokenThrough(100);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/huishouden",
				Map.of("name", "Ben Blom", "role", "adult", "address", "Kade 1", "addressSecret", "false"));
		anna.form("/casus/" + number + "/huishouden",
				Map.of("name", "Iris Blom", "role", "adult", "address", "Veilig 9", "addressSecret", "true"));
		anna.form("/casus/" + number + "/huishouden",
				Map.of("name", "Jip Blom", "role", "child", "address", "Pleeggezin 3", "addressSecret", "false"));
		assertThat(text(letter(number, "none"))).contains("Ben Blom", "Kade 1").doesNotContain("Iris", "Veilig");
		assertThat(text(letter(number, "none", 1))).contains("Iris Blom")
			.doesNotContain("Ben Blom", "Kade 1", "Veilig 9", "Pleeggezin");
		assertThat(make("anna", number, "none", 2).status()).isEqualTo(400);
	}

	@Test
	void letterNamesTheConditionsOfWhoSigned() throws Exception {
		String number = report();
		fill("anna", number, "make-plan", priced(3000, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		this.town.as("mila")
			.sign(number,
					Map.of("decision", "agreeOnConditions", "conditions", "Eerst een afspraak <met> de verhuurder."));
		this.town.workDue();
		assertThat(text(letter(number, "objection"))).contains("Onder deze voorwaarden",
				"Eerst een afspraak <met> de verhuurder.");
	}

	@Test
	void letterIsMadeBeforeItIsSentAndKeptAsItWas() throws Exception {
		String number = brokenThrough(100);
		Town.Answer early = submit("anna", number, PROCESS, letter(this.town.today(), "objection"));
		assertThat(early.status()).isEqualTo(400);
		assertThat(early.message()).contains("Maak de brief eerst op de casuspagina");
		as("anna").post("/api/v1/tasks/" + task(number, PROCESS).getId() + "/unclaim", null);
		LocalDate decidedOn = this.town.today();
		// A day in autumn has 25 hours.
		pass(Duration.ofHours(25));
		byte[] sent = letter(number, "objection");
		Town.Answer before = submit("anna", number, PROCESS, letter(decidedOn, "objection"));
		assertThat(before.status()).as("the letter was not there that day").isEqualTo(400);
		as("anna").post("/api/v1/tasks/" + task(number, PROCESS).getId() + "/unclaim", null);
		String kept = lastDocument(number);
		fill("anna", number, PROCESS, letter(this.town.today(), "objection"));
		pass(Duration.ofDays(40));
		letter(number, "none");
		assertThat(page(number)).containsOnlyOnce("zo bekendgemaakt");
		WebVisitor.Answer again = WebVisitor.login(this.town, "karim").get(kept);
		assertThat(again.bytes()).isEqualTo(sent);
		assertThat(again.header("Content-Disposition"))
			.isEqualTo("attachment; filename=\"besluit-" + number + "-brief-1.pdf\"");
		assertThat(again.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(again.header("Content-Type")).isEqualTo("application/pdf");
		assertThat(audit(number, "documentKept")).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("anna ").contains("\"kind\":\"decisionLetter\""));
		assertThat(audit(number, "caseRead"))
			.anyMatch((read) -> read.startsWith("karim {\"part\":\"decisionLetter\",\"purpose\":\"team\","));
		for (String stranger : List.of("bert", "mila", "olaf")) {
			assertThat(WebVisitor.login(this.town, stranger).get(kept).status()).as(stranger).isEqualTo(404);
		}
		String other = brokenThrough(100);
		assertThat(WebVisitor.login(this.town, "anna").get(kept.replace(number, other)).status())
			.as("the file of another case")
			.isEqualTo(404);
	}

	@Test
	void decisionOfAnotherSystemIsKeptWithItsReferenceAndDate() {
		String number = brokenThrough(100);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(upload(anna, number, "application/pdf", "%PDF-1.7 x").status()).as("not announced").isEqualTo(409);
		fill("anna", number, PROCESS, Map.of("announcedAs", "elsewhere", "sentOn", this.town.today().toString(),
				"manner", "post", "addressee", "resident", "remedy", "objection", "reference", "Z-2026-7"));
		assertThat(page(number)).contains("onder kenmerk Z-2026-7", "/besluit/bestand\"");
		assertRefused(upload(anna, number, "application/pdf", ""), 400, "Een leeg bestand bewaren wij niet");
		assertRefused(upload(anna, number, "application/pdf", "PK%PDF-1.7"), 400, "Dit bestand is geen PDF");
		assertRefused(upload(anna, number, "text/html", "%PDF-1.7 <script>"), 400, "Dit bestand is geen PDF");
		assertRefused(upload(anna, number, "application/pdf", "%PDF-" + "x".repeat(10 * 1024 * 1024)), 400,
				"hoogstens 10 MB");
		assertRefused(upload(anna, number, "application/pdf", "%PDF-" + "x".repeat(12 * 1024 * 1024)), 413,
				"hoogstens 10 MB");
		assertRefused(anna.form("/casus/" + number + "/besluit/bestand", Map.of("x", "y")), 400,
				"Kies eerst een bestand");
		assertThat(upload(WebVisitor.login(this.town, "olaf"), number, "application/pdf", "%PDF-1.7 x").status())
			.isEqualTo(404);
		assertThat(page(number)).doesNotContain("/stukken/").contains("/besluit/bestand\"");
		assertThat(upload(anna, number, "application/pdf", "%PDF-1.7 het besluit").status()).isEqualTo(302);
		assertThat(page(number)).contains("Besluit uit een ander systeem (PDF)").doesNotContain("/besluit/bestand\"");
		WebVisitor.Answer kept = anna.get(lastDocument(number));
		assertThat(kept.body()).isEqualTo("%PDF-1.7 het besluit");
		assertThat(kept.header("Content-Disposition")).contains("attachment", "besluit-" + number + "-elders-1.pdf")
			.doesNotContain("scan van Iris");
		assertThat(audit(number, "documentKept")).singleElement().asString().contains("outsideDecision");
		assertThat(upload(anna, number, "application/pdf", "%PDF-1.7 nog een").status()).as("kept already")
			.isEqualTo(409);
	}

	@Test
	void decisionOfAnotherSystemIsSentInFromTheBrowser() {
		String number = brokenThrough(100);
		fill("anna", number, PROCESS, Map.of("announcedAs", "elsewhere", "sentOn", this.town.today().toString(),
				"manner", "post", "addressee", "resident", "remedy", "objection", "reference", "Z-2026-7"));
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/casus/" + number);
			sendIn(anna, new byte[12 * 1024 * 1024]);
			PlaywrightAssertions.assertThat(anna.page().locator("main"))
				.containsText("Dit bestand is te groot: hoogstens 10 MB.");
			anna.open("/casus/" + number);
			sendIn(anna, "%PDF-1.7 het besluit".getBytes(StandardCharsets.UTF_8));
			PlaywrightAssertions.assertThat(anna.page().locator("main"))
				.containsText("Besluit uit een ander systeem (PDF)");
			anna.assertReadable();
		}
	}

	private static void sendIn(Screen screen, byte[] content) {
		screen.page()
			.getByLabel("Bewaar hier het besluit uit het andere systeem")
			.setInputFiles(new FilePayload("scan.pdf", "application/pdf", content));
		screen.button("Bewaren").click();
	}

	@ParameterizedTest
	@ValueSource(strings = { "update doorbraak.document set made_by = 'karim'", "delete from doorbraak.document" })
	void nobodyChangesWhatWasKept(String sql) {
		letter(brokenThrough(100), "none");
		assertThatThrownBy(() -> this.application.sql(sql).update()).isInstanceOf(DataAccessException.class);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "file_name = 'Iris Blom.pdf'", "media_type = 'text/html'", "size_bytes = 1", "sha256 = ''" })
	void theDatabaseKeepsFilesInOrder(String wrong) {
		letter(brokenThrough(100), "none");
		assertThatThrownBy(() -> this.town.database().sql("update doorbraak.document set " + wrong).update())
			.isInstanceOf(DataIntegrityViolationException.class);
	}

	private static void assertRefused(WebVisitor.Answer answer, int status, String sentence) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.body()).contains(sentence, "role=\"alert\"");
	}

	private static WebVisitor.Answer upload(WebVisitor who, String number, String type, String content) {
		return who.send("POST", "/casus/" + number + "/besluit/bestand",
				"--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"scan van Iris.pdf\"\r\nContent-Type: "
						+ type + "\r\n\r\n" + content + "\r\n--grens--\r\n",
				"multipart/form-data; boundary=grens", Map.of());
	}

	@Test
	void whoHasASigningMandateSignsForTheBodyThatDecidedItself() throws Exception {
		String number = report();
		fill("anna", number, "make-plan", priced(30_000, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		as("wilma").sign(number, Map.of("decision", "agree"));
		this.town.workDue();
		String today = this.town.today().toString();
		assertThat(page(number)).doesNotContain("name=\"takenOn\"");
		assertRefused(own(number, today, "B-12"), 403, "U hebt geen mandaat om te ondertekenen");
		this.town.database().sql(SIGNING_LINE).update();
		try {
			assertThat(page(number)).contains("name=\"takenOn\"");
			assertRefused(own(number, this.town.today().plusDays(1).toString(), "B-12"), 400, "niet na vandaag");
			assertRefused(own(number, today, "zie de brief!"), 400, "het kenmerk");
			assertThat(own(number, today, "B-12").status()).isEqualTo(302);
			byte[] pdf = WebVisitor.login(this.town, "anna").get(lastDocument(number)).bytes();
			assertThat(text(pdf).replaceAll("\\s+", " "))
				.contains("Burgemeester en wethouders van Waterdam hebben dit besluit genomen op "
						+ DutchTime.date(this.town.today())
						+ ", kenmerk B-12. Namens dezen ondertekend door Anna de Wit Casusregisseur")
				.doesNotContain("Namens burgemeester", "Wilma");
			assertThat(accessible(pdf).isCompliant()).isTrue();
			assertThat(audit(number, "letterSignedForBody")).singleElement()
				.asString()
				.startsWith("anna ")
				.contains("\"mandate\":\"GM9001-90\"", "\"takenOn\":\"" + today + "\"");
			assertThat(text(letter(number, "none"))).as("left open: under which mandate was decided")
				.contains("Namens burgemeester en wethouders van Waterdam,", "Wilma Hoekstra");
			String mandated = brokenThrough(3000);
			assertRefused(own(mandated, today, "B-12"), 403, "de wethouder tekende hier niet als laatste");
		}
		finally {
			this.town.database().sql("delete from doorbraak.mandate where number = 'GM9001-90'").update();
		}
	}

	private WebVisitor.Answer own(String number, String takenOn, String takenUnder) {
		return WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/besluit",
					Map.of("remedy", "objection", "takenOn", takenOn, "takenUnder", takenUnder));
	}

	@Test
	void letterIsMadeOnTheCasePage() {
		String number = brokenThrough(100);
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/casus/" + number);
			anna.page().getByText("Brief maken over het besluit").click();
			anna.page().getByLabel("Wat kan de inwoner tegen het besluit doen?").selectOption("objection");
			anna.button("Brief maken (PDF)").click();
			assertThat(anna.page()
				.waitForDownload(() -> anna.page().getByText("Brief over het besluit (PDF)").first().click())
				.suggestedFilename()).isEqualTo("besluit-" + number + "-brief-1.pdf");
			anna.assertReadable();
			anna.picture("case-announcement");
		}
	}

	/** Decided by anna within her mandate, or signed by mila above it. */
	private String brokenThrough(int euros) {
		String number = report();
		fill("anna", number, "make-plan", priced(euros, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		if (euros > 2500) {
			this.town.as("mila").sign(number, Map.of("decision", "agree"));
			this.town.workDue();
		}
		return number;
	}

	private static Map<String, Object> letter(LocalDate sentOn, String remedy) {
		return new HashMap<>(Map.of("announcedAs", "letter", "sentOn", sentOn.toString(), "manner", "post", "addressee",
				"resident", "remedy", remedy));
	}

	private byte[] letter(String number, String remedy) {
		return letter(number, remedy, 0);
	}

	private byte[] letter(String number, String remedy, int addressee) {
		WebVisitor.Answer made = make("anna", number, remedy, addressee);
		assertThat(made.status()).as(made.body()).isEqualTo(302);
		return WebVisitor.login(this.town, "anna").get(lastDocument(number)).bytes();
	}

	private WebVisitor.Answer make(String login, String number, String remedy, int addressee) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/besluit", Map.of("remedy", remedy, "aan", String.valueOf(addressee)));
	}

	/** Where the last file of the case is downloaded. */
	private String lastDocument(String number) {
		return "/casus/" + number + "/stukken/" + this.town.database()
			.sql("select max(d.id) from doorbraak.document d join doorbraak.case_file c on c.id = d.case_id where c.number = ?")
			.param(number)
			.query(Long.class)
			.single();
	}

	private static String text(byte[] pdf) throws Exception {
		try (PDDocument document = Loader.loadPDF(pdf)) {
			return new PDFTextStripper().getText(document);
		}
	}

	private static ValidationResult accessible(byte[] pdf) throws Exception {
		VeraGreenfieldFoundryProvider.initialise();
		try (InputStream rules = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml");
				PDFAParser parser = Foundries.defaultInstance()
					.createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1)) {
			return Foundries.defaultInstance().createValidator(Profiles.profileFromXml(rules), false).validate(parser);
		}
	}

	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	private List<String> alerts(String number) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'notAnnounced' and state = 'sent' order by 1")
			.param(number)
			.query(String.class)
			.list();
	}

}
