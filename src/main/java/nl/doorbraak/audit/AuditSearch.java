package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import nl.doorbraak.audit.AuditTrail.Place;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds lines of the record, the newest first, a page at a time; as fast among millions
 * as among thousands.
 */
@Repository
public class AuditSearch {

	/** What is of the whole installation: every auditor may find it. */
	public static final String INSTALLATION = "*";

	/** A row value of the end of a page before; one line comes after another. */
	private static final String AFTER = " and (x.at, x.chain, x.number) < (:at, :chain, :number)";

	private static final String NEWEST = " order by x.at desc, x.chain desc, x.number desc limit :limit";

	private final JdbcClient db;

	AuditSearch(JdbcClient db) {
		this.db = db;
	}

	/** At most so many lines. */
	public List<AuditLine> find(Query query, @Nullable Place before, int limit) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("organisations", query.organisations().toArray(String[]::new));
		parameters.put("acts", query.acts().toArray(String[]::new));
		parameters.put("from", Timestamp.from(query.from()));
		parameters.put("until", Timestamp.from(query.until()));
		parameters.put("limit", limit);
		StringBuilder where = new StringBuilder(" and x.at >= :from and x.at < :until");
		List<AuditLine> end = new ArrayList<>();
		if (before != null) {
			end.addAll(this.db.sql("select * from doorbraak.audit_line where chain = :chain and number = :number")
				.param("chain", before.chain())
				.param("number", before.number())
				.query(AuditLine.FROM_ROW)
				.list());
			if (end.isEmpty()) {
				return List.of();
			}
			where.append(AFTER);
			parameters.put("at", Timestamp.from(end.get(0).at()));
			parameters.put("chain", before.chain());
			parameters.put("number", before.number());
		}
		if (query.actor() != null) {
			where.append(" and x.actor = :actor");
			parameters.put("actor", query.actor());
		}
		if (query.mandate() != null) {
			where.append(
					" and x.facts like '%\"mandate\":\"%' and substring(x.facts from '\"mandate\":\"([^\"]*)\"') = :mandate");
			parameters.put("mandate", query.mandate());
		}
		if (query.number() != null) {
			where.append(" and x.chain = :case");
			parameters.put("case", query.number());
		}
		String sql = query.isNarrow()
				? "select x.* from doorbraak.audit_line x where x.organisation = any (:organisations) and x.act = any (:acts)"
						+ where + NEWEST
				: "select x.* from unnest(:organisations) as o (organisation) cross join unnest(:acts) as a (act) cross join lateral ("
						+ "select * from doorbraak.audit_line x where x.organisation = o.organisation and x.act = a.act"
						+ where + NEWEST + ") x" + NEWEST;
		return this.db.sql(sql).params(parameters).query(AuditLine.FROM_ROW).list();
	}

	/**
	 * What is looked for.
	 *
	 * @param organisations whose lines the reader may find
	 * @param acts at least one
	 * @param actor a login, {@code #timer} or the like; null for everybody
	 * @param mandate its number; null for all
	 * @param number of a case, or the name of another chain; null for all
	 * @param until exclusive
	 */
	public record Query(Set<String> organisations, Collection<String> acts, @Nullable String actor,
			@Nullable String mandate, @Nullable String number, Instant from, Instant until) {

		public Query {
			organisations = Set.copyOf(organisations);
			acts = Set.copyOf(acts);
		}

		/** Whether something leads to few lines by an index of its own. */
		boolean isNarrow() {
			return this.number != null || this.mandate != null;
		}

	}

}
