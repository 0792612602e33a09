package nl.doorbraak;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import nl.doorbraak.alert.mail.Smtp;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The case that everybody ignores, as the mail server sees it: at each moment exactly the
 * mails that belong to it, a minute before it none, and none twice.
 */
@WholeApplication
class IgnoredCaseIT {

	private static final MailServer MAIL = MailServer.started();

	private static final Pattern LINK = Pattern.compile("/bericht/[0-9a-f-]{36}");

	private static final Pattern NOT_HEARD = Pattern.compile("Nog niets gehoord van: (.+)\\.<");

	private final Town town;

	private final Holes holes;

	private final Post post;

	private final Smtp smtp;

	private String number = "";

	private int read;

	private Instant begun = Instant.EPOCH;

	@Autowired
	IgnoredCaseIT(Town town, Holes holes, Post post, ConfigurableEnvironment settings) {
		this.town = town;
		this.holes = holes;
		this.post = post;
		this.smtp = new Smtp(settings, town.clock(), MAIL.port());
	}

	@AfterAll
	static void stop() {
		MAIL.down();
	}

	/** Monday 4 October 2027, ten in the morning, or a Monday in October after it. */
	@BeforeEach
	void mondayInOctober() {
		this.town.clear();
		LocalDate monday = this.town.today().plusMonths(3).withMonth(10).withDayOfMonth(4);
		while (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
			monday = monday.plusDays(1);
		}
		this.town.moveClock(Duration.between(now(), monday.atTime(10, 0).atZone(DutchTime.ZONE).toInstant()));
		this.town.pass(Duration.ZERO);
		this.holes.lookAgain();
		this.begun = now();
		MAIL.reset();
		this.post.by(this.smtp.carrier());
	}

	@AfterEach
	void withdraw() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.pass(Duration.ZERO);
		this.post.byMailbox();
		this.smtp.close();
		this.town.everybodyBack();
	}

	@Test
	void threeOrganisationsIgnoreTheQuestionAndAtTheFourthNobodyIsThere() {
		LocalDate event = this.town.today().plusDays(3);
		this.town.away("siem", null);
		report(event);
		assertThat(arrived()).containsExactlyInAnyOrder(each("rungOpened", "anna", "karim"));
		ask("RG01");
		ask("LMM");
		assertThat(arrived()).containsExactlyInAnyOrder("leadAsked paul", "leadAsked lotte");
		ask("UWV");
		assertThat(arrived()).as("the third is a moment")
			.containsExactlyInAnyOrder(
					all(each("leadAsked", "ulla"), each("leadMissing threeAsked", "anna", "karim", "mila", "paul"),
							each("leadProvisional", "anna", "karim", "mila")));
		ask("SVB");
		assertThat(arrived()).as("the next in line, without waiting")
			.containsExactlyInAnyOrder(each("leadAsked", "siem", "mila"));
		assertThat(acts("functionUnreachable")).singleElement().asString().contains("SVB", "agencyOfficer");
		assertThat(WebVisitor.login(this.town, "femke").get("/bereikbaarheid").body()).contains(
				"Dit bereikte niemand toen het nodig was", "Maatwerkfunctionaris, Sociale Verzekeringsbank (SVB)");
		assertMoment(event.minusDays(2), "twoDaysBefore", "anna", "karim", "mila", "paul");
		assertMoment(event.minusDays(1), "openTwoDays", "anna", "karim", "mila");
		assertCrisis(event, "anna", "karim", "mila", "paul", "lotte", "amira", "ulla", "siem");
		assertThat(lastMailTo("amira")).contains("Gevraagd: 4 organisaties. Nee gezegd: 0.");
		assertThat(notHeard()).isEqualTo("Gemeente Waterdam, Landelijk Escalatie Team, "
				+ "Landelijk Maatwerkloket Multiproblematiek, Regio Waterland-Zuid, Sociale Verzekeringsbank (SVB), UWV");
		seen("amira");
		seen("mila");
		assertThat(notHeard()).isEqualTo("Landelijk Maatwerkloket Multiproblematiek, Regio Waterland-Zuid, "
				+ "Sociale Verzekeringsbank (SVB), UWV");
		assertQuietUntil(event.plusDays(7));
		assertNothingTwiceAndNothingLost();
	}

	@Test
	void everybodyWhoIsAskedRefuses() {
		LocalDate event = this.town.today().plusDays(3);
		report(event);
		ask("RG01");
		ask("LMM");
		arrived();
		refuse("paul", "noCapacity");
		assertThat(arrived()).containsExactlyInAnyOrder(each("leadRefused", "anna", "karim"));
		refuse("lotte", "notOurLaw");
		assertThat(arrived()).as("the second refusal is a moment")
			.containsExactlyInAnyOrder(all(each("leadRefused", "anna", "karim"),
					each("leadMissing twoRefusals", "anna", "karim", "mila", "paul"),
					each("leadProvisional", "anna", "karim", "mila")));
		assertThat(WebVisitor.login(this.town, "paul").get("/casus/" + this.number + "/regie").body())
			.as("has power to push through")
			.contains("Wijs voorlopig aan");
		ask("UWV");
		assertThat(arrived()).containsExactlyInAnyOrder(
				all(each("leadAsked", "ulla"), each("leadMissing threeAsked", "anna", "karim", "mila", "paul")));
		refuse("ulla", "noMandate");
		assertThat(arrived()).containsExactlyInAnyOrder(each("leadRefused", "anna", "karim"));
		assertMoment(event.minusDays(2), "twoDaysBefore", "anna", "karim", "mila", "paul");
		assertMoment(event.minusDays(1), "openTwoDays", "anna", "karim", "mila");
		assertCrisis(event, "anna", "karim", "mila", "paul", "lotte", "amira", "ulla");
		assertThat(lastMailTo("amira")).contains("Niemand neemt het voortouw",
				"De 3 organisaties die zijn gevraagd, zeggen nee.");
		assertThat(leads()).containsExactly("RG01 refused", "LMM refused", "GM9001 provisional", "UWV refused");
		assertThat(notHeard()).as("a no before the event is no answer to its alarm")
			.isEqualTo("Gemeente Waterdam, Landelijk Escalatie Team, "
					+ "Landelijk Maatwerkloket Multiproblematiek, Regio Waterland-Zuid, UWV");
		assertQuietUntil(event.plusDays(7));
		assertNothingTwiceAndNothingLost();
	}

	@Test
	void whoAcceptsAndDoesNothingLosesTheLeadAndTheWatchGoesOn() {
		LocalDate reported = this.town.today();
		LocalDate event = reported.plusDays(26);
		report(event);
		ask("UWV");
		assertThat(act("ulla", "acceptance", Map.of())).isEqualTo(200);
		assertThat(arrived()).as("of the question nothing, it was answered at once")
			.containsExactlyInAnyOrder(each("rungOpened", "anna", "karim"));
		nothingUntil(reported.plusDays(15));
		assertThat(arrived()).as("ten working days without a step")
			.containsExactlyInAnyOrder(each("leadSilent", "ulla", "anna", "karim"));
		nothingUntil(reported.plusDays(23));
		assertThat(arrived()).as("back, and the moments that passed meanwhile are one")
			.containsExactlyInAnyOrder(all(each("leadReturned", "anna", "karim", "mila"),
					each("leadMissing fiveDaysBefore", "anna", "karim", "mila", "paul")));
		assertThat(leads()).containsExactly("UWV ended", "UWV returned");
		nothingUntil(event.minusDays(2));
		assertThat(arrived())
			.containsExactlyInAnyOrder(all(each("leadMissing twoDaysBefore", "anna", "karim", "mila", "paul"),
					each("leadProvisional", "anna", "karim", "mila")));
		assertCrisis(event, "anna", "karim", "mila", "paul", "lotte", "amira", "ulla");
		assertThat(lastMailTo("amira")).contains("Gevraagd: 1 organisatie. Nee gezegd: 0.");
		assertQuietUntil(event.plusDays(6));
		assertNothingTwiceAndNothingLost();
	}

	/** Until a minute before this day no mail; then it begins. */
	private void nothingUntil(LocalDate day) {
		passUntil(startOf(day).minusSeconds(60));
		assertThat(arrived()).as("before " + day).isEmpty();
		passUntil(startOf(day));
	}

	private void assertMoment(LocalDate day, String moment, String... recipients) {
		nothingUntil(day);
		assertThat(arrived()).as(moment).containsExactlyInAnyOrder(each("leadMissing " + moment, recipients));
	}

	/**
	 * The term of the level ends at the event too: its question comes beside the alarm.
	 */
	private void assertCrisis(LocalDate event, String... recipients) {
		nothingUntil(event);
		assertThat(arrived()).as("crisis")
			.containsExactlyInAnyOrder(
					all(each("termQuestion", "anna", "karim"), each("leadMissing crisis", recipients)));
	}

	/**
	 * The case climbs, but of the lead nothing is told again before the week is over.
	 */
	private void assertQuietUntil(LocalDate weekAfter) {
		passUntil(startOf(weekAfter).minusSeconds(60));
		assertThat(arrived()).filteredOn((mail) -> mail.startsWith("lead")).isEmpty();
		passUntil(startOf(weekAfter));
		assertThat(arrived()).anyMatch((mail) -> mail.startsWith("leadMissing stillNobody"));
	}

	/** What was due in the outbox is what the mail server has, each once. */
	private void assertNothingTwiceAndNothingLost() {
		assertThat(MAIL.about(this.number).stream().map((mail) -> MailServer.read(mail::getMessageID)))
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(this.town.database()
				.sql("""
						select message_id from doorbraak.alert
						where case_number = ? and state <> 'cancelled' and due_at <= doorbraak.current_instant()""")
				.param(this.number)
				.query(String.class)
				.list());
	}

	private static String[] each(String what, String... recipients) {
		return Stream.of(recipients).map((each) -> what + " " + each).toArray(String[]::new);
	}

	private static String[] all(String[]... parts) {
		return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
	}

	private void refuse(String login, String reason) {
		assertThat(act(login, "refusal", Map.of("reason", reason))).isEqualTo(200);
	}

	/** Opens the link of the last mail and says so. */
	private void seen(String login) {
		Matcher link = LINK.matcher(lastMailTo(login));
		assertThat(link.find()).isTrue();
		assertThat(WebVisitor.login(this.town, login).form(link.group() + "/gezien", Map.of()).status()).isEqualTo(302);
	}

	/** As the case page says it. */
	private String notHeard() {
		Matcher line = NOT_HEARD.matcher(WebVisitor.login(this.town, "anna").get("/casus/" + this.number).body());
		assertThat(line.find()).isTrue();
		return line.group(1);
	}

	private List<String> leads() {
		return this.town.database()
			.sql("select organisation_id || ' ' || state from doorbraak.lead where case_number = ? order by id")
			.param(this.number)
			.query(String.class)
			.list();
	}

	private List<String> acts(String act) {
		return this.town.database()
			.sql("select facts from doorbraak.audit_line where act = ? and at >= ?")
			.params(act, java.sql.Timestamp.from(this.begun))
			.query(String.class)
			.list();
	}

	private String lastMailTo(String login) {
		MimeMessage last = MAIL.about(this.number)
			.stream()
			.filter((mail) -> MailServer.recipient(mail).startsWith(login + "@"))
			.reduce((earlier, later) -> later)
			.orElseThrow();
		return MailServer.read(() -> (String) ((MimeMultipart) last.getContent()).getBodyPart(0).getContent());
	}

	private void report(LocalDate event) {
		this.number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Zij wordt uit huis gezet.", "threat", "eviction", "eventDate",
					event.toString()));
		this.read = 0;
	}

	private void ask(String organisation) {
		assertThat(act("anna", "question", Map.of("organisation", organisation))).isEqualTo(200);
	}

	private int act(String login, String act, Map<String, ?> body) {
		return this.town.as(login).post("/api/v1/cases/" + this.number + "/lead/" + act, body).status();
	}

	/**
	 * What has arrived since the last look: kind, moment of the watch where there is one,
	 * recipient.
	 */
	private List<String> arrived() {
		this.town.pass(Duration.ZERO);
		List<MimeMessage> all = MAIL.about(this.number);
		List<String> since = all.subList(this.read, all.size()).stream().map(this::words).toList();
		this.read = all.size();
		return since;
	}

	private String words(MimeMessage mail) {
		return this.town.database()
			.sql("""
					select kind || case kind when 'leadMissing' then ' ' || split_part(deadline_version, ' ', 1) else '' end
					from doorbraak.alert where message_id = ?""")
			.param(MailServer.read(mail::getMessageID))
			.query(String.class)
			.single() + " " + MailServer.recipient(mail).split("@")[0];
	}

	private void passUntil(Instant moment) {
		this.town.passUntil(moment.minusSeconds(1));
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private Instant now() {
		return this.town.clock().instant();
	}

}
