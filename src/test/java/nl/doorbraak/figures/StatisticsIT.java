package nl.doorbraak.figures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens in cases is counted as it happens, shown to who answers for it without
 * what tells of one household, and summed over municipalities only when somebody released
 * it.
 */
@WholeApplication
class StatisticsIT {

	/** Each figure once more, by a question of its own to the tables of the rooms. */
	private static final Map<String, String> PLAIN = plain();

	private final Town town;

	private final AgencyRequests requests;

	@Autowired
	StatisticsIT(Town town, AgencyRequests requests) {
		this.town = town;
		this.requests = requests;
	}

	@AfterEach
	void clear() {
		this.town.clear();
	}

	@Test
	void whatHappensIsCountedShownWithoutHouseholdsAndReleasedByName() throws IOException {
		this.town.nextYear();
		assertThat(this.town.database().sql("select doorbraak.count_all_cases()").query(Long.class).single())
			.isEqualTo(one("select count(*) from doorbraak.case_file"));
		Map<String, String> cases = happens();
		for (Map.Entry<String, String> figure : PLAIN.entrySet()) {
			assertThat(counted(figure.getKey())).as(figure.getKey()).isEqualTo(map(figure.getValue()));
		}
		long flagged = this.town.database()
			.sql("select distinct case_number from doorbraak.agency_request where answer = 'refused'")
			.query(String.class)
			.list()
			.stream()
			.mapToLong((number) -> this.requests.refusals(number).flagged().size())
			.sum();
		assertThat(flagged).isPositive();
		assertThat(counted("serial")).as("the flag as the pages show it")
			.isEqualTo(Map.of("serial", flagged, "single",
					one("""
							select count(*) from doorbraak.agency_request r where r.answer = 'refused' and r.withdrawn_at is null
							  and r.question_entry_id not in (select id from doorbraak.entry where compartment_id is not null)""")
							- flagged));
		assertThat(gathered()).isEqualTo(facts());
		this.town.database()
			.sql("insert into doorbraak.figure_count select 'GM9003', 19991, 'funnel', 'local', null, 1 from generate_series(1, 500)")
			.update();
		assertThat(one("select doorbraak.gather_counts()")).isGreaterThanOrEqualTo(500);
		this.town.database().sql("delete from doorbraak.figure_count where quarter = 19991").update();
		assertThat(gathered()).as("put together").isEqualTo(facts());
		own(cases);
		needToKnow(cases);
		released(cases);
	}

	/** In one half-year: something for each figure. */
	private Map<String, String> happens() {
		Map<String, String> cases = new LinkedHashMap<>();
		Town.Visitor anna = this.town.as("anna");
		String refused = anna.report(Map.of("whatIsStuck", "Veel vragen."));
		cases.put("refused", refused);
		ask(refused, Map.of("agencies", List.of("UWV"), "question", "Wat kan?"));
		answer(refused, Map.of("answer", "refused", "decidedBy", "Teammanager", "grounds", "Geen recht.", "assessedAll",
				"no", "sufficient", "Meer.", "remedy", "none", "toldBy", "phone"));
		ask(refused, Map.of("agencies", List.of("UWV"), "question", "En nu?", "previous",
				one("select max(id) from doorbraak.agency_request where case_number = '" + refused + "'")));
		answer(refused, Map.of("answer", "refused", "decidedBy", "Teammanager", "grounds", "Geen recht.", "assessedAll",
				"no", "sufficient", "Meer.", "remedy", "none", "toldBy", "phone", "knownBefore", "yes"));
		ask(refused, Map.of("agencies", List.of("UWV"), "question", "En dit?"));
		answer(refused, Map.of("answer", "notCompetent", "referredTo", "SVB"));
		new Hurried(this.town, (field) -> "Zo is het.").play();
		String paused = anna.report(Map.of("whatIsStuck", "Wacht."));
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + paused + "/pauzeren", Map.of("reason", "residentAway"))
			.status()).isEqualTo(302);
		String climbs = anna.report(Map.of("whatIsStuck", "Hoger.", "threat", "eviction", "eventDate",
				this.town.today().plusDays(2).toString()));
		anna.fill(climbs, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 100,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		this.town.moveClock(Duration.ofHours(50));
		anna.post("/api/v1/cases/" + climbs + "/lead/acceptance", Map.of());
		anna.fill(climbs, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		cases.put("crisis", climbs);
		String region = anna.report(Map.of("whatIsStuck", "Naar de regio."));
		anna.fill(region, "make-plan",
				Map.of("desiredEffect", "Rust.", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		anna.fill(region, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		cases.put("region", region);
		cases.put("signing", new Hurried(this.town, (field) -> "x").proposed(6000, "no"));
		this.town.as("fatma").report(Map.of("whatIsStuck", "Elders."));
		cases.put("elsewhere", this.town.as("olaf").report(Map.of("whatIsStuck", "Elders.")));
		return cases;
	}

	private void ask(String number, Map<String, Object> question) {
		assertThat(this.town.as("anna").post("/api/v1/cases/" + number + "/agency-requests", question).status())
			.isEqualTo(200);
		this.town.workDue();
	}

	private void answer(String number, Map<String, Object> answer) {
		this.town.as("ulla").fill(number, "answer-request", answer);
	}

	/** On a large and a small screen, and as a spreadsheet. */
	private void own(Map<String, String> cases) throws IOException {
		String year = "/cijfers?jaar=" + this.town.today().getYear();
		Document page = Jsoup.parse(WebVisitor.login(this.town, "mila").get(year).body());
		long local = one("select count(*) from doorbraak.figure_fact where figure = 'funnel' and category = 'local' "
				+ "and municipality_id = 'GM9001' and quarter / 10 = " + this.town.today().getYear());
		assertThat(local).isGreaterThanOrEqualTo(5);
		assertThat(rows(page, "niveaus").get("Regionaal")).as("one of them").isEqualTo("niet getoond");
		assertThat(rows(page, "niveaus").get("Lokaal")).as("hidden with it").isEqualTo("niet getoond");
		assertThat(page.text()).contains("Dat is te weinig voor een trend.");
		assertThat(rows(page, "crisis")).containsEntry("Samen", "niet getoond");
		WebVisitor.Answer sheet = WebVisitor.login(this.town, "dirk").get(year + "&als=xlsx&tabel=1");
		assertThat(sheet.header("Content-Type")).contains("spreadsheetml.sheet");
		try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(sheet.bytes()))) {
			assertThat(book.getFirstSheet().read().stream().map((row) -> row.getCellText(0) + " " + row.getCellText(1)))
				.contains("Lokaal niet getoond", "Departementale doorbraak 0");
		}
		try (Screens screens = Screens.open()) {
			Screen mila = screens.screen(this.town.address(), "mila");
			mila.page().locator("a[href='/cijfers']").first().click();
			mila.page().waitForURL("**/cijfers");
			mila.open(year);
			assertThat(mila.barriers(1280)).isEmpty();
			mila.picture("statistics");
			assertThat(mila.barriers(390)).isEmpty();
			mila.picture("statistics-390");
			assertThat(mila.faults()).isEmpty();
		}
	}

	private void needToKnow(Map<String, String> cases) {
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		int year = this.town.today().getYear();
		String behind = "/cijfers/niveaus?gemeente=GM9001&jaar=" + year + "&groep=";
		String list = mila.get(behind + "local").body();
		assertThat(list).as("waits for her").contains(cases.get("signing"));
		assertThat(list).doesNotContain(cases.get("refused"), cases.get("elsewhere"));
		assertThat(list).doesNotContain("?</strong>:", "?</strong>.");
		assertThat(list).as("how many others would tell the hidden number").contains("Er kunnen meer casussen zijn");
		assertThat(mila.get("/cijfers/afwijzingen?jaar=" + year).body()).as("not what was answered, to who signs")
			.doesNotContain(cases.get("refused"), cases.get("signing"));
		String audited = WebVisitor.login(this.town, "joris").get(behind + "local").body();
		assertThat(audited).contains("/controle/" + cases.get("refused")).doesNotContain(cases.get("elsewhere"));
		assertThat(WebVisitor.login(this.town, "hein").get("/cijfers?jaar=" + year).body()).contains("Lindeveld")
			.doesNotContain("Waterdam,");
		for (String foreign : List.of("/cijfers?gemeente=GM9002", "/cijfers/niveaus?gemeente=GM9002",
				"/cijfers/niveaus?gemeente=NIKS", "/cijfers/niets", behind + "niets")) {
			assertThat(mila.get(foreign).status()).as(foreign).isEqualTo(404);
		}
		assertThat(mila.get("/cijfers?jaar=1").status()).isEqualTo(400);
		assertThat(WebVisitor.login(this.town, "paul").get("/cijfers?gemeente=GM9001").status()).isEqualTo(404);
	}

	private void released(Map<String, String> cases) {
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		LocalDate day = this.town.today();
		String half = day.getYear() + "-" + ((day.getMonthValue() < 7) ? 1 : 2);
		Map<String, String> act = Map.of("organisatie", "RG01", "halfjaar", half);
		assertThat(paul.form("/cijfers/vrijgeven", act).status()).as("not before it is over").isEqualTo(400);
		this.town.clear();
		moveTo(nextHalf());
		assertThat(paul.get("/cijfers").body()).contains("Geef deze cijfers vrij").doesNotContain("Op welk");
		assertThat(paul.form("/cijfers/vrijgeven", Map.of("organisatie", "RG03", "halfjaar", half)).status())
			.isEqualTo(404);
		WebVisitor.Answer made = paul.form("/cijfers/vrijgeven", act);
		assertThat(made.status()).as(made.body()).isEqualTo(302);
		assertThat(paul.form("/cijfers/vrijgeven", act).status()).as("once").isEqualTo(409);
		String path = made.header("Location").replaceFirst("^https?://[^/]+", "");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String before = mila.get(path).body();
		Document page = Jsoup.parse(before);
		assertThat(page.text()).contains("Vrijgegeven door Paul Meijer, Procesregisseur", "tellen 3 gemeenten mee");
		assertThat(rows(page, "niveaus").get("Samen")).isEqualTo(String.valueOf(one(
				"select count(*) from doorbraak.figure_fact f join doorbraak.organisation o on o.id = f.municipality_id "
						+ "where figure = 'funnel' and o.region_id = 'RG01' and quarter in (" + quarters(half) + ")")));
		assertThat(rows(page, "reeksen")).as("of one municipality").containsEntry("Samen", "niet getoond");
		this.town.database()
			.sql("delete from doorbraak.figure_fact where case_number = ?")
			.param(cases.get("elsewhere"))
			.update();
		assertThat(Jsoup.parse(mila.get(path).body()).select("table").text()).as("stays as it was")
			.isEqualTo(page.select("table").text());
		assertThat(WebVisitor.login(this.town, "ruben").get(path).status()).as("another region").isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "amira").get(path).status()).isEqualTo(200);
		String seen = paul.get("/cijfers/niveaus?vrijgave=" + path.replaceAll("\\D", "")).body();
		assertThat(seen).doesNotContain(cases.get("refused"), cases.get("elsewhere"));
		assertThat(this.town.database()
			.sql("select actor || ' ' || facts from doorbraak.audit_line where chain = 'statistics' order by number desc limit 1")
			.query(String.class)
			.single())
			.isEqualTo("paul {\"function\":\"processDirector\",\"organisation\":\"RG01\",\"period\":\"" + half + "\"}");
	}

	private static String quarters(String half) {
		int first = Integer.parseInt(half.substring(0, 4)) * 10 + (half.endsWith("1") ? 1 : 3);
		return first + ", " + (first + 1);
	}

	/** The table under a heading: what is in its first two columns. */
	private static Map<String, String> rows(Document page, String heading) {
		Map<String, String> rows = new HashMap<>();
		Element section = page.selectFirst("section[aria-labelledby=" + heading + "]");
		section.select("table").first().select("tbody tr").forEach((row) -> {
			List<Element> cells = new ArrayList<>(row.children());
			rows.put(cells.get(0).text(), cells.get(1).text());
		});
		return rows;
	}

	private Map<String, Long> counted(String figure) {
		return map("select category, count(*) from doorbraak.figure_fact where figure = '" + figure + "' group by 1");
	}

	private Map<String, Long> facts() {
		return map("select concat_ws(' ', municipality_id, quarter, figure, category, amount), count(*) "
				+ "from doorbraak.figure_fact where figure <> 'ageing' group by 1");
	}

	private Map<String, Long> gathered() {
		return map("select concat_ws(' ', municipality_id, quarter, figure, category, amount), sum(n) "
				+ "from doorbraak.figure_count group by 1 having sum(n) <> 0");
	}

	private Map<String, Long> map(String sql) {
		Map<String, Long> map = new TreeMap<>();
		this.town.database().sql(sql).query((row) -> {
			map.put(row.getString(1), row.getLong(2));
		});
		return map;
	}

	private long one(String sql) {
		return this.town.database().sql(sql).query(Long.class).single();
	}

	private void moveTo(LocalDate day) {
		this.town.moveClock(
				Duration.between(this.town.clock().instant(), day.atTime(9, 0).atZone(DutchTime.ZONE).toInstant()));
	}

	private LocalDate nextHalf() {
		LocalDate today = this.town.today();
		return (today.getMonthValue() < 7) ? LocalDate.of(today.getYear(), Month.JULY, 1)
				: LocalDate.of(today.getYear() + 1, Month.JANUARY, 1);
	}

	private static Map<String, String> plain() {
		Map<String, String> plain = new LinkedHashMap<>();
		plain.put("funnel",
				"""
						select case when bool_or(rung = 'ministry') then 'ministry' when bool_or(rung = 'national') then 'national'
						  when bool_or(rung = 'regional') then 'regional' else 'local' end as highest, 1 as n
						from doorbraak.case_rung group by case_id""");
		plain.put("ageing", """
				select r.rung, 1 from doorbraak.case_file c join doorbraak.case_rung r on r.case_id = c.id
				where c.state = 'open' and r.closed_at is null""");
		plain.put("rungTime", "select rung, 1 from doorbraak.case_rung where closed_at is not null");
		plain.put("crisis",
				"""
						select case when c.event_date is null then 'none'
						  when (r.decided_at at time zone 'Europe/Amsterdam')::date < c.event_date then 'before' else 'after' end, 1
						from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where r.decision = 'brokenThrough'""");
		plain.put("leadTime",
				"""
						select case when days <= 2 then 'd2' when days <= 7 then 'd7' when days <= 14 then 'd14' when days <= 30 then 'd30' else 'more' end, 1
						from (select floor(extract(epoch from min(l.asked_at) - min(c.reported_at)) / 86400) as days
						      from doorbraak.lead l join doorbraak.case_file c on c.number = l.case_number
						      where l.person is not null and l.answered_at is not null and l.state not in ('refused', 'asked', 'provisional')
						      group by l.case_number) x""");
		plain.put("referral", "select from_body, 1 from doorbraak.referral");
		plain.put("mandate",
				"""
						select case p.state when 'refused' then 'notAgreed' else 'noMandate' end
						  || case when (select max(id) from doorbraak.proposal o where o.case_number = p.case_number and o.state = 'signed') > p.id
						     then 'Healed' else '' end, 1
						from doorbraak.proposal p where p.state in ('refused', 'nobody')""");
		plain.put("ratified",
				"select coalesce(outcome, 'open'), 1 from doorbraak.follow_up where kind = 'ratification'");
		plain.put("firstAttempt",
				"""
						select case when (array_agg(state order by id))[1] = 'signed' then 'first' when bool_or(state = 'signed') then 'later' else 'never' end, 1
						from doorbraak.proposal p where (select state from doorbraak.proposal o where o.case_number = p.case_number order by id limit 1) <> 'open'
						group by case_number""");
		plain.put("survey",
				"""
						select 'q' || n, 1 from doorbraak.survey, generate_series(1, 6) n where answered_at is not null and scores[n] is not null""");
		plain.replaceAll((figure, sql) -> "select c, count(*) from (" + sql + ") as y (c, n) group by c");
		return plain;
	}

}
