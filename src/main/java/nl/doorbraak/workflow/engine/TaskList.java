package nl.doorbraak.workflow.engine;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Worklist.Offered;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.Worklist.Waiting;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The open tasks and who may take them up, in tables of our own: a list is asked for far
 * more often than a task changes.
 */
@Component
class TaskList {

	static final String PAGE = """
			select o.* from doorbraak.first_tasks(:login, :holders, :from, :most) f
			join doorbraak.open_task o on o.task_id = f.task_id order by o.due_at, o.task_id""";

	static final String WAITING = "select * from doorbraak.count_waiting(:login, :holders)";

	/** Forms that {@code count_waiting} counts apart: there are few of these. */
	static final Set<String> APART = Set.of("sign-off", "ratify-decision", "answer-lead-question");

	private static final String DUE = """
			select o.* from doorbraak.open_task o where o.task_id in (
			  select task_id from doorbraak.task_offer
			  where holder = any (cast(:holders as text[])) and due_at <= :until)
			  and o.case_number <> all (array(select doorbraak.lost_cases(:login)))
			order by o.due_at, o.task_id""";

	private static final RowMapper<OpenTask> FROM_ROW = (row, n) -> {
		Timestamp due = row.getTimestamp("due_at");
		return new OpenTask(row.getString("task_id"), row.getString("name"), row.getString("case_number"),
				row.getString("form"), row.getObject("part", Long.class), row.getString("assignee"),
				(due != null) ? due.toInstant() : null);
	};

	private final JdbcClient db;

	TaskList(JdbcClient db) {
		this.db = db;
	}

	/**
	 * Lists tasks as the engine's tables have them, in the transaction that changed
	 * these.
	 * @param there the forms of tasks that are open, by their ids
	 * @param gone ids of tasks that are open no more
	 */
	void follow(Map<String, String> there, Collection<String> gone) {
		this.db.sql("select doorbraak.list_tasks(:ids, :forms, :gone)")
			.param("ids", there.keySet().toArray(String[]::new))
			.param("forms", there.values().toArray(String[]::new))
			.param("gone", gone.toArray(String[]::new))
			.query((row, n) -> n)
			.list();
	}

	List<OpenTask> page(Officer officer, int from, int most) {
		return this.db.sql(PAGE)
			.param("login", officer.login())
			.param("holders", holders(officer))
			.param("from", from)
			.param("most", most)
			.query(FROM_ROW)
			.list();
	}

	List<OpenTask> ofCases(Officer officer, Collection<String> numbers) {
		return numbers.isEmpty() ? List.of() : this.db.sql("""
				select * from doorbraak.held_tasks_of(:numbers, :holders)
				where case_number <> all (array(select doorbraak.lost_cases(:login))) order by due_at, task_id""")
			.param("login", officer.login())
			.param("holders", holders(officer))
			.param("numbers", numbers.toArray(String[]::new))
			.query(FROM_ROW)
			.list();
	}

	List<Offered> openIn(String number) {
		return this.db
			.sql("""
					select o.*, array(select f.holder from doorbraak.task_offer f where f.task_id = o.task_id order by 1) as holders
					from doorbraak.open_task o where o.case_number = :number order by o.due_at, o.task_id""")
			.param("number", number)
			.query((row, n) -> {
				List<String> holders = List.of((String[]) row.getArray("holders").getArray());
				return new Offered(Objects.requireNonNull(FROM_ROW.mapRow(row, n)), of("user:", holders),
						of("group:", holders));
			})
			.list();
	}

	/** Tasks that somebody has, or may take up by name or as one of a group. */
	List<OpenTask> of(String holder) {
		return this.db.sql(
				"select o.* from doorbraak.open_task o join doorbraak.task_offer f using (task_id) where f.holder = :holder order by o.task_id")
			.param("holder", holder)
			.query(FROM_ROW)
			.list();
	}

	private static List<String> of(String kind, List<String> holders) {
		return holders.stream()
			.filter((each) -> each.startsWith(kind))
			.map((each) -> each.substring(kind.length()))
			.toList();
	}

	Optional<OpenTask> find(Officer officer, String id) {
		return this.db.sql("select * from doorbraak.held_task(:id, :login, :holders)")
			.param("holders", holders(officer))
			.param("login", officer.login())
			.param("id", id)
			.query(FROM_ROW)
			.optional();
	}

	List<OpenTask> due(Officer officer, Instant until) {
		return this.db.sql(DUE)
			.param("holders", holders(officer))
			.param("login", officer.login())
			.param("until", Timestamp.from(until))
			.query(FROM_ROW)
			.list();
	}

	Waiting waiting(Officer officer) {
		List<Counted> counted = this.db.sql(WAITING)
			.param("login", officer.login())
			.param("holders", holders(officer))
			.query((row, n) -> new Counted(row.getString("form"), row.getLong("tasks"), row.getLong("cases")))
			.list();
		Counted all = counted.get(counted.size() - 1);
		Map<String, Long> byForm = new HashMap<>();
		APART.forEach((form) -> byForm.put(form, 0L));
		counted.stream().filter((each) -> each != all).forEach((each) -> byForm.put(each.form(), each.tasks()));
		return new Waiting(all.tasks(), all.cases(), byForm);
	}

	private static String[] holders(Officer officer) {
		return Stream
			.concat(Stream.of("user:" + officer.login()),
					OfficerIdentityProvider.groupsOf(officer).stream().map((group) -> "group:" + group))
			.toArray(String[]::new);
	}

	/** Of one form, or last of all. */
	private record Counted(@Nullable String form, long tasks, long cases) {
	}

}
