package nl.doorbraak.resident;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Resident;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.resident.ResidentEvents.ResidentLinkMade;
import nl.doorbraak.resident.ResidentEvents.ResidentLinkWithdrawn;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.KeyedHash;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The links that open the page of a resident, without a login: made and taken back by the
 * team or who has the lead, one at a time for each resident. The secret in a link is kept
 * nowhere; each opening is recorded as a reading.
 */
@Service
@EnableConfigurationProperties(ResidentSettings.class)
public class ResidentLinks {

	/** What a resident reads, as a code in the record. */
	static final String PART = "resident-page";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Residents residents;

	private final ResidentSettings settings;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final byte[] key;

	ResidentLinks(JdbcClient db, CaseFiles files, Residents residents, ResidentSettings settings, Clock clock,
			ApplicationEventPublisher events, @Value("${doorbraak.privacy.key}") String key) {
		this.db = db;
		this.files = files;
		this.residents = residents;
		this.settings = settings;
		this.clock = clock;
		this.events = events;
		this.key = key.getBytes(StandardCharsets.UTF_8);
	}

	/** The last day of a link where nobody says otherwise. */
	public LocalDate usualDay() {
		return today().plus(this.settings.linkLives());
	}

	/** The last day that a link can have. */
	public LocalDate latestDay() {
		return today().plus(this.settings.linkLivesLongest());
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/**
	 * Makes a link for a resident of the case, and lets the one before end.
	 * @param lastDay on which it opens
	 * @return the secret in it
	 * @throws Refused for who is not of the team and has not the lead (403, 404), or when
	 * there is no such resident or day (400)
	 */
	@Transactional
	public String make(String login, String number, long resident, @Nullable LocalDate lastDay) {
		CaseFile file = this.files.lockForTeamOrLead(login, number);
		Resident whose = resident(number, resident);
		if (lastDay == null || lastDay.isBefore(today()) || lastDay.isAfter(latestDay())) {
			throw Refused.invalid("link-day", "Kies tot en met welke dag de link werkt: niet vóór vandaag, en niet na "
					+ DutchTime.date(latestDay()) + ".", "until");
		}
		live(number).stream()
			.filter((each) -> whose.isCalled(each.name()))
			.forEach((each) -> withdraw(login, number, each));
		String secret = LinkKey.random();
		Instant now = this.clock.instant();
		Instant expiresAt = lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		long id = this.db.sql("""
				insert into doorbraak.resident_link (case_id, member_id, key_hash, made_by, made_at, expires_at)
				values (:case, :member, :hash, :login, :now, :expires) returning id""")
			.param("case", file.id())
			.param("member", whose.id())
			.param("hash", hash(secret))
			.param("login", login)
			.param("now", Timestamp.from(now))
			.param("expires", Timestamp.from(expiresAt))
			.query(Long.class)
			.single();
		this.events.publishEvent(new ResidentLinkMade(number, login, id, whose.id(), expiresAt));
		return secret;
	}

	/** Somebody of the household whom the team may see here, or (400) nobody. */
	Resident resident(String number, long id) {
		return this.residents.of(number)
			.stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(() -> Refused.invalid("no-resident", "Kies voor wie het is.", "resident"));
	}

	/**
	 * Takes a link back: it opens nothing from now on.
	 * @throws Refused for who is not of the team and has not the lead (403, 404), or when
	 * the case has no such link that still opens (404)
	 */
	@Transactional
	public void withdraw(String login, String number, long id) {
		this.files.lockForTeamOrLead(login, number);
		withdraw(login, number,
				live(number).stream().filter((each) -> each.id() == id).findFirst().orElseThrow(Refused::notFound));
	}

	private void withdraw(String login, String number, Link link) {
		this.db.sql(
				"update doorbraak.resident_link set withdrawn_by = :login, withdrawn_at = :now where id = :id and withdrawn_at is null")
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", link.id())
			.update();
		this.events.publishEvent(new ResidentLinkWithdrawn(number, login, link.id(), link.resident()));
	}

	private List<Link> live(String number) {
		Instant now = this.clock.instant();
		return of(number).stream().filter((each) -> each.opens(now)).toList();
	}

	/**
	 * The links of a case, the last one first, for its team and who has the lead; without
	 * those of who is in a compartment.
	 */
	@Transactional(readOnly = true)
	public List<Link> of(String number) {
		return this.db
			.sql("""
					select l.*, m.name from doorbraak.resident_link l join doorbraak.household_member m on m.id = l.member_id
					join doorbraak.case_file c on c.id = l.case_id where c.number = :number order by l.id desc""")
			.param("number", number)
			.query((row, n) -> link(row))
			.list();
	}

	/**
	 * Opens the page behind a link, which is recorded as a reading by its resident.
	 * @throws Refused (404) for a link that does not exist, expired or was taken back, or
	 * while its resident is in a compartment
	 */
	@Transactional
	public Opened open(String secret) {
		Opened opened = find(secret);
		this.files.readByResident(opened.number(), opened.resident(), PART);
		this.db.sql("update doorbraak.resident_link set opened = opened + 1, last_opened_at = :now where id = :id")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", opened.id())
			.update();
		return opened;
	}

	/**
	 * What a link opens, without opening it.
	 * @throws Refused as {@link #open}
	 */
	@Transactional(readOnly = true)
	public Opened find(String secret) {
		return this.db.sql("""
				select l.id, l.member_id, l.expires_at, c.number from doorbraak.resident_link l
				join doorbraak.case_file c on c.id = l.case_id join doorbraak.household_member m on m.id = l.member_id
				where l.key_hash = :hash and l.withdrawn_at is null and l.expires_at > :now""")
			.param("hash", hash(secret))
			.param("now", Timestamp.from(this.clock.instant()))
			.query((row, n) -> new Opened(row.getLong("id"), row.getString("number"), row.getLong("member_id"),
					row.getTimestamp("expires_at").toInstant()))
			.optional()
			.orElseThrow(Refused::noSuchLink);
	}

	private byte[] hash(String secret) {
		return KeyedHash.of(this.key, "resident-link".getBytes(StandardCharsets.UTF_8), new byte[1],
				LinkKey.plain(secret).getBytes(StandardCharsets.UTF_8));
	}

	private static Link link(ResultSet row) throws SQLException {
		Timestamp opened = row.getTimestamp("last_opened_at");
		Timestamp withdrawn = row.getTimestamp("withdrawn_at");
		return new Link(row.getLong("id"), row.getLong("member_id"), row.getString("name"), row.getString("made_by"),
				row.getTimestamp("made_at").toInstant(), row.getTimestamp("expires_at").toInstant(),
				row.getInt("opened"), (opened != null) ? opened.toInstant() : null, row.getString("withdrawn_by"),
				(withdrawn != null) ? withdrawn.toInstant() : null);
	}

	/**
	 * A link, without the secret in it.
	 *
	 * @param resident id, and name
	 * @param opened how often
	 */
	public record Link(long id, long resident, String name, String madeBy, Instant madeAt, Instant expiresAt,
			int opened, @Nullable Instant lastOpenedAt, @Nullable String withdrawnBy, @Nullable Instant withdrawnAt) {

		/** Whether it opens something at this moment. */
		public boolean opens(Instant at) {
			return this.withdrawnAt == null && this.expiresAt.isAfter(at);
		}

	}

	/** What a link opens: the page of a resident of a case. */
	public record Opened(long id, String number, long resident, Instant expiresAt) {
	}

}
