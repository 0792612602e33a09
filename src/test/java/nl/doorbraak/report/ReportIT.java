package nl.doorbraak.report;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.Terms;
import nl.doorbraak.report.Report.Asked;
import nl.doorbraak.report.Report.Content;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Pdf;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A month of a municipality is counted on the first working day after it, told to its
 * director, and never changes; a year when its director asks.
 */
@WholeApplication
class ReportIT {

	private static final String BARRIER = "Twee wetten spreken elkaar tegen bij een verhuizing";

	/** Of this run alone: the database is shared. */
	private final long started = System.nanoTime();

	private final Town town;

	private final Reports reports;

	private final Terms terms;

	@Autowired
	ReportIT(Town town, Reports reports, Terms terms) {
		this.town = town;
		this.reports = reports;
		this.terms = terms;
	}

	@AfterEach
	void clear() {
		this.town.closeAll();
	}

	@Test
	void monthIsCountedOnceToldToItsDirectorAndStaysAsItWas() throws Exception {
		this.town.closeAll();
		moveTo(nextMonth().plusDays(9).atTime(10, 0).atZone(DutchTime.ZONE));
		LocalDate month = this.town.today().withDayOfMonth(1);
		String period = month.toString().substring(0, 7);
		List<String> numbers = cases();
		LocalDate first = this.terms.workingDay(month.plusMonths(1).minusDays(1), 1);
		moveTo(first.atTime(7, 0).atZone(DutchTime.ZONE));
		this.reports.makeDue();
		assertThat(made(period)).as("not before the day begins").isEmpty();
		moveTo(first.atTime(8, 0).atZone(DutchTime.ZONE));
		this.reports.makeDue();
		assertThat(this.reports.makeDue()).as("once").isZero();
		assertThat(made(period)).as("of whom there was something to tell").containsExactly("GM9002", "LMM", "RG01");
		assertThat(told(period)).containsExactly("esther", "lotte", "paul");

		Content content = this.reports.get("esther", "GM9002", period).content();
		assertThat(content.opened()).isEqualTo(plain("reported_at", month)).isEqualTo(6);
		assertThat(content.open()).isEqualTo(6);
		assertThat(content.withoutLead()).isEqualTo(5);
		assertThat(content.asked()).contains(new Asked("lead", "RG01", 5, 1, 0, 4),
				new Asked("agency", "UWV", 1, 0, 0, 1));
		assertThat(content.barriers()).extracting(Report.Barrier::wording).containsExactly(BARRIER + mark());
		String page = see("esther", "GM9002", period);
		assertThat(page)
			.contains("Aan het eind waren er 6 casussen open", "Zonder regie: alle, op minder dan 5 na", BARRIER,
					"minder dan 5", "Te weinig om meer te zeggen")
			.doesNotContain("DB-20");
		assertThat(WebVisitor.login(this.town, "esther").get("/").body())
			.contains("href=\"" + path("GM9002", period) + "\"", ", Gemeente Lindeveld</a>");
		assertThat(WebVisitor.login(this.town, "mila").get("/").body()).doesNotContain("Maandoverzicht");
		assertThat(see("paul", "RG01", period)).as("only of cases where the reader is on").contains(numbers.get(1));
		assertThat(WebVisitor.login(this.town, "dirk").get(path("GM9002", period)).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "esther").get(path("RG01", period)).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "olaf").get(path("GM9002", period)).status()).isEqualTo(403);

		byte[] paper = WebVisitor.login(this.town, "paul").get(path("RG01", period) + "/overzicht.pdf").bytes();
		Pdf.pictures(paper, Path.of("target", "screenshots", "month-report"));
		assertThat(Pdf.text(paper)).contains("Maandoverzicht", "Regio Waterland-Zuid", "Twee wetten", "1 van 1")
			.doesNotContain("DB-20");
		assertThat(Pdf.barriers(paper)).isEmpty();
		this.town.closeAll();
		assertThat(this.reports.get("esther", "GM9002", period).content()).isEqualTo(content);
		look("esther", path("GM9002", period), "month-report");
		year(month.getYear());
	}

	private void year(int year) throws Exception {
		WebVisitor esther = WebVisitor.login(this.town, "esther");
		Map<String, String> asked = Map.of("year", String.valueOf(year));
		moveTo(LocalDate.of(year + 1, 1, 2).atTime(9, 0).atZone(DutchTime.ZONE).isAfter(now())
				? LocalDate.of(year + 1, 1, 2).atTime(9, 0).atZone(DutchTime.ZONE) : now());
		assertThat(esther.form("/bestuurders/GM9002/jaar", Map.of("year", String.valueOf(year + 1))).status())
			.as("not over")
			.isEqualTo(400);
		assertThat(esther.form("/bestuurders/RG01/jaar", asked).status()).isEqualTo(404);
		assertThat(esther.form("/bestuurders/GM9002/jaar", asked).status()).isEqualTo(302);
		assertThat(esther.form("/bestuurders/GM9002/jaar", asked).status()).isEqualTo(409);
		assertThat(see("esther", "GM9002", String.valueOf(year))).contains("Jaarverslag " + year, BARRIER,
				"Wat ermee is gedaan", "Laat de termijn doorlopen.", "Sinds mei minder.");
		byte[] paper = esther.get(path("GM9002", String.valueOf(year)) + "/overzicht.pdf").bytes();
		Pdf.pictures(paper, Path.of("target", "screenshots", "year-report"));
		assertThat(Pdf.text(paper)).contains("Jaarverslag " + year, "Sinds mei minder.");
		assertThat(Pdf.barriers(paper)).isEmpty();
		look("esther", "/bestuurders", "reports");
		look("esther", path("GM9002", String.valueOf(year)), "year-report");
		assertThat(this.town.database()
			.sql("select act || ' ' || actor || ' ' || (facts::jsonb ->> 'period') from doorbraak.audit_line where chain = 'reports'")
			.query(String.class)
			.list()).contains("reportMade esther " + year);
	}

	/**
	 * Six cases of one municipality: in five the region is asked for the lead and takes
	 * one; three share what is in their way.
	 */
	private List<String> cases() {
		List<String> numbers = new ArrayList<>();
		Town.Visitor olaf = this.town.as("olaf");
		for (int i = 0; i < 6; i++) {
			numbers.add(olaf.report(Map.of("whatIsStuck", "Geen potje past.")));
			if (i > 0) {
				assertThat(
						olaf.post("/api/v1/cases/" + numbers.get(i) + "/lead/question", Map.of("organisation", "RG01"))
							.status())
					.isEqualTo(200);
			}
		}
		assertThat(this.town.as("paul").post("/api/v1/cases/" + numbers.get(5) + "/lead/acceptance", Map.of()).status())
			.isEqualTo(200);
		assertThat(olaf
			.post("/api/v1/cases/" + numbers.get(0) + "/agency-requests",
					Map.of("agencies", List.of("UWV"), "question", "Wat kan?"))
			.status()).isEqualTo(200);
		WebVisitor browser = WebVisitor.login(this.town, "olaf");
		assertThat(browser
			.form("/casus/" + numbers.get(0) + "/geleerd",
					Map.of("kind", "complexLaw", "wording", BARRIER + mark(), "order", "2", "anew", "true"))
			.status()).isEqualTo(302);
		long id = one("select id from doorbraak.obstacle where wording = '" + BARRIER + mark() + "'");
		for (String number : numbers.subList(1, 3)) {
			assertThat(browser.form("/casus/" + number + "/geleerd", Map.of("obstacle", String.valueOf(id))).status())
				.isEqualTo(302);
		}
		WebVisitor hein = WebVisitor.login(this.town, "hein");
		assertThat(hein.form("/patronen/" + id + "/eigenaar", Map.of("owner", "hein", "order", "3")).status())
			.isEqualTo(302);
		assertThat(hein
			.form("/patronen/" + id + "/leerpunt",
					Map.of("organisation", "UWV", "sentence", "Laat de termijn doorlopen."))
			.status()).isEqualTo(302);
		long point = one("select max(id) from doorbraak.learning_point");
		WebVisitor.login(this.town, "ulla")
			.form("/leerpunten/" + point + "/antwoord", Map.of("answer", "Dat doen wij."));
		assertThat(hein.form("/leerpunten/" + point + "/afgedaan", Map.of("effect", "Sinds mei minder.")).status())
			.isEqualTo(302);
		return numbers;
	}

	private String mark() {
		return " " + Long.toString(this.started, 36);
	}

	private void look(String login, String path, String name) {
		try (Screens screens = Screens.open()) {
			Screen large = screens.screen(this.town.address(), login);
			large.open(path);
			large.assertReadable();
			large.picture(name);
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn(login);
			small.open(path);
			small.assertReadable();
			small.picture(name + "-small");
		}
	}

	private String see(String login, String body, String period) {
		WebVisitor.Answer answer = WebVisitor.login(this.town, login).get(path(body, period));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.body();
	}

	private static String path(String body, String period) {
		return "/bestuurders/" + body + "/" + period;
	}

	private List<String> made(String period) {
		return this.town.database()
			.sql("select organisation_id from doorbraak.report where period = :period order by 1")
			.param("period", period)
			.query(String.class)
			.list();
	}

	private List<String> told(String period) {
		return this.town.database()
			.sql("select distinct recipient_login from doorbraak.alert where kind = 'monthReport' and deadline_version like '%' || :period order by 1")
			.param("period", period)
			.query(String.class)
			.list();
	}

	/** Counted once more, by a question of its own. */
	private int plain(String moment, LocalDate month) {
		return this.town.database()
			.sql("select count(*) from doorbraak.case_file where municipality_id = 'GM9002' and " + moment
					+ " >= :from and " + moment + " < :until")
			.param("from", Timestamp.from(month.atStartOfDay(DutchTime.ZONE).toInstant()))
			.param("until", Timestamp.from(month.plusMonths(1).atStartOfDay(DutchTime.ZONE).toInstant()))
			.query(Integer.class)
			.single();
	}

	private long one(String sql) {
		return this.town.database().sql(sql).query(Long.class).single();
	}

	private LocalDate nextMonth() {
		return this.town.today().withDayOfMonth(1).plusMonths(1);
	}

	private ZonedDateTime now() {
		return this.town.clock().instant().atZone(DutchTime.ZONE);
	}

	private void moveTo(ZonedDateTime moment) {
		Instant now = this.town.clock().instant();
		this.town.moveClock(Duration.between(now, moment.toInstant()).plusSeconds(1));
	}

}
