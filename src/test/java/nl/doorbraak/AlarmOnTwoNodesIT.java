package nl.doorbraak;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes on one PostgreSQL, with a real mail server: a killed node takes no alarm
 * with it.
 */
@Tag("faults")
class AlarmOnTwoNodesIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CASES = 100;

	private final Path folder = Path.of("target", "two-nodes", UUID.randomUUID().toString()).toAbsolutePath();

	private final MailServer mail = MailServer.started();

	private JavaProcess first;

	private JavaProcess second;

	@BeforeEach
	void startTwo() {
		this.first = JavaProcess.demo(this.folder, settings());
		this.first.port();
		this.second = JavaProcess.demo(this.folder, settings("--doorbraak.demo.join=true"));
		this.second.port();
	}

	/** The first owns the database, so it stops last. */
	@AfterEach
	void stopBoth() {
		this.second.close();
		this.first.close();
		this.mail.down();
	}

	@Test
	void nodeKilledAmongTheAlarmsOfAHundredCasesTakesNoneWithIt() {
		LocalDate event = today().plusDays(1);
		List<String> cases = report(CASES, event);
		moveTo(startOf(event).plusSeconds(1));
		Until.so(() -> "thirty mails", PATIENCE, () -> accepted() >= 30);
		this.second.kill();
		long killed = System.nanoTime();
		Until.so(() -> "every alarm told: " + crisis("waiting") + " waiting, " + crisis("sent") + " sent",
				Duration.ofSeconds(90),
				() -> alarmed(cases) == CASES && crisis("waiting") == 0 && crisis("sent") >= CASES);
		System.out
			.println("alarms of " + CASES + " cases told " + Duration.ofNanos(System.nanoTime() - killed).toSeconds()
					+ " s after the kill of one of two nodes: " + crisis("sent") + " mails");
		assertThat(db()
			.sql("""
					select chain from doorbraak.audit_line where act = 'leadMissing' and facts::jsonb ->> 'moment' = 'crisis'""")
			.query(String.class)
			.list()).as("one alarm for each case").containsExactlyInAnyOrderElementsOf(cases);
		List<String> sent = db().sql(
				"select message_id from doorbraak.alert where kind = 'leadMissing' and deadline_version like 'crisis %' order by 1")
			.query(String.class)
			.list();
		List<String> arrived = cases.stream()
			.flatMap((number) -> this.mail.about(number).stream())
			.map((mail) -> MailServer.read(mail::getMessageID))
			.filter(new HashSet<>(sent)::contains)
			.sorted()
			.toList();
		assertThat(new HashSet<>(arrived)).as("each arrived").hasSameElementsAs(sent);
		assertThat(arrived.size() - sent.size()).as("twice, under the same Message-ID, only what was on its way")
			.isLessThanOrEqualTo(1);
	}

	private String[] settings(String... more) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--doorbraak.demo.cases=false", "--doorbraak.demo.data-dir=postgres",
						"--spring.mail.host=127.0.0.1", "--spring.mail.port=" + this.mail.port()));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	/** Cases with an event, reported at either node in turn, and open. */
	private List<String> report(int cases, LocalDate event) {
		List<String> numbers = IntStream.range(0, cases).parallel().mapToObj((i) -> {
			ResponseEntity<JsonNode> answer = post((i % 2 == 0) ? this.first : this.second, "anna", "/api/v1/cases",
					Map.of("whatIsStuck", "Iedereen helpt, niemand heeft de regie.", "threat", "eviction", "eventDate",
							event.toString()));
			assertThat(answer.getStatusCode().value()).isEqualTo(201);
			return answer.getBody().path("number").asText();
		}).toList();
		Until.so(() -> "all open", PATIENCE,
				() -> db().sql("select count(*) from doorbraak.case_rung where closed_at is null")
					.query(Long.class)
					.single() == cases && jobs("duedate_ is null") == 0);
		return numbers;
	}

	private static ResponseEntity<JsonNode> post(JavaProcess node, String login, String path, Object body) {
		RestClient.RequestBodySpec request = RestClient.builder()
			.defaultHeaders((headers) -> headers.setBasicAuth(login, "doorbraak"))
			.build()
			.post()
			.uri("http://127.0.0.1:" + node.port() + path)
			.contentType(MediaType.APPLICATION_JSON);
		if (body != null) {
			request.body(body);
		}
		return request.retrieve().onStatus((status) -> true, (asked, answer) -> {
		}).toEntity(JsonNode.class);
	}

	private long alarmed(List<String> cases) {
		return db().sql("""
				select count(distinct chain) from doorbraak.audit_line
				where act = 'leadMissing' and facts::jsonb ->> 'moment' = 'crisis'""").query(Long.class).single();
	}

	private long crisis(String state) {
		return db().sql(
				"select count(*) from doorbraak.alert where kind = 'leadMissing' and deadline_version like 'crisis %' and state = ?")
			.param(state)
			.query(Long.class)
			.single();
	}

	private int accepted() {
		return this.mail.offered().size();
	}

	private Instant now() {
		return db().sql("select doorbraak.current_instant()")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private LocalDate today() {
		return DutchTime.day(now());
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private void moveTo(Instant moment) {
		db().sql("update doorbraak.clock_offset set ahead = ahead + (?::timestamptz - doorbraak.current_instant())")
			.param(moment.toString())
			.update();
	}

	private JdbcClient db() {
		return db("doorbraak_owner");
	}

	/** The engine's tables are the application's. */
	private long jobs(String which) {
		return db("doorbraak_app").sql("select count(*) from camunda.act_ru_job where " + which)
			.query(Long.class)
			.single();
	}

	private JdbcClient db(String role) {
		return JavaProcess.database(this.folder, role);
	}

}
