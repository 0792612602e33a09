package nl.doorbraak.mandate;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The register in the database and as a file: what is taken over, what is refused as a
 * whole, and that nothing in it is ever changed. In a municipality of its own.
 */
@WholeApplication
class MandateRegisterIT {

	private static final String HEADER = "Mandaatnummer;Mandaatgever;Bevoegdheid;Wettelijke grondslag;Gemandateerde;Mandaatbesluit en vindplaats;Geldig vanaf;Plafond per huishouden per jaar;Ingetrokken op;Ingetrokken door;Voorwaarden\n";

	private final Town town;

	private final JdbcClient database;

	private final AuditTrail audit;

	private WebVisitor keeper;

	@Autowired
	MandateRegisterIT(Town town, JdbcClient database, AuditTrail audit) {
		this.town = town;
		this.database = database;
		this.audit = audit;
	}

	@BeforeEach
	void proefdamHasAnAdministratorAndAManager() {
		own("insert into doorbraak.organisation (id, kind, name, region_id, connected) values ('GM9099', 'municipality', 'Gemeente Proefdam', 'RG01', true)");
		own("insert into doorbraak.officer (login, name, source) values ('beheer99', 'Bo Beheer', 'demo'), ('manager99', 'Mo Manager', 'demo'), ('regio99', 'Ro Regio', 'demo')");
		own("insert into doorbraak.post values ('beheer99', 'administrator', 'GM9099'), ('manager99', 'manager', 'GM9099'), ('regio99', 'auditor', 'RG01')");
		this.keeper = WebVisitor.login(this.town, "beheer99");
	}

	@AfterEach
	void proefdamIsGone() {
		own("delete from doorbraak.mandate where organisation_id = 'GM9099' or number = 'RG01-99'");
		own("delete from doorbraak.post where organisation_id = 'GM9099' or officer_login = 'regio99'");
		own("delete from doorbraak.officer where login in ('beheer99', 'manager99', 'regio99')");
		own("delete from doorbraak.organisation where id = 'GM9099'");
	}

	@Test
	void everyColumnOfTheTableIsOneOfTheFile() {
		Map<String, MandateCsv.Column> columns = new TreeMap<>();
		String[] names = { "number", "organisation_id", "powers", "legal_basis", "function", "decision", "valid_from",
				"valid_to", "published_at", "revoked_at", "revoked_by", "type", "kind", "mandatable", "rungs",
				"municipalities", "threats", "decision_ceiling_cents", "ceiling_cents", "budget_cents",
				"deviation_allowed", "reservation", "conditions", "approvals", "drafter_may_sign", "crisis_use",
				"order_of_competence", "works_under_mandator", "holder_consent_at", "holder_consent_document",
				"employer_consent_at", "employer_consent_document", "sub_mandate_allowed", "parent_number", "deputy" };
		for (MandateCsv.Column column : MandateCsv.Column.values()) {
			columns.put(names[column.ordinal()], column);
		}
		List<String> table = new ArrayList<>(this.town.database()
			.sql("select column_name::text from information_schema.columns where table_schema = 'doorbraak' and table_name = 'mandate'")
			.query(String.class)
			.list());
		assertThat(table.removeAll(List.of("version", "recorded_at"))).as("not typed").isTrue();
		assertThat(table).containsExactlyInAnyOrderElementsOf(columns.keySet());
	}

	@Test
	void sevenFieldsBringALineIntoForceAndGiveNobodyMore() {
		own("insert into doorbraak.mandate (number, organisation_id, powers, legal_basis, function, decision, valid_from) values ('P-1', 'GM9099', '{scheme}', 'Wmo', 'manager', 'Besluit', '2026-01-01')");
		assertThat(ask("0")).contains("Manager van Gemeente Proefdam mag dit beslissen.", "Mo Manager");
		assertThat(ask("0,01")).contains("Niemand mag dit nu beslissen.",
				"Dit gaat boven het plafond per huishouden per jaar.");
		assertThat(ask("")).contains("Dat is niet vast te stellen", "Het is niet bekend wat dit kost.");
	}

	@Test
	void applicationAddsToTheRegisterAndChangesNothing() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		for (String change : List.of("update doorbraak.mandate set ceiling_cents = null",
				"delete from doorbraak.mandate")) {
			assertThatThrownBy(() -> this.database.sql(change).update()).isInstanceOf(DataAccessException.class)
				.hasStackTraceContaining("permission denied for table mandate");
		}
	}

	@Test
	void fileIsTakenOverByVersionsAndEachLeavesALine() {
		int before = recorded();
		assertThat(take(
				"P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\nP-2;gemeente proefdam;maatwerkbudget;Gemw;Wethouder;Besluit;1-1-2026;geen;;;\n")
			.status()).isEqualTo(302);
		assertThat(versions()).containsExactly("P-1 v1 100000", "P-2 v1 null");
		assertThat(take(
				"P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000,00;;;\nP-2;GM9099;maatwerkbudget;Gemw;Wethouder;Besluit;1-1-2026;5000;;;\n")
			.status()).isEqualTo(302);
		assertThat(versions()).containsExactly("P-1 v1 100000", "P-2 v1 null", "P-2 v2 500000");
		assertThat(recorded()).isEqualTo(before + 3);
		assertThat(this.audit.firstBroken("mandates")).isEmpty();
		assertThat(this.audit.chain("mandates").get(recorded() - 1).facts())
			.isEqualTo("{\"mandate\":\"P-2\",\"mandateVersion\":2,\"organisation\":\"GM9099\",\"revoked\":false}");
		String exported = this.keeper.get("/mandaten.csv").body();
		assertThat(upload(exported).status()).isEqualTo(302);
		assertThat(recorded()).as("what comes back as it went is the same").isEqualTo(before + 3);
	}

	@Test
	void revokedByAFileHoldsFromTheNextQuestionOn() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		assertThat(ask("500")).contains("Mo Manager");
		assertThat(revoke("1-1-2026", this.town.today().minusDays(1)).body())
			.contains("&#39;Ingetrokken op&#39; mag niet in het verleden liggen.");
		assertThat(ask("500")).contains("Mo Manager");
		assertThat(revoke("1-1-2026", this.town.today()).status()).isEqualTo(302);
		assertThat(ask("500")).contains("Niemand mag dit nu beslissen.", "Het mandaat is ingetrokken op ",
				", door het college.");
		assertThat(this.audit.chain("mandates").get(recorded() - 1).facts()).contains("\"revoked\":true");
		assertThat(revoke("1-1-2026", this.town.today()).status()).isEqualTo(302);
		assertThat(versions()).as("the same file again is the same").hasSize(2);
	}

	@Test
	void revokedNumberIsRevokedAlsoWhereANewVersionWasAnnounced() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		String next = "1-1-" + this.town.today().plusYears(1).getYear();
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;" + next + ";2.000;;;\n");
		assertThat(ask("500")).contains("Mo Manager");
		revoke(next, this.town.today());
		assertThat(versions()).hasSize(3);
		assertThat(ask("500")).contains("Niemand mag dit nu beslissen.", "door het college.");
	}

	private WebVisitor.Answer revoke(String from, LocalDate on) {
		return take("P-1;GM9099;regeling;Wmo;Manager;Besluit;" + from + ";2.000;"
				+ DateTimeFormatter.ofPattern("d-M-uuuu").format(on) + ";het college;\n");
	}

	@Test
	void approvalsAndConditionsAreTold() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		assertThat(ask("500")).contains("1 akkoord is genoeg").doesNotContain("Onder deze voorwaarden");
		own("update doorbraak.mandate set approvals = 2, conditions = 'Eerst overleg.' where number = 'P-1'");
		assertThat(ask("500")).contains("er zijn 2 akkoorden van verschillende personen nodig",
				"Onder deze voorwaarden: Eerst overleg.");
	}

	@Test
	void twiceInACellIsOnceAndNothingInACellIsUnreadable() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		own("update doorbraak.mandate set powers = '{scheme,scheme}', municipalities = '{GM9099,GM9099}' where number = 'P-1'");
		assertThat(ask("500")).contains("Manager van Gemeente Proefdam mag dit beslissen.");
		own("update doorbraak.mandate set municipalities = '{NULL}' where number = 'P-1'");
		for (String page : List.of("/mandaten", "/mandaten.csv",
				"/mandaten/bevoegd?niveau=local&bevoegdheid=scheme&afwijken=nee&voorbehouden=none&bedrag=1")) {
			WebVisitor.Answer answer = this.keeper.get(page);
			assertThat(answer.status()).as(page).isEqualTo(409);
			assertThat(answer.body()).as(page).contains("register");
		}
		WebVisitor.Answer start = this.keeper.get("/");
		assertThat(start.status()).isEqualTo(200);
		assertThat(start.body()).contains("het register is niet te lezen");
	}

	@Test
	void regionIsAskedWhichMunicipalityItIsAbout() {
		own("insert into doorbraak.mandate (number, organisation_id, powers, legal_basis, function, decision, valid_from, rungs, municipalities) values ('RG01-99', 'RG01', '{scheme}', 'Wmo', 'processDirector', 'Besluit', '2026-01-01', '{regional}', '{GM9099}')");
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n");
		WebVisitor region = WebVisitor.login(this.town, "regio99");
		String query = "/mandaten/bevoegd?niveau=regional&bevoegdheid=scheme&afwijken=nee&voorbehouden=none&bedrag=0";
		assertThat(region.get("/mandaten/bevoegd").body())
			.contains("<option value=\"GM9099\">Gemeente Proefdam</option>");
		for (String other : List.of("", "&gemeente=", "&gemeente=GM404", "&gemeente=RG01")) {
			WebVisitor.Answer answer = region.get(query + other);
			assertThat(answer.status()).as(other).isEqualTo(400);
			assertThat(answer.body()).as(other)
				.contains("role=\"alert\"", "Kies ook de gemeente")
				.doesNotContain("id=\"antwoord\"");
		}
		assertThat(region.get(query + "&gemeente=GM9099").body()).contains("Onder mandaat RG01-99 versie 1",
				"Onder mandaat P-1 versie 1");
		assertThat(region.get(query + "&gemeente=GM9001").body())
			.contains("Het mandaat geldt niet voor deze gemeente.", "Onder mandaat GM9001-02 versie 1")
			.doesNotContain("Onder mandaat RG01-99", "P-1");
	}

	@Test
	void oneWrongLineKeepsTheWholeFileOut() {
		int before = recorded();
		Map<String, String> wrong = new LinkedHashMap<>();
		wrong.put("P-2;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;veel;;;",
				"<strong>Regel 3:</strong> <span>&#39;Plafond per huishouden per jaar&#39; moet een bedrag zijn");
		wrong.put("P-2;GM9001;regeling;Wmo;Manager;Besluit;1-1-2026;1;;;",
				"is een organisatie waarvan u het register niet beheert.");
		wrong.put("GM9001-02;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1;;;",
				"is al het nummer van een mandaat van een ander orgaan.");
		wrong.put("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;2;;;",
				"Mandaat P-1 staat er meer dan een keer in.");
		wrong.put("P-2;GM9099;regeling;Wmo;Manager;Besluit", "De regel heeft 6 cellen; er zijn 11 kolommen.");
		wrong.put("P-2;;;;;;;;;;", "&#39;Mandaatgever&#39; moet zijn ingevuld.");
		wrong.put("\"P-2;GM9099", "geen leesbare CSV");
		wrong.put("P-2;GM9099;regeling;Wmo;Manager;kwaad\u0007;1-1-2026;1;;;", "bevat een teken dat hier niet kan");
		wrong.forEach((line, sentence) -> {
			WebVisitor.Answer answer = take(
					"P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;\n" + line + "\n");
			assertThat(answer.status()).as(line).isEqualTo(400);
			assertThat(answer.body()).as(line).contains("role=\"alert\"", sentence).doesNotContain("kwaad");
		});
		assertThat(upload("Mandaatnummer;Naam\nx;1\n").body()).contains("Kolom 2 heeft geen naam die wij kennen")
			.doesNotContain("ontbreekt.</span>");
		assertThat(upload("Mandaatnummer;Mandaatgever\nx;1\n").body())
			.contains("De kolom &#39;Wettelijke grondslag&#39; ontbreekt.");
		assertThat(upload(HEADER).body()).contains("Er staat geen enkel mandaat in dit bestand.");
		assertThat(upload("").body()).contains("Kies eerst een CSV-bestand.");
		assertThat(upload("x".repeat(300_000)).status()).isEqualTo(413);
		assertThat(this.keeper
			.send("POST", "/mandaten/importeren", "geen delen", "multipart/form-data; boundary=grens", Map.of())
			.status()).isEqualTo(400);
		assertThat(versions()).isEmpty();
		assertThat(recorded()).isEqualTo(before);
	}

	@Test
	void exampleIsTakenOverAsItIs() {
		String example = this.keeper.get("/mandaten/voorbeeld.csv").body();
		assertThat(example).contains("erzonnen");
		assertThat(upload(example).status()).isEqualTo(302);
		assertThat(versions()).hasSize(5);
		assertThat(ask("9.000")).contains("Manager van Gemeente Proefdam mag dit beslissen.");
	}

	@Test
	void formulaIsDisarmedWhenItLeavesAndTakenBackAsItWas() {
		take("P-1;GM9099;regeling;Wmo;Manager;Besluit;1-1-2026;1.000;;;=HYPERLINK(1)\n");
		String exported = this.keeper.get("/mandaten.csv").body();
		assertThat(exported).contains(";'=HYPERLINK(1);");
		upload(exported);
		assertThat(versions()).hasSize(1);
	}

	@Test
	void registerOfAnotherBodyIsNotThere() {
		WebVisitor manager = WebVisitor.login(this.town, "manager99");
		for (String page : List.of("/mandaten", "/mandaten/bevoegd", "/mandaten.csv", "/mandaten/voorbeeld.csv")) {
			assertThat(manager.get(page).status()).as(page).isEqualTo(200);
			assertThat(manager.get(page + "?orgaan=GM9001").status()).as(page).isEqualTo(404);
		}
		assertThat(manager.send("POST", "/mandaten/importeren", "x", "text/plain", Map.of()).status()).isEqualTo(403);
	}

	@Test
	void questionThatCannotBeIsToldSo() {
		for (String query : List.of("niveau=hoog", "niveau=local&bevoegdheid=alles",
				"niveau=local&bevoegdheid=scheme&bedrag=veel", "niveau=local&bevoegdheid=scheme&bedrag=-1",
				"niveau=local&bevoegdheid=scheme&bedrag=1e9", "niveau=local&bevoegdheid=scheme&bedrag=1&dreiging=regen",
				"niveau=local&bevoegdheid=scheme&bedrag=1&afwijken=misschien", "niveau=")) {
			WebVisitor.Answer answer = this.keeper.get("/mandaten/bevoegd?" + query);
			assertThat(answer.status()).as(query).isEqualTo(400);
			assertThat(answer.body()).as(query).contains("role=\"alert\"", "id=\"bevoegdheid\"");
		}
		assertThat(this.keeper
			.get("/mandaten/bevoegd?niveau=regional&bevoegdheid=scheme&afwijken=ja&voorbehouden=&crisis=ja&bedrag=-5")
			.body()).contains("<a href=\"#bedrag\"", "id=\"wrong-bedrag\"", "value=\"-5\" aria-invalid=\"true\"")
			.containsPattern("value=\"regional\" selected")
			.containsPattern("value=\"ja\" selected")
			.containsPattern("name=\"crisis\" value=\"ja\" checked");
	}

	private String ask(String amount) {
		WebVisitor.Answer answer = this.keeper
			.get("/mandaten/bevoegd?niveau=local&bevoegdheid=scheme&afwijken=nee&voorbehouden=none&bedrag=" + amount);
		assertThat(answer.status()).isEqualTo(200);
		return answer.body();
	}

	private WebVisitor.Answer take(String lines) {
		return upload(HEADER + lines);
	}

	private WebVisitor.Answer upload(String file) {
		return this.keeper.send("POST", "/mandaten/importeren",
				"--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
						+ file + "\r\n--grens--\r\n",
				"multipart/form-data; boundary=grens", Map.of());
	}

	private List<String> versions() {
		return this.database.sql(
				"select number || ' v' || version || ' ' || coalesce(ceiling_cents::text, 'null') from doorbraak.mandate where organisation_id = 'GM9099' order by number, version")
			.query(String.class)
			.list();
	}

	private int recorded() {
		return this.audit.chain("mandates").size();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
