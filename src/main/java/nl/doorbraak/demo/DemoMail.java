package nl.doorbraak.demo;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import nl.doorbraak.alert.Carrier;
import nl.doorbraak.alert.Letter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The demo's mail server, where no other is set: it accepts every letter and keeps it in
 * a table of the demo's own.
 */
@Component
@Profile("demo")
@ConditionalOnExpression("'${spring.mail.host:}'.isEmpty()")
class DemoMail implements Carrier {

	private final DemoOwner owner;

	private final Clock clock;

	DemoMail(DemoOwner owner, Clock clock) {
		this.owner = owner;
		this.clock = clock;
		owner.db().sql("create schema if not exists demo").update();
		owner.db()
			.sql("""
					create table if not exists demo.mail (
					  id bigint generated always as identity primary key,
					  recipient text not null, subject text not null, body text not null, sent_at timestamptz not null)""")
			.update();
	}

	@Override
	public Answer carry(Letter letter) {
		this.owner.db()
			.sql("insert into demo.mail (recipient, subject, body, sent_at) values (?, ?, ?, ?)")
			.params(letter.to(), letter.subject(), letter.text(), java.sql.Timestamp.from(this.clock.instant()))
			.update();
		return new Answer(Result.ACCEPTED, "250");
	}

	/** What was sent, the newest first. */
	List<Mail> newest(int most) {
		return this.owner.db()
			.sql("select * from demo.mail order by id desc limit :most")
			.param("most", most)
			.query((row, n) -> new Mail(row.getString("recipient"), row.getString("subject"), row.getString("body"),
					row.getTimestamp("sent_at").toInstant()))
			.list();
	}

	/** One mail as it lies in the mailbox. */
	public record Mail(String recipient, String subject, String text, Instant sentAt) {
	}

}
