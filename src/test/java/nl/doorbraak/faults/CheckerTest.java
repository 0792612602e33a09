package nl.doorbraak.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.faults.Checker.Verdict;
import nl.doorbraak.faults.Dump.AlarmRow;
import nl.doorbraak.faults.Dump.AlertRow;
import nl.doorbraak.faults.Dump.CaseRow;
import nl.doorbraak.faults.Dump.FindingRow;
import nl.doorbraak.faults.Dump.IncidentRow;
import nl.doorbraak.faults.Dump.LeadRow;
import nl.doorbraak.faults.Dump.LineRow;
import nl.doorbraak.faults.Dump.MandateRow;
import nl.doorbraak.faults.Dump.ProposalRow;
import nl.doorbraak.faults.Dump.SignOffRow;
import nl.doorbraak.testing.MoodySmtp.Taken;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each invariant is seen red on a fault that is planted, and nothing else is. */
class CheckerTest {

	private static final Instant DEADLINE = Instant.parse("2026-12-01T23:00:00Z");

	private static final Instant REPORTED = DEADLINE.minus(Duration.ofHours(5));

	private static final Instant NOW = DEADLINE.plus(Duration.ofMinutes(20));

	private static final LocalDate EVENT = LocalDate.of(2026, 12, 2);

	private static final String NUMBER = "DB-2026-000001";

	private static final String SIGNED = "DB-2026-000002";

	private final List<JsonNode> ledger = new ArrayList<>();

	private final List<Taken> mails = new ArrayList<>();

	private final List<CaseRow> cases = new ArrayList<>();

	private final List<AlertRow> alerts = new ArrayList<>();

	private final List<LeadRow> leads = new ArrayList<>();

	private final List<AlarmRow> alarms = new ArrayList<>();

	private final List<ProposalRow> proposals = new ArrayList<>();

	private final List<SignOffRow> signOffs = new ArrayList<>();

	private final List<MandateRow> mandates = new ArrayList<>();

	private final List<LineRow> lines = new ArrayList<>();

	private final List<FindingRow> findings = new ArrayList<>();

	private final List<IncidentRow> incidents = new ArrayList<>();

	private final List<String> steady = new ArrayList<>();

	private long ids;

	/** A case of which everybody was told, and one that was signed and had a lead. */
	CheckerTest() {
		mark("round", REPORTED, Map.of("round", "T-01/1", "row", "T-01", "budget", 90));
		this.cases.add(new CaseRow(NUMBER, "one", "open", "GM9001", 1, 1, 0, 0));
		act("report", Map.of("key", "one", "event", EVENT.toString()), Map.of("status", 201, "number", NUMBER));
		line(NUMBER, "caseReported");
		for (String login : Checker.EVERYBODY) {
			alert(login, DEADLINE.plusSeconds(2));
		}
		this.alarms.add(new AlarmRow(NUMBER, "crisis", EVENT, DEADLINE.plusSeconds(1)));
		this.cases.add(new CaseRow(SIGNED, "two", "open", "GM9001", 1, 0, 1, 0));
		act("report", Map.of("key", "two"), Map.of("status", 201, "number", SIGNED));
		act("complete", Map.of("form", "sign-off", "number", SIGNED, "login", "mila"), Map.of("status", 200));
		act("look", Map.of("path", "/x", "login", "anna", "mayAnswer", false), Map.of("status", 404));
		this.proposals.add(new ProposalRow("1", SIGNED, "signed"));
		this.mandates.add(new MandateRow("M/1", "manager", "GM9001", 1, Instant.EPOCH, null, null));
		this.signOffs
			.add(new SignOffRow("1", SIGNED, "mila", "manager", "GM9001", "M/1", "agreed", REPORTED.plusSeconds(60)));
		this.leads.add(new LeadRow(SIGNED, "accepted", "anna", REPORTED.plusSeconds(90), null));
		act("lead", Map.of("number", SIGNED, "login", "anna"), Map.of("status", 200));
		line(SIGNED, "caseReported");
		line(SIGNED, "signedOff");
		line(SIGNED, "leadAccepted");
	}

	@Test
	void nothingIsWrongWhenNothingHappened() {
		assertThat(red()).isEmpty();
		assertThat(check()).extracting(Verdict::id)
			.containsExactly("I-01", "I-02", "I-03", "I-04", "I-05", "I-06", "I-07", "I-08", "I-09", "I-10", "I-11",
					"I-12", "I-13", "I-14", "I-15", "I-16");
		assertThat(check()).filteredOn((verdict) -> !verdict.id().equals("I-12"))
			.allMatch((verdict) -> verdict.n() > 0);
	}

	@Test
	void anAlertThatIsGoneIsLost() {
		AlertRow gone = this.alerts.remove(0);
		this.mails.removeIf((mail) -> mail.messageId().equals(gone.messageId()));
		assertThat(red()).containsOnlyKeys("I-01");
	}

	@Test
	void anAlertThatNoServerTookIsLostWhateverItsRowSays() {
		this.mails.remove(0);
		assertThat(red()).containsOnlyKeys("I-01");
	}

	@Test
	void theSameUnderAnotherMessageIdIsDoubled() {
		AlertRow one = this.alerts.get(0);
		this.alerts.add(changed(one, "99", "<99@x>", one.state(), one.firstAttemptAt()));
		this.mails.add(new Taken("<99@x>", DEADLINE.plusSeconds(3), one.address(), ""));
		assertThat(red()).containsOnlyKeys("I-02");
	}

	@Test
	void aMailOfNoAlertIsDoubled() {
		this.mails.add(new Taken("<nobody@x>", DEADLINE.plusSeconds(3), "anna@x.example", ""));
		assertThat(red()).containsOnlyKeys("I-02");
	}

	@Test
	void aSecondCopyIsRedUnlessItWasInjected() {
		this.mails.add(this.mails.get(0));
		assertThat(red()).containsOnlyKeys("I-03");
		mark("ambiguous", DEADLINE, Map.of("n", 1));
		assertThat(red()).isEmpty();
	}

	@Test
	void aMailBeforeItsMomentIsEarly() {
		Taken one = this.mails.remove(0);
		this.mails.add(new Taken(one.messageId(), DEADLINE.minusMillis(1), one.to(), ""));
		assertThat(red()).containsOnlyKeys("I-04");
	}

	@Test
	void aMailAfterTheBudgetIsLateUnlessTheFaultLastedSoLong() {
		Taken one = this.mails.remove(0);
		this.mails.add(new Taken(one.messageId(), DEADLINE.plusSeconds(91), one.to(), ""));
		assertThat(red()).containsOnlyKeys("I-05");
		mark("faultBegins", DEADLINE, Map.of());
		mark("faultEnds", DEADLINE.plusSeconds(30), Map.of());
		assertThat(red()).isEmpty();
	}

	@Test
	void aCaseOnNoRungOrTwoOrOnOneWhenClosedIsRed() {
		for (CaseRow wrong : List.of(new CaseRow(SIGNED, "two", "open", "GM9001", 0, 0, 1, 0),
				new CaseRow(SIGNED, "two", "open", "GM9001", 2, 0, 1, 0),
				new CaseRow(SIGNED, "two", "reported", "GM9001", 1, 0, 1, 0))) {
			this.cases.set(1, wrong);
			assertThat(red()).containsOnlyKeys("I-06");
		}
	}

	@Test
	void whatWasConfirmedAndIsNotThereIsRed() {
		act("report", Map.of("key", "three"), Map.of("status", 201, "number", "DB-2026-000003"));
		assertThat(red()).containsOnlyKeys("I-07");
	}

	@Test
	void whatIsThereAndWasNeverAskedOrTwiceIsRed() {
		this.cases.add(new CaseRow("DB-2026-000004", "four", "open", "GM9001", 1, 1, 0, 0));
		line("DB-2026-000004", "caseReported");
		assertThat(red()).containsOnlyKeys("I-07");
		act("report", Map.of("key", "four"), Map.of("status", 0));
		mark("faultBegins", DEADLINE, Map.of());
		assertThat(red()).as("asked, and no answer").containsOnlyKeys("I-14");
		this.cases.add(new CaseRow("DB-2026-000005", "four", "open", "GM9001", 1, 1, 0, 0));
		line("DB-2026-000005", "caseReported");
		assertThat(red()).containsKey("I-07");
	}

	@Test
	void aCaseOfWhichNothingWillComeIsStuck() {
		this.cases.set(1, new CaseRow(SIGNED, "two", "open", "GM9001", 1, 0, 0, 0));
		assertThat(red()).containsOnlyKeys("I-08");
	}

	@Test
	void aGateWithoutItsSignatureOrUnderARevokedMandateIsRed() {
		this.mandates.set(0, new MandateRow("M/1", "manager", "GM9001", 1, Instant.EPOCH, null, REPORTED));
		assertThat(red()).containsOnlyKeys("I-09");
		this.mandates.set(0, new MandateRow("M/1", "manager", "GM9001", 2, Instant.EPOCH, null, null));
		assertThat(red()).containsOnlyKeys("I-09");
	}

	@Test
	void aSignatureThatWasConfirmedAndIsGoneIsRed() {
		act("complete", Map.of("form", "sign-off", "number", SIGNED, "login", "dirk"), Map.of("status", 200));
		assertThat(red()).containsOnlyKeys("I-10");
	}

	@Test
	void aLineThatIsChangedGoneOrMissingIsRed() {
		LineRow line = this.lines.get(2);
		this.lines.set(2, new LineRow(line.chain(), line.number(), line.at(), "dirk", line.act(), line.facts(),
				line.previous(), line.hash()));
		assertThat(red()).containsOnlyKeys("I-11");
		this.lines.set(2, line);
		assertThat(red()).isEmpty();
		this.lines.remove(2);
		assertThat(red()).containsOnlyKeys("I-11");
	}

	@Test
	void anIncidentOrADeadLetterWithoutAnAlarmIsRed() {
		this.incidents.add(new IncidentRow("i", NUMBER, NOW.minus(Duration.ofMinutes(6))));
		assertThat(red()).containsOnlyKeys("I-12");
		this.incidents.clear();
		AlertRow one = this.alerts.get(0);
		this.alerts.set(0, changed(one, one.id(), one.messageId(), "undeliverable", one.firstAttemptAt()));
		assertThat(red()).containsOnlyKeys("I-12");
	}

	@Test
	void aCanaryAnywhereIsRed() {
		act("look", Map.of("path", "/x", "login", "anna", "mayAnswer", false), Map.of("status", 200));
		assertThat(red()).containsOnlyKeys("I-13");
	}

	@Test
	void aCanaryInAMailIsRed() {
		act("report", Map.of("key", "vijf", "canary", "kanarie"), Map.of("status", 403));
		assertThat(red()).isEmpty();
		Taken one = this.mails.remove(0);
		this.mails.add(new Taken(one.messageId(), one.at(), one.to(), "een kanarie"));
		assertThat(red()).containsOnlyKeys("I-13");
	}

	@Test
	void aFaultIsAnsweredWithComeBackLaterInsideTheWindowOnly() {
		act("list", Map.of(), Map.of("status", 500));
		assertThat(red()).containsOnlyKeys("I-14");
		this.ledger.remove(this.ledger.size() - 1);
		this.ledger.remove(this.ledger.size() - 1);
		mark("faultBegins", DEADLINE, Map.of());
		act("list", Map.of(), Map.of("status", 503, "retryAfter", true));
		assertThat(red()).isEmpty();
		act("list", Map.of(), Map.of("status", 503, "retryAfter", false));
		assertThat(red()).containsOnlyKeys("I-14");
	}

	@Test
	void whatDoesNotComeBackToUsualIsRed() {
		this.steady.add("node a has 900 threads");
		assertThat(red()).containsOnlyKeys("I-15");
	}

	@Test
	void aWatchdogThatIsSilentOrCriesWolfIsRed() {
		AlertRow one = this.alerts.get(0);
		this.alerts.set(0, changed(one, one.id(), one.messageId(), one.state(), DEADLINE.plus(Duration.ofMinutes(6))));
		assertThat(red()).as("silent").containsOnlyKeys("I-16");
		this.findings.add(new FindingRow("alert", one.id(), DEADLINE.plus(Duration.ofMinutes(2)), null));
		assertThat(red()).isEmpty();
		this.findings.set(0, new FindingRow("alert", one.id(), DEADLINE.plusSeconds(3), null));
		assertThat(red()).as("wolf").containsOnlyKeys("I-16");
	}

	private List<Verdict> check() {
		return new Checker(this.ledger, this.mails,
				new Dump(NOW, this.cases, this.alerts, this.leads, this.alarms, this.proposals, this.signOffs,
						this.mandates, Set.of(), this.lines, this.findings, this.incidents, 0, 0, 0),
				this.steady, 6)
			.check()
			.verdicts();
	}

	private Map<String, List<String>> red() {
		return check().stream()
			.filter((verdict) -> !verdict.violations().isEmpty())
			.collect(Collectors.toMap(Verdict::id, Verdict::violations));
	}

	private void alert(String login, Instant at) {
		String id = String.valueOf(++this.ids);
		String messageId = "<" + id + "@x>";
		this.alerts.add(new AlertRow(id, NUMBER, "leadMissing", "crisis " + EVENT, login, login + "@x.example", "0",
				"mail", DEADLINE.plusSeconds(1), DEADLINE.plusSeconds(1), at, "sent", messageId, null, at, at));
		this.mails.add(new Taken(messageId, at, login + "@x.example", ""));
	}

	private static AlertRow changed(AlertRow row, String id, String messageId, String state, Instant tried) {
		return new AlertRow(id, row.number(), row.kind(), row.version(), row.recipient(), row.address(), row.rung(),
				row.channel(), row.dueAt(), row.createdAt(), row.sentAt(), state, messageId, row.aboutId(), tried,
				row.nextAttemptAt());
	}

	private void line(String chain, String act) {
		List<LineRow> before = this.lines.stream().filter((line) -> line.chain().equals(chain)).toList();
		String previous = before.isEmpty() ? HexFormat.of().formatHex(new byte[32])
				: before.get(before.size() - 1).hash();
		LineRow bare = new LineRow(chain, before.size() + 1, REPORTED, "anna", act, "{}", previous, "");
		this.lines.add(new LineRow(chain, bare.number(), bare.at(), bare.actor(), bare.act(), bare.facts(), previous,
				HexFormat.of().formatHex(Checker.hash(bare))));
	}

	private void act(String what, Map<String, ?> facts, Map<String, ?> answer) {
		long id = ++this.ids;
		this.ledger.add(json(
				Map.of("line", "asked", "id", id, "at", REPORTED.toString(), "what", what, "round", "T-01/1"), facts));
		this.ledger.add(json(Map.of("line", "answered", "id", id, "at", REPORTED.toString()), answer));
	}

	private void mark(String what, Instant at, Map<String, ?> facts) {
		this.ledger.add(json(Map.of("line", what, "id", ++this.ids, "at", at.toString()), facts));
	}

	private static JsonNode json(Map<String, ?> one, Map<String, ?> other) {
		return Ledger.JSON.valueToTree(Stream.of(one, other)
			.flatMap((map) -> map.entrySet().stream())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

}
