package nl.doorbraak.directory;

import nl.doorbraak.support.Installation;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.OwnDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database belongs to one kind of installation, also when it is copied. */
class InstallationMarkIT {

	private static final Installation PRODUCTION = new Installation("production", null);

	private static final Installation ACCEPTANCE = new Installation("acceptance", "test@waterdam.example");

	@Test
	void productionAndAcceptanceNeverShareADatabase() {
		try (OwnDatabase database = new OwnDatabase().migrate()) {
			JdbcClient db = database.asOwner();
			start(db, PRODUCTION);
			assertThatCode(() -> start(db, PRODUCTION)).doesNotThrowAnyException();
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> start(db, ACCEPTANCE))
				.withMessageContaining("a database of production");
			db.sql("delete from doorbraak.installation").update();
			start(db, ACCEPTANCE);
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> start(db, PRODUCTION))
				.withMessageContaining("a database of acceptance");
			db.sql("delete from doorbraak.installation").update();
			aCase(db);
			assertThatExceptionOfType(StartRefused.class).as("from before the mark")
				.isThrownBy(() -> start(db, ACCEPTANCE))
				.withMessageContaining("may be of real people");
			start(db, PRODUCTION);
		}
	}

	@Test
	void mailOfAcceptanceGoesToOneMailboxAndSaysSo() {
		assertThat(ACCEPTANCE.recipient("anna@waterdam.example")).isEqualTo("test@waterdam.example");
		assertThat(ACCEPTANCE.subject("Zonder regie")).isEqualTo("[ACCEPTATIE] Zonder regie");
		assertThat(PRODUCTION.recipient("anna@waterdam.example")).isEqualTo("anna@waterdam.example");
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> new Installation("acceptance", " "));
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> new Installation("test", null));
	}

	private static void start(JdbcClient db, Installation installation) {
		new InstallationMark(db, installation).afterPropertiesSet();
	}

	private static void aCase(JdbcClient db) {
		db.sql("insert into doorbraak.organisation (id, kind, name) values ('RG01', 'region', 'Regio')").update();
		db.sql("insert into doorbraak.organisation (id, kind, name, region_id) values ('GM0001', 'municipality', 'Waterdam', 'RG01')")
			.update();
		db.sql("insert into doorbraak.officer (login, name, source) values ('vera', 'Vera', 'oidc')").update();
		db.sql("""
				with h as (insert into doorbraak.household (municipality_id) values ('GM0001') returning id)
				insert into doorbraak.case_file (number, household_id, municipality_id, state, what_is_stuck, reported_by, reported_at, terms_version, hash_key)
				select 'DB-2030-000001', id, 'GM0001', 'reported', 'Huur', 'vera', now(), 1, '\\x00' from h""")
			.update();
	}

}
