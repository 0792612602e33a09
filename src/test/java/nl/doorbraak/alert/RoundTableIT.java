package nl.doorbraak.alert;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import nl.doorbraak.alert.mail.Smtp;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** The people of a case meet: in every calendar at the right moment, and out of it. */
@WholeApplication
class RoundTableIT {

	private static final String CANARY = "winterkoning";

	private static final MailServer MAIL = MailServer.started();

	private final Town town;

	private final AlertWorker worker;

	private final AuditTrail audit;

	private final Post post;

	private final Smtp smtp;

	private final List<String> reported = new ArrayList<>();

	@Autowired
	RoundTableIT(Town town, AlertWorker worker, AuditTrail audit, Post post, ConfigurableEnvironment settings) {
		this.town = town;
		this.worker = worker;
		this.audit = audit;
		this.post = post;
		this.smtp = new Smtp(settings, town.clock(), MAIL.port());
	}

	@AfterAll
	static void stop() {
		MAIL.down();
	}

	@BeforeEach
	void quiet() {
		this.worker.doDue();
		MAIL.reset();
		this.post.by(this.smtp.carrier());
	}

	@AfterEach
	void close() {
		this.reported.forEach((number) -> this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.town.workDue();
		this.post.byMailbox();
		this.smtp.close();
	}

	@Test
	void invitationIsPlannedMovedAndCancelledInTheCalendarOfEachGuest() throws Exception {
		String number = atTheRegion();
		LocalDate day = this.town.today().plusDays(3);
		Map<String, String> plan = plan(day, "10:00", "11:30", "GM9001", "anna,karim,paul", -1);
		assertThat(send("anna", number, plan)).isEqualTo(302);
		List<Invitation> planned = sent(number);
		assertThat(planned).extracting(Invitation::reader).containsExactlyInAnyOrder("anna", "karim", "paul");
		assertThat(planned).allSatisfy((each) -> {
			assertThat(each.subject()).isEqualTo("[" + number + "] Uitnodiging voor een rondetafel");
			assertThat(each.method()).isEqualTo("REQUEST");
			assertThat(each.sequence()).isZero();
			assertThat(each.uid()).isEqualTo(planned.get(0).uid());
			assertThat(each.begins()).isEqualTo(at(day, "10:00"));
			assertThat(each.text()).contains("Bij Gemeente Waterdam",
					"Op " + DutchTime.date(day) + ", 10:00 tot 11:30 uur (nog 3 dagen)", "Kunt u niet komen?");
			assertThat(each.file()).contains("LOCATION:Bij Gemeente Waterdam", "SUMMARY:Rondetafel [" + number + "]",
					"STATUS:CONFIRMED", "mailto:doorbraak@demo.example", "/casus/" + number);
		});
		assertThat(planned.get(0).uid()).as("of nobody").matches("[0-9a-f-]{36}@localhost");

		assertThat(send("anna", number, plan)).as("pressed twice").isEqualTo(302);
		assertThat(sent(number)).isEmpty();
		WebVisitor.Answer stale = page("karim", number, plan(day, "09:00", "11:30", "GM9001", "anna", -1));
		assertThat(stale.status()).isEqualTo(409);
		assertThat(stale.body()).contains("Iemand heeft de rondetafel intussen");

		assertThat(send("paul", number, plan(day.plusDays(1), "13:00", "14:00", "online", "anna,paul", 0)))
			.isEqualTo(302);
		List<Invitation> moved = sent(number);
		assertThat(moved).extracting((each) -> each.reader() + " " + each.method() + " " + each.sequence())
			.containsExactlyInAnyOrder("anna REQUEST 1", "paul REQUEST 1", "karim CANCEL 1");
		assertThat(moved).extracting(Invitation::uid).containsOnly(planned.get(0).uid());
		assertThat(moved).allSatisfy((each) -> assertThat(each.begins()).as("who need not come is not told when")
			.isEqualTo(each.method().equals("CANCEL") ? at(day, "10:00") : at(day.plusDays(1), "13:00")));
		assertThat(of(moved, "anna").file()).contains("LOCATION:Online: de link staat in de casus");
		assertThat(of(moved, "karim").text()).contains("De rondetafel over deze casus van " + DutchTime.date(day));

		assertThat(cancel("paul", number).status()).isEqualTo(302);
		assertThat(sent(number)).as("who was told already hears nothing more")
			.extracting((each) -> each.reader() + " " + each.method() + " " + each.sequence() + " " + each.uid())
			.containsExactlyInAnyOrder("anna CANCEL 2 " + planned.get(0).uid(),
					"paul CANCEL 2 " + planned.get(0).uid());
		assertThat(cancel("paul", number).status()).as("there is none any more").isEqualTo(409);
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number + "/rondetafel/agenda.ics").status())
			.isEqualTo(404);

		assertThat(send("paul", number, plan(day, "15:00", "16:00", "online", "anna", -1))).isEqualTo(302);
		assertThat(sent(number)).extracting(Invitation::sequence, Invitation::reader)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(0, "anna"));
		assertThat(this.audit.chain(number)).extracting((line) -> line.act())
			.containsSubsequence("roundTablePlanned", "roundTableMoved", "roundTableCancelled", "roundTablePlanned");
		assertThat(this.audit.firstBroken(number)).isEmpty();
		assertThat(WebVisitor.login(this.town, "joris").get("/controle/" + number).body()).contains(
				"Rondetafel gepland", "Rondetafel verplaatst", "Rondetafel afgezegd", "Begint", "Eindigt",
				"Hoe vaak veranderd");
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).contains("Rondetafel gepland",
				"Rondetafel afgezegd", CANARY);
	}

	/** A calendar takes the highest number, but people read every mail. */
	@Test
	void whatWasNotSentYetIsNotSentOnceItIsMoved() throws Exception {
		String number = report();
		LocalDate day = this.town.today().plusDays(3);
		send("anna", number, plan(day, "10:00", "11:00", "online", "anna,karim", -1));
		send("anna", number, plan(day, "12:00", "13:00", "online", "anna,karim", 0));
		assertThat(sent(number)).extracting(Invitation::sequence).containsExactly(1, 1);
		assertThat(states(number)).containsExactlyInAnyOrder("roundTablePlanned cancelled",
				"roundTablePlanned cancelled", "roundTableMoved sent", "roundTableMoved sent");
	}

	@Test
	void whoLeftTheCaseIsNotInvitedAgain() throws Exception {
		String number = report();
		LocalDate day = this.town.today().plusDays(3);
		send("anna", number, plan(day, "10:00", "11:00", "online", "anna,karim", -1));
		sent(number);
		this.town.database()
			.sql("""
					update doorbraak.case_participant set until = doorbraak.current_instant()
					where officer_login = 'karim' and case_id = (select id from doorbraak.case_file where number = ?)""")
			.param(number)
			.update();
		WebVisitor.Answer answer = page("anna", number, plan(day, "12:00", "13:00", "online", "anna,karim", 0));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("alleen uitnodigen wie nu aan de casus deelneemt");
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number + "/rondetafel").body())
			.contains("value=\"anna\"")
			.doesNotContain("value=\"karim\"");
		send("anna", number, plan(day, "12:00", "13:00", "online", "anna", 0));
		assertThat(sent(number)).extracting((each) -> each.reader() + " " + each.method())
			.containsExactlyInAnyOrder("anna REQUEST", "karim CANCEL");
	}

	@Test
	void closedCaseHasNoRoundTable() throws Exception {
		String number = report();
		LocalDate day = this.town.today().plusDays(3);
		send("anna", number, plan(day, "10:00", "11:00", "online", "anna,karim", -1));
		sent(number);
		this.town.as("anna").post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
		assertThat(sent(number)).extracting((each) -> each.reader() + " " + each.method() + " " + each.sequence())
			.containsExactlyInAnyOrder("anna CANCEL 1", "karim CANCEL 1");
		WebVisitor.Answer late = page("anna", number, plan(day, "10:00", "11:00", "online", "anna", -1));
		assertThat(late.status()).isEqualTo(409);
		assertThat(late.body()).contains("Deze casus is niet open.");
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number + "/rondetafel").body())
			.contains("Er is geen rondetafel gepland.")
			.doesNotContain("<legend");
	}

	@Test
	void onlyWhoWorksOnTheCasePlans() {
		String number = report();
		LocalDate day = this.town.today().plusDays(3);
		Map<String, String> plan = plan(day, "10:00", "11:00", "online", "anna", -1);
		assertThat(page("bert", number, plan).status()).isEqualTo(404);
		assertThat(page("mila", number, plan).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "bert").get("/casus/" + number + "/rondetafel").status()).isEqualTo(404);
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
		assertThat(page("paul", number, plan).status()).as("only asked to take the lead").isEqualTo(403);
		assertThat(cancel("paul", number).status()).isEqualTo(403);
		assertThat(page("karim", number, plan).status()).as("the deputy").isEqualTo(302);
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(paul.get("/casus/" + number + "/rondetafel").body()).as("he reads it")
			.contains("10:00")
			.doesNotContain("<legend");
		assertThat(paul.get("/casus/" + number + "/rondetafel/agenda.ics").status()).isEqualTo(200);
		assertThat(WebVisitor.login(this.town, "bert").get("/casus/" + number + "/rondetafel/agenda.ics").status())
			.isEqualTo(404);
	}

	@Test
	@Attack(value = "D18", failedWith = "the hour of the clock change taken as it comes")
	void hourThatDoesNotExistOrExistsTwiceIsRefused() {
		String number = report();
		ZoneOffsetTransition next = DutchTime.ZONE.getRules()
			.nextTransition(this.town.clock().instant().plus(Duration.ofDays(1)));
		ZoneOffsetTransition after = DutchTime.ZONE.getRules().nextTransition(next.getInstant());
		for (ZoneOffsetTransition each : List.of(next, after)) {
			LocalDate night = each.getDateTimeBefore().toLocalDate();
			WebVisitor.Answer begin = page("anna", number, plan(night, "02:30", "04:00", "online", "anna", -1));
			assertThat(begin.status()).as(night.toString()).isEqualTo(400);
			assertThat(begin.body()).contains("wordt de klok verzet");
			assertThat(page("anna", number, plan(night, "01:00", "02:30", "online", "anna", -1)).status())
				.isEqualTo(400);
		}
		assertThat(states(number)).isEmpty();
		LocalDate night = next.getDateTimeBefore().toLocalDate();
		assertThat(page("anna", number, plan(night, "03:30", "04:00", "online", "anna", -1)).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).contains("03:30")
			.doesNotContain("02:30");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-1  | 10:00 | 11:00 | online  | anna | dat nog komt
			367 | 10:00 | 11:00 | online  | anna | binnen een jaar
			3   | 11:00 | 10:00 | online  | anna | eindigt vóór het begin
			3   | 10:00 | 10:00 | online  | anna | eindigt vóór het begin
			3   | 08:00 | 16:01 | online  | anna | werkdag van acht uur
			3   | -     | 11:00 | online  | anna | Vul in op welke dag
			3   | 10:00 | 11:00 | kroeg   | anna | Kies waar de rondetafel is
			3   | 10:00 | 11:00 | -       | anna | Kies waar de rondetafel is
			3   | 10:00 | 11:00 | online  | -    | ten minste een deelnemer
			3   | 10:00 | 11:00 | online  | bert | wie nu aan de casus deelneemt
			""")
	void roundTableThatCannotBeIsToldAndNobodyIsInvited(int days, String begin, String end, String where, String guests,
			String sentence) {
		String number = report();
		Map<String, String> fields = plan(this.town.today().plusDays(days), begin, end, where, guests, -1);
		WebVisitor.Answer answer = page("anna", number, fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence);
		Map<String, String> good = plan(this.town.today().plusDays(3), "10:00", "11:00", "online", "anna", -1);
		for (String place : List.of("x".repeat(301), "a\u0007b", "a\nb")) {
			good.put("place", place);
			assertThat(page("anna", number, good).status()).isEqualTo(400);
		}
		good.put("place", "");
		for (String nonsense : List.of("morgen", "2026-02-30")) {
			good.put("day", nonsense);
			assertThat(page("anna", number, good).status()).isEqualTo(400);
		}
		assertThat(states(number)).isEmpty();
		assertThat(this.audit.chain(number)).extracting((line) -> line.act()).doesNotContain("roundTablePlanned");
	}

	@Test
	void isPlannedWithTheKeyboardOnATelephoneAndReadOnAScreen() throws Exception {
		String number = report();
		LocalDate day = this.town.today().plusMonths(6);
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), 390)) {
			anna.logIn("anna");
			anna.open("/casus/" + number);
			anna.link("Plan een rondetafel").click();
			Page page = anna.page();
			assertThat(page.locator("input[name=guests]:checked").count()).as("all of them").isEqualTo(2);
			anna.assertReadable();
			anna.picture("round-table-empty-390");
			page.locator("#day").fill(day.toString());
			page.locator("#begin").fill("10:00");
			page.locator("#end").fill("12:00");
			Screen.tabTo(page, "e.id === 'place'");
			page.keyboard().type("Kamer 3 van " + CANARY);
			Screen.tabTo(page, "e.id === 'guest-karim'");
			page.keyboard().press("Space");
			Screen.tabTo(page, "e.tagName === 'BUTTON' && e.textContent === 'Plan en nodig uit'");
			page.keyboard().press("Enter");
			page.locator("#gepland").waitFor();
			assertThat(page.locator("main").innerText()).contains(DutchTime.date(day) + ", 10:00 tot 12:00 uur",
					"Kamer 3 van " + CANARY, "Let op: de termijn op dit niveau is tot en met");
			assertThat(page.locator("#guest-karim").isChecked()).isFalse();
			anna.assertReadable();
			anna.picture("round-table-390");
			anna.open("/casus/" + number);
			assertThat(page.locator("main").innerText()).contains(", Online");
			anna.assertReadable();
			assertThat(anna.faults()).isEmpty();
		}
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/casus/" + number + "/rondetafel");
			anna.assertReadable();
			anna.picture("round-table-1280");
		}
		WebVisitor.Answer file = WebVisitor.login(this.town, "anna").get("/casus/" + number + "/rondetafel/agenda.ics");
		assertThat(file.header("Content-Type")).isEqualTo("text/calendar;charset=UTF-8");
		assertThat(file.header("Content-Disposition")).contains("rondetafel-" + number + ".ics");
		assertThat(file.body())
			.contains("METHOD:PUBLISH", "DTSTART:" + at(day, "10:00").toString().replaceAll("[-:]", ""))
			.doesNotContain("ATTENDEE", CANARY);
		new CalendarBuilder().build(new StringReader(file.body())).validate();
		Invitation mail = of(sent(number), "anna");
		assertThat(file.body()).as("replaces what the mail put there").contains("UID:" + mail.uid(), "SEQUENCE:0");
	}

	@Test
	void noLinkIsPromisedThatNobodyFilledInAndThePageSaysWhoCanCome() throws Exception {
		String number = atTheRegion();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String page = "/casus/" + number + "/rondetafel";
		assertThat(anna.get(page).body()).contains("Een instantie die u alleen een vraag stelde, staat er niet bij");
		Map<String, String> plan = plan(this.town.today().plusDays(3), "10:00", "11:30", "online", "anna", -1);
		plan.put("place", "");
		assertThat(send("anna", number, plan)).isEqualTo(302);
		assertThat(anna.get(page).body()).contains("De link is nog niet ingevuld");
		assertThat(anna.get(page + "/agenda.ics").body()).contains("LOCATION:Online\r\n");
		plan.put("place", "https://" + CANARY + ".example");
		plan.put("sequence", "0");
		assertThat(send("anna", number, plan)).isEqualTo(302);
		assertThat(anna.get(page).body()).contains("https://" + CANARY).doesNotContain("nog niet ingevuld");
		assertThat(anna.get(page + "/agenda.ics").body()).contains("LOCATION:Online: de link staat in de casus");
		assertThat(cancel("anna", number).status()).isEqualTo(302);
		sent(number);
	}

	/** What arrived since the last time, each with its file for calendars. */
	private List<Invitation> sent(String number) throws Exception {
		this.worker.doDue();
		List<Invitation> all = new ArrayList<>();
		for (MimeMessage mail : MAIL.about(number)) {
			if (mail.getContent() instanceof MimeMultipart parts && parts.getContentType().contains("mixed")) {
				all.add(invitation(mail, parts));
			}
		}
		MAIL.reset();
		return all;
	}

	private static Invitation invitation(MimeMessage mail, MimeMultipart mixed) throws Exception {
		assertThat(mixed.getCount()).isEqualTo(2);
		MimeMultipart words = (MimeMultipart) mixed.getBodyPart(0).getContent();
		assertThat(words.getContentType()).startsWith("multipart/alternative");
		List<String> types = new ArrayList<>();
		for (int i = 0; i < words.getCount(); i++) {
			types.add(words.getBodyPart(i).getContentType().replaceFirst(";.*", "").strip());
		}
		assertThat(types).containsExactly("text/plain", "text/html", "text/calendar");
		BodyPart beside = words.getBodyPart(2);
		BodyPart attached = mixed.getBodyPart(1);
		String file = new String(beside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(new String(attached.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(file);
		assertThat(attached.getContentType()).startsWith("application/ics");
		assertThat(attached.getFileName()).isEqualTo("rondetafel.ics");
		assertThat(attached.getDisposition()).isEqualTo("attachment");
		Calendar calendar = new CalendarBuilder().build(new StringReader(file));
		String unfolded = file.replace("\r\n ", "");
		assertThat(calendar.validate().hasErrors()).isFalse();
		String method = calendar.getMethod().getValue();
		assertThat(beside.getContentType()).contains("method=" + method);
		assertThat(calendar.getComponents()).hasSize(1);
		VEvent event = (VEvent) calendar.getComponents().get(0);
		assertThat(event.<Property>getProperties(Property.ATTENDEE)).as("nobody but the reader")
			.extracting(Property::getValue)
			.containsExactly("mailto:" + MailServer.recipient(mail));
		assertThat(unfolded.replace("mailto:" + MailServer.recipient(mail), "")
			.replace("mailto:doorbraak@demo.example", "")).doesNotContain("mailto:", "anna", "karim", "paul");
		String text = (String) words.getBodyPart(0).getContent();
		assertThat((mail.getSubject() + text + words.getBodyPart(1).getContent() + unfolded).toLowerCase())
			.doesNotContain(CANARY);
		return new Invitation(MailServer.recipient(mail).split("@")[0], mail.getSubject(), text, unfolded, method,
				event.getUid().orElseThrow().getValue(), Integer.parseInt(value(event, Property.SEQUENCE)),
				Instant.from(event.<Temporal>getDateTimeStart().getDate()));
	}

	private static String value(VEvent event, String property) {
		return event.<Property>getProperty(property).orElseThrow().getValue();
	}

	private static Invitation of(List<Invitation> all, String reader) {
		return all.stream().filter((each) -> each.reader().equals(reader)).findFirst().orElseThrow();
	}

	private static Instant at(LocalDate day, String time) {
		return day.atTime(LocalTime.parse(time)).atZone(DutchTime.ZONE).toInstant();
	}

	private static Map<String, String> plan(LocalDate day, String begin, String end, String where, String guests,
			int sequence) {
		Map<String, String> fields = new HashMap<>();
		fields.put("day", day.toString());
		fields.put("begin", begin);
		fields.put("end", end);
		fields.put("where", where);
		fields.put("guests", guests);
		fields.put("place", "Bij " + CANARY);
		fields.put("sequence", String.valueOf(sequence));
		fields.values().removeIf((value) -> value == null);
		return fields;
	}

	private int send(String login, String number, Map<String, String> fields) {
		return page(login, number, fields).status();
	}

	private WebVisitor.Answer page(String login, String number, Map<String, String> fields) {
		return WebVisitor.login(this.town, login).form("/casus/" + number + "/rondetafel", fields);
	}

	private WebVisitor.Answer cancel(String login, String number) {
		return WebVisitor.login(this.town, login).form("/casus/" + number + "/rondetafel/afzeggen", Map.of("x", ""));
	}

	private List<String> states(String number) {
		return this.town.database()
			.sql("select kind || ' ' || state from doorbraak.alert where case_number = ? and kind like 'roundTable%' order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Een " + CANARY + " zit klem.", "memberName", CANARY + " Jansen", "involved",
					CANARY));
		this.reported.add(number);
		return number;
	}

	private String atTheRegion() {
		String number = report();
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", CANARY, "firstBreakthrough", CANARY, "cost", 10,
					"perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", CANARY));
		return number;
	}

	/** One mail with its file, as the reader's calendar takes it. */
	private record Invitation(String reader, String subject, String text, String file, String method, String uid,
			int sequence, Instant begins) {
	}

}
