package nl.doorbraak.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.SignedDecision.Signature;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was signed, for who inspects it: every decision of a period, and the line of the
 * register under which it was taken.
 */
@Service
public class SignedDecisions {

	private final ProposalStore store;

	private final Register register;

	SignedDecisions(ProposalStore store, Register register) {
		this.store = store;
		this.register = register;
	}

	/**
	 * Every decision that was signed in these days in cases of these municipalities, the
	 * lowest number first.
	 * @param power null: of every kind
	 */
	@Transactional(readOnly = true)
	public List<SignedDecision> in(Collection<String> municipalities, LocalDate first, LocalDate last,
			@Nullable Power power, long minimumCents) {
		Map<Long, SignedDecision> found = new LinkedHashMap<>();
		Map<Long, String> hashes = new LinkedHashMap<>();
		this.store.db()
			.sql("""
					select p.id, p.case_number, c.municipality_id, p.ended_at, p.amount_cents, p.power, r.rung, p.deviates,
					  s.person, s.function, s.organisation_id, s.mandate_number, s.mandate_version, s.deputy_for, s.proposal_hash
					from doorbraak.proposal p join doorbraak.case_file c on c.number = p.case_number
					join doorbraak.case_rung r on r.id = p.rung_id
					join doorbraak.sign_off s on s.gate_id = p.id and s.outcome = 'agreed'
					where p.state = 'signed' and p.ended_at >= :from and p.ended_at < :until
					  and c.municipality_id = any (:municipalities) and p.amount_cents >= :minimum
					  and (cast(:power as text) is null or p.power = :power)
					order by p.id, s.id desc""")
			.param("from", Timestamp.from(start(first)))
			.param("until", Timestamp.from(start(last.plusDays(1))))
			.param("municipalities", municipalities.toArray(String[]::new))
			.param("minimum", minimumCents)
			.param("power", (power != null) ? power.code() : null, Types.VARCHAR)
			.query((row) -> {
				String hash = row.getString("proposal_hash");
				if (hash.equals(hashes.computeIfAbsent(row.getLong("id"), (id) -> hash))) {
					found.merge(row.getLong("id"), decision(row), SignedDecisions::together);
				}
			});
		return List.copyOf(found.values());
	}

	/** Who agreed to what was signed in the end; the first one first. */
	private static SignedDecision together(SignedDecision later, SignedDecision earlier) {
		List<Signature> all = new ArrayList<>(earlier.signatures());
		all.addAll(later.signatures());
		return new SignedDecision(later.proposal(), later.number(), later.municipality(), later.at(),
				later.amountCents(), later.power(), later.rung(), later.deviates(), all);
	}

	private static SignedDecision decision(ResultSet row) throws SQLException {
		return new SignedDecision(row.getLong("id"), row.getString("case_number"), row.getString("municipality_id"),
				row.getTimestamp("ended_at").toInstant(), row.getLong("amount_cents"),
				Coded.of(Power.class, row.getString("power")), Rung.of(row.getString("rung")),
				row.getBoolean("deviates"),
				List.of(new Signature(row.getString("person"), Function.of(row.getString("function")),
						row.getString("organisation_id"), row.getString("mandate_number"),
						row.getInt("mandate_version"), row.getString("deputy_for"))));
	}

	private static Instant start(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	/**
	 * The line of the register under which somebody agreed, as it read at that moment;
	 * nothing when the register has no such line.
	 */
	@Transactional(readOnly = true)
	public Optional<UsedMandate> mandate(Signature signature, Instant at) {
		List<Mandate> then = this.register.lines(Set.of(signature.body()))
			.stream()
			.filter((line) -> !line.recordedAt().isAfter(at) || line.version() == signature.version())
			.toList();
		return then.stream()
			.filter((line) -> line.number().equals(signature.mandate()) && line.version() == signature.version())
			.findFirst()
			.map((line) -> new UsedMandate(RegisterView.line(then, line, at), line.publishedAt()));
	}

	/**
	 * What was signed under a mandate, and all that is held under it, in the year of that
	 * moment until then: counted as the gate counts it.
	 */
	@Transactional(readOnly = true)
	public long usedCents(String mandate, Instant at) {
		return this.store.usedCents(mandate, at);
	}

	/**
	 * A line of the register as it read at a moment.
	 *
	 * @param publishedOn null: it was a draft
	 */
	public record UsedMandate(RegisterView.Line line, @Nullable LocalDate publishedOn) {
	}

}
