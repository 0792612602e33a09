package nl.doorbraak.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.learning.CaseDiscussions;
import nl.doorbraak.learning.Example.Texts;
import nl.doorbraak.learning.Examples;
import nl.doorbraak.learning.LearningPoints;
import nl.doorbraak.learning.Obstacles;
import nl.doorbraak.learning.Patterns;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo's people learnt from their cases, written down once these are there. */
@Component
@Profile("demo")
@ConditionalOnProperty("doorbraak.demo.script")
@Order(110)
class DemoLearning implements ApplicationRunner {

	private static final Logger LOG = LoggerFactory.getLogger(DemoLearning.class);

	private final JdbcClient db;

	private final Obstacles obstacles;

	private final Patterns patterns;

	private final LearningPoints points;

	private final Examples examples;

	private final CaseDiscussions discussions;

	private final CaseFiles files;

	private final Clock clock;

	DemoLearning(JdbcClient db, Obstacles obstacles, Patterns patterns, LearningPoints points, Examples examples,
			CaseDiscussions discussions, CaseFiles files, Clock clock) {
		this.db = db;
		this.obstacles = obstacles;
		this.patterns = patterns;
		this.points = points;
		this.examples = examples;
		this.discussions = discussions;
		this.files = files;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Map<String, Object> told = load();
		DemoScript.<List<Map<String, Object>>>get(told, "obstacles")
			.forEach((each) -> attempt("an obstacle", () -> share(each)));
		attempt("a pattern", () -> follow(DemoScript.get(told, "pattern")));
		DemoScript.<List<Map<String, Object>>>get(told, "examples")
			.forEach((each) -> attempt("an example", () -> write(each)));
		attempt("a discussion", () -> discuss(DemoScript.get(told, "discussion")));
	}

	private static Map<String, Object> load() {
		try (InputStream text = new ClassPathResource("demo/learning.yaml").getInputStream()) {
			return new Yaml().load(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void attempt(String what, Runnable act) {
		try {
			act.run();
		}
		catch (Refused | NoSuchElementException ex) {
			LOG.warn("The demo could not tell {}: {}", what, ex.getMessage());
		}
	}

	private void share(Map<String, Object> told) {
		long id = 0;
		for (Map.Entry<String, String> each : DemoScript.<Map<String, String>>get(told, "cases").entrySet()) {
			String number = number(each.getKey());
			if (id == 0) {
				String wording = DemoScript.get(told, "wording");
				this.obstacles.shareNew(each.getValue(), number, DemoScript.get(told, "kind"), wording,
						DemoScript.<Integer>get(told, "order"));
				id = this.obstacles.of(this.files.get(number)).get(0).id();
			}
			else {
				this.obstacles.share(each.getValue(), number, id);
			}
		}
	}

	private void follow(Map<String, Object> told) {
		String owner = DemoScript.get(told, "owner");
		long id = this.patterns.list(owner)
			.stream()
			.filter((line) -> line.obstacle().isPattern())
			.findFirst()
			.orElseThrow()
			.obstacle()
			.id();
		this.patterns.own(DemoScript.get(told, "appointedBy"), id, owner, DemoScript.<Integer>get(told, "order"));
		this.points.send(owner, id, DemoScript.get(told, "to"), DemoScript.get(told, "sentence"));
		this.points.answer(DemoScript.get(told, "answeredBy"), this.points.of(id).get(0).id(),
				DemoScript.get(told, "answer"), null, "");
	}

	private void write(Map<String, Object> told) {
		String number = number(DemoScript.get(told, "case"));
		Texts texts = new Texts(DemoScript.get(told, "article"), DemoScript.get(told, "situation"),
				DemoScript.get(told, "knot"), DemoScript.get(told, "done"), DemoScript.get(told, "effect"),
				DemoScript.get(told, "reusable"), DemoScript.get(told, "story"), DemoScript.get(told, "questions"));
		long id = this.examples.propose(DemoScript.get(told, "by"), number, DemoScript.get(told, "power"),
				this.files.get(number).lifeDomains(), DemoScript.get(told, "agencies"), texts);
		this.examples.release(DemoScript.get(told, "releasedBy"), id, 1, true);
	}

	private void discuss(Map<String, Object> told) {
		String planner = DemoScript.get(told, "plannedBy");
		LocalDate day = DutchTime.day(this.clock.instant()).plusDays(DemoScript.<Integer>get(told, "inDays"));
		while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
			day = day.plusDays(1);
		}
		UUID uid = this.discussions.plan(planner, day, LocalTime.of(10, 0), LocalTime.of(11, 30),
				DemoScript.get(told, "guests"));
		this.discussions.putIn(planner, uid, number(DemoScript.get(told, "case")), DemoScript.get(told, "situation"),
				DemoScript.get(told, "question"), DemoScript.get(told, "topics"),
				DemoScript.<Integer>get(told, "minutes"));
	}

	private String number(String stuck) {
		return this.db.sql("select number from doorbraak.case_file where what_is_stuck like :stuck || '%'")
			.param("stuck", stuck)
			.query(String.class)
			.optional()
			.orElseThrow(() -> new NoSuchElementException("no case begins with '" + stuck + "'"));
	}

}
