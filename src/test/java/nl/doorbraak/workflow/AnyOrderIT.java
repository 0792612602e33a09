package nl.doorbraak.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.lead.LeadWatch;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.testing.ExactlyOneRung;
import nl.doorbraak.testing.TaskListIsRight;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many cases, random people, legal and illegal acts and a moving clock; after each step
 * the promises hold. A failure names its seed: {@code -DanyOrder.seed=…} repeats it.
 */
class AnyOrderIT extends LadderStory {

	private static final int CASES = 15;

	private static final int STEPS = Integer.getInteger("anyOrder.steps", 80);

	private static final List<String> PEOPLE = List.of("anna", "karim", "bert", "mila", "olaf", "sara", "paul", "lotte",
			"amira", "joris", "femke");

	private static final List<String> REPORTERS = List.of("anna", "karim", "bert", "olaf", "sara");

	private final AuditTrail audit;

	private final Leads leads;

	private final LeadWatch watch;

	private final JdbcClient database;

	private final long seed = Long.getLong("anyOrder.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final RandomFields fields = new RandomFields(this.random);

	private final Map<Integer, Integer> answers = new TreeMap<>();

	private final List<String> cases = new ArrayList<>();

	private final List<String> story = new ArrayList<>();

	@Autowired
	AnyOrderIT(Town town, ProcessEngine engine, AuditTrail audit, Leads leads, LeadWatch watch, JdbcClient database) {
		super(town, engine);
		this.audit = audit;
		this.leads = leads;
		this.watch = watch;
		this.database = database;
	}

	@Test
	void whateverPeopleDoInWhateverOrderThePromisesHold() {
		for (int i = 0; i < CASES; i++) {
			String login = (i == 0) ? "anna" : any(REPORTERS);
			this.cases.add(report(login, Map.of("whatIsStuck", "Zij wachten op elkaar.")));
		}
		attempt("anna", this.cases.get(0), "pause", Map.of("reason", "zomaar"));
		try {
			for (int step = 0; step < STEPS; step++) {
				String number = any(this.cases);
				act(number);
				if (this.random.nextInt(4) > 0) {
					this.town.workDue();
				}
				thePromisesHold(number);
			}
			this.town.workDue();
			this.cases.forEach(this::thePromisesHold);
		}
		finally {
			setConnected("LMM", true);
			setConnected("RG01", true);
			System.out.println("AnyOrderIT: seed " + this.seed + ", " + this.cases.size() + " cases, " + STEPS
					+ " steps, answers by status " + this.answers);
		}
		assertThat(this.answers).as("legal and illegal acts").containsKeys(200, 400, 404, 409);
	}

	private void act(String number) {
		int what = this.random.nextInt(100);
		if (what < 55) {
			workOnATask(number);
		}
		else if (what < 65) {
			letTimePass(number);
		}
		else if (what < 69) {
			Map<String, Object> threat = new HashMap<>(Map.of("threat", "eviction"));
			if (this.random.nextInt(5) > 0) {
				threat.put("eventDate", today().plusDays(this.random.nextInt(40) - 3).toString());
			}
			attempt(someone(number), number, "threat", threat);
		}
		else if (what < 76) {
			attempt(someone(number), number, "pause", Map.of("reason", (what == 69) ? "zomaar" : "residentAway"));
		}
		else if (what < 83) {
			attempt(someone(number), number, "resumption", null);
		}
		else if (what < 89) {
			attempt(someone(number), number, "redirection", Map.of("reason", "Het kan niet wachten."));
		}
		else if (what < 90) {
			attempt(someone(number), number, "withdrawal", Map.of("reason", "Niet meer nodig."));
		}
		else if (what < 95) {
			switch (this.random.nextInt(4)) {
				case 0 -> attempt(someone(number), number, "lead/question",
						Map.of("organisation", any(List.of("RG01", "LMM", "GM9001", "RG02"))));
				case 1 -> attempt(someone(number), number, "lead/refusal", Map.of("reason", "noCapacity"));
				case 2 -> attempt(someone(number), number, "lead/return", Map.of("reason", "noCapacity"));
				default -> attempt(any(PEOPLE), number, "lead/acceptance", null);
			}
		}
		else if (what < 97) {
			setConnected(this.random.nextBoolean() ? "LMM" : "RG01", this.random.nextBoolean());
		}
		else {
			note(someone(number) + " reads " + number, as(someone(number)).get("/api/v1/cases/" + number));
		}
	}

	private void workOnATask(String number) {
		List<Task> open = tasks(number);
		if (open.isEmpty()) {
			return;
		}
		Task task = any(open);
		String form = task.getCamundaFormRef().getKey();
		String login = (this.random.nextInt(6) == 0) ? any(PEOPLE) : mayWorkOn(task);
		if (this.random.nextInt(10) > 0) {
			note(login + " claims " + form, as(login).post("/api/v1/tasks/" + task.getId() + "/claim", null));
		}
		note(login + " fills in " + form + " of " + number,
				as(login).post("/api/v1/tasks/" + task.getId() + "/complete", this.fields.fill(form, today())));
	}

	private String mayWorkOn(Task task) {
		if (task.getAssignee() != null) {
			return task.getAssignee();
		}
		return any(this.engine.getTaskService()
			.getIdentityLinksForTask(task.getId())
			.stream()
			.map((link) -> (link.getUserId() != null) ? link.getUserId() : ofGroup(link.getGroupId()))
			.toList());
	}

	private static String ofGroup(String group) {
		return switch (group.replaceAll("[A-Z]{2,}[0-9]*$", "")) {
			case "manager" -> "mila";
			case "processDirector" -> "paul";
			case "deskOfficer" -> "lotte";
			default -> "amira";
		};
	}

	private void letTimePass(String number) {
		if (this.random.nextInt(3) == 0 && column(number, "state", String.class).equals("open")) {
			this.story.add("the term of " + number + " ends");
			letTermEnd(number);
			return;
		}
		Duration time = Duration.ofHours(1 + this.random.nextInt(24 * 9));
		this.story.add("time passes: " + time);
		pass(time);
	}

	private void attempt(String login, String number, String act, Map<String, ?> body) {
		note(login + " " + act + " " + number + " " + body,
				as(login).post("/api/v1/cases/" + number + "/" + act, body));
	}

	private void note(String what, Town.Answer answer) {
		this.story.add(what + ": " + answer.status());
		this.answers.merge(answer.status(), 1, Integer::sum);
		assertThat(answer.status()).as(tale() + "\n" + answer.text()).isLessThan(500);
	}

	private void thePromisesHold(String number) {
		assertThat(ExactlyOneRung.violations(this.town.database())).as(tale()).isEmpty();
		assertThat(TaskListIsRight.violations(this.database)).as(tale()).isEmpty();
		assertThat(this.engine.getRuntimeService().createIncidentQuery().count()).as(tale()).isZero();
		List<Job> jobs = jobs(number);
		// The team looks back on a crisis, however the case ended.
		List<Task> tasks = tasks(number).stream()
			.filter((task) -> !task.getTaskDefinitionKey().equals("userTask_lookBack"))
			.toList();
		if (column(number, "state", String.class).equals("closed")) {
			assertThat(tasks.isEmpty())
				.as("what follows a breakthrough waits for somebody: " + number + " "
						+ tasks.stream().map(Task::getTaskDefinitionKey).toList() + " " + tale())
				.isEqualTo(!isCarriedOut(number));
			assertThat(jobs).as(tale()).allMatch((job) -> activityOf(job).endsWith("Overdue"));
		}
		else {
			assertThat(tasks.size() + jobs.stream().filter(this::isOfTheClimb).count())
				.as("stuck: " + number + " " + tale())
				.isPositive();
			theTimersAgreeWithTheCaseFile(number, jobs);
		}
		theWatchAgreesWithTheTables(number);
		assertThat(this.audit.firstBroken(number)).as(tale()).isEmpty();
	}

	/** Or waits for its outcome, or for who asks how it goes. */
	private boolean isCarriedOut(String number) {
		return this.town.database()
			.sql("""
					select exists (select 1 from doorbraak.carry_out o where o.case_id = c.id and o.ended_at is null)
					  or exists (select 1 from doorbraak.closing o where o.case_id = c.id and o.result is null)
					  or exists (select 1 from doorbraak.aftercare o where o.case_id = c.id and o.begun_at is not null and o.holds is null)
					from doorbraak.case_file c where c.number = ?""")
			.param(number)
			.query(Boolean.class)
			.single();
	}

	/** The watch over the lead alone does not bring a case further. */
	private boolean isOfTheClimb(Job job) {
		return !activityOf(job).equals("event_watchMomentReached");
	}

	/** The end of the term, or of the question about it, is the same in the timer. */
	private void theTimersAgreeWithTheCaseFile(String number, List<Job> jobs) {
		boolean paused = this.town.database().sql("""
				select count(*) from doorbraak.case_pause p join doorbraak.case_file c on c.id = p.case_id
				where c.number = ? and p.resumed_at is null""").params(number).query(Long.class).single() > 0;
		List<Job> timers = jobs.stream().filter((job) -> isOfTheTerm(activityOf(job))).toList();
		assertThat(timers).as((paused ? "stand still: " : "run: ") + number + " " + tale())
			.allMatch((timer) -> timer.isSuspended() == paused);
		Instant question = questionEndsAt(number);
		Instant due = (question != null || timers.isEmpty()) ? question : termEndsAt(number);
		assertThat(timers).as("when: " + number + " " + tale())
			.allMatch((timer) -> timer.getDuedate().toInstant().equals(milliseconds(due)));
	}

	/** An open case without a lead is looked at next when it should be; no other is. */
	private void theWatchAgreesWithTheTables(String number) {
		List<Instant> rows = this.town.database()
			.sql("select next_at from doorbraak.lead_watch where case_number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.list();
		boolean rests = column(number, "state", String.class).equals("closed")
				|| this.leads.current(number).isPresent();
		assertThat(rows).as("watched: " + number + " " + tale()).hasSize(rests ? 0 : 1);
		// What is past is due now.
		assertThat(rows).as("when: " + number + " " + tale())
			.allMatch((at) -> !at.isAfter(this.town.clock().instant()) || at.equals(this.watch.nextDateAt(number)));
	}

	private static boolean isOfTheTerm(String activity) {
		return activity.endsWith("TermEnded") || activity.equals("event_termAnswerMissing");
	}

	private Instant questionEndsAt(String number) {
		java.sql.Timestamp at = stay(number, "question_ends_at", java.sql.Timestamp.class);
		return (at != null) ? at.toInstant() : null;
	}

	/** The engine keeps milliseconds. */
	private static Instant milliseconds(Instant instant) {
		return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
	}

	private void setConnected(String organisation, boolean connected) {
		this.story.add(organisation + (connected ? " joins" : " leaves"));
		this.town.database()
			.sql("update doorbraak.organisation set connected = ? where id = ?")
			.params(connected, organisation)
			.update();
	}

	private String someone(String number) {
		return (this.random.nextInt(4) == 0) ? any(PEOPLE) : column(number, "reported_by", String.class);
	}

	private LocalDate today() {
		return this.town.today();
	}

	private <T> T any(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private String tale() {
		return "seed " + this.seed + ", the last steps: "
				+ this.story.subList(Math.max(0, this.story.size() - 12), this.story.size());
	}

}
