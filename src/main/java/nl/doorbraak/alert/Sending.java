package nl.doorbraak.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.alert.AlertEvents.AlertSent;
import nl.doorbraak.alert.AlertJournal.Sent;
import nl.doorbraak.alert.SendingEvents.JournalCompared;
import nl.doorbraak.alert.SendingEvents.SendingHalted;
import nl.doorbraak.alert.SendingEvents.SendingReleased;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.audit.Head;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Nodes;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.support.watchdog.Watched;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Whether anything may be sent. A node that finds at its start that the database is older
 * than what was done with it halts the sending of all nodes: first the journals are
 * compared with the outbox, so that nothing goes out twice, then somebody lets it go on.
 */
@Service
public class Sending implements Watched {

	private static final Logger log = LoggerFactory.getLogger(Sending.class);

	private static final int AT_ONCE = 1000;

	private static final int LEAST_REASON = 10;

	private static final int LONGEST_REASON = 1000;

	/** Longer than any backup is kept that somebody would put back. */
	private static final Duration LOOKED_BACK = Duration.ofDays(90);

	/**
	 * A node that is killed between the yes of the mail server and the commit leaves its
	 * last alert, and that of its watchdog, waiting.
	 */
	private static final int KILLED = 2;

	private final JdbcClient db;

	private final Outbox outbox;

	private final AlertJournal journal;

	private final Nodes nodes;

	private final ChainChecks record;

	private final CaseFiles files;

	private final Directory directory;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final boolean hold;

	private final List<Path> others;

	Sending(JdbcClient db, Outbox outbox, AlertJournal journal, Nodes nodes, ChainChecks record, CaseFiles files,
			Directory directory, TransactionOperations transactions, ApplicationEventPublisher events,
			@Value("${doorbraak.alert.hold:false}") boolean hold,
			@Value("${doorbraak.alert.other-journals:}") List<String> others) {
		this.db = db;
		this.outbox = outbox;
		this.journal = journal;
		this.nodes = nodes;
		this.record = record;
		this.files = files;
		this.directory = directory;
		this.transactions = transactions;
		this.events = events;
		this.hold = hold;
		this.others = others.stream().filter((path) -> !path.isBlank()).map(Path::of).toList();
	}

	/**
	 * Before anything is scheduled, and after everybody listens; once, not again for what
	 * answers machines on a port of its own.
	 */
	@EventListener(classes = ContextRefreshedEvent.class, condition = "#root.event.applicationContext.parent == null")
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void begin() {
		List<Sent> unknown = new ArrayList<>(unknown(read(this.journal.path())));
		this.others.forEach((path) -> unknown.addAll(unknown(read(path))));
		cause(unknown).ifPresent(this::halt);
		if (!unknown.isEmpty()) {
			this.transactions.executeWithoutResult((tx) -> compare(Actor.SOFTWARE, unknown));
		}
		this.nodes.compared();
	}

	private Optional<Told> cause(List<Sent> unknown) {
		if (this.nodes.isDatabaseBehind()) {
			return Optional.of(new Told(Cause.DATABASE_BEHIND, null));
		}
		Optional<Head> ahead = this.record.headAhead().filter((head) -> !wasEvidence(head.mark()));
		if (ahead.isPresent()) {
			return Optional.of(new Told(Cause.HEADS_AHEAD, ahead.get().mark()));
		}
		boolean lost = unknown.stream().anyMatch((sent) -> this.outbox.findByMessageId(sent.messageId()).isEmpty());
		if (lost || unknown.size() > KILLED) {
			return Optional.of(new Told(Cause.JOURNAL_AHEAD, null));
		}
		return this.hold ? Optional.of(new Told(Cause.SETTING, null)) : Optional.empty();
	}

	private boolean wasEvidence(String mark) {
		return this.db.sql("select exists (select from doorbraak.sending_halt where evidence = :mark)")
			.param("mark", mark)
			.query(Boolean.class)
			.single();
	}

	private void halt(Told told) {
		this.transactions.executeWithoutResult((tx) -> {
			Locks.alone(this.db, "sending");
			if (halted().isEmpty()) {
				this.db.sql("""
						insert into doorbraak.sending_halt (cause, evidence, halted_at)
						values (:cause, :evidence, doorbraak.current_instant())""")
					.param("cause", told.cause().code())
					.param("evidence", told.evidence())
					.update();
				if (told.cause() != Cause.SETTING) {
					this.db.sql("select doorbraak.skip_numbers()").query((row, n) -> n).single();
				}
				this.events.publishEvent(new SendingHalted(told.cause().code()));
			}
		});
		log.error("No mail and no text message is sent: {} An administrator compares and releases on /verzenden.",
				told.cause().inLog());
	}

	/**
	 * What is out by a journal, and not sent by the outbox; without what was destroyed.
	 */
	private List<Sent> unknown(List<Sent> all) {
		Instant from = now().minus(LOOKED_BACK);
		List<Sent> recent = all.stream().filter((sent) -> sent.at().isAfter(from)).toList();
		List<Sent> unknown = new ArrayList<>();
		for (int i = 0; i < recent.size(); i += AT_ONCE) {
			List<Sent> some = recent.subList(i, Math.min(i + AT_ONCE, recent.size()));
			Set<String> ids = new HashSet<>(this.db
				.sql("""
						select told.id from unnest(:ids, :numbers) as told (id, number)
						where not exists (select from doorbraak.alert a where a.message_id = told.id and a.state = 'sent')
						  and not exists (select from doorbraak.alert_outside o where o.message_id = told.id)
						  and not exists (select from doorbraak.destruction_line l where l.case_number = told.number and l.destroyed_at is not null)""")
				.param("ids", some.stream().map(Sent::messageId).toArray(String[]::new))
				.param("numbers", some.stream().map(Sent::number).toArray(String[]::new))
				.query(String.class)
				.list());
			// A second copy is a second line.
			some.stream().filter((sent) -> ids.remove(sent.messageId())).forEach(unknown::add);
		}
		return unknown;
	}

	private Instant now() {
		return this.db.sql("select doorbraak.current_instant()")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private List<Sent> read(Path path) {
		try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
			return this.journal.sent(lines);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new StartRefused("The journal of alerts cannot be read: " + path + ".",
					"Let doorbraak.alert.journal and doorbraak.alert.other-journals name files that the application may read.");
		}
	}

	/**
	 * Marks what is out as sent, under the Message-ID that it went out with; what the
	 * database has no row of is kept as lost.
	 */
	private Compared compare(String actor, Collection<Sent> unknown) {
		Map<String, Alert> waiting = new HashMap<>();
		this.outbox.unsent().forEach((alert) -> waiting.put(AlertJournal.hash(alert.key()), alert));
		int marked = 0;
		for (Sent out : unknown) {
			Alert alert = this.outbox.findByMessageId(out.messageId()).orElse(waiting.get(out.key()));
			keep(out);
			if (alert != null) {
				markSent(alert, out);
				marked++;
			}
		}
		Compared compared = new Compared(marked, unknown.size() - marked);
		if (!unknown.isEmpty()) {
			this.events.publishEvent(new JournalCompared(actor, compared.marked(), compared.lost()));
		}
		return compared;
	}

	private void keep(Sent out) {
		this.db.sql("""
				insert into doorbraak.alert_outside (message_id, alert_key, about, kind, sent_at, answer, found_at)
				values (:id, :key, :about, :kind, :at, :answer, doorbraak.current_instant()) on conflict do nothing""")
			.param("id", out.messageId())
			.param("key", out.key())
			.param("about", out.number().isEmpty() ? null : out.number())
			.param("kind", out.kind())
			.param("at", Timestamp.from(out.at()))
			.param("answer", out.answer())
			.update();
	}

	/** That the same alert went out before the database was put back, and how. */
	Optional<Sent> toldBefore(Alert alert) {
		return this.db.sql(
				"select * from doorbraak.alert_outside where alert_key = :key and alert_id is null order by sent_at limit 1")
			.param("key", AlertJournal.hash(alert.key()))
			.query((row, n) -> sent(row))
			.optional();
	}

	/** In a transaction: the alert is out, as this line says. */
	void markSent(Alert alert, Sent out) {
		if (!alert.number().isEmpty()) {
			this.files.hold(alert.number());
		}
		this.db.sql("update doorbraak.alert_outside set alert_id = :alert where message_id = :id and alert_id is null")
			.param("alert", alert.id())
			.param("id", out.messageId())
			.update();
		if (this.outbox.sent(alert.id(), out)) {
			this.events
				.publishEvent(new AlertSent(alert.number(), alert.kind().code(), alert.recipient(), out.messageId()));
		}
	}

	private static Sent sent(ResultSet row) throws SQLException {
		return new Sent(row.getTimestamp("sent_at").toInstant(), row.getString("alert_key"),
				row.getString("message_id"), row.getString("answer"),
				Objects.requireNonNullElse(row.getString("about"), ""), row.getString("kind"));
	}

	/** Since when and why nothing is sent; nothing when alerts go out. */
	public Optional<Halt> halted() {
		return halts("where released_at is null").stream().findFirst();
	}

	/** The last halts that ended. */
	public List<Halt> released() {
		return halts("where released_at is not null order by id desc limit 10");
	}

	private List<Halt> halts(String which) {
		return this.db.sql("select * from doorbraak.sending_halt " + which).query((row, n) -> {
			Timestamp released = row.getTimestamp("released_at");
			return new Halt(row.getLong("id"), Cause.of(row.getString("cause")),
					row.getTimestamp("halted_at").toInstant(), (released != null) ? released.toInstant() : null,
					row.getString("released_by"), row.getString("reason"));
		}).list();
	}

	/** Compares a journal that somebody brings, of another node. */
	@Transactional
	public Compared take(String administrator, byte[] content) {
		require(administrator);
		Locks.alone(this.db, "sending");
		if (halted().isEmpty()) {
			throw notHalted();
		}
		List<Sent> all = this.journal.sent(new String(content, StandardCharsets.ISO_8859_1).lines());
		if (all.isEmpty()) {
			throw Refused.invalid("no-journal",
					"In dit bestand staat geen verzonden bericht van deze Doorbraak. Kies het bestand dat bij een server onder doorbraak.alert.journal staat.",
					"bestand");
		}
		return compare(administrator, unknown(all));
	}

	/** Alerts go out again, on all nodes. */
	@Transactional
	public void release(String administrator, String reason) {
		require(administrator);
		Locks.alone(this.db, "sending");
		Halt halt = halted().orElseThrow(Sending::notHalted);
		String why = reason.strip();
		if (why.length() < LEAST_REASON || why.length() > LONGEST_REASON) {
			throw Refused.invalid("no-reason",
					"Schrijf in een zin waarom er weer verzonden mag worden: tussen 10 en 1000 tekens.", "reden");
		}
		this.db.sql("""
				update doorbraak.sending_halt set released_at = greatest(doorbraak.current_instant(), halted_at),
				  released_by = :login, reason = :reason where id = :id""")
			.param("login", administrator)
			.param("reason", why)
			.param("id", halt.id())
			.update();
		this.events.publishEvent(
				new SendingReleased(administrator, halt.cause().code(), lost().stream().mapToLong(Lost::alerts).sum()));
	}

	private void require(String login) {
		if (this.directory.posts(login).stream().noneMatch((post) -> post.function() == Function.ADMINISTRATOR)) {
			throw Refused.notFound();
		}
	}

	private static Refused notHalted() {
		return Refused.conflict("not-halted", "Doorbraak verzendt al. U hoeft niets te doen.");
	}

	/**
	 * What people were told of and the database has lost, by case; about no case last.
	 */
	public List<Lost> lost() {
		return this.db
			.sql("""
					select coalesce(o.about, '') as number, count(*) as alerts, min(o.sent_at) as first, max(o.sent_at) as last,
					  exists (select from doorbraak.case_file c where c.number = o.about) as here, array_agg(distinct o.kind order by o.kind) as kinds
					from doorbraak.alert_outside o where o.alert_id is null
					  and o.found_at >= coalesce((select max(h.halted_at) from doorbraak.sending_halt h), '-infinity')
					group by o.about order by o.about""")
			.query((row, n) -> new Lost(row.getString("number"), row.getInt("alerts"),
					row.getTimestamp("first").toInstant(), row.getTimestamp("last").toInstant(), row.getBoolean("here"),
					Stream.of((String[]) row.getArray("kinds").getArray())
						.map((kind) -> Coded.find(AlertKind.class, kind).map(AlertKind::label).orElse(kind))
						.collect(Collectors.joining(", "))))
			.list();
	}

	/** How many alerts were marked as sent since the last halt. */
	public int marked() {
		return this.db.sql("""
				select count(*) from doorbraak.alert_outside where alert_id is not null
				  and found_at >= coalesce((select max(h.halted_at) from doorbraak.sending_halt h), '-infinity')""")
			.query(Integer.class)
			.single();
	}

	/** How many alerts wait. */
	public int waiting() {
		return this.db
			.sql("""
					select count(*) from doorbraak.alert where state = 'waiting' and next_attempt_at <= doorbraak.current_instant()""")
			.query(Integer.class)
			.single();
	}

	@Override
	public String what() {
		return "noSending";
	}

	/** Then not all is well, and the heartbeat stays out at once. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own.sql("select id from doorbraak.sending_halt where released_at is null")
			.query((row, n) -> new Late(row.getString(1), ""))
			.list();
	}

	/** Only a person can. */
	@Override
	public void repair(Late late) {
	}

	/** What told it. */
	public enum Cause {

		DATABASE_BEHIND("databaseBehind", "the database is older than what this node last committed; it was put back."),

		JOURNAL_AHEAD("journalAhead", "the journal holds alerts that the database does not know to be sent."),

		HEADS_AHEAD("headsAhead", "the file of heads over the record goes on after the last head of the database."),

		SETTING("setting", "doorbraak.alert.hold says so.");

		private final String code;

		private final String inLog;

		Cause(String code, String inLog) {
			this.code = code;
			this.inLog = inLog;
		}

		public String code() {
			return this.code;
		}

		String inLog() {
			return this.inLog;
		}

		static Cause of(String code) {
			return Stream.of(values()).filter((cause) -> cause.code.equals(code)).findFirst().orElseThrow();
		}

	}

	/**
	 * A time in which nothing is sent.
	 *
	 * @param releasedAt null while it lasts
	 */
	public record Halt(long id, Cause cause, Instant haltedAt, @Nullable Instant releasedAt,
			@Nullable String releasedBy, @Nullable String reason) {
	}

	/**
	 * What became of what a journal told.
	 *
	 * @param marked alerts that are marked as sent
	 * @param lost alerts of which the database has no row
	 */
	public record Compared(int marked, int lost) {
	}

	/**
	 * Alerts that people got and the database lost.
	 *
	 * @param number of the case; empty: about none
	 * @param here whether there is a case with this number
	 * @param kinds in words
	 */
	public record Lost(String number, int alerts, Instant first, Instant last, boolean here, String kinds) {
	}

	private record Told(Cause cause, @Nullable String evidence) {
	}

}
