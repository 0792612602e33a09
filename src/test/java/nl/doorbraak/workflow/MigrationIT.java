package nl.doorbraak.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.TaskListIsRight;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running case is put on a new version of each of its models: nothing is told a second
 * time, nothing is told less. Each case has a twin that stays on the old version.
 */
class MigrationIT extends LadderStory {

	private final JdbcClient database;

	private final List<String> deployments = new ArrayList<>();

	private final List<String> open = new ArrayList<>();

	private int members;

	private final Set<String> migrated = new TreeSet<>();

	@Autowired
	MigrationIT(Town town, ProcessEngine engine, JdbcClient database) {
		super(town, engine);
		this.database = database;
	}

	/** The old version is the last again. */
	@AfterEach
	void takeBack() {
		this.open.stream()
			.filter((number) -> column(number, "state", String.class).equals("open"))
			.forEach(
					(number) -> post(column(number, "municipality_id", String.class).equals("GM9001") ? "anna" : "sara",
							number, "withdrawal", Map.of("reason", "Einde van de proef.")));
		this.deployments
			.forEach((deployment) -> this.engine.getRepositoryService().deleteDeployment(deployment, true, true, true));
		assertThat(TaskListIsRight.violations(this.database)).isEmpty();
	}

	@Test
	void migratedCaseIsToldWhatItsTwinIsToldAndNothingTwice() {
		Map<String, Supplier<String>> stories = stories();
		Map<String, String> cases = new LinkedHashMap<>();
		Map<String, String> twins = new LinkedHashMap<>();
		stories.forEach((story, told) -> {
			cases.put(story, told.get());
			twins.put(story, told.get());
			this.open.addAll(List.of(cases.get(story), twins.get(story)));
		});
		// Before anything fell due, when some of it has, and when terms have ended.
		for (int days : new int[] { 12, 30, 20 }) {
			String version = 90 + this.deployments.size() + ".0.0";
			deploy(version);
			cases.forEach((story, number) -> migrate(story, number, version));
			pass(Duration.ofDays(days));
			cases.forEach((story, number) -> assertSameTold(story, number, twins.get(story)));
		}
		assertThat(this.migrated).as("each model was running in one of the cases")
			.containsExactlyElementsOf(ModelFile.files(ModelFile.PROCESSES, ".bpmn"));
	}

	private Map<String, Supplier<String>> stories() {
		Map<String, Supplier<String>> stories = new LinkedHashMap<>();
		stories.put("local, event near", () -> {
			String number = report();
			assertThat(post("anna", number, "threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(9).toString())))
				.isEqualTo(200);
			return number;
		});
		stories.put("asked for the lead", () -> {
			String number = report();
			assertThat(post("anna", number, "lead/question", Map.of("organisation", "RG01"))).isEqualTo(200);
			return number;
		});
		stories.put("agency asked", () -> {
			String number = report("anna", Map.of("whatIsStuck", "Zij wijzen naar elkaar.", "memberName",
					"Ruud " + (char) ('A' + this.members++) + "verbeek", "memberBirthDate", "1979-05-12"));
			assertThat(post("anna", number, "agency-requests",
					Map.of("agencies", List.of("UWV"), "question", "Kan de verrekening stoppen?")))
				.isEqualTo(200);
			return number;
		});
		stories.put("proposed, advice asked", () -> {
			String number = report();
			fill("anna", number, "make-plan", priced(6000, "no"));
			decide(number, Rung.LOCAL, "brokenThrough");
			assertThat(WebVisitor.login(this.town, "anna")
				.form("/casus/" + number + "/advies",
						Map.of("adviser", "legalAdviser", "question", "Kan dit onder artikel 2.3.5?"))
				.status()).isEqualTo(302);
			this.town.workDue();
			return number;
		});
		stories.put("regional", () -> reportedAndClimbedTo(Rung.REGIONAL));
		stories.put("national", () -> reportedAndClimbedTo(Rung.NATIONAL));
		stories.put("ministry", () -> reportedAndClimbedTo(Rung.MINISTRY));
		stories.put("body outside", () -> {
			String number = report("sara", SMALL_DEBT);
			fill("sara", number, "make-plan", plan("yes"));
			fill("sara", number, "decide-locally", Map.of("decision", "up", "explanation", "Hier lukt het niet."));
			return number;
		});
		stories.put("hurried", () -> {
			String number = report();
			assertThat(post("anna", number, "threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
				.isEqualTo(200);
			fill("anna", number, "make-plan", priced(900, "yes"));
			fill("anna", number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Nu helpen."));
			return number;
		});
		stories.put("after a crisis", () -> {
			String number = report();
			assertThat(post("anna", number, "threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().toString())))
				.isEqualTo(200);
			fill("anna", number, "make-plan", priced(100, "no"));
			fill("anna", number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Nu helpen."));
			return number;
		});
		stories.put("objection", () -> {
			String number = report();
			fill("anna", number, "make-plan", priced(2000, "no"));
			decide(number, Rung.LOCAL, "brokenThrough");
			announce("anna", number);
			assertThat(WebVisitor.login(this.town, "anna")
				.form("/casus/" + number + "/bezwaar",
						Map.of("kind", "objection", "receivedOn", this.town.today().toString(), "reference",
								"2026-0417"))
				.status()).isEqualTo(302);
			this.town.workDue();
			return number;
		});
		stories.put("no room", this::closedWithoutRoom);
		stories.put("after some months", () -> {
			String number = closedWithoutRoom();
			fill("anna", number, "record-outcome", Map.of("outcome", "otherwise", "whatChanged", "Nog niets."));
			this.town.database()
				.sql("update doorbraak.aftercare set begins_on = :today where months = 3 and case_id = (select id from doorbraak.case_file where number = :number)")
				.param("today", java.sql.Date.valueOf(this.town.today()))
				.param("number", number)
				.update();
			pass(Duration.ofMinutes(1));
			return number;
		});
		return stories;
	}

	private String closedWithoutRoom() {
		String number = report();
		fill("anna", number, "make-plan", plan("yes"));
		decide(number, Rung.LOCAL, "noRoom");
		return number;
	}

	/** The same models, forms and tables as a release would bring them. */
	private void deploy(String version) {
		DeploymentBuilder deployment = this.engine.getRepositoryService().createDeployment().name("version " + version);
		for (String model : ModelFile.files(ModelFile.PROCESSES, ".bpmn")) {
			deployment.addString("processes/" + model + ".bpmn", renumbered(model + ".bpmn", version));
		}
		for (String table : ModelFile.files(ModelFile.PROCESSES, ".dmn")) {
			deployment.addString("processes/" + table + ".dmn", renumbered(table + ".dmn", version));
		}
		for (String form : ModelFile.files(ModelFile.FORMS, ".form")) {
			deployment.addString("forms/" + form + ".form", ModelFile.text(ModelFile.FORMS.resolve(form + ".form")));
		}
		this.deployments.add(deployment.deploy().getId());
	}

	private static String renumbered(String file, String version) {
		return ModelFile.text(ModelFile.PROCESSES.resolve(file))
			.replaceAll("versionTag=\"[^\"]+\"", "versionTag=\"" + version + "\"");
	}

	/** Parent and called instances, each by itself. */
	private void migrate(String story, String number, String version) {
		List<String> before = state(number);
		List<String> told = told(number);
		List<ProcessInstance> instances = this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.list();
		for (ProcessInstance instance : instances) {
			ProcessDefinition old = this.engine.getRepositoryService()
				.getProcessDefinition(instance.getProcessDefinitionId());
			ProcessDefinition target = this.engine.getRepositoryService()
				.createProcessDefinitionQuery()
				.processDefinitionKey(old.getKey())
				.versionTag(version)
				.singleResult();
			MigrationPlan plan = this.engine.getRuntimeService()
				.createMigrationPlan(old.getId(), target.getId())
				.mapEqualActivities()
				.build();
			this.engine.getRuntimeService().newMigration(plan).processInstanceIds(instance.getId()).execute();
			this.migrated.add(old.getKey());
		}
		this.town.workDue();
		assertThat(state(number)).as(story + ": same tasks and same due moments").isEqualTo(before);
		assertThat(TaskListIsRight.violations(this.database)).as(story).isEmpty();
		assertThat(told(number)).as(story + ": nothing told by the migration").isEqualTo(told);
	}

	/** What waits, and until when. */
	private List<String> state(String number) {
		List<String> state = new ArrayList<>();
		tasks(number).forEach((task) -> state.add(task.getTaskDefinitionKey() + " " + task.getDueDate()));
		jobs(number).forEach((job) -> state.add(activityOf(job) + " " + job.getDuedate()));
		state.sort(null);
		return state;
	}

	private void assertSameTold(String story, String number, String twin) {
		assertThat(told(number)).as(story).isEqualTo(told(twin)).isNotEmpty();
	}

	/** Kind and recipient of every alert that was queued, as often as it was. */
	private List<String> told(String number) {
		return this.town.database()
			.sql("select kind || ' ' || coalesce(recipient_login, body_id) from doorbraak.alert where case_number = ? order by 1")
			.param(number)
			.query(String.class)
			.list();
	}

}
