package nl.doorbraak.overview.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import com.microsoft.playwright.Download;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.audit.checker.PackCheck;
import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.Purpose;
import nl.doorbraak.testing.Pdf;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A lawyer has only what an auditor took out of the house. */
@WholeApplication
class EvidencePackIT {

	private static final String NAME = "Wendelien Oosterbos";

	private static final String LETTER = "besluiten/besluit-%s-brief-1.pdf";

	private static final int LONG = 300;

	private final Town town;

	private final AuditTrail trail;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	@Autowired
	EvidencePackIT(Town town, AuditTrail trail, ApplicationEventPublisher events, TransactionTemplate transactions) {
		this.town = town;
		this.trail = trail;
		this.events = events;
		this.transactions = transactions;
	}

	@Test
	void auditorTakesACaseOutOfTheHouse() throws Exception {
		String number = decided();
		Map<String, byte[]> masked;
		Map<String, byte[]> named;
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "joris")) {
			screen.open("/controle/" + number + "/bewijspakket");
			screen.assertReadable();
			screen.picture("evidence-1280");
			screen.page().setViewportSize(390, 844);
			screen.assertReadable();
			screen.picture("evidence-390");
			masked = download(screen, number, "masked");
			screen.page().getByLabel("Ja, met namen en brieven").check();
			screen.page().getByLabel("Een klacht of verzoek").check();
			screen.page().getByLabel("Leg het uit in één zin").fill("Zij vraagt de rechter om een oordeel.");
			named = download(screen, number, "named");
			assertThat(screen.faults()).isEmpty();
		}
		assertThat(masked).containsOnlyKeys("LEESMIJ.txt", "verslag.pdf", "keten.json", "besluiten/LEESMIJ.txt");
		assertThat(Pdf.barriers(masked.get("verslag.pdf"))).isEmpty();
		String report = text(masked);
		assertThat(report).contains("[naam] raakt haar huis kwijt", "Mila Jansen", "GM9001-02, versie 1",
				"Grondslag: Awb artikel 10:3", "€ 3.000,00", "zonder de namen van het huishouden", "Laatste dag",
				"Bewijspakket gemaakt; Zonder namen: ja");
		for (String file : masked.keySet()) {
			String all = file.endsWith(".pdf") ? report : new String(masked.get(file), StandardCharsets.UTF_8);
			assertThat(all).as(file).doesNotContain("Wendelien", "Oosterbos", "Pad 7", "06 1234");
		}
		assertThat(named).containsOnlyKeys("LEESMIJ.txt", "verslag.pdf", "keten.json", LETTER.formatted(number));
		assertThat(text(named)).contains(NAME, "Zij vraagt de rechter om een oordeel.",
				"Bewijspakket gemaakt; Zonder namen: nee");
		assertThat(Pdf.barriers(named.get("verslag.pdf"))).isEmpty();
		assertThat(named.get(LETTER.formatted(number))).isEqualTo(letter(number));
		assertThat(this.trail.chain(number)
			.stream()
			.filter((line) -> line.act().equals("evidencePackMade"))
			.map((line) -> line.actor() + " " + line.facts()))
			.containsExactly("joris {\"masked\":true}", "joris {\"masked\":false}");
		assertThat(this.trail.chain(number)
			.stream()
			.map((line) -> line.actor() + " " + line.facts().replaceFirst(",\"span\":\"[0-9a-f]+\"", "")))
			.contains("joris {\"part\":\"evidence-pack\",\"purpose\":\"audit\"}",
					"joris {\"part\":\"evidence-pack-with-names\",\"purpose\":\"audit\"}",
					"joris {\"part\":\"decisionLetter\",\"purpose\":\"audit\"}", "joris {\"purpose\":\"complaint\"}");
		readsLikeADocument(masked.get("verslag.pdf"));
	}

	private void readsLikeADocument(byte[] pdf) throws IOException {
		Pdf.pictures(pdf, Screen.SHOTS.resolve("evidence"));
		try (PDDocument document = Loader.loadPDF(pdf)) {
			assertThat(document.getDocumentCatalog().getLanguage()).startsWith("nl");
			assertThat(document.getDocumentInformation().getTitle()).startsWith("Bewijspakket van casus");
			assertThat(document.getDocumentCatalog().getDocumentOutline().getFirstChild().getTitle())
				.isEqualTo("In het kort");
		}
	}

	@Test
	void namesNeedAReasonAndTheMunicipalityMustBeTheAuditors() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie mag dit meenemen?"));
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		String door = "/controle/" + number + "/bewijspakket";
		assertThat(joris.form(door, Map.of("names", "shown")).status()).isEqualTo(400);
		assertThat(joris.form(door, Map.of("names", "shown", "purpose", "complaint")).status()).isEqualTo(400);
		assertThat(joris.form(door, Map.of("names", "some")).status()).isEqualTo(400);
		assertThat(joris.form(door, Map.of()).status()).isEqualTo(400);
		assertThat(this.trail.chain(number)).noneMatch((line) -> line.actor().equals("joris"));
		String other = this.town.as("olaf").report(Map.of("whatIsStuck", "Van een andere gemeente."));
		for (String elsewhere : List.of(other, "DB-1999-000001")) {
			String door2 = "/controle/" + elsewhere + "/bewijspakket";
			assertThat(joris.get(door2).status()).isEqualTo(404);
			assertThat(joris.form(door2, Map.of("names", "hidden")).status()).isEqualTo(404);
			assertThat(joris.form(door2, Map.of("names", "rare")).status()).isEqualTo(404);
		}
		assertThat(this.trail.chain(other)).noneMatch((line) -> line.actor().equals("joris"));
	}

	@Test
	void longCaseIsPackedWithinSeconds() throws Exception {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Dit duurt al lang."));
		this.transactions.executeWithoutResult((tx) -> {
			for (int i = 0; i < LONG; i++) {
				this.events.publishEvent(new CaseRead(number, "anna", "case-page", Purpose.TEAM,
						"%016x".formatted(System.nanoTime() + i)));
			}
		});
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		long begun = System.nanoTime();
		WebVisitor.Answer zip = joris.form("/controle/" + number + "/bewijspakket", Map.of("names", "hidden"));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("others work on this machine too")
			.isLessThan(Duration.ofSeconds(20));
		assertThat(zip.header("Content-Disposition"))
			.isEqualTo("attachment; filename=\"bewijspakket-" + number + ".zip\"");
		assertThat(Pdf.barriers(unzip(zip.bytes()).get("verslag.pdf"))).isEmpty();
	}

	/** Broken through above the standard mandate, signed, and told by letter. */
	private String decided() {
		Town.Visitor anna = this.town.as("anna");
		LocalDate crisis = this.town.today().plusDays(40);
		String number = anna.report(Map.of("whatIsStuck", "Wendelien raakt haar huis kwijt.", "lifeDomains",
				List.of("housing", "money"), "amount", 6000, "threat", "eviction", "eventDate", crisis.toString(),
				"memberName", NAME, "memberBirthDate", "1981-04-02"));
		this.town.workDue();
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/huishouden", Map.of("name", NAME, "birthDate", "1981-04-02", "role", "adult",
					"contact", "06 1234", "address", "Pad 7"));
		this.town.pass(Duration.ofDays(3));
		Map<String, Object> plan = new HashMap<>(Map.of("desiredEffect", "Wendelien woont er over een jaar nog.",
				"firstBreakthrough", "De huur betalen, ook al past dat niet in de regeling.", "perspectiveShared",
				"yes", "deviates", "no", "reservation", "none", "cost", 3000));
		anna.fill(number, "make-plan", plan);
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation",
				"Een ontruiming kost meer dan de huur die openstaat, en de kinderen blijven op school."));
		this.town.pass(Duration.ofDays(1));
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		this.town.workDue();
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/besluit", Map.of("remedy", "objection", "aan", "0"))
			.status()).isEqualTo(302);
		return number;
	}

	private Map<String, byte[]> download(Screen screen, String number, String kind) throws IOException {
		Download download = screen.page().waitForDownload(() -> screen.button("Maak het bewijspakket").click());
		assertThat(download.suggestedFilename()).isEqualTo("bewijspakket-" + number + ".zip");
		Path pack = Screen.SHOTS.resolve("pack-" + kind + ".zip");
		download.saveAs(pack);
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		int ended = PackCheck.run(new PrintStream(said, true, StandardCharsets.UTF_8), pack.toString());
		assertThat(ended).as(said.toString(StandardCharsets.UTF_8)).isZero();
		Map<String, byte[]> files = unzip(Files.readAllBytes(pack));
		MatchResult head = Pattern.compile("Kop ([0-9]+): ([0-9a-f]{64})")
			.matcher(said.toString(StandardCharsets.UTF_8))
			.results()
			.findFirst()
			.orElseThrow();
		assertThat(new String(files.get("LEESMIJ.txt"), StandardCharsets.UTF_8)).as("the head the checker names")
			.contains("kop " + head.group(1) + ":", head.group(2));
		assertThat(text(files)).contains(head.group(2));
		return files;
	}

	private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
		Map<String, byte[]> files = new TreeMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				files.put(entry.getName(), zip.readAllBytes());
			}
		}
		return files;
	}

	private static String text(Map<String, byte[]> pack) throws IOException {
		return Pdf.text(pack.get("verslag.pdf")).replaceAll("[\\s\u00a0]+", " ");
	}

	private byte[] letter(String number) {
		return this.town.database()
			.sql("select d.bytes from doorbraak.document d join doorbraak.case_file c on c.id = d.case_id where c.number = ?")
			.param(number)
			.query((row, n) -> row.getBytes(1))
			.single();
	}

}
