package nl.doorbraak.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.TaskListIsRight;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The models of each release ({@code docs/releases.txt}; those that differ from today's
 * are kept): a case that began on them ends after today's were deployed.
 */
class ReleasedModelsIT extends LadderStory {

	private static final Path RELEASED = Path.of("src/test/resources/released");

	private final JdbcClient database;

	private final List<String> deployments = new ArrayList<>();

	@Autowired
	ReleasedModelsIT(Town town, ProcessEngine engine, JdbcClient database) {
		super(town, engine);
		this.database = database;
	}

	static List<Path> releases() throws IOException {
		try (Stream<Path> folders = Files.list(RELEASED)) {
			return folders.sorted().toList();
		}
	}

	@AfterEach
	void takeBack() {
		this.deployments
			.forEach((deployment) -> this.engine.getRepositoryService().deleteDeployment(deployment, true, true, true));
	}

	@Test
	void eachKeptReleaseIsOneOfTheList() throws IOException {
		List<String> commits = Files.readAllLines(Path.of("docs/releases.txt"));
		assertThat(releases()).isNotEmpty()
			.allSatisfy((release) -> assertThat(commits)
				.anyMatch((line) -> line.startsWith(release.getFileName().toString())));
	}

	@Test
	void casesThatBeganOnTheModelsOfEachReleaseEnd() throws IOException {
		Map<String, String> climb = new LinkedHashMap<>();
		List<String> wait = new ArrayList<>();
		for (Path release : releases()) {
			String released = deploy(release);
			String number = report();
			climb.put(number, released);
			wait.add(report());
			fill("anna", number, "make-plan", plan("yes"));
		}
		deploy(Path.of("."));
		climb.forEach((number, released) -> {
			assertThat(this.engine.getRuntimeService()
				.createProcessInstanceQuery()
				.processInstanceBusinessKey(number)
				.deploymentId(released)
				.list()).as("runs on what it began with").isNotEmpty();
			decide(number, Rung.LOCAL, "up");
			work(number, Rung.REGIONAL);
			decide(number, Rung.REGIONAL, "up");
			work(number, Rung.NATIONAL);
			decide(number, Rung.NATIONAL, "noRoom");
			assertThat(column(number, "state", String.class)).isEqualTo("closed");
		});
		pass(Duration.ofDays(60));
		wait.forEach((number) -> {
			assertThat(rung(number)).as("the old timers let it climb").isNotEqualTo(Rung.LOCAL.code());
			assertThat(post("anna", number, "withdrawal", Map.of("reason", "Einde van de proef."))).isEqualTo(200);
		});
		assertThat(this.engine.getRuntimeService().createIncidentQuery().count()).isZero();
		assertThat(TaskListIsRight.violations(this.database)).isEmpty();
	}

	/** All of that version: what is not kept has not changed since. */
	private String deploy(Path from) {
		DeploymentBuilder deployment = this.engine.getRepositoryService().createDeployment().name("of " + from);
		for (Path folder : List.of(ModelFile.PROCESSES, ModelFile.FORMS)) {
			for (String extension : List.of(".bpmn", ".dmn", ".form")) {
				for (String name : ModelFile.files(folder, extension)) {
					Path file = folder.resolve(name + extension);
					Path kept = from.resolve(file);
					deployment.addString(file.toString(), ModelFile.text(Files.exists(kept) ? kept : file));
				}
			}
		}
		String id = deployment.deploy().getId();
		this.deployments.add(id);
		return id;
	}

}
