package nl.doorbraak.casefile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.support.CaseMarks;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the case in an address by its number, or by a task of it. */
@Component
class RefusedCases implements CaseMarks {

	private static final Pattern CASE = Pattern.compile("/(DB-[0-9]{4}-[0-9]{6,9})(/|$)");

	private static final Pattern TASK = Pattern.compile("/(?:taak|tasks?)/([0-9a-f-]+)(/|$)");

	/** What the mark is a hash of, under the key of the case. */
	private static final String WHAT = "refusals";

	private final JdbcClient db;

	RefusedCases(JdbcClient db) {
		this.db = db;
	}

	@Override
	public Optional<String> of(String path) {
		Matcher number = CASE.matcher(path);
		if (number.find()) {
			return mark("number = :id", number.group(1));
		}
		Matcher task = TASK.matcher(path);
		return task.find() ? mark("number = (select t.case_number from doorbraak.open_task t where t.task_id = :id)",
				task.group(1)) : Optional.empty();
	}

	private Optional<String> mark(String which, String id) {
		return this.db.sql("select hash_key from doorbraak.case_file where " + which)
			.param("id", id)
			.query((row, n) -> Writing.keyedHash(row.getBytes(1), WHAT))
			.optional();
	}

}
