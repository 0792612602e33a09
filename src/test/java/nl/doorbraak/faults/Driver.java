package nl.doorbraak.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * People who work at either node, through the public API. Each act stands in the ledger
 * before it is asked.
 */
final class Driver {

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final Ledger ledger;

	private final Clock clock;

	private volatile String round = "";

	Driver(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	void round(String round) {
		this.round = round;
	}

	/** Of a case without a lead whose event is that day. */
	Said report(Node node, String login, String key, LocalDate event, String canary) {
		Map<String, Object> act = new LinkedHashMap<>(Map.of("key", key));
		Map<String, Object> body = new LinkedHashMap<>(
				Map.of("whatIsStuck", key, "lifeDomains", List.of("money"), "threat", "eviction"));
		if (event != null) {
			act.put("event", event.toString());
			body.put("eventDate", event.toString());
		}
		else {
			body.remove("threat");
		}
		if (canary != null) {
			act.put("canary", canary);
		}
		return send(node, login, "report", act, "POST", "/api/v1/cases", body);
	}

	/** Takes the task of this form and completes it. */
	Said complete(Node node, String login, String number, String form, Map<String, Object> fields) {
		String task = task(node, login, number, form);
		if (task.isEmpty()) {
			return new Said(-1, MissingNode.getInstance(), false);
		}
		Said claimed = claim(node, login, number, task);
		return (claimed.status() == 200) ? complete(node, login, number, form, task, fields) : claimed;
	}

	Said claim(Node node, String login, String number, String task) {
		return send(node, login, "claim", Map.of("number", number), "POST", "/api/v1/tasks/" + task + "/claim", null);
	}

	Said complete(Node node, String login, String number, String form, String task, Map<String, Object> fields) {
		return send(node, login, "complete", Map.of("number", number, "form", form), "POST",
				"/api/v1/tasks/" + task + "/complete", fields);
	}

	/** The open task of a case that asks for this form; empty when there is none. */
	String task(Node node, String login, String number, String form) {
		for (int from = 0; from < 1000; from += 100) {
			JsonNode tasks = send(node, login, "list", Map.of(), "GET", "/api/v1/tasks?from=" + from, null).json();
			for (JsonNode task : tasks) {
				if (task.path("subject").asText().equals(number) && task.path("form").asText().equals(form)) {
					return task.path("id").asText();
				}
			}
			if (tasks.size() < 100) {
				break;
			}
		}
		return "";
	}

	String hash(Node node, String login, String task) {
		return send(node, login, "values", Map.of(), "GET", "/api/v1/tasks/" + task + "/values", null).json()
			.path("proposalHash")
			.asText();
	}

	Said takeTheLead(Node node, String login, String number) {
		return send(node, login, "lead", Map.of("number", number), "POST",
				"/api/v1/cases/" + number + "/lead/acceptance", null);
	}

	Said withdraw(Node node, String login, String number) {
		return send(node, login, "withdraw", Map.of("number", number), "POST",
				"/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Einde van de proef."));
	}

	/** Somebody of one municipality looks for what is another's. */
	void look(Node node, String login, String path, String canary, boolean mayAnswer) {
		send(node, login, "look", Map.of("path", path, "looksFor", canary, "mayAnswer", mayAnswer), "GET", path, null);
	}

	private Said send(Node node, String login, String what, Map<String, Object> facts, String method, String path,
			Map<String, Object> body) {
		Map<String, Object> act = new LinkedHashMap<>(
				Map.of("what", what, "round", this.round, "node", node.name(), "login", login));
		act.putAll(facts);
		long id = this.ledger.before(this.clock.instant(), act);
		long start = System.nanoTime();
		Map<String, Object> answer = new HashMap<>(Map.of("what", what, "status", 0));
		JsonNode json = MissingNode.getInstance();
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.address() + path))
				.timeout(PATIENCE)
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((login + ":doorbraak").getBytes(StandardCharsets.UTF_8)))
				.header("Content-Type", "application/json")
				.method(method,
						(body != null) ? HttpRequest.BodyPublishers.ofString(Ledger.JSON.writeValueAsString(body))
								: HttpRequest.BodyPublishers.noBody());
			HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
			json = json(response.body());
			answer.put("status", response.statusCode());
			answer.put("retryAfter", response.headers().firstValue("Retry-After").isPresent());
			if (json.hasNonNull("number")) {
				answer.put("number", json.path("number").asText());
			}
			if (response.statusCode() >= 400) {
				answer.put("code", json.path("title").asText());
			}
			if (facts.containsKey("looksFor")) {
				answer.put("canary", response.body().contains(String.valueOf(facts.get("looksFor"))));
			}
		}
		catch (IOException ex) {
			answer.put("failed", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		answer.put("ms", (System.nanoTime() - start) / 1_000_000);
		this.ledger.after(id, this.clock.instant(), answer);
		return new Said((int) answer.get("status"), json, Boolean.TRUE.equals(answer.get("retryAfter")));
	}

	private static JsonNode json(String text) {
		try {
			return text.isBlank() ? MissingNode.getInstance() : Ledger.JSON.readTree(text);
		}
		catch (IOException ex) {
			return MissingNode.getInstance();
		}
	}

	/** Ids of open tasks as a stream of their JSON. */
	List<JsonNode> tasks(Node node, String login) {
		JsonNode all = send(node, login, "list", Map.of(), "GET", "/api/v1/tasks", null).json();
		return StreamSupport.stream(all.spliterator(), false).toList();
	}

	/** What came back; 0 when nothing did. */
	record Said(int status, JsonNode json, boolean retryAfter) {

		boolean won() {
			return this.status >= 200 && this.status < 300;
		}

	}

}
