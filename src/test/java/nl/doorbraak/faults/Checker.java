package nl.doorbraak.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * Counts after the faults what must be zero. Believes the ledger, the mails that a server
 * took and what stands in the database; knows no class of the product.
 */
final class Checker {

	/** Who must hear that nobody has the lead on the day itself. */
	static final List<String> EVERYBODY = List.of("amira", "anna", "karim", "lotte", "mila", "paul");

	private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

	private static final Duration TO_A_PERSON = Duration.ofMinutes(5);

	private static final Duration LATE_FOR_THE_WATCHDOG = Duration.ofMinutes(1);

	private final List<JsonNode> ledger;

	private final List<Taken> mails;

	private final Dump dump;

	private final List<String> steady;

	private final int measured;

	private final Map<String, Verdict> verdicts = new TreeMap<>();

	private final Map<String, List<Double>> lateness = new LinkedHashMap<>();

	private final Map<Long, JsonNode> answers = new HashMap<>();

	private final Map<Long, Integer> answeredOnLine = new HashMap<>();

	private final Map<String, CaseRow> byKey;

	private final Map<String, List<AlertRow>> alertsOf;

	private final Map<String, List<Taken>> mailsOf;

	private final Map<String, List<LeadRow>> leadsOf;

	/**
	 * Prepares the look.
	 * @param steady what the rig measured that did not come back to where it was
	 * @param measured how much it measured so far
	 */
	Checker(List<JsonNode> ledger, List<Taken> mails, Dump dump, List<String> steady, int measured) {
		this.ledger = ledger;
		this.mails = mails;
		this.dump = dump;
		this.steady = steady;
		this.measured = measured;
		for (int i = 0; i < ledger.size(); i++) {
			if (is(ledger.get(i), "answered")) {
				this.answers.put(ledger.get(i).path("id").asLong(), ledger.get(i));
				this.answeredOnLine.put(ledger.get(i).path("id").asLong(), i);
			}
		}
		this.byKey = dump.cases().stream().collect(Collectors.toMap(CaseRow::key, (row) -> row, (one, other) -> one));
		this.alertsOf = dump.alerts()
			.stream()
			.filter((alert) -> alert.number() != null)
			.collect(Collectors.groupingBy(AlertRow::number));
		this.mailsOf = mails.stream().collect(Collectors.groupingBy(Taken::messageId));
		this.leadsOf = dump.leads().stream().collect(Collectors.groupingBy(LeadRow::number));
	}

	Result check() {
		lostEarlyAndLate();
		doubled();
		oneRung();
		casesOfTheLedger();
		stuck();
		gates();
		confirmed();
		record();
		deadLetters();
		canaries();
		answers();
		verdict("I-15", this.measured, this.steady);
		watchdog();
		return new Result(List.copyOf(this.verdicts.values()), this.lateness);
	}

	private void lostEarlyAndLate() {
		List<String> lost = new ArrayList<>();
		List<String> early = new ArrayList<>();
		List<String> late = new ArrayList<>();
		int keys = 0;
		int told = 0;
		for (JsonNode report : acts("report")) {
			CaseRow row = this.byKey.get(report.path("key").asText());
			if (row == null || !report.hasNonNull("event") || report.hasNonNull("canary")) {
				continue;
			}
			LocalDate event = LocalDate.parse(report.path("event").asText());
			Instant deadline = event.atStartOfDay(ZONE).toInstant();
			Round round = round(report.path("round").asText());
			if (round == null || deadline.isAfter(this.dump.now()) || closedBefore(row.number(), deadline)) {
				continue;
			}
			Instant by = round.from(deadline).plus(round.budget());
			boolean taken = this.leadsOf.getOrDefault(row.number(), List.of())
				.stream()
				.anyMatch((lead) -> lead.answeredAt() != null && isALead(lead) && !lead.answeredAt().isAfter(by));
			Map<String, AlertRow> rows = this.alertsOf.getOrDefault(row.number(), List.of())
				.stream()
				.filter((alert) -> alert.isCrisis() && alert.channel().equals("mail")
						&& alert.version().endsWith(event.toString()))
				.collect(Collectors.toMap(AlertRow::recipient, (alert) -> alert, (one, other) -> one));
			for (String recipient : EVERYBODY) {
				keys++;
				String key = row.number() + " crisis " + event + " " + recipient;
				AlertRow alert = rows.get(recipient);
				Optional<Taken> mail = (alert != null) ? firstMail(alert) : Optional.empty();
				if (mail.isEmpty()) {
					boolean told2 = alert != null && (alert.state().equals("undeliverable") && hasAlarm(alert)
							|| alert.state().equals("cancelled") && taken);
					if (!told2 && !(alert == null && taken)) {
						lost.add(key + ((alert != null) ? " is " + alert.state() : " has no row"));
					}
					continue;
				}
				told++;
				Duration after = Duration.between(deadline, mail.get().at());
				if (after.isNegative()) {
					early.add(key + " by " + after.negated().toMillis() + " ms");
				}
				Duration lateBy = Duration.between(round.from(deadline), mail.get().at());
				this.lateness.computeIfAbsent(round.row(), (each) -> new ArrayList<>())
					.add(Math.max(0, lateBy.toMillis()) / 1000.0);
				if (mail.get().at().isAfter(by)) {
					late.add(key + " after " + lateBy.toSeconds() + " s, allowed " + round.budget().toSeconds());
				}
			}
		}
		for (AlertRow alert : this.dump.alerts()) {
			firstMail(alert).filter((mail) -> mail.at().isBefore(alert.dueAt()))
				.ifPresent((mail) -> early.add(alert.key() + " before " + alert.dueAt() + ", at " + mail.at()));
		}
		verdict("I-01", keys, lost);
		verdict("I-04", this.mails.size(), early);
		verdict("I-05", told, late);
	}

	private static boolean isALead(LeadRow lead) {
		return List.of("accepted", "returned", "ended").contains(lead.state()) && lead.answeredAt() != null;
	}

	private boolean closedBefore(String number, Instant deadline) {
		return this.dump.lines()
			.stream()
			.anyMatch((line) -> line.chain().equals(number) && line.act().equals("caseClosed")
					&& line.at().isBefore(deadline));
	}

	/** A person was told that it did not arrive. */
	private boolean hasAlarm(AlertRow alert) {
		return this.dump.alerts()
			.stream()
			.anyMatch((other) -> alert.id().equals(other.aboutId()) && !other.recipient().isBlank()
					&& (firstMail(other).isPresent() || other.state().equals("waiting")));
	}

	private Optional<Taken> firstMail(AlertRow alert) {
		return this.mailsOf.getOrDefault(alert.messageId(), List.of())
			.stream()
			.filter((mail) -> mail.to().equals(alert.address()))
			.min(Comparator.comparing(Taken::at));
	}

	private void doubled() {
		List<String> doubled = new ArrayList<>();
		Map<String, Set<String>> ids = new HashMap<>();
		this.dump.alerts()
			.forEach((alert) -> ids.computeIfAbsent(alert.key(), (key) -> new HashSet<>()).add(alert.messageId()));
		ids.forEach((key, all) -> {
			if (all.size() > 1) {
				doubled.add(key + " under " + all.size() + " Message-IDs");
			}
		});
		Set<String> known = this.dump.alerts().stream().map(AlertRow::messageId).collect(Collectors.toSet());
		this.mailsOf.keySet()
			.stream()
			.filter((id) -> !known.contains(id))
			.forEach((id) -> doubled.add("a mail under " + id + ", which no alert has"));
		verdict("I-02", ids.size(), doubled);
		long copies = this.mailsOf.values().stream().mapToLong((all) -> all.size() - 1).sum();
		long allowed = marks("ambiguous").stream().mapToLong((mark) -> mark.path("n").asLong()).sum();
		verdict("I-03", this.mails.size(), (copies > allowed)
				? List.of(copies + " copies under the same Message-ID, " + allowed + " injected") : List.of());
		this.verdicts.computeIfPresent("I-03",
				(id, verdict) -> verdict.noted(copies + " copies of " + allowed + " injected"));
	}

	private void oneRung() {
		verdict("I-06", this.dump.cases().size(),
				this.dump.cases()
					.stream()
					.filter((row) -> row.openRungs() != (row.isOpen() ? 1 : 0))
					.map((row) -> row.number() + " is " + row.state() + " on " + row.openRungs() + " rungs")
					.toList());
	}

	private void casesOfTheLedger() {
		List<String> wrong = new ArrayList<>();
		Map<String, List<CaseRow>> there = this.dump.cases().stream().collect(Collectors.groupingBy(CaseRow::key));
		Map<String, List<JsonNode>> asked = acts("report").stream()
			.collect(Collectors.groupingBy((act) -> act.path("key").asText()));
		asked.forEach((key, acts) -> {
			List<CaseRow> rows = there.getOrDefault(key, List.of());
			List<String> confirmed = acts.stream()
				.map(this::answer)
				.filter((answer) -> status(answer) == 201)
				.map((answer) -> answer.path("number").asText())
				.toList();
			boolean refused = acts.stream()
				.map(this::answer)
				.allMatch((answer) -> status(answer) >= 400 && status(answer) < 500);
			if (rows.size() > 1) {
				wrong.add(key + " became " + rows.size() + " cases");
			}
			confirmed.stream()
				.filter((number) -> rows.stream().noneMatch((row) -> row.number().equals(number)))
				.forEach((number) -> wrong.add(key + " was confirmed as " + number + " and is not there"));
			if (refused && !rows.isEmpty()) {
				wrong.add(key + " was refused and is there");
			}
		});
		there.keySet()
			.stream()
			.filter((key) -> !asked.containsKey(key))
			.forEach((key) -> wrong.add("'" + key + "' was never asked"));
		verdict("I-07", asked.size(), wrong);
	}

	private void stuck() {
		List<CaseRow> open = this.dump.cases().stream().filter((row) -> !row.state().equals("closed")).toList();
		verdict("I-08", open.size(),
				open.stream()
					.filter((row) -> row.jobs() + row.tasks() + row.findings() == 0)
					.map((row) -> row.number() + " has no timer, no task and no alarm")
					.toList());
	}

	private void gates() {
		List<String> wrong = new ArrayList<>();
		Map<String, MandateRow> mandates = this.dump.mandates()
			.stream()
			.collect(Collectors.toMap(MandateRow::id, (mandate) -> mandate));
		Map<String, List<SignOffRow>> agreed = this.dump.signOffs()
			.stream()
			.filter((signOff) -> signOff.outcome().equals("agreed"))
			.collect(Collectors.groupingBy(SignOffRow::gate));
		List<ProposalRow> signed = this.dump.proposals()
			.stream()
			.filter((proposal) -> proposal.state().equals("signed"))
			.toList();
		for (ProposalRow proposal : signed) {
			List<SignOffRow> all = agreed.getOrDefault(proposal.id(), List.of());
			long people = all.stream().map(SignOffRow::person).distinct().count();
			int needed = all.stream()
				.map((signOff) -> mandates.get(signOff.mandate()))
				.filter(Objects::nonNull)
				.mapToInt(MandateRow::approvals)
				.max()
				.orElse(1);
			if (people != needed || all.size() != needed) {
				wrong.add("gate " + proposal.id() + " of " + proposal.number() + " passed with " + all.size()
						+ " signatures of " + people + " people, needs " + needed);
			}
		}
		for (SignOffRow signOff : this.dump.signOffs()) {
			MandateRow mandate = mandates.get(signOff.mandate());
			if (mandate == null || !mandate.isValid(signOff.at()) || !mandate.function().equals(signOff.function())
					|| !mandate.organisation().equals(signOff.organisation())) {
				wrong.add(signOff.person() + " signed in " + signOff.number() + " under " + signOff.mandate()
						+ ", which did not hold");
			}
		}
		verdict("I-09", signed.size(), wrong);
	}

	private void confirmed() {
		List<String> absent = new ArrayList<>();
		Set<String> signOffs = this.dump.signOffs()
			.stream()
			.map((signOff) -> signOff.person() + " " + signOff.number())
			.collect(Collectors.toSet());
		int n = 0;
		for (JsonNode act : acts("complete")) {
			if (status(answer(act)) != 200) {
				continue;
			}
			n++;
			String form = act.path("form").asText();
			String number = act.path("number").asText();
			boolean there = form.equals("sign-off") ? signOffs.contains(act.path("login").asText() + " " + number)
					: this.dump.entries().contains(form + " " + number);
			if (!there) {
				absent.add(form + " of " + number + " by " + act.path("login").asText());
			}
		}
		verdict("I-10", n, absent);
	}

	private void record() {
		List<String> wrong = new ArrayList<>();
		String chain = "";
		long number = 0;
		String before = "";
		for (LineRow line : this.dump.lines()) {
			if (!line.chain().equals(chain)) {
				chain = line.chain();
				number = 0;
				before = HexFormat.of().formatHex(new byte[32]);
			}
			if (line.number() != ++number) {
				wrong.add(chain + " has no line " + number);
				number = line.number();
			}
			if (!line.previous().equals(before) || !HexFormat.of().formatHex(hash(line)).equals(line.hash())) {
				wrong.add(chain + " " + line.number() + " does not follow");
			}
			before = line.hash();
		}
		Map<String, Long> times = this.dump.lines()
			.stream()
			.collect(Collectors.groupingBy((line) -> line.chain() + " " + line.act(), Collectors.counting()));
		for (CaseRow row : this.dump.cases()) {
			exactly(wrong, times, row.number(), "caseReported", 1);
			exactly(wrong, times, row.number(), "leadAccepted",
					this.leadsOf.getOrDefault(row.number(), List.of()).stream().filter(Checker::isALead).count());
			exactly(wrong, times, row.number(), "signedOff", this.dump.signOffs()
				.stream()
				.filter((signOff) -> signOff.number().equals(row.number()) && signOff.outcome().equals("agreed"))
				.count());
			exactly(wrong, times, row.number(), "caseClosed", row.state().equals("closed") ? 1 : 0);
		}
		acts("lead").stream()
			.filter((act) -> status(answer(act)) == 200)
			.map((act) -> act.path("number").asText())
			.filter((each) -> !times.containsKey(each + " leadAccepted"))
			.forEach((each) -> wrong.add("the lead of " + each + " was confirmed and is on no line"));
		if (this.dump.owedLines() > 0) {
			wrong.add(this.dump.owedLines() + " lines are owed");
		}
		verdict("I-11", this.dump.lines().size(), wrong);
	}

	private static void exactly(List<String> wrong, Map<String, Long> times, String chain, String act, long expected) {
		long there = times.getOrDefault(chain + " " + act, 0L);
		if (there != expected) {
			wrong.add(chain + " has " + there + " lines " + act + ", happened " + expected);
		}
	}

	/** SHA-256 over each field with its length before it. */
	static byte[] hash(LineRow line) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			add(digest, line.previousHash());
			for (String field : List.of(line.chain(), String.valueOf(line.number()), line.at().toString(), line.actor(),
					line.act(), line.facts())) {
				add(digest, field.getBytes(StandardCharsets.UTF_8));
			}
			return digest.digest();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void add(MessageDigest digest, byte[] field) {
		digest.update(ByteBuffer.allocate(4).putInt(field.length).array());
		digest.update(field);
	}

	private void deadLetters() {
		List<String> silent = new ArrayList<>();
		Instant long_ago = this.dump.now().minus(TO_A_PERSON);
		for (IncidentRow incident : this.dump.incidents()) {
			boolean told = this.dump.alerts()
				.stream()
				.anyMatch((alert) -> List.of("engineIncident", "lateWork").contains(alert.kind())
						&& (incident.number().isEmpty() || incident.number().equals(alert.number())
								|| alert.number() == null)
						&& !alert.createdAt().isBefore(incident.at())
						&& !alert.createdAt().isAfter(incident.at().plus(TO_A_PERSON)));
			if (!told && incident.at().isBefore(long_ago)) {
				silent.add("incident of '" + incident.number() + "' since " + incident.at());
			}
		}
		List<AlertRow> dead = this.dump.alerts()
			.stream()
			.filter((alert) -> alert.state().equals("undeliverable") && alert.aboutId() == null)
			.toList();
		dead.stream()
			.filter((alert) -> this.dump.alerts().stream().noneMatch((other) -> alert.id().equals(other.aboutId())))
			.filter((alert) -> this.dump.lines()
				.stream()
				.noneMatch((line) -> line.act().equals("nobodyReachable")
						&& line.chain().equals(String.valueOf(alert.number()))))
			.forEach((alert) -> silent.add(alert.key() + " did not arrive, and nobody heard"));
		verdict("I-12", this.dump.incidents().size() + dead.size(), silent);
	}

	private void canaries() {
		List<String> seen = new ArrayList<>();
		List<String> canaries = acts("report").stream()
			.filter((act) -> act.hasNonNull("canary"))
			.map((act) -> act.path("canary").asText())
			.toList();
		List<JsonNode> looks = acts("look");
		looks.stream()
			.filter((look) -> status(answer(look)) == 200 && !look.path("mayAnswer").asBoolean())
			.forEach((look) -> seen.add(look.path("login").asText() + " reads " + look.path("path").asText()));
		looks.stream()
			.filter((look) -> answer(look).path("canary").asBoolean())
			.forEach((look) -> seen
				.add(look.path("login").asText() + " finds a canary at " + look.path("path").asText()));
		for (Taken mail : this.mails) {
			canaries.stream()
				.filter((canary) -> mail.text().contains(canary))
				.forEach((canary) -> seen.add(canary + " in a mail to " + mail.to()));
		}
		this.dump.lines()
			.forEach((line) -> canaries.stream()
				.filter((canary) -> line.facts().contains(canary))
				.forEach((canary) -> seen.add(canary + " in the record of " + line.chain())));
		verdict("I-13", looks.size() + this.mails.size() + this.dump.lines().size(), seen);
	}

	private void answers() {
		List<String> wrong = new ArrayList<>();
		List<JsonNode> all = this.ledger.stream()
			.filter((line) -> is(line, "asked") && !line.path("bad").asBoolean())
			.toList();
		for (int i = 0; i < this.ledger.size(); i++) {
			JsonNode line = this.ledger.get(i);
			if (!is(line, "asked") || line.path("bad").asBoolean()) {
				continue;
			}
			JsonNode answer = answer(line);
			int status = status(answer);
			boolean inside = isInAFault(i,
					this.answeredOnLine.getOrDefault(line.path("id").asLong(), this.ledger.size()));
			boolean fine = (status > 0 && status < 500)
					|| inside && (status == 0 || status == 503 && answer.path("retryAfter").asBoolean());
			if (!fine) {
				wrong.add(line.path("what").asText() + " at " + line.path("node").asText() + " in "
						+ line.path("round").asText() + ": " + status + (inside ? " inside" : " outside")
						+ " the fault");
			}
		}
		verdict("I-14", all.size(), wrong);
	}

	private boolean isInAFault(int from, int to) {
		boolean fault = false;
		for (int i = 0; i < Math.min(to, this.ledger.size()); i++) {
			boolean begins = is(this.ledger.get(i), "faultBegins");
			if (begins || is(this.ledger.get(i), "faultEnds")) {
				fault = begins;
				if (begins && i >= from) {
					return true;
				}
			}
			if (i >= from && fault) {
				return true;
			}
		}
		return fault;
	}

	/**
	 * A case that was looked at late and that nobody found, or found while it was not.
	 */
	private void watchdog() {
		List<String> wrong = new ArrayList<>();
		Map<String, List<FindingRow>> found = this.dump.findings()
			.stream()
			.collect(Collectors.groupingBy((finding) -> finding.what() + " " + finding.key()));
		int n = this.dump.findings().size();
		for (AlertRow alert : this.dump.alerts()) {
			Instant tried = (alert.firstAttemptAt() != null) ? alert.firstAttemptAt()
					: alert.state().equals("waiting") ? this.dump.now() : null;
			if (tried == null || alert.channel().equals("sms")) {
				continue;
			}
			n++;
			Instant due = later(alert.dueAt(), alert.createdAt());
			boolean late = Duration.between(due, tried).minus(pushed(due, tried)).compareTo(TO_A_PERSON) > 0;
			boolean noted = found.containsKey("alert " + alert.id());
			if (late && !noted && !inOutage(due, tried)) {
				wrong.add("silent about " + alert.key() + ", tried at " + tried);
			}
			if (noted) {
				Instant first = found.get("alert " + alert.id()).get(0).foundAt();
				if (first.isBefore(due.plus(LATE_FOR_THE_WATCHDOG))) {
					wrong.add("alarm about " + alert.key() + " that was not late");
				}
			}
		}
		for (FindingRow finding : this.dump.findings()) {
			if (!finding.what().equals("leadMoment")) {
				continue;
			}
			boolean right = this.dump.alarms()
				.stream()
				.filter((alarm) -> alarm.number().equals(finding.key()) && alarm.event() != null)
				.map(AlarmRow::raisedAt)
				.noneMatch((raised) -> raised.isBefore(finding.foundAt())
						&& Duration.between(raised, finding.foundAt()).compareTo(Duration.ofMinutes(1)) < 0);
			if (!right) {
				wrong.add("alarm about " + finding.key() + " at " + finding.foundAt() + ", which was told just before");
			}
		}
		verdict("I-16", n, wrong);
	}

	/** By how much the rig pushed the clock between two moments. */
	private Duration pushed(Instant from, Instant to) {
		return marks("pushed").stream().map((mark) -> {
			Instant begins = later(from, Instant.parse(mark.path("at").asText()));
			Instant ends = Instant.parse(mark.path("at").asText()).plusMillis(mark.path("millis").asLong());
			Duration within = Duration.between(begins, ends.isBefore(to) ? ends : to);
			return within.isNegative() ? Duration.ZERO : within;
		}).reduce(Duration.ZERO, Duration::plus);
	}

	/** Nobody can look while the whole is down; who is back looks at once. */
	private boolean inOutage(Instant from, Instant to) {
		return rounds().stream()
			.anyMatch((round) -> round.begins() != null && !round.begins().isAfter(to)
					&& (round.ends() == null || !round.ends().isBefore(from)));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private List<Round> rounds() {
		Map<String, Round> rounds = new LinkedHashMap<>();
		String now = "";
		for (JsonNode line : this.ledger) {
			Instant at = Instant.parse(line.path("at").asText());
			if (is(line, "round")) {
				now = line.path("round").asText();
				rounds.put(now, new Round(now, line.path("row").asText(),
						Duration.ofSeconds(line.path("budget").asLong()), null, null, null));
			}
			else if (is(line, "faultBegins")) {
				rounds.computeIfPresent(now, (key, round) -> new Round(key, round.row(), round.budget(),
						(round.begins() != null) ? round.begins() : at, null, round.back()));
			}
			else if (is(line, "faultEnds")) {
				rounds.computeIfPresent(now,
						(key, round) -> new Round(key, round.row(), round.budget(), round.begins(), at, round.back()));
			}
			else if (is(line, "back")) {
				rounds.computeIfPresent(now,
						(key, round) -> new Round(key, round.row(), round.budget(), round.begins(), round.ends(), at));
			}
		}
		return List.copyOf(rounds.values());
	}

	private Round round(String name) {
		return rounds().stream().filter((round) -> round.name().equals(name)).findFirst().orElse(null);
	}

	private List<JsonNode> acts(String what) {
		return this.ledger.stream()
			.filter((line) -> is(line, "asked") && line.path("what").asText().equals(what))
			.toList();
	}

	private List<JsonNode> marks(String what) {
		return this.ledger.stream().filter((line) -> is(line, what)).toList();
	}

	private static boolean is(JsonNode line, String what) {
		return line.path("line").asText().equals(what);
	}

	private JsonNode answer(JsonNode act) {
		return this.answers.getOrDefault(act.path("id").asLong(),
				com.fasterxml.jackson.databind.node.MissingNode.getInstance());
	}

	private static int status(JsonNode answer) {
		return answer.path("status").asInt();
	}

	private void verdict(String id, int n, Collection<String> violations) {
		this.verdicts.put(id, new Verdict(id, n, List.copyOf(violations), ""));
	}

	/** One invariant: how much was looked at, and what was wrong. */
	record Verdict(String id, int n, List<String> violations, String note) {

		Verdict noted(String note) {
			return new Verdict(this.id, this.n, this.violations, note);
		}

	}

	/** All invariants, and by row how late each crisis alert was, in seconds. */
	record Result(List<Verdict> verdicts, Map<String, List<Double>> lateness) {
	}

	private record Round(String name, String row, Duration budget, Instant begins, Instant ends, Instant back) {

		/** From when lateness counts: the deadline, or the end of what was broken. */
		Instant from(Instant deadline) {
			Instant well = (this.back != null) ? this.back : this.ends;
			return (well != null) ? later(deadline, well) : deadline;
		}

	}

}
