package nl.doorbraak.audit;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The database takes no line of the record: people wait, an alarm does not. */
@WholeApplication
class RecordCannotBeWrittenIT {

	private static final String ROLE = " insert on doorbraak.audit_line %s doorbraak_app";

	private final Town town;

	private final AuditTrail audit;

	private final Watchdog watchdog;

	@Autowired
	RecordCannotBeWrittenIT(Town town, AuditTrail audit, Watchdog watchdog) {
		this.town = town;
		this.audit = audit;
		this.watchdog = watchdog;
	}

	@BeforeEach
	void allIsWell() {
		this.town.closeAll();
		this.watchdog.round();
	}

	@AfterEach
	void recordIsBack() {
		own("grant" + ROLE.formatted("to"));
		this.audit.writeOwed();
		this.town.clear();
	}

	@Test
	@Attack(value = "H05", failedWith = "no event may come before its line")
	void noDecisionIsTakenAndTheCrisisAlertGoesOutAndItsLineFollows() {
		LocalDate event = this.town.today().plusDays(1);
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Zij wordt uit huis gezet.", "threat", "eviction",
				"eventDate", event.toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 100,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		String task = anna.task(number, "decide-locally");
		anna.post("/api/v1/tasks/" + task + "/claim", null);
		this.town.passUntil(event.atStartOfDay(DutchTime.ZONE).toInstant().minusSeconds(60));
		int before = this.audit.chain(number).size();
		own("revoke" + ROLE.formatted("from"));
		Map<String, String> decision = Map.of("decision", "brokenThrough", "explanation", "Dit is wat er nodig is.");
		Town.Answer answer = anna.post("/api/v1/tasks/" + task + "/complete", decision);
		assertThat(answer.status()).as(answer.text()).isEqualTo(503);
		assertThat(answer.message()).contains("er niets opgeslagen");
		assertThat(anna.post("/api/v1/cases/" + number + "/lead/acceptance", null).status()).isEqualTo(503);
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/intrekken", Map.of("reason", "x"))
			.status()).isEqualTo(503);
		assertThat(this.town.database()
			.sql("select state from doorbraak.case_file where number = ?")
			.param(number)
			.query(String.class)
			.single()).isEqualTo("open");
		this.town.passUntil(event.atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(mails(number)).as("the alarm went out").anyMatch((mail) -> mail.startsWith("mila@waterdam.example"));
		assertThat(this.audit.chain(number)).as("and has no line yet").hasSize(before);
		this.town.moveClock(Duration.ofMinutes(2));
		assertThat(this.watchdog.round()).isFalse();
		this.town.pass(Duration.ZERO);
		assertThat(this.town.database()
			.sql("select count(*) from demo.mail where recipient = 'femke@waterdam.example' and subject like '%te laat%' and sent_at > doorbraak.current_instant() - interval '5 minutes'")
			.query(Long.class)
			.single()).as("the administrator knows").isPositive();
		own("grant" + ROLE.formatted("to"));
		this.watchdog.round();
		List<AuditLine> lines = this.audit.chain(number);
		assertThat(lines.subList(before, lines.size())).extracting(AuditLine::act)
			.contains("leadMissing", "alertQueued", "alertSent");
		assertThat(lines.subList(before, lines.size())).filteredOn((line) -> line.act().equals("leadMissing"))
			.anyMatch((line) -> line.facts().contains("\"happenedAt\"") && line.facts().contains("\"crisis\""));
		assertThat(this.audit.firstBroken(number)).isEmpty();
		assertThat(this.audit.chain("refusals").stream().map(AuditLine::facts)).as("also who was refused")
			.anyMatch((facts) -> facts.contains("\"code\":\"no-record\"") && facts.contains("happenedAt"));
		assertThat(anna.post("/api/v1/tasks/" + task + "/complete", decision).status()).as("and now it can")
			.isEqualTo(200);
		this.town.workDue();
	}

	private List<String> mails(String number) {
		return this.town.database()
			.sql("select recipient || ' ' || subject from demo.mail where subject like '[' || ? || ']%'")
			.param(number)
			.query(String.class)
			.list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

}
