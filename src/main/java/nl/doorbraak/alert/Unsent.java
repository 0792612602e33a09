package nl.doorbraak.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import nl.doorbraak.alert.AlertEvents.AlertSentAgain;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Refused;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What did not go out in time, or did not arrive, for who looks after the bodies that it
 * concerns; and another attempt.
 */
@Service
public class Unsent {

	private static final int MOST = 200;

	/**
	 * Of a body, or about a case of it. A code at a door is of use to nobody any more.
	 */
	private static final String CONCERNS = """
			(a.body_id = any (:bodies) or c.municipality_id = any (:bodies)) and a.kind <> 'doorCode'
			  and (a.state = 'waiting' and (a.attempts > 0 or a.next_attempt_at < doorbraak.current_instant() - interval '1 minute')
			    or a.state = 'undeliverable' and a.due_at > doorbraak.current_instant() - interval '30 days')""";

	private final JdbcClient db;

	private final Outbox outbox;

	private final CaseFiles files;

	private final ApplicationEventPublisher events;

	Unsent(JdbcClient db, Outbox outbox, CaseFiles files, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.outbox = outbox;
		this.events = events;
	}

	/** Those that concern some bodies, the longest due first. */
	@Transactional(readOnly = true)
	public List<Late> concerning(Collection<String> bodies) {
		return this.db
			.sql("""
					select a.*, case when c.municipality_id = any (:bodies) then a.case_number else '' end as shown
					from doorbraak.alert a left join doorbraak.case_file c on c.number = a.case_number where\s"""
					+ CONCERNS + """
							\sorder by a.due_at, a.id limit :most""")
			.param("bodies", bodies.toArray(String[]::new))
			.param("most", MOST)
			.query((row, n) -> {
				String shown = row.getString("shown");
				String answer = row.getString("last_answer");
				return new Late(row.getLong("id"), (shown != null) ? shown : "", AlertKind.of(row.getString("kind")),
						Function.of(row.getString("function")), row.getString("body_id"),
						row.getString("channel").equals("sms"), row.getTimestamp("due_at").toInstant(),
						row.getString("state").equals("undeliverable"), (answer != null) ? answer : "");
			})
			.list();
	}

	/**
	 * Lets one of them be tried again, as if it were due now.
	 * @throws Refused one that does not concern these bodies (404), or that went out
	 * meanwhile (409)
	 */
	@Transactional
	public void again(String login, Collection<String> bodies, long id) {
		if (this.db.sql(
				"select 1 from doorbraak.alert a left join doorbraak.case_file c on c.number = a.case_number where a.id = :id and a.kind <> 'doorCode' and (a.body_id = any (:bodies) or c.municipality_id = any (:bodies))")
			.param("id", id)
			.param("bodies", bodies.toArray(String[]::new))
			.query(Integer.class)
			.optional()
			.isEmpty()) {
			throw Refused.notFound();
		}
		Alert alert = this.outbox.get(id);
		if (!alert.number().isEmpty()) {
			this.files.hold(alert.number());
		}
		if (!this.outbox.again(id)) {
			throw Refused.conflict("not-unsent",
					"Dit bericht is al verstuurd, wordt nu verstuurd of is niet meer nodig. Ververs de pagina.");
		}
		this.events.publishEvent(
				new AlertSentAgain(alert.number(), alert.kind().code(), alert.recipient(), alert.messageId(), login));
	}

	/**
	 * An alert that is not out.
	 *
	 * @param number of the case it is about; empty where it is about none, or about one
	 * that does not concern the reader
	 * @param body that should be told, with {@code function} there
	 * @param undeliverable whether it is tried no more
	 * @param answer last code of the mail server, or our own word; empty when there was
	 * none
	 */
	public record Late(long id, String number, AlertKind kind, Function function, String body, boolean byText,
			Instant dueAt, boolean undeliverable, String answer) {
	}

}
