package nl.doorbraak.overview.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import nl.doorbraak.overview.web.PathPicture.How;
import nl.doorbraak.overview.web.PathPicture.Model;
import nl.doorbraak.support.WalkedPath.Passage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PathPictureTest {

	private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

	private static final Instant NOW = BEGIN.plus(Duration.ofDays(10));

	@Test
	void taskIsSaidToBeDoneByWhoDidItAndNotByWhoHeldIt() {
		List<Passage> tasks = List.of(task(2, false, "anna", "anna"), task(2, false, "bert", "anna"),
				task(2, false, null, "mila"), task(2, true, null, "anna"), task(4, true, null, "anna"),
				task(null, false, null, "anna"), timer(4));
		assertThat(PathPicture.of(tasks, NOW).tasks()).extracting(PathPicture.Task::how)
			.containsExactly(How.BY_HOLDER, How.BY_ANOTHER, How.BY_SOFTWARE, How.TAKEN_AWAY, How.TERM_PASSED, How.OPEN);
	}

	@Test
	void nodeCountsItsPassagesAndTheirTimes() {
		PathPicture path = PathPicture.of(List.of(task(2, false, "anna", "anna"), task(3, false, "anna", "anna"),
				task(null, false, null, "anna")), NOW);
		Model model = path.models().get(0);
		assertThat(model.runs()).isEqualTo(1);
		assertThat(model.nodes()).singleElement().satisfies((node) -> {
			assertThat(node.times()).isEqualTo(3);
			assertThat(node.open()).isEqualTo(1);
			assertThat(node.took()).isEqualTo(Duration.ofDays(2 + 3 + 10));
		});
		assertThat(path.longest()).isEqualTo(model.nodes().get(0));
		assertThat(path.steps()).isEqualTo(3);
	}

	@Test
	void eachVersionOfAModelIsAPictureOfItsOwn() {
		Passage old = task(2, false, "anna", "anna");
		Passage next = new Passage(old.key(), 2, old.process(), "other", old.node(), old.name(), old.type(),
				old.begunAt(), old.endedAt(), false, "anna", "anna");
		assertThat(PathPicture.of(List.of(old, next), NOW).models()).extracting(Model::version).containsExactly(1, 2);
	}

	private static Passage task(@Nullable Integer days, boolean cancelled, @Nullable String doneBy, String holder) {
		return new Passage("local-attempt", 1, "Lokale aanpak", "one", "userTask_makePlan", "Maak plan", "userTask",
				BEGIN, (days != null) ? BEGIN.plus(Duration.ofDays(days)) : null, cancelled, holder, doneBy);
	}

	private static Passage timer(int days) {
		Instant at = BEGIN.plus(Duration.ofDays(days));
		return new Passage("escalation-ladder", 1, "Escalatieladder", "top", "boundaryEvent_term", "Termijn",
				"boundaryTimer", at, at, false, null, null);
	}

}
