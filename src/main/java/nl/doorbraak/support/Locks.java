package nl.doorbraak.support;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Locks of the database on a name, held until the end of the transaction. */
public final class Locks {

	private Locks() {
	}

	/** Waits until nobody else holds this name, alone or with others. */
	public static void alone(JdbcClient db, String name) {
		take(db, "pg_advisory_xact_lock", name);
	}

	/** Waits until nobody holds this name alone. */
	public static void withOthers(JdbcClient db, String name) {
		take(db, "pg_advisory_xact_lock_shared", name);
	}

	private static void take(JdbcClient db, String lock, String name) {
		Remembered.once(new Held(lock, name),
				() -> db.sql("select " + lock + "(hashtextextended(:name, 0))")
					.param("name", name)
					.query((row, number) -> number)
					.single());
	}

	private record Held(String lock, String name) {
	}

}
