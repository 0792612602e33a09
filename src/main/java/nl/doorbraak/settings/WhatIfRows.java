package nl.doorbraak.settings;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import nl.doorbraak.settings.Settings.Progress;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far a reckoning is and what came out, as every node reads it. */
@Repository
class WhatIfRows {

	private static final Duration KEPT = Duration.ofMinutes(10);

	/** After so long without a word of it, somebody else begins anew. */
	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final JdbcClient db;

	private final ObjectMapper json = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	WhatIfRows(JdbcClient db) {
		this.db = db;
	}

	/**
	 * Whether who asks now reckons: nobody does, and what there is is of another
	 * revision, broke off or is old.
	 */
	boolean begin(Key key, Instant now) {
		return this.db
			.sql("""
					insert into doorbraak.what_if as known (subject, municipalities, revision, begun_at, touched_at)
					values (:subject, :municipalities, :revision, :now, :now)
					on conflict (subject, municipalities) do update set revision = excluded.revision, begun_at = excluded.begun_at,
					  touched_at = excluded.touched_at, done = 0, total = 0, result = null, failed = false
					where known.revision <> excluded.revision
					  or (known.result is null and known.touched_at < :silent) or known.touched_at < :old""")
			.param("subject", key.subject())
			.param("municipalities", key.municipalities())
			.param("revision", key.revision())
			.param("now", Timestamp.from(now))
			.param("silent", Timestamp.from(now.minus(SILENCE)))
			.param("old", Timestamp.from(now.minus(KEPT)))
			.update() > 0;
	}

	Optional<Progress> find(Key key) {
		return this.db.sql("""
				select result, done, total, failed from doorbraak.what_if
				where subject = :subject and municipalities = :municipalities and revision = :revision""")
			.param("subject", key.subject())
			.param("municipalities", key.municipalities())
			.param("revision", key.revision())
			.query((row, n) -> new Progress(read(row.getString("result")), row.getInt("done"), row.getInt("total"),
					row.getBoolean("failed")))
			.optional();
	}

	private @Nullable WhatIf read(@Nullable String result) {
		try {
			return (result != null) ? this.json.readValue(result, WhatIf.class) : null;
		}
		catch (JsonProcessingException ex) {
			// Another release kept it in another way: it is soon old.
			return null;
		}
	}

	void tell(Key key, Instant begun, int done, int all) {
		update(key, begun,
				"done = :done, total = :total, touched_at = greatest(touched_at, doorbraak.current_instant())")
			.param("done", done)
			.param("total", all)
			.update();
	}

	void finish(Key key, Instant begun, WhatIf found) {
		try {
			update(key, begun, "result = cast(:result as jsonb), done = total")
				.param("result", this.json.writeValueAsString(found))
				.update();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void fail(Key key, Instant begun) {
		update(key, begun, "failed = true").update();
	}

	/** Only of the reckoning that is its own: another may have begun since. */
	private JdbcClient.StatementSpec update(Key key, Instant begun, String what) {
		return this.db
			.sql("update doorbraak.what_if set " + what
					+ " where subject = :subject and municipalities = :municipalities and revision = :revision"
					+ " and begun_at = :begun")
			.param("subject", key.subject())
			.param("municipalities", key.municipalities())
			.param("revision", key.revision())
			.param("begun", Timestamp.from(begun));
	}

	/**
	 * What is reckoned.
	 *
	 * @param municipalities ids, in their order
	 */
	record Key(String subject, String municipalities, int revision) {
	}

}
