package nl.doorbraak.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.mandate.Mandate.Consent;
import nl.doorbraak.mandate.Mandate.Kind;
import nl.doorbraak.mandate.Mandate.Type;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The register, read in each transaction anew, and once more when it is locked there: a
 * mandate can be revoked at any time until then.
 */
@Repository
class Register {

	private final JdbcClient db;

	Register(JdbcClient db) {
		this.db = db;
	}

	/**
	 * Every version of every line of these bodies, in force or not.
	 * @throws Refused when the register cannot be read (409)
	 */
	List<Mandate> lines(Collection<String> bodies) {
		try {
			return Remembered.once(new Lines(Set.copyOf(bodies)), () -> List.copyOf(this.db.sql("""
					select * from doorbraak.mandate where organisation_id in (:bodies)
					order by number, version""").param("bodies", bodies).query((row, n) -> mandate(row)).list()));
		}
		catch (DataAccessException | IllegalArgumentException ex) {
			throw Refused.conflict(Verdict.REGISTER_ONLEESBAAR.kebab(), Verdict.REGISTER_ONLEESBAAR.sentence());
		}
	}

	/** Whether another body has a mandate of this number. */
	boolean isOfAnother(String number, String body) {
		return this.db
			.sql("select 1 from doorbraak.mandate where number = :number and organisation_id <> :body limit 1")
			.param("number", number)
			.param("body", body)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** Adds a version of a line; nothing in the register is ever changed. */
	void add(Mandate line) {
		Remembered.forget(Lines.class);
		Consent holder = line.holderConsent();
		Consent employer = line.employerConsent();
		this.db
			.sql("""
					insert into doorbraak.mandate (number, version, organisation_id, type, kind, powers, legal_basis, mandatable,
					  function, deputy, works_under_mandator, holder_consent_at, holder_consent_document, employer_consent_at,
					  employer_consent_document, sub_mandate_allowed, parent_number, rungs, municipalities, threats,
					  decision_ceiling_cents, ceiling_cents, budget_cents, deviation_allowed, reservation, conditions, approvals,
					  drafter_may_sign, crisis_use, order_of_competence, decision, published_at, valid_from, valid_to, revoked_at,
					  revoked_by, recorded_at)
					values (:number, :version, :body, :type, :kind, :powers, :basis, :mandatable, :function, :deputy, :under, :holderAt,
					  :holderDocument, :employerAt, :employerDocument, :sub, :parent, :rungs, :municipalities, :threats,
					  :decisionCeiling, :ceiling, :budget, :deviation, :reservation, :conditions, :approvals, :drafter, :crisis,
					  :order, :decision, :published, :from, :to, :revokedAt, :revokedBy, :recordedAt)""")
			.param("number", line.number())
			.param("version", line.version())
			.param("body", line.body())
			.param("type", line.type().code())
			.param("kind", line.kind().code())
			.param("powers", array(line.powers()))
			.param("basis", line.legalBasis())
			.param("mandatable", line.mandatable())
			.param("function", line.functionCode())
			.param("deputy", line.deputyCode())
			.param("under", line.worksUnderMandator())
			.param("holderAt", (holder != null) ? holder.on() : null, Types.DATE)
			.param("holderDocument", (holder != null) ? holder.document() : null)
			.param("employerAt", (employer != null) ? employer.on() : null, Types.DATE)
			.param("employerDocument", (employer != null) ? employer.document() : null)
			.param("sub", line.subMandateAllowed())
			.param("parent", line.parent())
			.param("rungs", array(line.rungs()))
			.param("municipalities", array(line.municipalities()))
			.param("threats", array(line.threats()))
			.param("decisionCeiling", line.decisionCeilingCents())
			.param("ceiling", line.ceilingCents())
			.param("budget", line.budgetCents())
			.param("deviation", line.deviationAllowed())
			.param("reservation", line.reservation().code())
			.param("conditions", line.conditions())
			.param("approvals", line.approvals())
			.param("drafter", line.drafterMaySign())
			.param("crisis", line.crisisUse())
			.param("order", line.order())
			.param("decision", line.decision())
			.param("published", line.publishedAt(), Types.DATE)
			.param("from", timestamp(line.validFrom()))
			.param("to", timestamp(line.validTo()))
			.param("revokedAt", timestamp(line.revokedAt()))
			.param("revokedBy", line.revokedBy())
			.param("recordedAt", timestamp(line.recordedAt()))
			.update();
	}

	private static SqlParameterValue array(Set<String> codes) {
		return new SqlParameterValue(Types.ARRAY, codes.stream().sorted().toArray(String[]::new));
	}

	private static SqlParameterValue timestamp(@Nullable Instant at) {
		return new SqlParameterValue(Types.TIMESTAMP, (at != null) ? Timestamp.from(at) : null);
	}

	/** Nobody else writes in the register until the end of the transaction. */
	void lock() {
		Locks.alone(this.db, MandateEvents.MandateRecorded.CHAIN);
		Remembered.forget(Lines.class);
	}

	/**
	 * Nobody writes in the register until the end of the transaction, so that nobody
	 * signs under what was just revoked. Before every other lock of a signature.
	 */
	void keepStill() {
		Remembered.once(new Still(), () -> {
			Locks.withOthers(this.db, MandateEvents.MandateRecorded.CHAIN);
			Remembered.forget(Lines.class);
			return true;
		});
	}

	/**
	 * Nobody else signs under this number, or what is held under it, until the end of the
	 * transaction: two cases do not both use the last of a budget.
	 */
	void lockBudget(String mandate) {
		Locks.alone(this.db, "mandate " + mandate);
	}

	private static Mandate mandate(ResultSet row) throws SQLException {
		int order = row.getInt("order_of_competence");
		boolean usual = row.wasNull();
		return new Mandate(row.getString("number"), row.getInt("version"), row.getString("organisation_id"),
				Coded.of(Type.class, row.getString("type")), Coded.of(Kind.class, row.getString("kind")),
				set(row, "powers"), row.getString("legal_basis"), row.getBoolean("mandatable"),
				row.getString("function"), row.getString("deputy"), row.getBoolean("works_under_mandator"),
				consent(row, "holder"), consent(row, "employer"), row.getBoolean("sub_mandate_allowed"),
				row.getString("parent_number"), set(row, "rungs"), set(row, "municipalities"), set(row, "threats"),
				cents(row, "decision_ceiling_cents"), cents(row, "ceiling_cents"), cents(row, "budget_cents"),
				row.getBoolean("deviation_allowed"), Coded.of(Reservation.class, row.getString("reservation")),
				row.getString("conditions"), row.getInt("approvals"), row.getBoolean("drafter_may_sign"),
				row.getBoolean("crisis_use"), usual ? Mandate.usualOrder(row.getString("function")) : order,
				row.getString("decision"), day(row, "published_at"), row.getTimestamp("valid_from").toInstant(),
				instant(row, "valid_to"), instant(row, "revoked_at"), row.getString("revoked_by"),
				row.getTimestamp("recorded_at").toInstant());
	}

	private static Set<String> set(ResultSet row, String column) throws SQLException {
		Set<String> codes = new HashSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
		if (codes.contains(null)) {
			throw new IllegalArgumentException("Nothing among the " + column + " of a mandate");
		}
		return codes;
	}

	private static @Nullable Consent consent(ResultSet row, String whose) throws SQLException {
		LocalDate on = day(row, whose + "_consent_at");
		return (on != null) ? new Consent(on, row.getString(whose + "_consent_document")) : null;
	}

	private static @Nullable Long cents(ResultSet row, String column) throws SQLException {
		long cents = row.getLong(column);
		return row.wasNull() ? null : cents;
	}

	private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDate.class);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	private record Lines(Set<String> bodies) {
	}

	private record Still() {
	}

}
