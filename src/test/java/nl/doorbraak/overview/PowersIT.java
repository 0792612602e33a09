package nl.doorbraak.overview;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import nl.doorbraak.carryout.Budgets;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.Refused;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Who could do what on three days, and what differed between two of them. In a
 * municipality of its own.
 */
@WholeApplication
class PowersIT {

	private static final String PAGE = "/controle/bevoegdheden";

	private static final String HEADER = "Mandaatnummer;Mandaatgever;Bevoegdheid;Wettelijke grondslag;Gemandateerde;Mandaatbesluit en vindplaats;Geldig vanaf;Bekendgemaakt op;Plafond per huishouden per jaar;Ingetrokken op;Ingetrokken door\n";

	private final Town town;

	private final Directory directory;

	private final Budgets budgets;

	private final Absences absences;

	@Autowired
	PowersIT(Town town, Directory directory, Budgets budgets, Absences absences) {
		this.town = town;
		this.directory = directory;
		this.budgets = budgets;
		this.absences = absences;
	}

	@BeforeEach
	void proefstadHasAnAdministratorAManagerAndAnAuditor() {
		// A budget is of one year: not over its end. Who has a post has it from today.
		this.town.moveClock(Duration.ofDays((this.town.today().getDayOfYear() > 355) ? 20 : 0));
		own("insert into doorbraak.organisation (id, kind, name, region_id, connected) values ('GM9098', 'municipality', 'Gemeente Proefstad', 'RG01', true)");
		own("insert into doorbraak.officer (login, name, source) values ('beheer98', 'Bo Beheer', 'demo'), ('manager98', 'Mo Manager', 'demo'), ('auditor98', 'Au Auditor', 'demo'), ('auditor97', 'Er Elders', 'demo')");
		own("insert into doorbraak.post values ('beheer98', 'administrator', 'GM9098'), ('manager98', 'manager', 'GM9098'), ('auditor98', 'auditor', 'GM9098'), ('auditor97', 'auditor', 'GM9002')");
	}

	@AfterEach
	void proefstadIsGone() {
		own("delete from doorbraak.mandate where organisation_id = 'GM9098'");
		own("delete from doorbraak.budget where organisation_id = 'GM9098'");
		own("delete from doorbraak.absence where officer_login = 'manager98'");
		own("delete from doorbraak.post where organisation_id = 'GM9098' or officer_login = 'auditor97'");
		own("delete from doorbraak.departure_line where departure_id in (select id from doorbraak.departure where login like '%98')");
		own("delete from doorbraak.departure where login like '%98'");
		own("delete from doorbraak.officer where login in ('beheer98', 'manager98', 'auditor98', 'auditor97', 'nova98')");
		own("delete from doorbraak.organisation where id = 'GM9098'");
	}

	@Test
	void threeDaysAndWhatDifferedBetweenThem() {
		LocalDate first = this.town.today();
		claims("director");
		take(first, "1.000", "");
		budget(0, 0, "2000");
		this.absences.enter("manager98", first, first.plusDays(1), "beheer98");
		this.town.moveClock(Duration.ofDays(2));
		LocalDate second = this.town.today();
		take(first, "5.000", "");
		long budget = this.town.database()
			.sql("select id from doorbraak.budget where organisation_id = 'GM9098'")
			.query(Long.class)
			.single();
		budget(budget, 1, "3000");
		this.town.moveClock(Duration.ofDays(2));
		LocalDate third = this.town.today();
		take(first, "5.000", third.format(DateTimeFormatter.ofPattern("d-M-uuuu")));
		Throwable refused = catchThrowable(() -> claims());
		assertThat(refused).isInstanceOf(Refused.class);

		WebVisitor auditor = WebVisitor.login(this.town, "auditor98");
		Document one = page(auditor, "?op=" + first);
		assertThat(rows(one, "roles")).anyMatch((row) -> row.startsWith("Nova Nieuw | Directeur sociaal domein"))
			.anyMatch((row) -> row.startsWith("Mo Manager | Manager"));
		assertThat(rows(one, "mandates")).singleElement()
			.asString()
			.startsWith("PS-1 | 1 | Manager | regeling")
			.contains("€ 1.000,00")
			.endsWith("Mo Manager (afwezig)");
		assertThat(rows(one, "away")).singleElement().asString().startsWith("Mo Manager | ").endsWith("Bo Beheer");
		assertThat(rows(one, "settings"))
			.contains("Budget Wijk, " + first.getYear()
					+ " | € 2.000,00; plafond per casus: € 500,00; plafond per huishouden: geen")
			.anyMatch((row) -> row.equals("Termijnen | versie 1"))
			.anyMatch((row) -> row.startsWith("Voorwaarden: "));

		Document two = page(auditor, "?op=" + second);
		assertThat(rows(two, "mandates")).singleElement()
			.asString()
			.startsWith("PS-1 | 2 | Manager")
			.contains("€ 5.000,00")
			.endsWith(" | Mo Manager");
		assertThat(rows(two, "away")).isEmpty();
		assertThat(rows(two, "settings")).anyMatch((row) -> row.contains("| € 3.000,00; plafond"));

		Document three = page(auditor, "?op=" + third);
		assertThat(rows(three, "mandates")).isEmpty();
		assertThat(rows(three, "roles")).noneMatch((row) -> row.contains("Nova Nieuw"))
			.anyMatch((row) -> row.contains("Mo Manager"));

		Document between = page(auditor, "?op=" + third + "&en=" + first);
		assertThat(rows(between, "roles-veranderd")).singleElement()
			.asString()
			.startsWith("Vervallen | Nova Nieuw | Directeur sociaal domein; ")
			.contains("| de inlogdienst, gezien bij het inloggen |");
		assertThat(rows(between, "mandates-veranderd")).singleElement()
			.asString()
			.startsWith("Vervallen | PS-1 | 1; ")
			.contains("| Bo Beheer |");
		assertThat(rows(between, "away-veranderd")).singleElement()
			.asString()
			.startsWith("Vervallen | Mo Manager | ")
			.contains("| vanzelf, op zijn dag; vastgelegd door Mo Manager |");
		assertThat(rows(between, "settings-veranderd")).singleElement()
			.asString()
			.startsWith("Veranderd | Budget Wijk, " + first.getYear() + " | € 2.000,00; plafond")
			.contains("| € 3.000,00; plafond", "| Mo Manager |");
		assertThat(rows(page(auditor, "?op=" + first + "&en=" + second), "mandates-veranderd")).singleElement()
			.asString()
			.startsWith("Veranderd | PS-1 | 1; € 1.000,00 | 2; € 5.000,00 | Bo Beheer | ");
		Document begun = page(auditor, "?op=" + first.minusDays(1) + "&en=" + first);
		assertThat(rows(begun, "roles-veranderd")).hasSize(4)
			.anyMatch((row) -> row.startsWith("Erbij | Nova Nieuw |") && row.contains("| de inlogdienst, gezien"))
			.anyMatch((row) -> row.startsWith("Erbij | Mo Manager |") && row.contains("| niet vastgelegd |"));
		assertThat(rows(begun, "mandates-veranderd")).singleElement().asString().startsWith("Erbij | PS-1 |  | 1; ");
		assertThat(begun.selectFirst("p.first").text()).endsWith("veranderden er 7 dingen.");
		assertThat(page(auditor, "?op=2024-01-01").selectFirst("p.notice").text())
			.contains("niet wie welke functie had");
		assertThat(auditor.get(PAGE + "?op=" + third.plusDays(1)).status()).isEqualTo(400);
		assertThat(auditor.get(PAGE + "?op=gisteren").status()).isEqualTo(400);
		assertThat(auditor.get(PAGE + "?gemeente=GM9001").status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "auditor97").get(PAGE + "?op=" + first + "&en=" + third).body())
			.contains("Gemeente Lindeveld")
			.doesNotContain("Nova Nieuw", "Mo Manager", "PS-1");
		assertThat(WebVisitor.login(this.town, "auditor98").get(PAGE + "?taal=en&op=" + first + "&en=" + third).body())
			.contains("4 things changed", "by itself, on its day");
		for (int width : List.of(1280, 390)) {
			try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), width)) {
				screen.logIn("auditor98");
				screen.open(PAGE + "?op=" + first + "&en=" + third);
				screen.picture("powers-" + width);
			}
		}
	}

	/** What the identity provider says of Nova at a login. */
	private void claims(String... functions) {
		this.directory.accept(Map.of("preferred_username", "nova98", "name", "Nova Nieuw", "organisation", "GM9098",
				"functions", List.of(functions)));
	}

	private void take(LocalDate from, String ceiling, String revoked) {
		String day = from.format(DateTimeFormatter.ofPattern("d-M-uuuu"));
		String file = HEADER + "PS-1;GM9098;regeling;Wmo;Manager;Besluit;" + day + ";" + day + ";" + ceiling + ";"
				+ revoked + ";" + (revoked.isEmpty() ? "" : "het college") + "\n";
		assertThat(WebVisitor.login(this.town, "beheer98")
			.send("POST", "/mandaten/importeren",
					"--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
							+ file + "\r\n--grens--\r\n",
					"multipart/form-data; boundary=grens", Map.of())
			.status()).isEqualTo(302);
	}

	private void budget(long id, int version, String amount) {
		this.budgets.set("manager98", new Budgets.Wish(id, version, "GM9098", "Wijk", this.town.today().getYear(),
				amount, "500", "", "KP-98"));
	}

	private static Document page(WebVisitor who, String query) {
		WebVisitor.Answer answer = who.get(PAGE + query);
		assertThat(answer.status()).isEqualTo(200);
		return Jsoup.parse(answer.body());
	}

	/** The rows of the table in a region, cell by cell. */
	private static List<String> rows(Document page, String region) {
		List<String> rows = new ArrayList<>();
		for (Element row : page.select("div[aria-labelledby=" + region + "] tbody tr")) {
			rows.add(row.select("> th, > td")
				.stream()
				.map(Element::text)
				.collect(Collectors.joining(" | "))
				.replace('\u00a0', ' '));
		}
		return rows;
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
