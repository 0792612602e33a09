package nl.doorbraak.people;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.options.FilePayload;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
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

/** Officers and organisations by list: looked at first, then all of it or nothing. */
@WholeApplication
class ListsIT {

	private static final String HEAD = "Login;Naam;E-mail;Organisatie;Functies;Vanaf;Tot en met;Vervanger\r\n";

	private static final String PAGE = "/medewerkers/lijst";

	private final Town town;

	private final Directory directory;

	private WebVisitor femke;

	@Autowired
	ListsIT(Town town, Directory directory) {
		this.town = town;
		this.directory = directory;
	}

	@BeforeEach
	void logIn() {
		this.femke = WebVisitor.login(this.town, "femke");
	}

	@AfterEach
	void clear() {
		own("delete from doorbraak.post where officer_login like '%.l134' or (officer_login = 'paul' and function = 'administrator')");
		own("delete from doorbraak.post_term where officer_login like '%.l134'");
	}

	@Test
	void listGoesOutAndComesBackWithoutAnyChange() {
		own("insert into doorbraak.officer (login, name, phone, source) values ('ro.l134', '=Roos;\"x\"', '+31 6 12345678', 'demo') on conflict do nothing");
		own("insert into doorbraak.post values ('ro.l134', 'manager', 'GM9001'), ('ro.l134', 'caseDirector', 'GM9001')");
		WebVisitor.Answer csv = this.femke.get(PAGE + "/medewerkers.csv");
		assertThat(csv.header("Content-Disposition")).contains("medewerkers-GM9001.csv");
		assertThat(csv.body()).startsWith("\uFEFFLogin;Naam;E-mail;").contains("femke;Femke Vos", "'=Roos", "'+31 6");
		assertThat(look(csv.body()).body()).contains("0 nieuw, 0 gewijzigd", "Er is niets over te nemen")
			.doesNotContain("name=\"merk\"", "niet in het bestand</h2>");
		WebVisitor.Answer organisations = this.femke.get(PAGE + "/organisaties.csv");
		assertThat(organisations.body()).contains("GM9001;gemeente;").doesNotContain("GM9002");
		assertThat(look(organisations.body()).body()).contains("0 nieuw, 0 gewijzigd, 1 gelijk");
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "femke")) {
			screen.open("/medewerkers");
			screen.page().locator("a[href='/medewerkers/lijst']").click();
			screen.page().waitForURL("**/lijst");
			assertThat(screen.barriers(390)).isEmpty();
			screen.picture("list-390");
			screen.page()
				.locator("#bestand")
				.setInputFiles(new FilePayload("m.csv", "text/csv",
						(HEAD + "kim.l134;Kim Nieuw;kim@w.example;GM9001;Manager, Wethouder;;31-12-2199;\r\n")
							.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
			screen.page().locator("form.sign button").click();
			screen.page().waitForSelector("#verandert");
			assertThat(screen.page().locator("#verandert").innerText()).isEqualTo("1 nieuw, 0 gewijzigd, 0 gelijk");
			screen.assertReadable();
			screen.picture("list-plan-1280");
			assertThat(screen.barriers(390)).isEmpty();
			screen.picture("list-plan-390");
			screen.page().locator("form.sign button").click();
			screen.page().waitForSelector("[role=status]");
			assertThat(screen.page().locator("[role=status]").innerText()).contains("1 regel is overgenomen");
		}
		assertThat(this.directory.posts("kim.l134")).containsExactlyInAnyOrder(new Post(Function.MANAGER, "GM9001"),
				new Post(Function.ALDERMAN, "GM9001"));
	}

	@Test
	void nothingIsWrittenBeforeTheButtonAndThenAllOfItWithALineForEachFunction() {
		String list = HEAD + "lea.l134;Lea Kind;lea@w.example;GM9001;Casusregisseur;;;max.l134\r\n"
				+ "max.l134;Max Kind;max@w.example;Gemeente Waterdam;Casusregisseur, Manager;;;lea.l134\r\n";
		WebVisitor.Answer plan = look(list);
		assertThat(plan.status()).isEqualTo(200);
		assertThat(plan.body())
			.contains("2 nieuw", "krijgt de functie Casusregisseur", "e-mail: lea@w.example", "niet in het bestand",
					"Mila Jansen (mila)", "/medewerkers/mila/vertrek?reden=notInFile")
			.doesNotContain("/medewerkers/femke/vertrek");
		assertThat(this.directory.findOfficer("lea.l134")).isEmpty();
		assertThat(take(plan, "x").status()).as("not what was looked at").isEqualTo(409);
		assertThat(take(plan, null).status()).isEqualTo(302);
		assertThat(this.directory.getOfficer("lea.l134").deputy()).isEqualTo("max.l134");
		assertThat(this.directory.posts("max.l134")).hasSize(2);
		assertThat(this.directory.posts("mila")).as("not in the file").isNotEmpty();
		assertThat(facts("roleGranted", "femke"))
			.anyMatch((each) -> each.contains("max.l134") && each.contains("manager"));
		assertThat(facts("officerListed", "femke")).anyMatch((each) -> each.contains("lea.l134"));
		assertThat(facts("listTaken", "femke")).isNotEmpty();
		WebVisitor.Answer again = take(plan, null);
		assertThat(again.status()).as("changed since").isEqualTo(409);
		assertThat(again.body()).contains("is het bestand of de lijst van medewerkers veranderd", "2 gelijk");
		WebVisitor.Answer fewer = look(HEAD + "max.l134;Max Kind;max@w.example;GM9001;Manager;;;lea.l134\r\n");
		assertThat(fewer.body()).contains("verliest de functie Casusregisseur");
		assertThat(take(fewer, null).status()).isEqualTo(302);
		assertThat(facts("roleEnded", "femke")).anyMatch((each) -> each.contains("max.l134"));
		String number = this.town.as("lea.l134").report(Map.of("whatIsStuck", "Huur.", "memberName", "Ida Zeewind"));
		refused("lea.l134;Lea Kind;lea@w.example;GM9001;Manager;;;", "werk dat bij een oude functie hoort");
		assertThat(this.femke.get("/medewerkers/lea.l134/vertrek?reden=notInFile").body()).contains(number,
				"Staat niet meer in de lijst van de organisatie");
		assertThat(this.femke
			.form("/medewerkers/lea.l134/vertrek",
					Map.of("reason", "notInFile", "volgende-caseDirector-" + number, "karim"))
			.status()).isEqualTo(302);
	}

	@Test
	void whoImportsGivesThemselvesNothingAndNobodyElsewhere() {
		own("insert into doorbraak.officer (login, name, email, source) select 'ik.l134', 'Femke Vos', email, 'demo' from doorbraak.officer where login = 'femke' on conflict do nothing");
		refused("femke;Femke Vos;femke@w.example;GM9001;Functioneel beheerder, Manager;;;", "wijzigt u niet zelf");
		refused("ik.l134;Femke Vos;;GM9001;Manager;;;", "wijzigt u niet zelf");
		refused("ander.l134;Ander;" + this.directory.getOfficer("femke").email() + ";GM9001;Manager;;;",
				"Dit is uw eigen e-mailadres");
		refused("ander.l134;Ander;;GM9001;Manager;;;femke", "U wijst uzelf niet aan");
		assertThat(Jsoup.parse(look("").body()).select("form[action=" + PAGE + "] > #fout").text())
			.contains("Dit bestand is leeg")
			.doesNotContain("opnieuw");
		refused("ander.l134;Ander;;GM9002;Manager;;;", "Dit bestand gaat over Gemeente Waterdam");
		refused("hein;Hein Drost;femke2@w.example;GM9001;Manager;;;", "werkt ook bij een andere organisatie");
		refused("a.l134;A;;GM9001;Manager;;;\r\nA.l134;A;;GM9001;Wethouder;;;", "staat al op een regel hierboven");
		refused("ANNA;Anna;;GM9001;Manager;;;", "bestaat al met andere hoofdletters");
		refused("a.l134;A;;GM9001;Manager;;;olaf", "geen login van een collega");
		refused("a.l134;A;;GM9001;Manager;;1-1-2020;", "Deze dag is voorbij");
		refused("mila;Mila Jansen;;GM9001;Manager;31-12-2199;;", "heeft hier al functies");
		refused("a.l134;Аnna;;GM9001;Manager;;;", "één soort letters");
		assertThat(look("Login\r\n" + "x\r\n".repeat(2001)).body()).contains("hoogstens 2001");
		assertThat(send("GM9002", HEAD + "a.l134;A;;GM9002;Manager;;;").status()).as("not theirs").isEqualTo(404);
		assertThat(this.femke.get(PAGE + "/medewerkers.csv?orgaan=GM9002").status()).isEqualTo(404);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.post where officer_login like '%.l134' or (officer_login = 'hein' and organisation_id = 'GM9001')")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void functionsBeginAndEndOnTheDaysOfTheListAlsoAtTheLogin() {
		String first = day(3);
		String last = day(5);
		WebVisitor.Answer plan = look(
				HEAD + "tim.l134;Tim Tijdelijk;tim@w.example;GM9001;Casusregisseur;" + first + ";" + last + ";\r\n");
		assertThat(plan.body()).contains("vanaf " + first, "tot en met " + last);
		assertThat(take(plan, null).status()).isEqualTo(302);
		assertThat(this.directory.posts("tim.l134")).isEmpty();
		assertThat(catchThrowable(this::claims)).as("before the first day")
			.hasMessageContaining("login-without-function");
		assertThat(this.femke.get("/medewerkers").body()).contains("tim.l134");
		assertThat(look(this.femke.get(PAGE + "/medewerkers.csv").body()).body()).contains("0 nieuw, 0 gewijzigd");
		this.town.pass(Duration.ofDays(3));
		assertThat(this.directory.posts("tim.l134")).hasSize(1);
		claims();
		String number = this.town.as("tim.l134").report(Map.of("whatIsStuck", "Huur.", "memberName", "Ida Zeewind"));
		this.town.pass(Duration.ofDays(3));
		assertThat(this.directory.posts("tim.l134")).isEmpty();
		assertThat(catchThrowable(this::claims)).as("after the last day")
			.hasMessageContaining("login-without-function");
		assertThat(WebVisitor.login(this.town, "mila").get("/medewerkers/overdracht").body()).contains(number);
		assertThat(facts("postTermSet", "femke")).anyMatch((each) -> each.contains("tim.l134"));
		this.femke = WebVisitor.login(this.town, "femke");
		take(look(HEAD + "tim.l134;Tim Tijdelijk;tim@w.example;GM9001;Manager;;;\r\n"), null);
		assertThat(this.directory.posts("tim.l134")).hasSize(1);
		claims();
	}

	private void claims() {
		this.directory.accept(Map.of("preferred_username", "tim.l134", "name", "Tim Tijdelijk", "organisation",
				"GM9001", "functions", List.of("caseDirector")));
	}

	@Test
	void administratorOfARegionAddsAMunicipality() {
		own("insert into doorbraak.post values ('paul', 'administrator', 'RG01') on conflict do nothing");
		this.femke = WebVisitor.login(this.town, "paul");
		String head = "Organisatiecode;Soort;Naam;Regio;Telefoon;Werkt in Doorbraak\r\n";
		assertThat(look(head + "GM9134;gemeente;Gemeente Nieuwerduin;RG02;;nee").body())
			.contains("een regio die u beheert");
		assertThat(look(head + "GM9001;gemeente;Gemeente Waterdam;RG01;0900 00 00;ja").body())
			.contains("Deze organisatie beheert u niet");
		assertThat(look(head + "LOK134;loket;Loket;;;ja").body()).contains("instellingen van de installatie");
		String name = "Gemeente Nieuwerduin " + this.town.today();
		WebVisitor.Answer plan = look(head + "GM9134;gemeente;" + name + ";RG01;0900 91 34;nee");
		assertThat(take(plan, null).status()).isEqualTo(302);
		assertThat(this.directory.getOrganisation("GM9134").name()).isEqualTo(name);
		assertThat(this.directory.getOrganisation("GM9134").connected()).isFalse();
		assertThat(facts("organisationListed", "paul")).isNotEmpty();
		own("update doorbraak.organisation set in_settings = true where id = 'GM9134'");
		assertThat(look(head + "GM9134;gemeente;Anders;RG01;;nee").body()).contains("Laat haar daar wijzigen");
		own("update doorbraak.organisation set in_settings = false where id = 'GM9134'");
	}

	private String day(int ahead) {
		return ListReader.DAY.format(this.town.today().plusDays(ahead));
	}

	private void refused(String line, String sentence) {
		WebVisitor.Answer answer = look(HEAD + line + "\r\n");
		assertThat(answer.status()).as(line).isEqualTo(400);
		assertThat(answer.body()).as(line).contains(sentence).doesNotContain("name=\"merk\"");
	}

	private WebVisitor.Answer look(String list) {
		return send("", list);
	}

	private WebVisitor.Answer send(String body, String list) {
		return this.femke.send("POST", PAGE,
				part("orgaan", body)
						+ "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n"
						+ "Content-Type: text/csv\r\n\r\n" + list + "\r\n--grens--\r\n",
				"multipart/form-data; boundary=grens", Map.of());
	}

	/**
	 * @param mark null: the one of the plan
	 */
	private WebVisitor.Answer take(WebVisitor.Answer plan, String mark) {
		return this.femke.send("POST", PAGE + "/overnemen",
				part("orgaan", hidden(plan, "orgaan")) + part("inhoud", hidden(plan, "inhoud"))
						+ part("merk", (mark != null) ? mark : hidden(plan, "merk")) + "--grens--\r\n",
				"multipart/form-data; boundary=grens", Map.of());
	}

	private static String part(String name, String value) {
		return "--grens\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
	}

	private static String hidden(WebVisitor.Answer page, String name) {
		Matcher field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
		assertThat(field.find()).as(page.body()).isTrue();
		return field.group(1);
	}

	private List<String> facts(String act, String actor) {
		return this.town.database()
			.sql("select facts from doorbraak.audit_line where act = ? and actor = ?")
			.params(act, actor)
			.query(String.class)
			.list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
