package nl.doorbraak.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The auditor's search in one municipality that has the cases of the whole country, each
 * with the lines of a case that went through the ladder: {@code docs/operations.md} says
 * how to run it.
 */
@Tag("bench")
@WholeApplication
class SearchBenchIT {

	private static final int CASES = Integer.getInteger("bench.searched", 100_000);

	private static final int EACH = 40;

	private static final Duration MOST = Duration.ofMillis(300);

	private final Town town;

	private final Random random = new Random(1);

	@Autowired
	SearchBenchIT(Town town) {
		this.town = town;
	}

	@Test
	void pageOfASearchTakesNoLongerAmongTheCasesOfACountry() {
		long lines = load(walked());
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		Map<String, List<Duration>> took = new LinkedHashMap<>();
		List<Duration> all = new ArrayList<>();
		for (int i = 0; i < EACH; i++) {
			for (Map.Entry<String, String> search : searches().entrySet()) {
				long before = System.nanoTime();
				WebVisitor.Answer page = joris.get("/controle/zoeken?" + search.getValue());
				Duration time = Duration.ofNanos(System.nanoTime() - before);
				assertThat(page.status()).isEqualTo(200);
				assertThat(page.body()).as(search.getKey()).doesNotContain("Er is niets gevonden.");
				if (i > 0) {
					took.computeIfAbsent(search.getKey(), (key) -> new ArrayList<>()).add(time);
					all.add(time);
				}
			}
		}
		System.out.println("search of " + lines + " lines of " + CASES + " cases, page over HTTP:");
		took.forEach((name, times) -> System.out
			.println("  " + name + ": p50 " + at(times, 50) + " ms, p95 " + at(times, 95) + " ms"));
		System.out.println("  all: p50 " + at(all, 50) + " ms, p95 " + at(all, 95) + " ms, n = " + all.size());
		assertThat(at(all, 95)).isLessThan(MOST.toMillis());
	}

	private static long at(List<Duration> times, int percent) {
		return times.stream().sorted().toList().get(times.size() * percent / 100).toMillis();
	}

	private Map<String, String> searches() {
		int days = (int) (CASES * 47L / 86_400);
		String from = this.town.today().minusDays(this.random.nextInt(Math.max(1, days))).minusDays(1).toString();
		Map<String, String> searches = new LinkedHashMap<>();
		searches.put("newest", "");
		searches.put("decisions", "wat=decisions");
		searches.put("reads until a day", "wat=reads&tot=" + from);
		searches.put("one person of many", "wie=tester7");
		searches.put("a person with much", "wie=anna&wat=ladder");
		searches.put("a clock's acts of a subject", "wie=doorbraak+zelf&wat=ladder");
		searches.put("mandate", "mandaat=GM9001-02");
		searches.put("case", "casus=DB-2099-%06d".formatted(this.random.nextInt(CASES) + 1));
		return searches;
	}

	private String walked() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 6000,
				"perspectiveShared", "yes", "deviates", "no", "reservation", "none"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		for (int i = 0; i < 5; i++) {
			WebVisitor.login(this.town, "anna").get("/casus/" + number);
		}
		this.town.workDue();
		return number;
	}

	/** The case file's row and the lines: what a search reads. */
	private long load(String number) {
		this.town.database()
			.sql("insert into doorbraak.officer (login, name, source) select 'tester' || k, 'Tester ' || k, 'demo' from generate_series(1, 50) k")
			.update();
		String columns = String.join(", ", this.town.database().sql("""
				select column_name from information_schema.columns where table_schema = 'doorbraak'
				and table_name = 'case_file' and column_name not in ('id', 'number')""").query(String.class).list());
		this.town.database()
			.sql("insert into doorbraak.case_file (number, " + columns
					+ ") select 'DB-2099-' || lpad(k::text, 6, '0'), " + columns
					+ " from doorbraak.case_file, generate_series(1, :cases) k where number = :number")
			.param("cases", CASES)
			.param("number", number)
			.update();
		int lines = this.town.database()
			.sql("""
					insert into doorbraak.audit_line (chain, number, at, actor, act, facts, previous_hash, hash, organisation)
					select 'DB-2099-' || lpad(k::text, 6, '0'), l.number, l.at - k * interval '47 seconds',
					  case when l.actor = 'mila' then 'tester' || k % 50 + 1 else l.actor end, l.act, l.facts, l.previous_hash,
					  l.hash, l.organisation
					from doorbraak.audit_line l, generate_series(1, :cases) k where l.chain = :number""")
			.param("cases", CASES)
			.param("number", number)
			.update();
		this.town.database().sql("analyze doorbraak.audit_line").update();
		this.town.database().sql("analyze doorbraak.case_file").update();
		return lines;
	}

}
