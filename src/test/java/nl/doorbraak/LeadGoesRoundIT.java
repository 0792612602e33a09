package nl.doorbraak;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The lead is refused, referred, pushed through, handed over and never lost. */
@WholeApplication
class LeadGoesRoundIT {

	private final Town town;

	@Autowired
	LeadGoesRoundIT(Town town) {
		this.town = town;
	}

	/** A Monday in October: no holiday lies in the weeks after it. */
	@BeforeEach
	void octoberBegins() {
		this.town.clear();
		LocalDate october = today().plusMonths(3).withMonth(10).withDayOfMonth(1);
		this.town.passUntil(october.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY))
			.atTime(10, 0)
			.atZone(DutchTime.ZONE)
			.toInstant());
	}

	@AfterEach
	void everybodyBack() {
		this.town.everybodyBack();
	}

	@Test
	void refusedByTwoTheMunicipalityHasTheLeadProvisionallyWithoutWaiting() {
		String number = report();
		ask(number, "RG01");
		ask(number, "LMM");
		assertThat(act("paul", number, "weigeren", Map.of("reason", "noCapacity"))).isEqualTo(302);
		this.town.workDue();
		assertThat(alarms(number)).isEmpty();
		assertThat(act("lotte", number, "weigeren", Map.of("reason", "noMandate"))).isEqualTo(302);
		this.town.workDue();
		assertThat(alarms(number)).containsExactly("twoRefusals");
		assertThat(provisional(number)).isEqualTo("GM9001 anna");
		assertThat(page("anna", number)).contains("voorlopig aangewezen", "Wij hebben hier geen ruimte voor");
	}

	@Test
	void whileSomebodyHasTheLeadNobodyElseIsAskedForIt() {
		String number = report();
		ask(number, "UWV");
		String answer = "/casus/" + number + "/regie";
		assertThat(start("ulla")).contains(answer);
		assertThat(act("anna", number, "nemen", Map.of())).isEqualTo(302);
		assertThat(start("ulla")).doesNotContain(answer);
		assertThat(page("ulla", number)).contains("U hoeft nu niet te antwoorden")
			.doesNotContain("/regie/weigeren", "/regie/nemen");
		assertThat(act("anna", number, "teruggeven", Map.of("reason", "noCapacity"))).isEqualTo(302);
		assertThat(start("ulla")).as("asked again").contains(answer);
		assertThat(page("ulla", number)).contains("/regie/weigeren", "/regie/nemen");
	}

	@Test
	void whoCanDoNothingReadsWhyAndWhatToDoInstead() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", today().plusDays(1).toString()));
		Town.Visitor anna = this.town.as("anna");
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", "x", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		Map<String, Object> up = Map.of("decision", "up", "explanation", "x");
		anna.fill(number, "decide-locally", up);
		this.town.as("paul")
			.fill(number, "hold-round-table",
					Map.of("heldOn", today().toString(), "invited", List.of("uwv"), "agreements", "x"));
		this.town.as("paul").fill(number, "decide-regionally", up);
		assertThat(page("lotte", number)).contains("uw organisatie is niet gevraagd", "Anna de Wit",
				"/casus/" + number + "/bellen");
		assertThat(page("anna", number)).doesNotContain("U kunt hier nu niets doen");
		act("anna", number, "nemen", Map.of());
		assertThat(page("lotte", number)).contains("Moet dat gebeuren? Bel dan Anna de Wit.").doesNotContain("/bellen");
		assertThat(page("anna", number)).doesNotContain("U kunt hier nu niets doen");
	}

	@Test
	void thirdOrganisationAskedIsAMomentToo() {
		String number = report();
		ask(number, "RG01");
		ask(number, "LMM");
		ask(number, "UWV");
		this.town.workDue();
		assertThat(alarms(number)).containsExactly("threeAsked");
		assertThat(provisional(number)).isEqualTo("GM9001 anna");
	}

	@Test
	void threeReferralsRaiseTheAlarm() {
		String number = report();
		ask(number, "RG01");
		ask(number, "LMM");
		assertThat(act("paul", number, "doorverwijzen", Map.of("organisation", "RG01"))).isEqualTo(400);
		assertThat(act("paul", number, "doorverwijzen", Map.of("organisation", "XX"))).isEqualTo(400);
		assertThat(act("paul", number, "doorverwijzen", Map.of("organisation", "UWV"))).isEqualTo(302);
		assertThat(act("lotte", number, "doorverwijzen", Map.of("organisation", "RG01"))).isEqualTo(302);
		ask(number, "UWV");
		assertThat(act("ulla", number, "doorverwijzen", Map.of("organisation", "LMM"))).isEqualTo(302);
		this.town.workDue();
		assertThat(alarms(number)).contains("threeReferrals");
		assertThat(page("anna", number)).contains("verwijst naar UWV", "verwijst naar Regio Waterland-Zuid");
		assertThat(acts(number)).contains("leadReferred");
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.alert where case_number = ? and deadline_version like 'threeReferrals%'")
			.param(number)
			.query(Integer.class)
			.single()).isPositive();
	}

	@Test
	void whoHasTheLeadKeepsItUntilTheNextOneAccepts() {
		String number = report();
		assertThat(act("anna", number, "nemen", Map.of())).isEqualTo(302);
		assertThat(act("anna", number, "overdragen", Map.of("next", "olaf"))).as("of another town").isEqualTo(400);
		assertThat(act("karim", number, "overdragen", Map.of("next", "mila"))).as("not the lead").isEqualTo(409);
		assertThat(act("anna", number, "overdragen", Map.of("next", "mila"))).isEqualTo(302);
		assertThat(act("anna", number, "overdragen", Map.of("next", "karim"))).as("twice").isEqualTo(409);
		assertThat(start("mila")).contains(number, "Neem de regie over, of niet");
		assertThat(holder(number)).isEqualTo("anna");
		assertThat(act("mila", number, "overnemen", Map.of("yes", "false"))).isEqualTo(302);
		assertThat(holder(number)).isEqualTo("anna");
		assertThat(WebVisitor.login(this.town, "mila").get("/casus/" + number + "/regie").status()).isEqualTo(404);
		act("anna", number, "overdragen", Map.of("next", "mila"));
		assertThat(act("mila", number, "overnemen", Map.of("yes", "true"))).isEqualTo(302);
		assertThat(holder(number)).isEqualTo("mila");
		assertThat(acts(number)).containsSubsequence("leadHandOverOffered", "leadHandOverDeclined",
				"leadHandOverOffered", "leadHandedOver");
		assertThat(kinds(number)).contains("leadHandOverOffered", "leadHandOverDeclined", "leadHandedOver");
		this.town.pass(Duration.ofDays(12));
		assertThat(alarms(number)).as("the case has a lead").isEmpty();
		this.town.pass(Duration.ofDays(15));
		assertThat(holder(number)).as("and mila did nothing with it").isNull();
		assertThat(alarms(number)).isNotEmpty();
	}

	@Test
	void offerThatIsWithdrawnIsNoOfferAnyMore() {
		String number = report();
		act("anna", number, "nemen", Map.of());
		act("anna", number, "overdragen", Map.of("next", "mila"));
		assertThat(act("mila", number, "houden", Map.of())).as("not hers to withdraw").isEqualTo(409);
		assertThat(page("anna", number)).contains("Trek het aanbod in");
		assertThat(act("anna", number, "houden", Map.of())).isEqualTo(302);
		assertThat(act("anna", number, "houden", Map.of())).as("twice").isEqualTo(409);
		assertThat(act("mila", number, "overnemen", Map.of("yes", "true"))).as("sees the case no more").isEqualTo(404);
		assertThat(holder(number)).isEqualTo("anna");
		assertThat(acts(number)).contains("leadHandOverWithdrawn");
		assertThat(act("anna", number, "overdragen", Map.of("next", "karim"))).as("to somebody else").isEqualTo(302);
	}

	@Test
	void otherSystemsDoWhatThePageCan() {
		String number = report();
		assertThat(api("anna", number, "question", Map.of("organisation", "RG01"))).isEqualTo(200);
		assertThat(api("paul", number, "referral", Map.of("organisation", "UWV"))).isEqualTo(200);
		assertThat(page("anna", number)).contains("verwijst naar UWV");
		this.town.pass(Duration.ofDays(3));
		assertThat(api("paul", number, "appointment", Map.of("organisation", "UWV"))).isEqualTo(200);
		assertThat(provisional(number)).isEqualTo("UWV null");
		assertThat(api("anna", number, "acceptance", null)).isEqualTo(200);
		assertThat(api("anna", number, "hand-over", Map.of("person", "olaf"))).isEqualTo(400);
		assertThat(api("anna", number, "hand-over", Map.of("person", "karim"))).isEqualTo(200);
		assertThat(api("anna", number, "hand-over/withdrawal", null)).isEqualTo(200);
		assertThat(api("anna", number, "hand-over", Map.of("person", "karim"))).isEqualTo(200);
		assertThat(api("karim", number, "hand-over/refusal", null)).isEqualTo(200);
		assertThat(api("anna", number, "hand-over", Map.of("person", "karim"))).isEqualTo(200);
		assertThat(api("karim", number, "hand-over/acceptance", null)).isEqualTo(200);
		assertThat(holder(number)).isEqualTo("karim");
	}

	@Test
	void whoGoesAwayLongOffersTheLeadToTheDeputyAndItIsFreeWhenNobodyTakesIt() {
		String number = report();
		String other = report();
		act("anna", number, "nemen", Map.of());
		act("anna", other, "nemen", Map.of());
		enter("anna", today().plusDays(3), today().plusDays(14), "karim");
		assertThat(act("karim", number, "overnemen", Map.of("yes", "true"))).isEqualTo(302);
		this.town.passUntil(today().plusDays(3).atStartOfDay(DutchTime.ZONE).toInstant());
		this.town.pass(Duration.ZERO);
		assertThat(holder(number)).isEqualTo("karim");
		assertThat(holder(other)).as("not taken over").isNull();
		assertThat(page("karim", other)).contains("Afwezig, en niemand nam de regie over");
	}

	@Test
	void shortAbsenceChangesNothing() {
		String number = report();
		act("anna", number, "nemen", Map.of());
		enter("anna", today(), today().plusDays(4), "karim");
		this.town.pass(Duration.ofHours(1));
		assertThat(holder(number)).isEqualTo("anna");
	}

	@Test
	void leadOfWhoWorksHereNoMoreIsFree() {
		String number = report();
		ask(number, "LMM");
		act("lotte", number, "nemen", Map.of());
		this.town.database().sql("delete from doorbraak.post where officer_login = 'lotte'").update();
		try {
			this.town.pass(Duration.ofMinutes(2));
			assertThat(holder(number)).isNull();
			assertThat(page("anna", number)).contains("Werkt hier niet meer");
		}
		finally {
			this.town.database()
				.sql("insert into doorbraak.post (officer_login, function, organisation_id) values ('lotte', 'deskOfficer', 'LMM')")
				.update();
		}
	}

	@Test
	void agreementBindsWhomItNamesAndNobodyElse() {
		String number = report();
		assertThat(act("paul", number, "aanwijzen", Map.of("organisation", "UWV"))).as("was told nothing yet")
			.isEqualTo(404);
		this.town.pass(Duration.ofDays(3));
		assertThat(alarms(number)).isNotEmpty();
		assertThat(page("paul", number)).contains("Wijs voorlopig aan", "bindt door een afspraak of de wet",
				"Doorzettingsmacht is geen mandaat.");
		assertThat(act("lotte", number, "aanwijzen", Map.of("organisation", "UWV"))).as("no power").isEqualTo(404);
		assertThat(act("paul", number, "aanwijzen", Map.of("organisation", "UWV"))).isEqualTo(302);
		assertThat(provisional(number)).isEqualTo("UWV null");
		assertThat(start("ulla")).contains(number);
		assertThat(act("paul", number, "aanwijzen", Map.of("organisation", "SVB"))).isEqualTo(302);
		assertThat(provisional(number)).as("not bound: the region holds it, and asks urgently").isEqualTo("RG01 paul");
		assertThat(page("anna", number)).contains("dringend verzoek");
		assertThat(act("siem", number, "nemen", Map.of())).isEqualTo(302);
		assertThat(holder(number)).isEqualTo("siem");
		assertThat(WebVisitor.login(this.town, "paul").get("/casus/" + number).status())
			.as("holds it no more, and sees nothing more")
			.isEqualTo(404);
	}

	@Test
	void whoOnlyConvenesAppointsNobody() {
		String number = report();
		this.town.pass(Duration.ofDays(3));
		assertThat(act("mila", number, "aanwijzen", Map.of("organisation", "GM9001"))).isEqualTo(302);
		assertThat(provisional(number)).isEqualTo("GM9001 mila");
		assertThat(this.town.database()
			.sql("select urgent from doorbraak.lead where case_number = ? and state = 'asked'")
			.param(number)
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void teamLooksBackOnACrisisAndNobodyElseReadsIt() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Morgen staat zij op straat.", "threat", "eviction",
				"eventDate", today().plusDays(1).toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Een dak.", "firstBreakthrough", "Huur betalen.", "cost",
				100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		this.town.passUntil(today().plusDays(1).atTime(9, 0).atZone(DutchTime.ZONE).toInstant());
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit is nodig."));
		assertThat(DutchTime.lastDay(anna.dueAt(number, "look-back"))).isEqualTo(today().plusDays(14));
		assertThat(acts(number)).contains("crisisClockStopped");
		this.town.pass(Duration.ofDays(16));
		assertThat(kinds(number)).contains("lookBackOverdue");
		assertThat(acts(number)).contains("lookBackOverdue");
		anna.fill(number, "look-back", Map.of("couldHaveBeenDecided", "De huur.", "whoCouldHave", "De manager.",
				"agreedForNextTime", "Eerder bellen."));
		assertThat(acts(number)).contains("lookedBack");
		this.town.database()
			.sql("""
					insert into doorbraak.case_participant (case_id, role, officer_login, since)
					select id, 'guest', 'paul', doorbraak.current_instant() from doorbraak.case_file where number = ?""")
			.param(number)
			.update();
		assertThat(WebVisitor.login(this.town, "karim").get("/casus/" + number).body()).contains("Eerder bellen.",
				"Alleen uw eigen team leest dit.");
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		paul.form("/casus/" + number + "/waarvoor", Map.of("purpose", "follow"));
		WebVisitor.Answer guest = paul.get("/casus/" + number);
		assertThat(guest.status()).isEqualTo(200);
		assertThat(guest.body()).doesNotContain("Eerder bellen.", "Terugblik op de crisis");
	}

	@Test
	void withoutACrisisNobodyLooksBack() {
		Town.Visitor anna = this.town.as("anna");
		String number = report();
		anna.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		assertThat(anna.tasks(number, "look-back")).isEmpty();
	}

	@Test
	void linkOfTheMailRefusesOnceAfterAConfirmationAndTakesNothing() {
		String number = report();
		ask(number, "LMM");
		String link = "/regie/" + key(number, "lotte");
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		for (int scan = 0; scan < 3; scan++) {
			assertThat(nobody.get(link).body()).contains("Landelijk Maatwerkloket Multiproblematiek is gevraagd",
					"Deze koppeling ging naar Lotte Smit.");
		}
		assertThat(acts(number)).as("opening it does nothing").doesNotContain("leadRefused");
		assertThat(nobody.form(link, Map.of("act", "refuse", "reason", "geen zin")).status()).isEqualTo(400);
		assertThat(nobody.form(link, Map.of("act", "accept", "reason", "")).status()).as("takes nothing")
			.isEqualTo(400);
		assertThat(holder(number)).isNull();
		WebVisitor.Answer done = nobody.form(link, Map.of("act", "refuse", "reason", "noCapacity"));
		assertThat(done.status()).as(done.body()).isEqualTo(200);
		assertThat(done.body()).contains("Uw antwoord is vastgelegd");
		WebVisitor.Answer again = nobody.form(link, Map.of("act", "refuse", "reason", "noCapacity"));
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.body()).contains("Deze vraag is al beantwoord");
		assertThat(page("anna", number)).contains("via koppeling", "Wij hebben hier geen ruimte voor");
		assertThat(this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = ? and act = 'leadRefused'")
			.param(number)
			.query(String.class)
			.single()).contains("\"via\"", "link");
		assertThat(nobody.get("/regie/" + java.util.UUID.randomUUID()).status()).isEqualTo(404);
		assertThat(nobody.get("/regie/niets").status()).isEqualTo(404);
	}

	@Test
	void linkOfAMailboxAsksWhoAnswersAndMayRefer() {
		String number = report();
		this.town.database().sql("delete from doorbraak.post where officer_login = 'lotte'").update();
		try {
			ask(number, "LMM");
			String link = "/regie/" + key(number, null);
			WebVisitor nobody = WebVisitor.anonymous(this.town);
			WebVisitor.Answer nameless = nobody.form(link, Map.of("act", "refer", "organisation", "UWV", "name", " "));
			assertThat(nameless.status()).isEqualTo(400);
			assertThat(nameless.body()).contains("Vul uw naam in", "value=\"UWV\" selected");
			assertThat(nobody.form(link, Map.of("act", "refer", "organisation", "LMM", "name", "J. de Boer")).status())
				.as("to oneself")
				.isEqualTo(400);
			assertThat(nobody.form(link, Map.of("act", "refer", "organisation", "UWV", "name", "J. de Boer")).status())
				.isEqualTo(200);
			assertThat(page("anna", number)).contains("verwijst naar UWV", "door J. de Boer, via koppeling");
			assertThat(acts(number)).containsSubsequence("leadRefused", "leadReferred");
		}
		finally {
			this.town.database()
				.sql("insert into doorbraak.post (officer_login, function, organisation_id) values ('lotte', 'deskOfficer', 'LMM')")
				.update();
		}
	}

	@Test
	void linkSaysSoWhenSomebodyElseTookTheLead() {
		String number = report();
		ask(number, "LMM");
		act("anna", number, "nemen", Map.of());
		String link = "/regie/" + key(number, "lotte");
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		assertThat(nobody.get(link).body()).contains("Deze vraag is al beantwoord.").doesNotContain("<form");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void whoHasNoLoginRefersByTheLink(int width) {
		String number = report();
		ask(number, "UWV");
		try (Screens screens = Screens.open(); Screen visitor = screens.screen(this.town.address(), width)) {
			Page page = visitor.page();
			page.navigate(this.town.address() + "/regie/" + key(number, "ulla"));
			visitor.picture("lead-link-" + width);
			page.locator("#organisation").selectOption("SVB");
			visitor.button("Doorverwijzen").click();
			assertThat(page.locator("main").innerText()).contains("Uw antwoord is vastgelegd");
			visitor.assertReadable();
			assertThat(visitor.faults()).isEmpty();
		}
		assertThat(page("anna", number)).contains("verwijst naar Sociale Verzekeringsbank (SVB)");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void everythingAboutTheLeadStandsOnOnePage(int width) {
		String number = report();
		ask(number, "RG01");
		try (Screens screens = Screens.open(); Screen paul = screens.screen(this.town.address(), width)) {
			paul.logIn("paul");
			Page page = paul.page();
			page.navigate(this.town.address() + "/casus/" + number);
			paul.link("Antwoord op de vraag om de regie").click();
			paul.assertReadable();
			paul.picture("lead-asked-" + width);
			page.locator("#referTo").selectOption("UWV");
			paul.button("Doorverwijzen").click();
			assertThat(page.locator("h1").innerText()).contains("Paul");
			assertThat(paul.faults()).isEmpty();
		}
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), width)) {
			anna.logIn("anna");
			Page page = anna.page();
			page.navigate(this.town.address() + "/casus/" + number + "/regie");
			anna.button("Wij nemen de regie").click();
			anna.link("Regie overdragen of teruggeven").click();
			anna.assertReadable();
			anna.picture("lead-mine-" + width);
			page.locator("#next").selectOption("karim");
			anna.button("Regie aanbieden").click();
			assertThat(page.locator("main").innerText()).contains("biedt de regie aan Karim Haddou aan");
			assertThat(page.locator("header .who").innerText()).isEqualTo("Anna de Wit");
			assertThat(anna.faults()).isEmpty();
		}
	}

	private String report() {
		return this.town.as("anna").report(Map.of("whatIsStuck", "Iedereen wijst naar een ander."));
	}

	private void ask(String number, String organisation) {
		assertThat(act("anna", number, "vragen", Map.of("organisation", organisation))).isEqualTo(302);
	}

	private int act(String login, String number, String act, Map<String, String> fields) {
		return WebVisitor.login(this.town, login).form("/casus/" + number + "/regie/" + act, fields).status();
	}

	private int api(String login, String number, String act, Map<String, String> fields) {
		return this.town.as(login).post("/api/v1/cases/" + number + "/lead/" + act, fields).status();
	}

	private String page(String login, String number) {
		WebVisitor.Answer answer = WebVisitor.login(this.town, login).get("/casus/" + number + "/regie");
		assertThat(answer.status()).isEqualTo(200);
		return answer.body();
	}

	/** The secret that stands in the mail. */
	private String key(String number, String login) {
		return this.town.database()
			.sql("select answer_key::text from doorbraak.alert where case_number = ? and kind = 'leadAsked' and recipient_login is not distinct from ?")
			.params(number, login)
			.query(String.class)
			.single();
	}

	private String start(String login) {
		return WebVisitor.login(this.town, login).get("/").body();
	}

	private void enter(String login, LocalDate first, LocalDate last, String deputy) {
		assertThat(WebVisitor.login(this.town, login)
			.form("/afwezig", Map.of("firstDay", first.toString(), "lastDay", last.toString(), "deputy", deputy))
			.status()).isEqualTo(302);
	}

	private String provisional(String number) {
		return this.town.database()
			.sql("select organisation_id || ' ' || coalesce(person, 'null') from doorbraak.lead where case_number = ? and state = 'provisional'")
			.param(number)
			.query(String.class)
			.single();
	}

	private String holder(String number) {
		return this.town.database()
			.sql("select person from doorbraak.lead where case_number = ? and state = 'accepted'")
			.param(number)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	private List<String> alarms(String number) {
		return this.town.database()
			.sql("select moment from doorbraak.lead_alarm where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> kinds(String number) {
		return this.town.database()
			.sql("select distinct kind from doorbraak.alert where case_number = ?")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(number)
			.query(String.class)
			.list();
	}

	private LocalDate today() {
		return this.town.today();
	}

}
