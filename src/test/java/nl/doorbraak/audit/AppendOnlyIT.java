package nl.doorbraak.audit;

import java.util.Optional;

import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.OwnDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AppendOnlyIT {

	private static OwnDatabase database;

	@BeforeAll
	static void migrate() {
		database = new OwnDatabase().migrate();
	}

	@AfterAll
	static void close() {
		database.close();
	}

	@Test
	void theRoleOfOurMigrationsMayOnlyAdd() {
		assertThat(refusal(OwnDatabase.APPLICATION)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "grant update on doorbraak.audit_line to ladder_app",
			"grant update (facts) on doorbraak.audit_line to ladder_app",
			"grant delete on doorbraak.audit_line to ladder_app",
			"grant truncate on doorbraak.audit_line to ladder_app",
			"grant trigger on doorbraak.audit_line to ladder_app", "grant update on doorbraak.audit_head to ladder_app",
			"grant delete on doorbraak.processing_log to ladder_app", "grant ladder_owner to ladder_app" })
	void aRoleThatCouldChangeLinesIsRefused(String right) {
		database.asSuperuser().sql(right).update();
		try {
			assertThat(refusal(OwnDatabase.APPLICATION)).get()
				.asString()
				.contains("'ladder_app' can change lines of the audit");
		}
		finally {
			database.asSuperuser().sql(right.replace("grant", "revoke").replace(" to ", " from ")).update();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { OwnDatabase.OWNER, "postgres" })
	void ownerAndSuperuserAreRefused(String role) {
		assertThat(refusal(role)).isPresent();
	}

	private static Optional<StartRefused> refusal(String role) {
		return new AppendOnly().refusal(database.as(role));
	}

}
