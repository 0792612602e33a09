package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The record of all cases of municipalities in a period, handed over one by one: it is
 * never in memory as a whole, as long as the caller has a transaction.
 */
@Repository
public class CaseLines {

	private static final int AT_ONCE = 500;

	/** Without compartments: that a case has one is nobody's business outside it. */
	private static final String LINES = """
			from doorbraak.audit_line l join doorbraak.case_file c on c.number = l.chain
			where c.municipality_id = any (:municipalities) and l.at >= :from and l.at < :until
			  and l.act not like 'compartment%' and not (l.act = 'entryRecorded' and l.facts like '%-compartment"%')
			""";

	private final JdbcClient db;

	CaseLines(DataSource database) {
		JdbcTemplate inParts = new JdbcTemplate(database);
		inParts.setFetchSize(AT_ONCE);
		this.db = JdbcClient.create(inParts);
	}

	/** How many lines there are. */
	public long count(Period period) {
		return ask("select count(*) " + LINES, period).query(Long.class).single();
	}

	/** Hands over each line, case after case. */
	public void each(Period period, Consumer<AuditLine> reader) {
		read(ask("select l.* " + LINES + " order by l.chain, l.number", period).query(AuditLine.FROM_ROW).stream(),
				reader);
	}

	/** Hands over each line of one act. */
	public void each(Period period, String act, Consumer<AuditLine> reader) {
		read(ask("select l.* " + LINES + " and l.act = :act order by l.chain, l.number", period).param("act", act)
			.query(AuditLine.FROM_ROW)
			.stream(), reader);
	}

	/** Hands over each case that has a line in the period, as it is now. */
	public void cases(Period period, Consumer<Case> reader) {
		read(ask("""
				select number, municipality_id, state, outcome, threat from doorbraak.case_file f
				where f.number in (select l.chain %s) order by number""".formatted(LINES), period)
			.query((row, n) -> new Case(row.getString("number"), row.getString("municipality_id"),
					row.getString("state"), row.getString("outcome"), row.getString("threat")))
			.stream(), reader);
	}

	/** Numbers of the mandates that these lines name. */
	public List<String> mandates(Period period) {
		return ask("""
				select distinct cast(l.facts as jsonb) ->> 'mandate' as mandate %s and l.facts like '%%"mandate"%%'
				order by mandate""".formatted(LINES), period).query(String.class).list();
	}

	private JdbcClient.StatementSpec ask(String sql, Period period) {
		return this.db.sql(sql)
			.param("municipalities", period.municipalities().toArray(String[]::new))
			.param("from", Timestamp.from(period.from()))
			.param("until", Timestamp.from(period.until()));
	}

	private static <T> void read(Stream<T> rows, Consumer<T> reader) {
		try (rows) {
			rows.forEach(reader);
		}
	}

	/**
	 * Which lines.
	 *
	 * @param municipalities ids of those whose cases they are
	 * @param until the first moment that is not in it
	 */
	public record Period(Collection<String> municipalities, Instant from, Instant until) {
	}

	/** A case, in codes. */
	public record Case(String number, String municipality, String state, @Nullable String outcome,
			@Nullable String threat) {
	}

}
