package nl.doorbraak.mandate;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.BackingEvents.BackingGiven;
import nl.doorbraak.mandate.BackingEvents.BackingWithdrawn;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Statements of backing (rugdekking): a director or alderman stands for who deviates.
 * Support, never a mandate: no check reads them. A statement is never changed, only
 * withdrawn.
 */
@Service
public class Backings {

	/** Who gives backing. */
	public static final Set<Function> GIVERS = Set.of(Function.DIRECTOR, Function.ALDERMAN);

	private static final int LONGEST_TEXT = 4000;

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Backings(JdbcClient db, CaseFiles files, Writing writing, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Gives backing on one case, which the person can see.
	 * @throws Refused who gives none (403), or is not on such a case of the own
	 * municipality (404); when the day is past or nothing is said (400)
	 */
	@Transactional
	public void giveOnCase(String login, String number, @Nullable LocalDate lastDay, String words) {
		Officer.Post giver = giver(login);
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.lock(number);
		if (!file.municipality().equals(giver.organisation())) {
			throw Refused.notFound();
		}
		String text = checked(lastDay, words);
		this.writing.record(number, "give-backing", login,
				List.of(new Answer("backing", "Waarin staat u achter wie hieraan werkt?", text, text)));
		long entry = this.writing.latestOfCase(number, "give-backing").orElseThrow().id();
		add(giver, login, number, entry, List.of(), null, null, lastDay);
	}

	/**
	 * Gives backing on a subject: life domains, a power, or both.
	 * @throws Refused who gives none (403); when there is no subject, the day is past or
	 * nothing is said (400)
	 */
	@Transactional
	public void giveOnSubject(String login, List<String> domains, @Nullable String power, @Nullable LocalDate lastDay,
			String words) {
		Officer.Post giver = giver(login);
		List<String> about = new LinkedHashSet<>(domains).stream()
			.map((code) -> Coded.find(LifeDomain.class, code).orElseThrow(Backings::noSubject).code())
			.toList();
		String use = (power != null) ? Coded.find(Power.class, power).orElseThrow(Backings::noSubject).code() : null;
		if (about.isEmpty() && use == null) {
			throw noSubject();
		}
		add(giver, login, null, null, about, use, checked(lastDay, words), lastDay);
	}

	private static Refused noSubject() {
		return Refused.invalid("subject", "Kies een of meer leefgebieden of een soort besluit uit de lijst.", "gebied");
	}

	private Officer.Post giver(String login) {
		return posts(login).stream()
			.filter((post) -> GIVERS.contains(post.function()))
			.findFirst()
			.orElseThrow(() -> Refused.forbidden("gives-no-backing",
					"Alleen een directeur of wethouder geeft rugdekking. Vraag het aan uw directeur."));
	}

	private List<Officer.Post> posts(String login) {
		return this.directory.findOfficer(login).map(Officer::posts).orElse(List.of());
	}

	private String checked(@Nullable LocalDate lastDay, String words) {
		if (lastDay != null && lastDay.isBefore(today())) {
			throw Refused.invalid("last-day", "Kies een dag vanaf vandaag, of laat de dag leeg.", "tot");
		}
		String text = words.strip();
		if (text.isEmpty() || text.length() > LONGEST_TEXT || !Storable.isStorable(text)) {
			throw Refused.invalid("words",
					"Schrijf waarin u rugdekking geeft, in hoogstens " + LONGEST_TEXT + " tekens.", "tekst");
		}
		return text;
	}

	private void add(Officer.Post giver, String login, @Nullable String number, @Nullable Long entry,
			List<String> domains, @Nullable String power, @Nullable String words, @Nullable LocalDate lastDay) {
		long id = this.db
			.sql("""
					insert into doorbraak.backing (municipality_id, given_by, given_as, given_at, case_number, entry_id,
					  life_domains, power, words, until_day)
					values (:municipality, :login, :function, :now, :number, :entry, :domains, :power, :words, :until) returning id""")
			.param("municipality", giver.organisation())
			.param("login", login)
			.param("function", giver.function().code())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("number", number)
			.param("entry", entry, Types.BIGINT)
			.param("domains", new SqlParameterValue(Types.ARRAY, domains.toArray(String[]::new)))
			.param("power", power)
			.param("words", words)
			.param("until", lastDay, Types.DATE)
			.query(Long.class)
			.single();
		this.events.publishEvent(new BackingGiven(number, login, id, giver.organisation(), giver.function().code(),
				domains, Objects.requireNonNullElse(power, ""), lastDay));
	}

	/**
	 * Withdraws a statement, which stays readable as withdrawn.
	 * @throws Refused when it is not of the own municipality (404), of another function
	 * (403) or withdrawn already (409)
	 */
	@Transactional
	public void withdraw(String login, long id) {
		Officer.Post giver = giver(login);
		Row found = rows(giver.organisation()).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (found.number() != null) {
			this.files.lock(found.number());
		}
		if (!mayWithdraw(login, found)) {
			throw Refused.forbidden("of-another-function",
					"Deze rugdekking gaf een ander. Alleen wie dezelfde functie heeft, trekt haar in.");
		}
		int added = this.db.sql("""
				insert into doorbraak.backing_withdrawal (backing_id, withdrawn_by, withdrawn_at)
				values (:id, :login, :now) on conflict do nothing""")
			.param("id", id)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		if (added == 0) {
			throw Refused.conflict("withdrawn-already", "Deze rugdekking is al ingetrokken. Ververs de pagina.");
		}
		this.events.publishEvent(
				new BackingWithdrawn(found.number(), login, id, giver.organisation(), giver.function().code()));
	}

	private boolean mayWithdraw(String login, Row row) {
		return posts(login).contains(new Officer.Post(row.givenAs(), row.municipality()));
	}

	/**
	 * Every statement of the reader's municipality, the newest first. The words on a case
	 * are for who is on it.
	 */
	@Transactional(readOnly = true)
	public List<Line> of(String login) {
		return rows(giver(login).organisation()).stream().map((row) -> line(row, login)).toList();
	}

	/**
	 * The statements that hold now and fit this case, for people of its municipality: on
	 * the case, or on a subject among its life domains and its power.
	 */
	@Transactional(readOnly = true)
	public List<Line> fitting(String login, CaseFile file) {
		if (posts(login).stream().noneMatch((post) -> post.organisation().equals(file.municipality()))) {
			return List.of();
		}
		Optional<String> power = this.writing.latestOfCase(file.number(), "make-plan")
			.map((plan) -> Objects.requireNonNullElse(plan.text("power"), Power.SCHEME.code()));
		return rows(file.municipality()).stream()
			.filter((row) -> row.holds(today()) && row.fits(file, power))
			.map((row) -> line(row, login))
			.toList();
	}

	private Line line(Row row, String login) {
		String number = row.number();
		Long entry = row.entry();
		String words = (number == null || entry == null) ? row.words()
				: this.files.isOn(login, number) ? this.files.written(number, entry, "backing") : null;
		return new Line(row.id(), row.givenBy(), row.givenAs(), row.givenAt(), number,
				row.domains().stream().map((code) -> Coded.of(LifeDomain.class, code)).toList(),
				Optional.ofNullable(row.power()).map((code) -> Coded.of(Power.class, code)).orElse(null), words,
				row.lastDay(), row.withdrawnBy(), row.withdrawnAt(), row.holds(today()),
				row.withdrawnAt() == null && mayWithdraw(login, row));
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	private List<Row> rows(String municipality) {
		return this.db.sql("""
				select b.*, w.withdrawn_by, w.withdrawn_at from doorbraak.backing b
				left join doorbraak.backing_withdrawal w on w.backing_id = b.id
				where b.municipality_id = :municipality order by b.id desc""")
			.param("municipality", municipality)
			.query((row, n) -> row(row))
			.list();
	}

	private static Row row(ResultSet row) throws SQLException {
		Date lastDay = row.getDate("until_day");
		Timestamp withdrawnAt = row.getTimestamp("withdrawn_at");
		return new Row(row.getLong("id"), row.getString("municipality_id"), row.getString("given_by"),
				Function.of(row.getString("given_as")), row.getTimestamp("given_at").toInstant(),
				row.getString("case_number"), (Long) row.getObject("entry_id"),
				Arrays.asList((String[]) row.getArray("life_domains").getArray()), row.getString("power"),
				row.getString("words"), (lastDay != null) ? lastDay.toLocalDate() : null, row.getString("withdrawn_by"),
				(withdrawnAt != null) ? withdrawnAt.toInstant() : null);
	}

	private record Row(long id, String municipality, String givenBy, Function givenAs, Instant givenAt,
			@Nullable String number, @Nullable Long entry, List<String> domains, @Nullable String power,
			@Nullable String words, @Nullable LocalDate lastDay, @Nullable String withdrawnBy,
			@Nullable Instant withdrawnAt) {

		boolean holds(LocalDate today) {
			return this.withdrawnAt == null && (this.lastDay == null || !this.lastDay.isBefore(today));
		}

		boolean fits(CaseFile file, Optional<String> uses) {
			if (this.number != null) {
				return this.number.equals(file.number());
			}
			return (this.domains.isEmpty() || this.domains.stream().anyMatch(file.lifeDomains()::contains))
					&& (this.power == null || uses.filter(this.power::equals).isPresent());
		}

	}

	/**
	 * One statement, as pages show it.
	 *
	 * @param number of the case; null of a statement on a subject
	 * @param domains names of the life domains; none of a statement on a case or a power
	 * @param words null where the reader is not on the case
	 * @param lastDay null: until it is withdrawn
	 * @param holds whether it holds now
	 * @param mayWithdraw whether the reader may withdraw it
	 */
	public record Line(long id, String givenBy, Function givenAs, Instant givenAt, @Nullable String number,
			List<LifeDomain> domains, @Nullable Power power, @Nullable String words, @Nullable LocalDate lastDay,
			@Nullable String withdrawnBy, @Nullable Instant withdrawnAt, boolean holds, boolean mayWithdraw) {

		public Line {
			domains = List.copyOf(domains);
		}

	}

}
