package nl.doorbraak.casefile;

import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What is added to a case on its page: papers, the resident's words, a number. */
@WholeApplication
class PapersIT {

	private static final String PDF = "%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n";

	private final Town town;

	@Autowired
	PapersIT(Town town) {
		this.town = town;
	}

	@Attack(value = "F04", failedWith = "no sandbox on a paper")
	@Test
	void paperIsAddedReadAndWithdrawn() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Geen potje past.", "memberName", "Zonne Muis"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertRefused(add(anna, number, "proof", "Contract van Zonne", "x.exe", PDF),
				"zegt iets anders dan wat erin staat");
		for (String page : List.of("<html><script>alert(1)</script></html>", "<svg onload='alert(1)'/>", "MZ",
				"GIF89a")) {
			assertRefused(add(anna, number, "proof", "Contract van Zonne", "x.pdf", page),
					"Dit soort bestand kan hier niet");
		}
		for (String link : List.of("javascript:alert(1)//{zaaknummer}", "data:text/html,{zaaknummer}")) {
			assertRefused(WebVisitor.login(this.town, "femke").form("/zaaksysteem", Map.of("link", link)),
					"Begin met https://");
		}
		assertRefused(add(anna, number, "proof", "Contract van Zonne", "x.pdf", ""), "Een leeg bestand");
		assertRefused(add(anna, number, "decisionLetter", "Contract van Zonne", "x.pdf", PDF), "Kies wat voor stuk");
		assertRefused(add(anna, number, "proof", "", "x.pdf", PDF), "Schrijf in een regel wat dit is");
		assertRefused(add(anna, number, "proof", "", "x.pdf", PDF), "Kies ook het bestand opnieuw");
		assertThat(add(WebVisitor.login(this.town, "olaf"), number, "proof", "x", "x.pdf", PDF).status())
			.isEqualTo(404);
		assertThat(anna.get("/casus/" + number).body()).contains("Nog geen stukken.");
		assertThat(add(anna, number, "proof", "Contract van Zonne", "Zonne Muis.pdf", PDF).status()).isEqualTo(302);
		for (String name : List.of("../../x.pdf", "C:\\x.pdf", "con.pdf", "x".repeat(300) + ".pdf")) {
			assertThat(add(anna, number, "proof", "Nog een", name, PDF).status()).as(name).isEqualTo(302);
		}
		assertThat(this.town.database()
			.sql("""
					select count(*) from doorbraak.document d join doorbraak.case_file c on c.id = d.case_id
					where c.number = :number and d.file_name !~ '^casus-[A-Za-z0-9-]+-[1-9][0-9]*[.][a-z]+$'""")
			.param("number", number)
			.query(Long.class)
			.single()).as("no file keeps the name that it came with").isZero();
		assertThat(anna.get("/casus/" + number).body()).contains("Contract van Zonne", "Bewijsstuk, PDF, 1 kB",
				"Anna de Wit");
		String paper = "/casus/" + number + "/stukken/"
				+ this.town.database().sql("select max(id) - 4 from doorbraak.document").query(Long.class).single();
		WebVisitor.Answer read = anna.get(paper);
		assertThat(read.body()).isEqualTo(PDF);
		assertThat(read.header("Content-Type")).isEqualTo("application/pdf");
		assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(read.header("Content-Security-Policy")).contains("sandbox");
		assertThat(read.header("Content-Disposition")).contains("attachment", "casus-" + number + "-bewijsstuk-1.pdf")
			.doesNotContain("Zonne");
		climb(number);
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(paul.get("/casus/" + number + "/stukken").body()).contains("In stukken kunnen namen staan")
			.doesNotContain("Zonne", paper + "\"");
		assertThat(paul.get(paper).status()).isEqualTo(403);
		assertThat(anna.form(paper + "/intrekken", Map.of("why", " ")).status()).isEqualTo(400);
		assertThat(anna.form(paper + "/intrekken", Map.of("why", "Van een ander gezin.")).status()).isEqualTo(302);
		assertThat(anna.form(paper + "/intrekken", Map.of("why", "Nog eens.")).status()).isEqualTo(409);
		assertThat(anna.get("/casus/" + number).body()).contains("ingetrokken", "Van een ander gezin.");
		assertThat(anna.get(paper).status()).isEqualTo(200);
		assertThat(paul.get(paper).status()).isEqualTo(404);
		assertThat(acts(number)).contains("documentKept", "documentWithdrawn");
	}

	@Test
	void residentsWordsStandOnTopFromTheReportOnAndTheNewestWins() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Geen potje past.", "residentSays", "Ik wil slapen."));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(onTop(anna, number)).contains("Ik wil slapen.");
		assertThat(anna.form("/casus/" + number + "/inwoner", Map.of("woorden", " ")).status()).isEqualTo(400);
		assertThat(anna.form("/casus/" + number + "/inwoner", Map.of("woorden", "Ik wil rust.")).status())
			.isEqualTo(302);
		assertThat(onTop(anna, number)).contains("Ik wil rust.").doesNotContain("Ik wil slapen.");
		climb(number);
		assertThat(onTop(anna, number)).contains("Een huis.").doesNotContain("Ik wil rust.");
	}

	@Test
	void numberOfTheMunicipalitysSystemLinksToItForWhoMayKnowWhoItIs() {
		assertThat(this.town.as("anna")
			.post("/api/v1/cases", Map.of("whatIsStuck", "x", "caseSystemNumber", "111222333"))
			.message()).contains("burgerservicenummer");
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Geen potje past.", "caseSystemNumber", "Z/2026 1"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		assertThat(anna.get("/casus/" + number).body()).contains("Z/2026 1").doesNotContain("zaken.test");
		WebVisitor.Answer refused = femke.form("/zaaksysteem", Map.of("link", "http://zaken.test/{zaaknummer}"));
		assertRefused(refused, "Begin met https://");
		assertThat(refused.body()).contains("toont nog geen link", "value=\"http://zaken.test/{zaaknummer}\"",
				"aria-invalid=\"true\"");
		assertThat(femke.form("/zaaksysteem", Map.of("link", "https://zaken.test/{zaaknummer}")).status())
			.isEqualTo(302);
		try {
			assertThat(anna.get("/casus/" + number).body())
				.contains("<a href=\"https://zaken.test/Z%2F2026%201\" rel=\"noopener noreferrer\"");
			climb(number);
			assertThat(WebVisitor.login(this.town, "paul").get("/casus/" + number).body()).doesNotContain("Z/2026",
					"zaken.test");
			assertThat(anna.form("/casus/" + number + "/zaaknummer", Map.of("caseSystemNumber", "")).status())
				.isEqualTo(302);
			assertThat(anna.get("/casus/" + number).body()).doesNotContain("zaken.test");
		}
		finally {
			assertThat(femke.form("/zaaksysteem", Map.of("link", "")).status()).isEqualTo(302);
		}
		assertThat(acts(number)).contains("caseSystemNumberChanged");
	}

	private static String onTop(WebVisitor reader, String number) {
		String page = reader.get("/casus/" + number).body();
		return page.substring(page.indexOf("<h1"), page.indexOf("<section"));
	}

	private void climb(String number) {
		Town.Visitor anna = this.town.as("anna");
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", "Een huis.", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = :number order by number")
			.param("number", number)
			.query(String.class)
			.list();
	}

	private static void assertRefused(WebVisitor.Answer answer, String sentence) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence, "role=\"alert\"");
		assertThat(answer.body()).containsAnyOf("value=\"Contract van Zonne\"", "id=\"paperTitle\"", "id=\"link\"");
	}

	private WebVisitor.Answer add(WebVisitor who, String number, String kind, String title, String name,
			String content) {
		String part = "--grens\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
		String file = "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"%s\"\r\nContent-Type: application/pdf\r\n\r\n%s\r\n--grens--\r\n";
		return who.send("POST", "/casus/" + number + "/stukken",
				part.formatted("kind", kind) + part.formatted("title", title)
						+ part.formatted("datedOn", this.town.today()) + file.formatted(name, content),
				"multipart/form-data; boundary=grens", Map.of());
	}

}
