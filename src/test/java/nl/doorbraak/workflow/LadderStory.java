package nl.doorbraak.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.ExactlyOneRung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cases on the ladder, moved through the public doors; the engine is asked only to look.
 * After each test every case is on exactly one rung, and what was left open is withdrawn.
 */
@WholeApplication
abstract class LadderStory {

	static final Map<String, Object> SMALL_DEBT = Map.of("whatIsStuck",
			"Een schuld van 6.000 euro past in geen enkele regeling.", "lifeDomains", List.of("money"), "amount", 6000);

	/** Who decides on each rung in the municipality of Anna. */
	private static final Map<Rung, String> DECIDER = Map.of(Rung.LOCAL, "anna", Rung.REGIONAL, "paul", Rung.NATIONAL,
			"lotte", Rung.MINISTRY, "amira");

	final Town town;

	final ProcessEngine engine;

	private final Map<String, Town.Visitor> visitors = new HashMap<>();

	private final Map<String, String> reported = new TreeMap<>();

	LadderStory(Town town, ProcessEngine engine) {
		this.town = town;
		this.engine = engine;
	}

	@BeforeEach
	void assertionsAskThisEngine() {
		AbstractAssertions.init(this.engine);
	}

	@AfterEach
	void everyCaseIsOnExactlyOneRung() {
		assertThat(ExactlyOneRung.violations(this.town.database())).isEmpty();
		this.reported.forEach((number, login) -> {
			if (column(number, "state", String.class).equals("open")) {
				assertThat(post(login, number, "withdrawal", Map.of("reason", "Einde van de proef."))).isEqualTo(200);
			}
		});
		assertThat(ExactlyOneRung.violations(this.town.database())).isEmpty();
	}

	Town.Visitor as(String login) {
		return this.visitors.computeIfAbsent(login, this.town::as);
	}

	/** A case of Anna, on the local rung. */
	String report() {
		return report("anna", SMALL_DEBT);
	}

	String report(String login, Map<String, ?> fields) {
		String number = as(login).report(fields);
		this.reported.put(number, login);
		return number;
	}

	/**
	 * A case of Anna that climbed to this rung, each time because somebody decided so.
	 */
	String reportedAndClimbedTo(Rung rung) {
		String number = report();
		for (Rung below : Rung.values()) {
			if (below == rung) {
				break;
			}
			work(number, below);
			decide(number, below, "up");
		}
		assertThat(rung(number)).isEqualTo(rung.code());
		return number;
	}

	/** Does what comes before the decision of a rung. */
	void work(String number, Rung rung) {
		switch (rung) {
			case LOCAL -> fill("anna", number, "make-plan", plan("yes"));
			case REGIONAL -> fill("paul", number, "hold-round-table",
					Map.of("heldOn", this.town.today().toString(), "agreements", "Iedereen doet mee."));
			case NATIONAL -> fill("lotte", number, "make-first-contact",
					Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "known"));
			case MINISTRY -> fill("amira", number, "convene-escalation-team",
					Map.of("convenedOn", this.town.today().toString(), "whoDecides", "competentBody"));
		}
	}

	/** Decides on a rung after its work was done. */
	void decide(String number, Rung rung, String decision) {
		fill(DECIDER.get(rung), number, formOf(rung), Map.of("decision", decision, "explanation", "Omdat het zo is."));
	}

	void decideDown(String number, Rung rung, LocalDate lookAgainOn) {
		fill(DECIDER.get(rung), number, formOf(rung), Map.of("decision", "down", "explanation", "Eerst dit nog.",
				"takesOver", "Het wijkteam.", "lookAgainOn", lookAgainOn.toString()));
	}

	static String formOf(Rung rung) {
		return switch (rung) {
			case LOCAL -> "decide-locally";
			case REGIONAL -> "decide-regionally";
			case NATIONAL -> "decide-nationally";
			case MINISTRY -> "decide-breakthrough";
		};
	}

	static Map<String, Object> plan(String shared) {
		return Map.of("desiredEffect", "Rust, en weer zelf vooruit kunnen.", "firstBreakthrough", "De schuld aflossen.",
				"deviates", "no", "reservation", "none", "perspectiveShared", shared);
	}

	/** A shared plan with its price; whether it deviates is {@code yes} or {@code no}. */
	static Map<String, Object> priced(int euros, String deviates) {
		Map<String, Object> plan = new HashMap<>(plan("yes"));
		plan.put("cost", euros);
		plan.put("deviates", deviates);
		return plan;
	}

	/** Writes down that somebody called. */
	void step(String login, String number) {
		WebVisitor.Answer answer = WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/stap",
					Map.of("kind", "call", "day", this.town.today().toString(), "line", "Gebeld."));
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
	}

	/** Makes the letter about a breakthrough on the case page. */
	void makeLetter(String login, String number) {
		WebVisitor.Answer made = WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/besluit", Map.of("remedy", "objection"));
		assertThat(made.status()).as(made.body()).isEqualTo(302);
	}

	/** Makes the letter about a breakthrough and tells that it went out today. */
	void announce(String login, String number) {
		makeLetter(login, number);
		fill(login, number, "announce-decision", Map.of("announcedAs", "letter", "sentOn", this.town.today().toString(),
				"manner", "post", "addressee", "resident", "remedy", "objection"));
	}

	/** Fills in a task that must be there and be accepted; then what follows is done. */
	void fill(String login, String number, String form, Map<String, ?> fields) {
		Town.Answer answer = submit(login, number, form, fields);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		this.town.workDue();
	}

	/** Claims the open task with this form and submits it. */
	Town.Answer submit(String login, String number, String form, Map<String, ?> fields) {
		String task = task(number, form).getId();
		Town.Answer claim = as(login).post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(claim.status()).as(claim.text()).isEqualTo(200);
		if ("yes".equals(fields.get("deviates"))) {
			this.town.weigh(login, number);
		}
		return as(login).post("/api/v1/tasks/" + task + "/complete", fields);
	}

	/**
	 * An act on the case page of the API; returns the status. Then what follows is done.
	 */
	int post(String login, String number, String act, Map<String, ?> body) {
		int status = as(login).post("/api/v1/cases/" + number + "/" + act, body).status();
		this.town.workDue();
		return status;
	}

	String rung(String number) {
		return stay(number, "rung", String.class);
	}

	/** Lets the term of the case's rung end. */
	void letTermEnd(String number) {
		this.town.passUntil(termEndsAt(number));
	}

	/** Lets the question about the term go unanswered. */
	void letAnswerMiss(String number) {
		this.town.passUntil(stay(number, "question_ends_at", java.sql.Timestamp.class).toInstant());
	}

	Instant termEndsAt(String number) {
		return stay(number, "term_ends_at", java.sql.Timestamp.class).toInstant();
	}

	/** A column of the case's open stay, or of its last when it is closed. */
	<T> T stay(String number, String column, Class<T> type) {
		return this.town.database()
			.sql("""
					select r.%s from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id
					where c.number = :number order by r.id desc limit 1""".formatted(column))
			.param("number", number)
			.query((row, n) -> row.getObject(1, type))
			.list()
			.get(0);
	}

	<T> T column(String number, String column, Class<T> type) {
		return this.town.database()
			.sql("select %s from doorbraak.case_file where number = :number".formatted(column))
			.param("number", number)
			.query((row, n) -> row.getObject(1, type))
			.list()
			.get(0);
	}

	String outcome(String number) {
		return column(number, "outcome", String.class);
	}

	/** Forms that were filled in for a case, in order. */
	List<String> entries(String number) {
		return this.town.database()
			.sql("""
					select form from doorbraak.entry where case_id = (select id from doorbraak.case_file where number = :number)
					order by id""")
			.param("number", number)
			.query(String.class)
			.list();
	}

	/** Acts in the case's audit with this name, as "actor {facts}". */
	List<String> audit(String number, String act) {
		return this.town.database()
			.sql("select actor || ' ' || facts from doorbraak.audit_line where chain = ? and act = ? order by number")
			.params(number, act)
			.query(String.class)
			.list();
	}

	Task task(String number, String form) {
		return tasks(number).stream()
			.filter((task) -> task.getCamundaFormRef().getKey().equals(form))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No open task '" + form + "' in " + number + ": " + forms(number)));
	}

	List<Task> tasks(String number) {
		return this.engine.getTaskService()
			.createTaskQuery()
			.processInstanceBusinessKey(number)
			.initializeFormKeys()
			.list();
	}

	/** Forms of the open tasks of a case. */
	List<String> forms(String number) {
		return tasks(number).stream().map((task) -> task.getCamundaFormRef().getKey()).toList();
	}

	/** Whether this person finds the task in their own list. */
	boolean isOffered(String login, String number, String form) {
		return !as(login).tasks(number, form).isEmpty();
	}

	List<Job> jobs(String number) {
		return this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.list()
			.stream()
			.flatMap((instance) -> this.engine.getManagementService()
				.createJobQuery()
				.processInstanceId(instance.getId())
				.list()
				.stream())
			.toList();
	}

	/** When the timer of the case falls due that hangs on the end of a term. */
	Instant termTimer(String number) {
		return jobs(number).stream()
			.filter((job) -> activityOf(job).endsWith("TermEnded"))
			.map((job) -> job.getDuedate().toInstant())
			.findFirst()
			.orElseThrow();
	}

	String activityOf(Job job) {
		return this.engine.getManagementService()
			.createJobDefinitionQuery()
			.jobDefinitionId(job.getJobDefinitionId())
			.singleResult()
			.getActivityId();
	}

	Instant due(String number, String form) {
		Date due = task(number, form).getDueDate();
		return due.toInstant();
	}

	ProcessInstance running(String number, String process) {
		return this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceBusinessKey(number, process)
			.singleResult();
	}

	/** What a case passed in a process, in the last instance of it. */
	List<String> passed(String number, String process) {
		List<HistoricProcessInstance> all = this.engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.processDefinitionKey(process)
			.orderByProcessInstanceStartTime()
			.asc()
			.list();
		assertThat(all).as("instances of " + process + " of " + number).isNotEmpty();
		List<String> passed = new ArrayList<>();
		for (HistoricActivityInstance each : this.engine.getHistoryService()
			.createHistoricActivityInstanceQuery()
			.processInstanceId(all.get(all.size() - 1).getId())
			.finished()
			.list()) {
			if (!each.isCanceled()) {
				passed.add(each.getActivityId());
			}
		}
		return passed;
	}

	void pass(Duration time) {
		this.town.pass(time);
	}

}
