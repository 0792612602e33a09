package nl.doorbraak.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import nl.doorbraak.alert.Alert.Channel;
import nl.doorbraak.alert.AlertEvents.AlertSent;
import nl.doorbraak.alert.AlertEvents.AlertUndeliverable;
import nl.doorbraak.alert.AlertJournal.Sent;
import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Outbox.Claimed;
import nl.doorbraak.alert.Outbox.Standstill;
import nl.doorbraak.alert.TextCarrier.TextMessage;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.CaseInLog;
import nl.doorbraak.support.DueWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * Sends what is due, on any number of nodes at once. Rows are taken in batches under a
 * lease, each mail goes out without a transaction, and each outcome is committed on its
 * own. A worker killed between the server's yes and that commit sends again, under the
 * same Message-ID.
 */
@Component
@EnableConfigurationProperties(AlertSettings.class)
class AlertWorker implements DueWork {

	private static final Logger log = LoggerFactory.getLogger(AlertWorker.class);

	/** Rows whose letters are made at once. */
	private static final int TOGETHER = 10;

	/** Afterwards the rows are anybody's, when their lease ends. */
	private static final int TRIES = 100;

	private final Outbox outbox;

	private final Undelivered undelivered;

	private final LetterWriter writer;

	private final Carrier carrier;

	private final ObjectProvider<TextCarrier> texts;

	private final AlertJournal journal;

	private final Sending sending;

	private final Directory directory;

	private final CaseFiles files;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final AlertSettings settings;

	private final ObservationRegistry observed;

	/** What the database could not be told; the rows are still this worker's. */
	private final Queue<Untold> untold = new ConcurrentLinkedQueue<>();

	AlertWorker(Outbox outbox, Undelivered undelivered, LetterWriter writer, Carrier carrier,
			ObjectProvider<TextCarrier> texts, AlertJournal journal, Sending sending, Directory directory,
			CaseFiles files, TransactionOperations transactions, ApplicationEventPublisher events,
			AlertSettings settings, ObservationRegistry observed) {
		this.observed = observed;
		this.outbox = outbox;
		this.undelivered = undelivered;
		this.writer = writer;
		this.carrier = carrier;
		this.texts = texts;
		this.journal = journal;
		this.sending = sending;
		this.directory = directory;
		this.files = files;
		this.transactions = transactions;
		this.events = events;
		this.settings = settings;
	}

	@Scheduled(initialDelayString = "${doorbraak.alert.poll-every:2s}",
			fixedDelayString = "${doorbraak.alert.poll-every:2s}")
	void poll() {
		doDue();
	}

	/**
	 * Sends everything that is due; returns how many alerts came to an end.
	 * @throws IllegalStateException inside a transaction, which would hold a connection
	 * while a mail server thinks
	 */
	@Override
	public int doDue() {
		// Not propagation NEVER: that too keeps one connection for the whole call.
		Assert.state(!TransactionSynchronizationManager.isSynchronizationActive(),
				"Mail is not sent inside a transaction");
		tellAgain();
		int done = 0;
		boolean nobodyThere = false;
		List<Claimed> batch = this.outbox.claim(this.settings.batch(), this.settings.lease(), nobodyThere);
		while (!batch.isEmpty()) {
			for (int from = 0; from < batch.size(); from += TOGETHER) {
				List<Claimed> some = batch.subList(from, Math.min(from + TOGETHER, batch.size()));
				Map<Long, Supplier<Answer>> made = nobodyThere ? Map.of() : makeTogether(some);
				for (int i = 0; i < some.size(); i++) {
					Claimed each = some.get(i);
					if (nobodyThere && each.alert().channel() == Channel.MAIL) {
						// It need not find that out for itself; text messages go another
						// way.
						this.outbox.release(List.of(each));
						continue;
					}
					Answer answer = attempt(each, made, batch.subList(from + i + 1, batch.size()));
					nobodyThere |= answer.result() == Result.UNREACHABLE;
					done += (answer.result() == Result.ACCEPTED || answer.result() == Result.REFUSED) ? 1 : 0;
				}
			}
			batch = this.outbox.claim(this.settings.batch(), this.settings.lease(), nobodyThere);
		}
		return done;
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.outbox.nextDueAt();
	}

	/**
	 * One row; when what became of it cannot be written, this row and those after it do
	 * not wait for the end of their lease.
	 */
	private Answer attempt(Claimed claimed, Map<Long, Supplier<Answer>> made, List<Claimed> after) {
		CaseInLog.put(claimed.alert().number());
		try {
			return attempt(claimed, made);
		}
		catch (RuntimeException ex) {
			List<Claimed> back = Stream.concat(Stream.of(claimed), after.stream()).toList();
			this.untold.add(new Untold(1, () -> this.outbox.release(back)));
			tellAgain();
			throw ex;
		}
		finally {
			CaseInLog.put(null);
		}
	}

	/** What became another's meanwhile is not touched by it. */
	private void tellAgain() {
		for (int left = this.untold.size(); left > 0; left--) {
			Untold next = this.untold.poll();
			if (next == null) {
				return;
			}
			try {
				next.what().run();
			}
			catch (RuntimeException ex) {
				log.warn("What became of an alert cannot be written: {}", ex.getClass().getName());
				if (next.tries() < TRIES) {
					this.untold.add(new Untold(next.tries() + 1, next.what()));
				}
				return;
			}
		}
	}

	/** One row, come what may: its failure is not that of the rows after it. */
	private Answer attempt(Claimed claimed, Map<Long, Supplier<Answer>> made) {
		Claimed mine = this.outbox.stillMine(claimed, this.settings.lease()).orElse(null);
		if (mine == null) {
			return new Answer(Result.LATER, "notMine");
		}
		Alert alert = mine.alert();
		Optional<Sent> out = mine.toldBefore() ? this.sending.toldBefore(alert) : Optional.empty();
		if (out.isPresent()) {
			this.transactions.executeWithoutResult((tx) -> this.sending.markSent(alert, out.get()));
			return new Answer(Result.ACCEPTED, out.get().answer());
		}
		Answer answer;
		try {
			Supplier<Answer> ready = made.get(alert.id());
			// With a slow mail server its words and its reader may be others by now.
			boolean late = !mine.until().equals(claimed.until());
			answer = ((ready == null || late) ? makeAlone(alert) : ready).get();
		}
		catch (RuntimeException ex) {
			if (alert.attempts() == 0) {
				log.error("Alert {} could not be made", mine.alert().id(), ex);
			}
			answer = new Answer(Result.LATER, "notMade");
		}
		Answer given = answer;
		Runnable write = () -> this.transactions.executeWithoutResult((status) -> record(mine, given));
		try {
			write.run();
		}
		catch (RuntimeException ex) {
			this.untold.add(new Untold(1, write));
			throw ex;
		}
		return answer;
	}

	/**
	 * Letters of some rows that go out one after the other: made in one transaction, what
	 * they have in common is read once. Where one of them cannot be made, each is made by
	 * itself.
	 */
	private Map<Long, Supplier<Answer>> makeTogether(List<Claimed> some) {
		try {
			return make(some.stream().map(Claimed::alert).toList());
		}
		catch (RuntimeException ex) {
			return Map.of();
		}
	}

	private Supplier<Answer> makeAlone(Alert alert) {
		return Objects.requireNonNull(make(List.of(alert)).get(alert.id()));
	}

	private Map<Long, Supplier<Answer>> make(List<Alert> alerts) {
		return Objects.requireNonNull(this.transactions.execute((tx) -> {
			Map<Long, Standstill> late = this.outbox.standstills(alerts);
			return alerts.stream()
				.collect(Collectors.toMap(Alert::id, (alert) -> (alert.channel() == Channel.SMS)
						? text(alert, late.get(alert.id())) : mail(alert, late.get(alert.id()))));
		}));
	}

	/** A provider that is not there stops no mail: every other failure is for later. */
	private Supplier<Answer> text(Alert alert, @Nullable Standstill late) {
		TextCarrier carrier = this.texts.getIfAvailable();
		String phone = officer(alert).map(Officer::mobile).orElse(null);
		if (carrier == null || phone == null) {
			return () -> new Answer(Result.REFUSED, "noText");
		}
		TextMessage message = this.writer.text(alert, phone, late);
		return () -> {
			Answer answer = noted(alert, () -> carrier.carry(message));
			return (answer.result() == Result.UNREACHABLE) ? new Answer(Result.LATER, answer.code()) : answer;
		};
	}

	private Supplier<Answer> mail(Alert alert, @Nullable Standstill late) {
		String address = address(alert).orElse(null);
		if (address == null) {
			return () -> new Answer(Result.REFUSED, "noAddress");
		}
		Letter letter = this.writer.write(alert, address, late);
		return () -> noted(alert, () -> this.carrier.carry(letter));
	}

	private Answer noted(Alert alert, Supplier<Answer> sending) {
		this.journal.before(alert);
		Answer answer = measured(alert.channel(), sending);
		this.journal.after(alert, answer.code());
		return answer;
	}

	/** In figures and traces: how long it took and what came of it, not what it is. */
	private Answer measured(Channel channel, Supplier<Answer> sending) {
		Observation span = Observation.createNotStarted("alert.send", this.observed)
			.lowCardinalityKeyValue("channel", channel.name().toLowerCase(Locale.ROOT))
			.lowCardinalityKeyValue("outcome", "failed");
		return Objects.requireNonNull(span.observe(() -> {
			Answer answer = sending.get();
			span.lowCardinalityKeyValue("outcome", answer.result().name().toLowerCase(Locale.ROOT));
			return answer;
		}));
	}

	/**
	 * Where it goes, asked just before: who no longer holds the function that is told
	 * gets nothing.
	 */
	private Optional<String> address(Alert alert) {
		if (alert.login() == null) {
			return Optional.ofNullable(this.directory.getOrganisation(alert.body())).map(Organisation::email);
		}
		return officer(alert).map(Officer::email);
	}

	private Optional<Officer> officer(Alert alert) {
		return this.directory.findOfficer(String.valueOf(alert.login()))
			.filter((officer) -> alert.isToTeam()
					? officer.posts().stream().anyMatch((post) -> post.organisation().equals(alert.body()))
					: officer.posts().contains(new Officer.Post(alert.function(), alert.body())));
	}

	private void record(Claimed claimed, Answer answer) {
		Alert alert = claimed.alert();
		if (!alert.number().isEmpty()) {
			this.files.hold(alert.number());
		}
		if (answer.result() == Result.ACCEPTED) {
			if (this.outbox.sent(alert, answer.code())) {
				this.events.publishEvent(
						new AlertSent(alert.number(), alert.kind().code(), alert.recipient(), alert.messageId()));
			}
			return;
		}
		boolean again = answer.result() != Result.REFUSED && this.outbox.retry(claimed, answer.code(),
				this.settings.waitAfter(alert.attempts() + 1), this.settings.giveUpAfter());
		if (!again && this.outbox.undeliverable(claimed, answer.code())) {
			log.warn("Alert {} of kind {} is undeliverable: {}", alert.id(), alert.kind().code(), answer.code());
			this.events.publishEvent(new AlertUndeliverable(alert.number(), alert.kind().code(), alert.recipient(),
					alert.messageId(), answer.code()));
			if (alert.channel() == Channel.MAIL) {
				this.undelivered.tell(alert);
			}
		}
	}

	/**
	 * Something for the database about rows of this worker.
	 *
	 * @param tries how often, this one included
	 */
	private record Untold(int tries, Runnable what) {
	}

}
