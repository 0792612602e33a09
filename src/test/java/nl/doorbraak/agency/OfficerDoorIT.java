package nl.doorbraak.agency;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An officer without an account: a link to the mailbox, a code to herself, one question.
 */
@WholeApplication
class OfficerDoorIT {

	private static final String CANARY = "waterhoentje";

	private final Town town;

	private final AgencyRequests requests;

	@Autowired
	OfficerDoorIT(Town town, AgencyRequests requests) {
		this.town = town;
		this.requests = requests;
	}

	@Test
	void linkOfTheMailboxAndACodeToHerselfOpenThisQuestionAndNothingElse() {
		String number = ask();
		String link = link(number);
		try (Screens screens = Screens.open()) {
			Screen wendy = screens.screen(this.town.address(), 390);
			wendy.open(link);
			wendy.picture("door-390");
			assertThat(wendy.page().content()).doesNotContain(CANARY);
			wendy.page().getByLabel("Wendy Schouten, per mail aan w•••@").check();
			wendy.page().getByText("Stuur mij een code").press("Enter");
			wendy.assertReadable();
			wendy.page().getByLabel("Code van zes cijfers").fill(code(number));
			wendy.page().getByLabel("Code van zes cijfers").press("Enter");
			assertThat(wendy.page().locator("main").innerText()).contains(CANARY, "U antwoordt als Wendy Schouten");
			wendy.page().evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)");
			wendy.assertReadable();
			wendy.picture("door-question-390");
			wendy.page().evaluate("document.querySelectorAll('main details').forEach(each => each.open = false)");
			wendy.page().getByText("Ik heb nog nodig").press("Enter");
			wendy.page().getByLabel("Wat hebt u nog nodig?").fill("De beschikking van vorig jaar.");
			wendy.page()
				.getByLabel("De inwoner", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
				.check();
			wendy.page().locator("details[open] button").press("Enter");
			wendy.page().getByText("Uw termijn staat stil sinds").waitFor();
			wendy.assertReadable();
			wendy.open("/casus/" + number);
			assertThat(wendy.page().url()).as("no other door opens").contains("/login");
		}
		this.town.as("anna").fill(number, "deliver-facts", Map.of("delivered", "Per beveiligde mail."));
		this.town.workDue();
		assertThat(this.requests.history(number).get(0).state()).isEqualTo("open");
		assertThat(audit(number)).contains("doorCodeAsked wendy", "doorOpened wendy", "agencyNeedsFacts wendy");
	}

	@Test
	void refusalWithItsLetterIsKeptAsTheAgencysOwnAndShowsWhatItDid() {
		String number = ask();
		String link = link(number);
		WebVisitor wendy = enter(number, link);
		assertThat(answer(wendy, link, Map.of("answer", "refused", "grounds", "x"), null).status())
			.as("what the form of the task asks, this asks")
			.isEqualTo(400);
		assertThat(answer(wendy, link, refusal(), "geen pdf").status()).as("and nothing is half done").isEqualTo(400);
		assertThat(only(number).state()).isEqualTo("open");
		assertThat(answer(wendy, link, refusal(), "%PDF-1.7 " + "x".repeat(300_000)).status()).isEqualTo(302);
		this.town.workDue();
		AgencyRequest refused = only(number);
		assertThat(refused.state()).isEqualTo("refused");
		assertThat(refused.outside()).as("she said it, not the team").isFalse();
		assertThat(refused.answeredBy()).isEqualTo("wendy");
		assertThat(refused.letter()).isNotNull();
		assertThat(wendy.get(link).body()).contains("wijst af", "kregen bericht op", "Uw brief is bij de casus bewaard",
				"De casus loopt nog");
		assertThat(answer(wendy, link, refusal(), null).status()).as("once").isEqualTo(409);
		assertThat(alerts(number, "agencyAnswered")).contains("anna");
	}

	@Test
	void officerRepliesToAFlagAtHerOwnAnswer() {
		String number = ask();
		WebVisitor first = enter(number, link(number));
		answer(first, link(number), refusal(), null);
		this.town.workDue();
		assertThat(first.form(link(number) + "/reactie", Map.of("reply", "Hoezo?")).status()).as("no flag")
			.isEqualTo(404);
		long refused = only(number).id();
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/instanties",
					Map.of("agency", "TSL", "question", "En nu?", "previous", String.valueOf(refused)))
			.status()).isEqualTo(302);
		this.town.workDue();
		String link = link(number);
		WebVisitor wendy = enter(number, link);
		Map<String, String> again = refusal();
		again.put("knownBefore", "yes");
		assertThat(answer(wendy, link, again, null).status()).isEqualTo(302);
		this.town.workDue();
		assertThat(wendy.get(link).body()).contains("Wat wilt u daarover zeggen?");
		assertThat(wendy.form(link + "/reactie", Map.of("reply", "Het inkomen bleek pas later.")).status())
			.isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number + "/instanties").body())
			.contains("Het inkomen bleek pas later.", "opeenvolgende afwijzing");
		assertThat(mailboxes(number, "serialRefusal")).isEqualTo(1);
	}

	@Test
	void wrongCodeFiveTimesIsTheEndOfThatCodeAndAnOldOneDoesNotWork() {
		String number = ask();
		String link = link(number);
		WebVisitor visitor = WebVisitor.anonymous(this.town);
		send(visitor, link);
		String code = code(number);
		String wrong = code.equals("000000") ? "000001" : "000000";
		for (int time = 0; time < 5; time++) {
			assertThat(visitor.form(link + "/open", Map.of("code", wrong)).status()).isEqualTo(400);
		}
		assertThat(visitor.form(link + "/open", Map.of("code", code)).status()).as("too late").isEqualTo(400);
		send(visitor, link);
		String second = code(number);
		this.town.moveClock(Duration.ofMinutes(16));
		assertThat(visitor.form(link + "/open", Map.of("code", second)).status()).as("a quarter of an hour")
			.isEqualTo(400);
		send(visitor, link);
		String third = code(number);
		assertThat(visitor.form(link + "/open", Map.of("code", third)).status()).isEqualTo(302);
		assertThat(WebVisitor.anonymous(this.town).form(link + "/open", Map.of("code", third)).status()).as("once")
			.isEqualTo(400);
		send(visitor, link);
		send(visitor, link);
		WebVisitor.Answer sixth = visitor.form(link + "/code", Map.of("way", "wendy mail"));
		assertThat(sixth.status()).isEqualTo(409);
		assertThat(sixth.body()).contains("al vijf codes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "anna mail", "wendy sms", "ulla mail", "wendy" })
	void codeGoesOnlyToWhomTheAgencyNamedAndNeverWithoutAWay(String way) {
		String number = ask();
		int status = WebVisitor.anonymous(this.town).form(link(number) + "/code", Map.of("way", way)).status();
		assertThat(status).isEqualTo(way.equals("wendy") ? 200 : 400);
	}

	@Test
	void withoutTheCodeNothingIsShownOrDone() {
		String number = ask();
		String link = link(number);
		WebVisitor stranger = WebVisitor.anonymous(this.town);
		assertThat(stranger.get(link).body()).contains(number, "Wie bent u?").doesNotContain(CANARY, "Ria Kuiper");
		assertThat(answer(stranger, link, Map.of("answer", "granted", "action", "x", "decidedBy", "x"), null).status())
			.isEqualTo(404);
		assertThat(stranger.form(link + "/reactie", Map.of("reply", "x")).status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "ulla").get(link).body()).as("of another agency").doesNotContain(CANARY);
		assertThat(WebVisitor.anonymous(this.town)
			.form("/login", Map.of("username", "wendy", "password", "doorbraak"))
			.header("Location")).as("she has no account").contains("error");
		assertThat(only(number).state()).isEqualTo("open");
	}

	@Test
	void officerWithAnAccountFindsHerQuestionBehindTheSameLink() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Vast."));
		this.town.workDue();
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/instanties", Map.of("agency", "UWV", "question", CANARY));
		this.town.workDue();
		String key = this.town.database()
			.sql("select door_key::text from doorbraak.agency_request where case_number = ?")
			.param(number)
			.query(String.class)
			.single();
		assertThat(WebVisitor.login(this.town, "ulla").get("/instantie/" + key).body()).contains(CANARY);
		assertThat(WebVisitor.login(this.town, "siem").get("/instantie/" + key).body()).doesNotContain(CANARY);
	}

	@Test
	void sameQuestionPressedTwiceIsAskedOnce() {
		String number = ask();
		assertThat(again("anna", number, "Kan " + CANARY + " wachten?").status()).as("pressed twice").isEqualTo(302);
		assertThat(only(number).state()).isEqualTo("open");
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id where c.number = ? and e.form = 'ask-agencies'")
			.param(number)
			.query(Integer.class)
			.single()).isEqualTo(1);
		assertThat(again("anna", number, "Kan " + CANARY + " weg?").body()).as("another question")
			.contains("Trek die vraag eerst in");
		assertThat(again("karim", number, "Kan " + CANARY + " wachten?").status()).as("another person").isEqualTo(409);
		this.town.moveClock(Duration.ofMinutes(2));
		assertThat(again("anna", number, "Kan " + CANARY + " wachten?").status()).as("not the same press")
			.isEqualTo(409);
	}

	@ParameterizedTest
	@ValueSource(strings = { "niets", "00000000-0000-4000-8000-000000000000" })
	void linkThatOpensNothingSaysWhomToAskAndLeadsToNoLogin(String key) {
		WebVisitor.Answer wrong = WebVisitor.anonymous(this.town).get("/instantie/" + key);
		assertThat(wrong.status()).isEqualTo(404);
		assertThat(wrong.body()).contains("Deze link klopt niet, of werkt niet meer", "van wie u hem kreeg")
			.doesNotContain("u werkt er niet aan mee", "Naar de startpagina");
	}

	private WebVisitor.Answer again(String login, String number, String question) {
		return WebVisitor.login(this.town, login)
			.form("/casus/" + number + "/instanties",
					Map.of("agency", "TSL", "kind", "decision", "question", question));
	}

	private String ask() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "De toeslag wordt teruggevorderd."));
		this.town.workDue();
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/instanties",
					Map.of("agency", "TSL", "kind", "decision", "question", "Kan " + CANARY + " wachten?"))
			.status()).isEqualTo(302);
		this.town.workDue();
		return number;
	}

	/** Where the last mail to the agency's mailbox leads. */
	private String link(String number) {
		Matcher link = Pattern.compile("/instantie/[0-9a-f-]{36}").matcher(mail(number, "doorbraak@tsl.example", ""));
		assertThat(link.find()).isTrue();
		return link.group();
	}

	private String code(String number) {
		Matcher code = Pattern.compile("Uw code is (\\d{6})").matcher(mail(number, "wendy@%", "Uw code is"));
		assertThat(code.find()).isTrue();
		return code.group(1);
	}

	private String mail(String number, String to, String part) {
		this.town.pass(Duration.ofSeconds(1));
		return this.town.database()
			.sql("select body from demo.mail where recipient like ? and subject like ? and body like ? order by id desc limit 1")
			.params(to, "[" + number + "]%", "%" + part + "%")
			.query(String.class)
			.single();
	}

	private void send(WebVisitor visitor, String link) {
		assertThat(visitor.form(link + "/code", Map.of("way", "wendy mail")).status()).isEqualTo(200);
	}

	private WebVisitor enter(String number, String link) {
		WebVisitor wendy = WebVisitor.anonymous(this.town);
		send(wendy, link);
		assertThat(wendy.form(link + "/open", Map.of("code", code(number))).status()).isEqualTo(302);
		return wendy;
	}

	private static Map<String, String> refusal() {
		return new HashMap<>(Map.of("answer", "refused", "decidedBy", "Teammanager", "grounds", "Te laat gevraagd.",
				"assessedAll", "yes", "sufficient", "Een nieuwe aanvraag.", "remedy", "none", "toldBy", "phone"));
	}

	private static WebVisitor.Answer answer(WebVisitor visitor, String link, Map<String, String> fields, String file) {
		StringBuilder body = new StringBuilder();
		fields.forEach((key, value) -> body.append("--x\r\nContent-Disposition: form-data; name=\"")
			.append(key)
			.append("\"\r\n\r\n")
			.append(value)
			.append("\r\n"));
		if (file != null) {
			body.append(
					"--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n")
				.append(file)
				.append("\r\n");
		}
		return visitor.send("POST", link + "/antwoord", body + "--x--\r\n", "multipart/form-data; boundary=x",
				Map.of());
	}

	private AgencyRequest only(String number) {
		List<AgencyRequest> history = this.requests.history(number);
		assertThat(history).hasSize(1);
		return history.get(0);
	}

	private List<String> alerts(String number, String kind) {
		return this.town.database()
			.sql("select coalesce(recipient_login, '') from doorbraak.alert where case_number = ? and kind = ?")
			.params(number, kind)
			.query(String.class)
			.list();
	}

	private int mailboxes(String number, String kind) {
		return (int) alerts(number, kind).stream().filter(String::isEmpty).count();
	}

	private List<String> audit(String number) {
		return this.town.database()
			.sql("select act || ' ' || actor from doorbraak.audit_line where chain = ?")
			.param(number)
			.query(String.class)
			.list();
	}

}
