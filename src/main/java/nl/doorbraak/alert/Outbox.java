package nl.doorbraak.alert;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import nl.doorbraak.alert.AlertEvents.AlertCancelled;
import nl.doorbraak.alert.AlertEvents.AlertQueued;
import nl.doorbraak.alert.AlertEvents.AlertsQueued;
import nl.doorbraak.alert.Alert.Channel;
import nl.doorbraak.alert.Alerts.Mark;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DueMoment;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the outbox. All moments are the database's: a row is never taken before it
 * is due there.
 */
@Repository
class Outbox {

	/** Nothing keeps all alerts back. */
	private static final String SENDING = "not exists (select from doorbraak.sending_halt where released_at is null)";

	/** A journal says that it is out already. */
	private static final String TOLD_BEFORE = "exists (select from doorbraak.alert_outside o where o.alert_key = :key and o.alert_id is null)";

	/** For this part of its time a lease is as good as new. */
	private static final int FRESH = 3;

	private final JdbcClient db;

	private final ApplicationEventPublisher events;

	private final DueMoment moment;

	private final String domain;

	Outbox(JdbcClient db, ApplicationEventPublisher events, DueMoment moment,
			@Value("${doorbraak.address}") URI address) {
		this.moment = moment;
		this.db = db;
		this.events = events;
		this.domain = address.getHost();
	}

	/** Writes a row and its line in the record, unless that alert is there already. */
	void add(Draft draft, Recipient recipient) {
		add(draft, Stream.of(recipient));
	}

	/** The same for everybody who is told. */
	void add(Draft draft, Stream<Recipient> recipients) {
		add(List.of(draft), recipients);
	}

	/** Everybody is told each. */
	void add(List<Draft> drafts, Stream<Recipient> recipients) {
		List<Recipient> told = recipients.toList();
		add(drafts.stream().flatMap((draft) -> told.stream().map((to) -> new Addressed(draft, to))).toList());
	}

	/** The same for many alerts at once. */
	void add(List<Addressed> all) {
		if (all.isEmpty()) {
			return;
		}
		Instant now = this.moment.current().orElse(null);
		List<String> ids = all.stream().map((each) -> "<" + UUID.randomUUID() + "@" + this.domain + ">").toList();
		Set<String> added = Set.copyOf(this.db
			.sql("""
					insert into doorbraak.alert (case_number, rung_id, kind, deadline_version, function, body_id,
					  recipient_login, because, channel, lead_id, about_id, deadline_at, due_at, next_attempt_at, created_at, fell_due_at, message_id)
					select number, rung, kind, version, function, body, login, because, channel, lead, about,
					  cast(deadline as timestamptz), coalesce(cast(due as timestamptz), now), coalesce(cast(due as timestamptz), now), now, cast(fell as timestamptz), message_id
					from unnest(:number, :rung, :kind, :version, :function, :body, :login, :because, :channel, :lead, :about, :deadline, :due, :fell, :id)
					  as row (number, rung, kind, version, function, body, login, because, channel, lead, about, deadline, due, fell, message_id),
					  (select doorbraak.current_instant() as now) clock
					on conflict (coalesce(case_number, ''), coalesce(rung_id, 0), kind, deadline_version,
					  coalesce(recipient_login, 'mailbox:' || body_id), channel) do nothing
					returning message_id""")
			.param("number", texts(all, (each) -> each.draft().number().isEmpty() ? null : each.draft().number()))
			.param("rung", numbers(all, (each) -> each.draft().rungId()))
			.param("kind", texts(all, (each) -> each.draft().kind().code()))
			.param("version", texts(all, (each) -> each.draft().deadlineVersion()))
			.param("function", texts(all, (each) -> each.to().function().code()))
			.param("body", texts(all, (each) -> each.to().body()))
			.param("login", texts(all, (each) -> each.to().login()))
			.param("because", texts(all, (each) -> each.to().because()))
			.param("channel", texts(all, (each) -> each.to().channel().name().toLowerCase(Locale.ROOT)))
			.param("lead", numbers(all, (each) -> each.draft().leadId()))
			.param("about", numbers(all, (each) -> each.draft().aboutId()))
			.param("deadline", texts(all, (each) -> text(each.draft().deadlineAt())))
			.param("due", texts(all, (each) -> text(each.draft().dueAt())))
			.param("fell",
					texts(all, (each) -> text((each.draft().fellDueAt() != null) ? each.draft().fellDueAt() : now)))
			.param("id", ids.toArray(String[]::new))
			.query(String.class)
			.list());
		List<AlertQueued> queued = new ArrayList<>();
		for (int i = 0; i < ids.size(); i++) {
			Addressed each = all.get(i);
			if (added.contains(ids.get(i))) {
				queued.add(new AlertQueued(each.draft().number(), each.draft().kind().code(), each.to().recipient(),
						ids.get(i)));
			}
		}
		if (!queued.isEmpty()) {
			this.events.publishEvent(new AlertsQueued(queued));
		}
	}

	private static @Nullable String[] texts(List<Addressed> all,
			java.util.function.Function<Addressed, @Nullable String> of) {
		return all.stream().map(of).toArray(String[]::new);
	}

	private static @Nullable Long[] numbers(List<Addressed> all,
			java.util.function.Function<Addressed, @Nullable Long> of) {
		return all.stream().map(of).toArray(Long[]::new);
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	/**
	 * Whether somebody is still to be told of this kind, about no case.
	 * @param version how the versions of the deadline begin
	 */
	boolean isWaiting(AlertKind kind, String version, Recipient to) {
		return this.db
			.sql("""
					select exists (select from doorbraak.alert where state = 'waiting' and kind = :kind and case_number is null
					  and starts_with(deadline_version, :version) and channel = :channel
					  and body_id = :body and recipient_login is not distinct from :login)""")
			.param("kind", kind.code())
			.param("version", version + " ")
			.param("channel", to.channel().name().toLowerCase(Locale.ROOT))
			.param("body", to.body())
			.param("login", to.login(), Types.VARCHAR)
			.query(Boolean.class)
			.single();
	}

	/** Takes back what is waiting, because what it asks was answered. */
	void cancel(String number, List<AlertKind> kinds) {
		this.db.sql("""
				update doorbraak.alert set state = 'cancelled'
				where case_number = (select cast(:number as text)) and state = 'waiting'
				  and kind = any (cast((select cast(:kinds as text[])) as text[])) returning *""")
			.param("number", number)
			.param("kinds", kinds.stream().map(AlertKind::code).toArray(String[]::new))
			.query((row, n) -> alert(row))
			.list()
			.forEach((alert) -> this.events
				.publishEvent(new AlertCancelled(number, alert.kind().code(), alert.recipient(), alert.messageId())));
	}

	/** Takes back one alert that is waiting. */
	void cancel(Alert alert) {
		int back = this.db.sql("update doorbraak.alert set state = 'cancelled' where id = :id and state = 'waiting'")
			.param("id", alert.id())
			.update();
		if (back == 1) {
			this.events.publishEvent(
					new AlertCancelled(alert.number(), alert.kind().code(), alert.recipient(), alert.messageId()));
		}
	}

	/** What was taken back waits again, because it has become true again. */
	void putBack(Alert alert) {
		int back = this.db.sql("""
				update doorbraak.alert set state = 'waiting', attempts = 0, first_attempt_at = null,
				  next_attempt_at = greatest(next_attempt_at, doorbraak.current_instant())
				where id = :id and state = 'cancelled'""").param("id", alert.id()).update();
		if (back == 1) {
			this.events.publishEvent(
					new AlertQueued(alert.number(), alert.kind().code(), alert.recipient(), alert.messageId()));
		}
	}

	/**
	 * What waits in vain or was given up is due now, with all attempts before it; false
	 * when it is neither, or in a worker's hand.
	 */
	boolean again(long id) {
		return this.db.sql("""
				update doorbraak.alert set state = 'waiting', attempts = 0, first_attempt_at = null,
				  next_attempt_at = doorbraak.current_instant()
				where id = :id and state in ('waiting', 'undeliverable') and due_at <= doorbraak.current_instant()
				  and (locked_until is null or locked_until <= doorbraak.current_instant())""")
			.param("id", id)
			.update() == 1;
	}

	/**
	 * Takes due rows for this worker; what another worker is just taking is passed over.
	 */
	List<Claimed> claim(int rows, Duration lease, boolean onlyTexts) {
		return this.db
			.sql("""
					update doorbraak.alert set locked_until = doorbraak.current_instant() + make_interval(secs => :lease)
					where id in (select id from doorbraak.alert
					             where state = 'waiting' and %s
					               and (channel = 'sms' or not :onlyTexts) and next_attempt_at <= (select doorbraak.current_instant())
					               and (locked_until is null or locked_until <= (select doorbraak.current_instant()))
					             order by next_attempt_at, id limit :rows for update skip locked)
					returning *"""
				.formatted(SENDING))
			.param("lease", lease.toSeconds())
			.param("rows", rows)
			.param("onlyTexts", onlyTexts)
			.query((row, n) -> new Claimed(alert(row), row.getTimestamp("locked_until").toInstant(), false))
			.list()
			.stream()
			.sorted(java.util.Comparator.comparing((Claimed claimed) -> claimed.alert().dueAt())
				.thenComparing((claimed) -> claimed.alert().id()))
			.toList();
	}

	/**
	 * Whether one row is still this worker's, waits, and may go out now: asked right
	 * before it is sent. Only a lease of which a third is over is written anew, because
	 * each commit waits for the disk.
	 */
	Optional<Claimed> stillMine(Claimed claimed, Duration lease) {
		return this.db
			.sql("""
					select %s as told from doorbraak.alert
					where id = :id and locked_until = :mine and state = 'waiting'
					  and locked_until > doorbraak.current_instant() + make_interval(secs => :left) and %s"""
				.formatted(TOLD_BEFORE, SENDING))
			.param("key", AlertJournal.hash(claimed.alert().key()))
			.param("id", claimed.alert().id())
			.param("mine", Timestamp.from(claimed.until()))
			.param("left", lease.minus(lease.dividedBy(FRESH)).toSeconds())
			.query((row, n) -> new Claimed(claimed.alert(), claimed.until(), row.getBoolean("told")))
			.optional()
			.or(() -> renew(claimed, lease));
	}

	/**
	 * Makes the lease of one row last from now; nothing when it is no longer this
	 * worker's, or was cancelled.
	 */
	private Optional<Claimed> renew(Claimed claimed, Duration lease) {
		return this.db
			.sql("""
					update doorbraak.alert set locked_until = doorbraak.current_instant() + make_interval(secs => :lease)
					where id = :id and locked_until = :mine and state = 'waiting' and %s returning *, %s as told"""
				.formatted(SENDING, TOLD_BEFORE))
			.param("key", AlertJournal.hash(claimed.alert().key()))
			.param("lease", lease.toSeconds())
			.param("id", claimed.alert().id())
			.param("mine", Timestamp.from(claimed.until()))
			.query((row, n) -> new Claimed(alert(row), row.getTimestamp("locked_until").toInstant(),
					row.getBoolean("told")))
			.optional();
	}

	/** Gives back rows that this worker does not get to. */
	void release(List<Claimed> claims) {
		claims.forEach((claimed) -> this.db
			.sql("update doorbraak.alert set locked_until = null where id = :id and locked_until = :mine")
			.param("id", claimed.alert().id())
			.param("mine", Timestamp.from(claimed.until()))
			.update());
	}

	/**
	 * The mail server has it, also when somebody cancelled it meanwhile; false when that
	 * was written already.
	 */
	boolean sent(Alert alert, String answer) {
		return this.db
			.sql("""
					update doorbraak.alert set state = 'sent', sent_at = doorbraak.current_instant(), last_answer = :answer,
					  attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, doorbraak.current_instant()), locked_until = null
					where id = :id and state <> 'sent'""")
			.param("answer", answer)
			.param("id", alert.id())
			.update() == 1;
	}

	/** Tries again after a while; false when it was tried for long enough. */
	boolean retry(Claimed claimed, String answer, Duration wait, Duration giveUpAfter) {
		return this.db
			.sql("""
					update doorbraak.alert set attempts = attempts + 1, last_answer = :answer, locked_until = null,
					  first_attempt_at = coalesce(first_attempt_at, doorbraak.current_instant()),
					  next_attempt_at = doorbraak.current_instant() + make_interval(secs => :wait)
					where id = :id and locked_until = :mine
					  and coalesce(first_attempt_at + make_interval(secs => :giveUp) > doorbraak.current_instant(), true)""")
			.param("answer", answer)
			.param("wait", wait.toSeconds())
			.param("id", claimed.alert().id())
			.param("mine", Timestamp.from(claimed.until()))
			.param("giveUp", giveUpAfter.toSeconds())
			.update() == 1;
	}

	/** It will not arrive; false when it is no longer this worker's or not waiting. */
	boolean undeliverable(Claimed claimed, String answer) {
		return this.db.sql("""
				update doorbraak.alert set state = 'undeliverable', attempts = attempts + 1, last_answer = :answer,
				  first_attempt_at = coalesce(first_attempt_at, doorbraak.current_instant()), locked_until = null
				where id = :id and locked_until = :mine and state = 'waiting'""")
			.param("answer", answer)
			.param("id", claimed.alert().id())
			.param("mine", Timestamp.from(claimed.until()))
			.update() == 1;
	}

	/** Whom it was for has it before them; false when that was written already. */
	boolean seen(Alert alert, String login) {
		return this.db.sql("""
				update doorbraak.alert set seen_at = doorbraak.current_instant(), seen_by = :login
				where id = :id and seen_at is null""").param("login", login).param("id", alert.id()).update() == 1;
	}

	/** Whom it was for said so; false when somebody did already. */
	boolean acknowledged(Alert alert, String login) {
		return this.db.sql("""
				update doorbraak.alert set acknowledged_at = doorbraak.current_instant(), acknowledged_by = :login
				where id = :id and acknowledged_at is null""")
			.param("login", login)
			.param("id", alert.id())
			.update() == 1;
	}

	/** It was told in a call; false when somebody acknowledged it already. */
	boolean acknowledged(Alert alert, String login, long call) {
		return this.db.sql("""
				update doorbraak.alert set acknowledged_at = doorbraak.current_instant(), acknowledged_by = :login,
				  acknowledged_call = :call
				where id = :id and acknowledged_at is null""")
			.param("login", login)
			.param("call", call)
			.param("id", alert.id())
			.update() == 1;
	}

	/** Under the Message-ID by which a journal says that it is out. */
	boolean sent(long id, AlertJournal.Sent out) {
		return this.db.sql("""
				update doorbraak.alert set state = 'sent', sent_at = :at, last_answer = :answer, message_id = :message,
				  attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, :at), locked_until = null
				where id = :id and state <> 'sent'""")
			.param("at", Timestamp.from(out.at()))
			.param("answer", out.answer())
			.param("message", out.messageId())
			.param("id", id)
			.update() == 1;
	}

	Optional<Alert> findByMessageId(String messageId) {
		return this.db.sql("select * from doorbraak.alert where message_id = :id")
			.param("id", messageId)
			.query((row, n) -> alert(row))
			.optional();
	}

	/** What is not sent. */
	List<Alert> unsent() {
		return this.db.sql("select * from doorbraak.alert where state in ('waiting', 'undeliverable')")
			.query((row, n) -> alert(row))
			.list();
	}

	/**
	 * Between when and when each of these could not go out, where it fell due in a time
	 * without any node or in which nothing was sent; by its id.
	 */
	Map<Long, Standstill> standstills(List<Alert> alerts) {
		Map<Long, Standstill> all = new HashMap<>();
		this.db
			.sql("""
					with told as (select id, due_at, created_at, deadline_at, coalesce(fell_due_at, due_at) as fell from doorbraak.alert where id = any (:ids)),
					  still as (select from_at, until_at, false as halted from doorbraak.outage
					            union all select halted_at, released_at, true from doorbraak.sending_halt where released_at is not null)
					select distinct on (id) id, from_at, until_at, halted from told, still
					where (from_at <= fell and fell < until_at) or (from_at <= deadline_at and deadline_at < until_at and created_at >= until_at)
					order by id, until_at desc""")
			.param("ids", alerts.stream().map(Alert::id).toArray(Long[]::new))
			.query((row) -> {
				all.put(row.getLong("id"), new Standstill(row.getTimestamp("from_at").toInstant(),
						row.getTimestamp("until_at").toInstant(), row.getBoolean("halted")));
			});
		return all;
	}

	Alert get(long id) {
		return this.db.sql("select * from doorbraak.alert where id = :id")
			.param("id", id)
			.query((row, n) -> alert(row))
			.single();
	}

	Optional<Alert> findByLink(UUID link) {
		return this.db.sql("select * from doorbraak.alert where link = :link")
			.param("link", link)
			.query((row, n) -> alert(row))
			.optional();
	}

	/** The question for the lead to which this secret belongs. */
	Optional<Alert> findByAnswerKey(UUID key) {
		return this.db.sql("select * from doorbraak.alert where answer_key = :key and kind = 'leadAsked'")
			.param("key", key)
			.query((row, n) -> alert(row))
			.optional();
	}

	UUID answerKey(Alert alert) {
		return this.db.sql("select answer_key from doorbraak.alert where id = :id")
			.param("id", alert.id())
			.query(UUID.class)
			.single();
	}

	/** All alerts of a case, the last one first. */
	List<Alert> of(String number) {
		return this.db.sql("select * from doorbraak.alert where case_number = :number order by due_at desc, id desc")
			.param("number", number)
			.query((row, n) -> alert(row))
			.list();
	}

	/** Whom else the same is told. */
	List<Alert> siblings(Alert alert) {
		return this.db
			.sql("""
					select * from doorbraak.alert
					where case_number = :number and rung_id is not distinct from :rung and kind = :kind and deadline_version = :version
					  and id <> :id and state <> 'cancelled' and channel = 'mail' order by id""")
			.param("number", alert.number())
			.param("rung", alert.rungId(), Types.BIGINT)
			.param("kind", alert.kind().code())
			.param("version", alert.deadlineVersion())
			.param("id", alert.id())
			.query((row, n) -> alert(row))
			.list();
	}

	Optional<Instant> nextDueAt() {
		return this.db.sql("""
				select greatest(next_attempt_at, locked_until) from doorbraak.alert where state = 'waiting'
				order by 1 limit 1""").query((row, n) -> row.getTimestamp(1).toInstant()).optional();
	}

	private static Alert alert(ResultSet row) throws SQLException {
		return new Alert(row.getLong("id"), Objects.requireNonNullElse(row.getString("case_number"), ""),
				row.getObject("rung_id", Long.class), AlertKind.of(row.getString("kind")),
				row.getString("deadline_version"), Function.of(row.getString("function")), row.getString("body_id"),
				row.getString("recipient_login"), row.getString("because"), row.getObject("lead_id", Long.class),
				row.getObject("about_id", Long.class), instant(row.getTimestamp("deadline_at")),
				row.getTimestamp("due_at").toInstant(),
				Alert.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getInt("attempts"),
				row.getString("message_id"), row.getObject("link", UUID.class),
				Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)), mark(row, "seen"),
				mark(row, "acknowledged"));
	}

	private static @Nullable Mark mark(ResultSet row, String what) throws SQLException {
		Timestamp at = row.getTimestamp(what + "_at");
		return (at != null) ? new Mark(at.toInstant(), row.getString(what + "_by"),
				what.equals("acknowledged") && row.getObject("acknowledged_call") != null) : null;
	}

	private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	/**
	 * An alert to be told to some.
	 *
	 * @param number empty: about no case
	 * @param dueAt null for now
	 * @param fellDueAt the moment that let it be told; null for that of the engine's
	 * timer
	 */
	record Draft(String number, @Nullable Long rungId, AlertKind kind, String deadlineVersion,
			@Nullable Instant deadlineAt, @Nullable Instant dueAt, @Nullable Long leadId, @Nullable Long aboutId,
			@Nullable Instant fellDueAt) {

		Draft(String number, @Nullable Long rungId, AlertKind kind, String deadlineVersion,
				@Nullable Instant deadlineAt, @Nullable Instant dueAt, @Nullable Long leadId, @Nullable Long aboutId) {
			this(number, rungId, kind, deadlineVersion, deadlineAt, dueAt, leadId, aboutId, null);
		}

		/** The same, let be told by this moment. */
		Draft fellDueAt(Instant moment) {
			return new Draft(this.number, this.rungId, this.kind, this.deadlineVersion, this.deadlineAt, this.dueAt,
					this.leadId, this.aboutId, moment);
		}

		static Draft aboutRung(String number, long rungId, AlertKind kind, String version, @Nullable Instant deadlineAt,
				@Nullable Instant dueAt) {
			return new Draft(number, rungId, kind, version, deadlineAt, dueAt, null, null);
		}

		static Draft aboutLead(String number, AlertKind kind, String version, @Nullable Long leadId) {
			return new Draft(number, null, kind, version, null, null, leadId, null);
		}

		static Draft digest(String day) {
			return new Draft("", null, AlertKind.DIGEST, day, null, null, null, null);
		}

		static Draft undeliverable(Alert alert) {
			return new Draft(alert.number(), alert.rungId(), AlertKind.UNDELIVERABLE, "alert " + alert.id(),
					alert.deadlineAt(), null, null, alert.id());
		}

	}

	/**
	 * Who is told: a function at a body, held by somebody or by nobody.
	 *
	 * @param login null for the mailbox of the body
	 * @param because {@code deputy} or {@code next} for who does not hold the function it
	 * is meant for
	 */
	record Recipient(Function function, String body, @Nullable String login, @Nullable String because,
			Channel channel) {

		Recipient(Function function, String body, @Nullable String login, @Nullable String because) {
			this(function, body, login, because, Channel.MAIL);
		}

		Recipient(Function function, String body, @Nullable String login) {
			this(function, body, login, null);
		}

		/** The same, by text message. */
		Recipient byText() {
			return new Recipient(this.function, this.body, this.login, this.because, Channel.SMS);
		}

		String recipient() {
			return this.channel.recipient((this.login != null) ? this.login : "mailbox:" + this.body);
		}

	}

	/**
	 * A time in which nothing could go out.
	 *
	 * @param halted nodes ran, but sent nothing after a restore
	 */
	record Standstill(Instant from, Instant until, boolean halted) {
	}

	/** An alert and one of those whom it is told. */
	record Addressed(Draft draft, Recipient to) {
	}

	/**
	 * A row that is one worker's.
	 *
	 * @param until end of the lease; also the proof that it is still the same one
	 * @param toldBefore whether the same went out before the database was put back
	 */
	record Claimed(Alert alert, Instant until, boolean toldBefore) {
	}

}
