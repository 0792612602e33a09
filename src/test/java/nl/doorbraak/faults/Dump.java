package nl.doorbraak.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands in the database, as the checker believes it: read with its own SQL over its
 * own connection, in one snapshot.
 */
record Dump(Instant now, List<CaseRow> cases, List<AlertRow> alerts, List<LeadRow> leads, List<AlarmRow> alarms,
		List<ProposalRow> proposals, List<SignOffRow> signOffs, List<MandateRow> mandates, Set<String> entries,
		List<LineRow> lines, List<FindingRow> findings, List<IncidentRow> incidents, long overdueJobs, long dueAlerts,
		long owedLines) {

	private static final String DUE = "duedate_ is null or duedate_ <= doorbraak.current_instant()";

	static Dump of(RigDatabase database) {
		try (Connection connection = database.open("doorbraak", "postgres")) {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			return of(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Dump of(Connection connection) throws SQLException {
		Map<String, String> addresses = RigDatabase.rows(connection, """
				select login, email from doorbraak.officer where email is not null
				union all select 'mailbox:' || id, email from doorbraak.organisation where email is not null""")
			.stream()
			.collect(Collectors.toMap((row) -> row.get(0), (row) -> row.get(1)));
		return new Dump(
				instant(RigDatabase.rows(connection, "select " + iso("doorbraak.current_instant()")).get(0).get(0)),
				RigDatabase
					.rows(connection,
							"""
									select c.number, c.what_is_stuck, c.state, c.municipality_id,
									  (select count(*) from doorbraak.case_rung r where r.case_id = c.id and r.closed_at is null),
									  (select count(*) from camunda.act_ru_job j join camunda.act_ru_execution p on p.id_ = j.process_instance_id_
									   where p.business_key_ = c.number and j.retries_ > 0 and j.suspension_state_ = 1),
									  (select count(*) from camunda.act_ru_task t join camunda.act_ru_execution p on p.id_ = t.proc_inst_id_
									   where p.business_key_ = c.number and p.parent_id_ is null),
									  (select count(*) from doorbraak.watch_finding f where f.key = c.number and f.ended_at is null)
									from doorbraak.case_file c order by c.id""")
					.stream()
					.map((row) -> new CaseRow(row.get(0), row.get(1), row.get(2), row.get(3), number(row.get(4)),
							number(row.get(5)), number(row.get(6)), number(row.get(7))))
					.toList(),
				RigDatabase
					.rows(connection,
							"""
									select id, case_number, kind, deadline_version, coalesce(recipient_login, 'mailbox:' || body_id), coalesce(rung_id, 0),
									  channel, %s, %s, %s, state, message_id, about_id, %s, %s from doorbraak.alert order by id"""
								.formatted(iso("due_at"), iso("created_at"), iso("sent_at"), iso("first_attempt_at"),
										iso("next_attempt_at")))
					.stream()
					.map((row) -> new AlertRow(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4),
							addresses.getOrDefault(row.get(4), ""), row.get(5), row.get(6), instant(row.get(7)),
							instant(row.get(8)), instant(row.get(9)), row.get(10), row.get(11), row.get(12),
							instant(row.get(13)), instant(row.get(14))))
					.toList(),
				RigDatabase
					.rows(connection,
							"select case_number, state, person, %s, %s from doorbraak.lead order by id"
								.formatted(iso("answered_at"), iso("ended_at")))
					.stream()
					.map((row) -> new LeadRow(row.get(0), row.get(1), row.get(2), instant(row.get(3)),
							instant(row.get(4))))
					.toList(),
				RigDatabase
					.rows(connection,
							"select case_number, moment, event_date, %s from doorbraak.lead_alarm"
								.formatted(iso("raised_at")))
					.stream()
					.map((row) -> new AlarmRow(row.get(0), row.get(1),
							(row.get(2) != null) ? LocalDate.parse(row.get(2)) : null, instant(row.get(3))))
					.toList(),
				RigDatabase.rows(connection, "select id, case_number, state from doorbraak.proposal order by id")
					.stream()
					.map((row) -> new ProposalRow(row.get(0), row.get(1), row.get(2)))
					.toList(),
				RigDatabase.rows(connection,
						"select gate_id, case_number, person, function, organisation_id, mandate_number, mandate_version, outcome, %s from doorbraak.sign_off order by id"
							.formatted(iso("at")))
					.stream()
					.map((row) -> new SignOffRow(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4),
							row.get(5) + "/" + row.get(6), row.get(7), instant(row.get(8))))
					.toList(),
				RigDatabase.rows(connection,
						"select number || '/' || version, function, organisation_id, approvals, %s, %s, %s from doorbraak.mandate"
							.formatted(iso("valid_from"), iso("valid_to"), iso("revoked_at")))
					.stream()
					.map((row) -> new MandateRow(row.get(0), row.get(1), row.get(2), (int) number(row.get(3)),
							instant(row.get(4)), instant(row.get(5)), instant(row.get(6))))
					.toList(),
				RigDatabase.rows(connection,
						"select e.form || ' ' || c.number from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id")
					.stream()
					.map((row) -> row.get(0))
					.collect(Collectors.toSet()),
				RigDatabase
					.rows(connection,
							"""
									select chain, number, %s, actor, act, facts, encode(previous_hash, 'hex'), encode(hash, 'hex')
									from doorbraak.audit_line order by chain, number"""
								.formatted(iso("at")))
					.stream()
					.map((row) -> new LineRow(row.get(0), number(row.get(1)), instant(row.get(2)), row.get(3),
							row.get(4), row.get(5), row.get(6), row.get(7)))
					.toList(),
				RigDatabase
					.rows(connection,
							"select what, key, %s, %s from doorbraak.watch_finding order by id"
								.formatted(iso("found_at"), iso("ended_at")))
					.stream()
					.map((row) -> new FindingRow(row.get(0), row.get(1), instant(row.get(2)), instant(row.get(3))))
					.toList(),
				RigDatabase
					.rows(connection,
							"""
									select i.id_, coalesce(p.business_key_, ''), to_char(i.incident_timestamp_ at time zone current_setting('timezone') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
									from camunda.act_ru_incident i left join camunda.act_ru_execution p on p.id_ = i.proc_inst_id_
									where i.cause_incident_id_ = i.id_""")
					.stream()
					.map((row) -> new IncidentRow(row.get(0), row.get(1), instant(row.get(2))))
					.toList(),
				number(RigDatabase
					.rows(connection,
							"select count(*) from camunda.act_ru_job where retries_ > 0 and suspension_state_ = 1 and ("
									+ DUE + ")")
					.get(0)
					.get(0)),
				number(RigDatabase.rows(connection,
						"select count(*) from doorbraak.alert where state = 'waiting' and next_attempt_at <= doorbraak.current_instant()")
					.get(0)
					.get(0)),
				number(RigDatabase
					.rows(connection, "select count(*) from doorbraak.audit_owed where written_at is null")
					.get(0)
					.get(0)));
	}

	private static String iso(String column) {
		return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
	}

	private static Instant instant(String text) {
		return (text != null) ? Instant.parse(text) : null;
	}

	private static long number(String text) {
		return Long.parseLong(text);
	}

	record CaseRow(String number, String key, String state, String municipality, long openRungs, long jobs, long tasks,
			long findings) {

		boolean isOpen() {
			return this.state.equals("open");
		}

	}

	record AlertRow(String id, String number, String kind, String version, String recipient, String address,
			String rung, String channel, Instant dueAt, Instant createdAt, Instant sentAt, String state,
			String messageId, String aboutId, Instant firstAttemptAt, Instant nextAttemptAt) {

		String key() {
			return String.join("|", Arrays.asList(String.valueOf(this.number), this.rung, this.kind, this.version,
					this.recipient, this.channel));
		}

		boolean isCrisis() {
			return this.kind.equals("leadMissing") && this.version.startsWith("crisis ");
		}

	}

	record LeadRow(String number, String state, String person, Instant answeredAt, Instant endedAt) {
	}

	record AlarmRow(String number, String moment, LocalDate event, Instant raisedAt) {
	}

	record ProposalRow(String id, String number, String state) {
	}

	record SignOffRow(String gate, String number, String person, String function, String organisation, String mandate,
			String outcome, Instant at) {
	}

	record MandateRow(String id, String function, String organisation, int approvals, Instant from, Instant to,
			Instant revokedAt) {

		boolean isValid(Instant at) {
			return !this.from.isAfter(at) && (this.to == null || at.isBefore(this.to))
					&& (this.revokedAt == null || at.isBefore(this.revokedAt));
		}

	}

	/** A line of the record, its hashes in hex. */
	record LineRow(String chain, long number, Instant at, String actor, String act, String facts, String previous,
			String hash) {

		byte[] previousHash() {
			return HexFormat.of().parseHex(this.previous);
		}

	}

	record FindingRow(String what, String key, Instant foundAt, Instant endedAt) {
	}

	record IncidentRow(String id, String number, Instant at) {
	}

}
