package nl.doorbraak.overview;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What leaves Doorbraak as a file: any table as a spreadsheet, the record as OCEL 2.0.
 */
@WholeApplication
class ExportsIT {

	private static final List<String> FORMULAS = List.of("=HYPERLINK(\"http://x.example\")", "+31", "-2+3", "@SUM(A1)");

	private final Town town;

	private final AuditTrail trail;

	@Autowired
	ExportsIT(Town town, AuditTrail trail) {
		this.town = town;
		this.trail = trail;
	}

	@Test
	void tableGoesOutAsItStandsOnThePageAndNothingInItIsAFormula() throws IOException {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Een tabel.", "memberName", "Iris Blom"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (String formula : FORMULAS) {
			assertThat(anna.form("/casus/" + number + "/huishouden", Map.of("name", formula, "role", "adult")).status())
				.isEqualTo(302);
		}
		assertThat(anna
			.form("/casus/" + number + "/plan/household",
					Map.of("kind", "claim", "what", "Boete", "body", "BD", "amount", "1200"))
			.status()).isEqualTo(302);
		Document page = Jsoup.parse(anna.get("/casus/" + number).body());
		Element table = page.select("table").stream().filter((each) -> each.text().contains("@SUM")).findFirst().get();
		String link = table.nextElementSibling().selectFirst("a").attr("href");
		assertThat(link).startsWith("?als=xlsx&tabel=");
		int reads = reads(number);
		WebVisitor.Answer answer = anna.get("/casus/" + number + link);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(reads(number)).as("read as the page is").isEqualTo(reads + 1);
		assertThat(answer.header("Content-Type")).contains("spreadsheetml.sheet");
		assertThat(answer.header("Content-Disposition")).contains("attachment").contains(".xlsx");
		assertThat(answer.header("Cache-Control")).contains("no-store");
		List<List<Cell>> rows = read(answer).get(0);
		assertThat(texts(rows)).isEqualTo(texts(table));
		List<Cell> all = rows.stream().flatMap(List::stream).toList();
		for (String formula : FORMULAS) {
			assertThat(all).as(formula)
				.anySatisfy((cell) -> assertThat(cell.getType() + " " + cell.getText()).isEqualTo("STRING " + formula));
		}
		assertThat(all).allMatch((cell) -> cell.getFormula() == null && cell.getType() != CellType.FORMULA);
		assertThat(read(anna.get("/casus/" + number + "?als=xlsx"))).as("all of them")
			.hasSameSizeAs(page.select("table"));
		Element plan = Jsoup.parse(anna.get("/casus/" + number + "/plan").body()).selectFirst("table");
		List<List<Cell>> money = read(anna.get("/casus/" + number + "/plan?als=xlsx&tabel=1")).get(0);
		assertThat(texts(money)).isEqualTo(texts(plan));
		assertThat(money.stream().flatMap(List::stream)).anyMatch((cell) -> cell.getType() == CellType.NUMBER
				&& cell.asNumber().compareTo(BigDecimal.valueOf(1200)) == 0);
		assertThat(WebVisitor.login(this.town, "olaf").get("/casus/" + number + "/plan?als=xlsx").status())
			.isEqualTo(404);
		assertThat(WebVisitor.anonymous(this.town).get("/casus/" + number + "/plan?als=xlsx").status()).isEqualTo(302);
		assertThat(anna.get("/afwezig?als=xlsx").header("Content-Type")).as("no table").startsWith("text/html");
		WebVisitor.Answer quoted = anna.get("/casus/" + number + "/plan?x=%22%3E%3Cb%3E&als=csv");
		assertThat(Jsoup.parse(quoted.body()).select("p.sheet b")).isEmpty();
	}

	@Test
	void auditorTakesTheRecordOfOwnCasesInCodes() {
		own("insert into doorbraak.officer (login, name, source) values ('auditor96', 'Er Elders', 'demo')");
		own("insert into doorbraak.post values ('auditor96', 'auditor', 'GM9002')");
		try {
			// A day on which nothing else happened.
			this.town.moveClock(Duration.ofDays(1));
			LocalDate day = this.town.today();
			String number = signed();
			String elsewhere = this.town.as("olaf").report(Map.of("whatIsStuck", "Elders."));
			this.town.moveClock(Duration.ofDays(1));
			WebVisitor joris = WebVisitor.login(this.town, "joris");
			WebVisitor.Answer answer = take(joris, day, day);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Content-Type")).startsWith("application/json");
			assertThat(answer.header("Cache-Control")).contains("no-store");
			assertThat(answer.header("Content-Disposition")).contains("doorbraak-ocel-" + day);
			JsonNode log = answer.json();
			assertThat(log.path("events")).hasSize(lines("GM9001", day));
			assertThat(faults(log)).isEmpty();
			assertThat(strings(log)).contains(number, "mandaat:GM9001-02", "organisatie:GM9001", "manager@GM9001")
				.doesNotContain(elsewhere)
				.doesNotContainAnyElementsOf(this.town.database()
					.sql("select login from doorbraak.officer union select name from doorbraak.officer")
					.query(String.class)
					.list());
			assertThat(answer.body()).doesNotContain("Iris Blom", "Geheime reden");
			assertThat(this.trail.chain("exports").stream().filter((line) -> line.actor().equals("joris")).toList())
				.last()
				.satisfies((line) -> assertThat(line.facts()).isEqualTo(
						"{\"fromDate\":\"%s\",\"kind\":\"ocel\",\"lines\":%d,\"municipality\":\"GM9001\",\"untilDate\":\"%s\"}"
							.formatted(day, lines("GM9001", day), day)));
			WebVisitor other = WebVisitor.login(this.town, "auditor96");
			JsonNode theirs = take(other, day, day).json();
			assertThat(faults(theirs)).isEmpty();
			assertThat(strings(theirs)).contains(elsewhere).doesNotContain(number);
			assertThat(theirs.path("events")).hasSize(lines("GM9002", day));
			int before = this.trail.chain("exports").size();
			assertThat(take(joris, day, day.minusDays(1)).status()).isEqualTo(400);
			assertThat(take(joris, day, this.town.today().plusDays(1)).status()).isEqualTo(400);
			assertThat(joris.form("/controle/export", Map.of()).status()).isEqualTo(400);
			assertThat(joris
				.send("POST", "/controle/export", "van=" + day + "&tot=" + day, "application/x-www-form-urlencoded",
						Map.of("X-XSRF-TOKEN", "x"))
				.status()).as("forged").isEqualTo(403);
			assertThat(this.trail.chain("exports")).hasSize(before);
		}
		finally {
			own("delete from doorbraak.post where officer_login = 'auditor96'");
			own("delete from doorbraak.officer where login = 'auditor96'");
		}
		for (int width : List.of(1280, 390)) {
			try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), width)) {
				screen.logIn("joris");
				screen.open("/controle/export");
				screen.picture("export-" + width);
				screen.open("/controle");
				screen.picture("sheet-links-" + width);
			}
		}
	}

	/** A case in which somebody signed. */
	private String signed() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geheime reden", "memberName", "Iris Blom"));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 3000,
				"perspectiveShared", "yes", "deviates", "no", "reservation", "none"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Het kan."));
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		return number;
	}

	private static WebVisitor.Answer take(WebVisitor who, LocalDate from, LocalDate until) {
		return who.form("/controle/export", Map.of("van", from.toString(), "tot", until.toString()));
	}

	private int lines(String municipality, LocalDate day) {
		return this.town.database()
			.sql("""
					select count(*) from doorbraak.audit_line l join doorbraak.case_file c on c.number = l.chain
					where c.municipality_id = ? and (l.at at time zone 'Europe/Amsterdam')::date = ?""")
			.params(municipality, java.sql.Date.valueOf(day))
			.query(Integer.class)
			.single();
	}

	/** What OCEL 2.0 asks of a log, and what of it is not so. */
	private static Set<String> faults(JsonNode log) {
		Set<String> faults = new TreeSet<>();
		Set<String> arrays = new TreeSet<>();
		log.fieldNames().forEachRemaining(arrays::add);
		if (!arrays.equals(Set.of("eventTypes", "events", "objectTypes", "objects"))) {
			faults.add("arrays " + arrays);
		}
		Map<String, Map<String, String>> objectTypes = types(log.path("objectTypes"), faults);
		Map<String, Map<String, String>> eventTypes = types(log.path("eventTypes"), faults);
		Set<String> objects = new HashSet<>();
		log.path("objects").forEach((each) -> {
			if (!objects.add(each.path("id").textValue())) {
				faults.add("twice " + each.path("id"));
			}
			typed(each, objectTypes, true, faults);
		});
		Set<String> events = new HashSet<>();
		Set<String> related = new TreeSet<>();
		log.path("events").forEach((each) -> {
			if (!events.add(each.path("id").textValue())) {
				faults.add("twice " + each.path("id"));
			}
			OffsetDateTime.parse(each.path("time").textValue());
			typed(each, eventTypes, false, faults);
			each.path("relationships").forEach((relation) -> related.add(relation.path("qualifier").textValue()));
			if (each.path("relationships").isEmpty()) {
				faults.add("about nothing " + each);
			}
		});
		List.of("objects", "events")
			.forEach((array) -> log.path(array).forEach((each) -> each.path("relationships").forEach((relation) -> {
				if (!objects.contains(relation.path("objectId").textValue())
						|| relation.path("qualifier").asText().isEmpty()) {
					faults.add("relation to nothing " + relation);
				}
			})));
		if (objects.isEmpty() || events.isEmpty() || !related.containsAll(Set.of("case", "task"))) {
			faults.add("empty: " + related);
		}
		return faults;
	}

	private static Map<String, Map<String, String>> types(JsonNode declared, Set<String> faults) {
		Map<String, Map<String, String>> types = new HashMap<>();
		declared.forEach((type) -> {
			Map<String, String> attributes = new HashMap<>();
			type.path("attributes").forEach((each) -> {
				attributes.put(each.path("name").textValue(), each.path("type").textValue());
				if (!Set.of("string", "time", "integer", "float", "boolean").contains(each.path("type").asText())) {
					faults.add("type " + each);
				}
			});
			if (!type.path("attributes").isArray() || types.put(type.path("name").textValue(), attributes) != null) {
				faults.add("declared " + type);
			}
		});
		return types;
	}

	private static void typed(JsonNode each, Map<String, Map<String, String>> types, boolean timed,
			Set<String> faults) {
		Map<String, String> attributes = types.get(each.path("type").textValue());
		if (attributes == null) {
			faults.add("undeclared " + each.path("type"));
			return;
		}
		each.path("attributes").forEach((attribute) -> {
			String type = attributes.get(attribute.path("name").textValue());
			String value = attribute.path("value").textValue();
			boolean fits = type != null && value != null && switch (type) {
				case "integer" -> value.matches("-?[0-9]+");
				case "boolean" -> value.matches("true|false");
				case "time" -> Instant.parse(value) != null;
				default -> true;
			};
			if (!fits || timed && OffsetDateTime.parse(attribute.path("time").asText()) == null) {
				faults.add(each.path("type") + " " + attribute);
			}
		});
	}

	private static Set<String> strings(JsonNode node) {
		Set<String> strings = new HashSet<>();
		if (node.isTextual()) {
			strings.add(node.textValue());
		}
		node.forEach((each) -> strings.addAll(strings(each)));
		return strings;
	}

	private int reads(String number) {
		return (int) this.trail.chain(number).stream().filter((line) -> line.act().equals("caseRead")).count();
	}

	private static List<List<List<Cell>>> read(WebVisitor.Answer answer) throws IOException {
		List<List<List<Cell>>> sheets = new ArrayList<>();
		try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(answer.bytes()),
				new ReadingOptions(true, false))) {
			for (Sheet sheet : workbook.getSheets().toList()) {
				List<List<Cell>> rows = new ArrayList<>();
				for (Row row : sheet.read()) {
					rows.add(row.stream().filter((cell) -> cell != null && !cell.getText().isEmpty()).toList());
				}
				sheets.add(rows);
			}
		}
		return sheets;
	}

	private static List<List<String>> texts(List<List<Cell>> rows) {
		return rows.stream().map((row) -> row.stream().map(ExportsIT::text).toList()).toList();
	}

	/** A number as the page shows it. */
	private static String text(Cell cell) {
		return (cell.getType() == CellType.NUMBER && cell.getDataFormatString() != null
				&& cell.getDataFormatString().contains("€"))
						? "€ " + String.format(Locale.GERMANY, "%,.2f", cell.asNumber()) : cell.getText();
	}

	private static List<List<String>> texts(Element table) {
		List<List<String>> rows = new ArrayList<>();
		for (Element row : table.select("tr")) {
			rows.add(row.select("> th, > td")
				.stream()
				.map((cell) -> cell.text().replace('\u00a0', ' '))
				.filter((text) -> !text.isEmpty())
				.toList());
		}
		return rows;
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
