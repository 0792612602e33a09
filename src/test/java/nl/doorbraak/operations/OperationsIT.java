package nl.doorbraak.operations;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.Locator;
import nl.doorbraak.alert.AlertJournal;
import nl.doorbraak.alert.Carrier;
import nl.doorbraak.support.Nodes;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.util.ReflectionTestUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands still is seen by machines and by the administrator of the municipality, and
 * tried again with one button.
 */
@WholeApplication
class OperationsIT {

	private final Town town;

	private final Post post;

	private final Watchdog watchdog;

	private final ManagementService engine;

	private final RuntimeService processes;

	private final Environment settings;

	private final AlertJournal journal;

	private final Nodes nodes;

	private final HttpClient http = HttpClient.newHttpClient();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent line) {
			line.prepareForDeferredProcessing();
			super.append(line);
		}

	};

	@Autowired
	OperationsIT(Town town, Post post, Watchdog watchdog, ManagementService engine, RuntimeService processes,
			Environment settings, AlertJournal journal, Nodes nodes) {
		this.nodes = nodes;
		this.journal = journal;
		this.town = town;
		this.post = post;
		this.watchdog = watchdog;
		this.engine = engine;
		this.processes = processes;
		this.settings = settings;
	}

	@BeforeEach
	void allIsWell() {
		this.town.closeAll();
		this.town.database()
			.sql("update doorbraak.alert set state = 'cancelled' where state in ('waiting', 'undeliverable')")
			.update();
		this.watchdog.round();
		this.log.start();
		((Logger) LoggerFactory.getLogger("nl.doorbraak.alert.AlertWorker")).addAppender(this.log);
	}

	@AfterEach
	void mend() {
		((Logger) LoggerFactory.getLogger("nl.doorbraak.alert.AlertWorker")).detachAppender(this.log);
		this.post.byMailbox();
		this.town.clear();
	}

	@Test
	void whatStandsStillIsSeenAndTriedAgain() throws Exception {
		this.post.by((letter) -> new Carrier.Answer(
				letter.to().startsWith("anna@") ? Carrier.Result.REFUSED : Carrier.Result.ACCEPTED,
				letter.to().startsWith("anna@") ? "550" : "250"));
		Logger inside = (Logger) LoggerFactory.getLogger("org.camunda.bpm.engine");
		inside.setAdditive(false);
		inside.setLevel(Level.DEBUG);
		inside.addAppender(this.log);
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		inside.detachAppender(this.log);
		inside.setLevel(null);
		inside.setAdditive(true);
		assertThat(List.copyOf(this.log.list).stream().map((line) -> line.getMDCPropertyMap().get("case.number")))
			.as("the log says of which case a step of the engine is")
			.contains(number);
		String elsewhere = this.town.as("olaf").report(Map.of("whatIsStuck", "Iedereen helpt."));
		giveUp(number);
		giveUp(elsewhere);
		this.town.workDue();
		this.town.pass(Duration.ofSeconds(1));
		this.watchdog.round();
		assertThat(this.log.list).as("the log says of which case a message is")
			.anySatisfy((line) -> assertThat(line.getFormattedMessage() + line.getMDCPropertyMap().get("case.number"))
				.contains("is undeliverable: 550", number));

		this.town.moveClock(Duration.ofSeconds(11));
		String figures = scrape();
		assertThat(value(figures, "doorbraak_incidents")).isGreaterThanOrEqualTo(2);
		assertThat(value(figures, "doorbraak_undelivered")).isPositive();
		assertThat(value(figures, "doorbraak_overdue{kind=\"incident\"}")).isGreaterThanOrEqualTo(2);
		assertThat(value(figures, "doorbraak_cases_open{rung=\"local\"}")).isGreaterThanOrEqualTo(2);
		assertThat(value(figures, "doorbraak_cases_without_lead")).isGreaterThanOrEqualTo(2);
		assertThat(value(figures, "doorbraak_database_answers")).isEqualTo(1);
		assertThat(figures).doesNotContainPattern("DB-[0-9]{4}-").doesNotContain("anna", "olaf", "GM9001", "Waterdam");
		namesAreThoseOfTheFiles(figures);
		assertThat(figures).containsPattern("alert_send_seconds_count\\{[^}]*channel=\"mail\"[^}]*outcome=\"refused\"")
			.containsPattern("engine_job_seconds_count[^ ]* [1-9]");

		onThePage(number, elsewhere);
		assertThat(this.processes.createIncidentQuery().count()).as("that of the other municipality").isEqualTo(1);
		this.post.byMailbox();
		this.town.workDue();
		this.town.pass(Duration.ofSeconds(1));
		assertThat(this.town.database()
			.sql("select distinct state from doorbraak.alert where case_number = ? and recipient_login = 'anna' and attempts > 0")
			.param(number)
			.query(String.class)
			.list()).containsExactly("sent");
		assertThat(this.town.database()
			.sql("select act || ' ' || actor from doorbraak.audit_line where chain = ? and act in ('jobTriedAgain', 'alertSentAgain')")
			.param(number)
			.query(String.class)
			.list()).contains("jobTriedAgain femke", "alertSentAgain femke");
		String id = incident();
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		assertThat(femke.form("/gezondheid/stappen/" + id + "/opnieuw", Map.of("x", "")).status())
			.as("of another municipality")
			.isEqualTo(404);
		assertThat(femke.get("/gezondheid?taal=en").body()).contains("There is no step that is tried no more.")
			.doesNotContain(elsewhere);
		assertThat(WebVisitor.login(this.town, "mila").get("/gezondheid").status()).isEqualTo(403);
	}

	private void onThePage(String number, String elsewhere) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), 1280)) {
			screen.logIn("femke");
			screen.link("Gezondheid").click();
			Locator main = screen.page().locator("main");
			assertThat(main).containsText("Er staat 1 stap stil");
			assertThat(main).containsText("de mailserver antwoordde met code 550");
			assertThat(main).containsText("stap die niet meer wordt geprobeerd");
			assertThat(main).not().containsText(elsewhere);
			assertThat(main).not().containsText("Geen potje");
			screen.assertReadable();
			screen.picture("health-1280");
			Locator step = main.locator("tr", new Locator.LocatorOptions().setHasText(number))
				.filter(new Locator.FilterOptions().setHasText("Probeer opnieuw"));
			step.locator("button").click();
			screen.page().waitForURL("**/gezondheid?opnieuw=stap");
			assertThat(main.locator("[role=status]")).containsText("binnen een minuut nog een keer geprobeerd");
			assertThat(main).containsText("Er is geen stap die niet meer wordt geprobeerd.");
			int left = main.locator("button", new Locator.LocatorOptions().setHasText("Stuur opnieuw")).count();
			for (int i = 0; i < left; i++) {
				main.locator("tr", new Locator.LocatorOptions().setHasText("code 550"))
					.locator("button")
					.first()
					.click();
				screen.page().waitForURL("**/gezondheid?opnieuw=bericht");
				if (main.locator("tr", new Locator.LocatorOptions().setHasText("code 550")).count() == 0) {
					break;
				}
			}
			screen.page().setViewportSize(390, 800);
			screen.assertReadable();
			screen.picture("health-390");
		}
	}

	/** What the demo put forward is no clock that is off. */
	@Test
	void administratorsHearOnceThatAClockIsOff() {
		this.town.moveClock(Duration.ofDays(1));
		this.nodes.beat();
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.node where name = ? and clock_off_since is null")
			.param(this.nodes.name())
			.query(Integer.class)
			.single()).isEqualTo(1);
		long before = toldOfAClock();
		this.town.database()
			.sql("insert into doorbraak.node (name, beat, seen_at) values ('server-9', 1, doorbraak.current_instant())")
			.update();
		try {
			for (int episode = 1; episode <= 2; episode++) {
				otherClock("doorbraak.current_instant() - interval '2 minutes'");
				this.watchdog.round();
				otherClock("clock_off_since");
				this.watchdog.round();
				assertThat(toldOfAClock() - before).as("once in each episode").isEqualTo(episode);
				otherClock("null");
				assertThat(this.watchdog.round()).as("all is well again").isTrue();
			}
		}
		finally {
			this.town.database().sql("delete from doorbraak.node where name = 'server-9'").update();
		}
	}

	private void otherClock(String offSince) {
		this.town.database()
			.sql("update doorbraak.node set seen_at = doorbraak.current_instant(), clock_off_since = " + offSince
					+ " where name = 'server-9'")
			.update();
	}

	private long toldOfAClock() {
		return this.town.database()
			.sql("select count(*) from doorbraak.alert where kind = 'clockOff' and recipient_login = 'femke'")
			.query(Long.class)
			.single();
	}

	@Test
	void machinesInsideHearWhetherTheNodeIsReadyAndNothingElse() throws Exception {
		assertThat(inside("/actuator/health/liveness").body()).contains("\"status\":\"UP\"");
		HttpResponse<String> ready = inside("/actuator/health/readiness");
		assertThat(ready.statusCode()).isEqualTo(200);
		assertThat(ready.body()).contains("database", "journal", "readinessState").doesNotContain("details");
		Path journal = (Path) ReflectionTestUtils.getField(this.journal, "path");
		Path away = journal.resolveSibling(journal.getFileName() + ".away");
		Files.move(journal, away);
		try {
			assertThat(inside("/actuator/health/readiness").statusCode()).isEqualTo(503);
			assertThat(inside("/actuator/health/liveness").statusCode()).isEqualTo(200);
		}
		finally {
			Files.move(away, journal);
		}
		assertThat(inside("/actuator/health/readiness").statusCode()).isEqualTo(200);
		for (String path : List.of("", "/env", "/heapdump", "/threaddump", "/loggers", "/metrics", "/beans",
				"/configprops", "/mappings", "/sbom", "/scheduledtasks")) {
			assertThat(inside("/actuator" + path).statusCode()).as(path).isIn(401, 404);
		}
		assertThat(this.http
			.send(HttpRequest.newBuilder(address("/actuator/health")).POST(HttpRequest.BodyPublishers.noBody()).build(),
					BodyHandlers.discarding())
			.statusCode()).isIn(401, 403, 404, 405);
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		for (String path : List.of("/actuator", "/actuator/health", "/actuator/prometheus")) {
			assertThat(femke.get(path).status()).as(path + " on our own port").isEqualTo(404);
		}
	}

	/** The dashboard, the rules and the page name what there is, and all of it. */
	private void namesAreThoseOfTheFiles(String figures) throws IOException {
		Set<String> there = new TreeSet<>();
		figures.lines()
			.filter((line) -> !line.startsWith("#"))
			.forEach((line) -> there.add(line.replaceFirst("[{ ].*", "")));
		Set<String> named = new TreeSet<>(MetricNames.inTheDashboard());
		named.addAll(MetricNames.inTheRules());
		assertThat(there).containsAll(named);
		Set<String> ours = new TreeSet<>(there);
		ours.removeIf((name) -> !name.startsWith("doorbraak_"));
		assertThat(named).containsAll(ours);
		assertThat(MetricNames.onThePage()).isEqualTo(ours);
	}

	private void giveUp(String number) {
		String instance = this.processes.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.list()
			.stream()
			.map((each) -> each.getId())
			.filter((each) -> this.engine.createJobQuery().processInstanceId(each).timers().count() > 0)
			.findFirst()
			.orElseThrow();
		this.engine
			.setJobRetries(this.engine.createJobQuery().processInstanceId(instance).timers().list().get(0).getId(), 0);
	}

	private String incident() {
		return this.processes.createIncidentQuery().list().get(0).getId();
	}

	private static double value(String figures, String name) {
		return figures.lines()
			.filter((line) -> line.startsWith(name + " "))
			.map((line) -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError(name + " is not in\n" + figures));
	}

	private String scrape() throws Exception {
		HttpResponse<String> answer = inside("/actuator/prometheus");
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	private HttpResponse<String> inside(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
	}

	private URI address(String path) {
		return URI.create("http://127.0.0.1:" + this.settings.getRequiredProperty("local.management.port") + path);
	}

}
