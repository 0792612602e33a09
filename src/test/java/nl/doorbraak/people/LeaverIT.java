package nl.doorbraak.people;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Somebody leaves in one act: nothing of theirs is left with nobody. */
@WholeApplication
class LeaverIT {

	private static final String VERA = "vera122";

	private final Town town;

	private final Directory directory;

	@Autowired
	LeaverIT(Town town, Directory directory) {
		this.town = town;
		this.directory = directory;
	}

	@BeforeEach
	void comes() {
		own("insert into doorbraak.officer (login, name, source) values ('vera122', 'Vera Brink', 'demo') on conflict do nothing");
		own("insert into doorbraak.post values ('vera122', 'caseDirector', 'GM9001') on conflict do nothing");
	}

	@AfterEach
	void goes() {
		own("delete from doorbraak.post where officer_login = 'vera122'");
	}

	@Test
	void administratorEndsEverythingInOneActAndChoosesWhoGoesOn() {
		String given = report();
		String left = report();
		WebVisitor vera = WebVisitor.login(this.town, VERA);
		assertThat(vera.get("/casus/" + given).status()).isEqualTo(200);
		assertThat(this.town.as(VERA).post("/api/v1/cases/" + given + "/lead/acceptance", Map.of()).status())
			.isLessThan(400);
		assertThat(WebVisitor.login(this.town, "femke").get("/medewerkers/hein/vertrek").status()).as("works elsewhere")
			.isEqualTo(404);
		try (Screens screens = Screens.open(); Screen femke = screens.screen(this.town.address(), "femke")) {
			femke.open("/medewerkers");
			femke.page().locator("a[href='/medewerkers/vera122/vertrek']").click();
			femke.page().waitForURL("**/vertrek");
			assertThat(femke.page().locator("main").innerText()).contains("3 dingen om over te dragen", given, left);
			femke.page().locator("[name='volgende-caseDirector-" + given + "']").selectOption("karim");
			femke.page().locator("[name='volgende-lead-" + given + "']").selectOption("karim");
			femke.page().locator("#reason-leaves").check();
			femke.assertReadable();
			femke.picture("leaver-1280");
			assertThat(femke.barriers(390)).isEmpty();
			assertThat((Boolean) femke.page()
				.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)"))
				.as("all in sight, and nothing to push aside")
				.isTrue();
			femke.picture("leaver-390");
			femke.page().locator("form.sign button").click();
			femke.page().waitForURL(Pattern.compile(".*/medewerkers$"));
			femke.picture("people-390");
		}
		assertThat(this.directory.posts(VERA)).isEmpty();
		assertThat(vera.get("/casus/" + given).status()).as("with the session of before").isNotEqualTo(200);
		assertThat(open(
				"select count(*) from doorbraak.case_participant where officer_login = 'vera122' and until is null"))
			.isZero();
		assertThat(open("select count(*) from doorbraak.task_offer where holder = 'user:vera122'")).isZero();
		assertThat(this.town.as("karim").tasks(given, "make-plan")).hasSize(1);
		assertThat(this.town.database()
			.sql("select person from doorbraak.lead where case_number = ? and state = 'accepted'")
			.param(given)
			.query(String.class)
			.single()).isEqualTo("karim");
		waitsForTheManager(left);
		assertThat(acts("officers")).contains("personLeft", "roleEnded", "workLeft");
		assertThat(acts(given)).contains("workHandedOver", "leadHandedOver");
	}

	private void waitsForTheManager(String number) {
		assertThat(open("select count(*) from doorbraak.alert where kind = 'workLeft' and recipient_login = 'mila'"))
			.isPositive();
		assertThat(open(
				"select count(*) from doorbraak.task_offer where holder = 'group:managerGM9001' and case_number = '"
						+ number + "'"))
			.isPositive();
		long line = this.town.database()
			.sql("select id from doorbraak.departure_line where case_number = ? and outcome = 'waiting'")
			.param(number)
			.query(Long.class)
			.single();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.get("/medewerkers/overdracht").body()).contains(number, "Vera Brink");
		assertThat(WebVisitor.login(this.town, "hein")
			.form("/medewerkers/overdracht/" + line, Map.of("next", "karim"))
			.status()).as("another municipality").isEqualTo(404);
		assertThat(mila.form("/medewerkers/overdracht/" + line, Map.of("next", "olaf")).status()).isEqualTo(400);
		assertThat(mila.form("/medewerkers/overdracht/" + line, Map.of("next", "karim")).status()).isEqualTo(302);
		assertThat(this.town.as("karim").tasks(number, "make-plan")).hasSize(1);
		assertThat(mila.get("/medewerkers/overdracht").body()).doesNotContain(number);
	}

	@Test
	void whoseClaimsNameNoFunctionAnyMoreLeavesTheSameWay() {
		String number = report();
		assertThat(catchThrowable(() -> this.directory
			.accept(Map.of("preferred_username", VERA, "organisation", "GM9001", "functions", List.of()))))
			.hasMessageContaining("login-without-function");
		assertThat(open("select count(*) from doorbraak.departure_line where case_number = '" + number
				+ "' and outcome = 'waiting'"))
			.isEqualTo(1);
		assertThat(open(
				"select count(*) from doorbraak.case_participant where officer_login = 'vera122' and until is null"))
			.isZero();
	}

	@Test
	void whoWorksAtTwoBodiesLeavesEachByItsOwnAdministrator() {
		own("insert into doorbraak.officer (login, name, source) values ('ada122', 'Ada Post', 'demo'), ('bea122', 'Bea Veen', 'demo') on conflict do nothing");
		own("insert into doorbraak.post values ('ada122', 'administrator', 'GM9002'), ('vera122', 'processDirector', 'RG01'), "
				+ "('bea122', 'administrator', 'GM9001'), ('bea122', 'administrator', 'GM9002') on conflict do nothing");
		own("insert into doorbraak.post values ('femke', 'administrator', 'GM9002') on conflict do nothing");
		try {
			String number = report();
			this.town.as(VERA).post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
			this.town.workDue();
			WebVisitor femke = WebVisitor.login(this.town, "femke");
			assertThat(femke.get("/medewerkers/vera122/vertrek").body()).contains(" blijft Procesregisseur bij",
					number);
			WebVisitor.Answer refused = femke.form("/medewerkers/vera122/vertrek",
					Map.of("volgende-caseDirector-" + number, "karim"));
			assertThat(refused.status()).isEqualTo(400);
			assertThat(Jsoup.parse(refused.body()).select("#fout").text()).contains("Kies een reden");
			assertThat(
					Jsoup.parse(refused.body()).select("[name=volgende-caseDirector-" + number + "] [selected]").val())
				.isEqualTo("karim");
			assertThat(femke
				.form("/medewerkers/vera122/vertrek",
						Map.of("reason", "otherWork", "volgende-caseDirector-" + number, "karim"))
				.status()).isEqualTo(302);
			assertThat(this.directory.posts(VERA)).extracting((post) -> post.organisation()).containsExactly("RG01");
			assertThat(this.town.as("karim").tasks(number, "make-plan")).hasSize(1);
			assertThat(this.town.as(VERA).tasks(number, "make-plan")).isEmpty();
			assertThat(open(
					"select count(*) from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id where c.number = '"
							+ number + "' and p.officer_login = 'vera122' and p.until is null"))
				.isZero();
			assertThat(this.town.as(VERA).tasks(number, "answer-lead-question")).as("at the other body").hasSize(1);
			assertThat(femke.form("/medewerkers/bea122/vertrek", Map.of("reason", "leaves")).status()).isEqualTo(302);
			assertThat(this.directory.posts("bea122")).as("both administered by who ends it").isEmpty();
			own("insert into doorbraak.post values ('bea122', 'administrator', 'GM9001'), ('bea122', 'administrator', 'GM9002')");
			WebVisitor ada = WebVisitor.login(this.town, "ada122");
			assertThat(ada.form("/medewerkers/femke/vertrek", Map.of("reason", "leaves")).status()).isEqualTo(302);
			assertThat(this.directory.posts("femke")).extracting((post) -> post.organisation())
				.containsExactly("GM9001");
			assertThat(ada.form("/medewerkers/bea122/vertrek", Map.of("reason", "leaves")).status()).isEqualTo(302);
			assertThat(this.directory.posts("bea122")).as("nobody waits for the other")
				.extracting((post) -> post.organisation())
				.containsExactly("GM9001");
		}
		finally {
			own("delete from doorbraak.post where officer_login in ('ada122', 'bea122') or (officer_login = 'femke' and organisation_id = 'GM9002')");
		}
	}

	@Test
	void compartmentsGoAlongWithTheCase() {
		String number = report();
		WebVisitor vera = WebVisitor.login(this.town, VERA);
		String apart = "/casus/" + number + "/afgeschermd";
		assertThat(vera.form(apart, Map.of("kind", "exPartner", "why", "Alleen voor wie de casus heeft.")).status())
			.isEqualTo(302);
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		assertThat(karim.get(apart).body()).doesNotContain("Alleen voor wie de casus heeft.");
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		assertThat(femke.get("/medewerkers/vera122/vertrek").body()).contains("leest ook de afgeschermde delen");
		assertThat(femke.form("/medewerkers/vera122/vertrek", Map.of("reason", "leaves")).status()).isEqualTo(302);
		long line = this.town.database()
			.sql("select id from doorbraak.departure_line where case_number = ? and outcome = 'waiting'")
			.param(number)
			.query(Long.class)
			.single();
		assertThat(WebVisitor.login(this.town, "mila")
			.form("/medewerkers/overdracht/" + line, Map.of("next", "karim"))
			.status()).isEqualTo(302);
		assertThat(karim.get(apart).body()).contains("Alleen voor wie de casus heeft.");
		assertThat(acts(number)).contains("compartmentPersonAdded", "compartmentPersonRemoved");
	}

	private String report() {
		return this.town.as(VERA).report(Map.of("whatIsStuck", "De huur loopt op.", "memberName", "Ida Zeewind"));
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

	private long open(String sql) {
		return this.town.database().sql(sql).query(Long.class).single();
	}

	private List<String> acts(String chain) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ?")
			.param(chain)
			.query(String.class)
			.list();
	}

}
