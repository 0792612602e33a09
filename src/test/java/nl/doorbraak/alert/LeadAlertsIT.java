package nl.doorbraak.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Who hears what about the lead, and that nobody is told what is no longer true. */
@WholeApplication
class LeadAlertsIT {

	private static final String CANARY = "kanarievogel";

	private static final String MISSING = "Deze casus is zonder regie";

	private static final Pattern LINK = Pattern.compile("http://localhost:8080(/bericht/[0-9a-f-]{36})");

	private final Town town;

	private final AlertWorker worker;

	private final DatabaseClock clock;

	private final List<String> reported = new ArrayList<>();

	@Autowired
	LeadAlertsIT(Town town, AlertWorker worker, DatabaseClock clock) {
		this.town = town;
		this.worker = worker;
		this.clock = clock;
	}

	@BeforeEach
	void nothingWaits() {
		this.town.workDue();
		this.worker.doDue();
	}

	@AfterEach
	void withdraw() {
		this.reported.forEach((number) -> this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.reported.clear();
		this.town.workDue();
	}

	@Test
	void whoIsToldThatNobodyHasTheLeadCanOpenTheLink() {
		LocalDate event = this.town.today().plusDays(1);
		String number = report(event);
		// In one step: the case must not climb meanwhile.
		setClock(event.atStartOfDay(DutchTime.ZONE).toInstant());
		this.town.workDue();
		this.worker.doDue();
		List<Mail> mails = mails(number, MISSING);
		assertThat(mails).extracting(Mail::login).contains("anna", "karim", "mila", "paul", "lotte", "amira");
		assertThat(mails).extracting((mail) -> mail.link()).doesNotHaveDuplicates();
		for (Mail mail : mails) {
			assertThat(mail.text())
				.contains("Casus " + number, "Niemand neemt het voortouw",
						"Datum van de gebeurtenis: " + DutchTime.date(event), "U krijgt dit bericht als ")
				.doesNotContain(CANARY, "ontruiming", "Ontruiming");
			assertLands(mail, number);
		}
		Mail lotte = mails.stream().filter((mail) -> mail.login().equals("lotte")).findFirst().orElseThrow();
		assertThat(WebVisitor.login(this.town, "lotte").get(lotte.link()).body())
			.contains("U staat niet bij deze casus", "Bel Gemeente Waterdam, telefoon 0900 90 01", number)
			.doesNotContain(CANARY);
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		for (String link : List.of(lotte.link(), "/bericht/00000000-0000-0000-0000-000000000000", "/bericht/x")) {
			assertThat(olaf.get(link).status()).as(link).isEqualTo(404);
		}
		assertThat(WebVisitor.login(this.town, "lotte").get("/casus/" + number).status()).isEqualTo(404);
	}

	@Test
	void whoIsAskedHearsItAndANoIsToldToTheTeam() {
		String number = report(null);
		act("anna", number, "question", Map.of("organisation", "RG01"));
		this.worker.doDue();
		assertThat(mails(number, "Kunt u de regie nemen?")).singleElement()
			.satisfies((mail) -> assertThat(mail.login()).isEqualTo("paul"))
			.satisfies((mail) -> assertThat(mail.text()).contains("Regio Waterland-Zuid is gevraagd"))
			.satisfies((mail) -> assertThat(mail.text()).containsPattern("http://localhost:8080/regie/[0-9a-f-]{36}"));
		act("paul", number, "refusal", Map.of("reason", "residentObjects"));
		this.worker.doDue();
		assertThat(mails(number, "Een organisatie neemt de regie niet")).extracting(Mail::login)
			.containsExactlyInAnyOrder("anna", "karim");
		assertThat(mails(number, "Een organisatie neemt de regie niet"))
			.allSatisfy((mail) -> assertThat(mail.text()).contains("Regio Waterland-Zuid neemt de regie")
				.doesNotContain("inwoner wil"));
		act("anna", number, "question", Map.of("organisation", "RG01"));
		this.worker.doDue();
		assertThat(mails(number, "Kunt u de regie nemen?")).as("asked again, told again").hasSize(2);
	}

	@Test
	void acceptanceTakesBackWhatWaitsAndTheReturnPutsBackWhatIsTrueAgain() {
		String number = report(null);
		act("anna", number, "question", Map.of("organisation", "RG01"));
		act("anna", number, "question", Map.of("organisation", "LMM"));
		act("paul", number, "acceptance", null);
		assertThat(states(number, "leadAsked")).hasSize(2).containsOnly("cancelled");
		this.worker.doDue();
		assertThat(mails(number, "Kunt u de regie nemen?")).isEmpty();
		act("paul", number, "return", Map.of("reason", "noCapacity"));
		this.worker.doDue();
		assertThat(mails(number, "Kunt u de regie nemen?")).extracting(Mail::login).containsExactly("lotte");
		assertThat(mails(number, "De regie is teruggegeven")).extracting(Mail::login)
			.containsExactlyInAnyOrder("anna", "karim", "mila");
	}

	@Test
	void alarmThatWasTakenBackGoesOutWhenTheLeadIsReturned() {
		LocalDate event = this.town.today().plusDays(1);
		String number = report(event);
		setClock(event.atStartOfDay(DutchTime.ZONE).toInstant());
		this.town.workDue();
		assertThat(states(number, "leadMissing")).contains("waiting");
		act("anna", number, "acceptance", null);
		assertThat(states(number, "leadMissing")).containsOnly("cancelled");
		act("anna", number, "return", Map.of("reason", "noCapacity"));
		this.worker.doDue();
		assertThat(mails(number, MISSING)).extracting(Mail::login)
			.contains("anna", "karim", "mila", "paul", "lotte", "amira")
			.doesNotHaveDuplicates();
	}

	@Test
	void provisionalLeadIsToldToTheTeamAndTheManager() {
		LocalDate event = this.town.today().plusDays(1);
		String number = report(event);
		passUntilStartOf(event);
		assertThat(mails(number, "Er is een voorlopige regievoerder")).extracting(Mail::login)
			.containsExactlyInAnyOrder("anna", "karim", "mila");
	}

	@Test
	void emptyFunctionIsNeverSilent() {
		String number = report(null);
		withoutPaul(() -> {
			act("anna", number, "question", Map.of("organisation", "RG01"));
			this.worker.doDue();
		});
		assertThat(mails(number, "Kunt u de regie nemen?")).extracting(Mail::recipient)
			.as("its mailbox, and the next in line at once")
			.containsExactlyInAnyOrder("doorbraak@rg01.example", "mila@waterdam.example");
		String second = report(null);
		withoutPaul(() -> {
			this.town.database().sql("update doorbraak.organisation set email = null where id = 'RG01'").update();
			act("anna", second, "question", Map.of("organisation", "RG01"));
			this.worker.doDue();
			this.town.database()
				.sql("update doorbraak.organisation set email = 'doorbraak@rg01.example' where id = 'RG01'")
				.update();
		});
		assertThat(states(second, "leadAsked")).containsExactlyInAnyOrder("undeliverable", "sent");
		assertThat(mails(second, "Een bericht is niet bezorgd")).singleElement()
			.satisfies((mail) -> assertThat(mail.login()).isEqualTo("mila"))
			.satisfies((mail) -> assertThat(mail.text())
				.contains("procesregisseur, Regio Waterland-Zuid. Onderwerp: Kunt u de regie nemen?"));
	}

	/** The lead is taken while the timer of the event fires. */
	@Test
	void alarmOrLeadNeverBothNeverNone() throws Exception {
		ExecutorService both = Executors.newFixedThreadPool(2);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		int alarmFirst = 0;
		int leadFirst = 0;
		try {
			for (int round = 0; round < 20; round++) {
				LocalDate event = this.town.today().plusDays(1);
				String number = report(event);
				setClock(event.atStartOfDay(DutchTime.ZONE).toInstant());
				CyclicBarrier start = new CyclicBarrier(2);
				long ahead = (round % 4 < 2) ? 0 : 60_000_000;
				boolean timerAhead = round % 4 == 2;
				Future<Integer> timer = both.submit(() -> {
					await(start, timerAhead ? 0 : ahead);
					return this.town.workDue();
				});
				Future<Integer> taken = both.submit(() -> {
					await(start, timerAhead ? ahead : 0);
					return anna.form("/casus/" + number + "/regie/nemen", Map.of()).status();
				});
				timer.get();
				assertThat(taken.get()).isEqualTo(302);
				this.town.workDue();
				List<String> acts = acts(number);
				boolean alarmed = acts.contains("leadMissing");
				assertThat(acts).as("never none").contains("leadAccepted");
				if (alarmed) {
					alarmFirst++;
					assertThat(acts.indexOf("leadMissing")).isLessThan(acts.indexOf("leadAccepted"));
					assertThat(states(number, "leadMissing")).as("never both").containsOnly("cancelled");
				}
				else {
					leadFirst++;
					assertThat(states(number, "leadMissing")).isEmpty();
				}
				this.worker.doDue();
				assertThat(mails(number, MISSING)).as("never both").isEmpty();
				withdraw();
			}
		}
		finally {
			both.shutdownNow();
		}
		System.out.println("Alarm first " + alarmFirst + ", lead first " + leadFirst + ", of 20");
		assertThat(alarmFirst).isPositive();
		assertThat(leadFirst).isPositive();
	}

	private static void await(CyclicBarrier start, long nanos) throws Exception {
		start.await();
		long until = System.nanoTime() + nanos;
		while (System.nanoTime() < until) {
			Thread.onSpinWait();
		}
	}

	/** Puts the clock there, and does nothing that falls due. */
	private void setClock(Instant moment) {
		this.town.database()
			.sql("update doorbraak.clock_offset set ahead = ahead + make_interval(secs => :seconds)")
			.param("seconds", Duration.between(this.clock.instant(), moment).toMillis() / 1000.0 + 0.01)
			.update();
		this.clock.synchronise();
	}

	private void passUntilStartOf(LocalDate day) {
		this.town.passUntil(day.atStartOfDay(DutchTime.ZONE).toInstant());
	}

	private String report(LocalDate event) {
		Map<String, Object> fields = new HashMap<>(Map.of("whatIsStuck", "Een " + CANARY + " zit klem."));
		if (event != null) {
			fields.put("threat", "eviction");
			fields.put("eventDate", event.toString());
		}
		String number = this.town.as("anna").report(fields);
		this.reported.add(number);
		return number;
	}

	private void act(String login, String number, String act, Map<String, ?> body) {
		Town.Answer answer = this.town.as(login).post("/api/v1/cases/" + number + "/lead/" + act, body);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		this.town.workDue();
	}

	private void withoutPaul(Runnable act) {
		this.town.database().sql("delete from doorbraak.post where officer_login = 'paul'").update();
		act.run();
		this.town.database().sql("insert into doorbraak.post values ('paul', 'processDirector', 'RG01')").update();
	}

	private void assertLands(Mail mail, String number) {
		WebVisitor reader = WebVisitor.login(this.town, mail.login());
		WebVisitor.Answer answer = reader.get(mail.link());
		if (answer.status() == 302) {
			assertThat(answer.header("Location")).endsWith("/casus/" + number);
			answer = reader.get("/casus/" + number);
		}
		assertThat(answer.status()).as(mail.login()).isEqualTo(200);
	}

	private List<Mail> mails(String number, String subject) {
		return this.town.database()
			.sql("select recipient, body from demo.mail where subject = ? order by id")
			.param("[" + number + "] " + subject)
			.query((row, n) -> new Mail(row.getString(1), row.getString(2)))
			.list();
	}

	private List<String> states(String number, String kind) {
		return this.town.database()
			.sql("select state from doorbraak.alert where case_number = ? and kind = ? order by id")
			.params(number, kind)
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

	/** A mail in the demo's mailbox. */
	private record Mail(String recipient, String text) {

		String login() {
			return this.recipient.split("@")[0];
		}

		String link() {
			Matcher link = LINK.matcher(this.text);
			assertThat(link.find()).as(this.text).isTrue();
			return link.group(1);
		}

	}

}
