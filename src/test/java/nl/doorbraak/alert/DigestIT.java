package nl.doorbraak.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** One mail on the morning of a working day, for who has something to read. */
@WholeApplication
class DigestIT {

	private static final String CANARY = "kanariepiet";

	private final Town town;

	private final Digests digests;

	private final AlertWorker worker;

	private final Terms terms;

	@Autowired
	DigestIT(Town town, Digests digests, AlertWorker worker, Terms terms) {
		this.town = town;
		this.digests = digests;
		this.worker = worker;
		this.terms = terms;
	}

	@Test
	void oneDigestOnAWorkingDayFromHalfPastSevenForWhoHasSomethingToRead() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", CANARY, "memberName", CANARY));
		LocalDate monday = nextWorking(DayOfWeek.MONDAY);
		moveTo(monday.minusDays(1), LocalTime.of(9, 0));
		this.digests.makeDue();
		assertThat(digestsOf(monday.minusDays(1))).as("on a Sunday").isEmpty();
		moveTo(monday, LocalTime.of(7, 29));
		this.digests.makeDue();
		assertThat(digestsOf(monday)).as("before half past seven").isEmpty();
		moveTo(monday, LocalTime.of(7, 30));
		this.town.as("anna")
			.post("/api/v1/cases/" + number + "/threat",
					Map.of("threat", "eviction", "eventDate", monday.plusDays(1).toString()));
		this.digests.makeDue();
		this.digests.makeDue();
		assertThat(digestsOf(monday)).contains("anna").doesNotHaveDuplicates().doesNotContain("nadia");
		this.worker.doDue();
		String mail = body("anna@waterdam.example");
		assertThat(mail).startsWith("Uw overzicht van " + DutchTime.date(monday))
			.contains("Te doen", "- " + number + ": Maak plan vanuit de bedoeling, ", "/taak/", "Let op",
					number + ": de gebeurtenis is op " + DutchTime.date(monday.plusDays(1))
							+ ", en niemand heeft de regie",
					"/casus/" + number, "U krijgt dit bericht als casusregisseur, Gemeente Waterdam.")
			.doesNotContain(CANARY);
		String link = mail.replaceAll("(?s).*Open Doorbraak: https?://[^/]+(/bericht/[0-9a-f-]+).*", "$1");
		WebVisitor.Answer landed = WebVisitor.login(this.town, "anna").get(link);
		assertThat(landed.status()).isEqualTo(302);
		assertThat(landed.header("Location")).endsWith("/");
		assertThat(WebVisitor.login(this.town, "bert").get(link).status()).isEqualTo(404);
	}

	@Test
	void mandateThatEndsIsToldSixtyAndFourteenDaysBeforeAndNotBetween() {
		LocalDate day = nextWorking(DayOfWeek.WEDNESDAY);
		endMandate(day.plusDays(60));
		moveTo(day, LocalTime.of(8, 0));
		assertThat(digest("femke@waterdam.example")).contains(
				"Mandaat GM9001-04 (Wethouder) loopt af op " + DutchTime.date(day.plusDays(60)) + ", over 60 dagen");
		moveTo(this.terms.workingDay(day, 1), LocalTime.of(8, 0));
		assertThat(digest("femke@waterdam.example")).doesNotContain("GM9001-04");
		LocalDate late = this.terms.workingDay(day, 1);
		while (late.getDayOfWeek() != DayOfWeek.MONDAY) {
			late = this.terms.workingDay(late, 1);
		}
		endMandate(late.plusDays(13));
		moveTo(late, LocalTime.of(8, 0));
		assertThat(digest("femke@waterdam.example")).as("two weeks ahead is a Sunday").contains("over 13 dagen");
		this.town.database().sql("update doorbraak.mandate set valid_to = null where number = 'GM9001-04'").update();
	}

	@Test
	void digestThatBouncesIsToldToTheAdministrators() {
		LocalDate day = nextWorking(DayOfWeek.THURSDAY);
		moveTo(day, LocalTime.of(8, 0));
		this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		this.digests.makeDue();
		this.town.database().sql("update doorbraak.officer set email = null where login = 'anna'").update();
		this.worker.doDue();
		this.town.database()
			.sql("update doorbraak.officer set email = 'anna@waterdam.example' where login = 'anna'")
			.update();
		assertThat(this.town.database()
			.sql("""
					select u.recipient_login from doorbraak.alert u join doorbraak.alert d on d.id = u.about_id
					where d.kind = 'digest' and d.recipient_login = 'anna' and d.deadline_version = ?""")
			.param(day.toString())
			.query(String.class)
			.list()).containsExactly("femke");
		this.worker.doDue();
		assertThat(body("femke@waterdam.example"))
			.contains("Een bericht kon niet worden bezorgd bij: casusregisseur, Gemeente Waterdam.");
	}

	@Test
	void registerThatCannotBeReadKeepsNobodyFromTheirDigest() {
		LocalDate day = nextWorking(DayOfWeek.TUESDAY);
		this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		moveTo(day, LocalTime.of(8, 0));
		this.town.database()
			.sql("update doorbraak.mandate set municipalities = '{NULL}' where number = 'GM9001-04'")
			.update();
		this.digests.makeDue();
		this.town.database()
			.sql("update doorbraak.mandate set municipalities = '{}' where number = 'GM9001-04'")
			.update();
		assertThat(digestsOf(day)).contains("anna");
	}

	/** The digest of the day that somebody got. */
	private String digest(String address) {
		this.town.database().sql("delete from demo.mail").update();
		this.digests.makeDue();
		this.worker.doDue();
		return this.town.database()
			.sql("select body from demo.mail where recipient = ? and subject like 'Uw overzicht%'")
			.param(address)
			.query(String.class)
			.optional()
			.orElse("");
	}

	private String body(String address) {
		return this.town.database()
			.sql("select body from demo.mail where recipient = ? order by id desc limit 1")
			.param(address)
			.query(String.class)
			.single();
	}

	private List<String> digestsOf(LocalDate day) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where kind = 'digest' and deadline_version = ? order by 1")
			.param(day.toString())
			.query(String.class)
			.list();
	}

	private void endMandate(LocalDate lastDay) {
		JdbcClient db = this.town.database();
		db.sql("update doorbraak.mandate set valid_to = (cast(? as date) + 1)::timestamp at time zone 'Europe/Amsterdam' where number = 'GM9001-04'")
			.param(lastDay.toString())
			.update();
	}

	private LocalDate nextWorking(DayOfWeek which) {
		LocalDate day = this.terms.workingDay(this.town.today(), 1);
		while (day.getDayOfWeek() != which || !this.terms.workingDay(day.minusDays(1), 1).equals(day)
				|| which == DayOfWeek.MONDAY && !this.terms.isWorkingDay(day.minusDays(3))) {
			day = this.terms.workingDay(day, 1);
		}
		return day;
	}

	private void moveTo(LocalDate day, LocalTime time) {
		Instant moment = day.atTime(time).atZone(DutchTime.ZONE).toInstant();
		this.town.passUntil(moment.minusSeconds(1));
	}

}
