package nl.doorbraak.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of one municipality that has the cases of the whole country, in one year:
 * {@code docs/operations.md} says how to run it.
 */
@Tag("bench")
@WholeApplication
class FiguresBenchIT {

	private static final int CASES = Integer.getInteger("bench.counted", 100_000);

	private static final int EACH = 40;

	private static final Duration MOST = Duration.ofMillis(500);

	private final Town town;

	@Autowired
	FiguresBenchIT(Town town) {
		this.town = town;
	}

	@Test
	void figuresOverTheCasesOfACountryAppearWithinHalfASecond() {
		int facts = load();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		int year = this.town.today().getYear();
		picture("/cijfers?jaar=" + year);
		Map<String, List<Duration>> took = new LinkedHashMap<>();
		for (int i = 0; i < EACH; i++) {
			measure(took, "a year", mila, "/cijfers?jaar=" + year);
			measure(took, "a quarter", mila, "/cijfers?kwartaal=" + (i % 4 + 1) + "&jaar=" + year);
			measure(took, "cases behind, on few of them", mila, "/cijfers/niveaus?groep=local&jaar=" + year);
			if (i % 4 == 0) {
				measure(took, "cases behind, all of them", joris, "/cijfers/niveaus?groep=local&jaar=" + year);
			}
		}
		System.out.println("figures over " + CASES + " cases, " + facts + " facts, page over HTTP:");
		took.forEach((name, times) -> System.out.println(
				"  " + name + ": p50 " + at(times, 50) + " ms, p95 " + at(times, 95) + " ms, n = " + times.size()));
		assertThat(at(took.get("a year"), 95)).isLessThan(MOST.toMillis());
		assertThat(at(took.get("a quarter"), 95)).isLessThan(MOST.toMillis());
	}

	/** With so many that each figure has something to draw. */
	private void picture(String path) {
		try (Screens screens = Screens.open()) {
			for (int width : new int[] { 1280, 390 }) {
				Screen mila = screens.screen(this.town.address(), width);
				mila.logIn("mila");
				mila.open(path);
				mila.page().locator("figure.counts svg").last().waitFor();
				mila.assertReadable();
				mila.picture("figures-many-" + width);
			}
		}
	}

	private static void measure(Map<String, List<Duration>> took, String what, WebVisitor who, String path) {
		long before = System.nanoTime();
		WebVisitor.Answer page = who.get(path);
		Duration time = Duration.ofNanos(System.nanoTime() - before);
		assertThat(page.status()).as(page.body()).isEqualTo(200);
		took.computeIfAbsent(what, (key) -> new ArrayList<>()).add(time);
	}

	private static long at(List<Duration> times, int percent) {
		return times.stream().sorted().toList().get(times.size() * percent / 100).toMillis();
	}

	/** Cases over a year, each with what a case of some length leaves in the figures. */
	private int load() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Een van velen."));
		String columns = String.join(", ", this.town.database().sql("""
				select column_name from information_schema.columns where table_schema = 'doorbraak'
				and table_name = 'case_file' and column_name not in ('id', 'number')""").query(String.class).list());
		this.town.database()
			.sql("insert into doorbraak.case_file (number, " + columns
					+ ") select 'DB-2098-' || lpad(k::text, 6, '0'), " + columns
					+ " from doorbraak.case_file, generate_series(1, :cases) k where number = :number")
			.param("cases", CASES)
			.param("number", number)
			.update();
		int facts = this.town.database()
			.sql("""
					insert into doorbraak.figure_fact (case_number, figure, category, source, municipality_id, on_day, amount, due_at)
					select 'DB-2098-' || lpad(k::text, 6, '0'), f.figure, f.categories[1 + (k * 7 + f.nth) % cardinality(f.categories)], f.nth,
					  'GM9001', make_date(cast(:year as int), 1, 1) + (k * 13 + f.nth * 5) % 365,
					  case f.unit when 'days' then (k * 31) % 200 when 'hours' then (k * 17) % 300 when 'score' then 1 + k % 5 end,
					  case when f.figure = 'ageing' then doorbraak.current_instant() + (k % 60 - 30) * interval '1 day' end
					from generate_series(1, :cases) k cross join (values
					  (1, 1, 'funnel', '{local,local,regional,regional,national,ministry}'::text[], ''),
					  (2, 4, 'ageing', '{local,regional}', ''), (3, 1, 'leadTime', '{d2,d7,d14,d30,more}', 'days'),
					  (4, 1, 'rungTime', '{local}', 'days'), (5, 2, 'rungTime', '{regional,national,ministry}', 'days'),
					  (6, 2, 'crisis', '{none,before,after}', ''), (7, 4, 'crisisHours', '{h24,h48,h168,more}', 'hours'),
					  (8, 3, 'refusal', '{noList,specialAssistance/1,specialAssistance/2,debtHelp/1,debtHelp/2,socialSupport/3}', ''),
					  (9, 3, 'serial', '{serial,single}', ''), (10, 4, 'referral', '{UWV,SVB,BD,LMM,GM9001}', ''),
					  (11, 4, 'mandate', '{notAgreed,notAgreedHealed,noMandate,noMandateHealed}', ''),
					  (12, 9, 'ratified', '{ratified,notRatified,open}', ''), (13, 20, 'skipped', '{regional,national}', ''),
					  (14, 2, 'firstAttempt', '{first,later,later,never,never,never}', ''),
					  (15, 3, 'survey', '{q1}', 'score'), (16, 3, 'survey', '{q2}', 'score'), (17, 3, 'survey', '{q3}', 'score'),
					  (18, 3, 'survey', '{q4}', 'score'), (19, 3, 'survey', '{q5}', 'score'), (20, 3, 'survey', '{q6}', 'score'))
					  as f (nth, every, figure, categories, unit) where k % f.every = 0""")
			.param("year", this.town.today().getYear())
			.param("cases", CASES)
			.update();
		this.town.database().sql("select doorbraak.gather_counts()").query(Long.class).single();
		this.town.database().sql("vacuum analyze doorbraak.figure_fact").update();
		this.town.database().sql("analyze doorbraak.case_file").update();
		return facts;
	}

}
