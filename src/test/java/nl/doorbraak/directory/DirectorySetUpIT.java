package nl.doorbraak.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import nl.doorbraak.directory.Organisation.Kind;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.OwnDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DirectorySetUpIT {

	private static final Organisation REGION = new Organisation("RG01", Kind.REGION, "Regio Waterland-Zuid", null, null,
			false, null, null);

	private static final Organisation WATERDAM = new Organisation("GM0001", Kind.MUNICIPALITY, "Gemeente Waterdam",
			"0900 90 01", "RG01", true, null, null);

	private static final Organisation DESK = new Organisation("LMM", Kind.DESK, "Landelijk Maatwerkloket", null, null,
			true, null, null);

	private static final Organisation MINISTRY = new Organisation("LET", Kind.MINISTRY, "Landelijk Escalatie Team",
			null, null, false, null, null);

	private static OwnDatabase database;

	@BeforeAll
	static void migrate() {
		database = new OwnDatabase().migrate();
	}

	@AfterAll
	static void close() {
		database.close();
	}

	@BeforeEach
	void startWithNone() {
		database.asOwner().sql("delete from doorbraak.organisation").update();
	}

	@Test
	void organisationsOfTheSettingsAreTakenOverAndChangedLater() {
		setUp(WATERDAM, DESK, MINISTRY, REGION);
		assertThat(directory().allOrganisations()).containsExactly(WATERDAM, MINISTRY, DESK, REGION);
		Organisation renamed = new Organisation("GM0001", Kind.MUNICIPALITY, "Gemeente Nieuw-Waterdam", null, "RG01",
				false, null, null);
		setUp(renamed);
		assertThat(directory().allOrganisations()).as("who is left out of the list stays")
			.containsExactly(renamed, MINISTRY, DESK, REGION);
	}

	@Test
	void aLadderWithoutALevelIsRefused() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> setUp(WATERDAM, REGION, MINISTRY))
			.withMessageContaining("no organisation of the kind desk");
	}

	static List<Organisation> incomplete() {
		return List.of(
				new Organisation("GM0002", Kind.MUNICIPALITY, "Gemeente zonder regio", null, null, true, null, null),
				new Organisation("GM0002", Kind.MUNICIPALITY, "Regio bestaat niet", null, "RG99", true, null, null),
				new Organisation("GM0002", Kind.MUNICIPALITY, "Regio is een loket", null, "LMM", true, null, null),
				new Organisation("gm-2", Kind.AGENCY, "Id met kleine letters", null, null, true, null, null),
				new Organisation("UWV", Kind.AGENCY, " ", null, null, true, null, null));
	}

	@ParameterizedTest
	@MethodSource("incomplete")
	void anOrganisationThatIsNotCompleteIsRefusedAndNothingIsTakenOver(Organisation wrong) {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> setUp(WATERDAM, DESK, MINISTRY, REGION, wrong))
			.withMessageContaining("not complete")
			.withMessageContaining(wrong.id());
		assertThat(directory().allOrganisations()).isEmpty();
	}

	@Test
	void addressIsTheClaimsAndATokenWithoutOneLeavesItAsItIs() {
		setUp(WATERDAM, DESK, MINISTRY, REGION);
		Map<String, Object> claims = Map.of("preferred_username", "els", "name", "Els", "organisation", "GM0001",
				"functions", "manager");
		Map<String, Object> withAddress = new HashMap<>(claims);
		withAddress.put("email", "els@waterdam.example");
		directory().accept(withAddress);
		directory().accept(claims);
		assertThat(directory().getOfficer("els").email()).isEqualTo("els@waterdam.example");
		withAddress.put("email", "els@waterdam.example\r\nBcc: iedereen@waterdam.example");
		directory().accept(withAddress);
		assertThat(directory().getOfficer("els").email()).as("an address that cannot be one").isNull();
		database.asOwner().sql("delete from doorbraak.post").update();
		database.asOwner().sql("delete from doorbraak.officer").update();
	}

	private void setUp(Organisation... organisations) {
		DataSource source = new DriverManagerDataSource(database.url(), OwnDatabase.APPLICATION, "");
		JdbcClient db = JdbcClient.create(source);
		new DirectorySetUp(directory(db), new DirectorySetUp.Settings(List.of(organisations)), db,
				new DataSourceTransactionManager(source))
			.afterPropertiesSet();
	}

	private Directory directory() {
		return directory(database.as(OwnDatabase.APPLICATION));
	}

	private static Directory directory(JdbcClient db) {
		return new Directory(db,
				new LoginClaims("preferred_username", "name", "organisation", "functions", "email", "phone_number"),
				(event) -> {
				});
	}

}
