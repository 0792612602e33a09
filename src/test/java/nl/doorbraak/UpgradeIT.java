package nl.doorbraak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Production;
import nl.doorbraak.testing.Released;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar of the last release, built from its commit, beside this one on one database;
 * then this one is taken away again. The cases of both go on on either.
 */
@Tag("faults")
class UpgradeIT {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int EACH = 5;

	@Test
	void versionBeforeAndThisOneWorkTogetherAndTheOneBeforeGoesOnAlone() throws Exception {
		Path released = Released.last().jar();
		try (Production production = new Production(released)) {
			production.provider()
				.knows("els", Map.of("preferred_username", "els", "name", "Els de Boer", "organisation", "GM0001",
						"functions", List.of("caseDirector"), "email", "els@waterdam.example"));
			JdbcClient db = production.database().asOwner();
			JavaProcess old = production.application();
			List<String> ofOld = report(production, old, EACH);
			List<String> left = new ArrayList<>();
			try (JavaProcess now = production.startAgain(Map.of("DOORBRAAK_ALERT_JOURNAL", "now.log"))) {
				now.port();
				List<String> ofNow = report(production, now, EACH);
				for (int i = 0; i < EACH - 2; i++) {
					close(production, now, ofOld.get(i));
					close(production, old, ofNow.get(i));
				}
				plan(production, now, ofOld.get(EACH - 2));
				plan(production, now, ofNow.get(EACH - 2));
				left.addAll(ofOld.subList(EACH - 2, EACH));
				left.addAll(ofNow.subList(EACH - 2, EACH));
				Until.so(() -> "no job left", PATIENCE, () -> jobs(production) == 0);
			}
			old.kill();
			// Back to the version before, on the database of this one.
			try (JavaProcess again = production.start(released, Map.of())) {
				again.port();
				decide(production, again, left.get(0));
				close(production, again, left.get(1));
				decide(production, again, left.get(2));
				close(production, again, left.get(3));
				Until.so(() -> "all closed", PATIENCE, () -> open(db) == 0);
				assertThat(again.output()).doesNotContain("ClassNotFound", "NoSuchBean", "Unknown property used");
			}
			// And forward again.
			try (JavaProcess now = production.startAgain(Map.of("DOORBRAAK_ALERT_JOURNAL", "now.log"))) {
				now.port();
				close(production, now, report(production, now, 1).get(0));
				assertThat(open(db)).isZero();
				assertThat(now.output()).doesNotContain("No mail and no text message is sent");
			}
			assertThat(production.database()
				.asSuperuser()
				.sql("select count(*) from camunda.act_ru_incident")
				.query(Long.class)
				.single()).as("incidents").isZero();
			assertThat(old.output()).doesNotContain("ClassNotFound", "NoSuchBean", "Unknown property used");
			System.out.println("upgrade: " + (2 * EACH + 1) + " cases of two versions ended, 0 incidents");
		}
	}

	private static List<String> report(Production production, JavaProcess node, int cases) {
		return IntStream.range(0, cases).mapToObj((i) -> {
			ResponseEntity<JsonNode> answer = send(production, node, HttpMethod.POST, "/api/v1/cases",
					Map.of("whatIsStuck", "Iedereen wacht.", "lifeDomains", List.of("money")));
			assertThat(answer.getStatusCode().value()).isEqualTo(201);
			return answer.getBody().path("number").asText();
		}).toList();
	}

	private static void close(Production production, JavaProcess node, String number) {
		plan(production, node, number);
		decide(production, node, number);
	}

	private static void plan(Production production, JavaProcess node, String number) {
		fill(production, node, number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough",
				"De schuld aflossen.", "cost", 0, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
	}

	private static void decide(Production production, JavaProcess node, String number) {
		fill(production, node, number, "decide-locally",
				Map.of("decision", "noRoom", "explanation", "Er is geen ruimte."));
	}

	private static void fill(Production production, JavaProcess node, String number, String form,
			Map<String, ?> fields) {
		String task = Until.there(() -> form + " of " + number, PATIENCE, () -> StreamSupport
			.stream(send(production, node, HttpMethod.GET, "/api/v1/tasks", null).getBody().spliterator(), false)
			.filter((each) -> each.path("subject").asText().equals(number) && each.path("form").asText().equals(form))
			.map((each) -> each.path("id").asText())
			.findFirst());
		assertThat(send(production, node, HttpMethod.POST, "/api/v1/tasks/" + task + "/claim", null).getStatusCode()
			.value()).isEqualTo(200);
		ResponseEntity<JsonNode> answer = send(production, node, HttpMethod.POST, "/api/v1/tasks/" + task + "/complete",
				fields);
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(200);
	}

	private static ResponseEntity<JsonNode> send(Production production, JavaProcess node, HttpMethod method,
			String path, Object body) {
		RestClient.RequestBodySpec request = RestClient.builder()
			.defaultHeaders((headers) -> headers.setBearerAuth(production.provider().token("els", (claims) -> {
			})))
			.build()
			.method(method)
			.uri("http://127.0.0.1:" + node.port() + path)
			.contentType(MediaType.APPLICATION_JSON);
		if (body != null) {
			request.body(body);
		}
		return request.retrieve().onStatus((status) -> true, (asked, answer) -> {
		}).toEntity(JsonNode.class);
	}

	private static long jobs(Production production) {
		return production.database()
			.asSuperuser()
			.sql("select count(*) from camunda.act_ru_job where duedate_ is null")
			.query(Long.class)
			.single();
	}

	private static long open(JdbcClient db) {
		return db.sql("select count(*) from doorbraak.case_file where state <> 'closed'").query(Long.class).single();
	}

}
