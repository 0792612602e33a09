package nl.doorbraak.ladder;

import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pure tests reckon with is what the migration put in the database. */
@WholeApplication
class TermTablesIT {

	private final TermSource tables;

	@Autowired
	TermTablesIT(TermSource tables) {
		this.tables = tables;
	}

	@Test
	void theFirstVersionIsTheOneThatTheTestsReckonWith() {
		assertThat(this.tables).isInstanceOf(TermTables.class);
		assertThat(this.tables.versions()).first().isEqualTo(Version1.TERMS);
	}

	@Test
	void theEquatedDaysAreTheOnesThatTheTestsReckonWith() {
		assertThat(this.tables.equatedDays()).isEqualTo(Version1.EQUATED_DAYS);
	}

}
