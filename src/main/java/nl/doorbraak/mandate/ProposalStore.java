package nl.doorbraak.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.casefile.AskedOfCase;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.SignOff.Outcome;
import nl.doorbraak.mandate.SigningDesk.Comparable;
import nl.doorbraak.mandate.Signing.Spent;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of proposals and signatures; the case row is locked by who changes them. */
@Repository
class ProposalStore {

	private final JdbcClient db;

	ProposalStore(JdbcClient db) {
		this.db = db;
	}

	JdbcClient db() {
		return this.db;
	}

	/**
	 * For whoever changes a proposal: what this transaction read of them is read again.
	 */
	JdbcClient changing() {
		Remembered.forget(Question.class);
		return this.db;
	}

	long add(CaseFile file, Draft draft, Draft.Known known, Instant now) {
		return changing()
			.sql("""
					insert into doorbraak.proposal (case_number, household_id, rung_id, entry_id, drafter, amount_cents, deviates,
					  power, reservation, made_at, levels_version, state)
					values (:number, :household, :stay, :entry, :drafter, :amount, :deviates, :power, :reservation, :now, :version, 'open') returning id""")
			.param("number", file.number())
			.param("household", file.householdId())
			.param("stay", draft.stay())
			.param("entry", draft.entry())
			.param("drafter", draft.drafter())
			.param("amount", known.amountCents())
			.param("deviates", known.deviates())
			.param("power", draft.power().code())
			.param("reservation", known.reservation().code())
			.param("now", Timestamp.from(now))
			.param("version", file.termsVersion())
			.query(Long.class)
			.single();
	}

	/** Whom the table named first; what it named once stays. */
	void name(ProposalRow proposal, String firstFunction) {
		changing()
			.sql("update doorbraak.proposal set first_function = :function where id = :id and first_function is null")
			.param("function", firstFunction)
			.param("id", proposal.id())
			.update();
	}

	/** From now on it is signed only while the plan holds the three values. */
	void needValues(long id) {
		changing().sql("update doorbraak.proposal set weighed = true where id = :id").param("id", id).update();
	}

	Optional<ProposalRow> open(String number) {
		return all(number).stream().filter((each) -> each.state().equals("open")).findFirst();
	}

	/** Every proposal that waits for somebody, soonest due first. */
	List<ProposalRow> waiting() {
		return this.db.sql("""
				select * from doorbraak.proposal where state = 'open' and asked_function is not null
				order by answer_due_at, id""").query((row, n) -> proposal(row)).list();
	}

	/** The question is this person's, in the function of this line, from now on. */
	void take(ProposalRow proposal, String person, Mandate line, Instant now) {
		changing()
			.sql("""
					update doorbraak.proposal set asked_function = :function, asked_organisation = :body, asked_order = :order,
					  answer_due_at = null, taken_by = :person, taken_as = :function, taken_at = :now where id = :id""")
			.param("function", line.functionCode())
			.param("body", line.body())
			.param("order", line.order())
			.param("person", person)
			.param("now", Timestamp.from(now))
			.param("id", proposal.id())
			.update();
	}

	/** Every proposal of a case, oldest first. */
	List<ProposalRow> all(String number) {
		return Remembered.once(new Question("proposals", number),
				() -> this.db.sql("select * from doorbraak.proposal where case_number = :number order by id")
					.param("number", number)
					.query((row, n) -> proposal(row))
					.list());
	}

	ProposalRow get(String number, long id) {
		return all(number).stream().filter((each) -> each.id() == id).findFirst().orElseThrow();
	}

	void end(long id, String state, @Nullable String failure, Instant now) {
		changing()
			.sql("""
					update doorbraak.proposal set state = :state, failure = :failure, ended_at = :now, asked_function = null,
					  asked_organisation = null, answer_due_at = null where id = :id""")
			.param("state", state)
			.param("failure", failure)
			.param("now", Timestamp.from(now))
			.param("id", id)
			.update();
	}

	void sign(ProposalRow proposal, String person, Mandate line, @Nullable String deputyFor, String hash,
			Outcome outcome, boolean onConditions, boolean reasonsFollow, @Nullable Long entry, Instant now) {
		changing()
			.sql("""
					insert into doorbraak.sign_off (gate_id, case_number, rung_id, person, function, organisation_id,
					  mandate_number, mandate_version, deputy_for, proposal_hash, outcome, on_conditions, reasons_follow, entry_id, at)
					values (:gate, :number, :stay, :person, :function, :body, :mandate, :version, :deputyFor, :hash, :outcome, :conditions,
					  :follow, :entry, :now)""")
			.param("gate", proposal.id())
			.param("number", proposal.number())
			.param("stay", proposal.stay())
			.param("person", person)
			.param("function", line.functionCode())
			.param("body", line.body())
			.param("mandate", line.number())
			.param("version", line.version())
			.param("deputyFor", deputyFor)
			.param("hash", hash)
			.param("outcome", outcome.code())
			.param("conditions", onConditions)
			.param("follow", reasonsFollow)
			.param("entry", entry)
			.param("now", Timestamp.from(now))
			.update();
	}

	List<SignOff> signOffs(String number) {
		return Remembered.once(new Question("signOffs", number),
				() -> this.db.sql("select * from doorbraak.sign_off where case_number = :number order by id")
					.param("number", number)
					.query((row, n) -> signOff(row))
					.list());
	}

	List<SignOff> signOffs(ProposalRow proposal) {
		return signOffs(proposal.number()).stream().filter((each) -> each.proposal() == proposal.id()).toList();
	}

	/**
	 * What was signed for the household and for everybody, under this number and all that
	 * is held under it, in the year of that moment. The household is locked, so that two
	 * cases do not both use the last of it.
	 */
	Spent spent(ProposalRow proposal, String mandate, Instant at) {
		lockHousehold(proposal);
		return spent(mandate, at, proposal.id(), proposal.household());
	}

	/** The same when nothing is proposed. */
	Spent spent(String mandate, Instant at) {
		return spent(mandate, at, 0, null);
	}

	private Spent spent(String mandate, Instant at, long exceptProposal, @Nullable Long household) {
		LocalDate year = DutchTime.day(at).withDayOfYear(1);
		return this.db.sql("""
				with recursive under (number, version) as (
				  select number, version from doorbraak.mandate where number = :mandate
				  union
				  select child.number, child.version from doorbraak.mandate child
				  join under on child.parent_number = under.number)
				select coalesce(sum(p.amount_cents) filter (where p.household_id = :household), 0),
				  coalesce(sum(p.amount_cents), 0) from doorbraak.proposal p
				where p.state = 'signed' and p.id <> :id and exists (
				  select 1 from doorbraak.sign_off s join under on under.number = s.mandate_number
				    and under.version = s.mandate_version
				  where s.gate_id = p.id and s.outcome = 'agreed' and s.at >= :from and s.at < :to)""")
			.param("household", household, Types.BIGINT)
			.param("id", exceptProposal)
			.param("mandate", mandate)
			.param("from", Timestamp.from(year.atStartOfDay(DutchTime.ZONE).toInstant()))
			.param("to", Timestamp.from(year.plusYears(1).atStartOfDay(DutchTime.ZONE).toInstant()))
			.query((row, n) -> new Spent(row.getLong(1), row.getLong(2)))
			.single();
	}

	/** The same until a moment, with what was signed at it. */
	long usedCents(String mandate, Instant at) {
		return this.db.sql("""
				with recursive under (number, version) as (
				  select number, version from doorbraak.mandate where number = :mandate
				  union
				  select child.number, child.version from doorbraak.mandate child
				  join under on child.parent_number = under.number)
				select coalesce(sum(p.amount_cents), 0) from doorbraak.proposal p
				where p.state = 'signed' and p.ended_at <= :at and p.id in (
				  select s.gate_id from doorbraak.sign_off s join under on under.number = s.mandate_number
				    and under.version = s.mandate_version
				  where s.outcome = 'agreed' and s.at >= :from)""")
			.param("mandate", mandate)
			.param("from", Timestamp.from(DutchTime.day(at).withDayOfYear(1).atStartOfDay(DutchTime.ZONE).toInstant()))
			.param("at", Timestamp.from(at))
			.query(Long.class)
			.single();
	}

	/** Nobody else signs for this household until the end of the transaction. */
	void lockHousehold(ProposalRow proposal) {
		Remembered.once(new Household(proposal.household()),
				() -> this.db.sql("select id from doorbraak.household where id = :id for update")
					.param("id", proposal.household())
					.query(Long.class)
					.single());
	}

	/**
	 * Amounts of what was signed for this municipality with the same power since then.
	 */
	Comparable comparable(String municipality, Power power, ProposalRow but, Instant since) {
		return this.db
			.sql("""
					select count(*), coalesce(percentile_cont(array[0.25, 0.5, 0.75]) within group (order by p.amount_cents),
					  array[0, 0, 0]) as quarters
					from doorbraak.proposal p join doorbraak.case_file c on c.number = p.case_number
					where p.state = 'signed' and p.power = :power and p.ended_at >= :since and p.id <> :but
					  and c.municipality_id = :municipality""")
			.param("power", power.code())
			.param("since", Timestamp.from(since))
			.param("but", but.id())
			.param("municipality", municipality)
			.query((row, n) -> {
				Double[] quarters = (Double[]) row.getArray("quarters").getArray();
				return new Comparable(row.getLong("count"), Math.round(quarters[0]), Math.round(quarters[1]),
						Math.round(quarters[2]));
			})
			.single();
	}

	private static SignOff signOff(ResultSet row) throws SQLException {
		long entry = row.getLong("entry_id");
		Long entryId = row.wasNull() ? null : entry;
		return new SignOff(row.getLong("gate_id"), row.getString("person"), Function.of(row.getString("function")),
				row.getString("organisation_id"), row.getString("mandate_number"), row.getInt("mandate_version"),
				row.getString("deputy_for"), row.getString("proposal_hash"),
				Coded.of(Outcome.class, row.getString("outcome")), row.getBoolean("on_conditions"),
				row.getBoolean("reasons_follow"), entryId, row.getTimestamp("at").toInstant());
	}

	private static ProposalRow.@Nullable Taken taken(ResultSet row) throws SQLException {
		Timestamp at = row.getTimestamp("taken_at");
		return (at != null) ? new ProposalRow.Taken(row.getString("taken_by"), Function.of(row.getString("taken_as")),
				at.toInstant()) : null;
	}

	private static ProposalRow proposal(ResultSet row) throws SQLException {
		int order = row.getInt("asked_order");
		Integer askedOrder = row.wasNull() ? null : order;
		Timestamp due = row.getTimestamp("answer_due_at");
		Timestamp ended = row.getTimestamp("ended_at");
		return new ProposalRow(row.getLong("id"), row.getString("case_number"), row.getLong("household_id"),
				row.getLong("rung_id"), row.getLong("entry_id"), row.getString("drafter"), row.getLong("amount_cents"),
				row.getBoolean("deviates"), Coded.of(Power.class, row.getString("power")), row.getBoolean("weighed"),
				row.getTimestamp("made_at").toInstant(), row.getString("state"), row.getString("asked_function"),
				row.getString("asked_organisation"), askedOrder, row.getInt("approvals"),
				(due != null) ? due.toInstant() : null, row.getString("answer_explanation"),
				row.getBoolean("cut_short"), row.getInt("passed_on"), row.getString("failure"),
				(ended != null) ? ended.toInstant() : null, taken(row), row.getInt("levels_version"));
	}

	private record Household(long id) {
	}

	/** What is asked about the proposals of a case. */
	private record Question(String what, String number) implements AskedOfCase {
	}

}
