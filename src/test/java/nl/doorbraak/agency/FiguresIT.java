package nl.doorbraak.agency;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an agency answered is counted when a half-year is over, read by the agency first,
 * and by others with its reply beside it.
 */
@WholeApplication
class FiguresIT {

	private static final String PAGE = "/instanties/cijfers";

	private final Town town;

	private final Figures figures;

	@Autowired
	FiguresIT(Town town, Figures figures) {
		this.town = town;
		this.figures = figures;
	}

	@AfterEach
	void clear() {
		this.town.clear();
	}

	@Test
	void halfYearIsCountedOnceAndReadByTheAgencyFirst() {
		this.town.clear();
		moveTo(nextHalf().plusDays(10));
		this.figures.doDue();
		String period = period(this.town.today());
		String number = answers();
		assertThat(this.figures.doDue()).as("not before it is over").isZero();
		assertThat(this.figures.nextDueAt()).contains(nextHalf().atStartOfDay(DutchTime.ZONE).toInstant());
		moveTo(nextHalf());
		assertThat(this.figures.doDue()).as("UWV and SVB").isEqualTo(2);
		assertThat(this.figures.doDue()).as("once").isZero();

		Map<String, Object> counted = row("UWV", period);
		assertThat(counted).containsEntry("asked", 8)
			.containsEntry("answered_in_term", 6)
			.containsEntry("silent", 1)
			.containsEntry("refused", 5)
			.containsEntry("not_assessed", 5)
			.containsEntry("serial", 1)
			.containsEntry("taken_back", 1);
		plainSql(number)
			.forEach((figure, value) -> assertThat(counted).as(figure).containsEntry(figure, value.intValue()));

		assertThat(see("ulla")).contains("UWV", "minder dan 5").doesNotContain("Sociale Verzekeringsbank");
		assertThat(see("siem")).contains("Minder dan 5 vragen: wij tonen geen cijfers.").doesNotContain(">UWV<");
		assertThat(reads("lotte", period)).as("not yet").isEmpty();
		assertThat(told("figuresReleased")).contains("ulla", "siem");

		reply(key("UWV", period));
		assertThat(see("lotte")).contains(">UWV<", "Wij waren met te weinig.", "Ulla Peters");
		assertThat(reads("lotte", period)).containsExactly("UWV");
		assertThat(told("figuresAnswered")).contains("lotte");
		LocalDate opensOn = ((java.sql.Date) row("SVB", period).get("opens_on")).toLocalDate();
		assertThat(Duration.between(this.town.today().atStartOfDay(), opensOn.atStartOfDay()).toDays())
			.as("twenty working days")
			.isBetween(26L, 36L);
		moveTo(opensOn.minusDays(1));
		assertThat(reads("joris", period)).containsExactly("UWV");
		moveTo(opensOn);
		assertThat(reads("joris", period)).containsExactly("SVB", "UWV");
		assertThat(see("amira")).contains("Sociale Verzekeringsbank");
		replyByTheLink(key("SVB", period));
		assertThat(acts()).contains("figuresReleased #timer UWV", "figuresAnswered ulla UWV",
				"figuresAnswered #link SVB");
	}

	/** On a large and a small screen. */
	private void reply(String key) {
		try (Screens screens = Screens.open()) {
			Screen ulla = screens.screen(this.town.address(), "ulla");
			ulla.open(PAGE);
			ulla.assertReadable();
			ulla.picture("figures");
			ulla.open(PAGE + "/" + key);
			ulla.page().getByLabel("Wat wilt u erover zeggen?").fill("Wij waren met te weinig.");
			ulla.button("Verstuur reactie").press("Enter");
			assertThat(ulla.page().locator("main").innerText()).contains("Reactie van de instantie",
					"kunnen deze cijfers nu lezen");
			Screen small = screens.screen(this.town.address(), 390);
			small.logIn("ulla");
			small.open(PAGE + "/" + key);
			small.assertReadable();
		}
	}

	private void replyByTheLink(String other) {
		WebVisitor stranger = WebVisitor.anonymous(this.town);
		assertThat(stranger.get(PAGE + "/" + other).body()).contains("Minder dan 5 vragen", "Uw naam en functie");
		WebVisitor.Answer nameless = stranger.form(PAGE + "/" + other + "/reactie", Map.of("reply", "Zo was het."));
		assertThat(nameless.status()).as("without a name").isEqualTo(400);
		assertThat(Jsoup.parse(nameless.body()).select("#fout ~ textarea").val()).isEqualTo("Zo was het.");
		assertThat(stranger.form(PAGE + "/" + other + "/reactie", Map.of("reply", "Zo was het.", "name", "S. Dekker"))
			.status()).isEqualTo(302);
		assertThat(see("lotte")).contains("S. Dekker");
	}

	/**
	 * Eight questions to one agency: five no, of which one is taken back and asked anew,
	 * two yes, one silent. And one to another.
	 */
	private String answers() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Veel vragen, weinig antwoorden."));
		ask(number, "SVB", "", null);
		refuse(number, "Een", null, "no");
		long first = last(number);
		refuse(number, "Een", first, "yes");
		for (String department : List.of("Twee", "Drie", "Vier")) {
			refuse(number, department, null, null);
		}
		long back = last(number);
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/instanties/" + back + "/afwijzing-ingetrokken", Map.of("why", "Vergissing."))
			.status()).isEqualTo(302);
		this.town.workDue();
		grant(number);
		ask(number, "UWV", "Vijf", null);
		this.town.pass(Duration.ofDays(14));
		assertThat(silent(number)).isEqualTo(1);
		ask(number, "UWV", "Zes", null);
		return number;
	}

	private int silent(String number) {
		return this.town.database()
			.sql("select count(silent_at) from doorbraak.agency_request where agency_id = 'UWV' and case_number = ?")
			.param(number)
			.query(Integer.class)
			.single();
	}

	private void ask(String number, String agency, String department, Long previous) {
		Map<String, Object> question = new HashMap<>(
				Map.of("agencies", List.of(agency), "question", "Wat kan?", "department", department));
		question.put("previous", previous);
		assertThat(this.town.as("anna").post("/api/v1/cases/" + number + "/agency-requests", question).status())
			.isEqualTo(200);
		this.town.workDue();
	}

	private void refuse(String number, String department, Long previous, String knownBefore) {
		ask(number, "UWV", department, previous);
		Map<String, Object> no = new HashMap<>(Map.of("answer", "refused", "decidedBy", "Teammanager", "grounds",
				"Geen recht.", "assessedAll", "no", "sufficient", "Meer.", "remedy", "none", "toldBy", "phone"));
		if (previous != null) {
			no.put("knownBefore", knownBefore);
		}
		this.town.as("ulla").fill(number, "answer-request", no);
	}

	private void grant(String number) {
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "decidedBy", "Teammanager", "action", "Ja."));
	}

	private long last(String number) {
		return this.town.database()
			.sql("select max(id) from doorbraak.agency_request where case_number = ?")
			.param(number)
			.query(Long.class)
			.single();
	}

	private Map<String, Object> row(String agency, String period) {
		return this.town.database()
			.sql("select * from doorbraak.agency_figures where agency_id = :agency and period = :period")
			.param("agency", agency)
			.param("period", period)
			.query()
			.singleRow();
	}

	/** Each figure once more, by a question of its own. */
	private Map<String, Long> plainSql(String number) {
		Map<String, Long> figures = new HashMap<>();
		Map.of("asked", "true", "answered_in_term", "answer is not null and silent_at is null", "silent",
				"silent_at is not null", "refused", "answer = 'refused'", "not_assessed", "not assessed_all",
				"taken_back", "withdrawn_at is not null")
			.forEach((figure, rule) -> figures.put(figure, this.town.database()
				.sql("select count(*) from doorbraak.agency_request where agency_id = 'UWV' and case_number = ? and "
						+ rule)
				.param(number)
				.query(Long.class)
				.single()));
		figures.put("serial",
				this.town.database()
					.sql("""
							select count(*) from doorbraak.audit_line
							where chain = ? and act = 'serialRefusalFound' and facts::jsonb ->> 'agency' = 'UWV'""")
					.param(number)
					.query(Long.class)
					.single());
		return figures;
	}

	private String key(String agency, String period) {
		return String.valueOf(row(agency, period).get("key"));
	}

	/** Of which bodies somebody reads this half-year. */
	private List<String> reads(String login, String period) {
		return this.figures.readableBy(login)
			.stream()
			.filter((each) -> each.period().equals(period))
			.map(AgencyFigures::agency)
			.toList();
	}

	private String see(String login) {
		return WebVisitor.login(this.town, login).get(PAGE).body();
	}

	private List<String> told(String kind) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where kind = ? and recipient_login is not null")
			.param(kind)
			.query(String.class)
			.list();
	}

	private List<String> acts() {
		return this.town.database()
			.sql("select act || ' ' || actor || ' ' || (facts::jsonb ->> 'agency') from doorbraak.audit_line where chain = 'figures'")
			.query(String.class)
			.list();
	}

	private void moveTo(LocalDate day) {
		this.town.moveClock(
				Duration.between(this.town.clock().instant(), day.atTime(9, 0).atZone(DutchTime.ZONE).toInstant()));
	}

	private LocalDate nextHalf() {
		LocalDate today = this.town.today();
		return (today.getMonthValue() < 7) ? LocalDate.of(today.getYear(), Month.JULY, 1)
				: LocalDate.of(today.getYear() + 1, Month.JANUARY, 1);
	}

	private static String period(LocalDate day) {
		return day.getYear() + "-" + ((day.getMonthValue() < 7) ? 1 : 2);
	}

}
