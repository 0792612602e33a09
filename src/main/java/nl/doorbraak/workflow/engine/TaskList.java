package nl.doorbraak.workflow.engine;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Worklist.Offered;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.Worklist.Waiting;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The open tasks and who may take them up, in tables of our own: a list is asked for far
 * more often than a task changes.
 */
@Component
class TaskList {

	static final String PAGE = page("");

	static final String WAITING = waiting("");

	/** Who moved to another municipality works for the team of a case no more. */
	private static final String NOT_LOST = " and case_number <> all (cast(:lost as text[]))";

	private static final String DUE = """
			select o.* from doorbraak.open_task o where o.task_id in (
			  select task_id from doorbraak.task_offer
			  where holder = any (cast(:holders as text[])) and due_at <= :until)
			  and o.case_number <> all (cast(:lost as text[]))
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

	/** Of each holder the first ones, of these the first ones. */
	private static String page(String and) {
		return """
				select o.* from (
				  select task_id, due_at from unnest(cast(:holders as text[])) as mine (holder) cross join lateral (
				    select task_id, due_at from doorbraak.task_offer where holder = mine.holder%s
				    order by due_at, task_id limit :until) as first
				  group by task_id, due_at order by due_at, task_id offset :from limit :most) as page
				join doorbraak.open_task o on o.task_id = page.task_id order by o.due_at, o.task_id""".formatted(and);
	}

	/**
	 * By form, and in a row without form in how many cases. One task is offered to
	 * several of its holders.
	 */
	private static String waiting(String and) {
		return """
				select form, count(*) as n from (
				  select distinct task_id, form from doorbraak.task_offer
				  where holder = any (cast(:holders as text[]))%1$s) as tasks group by form
				union all
				select null, count(*) from (
				  select distinct case_number from doorbraak.task_offer
				  where holder = any (cast(:holders as text[]))%1$s) as cases""".formatted(and);
	}

	/** Nearly always nothing: the lists stay what their index answers alone. */
	private String[] lost(Officer officer) {
		return this.db.sql("select doorbraak.lost_cases(:login)")
			.param("login", officer.login())
			.query(String.class)
			.list()
			.toArray(String[]::new);
	}

	List<OpenTask> page(Officer officer, int from, int most) {
		String[] lost = lost(officer);
		return this.db.sql((lost.length == 0) ? PAGE : page(NOT_LOST))
			.param("holders", holders(officer))
			.param("lost", lost)
			.param("from", from)
			.param("most", most)
			.param("until", (long) from + most)
			.query(FROM_ROW)
			.list();
	}

	List<OpenTask> ofCases(Officer officer, Collection<String> numbers) {
		List<String> kept = new ArrayList<>(numbers);
		if (!kept.isEmpty()) {
			kept.removeAll(List.of(lost(officer)));
		}
		return kept.isEmpty() ? List.of()
				: this.db.sql("select * from doorbraak.held_tasks_of(:numbers, :holders)")
					.param("holders", holders(officer))
					.param("numbers", kept.toArray(String[]::new))
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
			.param("lost", lost(officer))
			.param("until", Timestamp.from(until))
			.query(FROM_ROW)
			.list();
	}

	Waiting waiting(Officer officer) {
		Map<String, Long> counts = new HashMap<>();
		String[] lost = lost(officer);
		this.db.sql((lost.length == 0) ? WAITING : waiting(NOT_LOST))
			.param("holders", holders(officer))
			.param("lost", lost)
			.query((RowCallbackHandler) (row) -> counts.put(row.getString("form"), row.getLong("n")));
		long cases = Objects.requireNonNull(counts.remove(null));
		return new Waiting(counts.values().stream().mapToLong(Long::longValue).sum(), cases, counts);
	}

	private static String[] holders(Officer officer) {
		return Stream
			.concat(Stream.of("user:" + officer.login()),
					OfficerIdentityProvider.groupsOf(officer).stream().map((group) -> "group:" + group))
			.toArray(String[]::new);
	}

}
