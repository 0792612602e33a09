package nl.doorbraak.demo;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.alert.Carrier;
import nl.doorbraak.alert.Letter;
import nl.doorbraak.support.CaseTraces;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
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
class DemoMail implements Carrier, CaseTraces {

	/** Where the demo was when it sent a mail: on another port perhaps. */
	private static final Pattern THEN = Pattern.compile("http://localhost:\\d+/");

	private final DemoOwner owner;

	private final Clock clock;

	private final URI address;

	DemoMail(DemoOwner owner, Clock clock, @Value("${doorbraak.address}") URI address) {
		this.address = address;
		this.owner = owner;
		this.clock = clock;
		createTable(owner.db());
	}

	static void createTable(JdbcClient owner) {
		owner.sql("create schema if not exists demo").update();
		owner.sql("""
				create table if not exists demo.mail (
				  id bigint generated always as identity primary key,
				  recipient text not null, subject text not null, body text not null, sent_at timestamptz not null)""")
			.update();
		owner.sql("alter table demo.mail add column if not exists html text").update();
	}

	@Override
	public Answer carry(Letter letter) {
		this.owner.db()
			.sql("insert into demo.mail (recipient, subject, body, html, sent_at) values (?, ?, ?, ?, ?)")
			.params(letter.to(), letter.subject(), letter.text(), letter.html(),
					java.sql.Timestamp.from(this.clock.instant()))
			.update();
		return new Answer(Result.ACCEPTED, "250");
	}

	/** What the team gives a resident on paper: in the demo it lies with the mail. */
	void handOver(String number, String secret) {
		this.owner.db()
			.sql("insert into demo.mail (recipient, subject, body, sent_at) values (?, ?, ?, ?)")
			.params("de inwoner, op papier", "[" + number + "] Uw eigen pagina",
					"Wie helpt u, en wat gebeurt er nu? U leest het op uw eigen pagina. U hebt geen wachtwoord nodig.\n\n"
							+ this.address.resolve("/inwoner/" + secret),
					java.sql.Timestamp.from(this.clock.instant()))
			.update();
	}

	@Override
	public Map<String, Integer> remove(String number) {
		return Map.of("demo.mail",
				this.owner.db()
					.sql("delete from demo.mail where strpos(subject || body, :number) > 0")
					.param("number", number)
					.update());
	}

	/** Cases that mail was sent about, the newest first. */
	List<String> cases() {
		return this.owner.db().sql("""
				select distinct substring(subject from '^\\[([^]]+)]') as number from demo.mail
				where subject like '[%' order by number desc""").query(String.class).list();
	}

	/** What was sent, the newest first; about one case, or about all. */
	List<Mail> newest(@Nullable String number, int most) {
		return this.owner.db()
			.sql("""
					select * from demo.mail where starts_with(subject, coalesce('[' || cast(:number as text) || ']', ''))
					order by id desc limit :most""")
			.param("number", number)
			.param("most", most)
			.query((row, n) -> new Mail(row.getLong("id"), row.getString("recipient"), row.getString("subject"),
					leadingHere(row.getString("body")), row.getTimestamp("sent_at").toInstant(),
					row.getString("html") != null))
			.list();
	}

	/** The mail as a program for mail shows it. */
	Optional<String> html(long id) {
		return this.owner.db()
			.sql("select html from demo.mail where id = :id and html is not null")
			.param("id", id)
			.query(String.class)
			.optional()
			.map(this::leadingHere);
	}

	private String leadingHere(String text) {
		return THEN.matcher(text).replaceAll(Matcher.quoteReplacement(this.address.resolve("/").toString()));
	}

	/**
	 * One mail as it lies in the mailbox.
	 *
	 * @param sent whether it went as mail, and not on paper
	 */
	public record Mail(long id, String recipient, String subject, String text, Instant sentAt, boolean sent) {
	}

}
