package nl.doorbraak.retention;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Canary;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A closed case is kept until its day, held by whatever holds it, and then destroyed
 * everywhere with two signatures. In a municipality that no other class uses.
 */
@WholeApplication
class RetentionIT {

	private static final String MUNICIPALITY = "GM9004";

	private final Town town;

	private final JdbcClient application;

	private final Destruction destruction;

	private final AuditTrail audit;

	private final String canary = Canary.word();

	@Autowired
	RetentionIT(Town town, JdbcClient application, Destruction destruction, AuditTrail audit) {
		this.town = town;
		this.application = application;
		this.destruction = destruction;
		this.audit = audit;
	}

	@BeforeEach
	void auditorIsThere() {
		owner("insert into doorbraak.post values ('joris', 'auditor', 'GM9004') on conflict do nothing");
	}

	@AfterEach
	void auditorIsGone() {
		owner("delete from doorbraak.post where officer_login = 'joris' and organisation_id = 'GM9004'");
		owner("drop trigger if exists broken on doorbraak.case_file");
		owner("update doorbraak.retention_hold set lifted_by = 'ineke', lifted_at = doorbraak.current_instant() where lifted_at is null");
	}

	@Test
	void caseIsDestroyedEverywhereAfterItsDayWithTwoSignatures() throws Exception {
		// What other classes left here is on no list.
		owner("""
				insert into doorbraak.retention_hold (case_number, reason, why, set_by, set_at)
				select number, 'other', 'x', 'ineke', doorbraak.current_instant() from doorbraak.case_file
				where municipality_id = 'GM9004'""");
		String number = brokenThrough();
		String other = withdrawn();
		String held = withdrawn();
		this.town.clear();
		WebVisitor ineke = WebVisitor.login(this.town, "ineke");
		WebVisitor wim = WebVisitor.login(this.town, "wim");
		WebVisitor joris = WebVisitor.login(this.town, "joris");

		String page = "/bewaren/casus/" + number;
		assertThat(joris.get(page).body()).contains("20 jaar (Jeugdwet, artikel 7.3.8)",
				"na de laatste wijziging in het dossier op", "Er gelden 3 termijnen en de langste telt",
				"15 jaar (Wmo 2015, artikel 5.3.4)", "10 jaar (Selectielijst gemeenten 2020, bijstand)");
		assertThat(WebVisitor.login(this.town, "mila").get(page).status()).isEqualTo(404);
		assertThat(ineke.get("/bewaren/casus/" + other).body()).contains(
				"6 weken (Selectielijst gemeenten 2020, 8.4.1)",
				DutchTime.date(this.town.today().plusWeeks(6).plusDays(1)));

		archive(ineke, number);
		assertThat(joris.form(page + "/archiefpakket", Map.of()).status()).isEqualTo(403);

		assertThat(ineke.form("/bewaren/casus/" + held + "/vasthouden", Map.of("reason", "court")).status())
			.isEqualTo(400);
		assertThat(ineke
			.form("/bewaren/casus/" + held + "/vasthouden", Map.of("reason", "court", "why", "De rechter vraagt erom."))
			.status()).isEqualTo(302);
		assertThat(joris.get("/bewaren/casus/" + held).body()).contains("Er loopt een rechtszaak.",
				"De rechter vraagt erom.", "wordt nu niet vernietigd");

		assertThat(ineke.form("/bewaren/lijsten", Map.of("tot", this.town.today().toString())).status()).isEqualTo(409);
		this.town.moveClock(Duration.ofDays(366 * 20 + 30));
		Set<String> before = places(this.canary);
		assertThat(before).contains("doorbraak.entry.fields", "doorbraak.case_file.what_is_stuck",
				"doorbraak.document.bytes", "doorbraak.document.title", "doorbraak.household_member.name");
		assertThat(places(number)).anyMatch((each) -> each.startsWith("camunda.act_hi_procinst"))
			.contains("doorbraak.alert.case_number", "demo.mail.subject");

		assertThat(ineke.get("/bewaren").body()).contains(number, other, "Vastgehouden");
		WebVisitor.Answer made = ineke.form("/bewaren/lijsten", Map.of("tot", this.town.today().toString()));
		assertThat(made.status()).isEqualTo(302);
		String list = made.header("Location").replaceFirst("^https?://[^/]+", "");
		long id = Long.parseLong(list.substring(list.lastIndexOf('/') + 1));
		assertThat(ineke.get(list).body()).contains(number, other).doesNotContain(held);
		assertRefusedByDatabase(id, number, "not signed");

		assertThat(wim.form(list + "/ondertekenen", Map.of()).status()).isEqualTo(403);
		assertThat(ineke.form(list + "/ondertekenen", Map.of()).status()).isEqualTo(302);
		assertRefusedByDatabase(id, number, "not signed");
		assertThat(this.destruction.doDue()).isZero();
		assertThat(ineke.form(list + "/ondertekenen", Map.of()).status()).isEqualTo(403);
		deputiesDoNotSign(wim, list, id);
		assertThatThrownBy(() -> this.application.sql("delete from doorbraak.entry").update())
			.hasStackTraceContaining("permission denied");

		owner("insert into doorbraak.retention_hold (case_number, reason, why, set_by, set_at) values ('" + other
				+ "', 'other', 'x', 'ineke', doorbraak.current_instant())");
		assertThat(wim.form(list + "/ondertekenen", Map.of()).status()).isEqualTo(302);
		assertRefusedByDatabase(id, other, "held");
		assertRefusedByDatabase(id, held, "not on list");
		assertThat(ineke.form(list + "/afvoeren", Map.of("casus", other, "because", "research")).status())
			.isEqualTo(409);

		killedInTheMiddle(number, other);
		assertThat(this.destruction.doDue()).isEqualTo(1);
		assertThat(joris.get(list).body()).contains("1 van 2 casussen zijn vernietigd", "Vastgehouden");
		assertThat(places(this.canary)).as("were " + before).isEmpty();
		assertThat(places(number)).isSubsetOf("doorbraak.audit_line.chain", "doorbraak.destruction_line.case_number");
		assertThat(this.audit.firstBroken(number)).isEmpty();
		assertThat(this.audit.chain(number)).last().extracting("act").isEqualTo("caseDestroyed");
		assertThat(one("select count(*) from doorbraak.example where case_id is null and situation like 'Een ouder van "
				+ this.canary.substring(7) + "%'"))
			.isEqualTo("1");

		assertThat(joris.get(page).body()).contains("Deze casus is vernietigd op");
		assertThat(WebVisitor.login(this.town, "mila").get(page).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).status()).isEqualTo(404);
		assertThat(joris.get(list + "/verklaring").body())
			.contains("Gemeente Zuiderwaard", number, "camunda.act_hi_", "household_member", "Ineke Brouwer",
					"Wim Scholten", "Jeugdwet")
			.doesNotContain(this.canary);

		assertThat(ineke
			.form("/bewaren/casus/" + other + "/vrijgeven",
					Map.of("hold", one("select max(id) from doorbraak.retention_hold")))
			.status()).isEqualTo(302);
		assertThat(this.destruction.doDue()).isEqualTo(1);
		assertThat(joris.get(list).body()).contains("helemaal uitgevoerd");
		anotherListIsWithdrawn(ineke, held);
	}

	private void deputiesDoNotSign(WebVisitor wim, String list, long id) {
		owner("update doorbraak.officer set deputy_login = 'wim' where login = 'ineke'");
		assertThat(wim.form(list + "/ondertekenen", Map.of()).body()).contains("vervangt de ander");
		assertThatThrownBy(() -> sign(id, "wim")).isInstanceOf(DataAccessException.class)
			.hasStackTraceContaining("deputy of the other");
		owner("update doorbraak.officer set deputy_login = null where login = 'ineke'");
		assertThatThrownBy(() -> sign(id, "ineke")).isInstanceOf(DataAccessException.class);
		assertThatThrownBy(() -> sign(id, "mila")).hasStackTraceContaining("may not sign");
	}

	private void sign(long list, String person) {
		this.application.sql("insert into doorbraak.destruction_signature (list_id, place, person) values (?, 2, ?)")
			.params(list, person)
			.update();
	}

	/** The second case fails after everything of it was removed: the first stays gone. */
	private void killedInTheMiddle(String number, String other) {
		owner("create or replace function doorbraak.broken() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$");
		owner("create trigger broken before delete on doorbraak.case_file for each row when (old.number = '" + number
				+ "') execute function doorbraak.broken()");
		assertThatThrownBy(this.destruction::doDue).hasStackTraceContaining("killed");
		assertThat(places(this.canary)).as("nothing is half gone").contains("doorbraak.entry.fields");
		assertThat(places(number)).anyMatch((each) -> each.startsWith("camunda.act_hi_procinst"));
		owner("drop trigger broken on doorbraak.case_file");
		owner("drop function doorbraak.broken()");
		assertThat(places(other)).contains("doorbraak.case_file.number");
	}

	private void anotherListIsWithdrawn(WebVisitor ineke, String held) {
		String hold = one("select max(id) from doorbraak.retention_hold where case_number = '" + held
				+ "' and lifted_at is null");
		assertThat(ineke.form("/bewaren/casus/" + held + "/vrijgeven", Map.of("hold", hold)).status()).isEqualTo(302);
		assertThat(ineke.form("/bewaren/casus/" + held + "/vrijgeven", Map.of("hold", hold)).status()).isEqualTo(409);
		String list = ineke.form("/bewaren/lijsten", Map.of("tot", this.town.today().toString()))
			.header("Location")
			.replaceFirst("^https?://[^/]+", "");
		assertThat(ineke.form(list + "/afvoeren", Map.of("casus", held, "because", "zomaar")).status()).isEqualTo(400);
		assertThat(ineke.form(list + "/afvoeren", Map.of("casus", held, "because", "research")).status())
			.isEqualTo(302);
		assertThat(ineke.get(list).body()).contains("nodig voor een onderzoek");
		assertThat(ineke.form(list + "/ondertekenen", Map.of()).status()).isEqualTo(409);
		assertThat(ineke.form(list + "/intrekken", Map.of()).status()).isEqualTo(302);
		assertThat(ineke.get(list).body()).contains("Ingetrokken.");
	}

	@Test
	void termShowsItsConsequenceAndIsNeverShorterThanTheLaw() {
		String number = withdrawn();
		WebVisitor wim = WebVisitor.login(this.town, "wim");
		assertThat(wim.get("/bewaren/termijnen?termijn=withdrawn&lengte=8").body()).contains(number,
				DutchTime.date(this.town.today().plusWeeks(8).plusDays(1)));
		assertThat(wim.get("/bewaren/termijnen?termijn=zomaar&lengte=8").status()).isEqualTo(400);
		assertThat(wim.form("/bewaren/termijnen", Map.of("termijn", "withdrawn", "lengte", "5")).status())
			.isEqualTo(400);
		assertThatThrownBy(() -> this.application.sql("select doorbraak.set_retention('GM9004', 'support', 1, 'wim')")
			.query(Integer.class)
			.single()).hasStackTraceContaining("must not be shorter");
		assertThatThrownBy(() -> this.application.sql("update doorbraak.retention_rule set amount = 1").update())
			.hasStackTraceContaining("permission denied");
		assertThat(wim.form("/bewaren/termijnen", Map.of("termijn", "withdrawn", "lengte", "7")).status())
			.isEqualTo(302);
		assertThat(wim.get("/bewaren/casus/" + number).body()).contains("7 weken",
				DutchTime.date(this.town.today().plusWeeks(7).plusDays(1)));
		owner("delete from doorbraak.retention_rule where version > 1");
		owner("delete from doorbraak.retention_version where version > 1");
	}

	/**
	 * A new table that refers to a case, however far off, must say what becomes of it.
	 */
	@Test
	void everyTableThatRefersToACaseIsRemovedOrKeptOnPurpose() {
		Set<String> found = new TreeSet<>(this.town.database()
			.sql("""
					with recursive refers as (
					  select 'doorbraak.case_file'::regclass::oid as oid union select 'doorbraak.household'::regclass::oid
					  union select k.conrelid from pg_constraint k join refers r on k.confrelid = r.oid
					  where k.contype = 'f' and r.oid not in (select ('doorbraak.' || name)::regclass::oid from doorbraak.case_table
					    where treatment = 'unlinked'))
					select c.relname from refers r join pg_class c on c.oid = r.oid
					union select a.table_name from information_schema.columns a join information_schema.tables t using (table_schema, table_name)
					where a.table_schema = 'doorbraak' and t.table_type = 'BASE TABLE'
					  and (a.column_name in ('case_number', 'case_id') or a.column_name = 'number' and a.table_name = 'case_file')""")
			.query(String.class)
			.list());
		// Of an audit the verdict outlives the case; its texts are entries, which do not.
		Set<String> evidence = Set.of("destruction_line", "inspection_decision", "inspection_finding",
				"inspection_answer");
		found.removeAll(evidence);
		Set<String> handled = new TreeSet<>(
				this.town.database().sql("select name from doorbraak.case_table").query(String.class).list());
		assertThat(handled).isEqualTo(found);
	}

	private void archive(WebVisitor ineke, String number) throws Exception {
		WebVisitor.Answer answer = ineke.form("/bewaren/casus/" + number + "/archiefpakket", Map.of());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Disposition")).contains("archief-" + number + ".zip");
		Map<String, byte[]> files = unzip(answer.bytes());
		String root = number + "/";
		assertThat(files.keySet()).contains(root + number + ".mdto.xml", root + number + "-dossier/dossier.html",
				root + number + "-gegevens/gegevens.json", root + number + "-verantwoording/verantwoording.json");
		assertThat(new String(files.get(root + number + "-dossier/dossier.html"), StandardCharsets.UTF_8))
			.contains(this.canary);
		String data = new String(files.get(root + number + "-gegevens/gegevens.json"), StandardCharsets.UTF_8);
		assertThat(data).contains(this.canary, "\"case_file\"").doesNotContain("hash_key");
		List<String> metadata = files.keySet().stream().filter((each) -> each.endsWith(".mdto.xml")).toList();
		assertThat(metadata).hasSize(1 + 2 * ((files.size() - 1) / 3));
		for (String each : metadata) {
			MdtoTest.assertValid(new String(files.get(each), StandardCharsets.UTF_8));
			if (each.endsWith(".bestand.mdto.xml")) {
				byte[] file = files.get(each.replace(".bestand.mdto.xml", ""));
				assertThat(new String(files.get(each), StandardCharsets.UTF_8))
					.contains(
							"<checksumWaarde>"
									+ HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)) + "<",
							"<omvang>" + file.length + "<");
			}
		}
		assertThat(this.audit.chain(number)).last().extracting("act").isEqualTo("caseArchived");
	}

	private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
		Map<String, byte[]> files = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				files.put(entry.getName(), zip.readAllBytes());
			}
		}
		return files;
	}

	/**
	 * Where a word stands, in every column of text, JSON or bytes of every schema of
	 * ours.
	 */
	private Set<String> places(String word) {
		Set<String> places = places(this.town.database(), "{doorbraak,demo}", word);
		places.addAll(places(this.application, "{camunda}", word));
		return places;
	}

	private static Set<String> places(JdbcClient db, String schemas, String word) {
		return db
			.sql("""
					select c.table_schema || '.' || c.table_name as place, c.column_name, c.data_type
					from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
					where c.table_schema = any (cast(:schemas as text[])) and t.table_type = 'BASE TABLE'
					  and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY', 'tsvector', 'character')
					  and c.table_name not like 'web_session%'""")
			.param("schemas", schemas)
			.query((row, n) -> new String[] { row.getString(1), row.getString(2), row.getString(3) })
			.list()
			.stream()
			.filter((column) -> {
				String text = column[2].equals("bytea") ? "encode(\"" + column[1] + "\", 'escape')"
						: "\"" + column[1] + "\"::text";
				return db.sql("select exists (select 1 from " + column[0] + " where strpos(" + text + ", :word) > 0)")
					.param("word", word)
					.query(Boolean.class)
					.single();
			})
			.map((column) -> column[0] + "." + column[1])
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private void assertRefusedByDatabase(long list, String number, String because) {
		assertThatThrownBy(() -> this.application.sql("select doorbraak.destroy_case(:list, :number)::text")
			.param("list", list)
			.param("number", number)
			.query(String.class)
			.single()).isInstanceOf(DataAccessException.class).hasStackTraceContaining(because);
	}

	/**
	 * A case with the word in it everywhere, closed with a breakthrough, and an example.
	 */
	private String brokenThrough() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", this.canary, "lifeDomains", List.of("family", "money"),
				"memberName", this.canary, "residentSays", this.canary, "involved", this.canary));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		browser.form("/casus/" + number + "/instanties", Map.of("agency", "TSL", "question", this.canary));
		browser.form("/casus/" + number + "/plan/household",
				Map.of("kind", "claim", "what", this.canary, "body", "BD", "amount", "1200"));
		WebVisitor.Answer paper = browser.send("POST", "/casus/" + number + "/stukken", Stream
			.of("kind:proof", "title:" + this.canary, "datedOn:" + this.town.today())
			.map((each) -> "--x\r\nContent-Disposition: form-data; name=\"" + each.replace(":", "\"\r\n\r\n") + "\r\n")
			.collect(Collectors.joining())
				+ "--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 "
				+ this.canary + " %%EOF\r\n--x--\r\n", "multipart/form-data; boundary=x", Map.of());
		assertThat(paper.status()).as(paper.body()).isEqualTo(302);
		anna.fill(number, "make-plan", Map.of("desiredEffect", this.canary, "firstBreakthrough", this.canary, "cost",
				100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", this.canary));
		anna.fill(number, "confirm-measures",
				Map.of("carriedOut", "yes", "whatWasDone", this.canary, "byWhom", this.canary));
		anna.fill(number, "record-outcome", Map.of("outcome", "solved", "whatChanged", this.canary));
		WebVisitor.Answer example = browser.form("/casus/" + number + "/geleerd/voorbeeld",
				Map.ofEntries(Map.entry("domains", "money"), Map.entry("agencies", "CJIB"),
						Map.entry("power", "tailoredBudget"), Map.entry("article", "Artikel 35 Participatiewet"),
						Map.entry("situation", "Een ouder van " + this.canary.substring(7) + " sliep in de auto."),
						Map.entry("knot", "Niemand betaalde."), Map.entry("done", "De borg is voorgeschoten."),
						Map.entry("effect", "Er is een huis."), Map.entry("reusable", "De borg is goedkoper."),
						Map.entry("story", "Kort en goed."), Map.entry("question1", "Wat had u gedaan?")));
		assertThat(example.status()).as(example.body()).isEqualTo(302);
		this.town.pass(Duration.ofSeconds(1));
		move(number);
		return number;
	}

	private String withdrawn() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/intrekken", Map.of("reason", "solved"))
			.status()).isEqualTo(302);
		this.town.workDue();
		move(number);
		return number;
	}

	/** To a municipality that no other class uses: a list holds all that is ripe. */
	private void move(String number) {
		owner("update doorbraak.case_file set municipality_id = '" + MUNICIPALITY + "' where number = '" + number
				+ "'");
	}

	private void owner(String sql) {
		this.town.database().sql(sql).update();
	}

	private String one(String sql) {
		return this.town.database().sql(sql).query(String.class).single();
	}

}
