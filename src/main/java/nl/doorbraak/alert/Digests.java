package nl.doorbraak.alert;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.DutchTime;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes one digest per person on the morning of a working day, and none for who has
 * nothing to read. The first node that comes by makes them all.
 */
@Component
class Digests {

	private final JdbcClient db;

	private final Outbox outbox;

	private final Directory directory;

	private final DigestContent content;

	private final Terms terms;

	private final Clock clock;

	private final TransactionOperations transactions;

	private final LocalTime from;

	private volatile boolean ready;

	Digests(JdbcClient db, Outbox outbox, Directory directory, DigestContent content, Terms terms, Clock clock,
			TransactionOperations transactions, @Value("${doorbraak.alert.digest-from:07:30}") LocalTime from) {
		this.db = db;
		this.outbox = outbox;
		this.directory = directory;
		this.content = content;
		this.terms = terms;
		this.clock = clock;
		this.transactions = transactions;
		this.from = from;
	}

	@EventListener(ApplicationReadyEvent.class)
	void getReady() {
		this.ready = true;
	}

	@Scheduled(initialDelayString = "${doorbraak.alert.poll-every:2s}",
			fixedDelayString = "${doorbraak.alert.digest-every:60s}")
	void poll() {
		if (this.ready) {
			makeDue();
		}
	}

	/** Makes the digests of today, if it is time and nobody did. */
	void makeDue() {
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		if (now.atZone(DutchTime.ZONE).toLocalTime().isBefore(this.from) || !this.terms.isWorkingDay(today)) {
			return;
		}
		this.transactions.executeWithoutResult((tx) -> {
			int mine = this.db
				.sql("insert into doorbraak.digest_day (day, made_at) values (:day, :now) on conflict do nothing")
				.param("day", Date.valueOf(today))
				.param("now", Timestamp.from(now))
				.update();
			if (mine == 1) {
				this.directory.allOfficers().forEach((officer) -> make(officer, today));
			}
		});
	}

	/** Who only answers by the door of a question has nothing to open. */
	private boolean works(Officer officer) {
		return officer.posts()
			.stream()
			.anyMatch((post) -> this.directory.getOrganisation(post.organisation()).connected());
	}

	private void make(Officer officer, LocalDate today) {
		if (officer.email() != null && works(officer) && !this.content.of(officer, today).isEmpty()) {
			Officer.Post post = officer.posts().get(0);
			this.outbox.add(Draft.digest(today.toString()),
					new Recipient(post.function(), post.organisation(), officer.login()));
		}
	}

}
