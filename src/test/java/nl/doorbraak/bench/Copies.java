package nl.doorbraak.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies all rows of one case, in every table of a schema: a new number, new ids, and the
 * same shape. What belongs to the case is found by following its number and its ids.
 */
final class Copies {

	/** Ids of copies begin above those of real rows. */
	private static final long STRIDE = 10_000_000;

	/**
	 * What names a row of the engine, and the one that nothing but its variable names.
	 */
	private static final List<String> IDS = List.of("id_", "bytearray_id_");

	private final DataSource owner;

	private final JdbcClient db;

	private final List<Table> tables = new ArrayList<>();

	/** Texts that name the case or one of its rows. */
	private final Set<String> names = new HashSet<>();

	/** Per table, the numbers of its rows that belong to the case. */
	private final Map<String, Set<Long>> numbered = new HashMap<>();

	private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();

	/** What a text becomes in copy {@code k}, as SQL; for all others the text itself. */
	private final Map<String, String> replaced;

	/**
	 * As a superuser, who may insert where triggers and rights forbid it.
	 * @param replaced what a text becomes in copy {@code k}, as SQL
	 */
	Copies(DataSource owner, Map<String, String> replaced, String... schemas) {
		this.owner = owner;
		this.db = JdbcClient.create(owner);
		this.replaced = replaced;
		for (String schema : schemas) {
			this.db.sql("""
					select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
					where n.nspname = ? and c.relkind = 'r' and c.relname <> 'flyway_schema_history' order by 1""")
				.param(schema)
				.query(String.class)
				.list()
				.forEach((table) -> this.tables.add(new Table(schema + "." + table, columns(schema, table))));
		}
	}

	/** Inserts the copies of this case with these numbers. */
	void make(String number, UnaryOperator<String> numberOfCopy, int from, int to) {
		this.names.clear();
		this.numbered.clear();
		this.rows.clear();
		this.names.add(number);
		int found = -1;
		while (found < size()) {
			found = size();
			this.tables.forEach(this::gather);
		}
		List<String> inserts = new ArrayList<>();
		for (Table table : this.tables) {
			for (Map<String, Object> row : this.rows.getOrDefault(table.name(), List.of())) {
				inserts.add(insert(table, row, number, numberOfCopy.apply("k"), from, to));
			}
		}
		new JdbcTemplate(this.owner).execute("set session_replication_role = replica; " + String.join("; ", inserts)
				+ "; set session_replication_role = origin");
	}

	private int size() {
		return this.rows.values().stream().mapToInt(List::size).sum();
	}

	private void gather(Table table) {
		List<String> conditions = new ArrayList<>();
		for (Column column : table.columns()) {
			if (column.isText()) {
				conditions.add("\"" + column.name() + "\" in ("
						+ this.names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(",")) + ")");
			}
			else if (column.refersTo() != null && this.numbered.containsKey(column.refersTo())) {
				conditions.add("\"" + column.name() + "\" in ("
						+ this.numbered.get(column.refersTo())
							.stream()
							.map(String::valueOf)
							.collect(Collectors.joining(","))
						+ ")");
			}
		}
		if (conditions.isEmpty()) {
			return;
		}
		List<Map<String, Object>> found = this.db
			.sql("select * from " + table.name() + " where " + String.join(" or ", conditions))
			.query()
			.listOfRows();
		this.rows.put(table.name(), found);
		for (Map<String, Object> row : found) {
			for (String id : IDS) {
				if (row.get(id) instanceof String text) {
					this.names.add(text);
				}
			}
			if (row.get("id") instanceof Long own) {
				this.numbered.computeIfAbsent(table.name(), (key) -> new HashSet<>()).add(own);
			}
		}
	}

	private String insert(Table table, Map<String, Object> row, String number, String numberOfCopy, int from, int to) {
		List<Column> columns = table.columns().stream().filter((column) -> row.get(column.name()) != null).toList();
		return "insert into " + table.name() + " ("
				+ columns.stream().map((column) -> "\"" + column.name() + "\"").collect(Collectors.joining(","))
				+ ") overriding system value select "
				+ columns.stream()
					.map((column) -> value(table, column, row.get(column.name()), number, numberOfCopy))
					.collect(Collectors.joining(","))
				+ " from generate_series(" + from + "," + to + ") k";
	}

	private String value(Table table, Column column, Object value, String number, String numberOfCopy) {
		if (value instanceof UUID) {
			return "gen_random_uuid()";
		}
		if (value instanceof Long id) {
			String of = column.name().equals("id") ? table.name() : column.refersTo();
			boolean mapped = of != null && this.numbered.getOrDefault(of, Set.of()).contains(id);
			return mapped ? id + "+k::bigint*" + STRIDE : id.toString();
		}
		if (value instanceof String text) {
			if (text.equals(number)) {
				return numberOfCopy;
			}
			if (this.names.contains(text)) {
				return "md5(" + literal(text) + "||k)";
			}
			if (column.isUnique()) {
				// A Message-ID stays one.
				return text.startsWith("<") ? "'<'||k||" + literal("." + text.substring(1)) : literal(text) + "||k";
			}
			return this.replaced.getOrDefault(text, literal(text) + "::" + column.type());
		}
		if (value instanceof byte[] bytes) {
			return "'\\x" + java.util.HexFormat.of().formatHex(bytes) + "'::bytea";
		}
		return literal(String.valueOf(value)) + "::" + column.type();
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private List<Column> columns(String schema, String table) {
		return this.db
			.sql("""
					select a.attname, format_type(a.atttypid, a.atttypmod) as type,
					  (select rn.nspname || '.' || r.relname from pg_constraint f join pg_class r on r.oid = f.confrelid
					   join pg_namespace rn on rn.oid = r.relnamespace
					   where f.conrelid = a.attrelid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1) as refers_to,
					  exists (select 1 from pg_index i where i.indrelid = a.attrelid and i.indisunique
					    and i.indnatts = 1 and i.indkey[0] = a.attnum) as single
					from pg_attribute a where a.attrelid = (? || '.' || ?)::regclass and a.attnum > 0 and not a.attisdropped
					  and a.attgenerated = '' order by a.attnum""")
			.params(schema, table)
			.query((row, n) -> new Column(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)))
			.list();
	}

	private record Table(String name, List<Column> columns) {
	}

	private record Column(String name, String type, String refersTo, boolean isUnique) {

		boolean isText() {
			return this.type.equals("text") || this.type.startsWith("character varying");
		}

	}

}
