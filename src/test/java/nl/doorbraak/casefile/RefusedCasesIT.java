package nl.doorbraak.casefile;

import java.util.Map;

import nl.doorbraak.support.CaseMarks;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Which case a refused address is about. */
@WholeApplication
class RefusedCasesIT {

	private final Town town;

	private final CaseMarks marks;

	RefusedCasesIT(@Autowired Town town, @Autowired CaseMarks marks) {
		this.town = town;
		this.marks = marks;
	}

	@Test
	void numberIsATaskOnlyWhereTasksAreNamed() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Er zit iets vast."));
		String task = this.town.as("anna").task(number, "make-plan");
		assertThat(this.marks.of("/casus/" + number)).isPresent();
		for (String path : new String[] { "/taak/%s", "/api/v1/tasks/%s/claim",
				"/camunda/api/engine/engine/default/task/%s/submit-form" }) {
			assertThat(this.marks.of(path.formatted(task))).as(path).isEqualTo(this.marks.of("/casus/" + number));
		}
		for (String path : new String[] { "/maatregelen/%s", "/cijfers/%s", "/taak/x%s", "/%s" }) {
			assertThat(this.marks.of(path.formatted(task))).as(path).isEmpty();
		}
	}

}
