package nl.doorbraak.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.casefile.PlanField.Type;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.demo.DemoClock;
import nl.doorbraak.demo.DemoOwner;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The town of the demo as a test sees it: its people at the public doors, its clock, its
 * due work.
 */
@TestComponent
@Lazy
public class Town {

	/** Of everybody: a client for each would cost its converters each time. */
	private static final RestClient CLIENT = RestClient.builder()
		.requestFactory(new JdkClientHttpRequestFactory())
		.defaultStatusHandler((status) -> true, (request, response) -> {
		})
		.build();

	private final WebServerApplicationContext server;

	private final DueWork dueWork;

	private final DueWork watch;

	private final DatabaseClock clock;

	private final DemoOwner owner;

	private final ObjectMapper json;

	private final DemoClock demoClock;

	private final RuntimeService engine;

	private final Plans plans;

	Town(WebServerApplicationContext server, DueWork dueWork, @Qualifier("watchWorker") DueWork watch,
			DatabaseClock clock, DemoOwner owner, DemoClock demoClock, RuntimeService engine, ObjectMapper json,
			Plans plans) {
		this.plans = plans;
		this.server = server;
		this.dueWork = dueWork;
		this.watch = watch;
		this.clock = clock;
		this.owner = owner;
		this.json = json;
		this.demoClock = demoClock;
		this.engine = engine;
		moveClock(Duration.parse(System.getProperty("ahead", "PT0S")));
	}

	/** Where the application listens. */
	public String address() {
		return "http://localhost:" + this.server.getWebServer().getPort();
	}

	/** The database as its owner: for looking behind the doors. */
	public JdbcClient database() {
		return this.owner.db();
	}

	public Clock clock() {
		return this.clock;
	}

	public LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/**
	 * Ends whatever runs, the watch over it and what would be told about it: each would
	 * slow every later walk through time. What was left on people's lists is theirs no
	 * more.
	 */
	public void clear() {
		database().sql("update doorbraak.alert set state = 'cancelled' where state = 'waiting'").update();
		database().sql("delete from doorbraak.lead_watch").update();
		database().sql("delete from doorbraak.aftercare where holds is null").update();
		database().sql("delete from doorbraak.survey where answered_at is null").update();
		database()
			.sql("""
					update doorbraak.measure set soon_told_at = doorbraak.current_instant(), late_told_at = doorbraak.current_instant()
					where state = 'open'""")
			.update();
		database().sql("update doorbraak.case_participant set until = doorbraak.current_instant() where until is null")
			.update();
		database().sql(
				"update doorbraak.lead set state = 'ended', ended_at = doorbraak.current_instant() where state = 'asked'")
			.update();
		this.engine.createProcessInstanceQuery()
			.rootProcessInstances()
			.list()
			.forEach((root) -> this.engine.deleteProcessInstance(root.getId(), "cleared", true, true, true));
	}

	/**
	 * Closes all, and begins a year in which nothing happened yet: what is counted by the
	 * year is one class's own.
	 */
	public void nextYear() {
		closeAll();
		moveClock(Duration.between(this.clock.instant(),
				LocalDate.of(today().getYear() + 1, Month.JANUARY, 4).atTime(9, 0).atZone(DutchTime.ZONE).toInstant()));
	}

	/** Clears, and closes every case and what was asked in it. */
	public void closeAll() {
		clear();
		database()
			.sql("""
					update doorbraak.case_file set state = 'closed', outcome = 'withdrawn', closed_at = doorbraak.current_instant()
					where state <> 'closed'""")
			.update();
		database()
			.sql("""
					update doorbraak.case_rung set closed_at = doorbraak.current_instant(), decision = coalesce(decision, 'withdrawn'),
					  decided_at = coalesce(decided_at, doorbraak.current_instant()) where closed_at is null""")
			.update();
		database().sql(
				"update doorbraak.proposal set state = 'lapsed', ended_at = doorbraak.current_instant() where state = 'open'")
			.update();
		database().sql("""
				update doorbraak.lead set state = 'ended', ended_at = doorbraak.current_instant()
				where state in ('asked', 'provisional', 'accepted')""").update();
		database().sql("""
				update doorbraak.agency_request set lapsed_at = doorbraak.current_instant(), waiting_since = null
				where answer is null and lapsed_at is null""").update();
	}

	/**
	 * Somebody is away since yesterday, for a month; under this mandate a casusregisseur
	 * may stand in.
	 */
	public void away(String login, String deputy, String mandate) {
		away(login, deputy);
		database().sql("update doorbraak.mandate set deputy = 'caseDirector' where number = :mandate")
			.param("mandate", mandate)
			.update();
	}

	/** Somebody is away since yesterday, for a month. */
	public void away(String login, String deputy) {
		database()
			.sql("""
					insert into doorbraak.absence (officer_login, first_day, last_day, deputy_login, entered_by, entered_at)
					values (:login, cast(:today as date) - 1, cast(:today as date) + 30, :deputy, :login, doorbraak.current_instant())""")
			.param("login", login)
			.param("today", java.sql.Date.valueOf(today()))
			.param("deputy", deputy)
			.update();
	}

	/** Nobody is away or out of reach any more, and no mandate names a deputy. */
	public void everybodyBack() {
		database().sql("delete from doorbraak.absence").update();
		database().sql("update doorbraak.officer set bounced_at = null where bounced_at is not null").update();
		database().sql("update doorbraak.mandate set deputy = null").update();
	}

	/** Does what is due, as the background would. */
	public int workDue() {
		return this.watch.doDue() + this.dueWork.doDue() + this.watch.doDue();
	}

	/**
	 * Lets time pass, from due moment to due moment, doing at each what falls due there.
	 */
	public void pass(Duration time) {
		this.demoClock.pass(time);
	}

	/** Moves the clock alone: nothing runs, whatever fell due. */
	public void moveClock(Duration time) {
		this.owner.setClockAhead(this.clock.ahead().plus(time));
		this.clock.synchronise();
	}

	/** Lets time pass until just after this moment, then does what fell due. */
	public void passUntil(Instant moment) {
		Duration left = Duration.between(this.clock.instant(), moment);
		pass(left.isNegative() ? Duration.ZERO : left.plusSeconds(1));
	}

	/** What an exception above the standard mandate needs in the plan. */
	public void weigh(String login, String number) {
		if (this.plans.of(number).one(PlanPart.SCENARIOS) == null) {
			Map<String, List<String>> values = new HashMap<>();
			PlanPart.SCENARIOS.fields()
				.forEach((field) -> values.put(field.key(), List.of((field.type() == Type.AMOUNT) ? "100" : "Beter.")));
			this.plans.write(login, number, PlanPart.SCENARIOS.code(), 0, 0, values);
		}
	}

	/** Somebody at the API. */
	public Visitor as(String login) {
		RestClient client = CLIENT.mutate()
			.baseUrl(address())
			.defaultHeaders((headers) -> headers.setBasicAuth(login, "doorbraak"))
			.build();
		return new Visitor(this, login, client);
	}

	/** A person who uses the API. */
	public static final class Visitor {

		private final Town town;

		private final String login;

		private final RestClient client;

		Visitor(Town town, String login, RestClient client) {
			this.town = town;
			this.login = login;
			this.client = client;
		}

		/** One request; every status is an answer. */
		public Answer send(HttpMethod method, String path, Object body) {
			RestClient.RequestBodySpec request = this.client.method(method).uri(path);
			if (body != null) {
				request.contentType(MediaType.APPLICATION_JSON).body(body);
			}
			ResponseEntity<String> response = request.retrieve().toEntity(String.class);
			String text = (response.getBody() != null) ? response.getBody() : "";
			return new Answer(response.getStatusCode().value(), text, this.town.json);
		}

		public Answer get(String path) {
			return send(HttpMethod.GET, path, null);
		}

		public Answer post(String path, Object body) {
			return send(HttpMethod.POST, path, body);
		}

		/** Reports a case and lets it open; returns its number. */
		public String report(Map<String, ?> fields) {
			Answer answer = post("/api/v1/cases", fields);
			assertThat(answer.status()).as(answer.text()).isEqualTo(201);
			this.town.workDue();
			return answer.json().path("number").asText();
		}

		/** The open task of a case that asks for this form; fails when there is none. */
		public String task(String number, String form) {
			return tasks(number, form).stream()
				.findFirst()
				.orElseThrow(() -> new AssertionError("No open task '" + form + "' in " + number
						+ " for this person; open: " + get("/api/v1/tasks").text()));
		}

		/** Until when the open task of a case that asks for this form can be done. */
		public Instant dueAt(String number, String form) {
			String task = task(number, form);
			return java.util.stream.StreamSupport.stream(get("/api/v1/tasks").json().spliterator(), false)
				.filter((each) -> each.path("id").asText().equals(task))
				.map((each) -> Instant.parse(each.path("dueAt").asText()))
				.findFirst()
				.orElseThrow();
		}

		/** Ids of the open tasks of a case that ask for this form. */
		public List<String> tasks(String number, String form) {
			return java.util.stream.StreamSupport.stream(get("/api/v1/tasks").json().spliterator(), false)
				.filter((task) -> task.path("subject").asText().equals(number)
						&& task.path("form").asText().equals(form))
				.map((task) -> task.path("id").asText())
				.toList();
		}

		/**
		 * Claims the task that asks for this form, fills it in and completes it; then
		 * what follows is done. With an exception goes what it needs in the plan.
		 */
		public void fill(String number, String form, Map<String, ?> fields) {
			String task = task(number, form);
			assertThat(post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
			if ("yes".equals(fields.get("deviates"))) {
				this.town.weigh(this.login, number);
			}
			Answer answer = post("/api/v1/tasks/" + task + "/complete", fields);
			assertThat(answer.status()).as(answer.text()).isEqualTo(200);
			this.town.workDue();
		}

		/** What a task's form shows. */
		public JsonNode values(String task) {
			return get("/api/v1/tasks/" + task + "/values").json();
		}

		/**
		 * Answers the proposal as it stands on the screen; then what follows is done.
		 */
		public void sign(String number, Map<String, ?> answer) {
			answerAsRead(number, "sign-off", answer);
		}

		/** Fills in a form with the mark of what stands on the screen. */
		public void answerAsRead(String number, String form, Map<String, ?> answer) {
			Map<String, Object> fields = new HashMap<>(answer);
			fields.put("proposalHash", values(task(number, form)).path("proposalHash").asText());
			fill(number, form, fields);
		}

		/** Where the case stands, as the API tells. */
		public JsonNode state(String number) {
			return get("/api/v1/cases/" + number).json();
		}

	}

	/** What came back. */
	public record Answer(int status, String text, ObjectMapper mapper) {

		public JsonNode json() {
			try {
				return this.mapper.readTree(this.text);
			}
			catch (com.fasterxml.jackson.core.JsonProcessingException ex) {
				throw new AssertionError("Not JSON: " + this.text, ex);
			}
		}

		/** The sentence of a problem. */
		public String message() {
			return json().path("message").asText();
		}

	}

}
