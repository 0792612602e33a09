package nl.doorbraak.testing;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A case is on exactly one rung from the moment it is open, and on none once closed. */
public final class ExactlyOneRung {

	private ExactlyOneRung() {
	}

	/** The cases for which that is not so, each with what is wrong. */
	public static List<String> violations(JdbcClient database) {
		return database.sql("""
				select c.number || ' is ' || c.state || ' with ' || count(r.id) filter (where r.closed_at is null)
				  || ' open of ' || count(r.id) || ' stays'
				from doorbraak.case_file c left join doorbraak.case_rung r on r.case_id = c.id
				group by c.id
				having count(r.id) filter (where r.closed_at is null) <> (case c.state when 'open' then 1 else 0 end)
				order by c.id""").query(String.class).list();
	}

}
