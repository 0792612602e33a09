package nl.doorbraak.overview.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.audit.ChainFiles;
import nl.doorbraak.audit.checker.PackCheck;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an auditor finds in the record, and how somebody outside sees that it is whole.
 */
@WholeApplication
class SearchIT {

	private static final Pattern ROW = Pattern.compile("<td><a href=\"/controle/(DB-[0-9-]+)\">");

	private final Town town;

	private final ChainFiles packs;

	private final AuditTrail trail;

	private final ChainChecks checks;

	@Autowired
	SearchIT(Town town, ChainFiles packs, AuditTrail trail, ChainChecks checks) {
		this.town = town;
		this.packs = packs;
		this.trail = trail;
		this.checks = checks;
	}

	@Test
	void findsByPersonSubjectDayAndCaseInTheOwnMunicipalityOnly() {
		String mine = this.town.as("anna").report(Map.of("whatIsStuck", "Wie zoekt dit?"));
		String other = this.town.as("olaf").report(Map.of("whatIsStuck", "Elders."));
		String day = this.town.today().toString();
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		assertThat(found(joris, "van=" + day)).contains(mine).doesNotContain(other);
		assertThat(found(joris, "casus=" + mine)).containsOnly(mine).hasSizeGreaterThan(3);
		assertThat(found(joris, "casus=" + other)).isEmpty();
		assertThat(found(joris, "wie=olaf")).as("what he did elsewhere").doesNotContain(other);
		assertThat(found(joris, "casus=" + mine + "&wat=lead")).isEmpty();
		assertThat(found(joris, "wat=ladder&wie=anna&van=" + day)).contains(mine);
		assertThat(found(joris, "casus=" + mine + "&tot=" + this.town.today().minusDays(1))).isEmpty();
		assertThat(joris.get("/controle/zoeken?wat=ladder&wie=doorbraak+zelf&van=" + day).body()).contains(mine);
		WebVisitor.Answer wrong = joris.get("/controle/zoeken?wie=Niemand+Nergens&van=31-12-2026&wat=x");
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.body()).contains("Wij kennen niemand met deze naam", "Schrijf bijvoorbeeld 2026-03-01",
				"Dit onderwerp bestaat niet", "value=\"Niemand Nergens\"");
		assertThat(joris.get("/controle/zoeken?van=2026-05-01&tot=2026-04-01").status()).isEqualTo(400);
		assertThat(joris.get("/controle/zoeken?voor=x").status()).isEqualTo(400);
	}

	@Test
	void aPageGoesOnWhereTheOneBeforeItEnded() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Lang."));
		for (int i = 0; i < 60; i++) {
			this.town.as("karim").state(number);
			WebVisitor.login(this.town, "anna").get("/casus/" + number);
			if (this.trail.chain(number).size() > 70) {
				break;
			}
		}
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		String body = joris.get("/controle/zoeken?casus=" + number).body();
		int first = (int) ROW.matcher(body).results().count();
		String next = Pattern.compile("href=\"(/controle/zoeken[^\"]*voor=[^\"]*)\"")
			.matcher(body)
			.results()
			.findFirst()
			.orElseThrow()
			.group(1)
			.replace("&amp;", "&");
		int second = (int) ROW.matcher(joris.get(next).body()).results().count();
		assertThat(first).isEqualTo(50);
		assertThat(first + second).isEqualTo(this.trail.chain(number).size());
	}

	@Test
	void whatIsLookedForOftenIsKept() {
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		assertThat(joris
			.form("/controle/zoeken/bewaard", Map.of("name", "Akkoord van Mila", "wie", "mila", "wat", "decisions"))
			.header("Location")).endsWith("/controle/zoeken?wat=decisions&wie=mila");
		String page = joris.get("/controle/zoeken").body();
		assertThat(page).contains("Akkoord van Mila", "/controle/zoeken?wat=decisions&amp;wie=mila");
		String id = Pattern.compile("/controle/zoeken/bewaard/(\\d+)/weg")
			.matcher(page)
			.results()
			.findFirst()
			.orElseThrow()
			.group(1);
		assertThat(joris.form("/controle/zoeken/bewaard/" + id + "/weg", Map.of()).status()).isEqualTo(302);
		assertThat(joris.get("/controle/zoeken").body()).doesNotContain("Akkoord van Mila");
		assertThat(joris.form("/controle/zoeken/bewaard/" + id + "/weg", Map.of()).status()).isEqualTo(404);
	}

	@Test
	void anAuditorHasEverythingCheckedAndSeesHowFarItIs() {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "joris")) {
			screen.open("/controle/keten");
			screen.button("Controleer alles nu").press("Enter");
			Until.so(() -> "checked", Duration.ofSeconds(60), () -> {
				screen.open("/controle/keten");
				return screen.page().locator("#bezig").count() == 0;
			});
			assertThat(screen.page().locator("#controle > p[role=status], #controle > p.notice").first())
				.containsText("Gevraagd door: Joris");
			screen.assertReadable();
			screen.picture("chain");
			screen.open("/controle/zoeken?wat=audit");
			assertThat(screen.page().locator("table.record")).containsText("De hele vastlegging gecontroleerd");
			screen.picture("search");
		}
	}

	@Test
	void aRecordThatSomebodyChangedIsToldAndShown() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie knoeit hier?"));
		String other = this.town.as("olaf").report(Map.of("whatIsStuck", "En hier?"));
		tamper(number, "bert");
		tamper(other, "bert");
		try {
			checkAll();
			String page = WebVisitor.login(this.town, "joris").get("/controle/keten").body();
			assertThat(page)
				.contains("Er klopt iets niet op 2 plaatsen", number, "Deze regel is veranderd",
						"En op 1 plaatsen in casussen die u niet ziet.")
				.doesNotContain(other);
			assertThat(WebVisitor.login(this.town, "femke").get("/controle/keten").body()).doesNotContain(number);
			assertThat(this.town.database()
				.sql("select recipient_login from doorbraak.alert where kind = 'recordBroken' and state <> 'cancelled'")
				.query(String.class)
				.list()).contains("joris", "femke");
		}
		finally {
			tamper(number, "anna");
			tamper(other, "olaf");
		}
		checkAll();
		assertThat(WebVisitor.login(this.town, "joris").get("/controle/keten").body()).contains("Alles klopt:");
	}

	private void tamper(String number, String actor) {
		this.town.database()
			.sql("update doorbraak.audit_line set actor = :actor where chain = :chain and number = 1")
			.param("actor", actor)
			.param("chain", number)
			.update();
	}

	private void checkAll() {
		this.checks.start("anna");
		Until.so(() -> "checked", Duration.ofSeconds(60),
				() -> this.checks.latest().filter((check) -> check.endedAt() != null).isPresent());
	}

	private static List<String> found(WebVisitor joris, String query) {
		return ROW.matcher(joris.get("/controle/zoeken?" + query).body())
			.results()
			.map((each) -> each.group(1))
			.toList();
	}

	/** One changed byte anywhere, another's proof, an empty chain: each is told. */
	@Test
	@Attack(value = "H03", failedWith = "the check of a pack reads it and compares nothing")
	void aPackIsCheckedByTheOneFileAlone() throws IOException {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Een pakket."));
		String other = this.town.as("anna").report(Map.of("whatIsStuck", "Een ander."));
		Map<String, byte[]> letter = Map.of("besluit.txt", "Een besluit.".getBytes(StandardCharsets.UTF_8));
		Map<String, byte[]> pack = new LinkedHashMap<>(letter);
		pack.put("keten.json", this.packs.json(this.checks.takeHead(), number, letter));
		assertThat(check(pack)).startsWith("0 DIT PAKKET KLOPT.").contains(number);
		Random random = new Random(1);
		for (int i = 0; i < 60; i++) {
			String name = (i % 10 == 0) ? "besluit.txt" : "keten.json";
			byte[] bytes = pack.get(name).clone();
			int at = random.nextInt(bytes.length);
			bytes[at] ^= (byte) (1 << random.nextInt(8));
			assertThat(check(with(pack, name, bytes))).as(name + " at " + at).startsWith("1 DIT PAKKET KLOPT NIET.");
		}
		String json = new String(pack.get("keten.json"), StandardCharsets.UTF_8);
		String otherJson = new String(this.packs.json(this.checks.takeHead(), other, letter), StandardCharsets.UTF_8);
		assertThat(check(with(pack, json.replaceFirst("(?s)\"lines\":\\[.*?\\],\"index\"", "\"lines\":[],\"index\""))))
			.contains("Er staat geen regel in.");
		String proof = "(?s)\"index\":.*?\"heads\"";
		String othersProof = Pattern.compile(proof).matcher(otherJson).results().findFirst().orElseThrow().group();
		assertThat(check(with(pack, json.replaceFirst(proof, othersProof)))).startsWith("1 ");
		assertThat(check(with(pack, json.replace(number, other)))).as("another's name").startsWith("1 ");
		assertThat(check(with(pack, json.replaceFirst("\"path\":\\[\"[0-9a-f]{64}\",?", "\"path\":["))))
			.startsWith("1 ");
		assertThat(check(with(pack, json.replaceFirst("\"number\":2\\b", "\"number\":1")))).as("a number twice")
			.startsWith("1 ");
		Map<String, byte[]> without = new LinkedHashMap<>(pack);
		without.remove("besluit.txt");
		assertThat(check(without)).contains("Het bestand besluit.txt ontbreekt.");
		assertThat(check(with(pack, "extra.txt", new byte[1]))).contains("extra.txt hoort niet in dit pakket");
		assertThat(run(zip(pack), zip(with(pack, otherJson)))).startsWith("2 ").contains("gaat over " + other);
		goesOn(number, letter, pack);
	}

	private void goesOn(String number, Map<String, byte[]> letter, Map<String, byte[]> pack) throws IOException {
		this.town.as("karim").state(number);
		Map<String, byte[]> later = new LinkedHashMap<>(letter);
		later.put("keten.json", this.packs.json(this.checks.takeHead(), number, letter));
		Path earlier = zip(pack);
		assertThat(run(zip(later), earlier)).startsWith("0 ").contains("Wat u bewaarde, klopt ermee.");
		assertThat(run(earlier, zip(later))).as("what came later is no longer there").startsWith("1 ");
		List<AuditLine> lines = this.trail.chain(number);
		assertThat(new String(later.get("keten.json"), StandardCharsets.UTF_8))
			.contains("\"number\":" + lines.get(lines.size() - 1).number());
		Path heads = Files.createTempFile(Path.of("target"), "heads", ".txt");
		Files.writeString(heads, String.join("\n", this.town.database().sql("""
				select number || ' ' || to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' '
				  || cardinality(chains) || ' ' || encode(root, 'hex') || ' ' || encode(previous_hash, 'hex') || ' '
				  || encode(hash, 'hex') from doorbraak.audit_head order by number""").query(String.class).list()));
		assertThat(run(zip(later), heads)).startsWith("0 ");
		Files.writeString(heads, Files.readString(heads).replaceFirst("[0-9a-f]{64}\n", "0".repeat(64) + "\n"));
		assertThat(run(zip(later), heads)).contains("is een andere dan u bewaarde");
		String last = this.checks.takeHead().mark();
		later.put("keten.json", this.packs.json(this.checks.takeHead(), number, letter));
		long before = this.town.database()
			.sql("select max(number) - 1 from doorbraak.audit_head")
			.query(Long.class)
			.single();
		for (String noted : List.of(before + " " + last,
				"\ufeff" + before + "\tmaandag 5 juli 2027, 10:04\t29\t" + last)) {
			Files.writeString(heads, noted + "\r\n");
			assertThat(run(zip(later), heads)).as(noted).startsWith("0 ");
			Files.writeString(heads, noted.replace(last, "0".repeat(64)));
			assertThat(run(zip(later), heads)).startsWith("1 DIT PAKKET KLOPT NIET.").contains("een andere");
		}
		for (String nothing : List.of(last, "kop", before + " kop", before + 2 + " " + last)) {
			Files.writeString(heads, nothing);
			assertThat(run(zip(later), heads)).as(nothing).startsWith("2 DIT PAKKET KLOPT IN ZICHZELF, maar kan niet");
		}
		assertThat(run(earlier, zip(with(pack, "extra.txt", new byte[1])))).startsWith("2 ").contains("eerdere pakket");
	}

	private static Map<String, byte[]> with(Map<String, byte[]> pack, String json) {
		return with(pack, "keten.json", json.getBytes(StandardCharsets.UTF_8));
	}

	private static Map<String, byte[]> with(Map<String, byte[]> pack, String name, byte[] bytes) {
		Map<String, byte[]> changed = new LinkedHashMap<>(pack);
		changed.put(name, bytes);
		return changed;
	}

	private static String check(Map<String, byte[]> pack) throws IOException {
		return run(zip(pack));
	}

	private static Path zip(Map<String, byte[]> pack) throws IOException {
		Path file = Files.createTempFile(Path.of("target"), "pack", ".zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (Map.Entry<String, byte[]> each : pack.entrySet()) {
				zip.putNextEntry(new ZipEntry(each.getKey()));
				zip.write(each.getValue());
			}
		}
		return file;
	}

	private static String run(Path... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = PackCheck.run(new PrintStream(out, true, StandardCharsets.UTF_8),
				List.of(arguments).stream().map(Path::toString).toArray(String[]::new));
		return code + " " + out.toString(StandardCharsets.UTF_8);
	}

}
