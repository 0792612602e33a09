package nl.doorbraak.inspection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A controleopdracht from question to report: every decision, a sample that somebody else
 * draws too, what was found, what the manager answers.
 */
@WholeApplication
class InspectionIT {

	private static final String PATH = "/controle/opdrachten";

	private static final String FOUND = "Het bedrag staat niet in het plan van mevrouw Zeewind.";

	private static final String ANSWER = "Dat klopt: het stond in de brief.";

	private final Town town;

	private final AuditTrail trail;

	private final List<String> numbers = new ArrayList<>();

	@Autowired
	InspectionIT(Town town, AuditTrail trail) {
		this.town = town;
		this.trail = trail;
	}

	@Test
	void auditorInspectsDecisionsAndAnOutsiderCanDrawThemAgain() {
		this.town.nextYear();
		for (int euros : List.of(100, 2600, 3000, 4000, 5000, 6000)) {
			decide(euros);
		}
		List<Map<String, Object>> all = population();
		assertThat(all).hasSize(5);
		try (Screens screens = Screens.open(); Screen joris = screens.screen(this.town.address(), "joris")) {
			String path = asks(joris, all);
			List<Long> drawn = draws(joris, all);
			judges(joris, drawn);
			joris.assertReadable();
			joris.picture("inspection-1280");
			answers(screens, joris, drawn);
			othersSee(path, drawn);
			decide(2700);
			joris.open(path);
			assertThat(joris.page().locator("main")).containsText("dan is zij anders: 1 besluit erbij, 0 weg");
			assertThat(joris.barriers(390)).isEmpty();
			joris.picture("inspection-390");
			closes(joris, path, drawn, all);
		}
		record(drawnNumbers());
	}

	private void decide(int euros) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Wat kost dit?", "memberName", "Ida Zeewind"));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros,
				"perspectiveShared", "yes", "deviates", "no", "reservation", "none"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Het kan."));
		if (euros > 2500) {
			this.town.as("mila").sign(number, Map.of("decision", "agree"));
		}
		this.numbers.add(number);
	}

	/** From the tables, without asking the room. */
	private List<Map<String, Object>> population() {
		return this.town.database()
			.sql("""
					select p.id, p.case_number as number, p.amount_cents as cents from doorbraak.proposal p, doorbraak.case_file c
					where c.number = p.case_number and c.municipality_id = 'GM9001' and p.state = 'signed'
					  and p.amount_cents >= 250000
					  and extract(year from p.ended_at at time zone 'Europe/Amsterdam') = :year order by p.id""")
			.param("year", this.town.today().getYear())
			.query()
			.listOfRows();
	}

	/** By keyboard, first with the period turned round. */
	private String asks(Screen joris, List<Map<String, Object>> all) {
		String year = String.valueOf(this.town.today().getYear());
		joris.open(PATH);
		joris.page().locator("#purpose").fill("Besluiten " + year + " boven 2.500");
		joris.page().locator("#lastDay").fill("2001-01-01");
		joris.page().locator("#minimum").fill("2.500");
		Screen.tabTo(joris.page(), "e.textContent.trim() === 'Schrijf alle besluiten op'");
		joris.page().keyboard().press("Enter");
		assertThat(joris.page().locator("#fout")).containsText("De laatste dag ligt vóór de eerste.");
		assertThat(joris.page().locator("#purpose")).hasValue("Besluiten " + year + " boven 2.500");
		joris.assertReadable();
		assertThat(WebVisitor.login(this.town, "joris")
			.form(PATH,
					Map.of("id", UUID.randomUUID().toString(), "purpose", "Wat nog komt", "firstDay", year + "-01-01",
							"lastDay", this.town.today().plusDays(1).toString(), "municipalities", "GM9001"))
			.body()).contains("Kies een laatste dag tot en met vandaag");
		joris.page().locator("#lastDay").fill(this.town.today().toString());
		joris.page().locator("#purpose").press("Enter");
		joris.page().waitForURL(Pattern.compile(".*" + PATH + "/[0-9a-f-]{36}$"));
		long cents = all.stream().mapToLong((each) -> (Long) each.get("cents")).sum();
		assertThat(main(joris))
			.contains("zijn " + all.size() + " besluiten getekend, samen " + euros(cents) + ".",
					"Trekt u de lijst vandaag opnieuw, dan is zij gelijk.")
			.contains(all.stream().limit(100).map((each) -> String.valueOf(each.get("number"))).toList())
			.doesNotContain(this.numbers.get(0));
		return joris.page().url().replace(this.town.address(), "");
	}

	private static String main(Screen screen) {
		return screen.page().locator("main").innerText().replace('\u00a0', ' ');
	}

	private static String euros(long cents) {
		return nl.doorbraak.support.DutchMoney.euros(cents).replace('\u00a0', ' ');
	}

	/** Too many first; then twice with one seed. */
	private List<Long> draws(Screen joris, List<Map<String, Object>> all) {
		joris.page().locator("#size").fill(String.valueOf(all.size() + 1));
		joris.page().locator("#seed").fill("2026");
		joris.page().locator("#size").press("Enter");
		assertThat(joris.page().locator("#fout"))
			.containsText("Trek ten minste 1 en hoogstens " + all.size() + " besluiten");
		assertThat(joris.page().locator("#seed")).hasValue("2026");
		joris.page().locator("#size").fill("3");
		joris.page().locator("#size").press("Enter");
		joris.page().waitForURL("**#steekproef");
		List<Long> byHand = all.stream()
			.map((each) -> (Long) each.get("id"))
			.sorted(Comparator.comparing((id) -> sha256("2026:" + id)))
			.limit(3)
			.toList();
		assertThat(items(joris)).isEqualTo(byHand);
		joris.page().locator("#size").fill("2");
		joris.page().locator("#seed").fill("2026");
		joris.page().locator("#size").press("Enter");
		assertThat(joris.page().locator("main")).containsText("Er is 2 keer getrokken.");
		assertThat(joris.page().locator("h3[id^=besluit-]")).hasCount(3);
		assertThat(joris.page().locator("#sluiten")).isVisible();
		assertThat(main(joris)).contains("Steekproef 1: 3 besluiten", "Steekproef 2: 2 besluiten",
				"met startgetal 2026");
		assertThat(items(joris)).isEqualTo(byHand);
		return byHand;
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<Long> items(Screen screen) {
		return screen.page()
			.locator("h3[id^=besluit-]")
			.all()
			.stream()
			.map((each) -> Long.valueOf(each.getAttribute("id").replace("besluit-", "")))
			.toList();
	}

	private void judges(Screen joris, List<Long> drawn) {
		judge(joris, drawn.get(0), "fails", "");
		assertThat(joris.page().locator("#fout")).containsText("Schrijf wat u vond");
		assertThat(joris.page().locator("#fails-" + drawn.get(0))).isChecked();
		judge(joris, drawn.get(0), "fails", FOUND);
		joris.page().waitForURL("**#besluit-" + drawn.get(0));
		judge(joris, drawn.get(1), "unsure", "Ik zie geen bewijs.");
		joris.page().waitForURL("**#besluit-" + drawn.get(1));
		judge(joris, drawn.get(2), "complies", "");
		joris.page().waitForURL("**#besluit-" + drawn.get(2));
		Locator first = joris.page().locator("section[aria-labelledby=besluit-" + drawn.get(0) + "]");
		assertThat(first).containsText("Het bedrag staat niet in het plan van mevrouw");
		assertThat(first).not().containsText("Zeewind");
		assertThat(first).containsText("Mandaat GM9001-02 versie 1");
		assertThat(first).containsText("Dit mandaat heeft geen plafond per jaar.");
		assertThat(first).containsText("Mila Jansen");
	}

	private static void judge(Screen joris, long decision, String verdict, String words) {
		joris.page().locator("#" + verdict + "-" + decision).check();
		joris.page().locator("#words-" + decision).fill(words);
		joris.page().locator("#words-" + decision).press("Tab");
		joris.page().keyboard().press("Enter");
	}

	/** Of these cases: others of this town have findings too. */
	private Locator waiting(Screen mila) {
		return mila.page()
			.locator("ul.rows li")
			.filter(new Locator.FilterOptions().setHasText("Beantwoord een bevinding van de auditor"))
			.filter(new Locator.FilterOptions().setHasText(Pattern.compile(String.join("|", this.numbers))));
	}

	private void answers(Screens screens, Screen joris, List<Long> drawn) {
		try (Screen mila = screens.screen(this.town.address(), "mila")) {
			assertThat(waiting(mila)).hasCount(2);
			assertThat(waiting(mila).first()).containsText("sinds ");
			assertThat(mila.page().locator("ul.rows li a[href$='#bevinding-" + finding(drawn.get(0)) + "']"))
				.hasCount(1);
			mila.picture("start-findings");
			mila.link("Bevindingen").click();
			mila.page().waitForURL("**/bevindingen");
			Locator first = mila.page()
				.locator("section")
				.filter(new Locator.FilterOptions().setHasText("Besluit " + drawn.get(0)));
			assertThat(first).containsText(FOUND);
			assertThat(mila.page().locator("main")).not().containsText("Besluit " + drawn.get(2) + ",");
			mila.assertReadable();
			mila.picture("findings-1280");
			assertThat(mila.barriers(390)).isEmpty();
			mila.picture("findings-390");
			first.locator("textarea").fill(ANSWER);
			first.locator("textarea").press("Tab");
			mila.page().keyboard().press("Enter");
			mila.page().waitForURL("**#bevinding-*");
			assertThat(first).containsText(ANSWER);
			mila.open("/");
			assertThat(waiting(mila)).hasCount(1);
		}
		long finding = finding(drawn.get(0));
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		WebVisitor.Answer again = mila.form("/bevindingen/" + finding, Map.of("words", "Nog iets."));
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.body()).contains("Deze bevinding is al beantwoord.");
		String path = "/bevindingen/" + finding(drawn.get(1));
		WebVisitor.Answer empty = mila.form(path, Map.of("words", " "));
		assertThat(empty.status()).isEqualTo(400);
		assertThat(Jsoup.parse(empty.body()).select("form[action=" + path + "] > #fout").text())
			.contains("Schrijf uw antwoord");
		assertThat(mila.form("/bevindingen/" + finding(drawn.get(2)), Map.of("words", "x")).status()).isEqualTo(404);
		joris.page().reload();
		assertThat(joris.page().locator("main")).containsText(ANSWER);
	}

	private long finding(long decision) {
		return this.town.database()
			.sql("select max(id) from doorbraak.inspection_finding where proposal_id = ?")
			.param(decision)
			.query(Long.class)
			.single();
	}

	/** A colleague does; nobody else. */
	private void othersSee(String path, List<Long> drawn) {
		String posts = "into doorbraak.post (officer_login, function, organisation_id)";
		this.town.database()
			.sql("insert " + posts + " values ('karim', 'auditor', 'GM9001'), ('olaf', 'auditor', 'GM9002')")
			.update();
		try {
			WebVisitor karim = WebVisitor.login(this.town, "karim");
			assertThat(karim.get(path).body()).contains("Besluit " + drawn.get(0));
			WebVisitor.Answer answered = karim.form(path + "/bevinding", Map.of("decision", drawn.get(0).toString(),
					"verdict", "complies", "seen", String.valueOf(finding(drawn.get(0)))));
			assertThat(answered.status()).as(answered.body()).isEqualTo(409);
			assertThat(answered.body()).contains("Een manager heeft dit oordeel al beantwoord.");
			assertThat(karim
				.form(path + "/bevinding",
						Map.of("decision", drawn.get(2).toString(), "verdict", "complies", "seen", "0"))
				.status()).as("said meanwhile").isEqualTo(409);
			assertThat(
					karim
						.form(path + "/bevinding", Map.of("decision", drawn.get(2).toString(), "verdict", "zomaar",
								"seen", String.valueOf(finding(drawn.get(2)))))
						.status())
				.isEqualTo(400);
			assertThat(karim.form(path + "/steekproef", Map.of("size", "1", "seen", "0")).status()).isEqualTo(409);
			assertThat(karim.form(path + "/steekproef", Map.of("size", "1", "seed", "Ida", "seen", "2")).status())
				.isEqualTo(400);
			for (String each : List.of("olaf", "mila", "anna", "femke")) {
				WebVisitor other = WebVisitor.login(this.town, each);
				assertThat(other.get(path).status()).as(each).isEqualTo(404);
				assertThat(other.get(path + "/rapport").status()).as(each).isEqualTo(404);
				assertThat(other.form(path + "/sluiten", Map.of()).status()).as(each).isEqualTo(404);
				assertThat(other.get(path).body()).isEqualTo(other.get(PATH + "/" + UUID.randomUUID()).body());
			}
			assertThat(WebVisitor.login(this.town, "olaf").get(PATH).body()).doesNotContain(path);
		}
		finally {
			this.town.database()
				.sql("delete from doorbraak.post where function = 'auditor' and officer_login in ('karim', 'olaf')")
				.update();
		}
	}

	private void closes(Screen joris, String path, List<Long> drawn, List<Map<String, Object>> all) {
		WebVisitor visitor = WebVisitor.login(this.town, "joris");
		assertThat(visitor.form(PATH,
				Map.of("id", path.substring(path.lastIndexOf('/') + 1), "purpose", "Nog eens", "firstDay", "2026-01-01",
						"lastDay", "2026-06-30", "municipalities", "GM9001"))
			.body()).contains("Deze controleopdracht is al gemaakt.");
		joris.page().setViewportSize(1280, 900);
		joris.open(path);
		joris.button("Sluit de opdracht").press("Enter");
		joris.page().waitForURL("**/rapport");
		long cents = all.stream().mapToLong((each) -> (Long) each.get("cents")).sum();
		assertThat(main(joris)).contains("zijn " + all.size() + " besluiten getekend, samen " + euros(cents) + ".",
				"Gesloten door Joris Prins", "met startgetal 2026", "Steekproef 2: 2 besluiten", ANSWER,
				"Er is geen antwoord van een manager.", "Het kenmerk is nu nagerekend en klopt");
		joris.assertReadable();
		joris.picture("inspection-report-1280");
		assertThat(joris.barriers(390)).isEmpty();
		joris.picture("inspection-report-390");
		for (String each : List.of("/sluiten", "/steekproef", "/bevinding")) {
			WebVisitor.Answer answer = visitor.form(path + each,
					Map.of("size", "1", "seen", "2", "decision", drawn.get(1).toString(), "verdict", "complies"));
			assertThat(answer.status()).as(each).isEqualTo(409);
			assertThat(answer.body()).contains("Deze controleopdracht is gesloten.");
		}
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.form("/bevindingen/" + finding(drawn.get(1)), Map.of("words", "Te laat.")).status())
			.isEqualTo(409);
		assertThat(mila.get("/").body()).as("closed").doesNotContain("#bevinding-" + finding(drawn.get(1)));
	}

	private List<String> drawnNumbers() {
		return this.town.database()
			.sql("""
					select distinct d.case_number from doorbraak.inspection_finding f join doorbraak.inspection_decision d
					  on d.inspection_id = f.inspection_id and d.proposal_id = f.proposal_id
					where f.inspection_id = (select id from doorbraak.inspection order by opened_at desc limit 1)""")
			.query(String.class)
			.list();
	}

	/** Every act has its line, without a word of what was written. */
	private void record(List<String> drawn) {
		assertThat(this.trail.firstBroken(InspectionEvents.CHAIN)).isEmpty();
		assertThat(this.trail.chain(InspectionEvents.CHAIN)).extracting("act")
			.containsSubsequence("assignmentOpened", "populationDrawn", "sampleDrawn", "sampleDrawn", "findingRecorded",
					"findingRecorded", "findingRecorded", "findingAnswered", "assignmentClosed");
		assertThat(drawn).hasSize(3)
			.allSatisfy((number) -> assertThat(this.trail.chain(number)).extracting("act").contains("findingRecorded"));
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.audit_line where facts like '%Zeewind%' or facts like '%bewijs.%'")
			.query(Long.class)
			.single()).isZero();
		assertThat(WebVisitor.login(this.town, "joris").get("/controle/" + drawn.get(0)).body())
			.contains("Auditor gaf een oordeel over een besluit")
			.doesNotContain("Zeewind");
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + drawn.get(0)).body())
			.doesNotContain("het plan van mevrouw", "Ik zie geen bewijs.");
	}

}
