package nl.doorbraak;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody has it: noticed at each moment, told to whom it concerns, until somebody
 * accepts.
 */
@WholeApplication
class NobodyTakesTheLeadIT {

	private static final Map<String, Object> STUCK = Map.of("whatIsStuck", "Iedereen helpt, niemand heeft de regie.");

	private final Town town;

	@Autowired
	NobodyTakesTheLeadIT(Town town) {
		this.town = town;
	}

	/**
	 * The first Monday of October, ten in the morning: no holiday lies between it and the
	 * events of these tests.
	 */
	@BeforeEach
	void octoberBegins() {
		this.town.clear();
		LocalDate october = this.town.today().plusMonths(3).withMonth(10).withDayOfMonth(1);
		this.town.passUntil(october.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY))
			.atTime(10, 0)
			.atZone(ZoneId.of("Europe/Amsterdam"))
			.toInstant());
	}

	@Test
	void caseWithoutALeadIsNoticedAtEachMomentAndEverybodyHearsItAtTheEvent() {
		LocalDate event = this.town.today().plusDays(30);
		String number = eviction(event);
		this.town.pass(Duration.ofDays(5));
		assertThat(moments(number)).containsExactly("openTwoDays");
		passUntilStartOf(event.minusDays(9));
		assertThat(moments(number)).containsExactly("openTwoDays", "tenDaysBefore");
		passUntilStartOf(event);
		assertThat(moments(number)).containsExactly("openTwoDays", "tenDaysBefore", "fiveDaysBefore", "twoDaysBefore",
				"crisis");
		assertThat(facts(number, "leadMissing", "crisis")).contains("caseTeam@GM9001", "manager@GM9001",
				"processDirector@RG01", "deskOfficer@LMM", "ambassador@LET");
		assertThat(acts(number)).contains("provisionalLeadAppointed");
		this.town.pass(Duration.ofHours(5));
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).as("the 24-hour clock")
			.contains("is 5 uur geleden begonnen");
		this.town.pass(Duration.ofDays(3));
		assertThat(moments(number)).as("each moment once").hasSize(5);
		this.town.pass(Duration.ofDays(8));
		assertThat(alarms(number).get(alarms(number).size() - 1)).as("and again each week, as long as nobody takes it")
			.startsWith("stillNobody");
	}

	@Test
	void acceptedLeadKeepsTheWatchQuietUntilItIsGivenBack() {
		LocalDate event = this.town.today().plusDays(30);
		String number = eviction(event);
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01")).status())
			.isEqualTo(200);
		Town.Visitor paul = this.town.as("paul");
		assertThat(paul.post("/api/v1/cases/" + number + "/lead/acceptance", null).status()).isEqualTo(200);
		passUntilStartOf(event.minusDays(16));
		assertThat(WebVisitor.login(this.town, "paul")
			.form("/casus/" + number + "/stap",
					Map.of("kind", "call", "day", this.town.today().toString(), "line", "Gebeld."))
			.status()).isEqualTo(302);
		passUntilStartOf(event.minusDays(4));
		assertThat(alarms(number)).isEmpty();
		assertThat(anna.post("/api/v1/cases/" + number + "/lead/acceptance", null).message())
			.isEqualTo("Paul Meijer (Regio Waterland-Zuid) heeft de regie al.");
		assertThat(paul.post("/api/v1/cases/" + number + "/lead/return", Map.of("reason", "noCapacity")).status())
			.isEqualTo(200);
		this.town.workDue();
		assertThat(alarms(number)).as("given back five days before the event: told at once").isNotEmpty();
	}

	@Test
	void askedOrganisationMayRefuseAndThenNoLongerSeesTheCase() {
		String number = this.town.as("anna").report(STUCK);
		Town.Visitor anna = this.town.as("anna");
		Town.Visitor lotte = this.town.as("lotte");
		assertThat(lotte.get("/api/v1/cases/" + number).status()).isEqualTo(404);
		anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM"));
		assertThat(anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM")).status())
			.isEqualTo(409);
		assertThat(lotte.get("/api/v1/cases/" + number).status()).isEqualTo(200);
		assertThat(lotte.post("/api/v1/cases/" + number + "/lead/refusal", Map.of("reason", "geen zin")).status())
			.isEqualTo(400);
		assertThat(lotte.post("/api/v1/cases/" + number + "/lead/refusal", Map.of("reason", "notOurLaw")).status())
			.isEqualTo(200);
		assertThat(lotte.get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(this.town.as("bert").post("/api/v1/cases/" + number + "/lead/acceptance", null).status())
			.isEqualTo(404);
	}

	@Test
	void changedEventDateMovesTheMomentsAndTellsNothingTwice() {
		LocalDate event = this.town.today().plusDays(60);
		String number = eviction(event);
		this.town.pass(Duration.ofDays(5));
		LocalDate sooner = this.town.today().plusDays(1);
		this.town.as("anna")
			.post("/api/v1/cases/" + number + "/threat", Map.of("threat", "eviction", "eventDate", sooner.toString()));
		this.town.workDue();
		assertThat(moments(number)).as("of the warnings that are past only the last is told")
			.containsExactly("openTwoDays", "twoDaysBefore");
		passUntilStartOf(sooner);
		assertThat(moments(number)).containsExactly("openTwoDays", "twoDaysBefore", "crisis");
	}

	@Test
	void alarmOfTheEventReachesEverybodyAlsoWhenALaterMomentIsDueToo() {
		LocalDate event = this.town.today().plusDays(9);
		String number = eviction(event);
		passUntilStartOf(event.minusDays(1));
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.post("/api/v1/cases/" + number + "/lead/acceptance", null).status()).isEqualTo(200);
		passUntilStartOf(event.plusDays(9));
		assertThat(moments(number)).doesNotContain("crisis");
		anna.post("/api/v1/cases/" + number + "/lead/return", Map.of("reason", "noCapacity"));
		this.town.workDue();
		assertThat(moments(number)).as("the event, not the week after it").endsWith("crisis");
		assertThat(facts(number, "leadMissing", "crisis")).contains("ambassador@LET");
	}

	@Test
	void whoWasAskedSeesTheCaseUntilItIsTakenOrClosed() {
		String number = this.town.as("anna").report(STUCK);
		Town.Visitor anna = this.town.as("anna");
		Town.Visitor lotte = this.town.as("lotte");
		anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM"));
		assertThat(lotte.get("/api/v1/cases/" + number).status()).isEqualTo(200);
		anna.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		assertThat(lotte.get("/api/v1/cases/" + number).status()).as("closed").isEqualTo(404);
	}

	@Test
	@Attack(value = "D16", failedWith = "who accepts does not look whether somebody has the lead")
	void leadIsTakenOnceWhenTwoTakeItAtTheSameMoment() throws Exception {
		ExecutorService both = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 20; round++) {
				String number = this.town.as("anna").report(STUCK);
				this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
				CyclicBarrier barrier = new CyclicBarrier(2);
				List<Future<Town.Answer>> answers = new ArrayList<>();
				for (String login : List.of("anna", "paul")) {
					Callable<Town.Answer> take = () -> {
						barrier.await();
						return this.town.as(login).post("/api/v1/cases/" + number + "/lead/acceptance", null);
					};
					answers.add(both.submit(take));
				}
				List<Town.Answer> said = List.of(answers.get(0).get(), answers.get(1).get());
				assertThat(said).extracting(Town.Answer::status).containsExactlyInAnyOrder(200, 409);
				int lost = (said.get(0).status() == 409) ? 0 : 1;
				assertThat(said.get(lost).message()).as("who was first")
					.contains((lost == 0) ? "Waterland-Zuid" : "Gemeente Waterdam");
				assertThat(acts(number)).containsOnlyOnce("leadAccepted");
			}
		}
		finally {
			both.shutdownNow();
		}
	}

	private String eviction(LocalDate event) {
		return this.town.as("anna")
			.report(Map.of("whatIsStuck", "Zij wordt uit huis gezet.", "threat", "eviction", "eventDate",
					event.toString()));
	}

	private void passUntilStartOf(LocalDate day) {
		this.town.passUntil(day.atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant());
	}

	/** The alarms but for the weekly ones. */
	private List<String> moments(String number) {
		return alarms(number).stream().filter((moment) -> !moment.startsWith("stillNobody")).toList();
	}

	private List<String> alarms(String number) {
		return this.town.database().sql("""
				select facts::jsonb ->> 'moment' from doorbraak.audit_line
				where chain = ? and act = 'leadMissing' order by number""").param(number).query(String.class).list();
	}

	private String facts(String number, String act, String containing) {
		return this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = ? and act = ? and facts like ?")
			.params(number, act, "%" + containing + "%")
			.query(String.class)
			.single();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(number)
			.query(String.class)
			.list();
	}

}
