package nl.doorbraak.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.RoundTableCancelled;
import nl.doorbraak.casefile.CaseEvents.RoundTableMoved;
import nl.doorbraak.casefile.CaseEvents.RoundTablePlanned;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The meeting of the people of a case: planned, moved and cancelled by who works on it.
 * At most one is still to come.
 */
@Service
public class RoundTables {

	/** What somebody chooses who need not come to one place. */
	public static final String ONLINE = "online";

	private static final Duration WORKING_DAY = Duration.ofHours(8);

	private static final Duration FARTHEST = Duration.ofDays(366);

	private static final int LONGEST_LINE = 300;

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	RoundTables(JdbcClient db, CaseFiles files, Writing writing, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** The one that is still to come, or goes on now. */
	@Transactional(readOnly = true)
	public Optional<RoundTable> coming(String number) {
		return this.db.sql("""
				select t.*, c.number from doorbraak.round_table t join doorbraak.case_file c on c.id = t.case_id
				where c.number = :number order by t.id desc limit 1""")
			.param("number", number)
			.query((row, n) -> roundTable(row))
			.optional()
			.filter((table) -> !table.cancelled() && table.endsAt().isAfter(this.clock.instant()));
	}

	/** One as it once stood. */
	@Transactional(readOnly = true)
	public RoundTable get(UUID uid, int sequence) {
		return this.db.sql("""
				select t.*, c.number from doorbraak.round_table t join doorbraak.case_file c on c.id = t.case_id
				where t.uid = :uid and t.sequence = :sequence""")
			.param("uid", uid)
			.param("sequence", sequence)
			.query((row, n) -> roundTable(row))
			.single();
	}

	/**
	 * Plans it, or moves the one that is still to come. The same once more changes
	 * nothing.
	 * @throws Refused who does not work on the case (403, 404), when the case is closed
	 * or somebody changed it meanwhile (409), or when it cannot be (400)
	 */
	@Transactional
	public void plan(String login, String number, Plan plan) {
		CaseFile file = open(login, number);
		RoundTable before = coming(number).orElse(null);
		RoundTable next = checked(file, plan, before);
		String place = place(plan.place());
		if (before != null && isSame(before, next) && place.equals(writtenPlace(before))) {
			return;
		}
		if (plan.sequence() != ((before != null) ? before.sequence() : -1)) {
			throw Refused.conflict("round-table-changed",
					"Iemand heeft de rondetafel intussen gepland, verplaatst of afgezegd. Open de pagina opnieuw, en kijk of uw wijziging nog nodig is.");
		}
		write(login, number, "plan-round-table", next, place);
		long entry = this.writing.latestOfCase(number, "plan-round-table").orElseThrow().id();
		keep(file, next, entry, login);
		this.events.publishEvent((before == null)
				? new RoundTablePlanned(number, login, next.uid(), next.sequence(), next.beginsAt(), next.endsAt())
				: new RoundTableMoved(number, login, next.uid(), next.sequence(), next.beginsAt(), next.endsAt()));
	}

	/**
	 * Cancels the one that is still to come.
	 * @throws Refused who does not work on the case (403, 404), or when there is none
	 * (409)
	 */
	@Transactional
	public void cancel(String login, String number) {
		CaseFile file = open(login, number);
		RoundTable table = coming(number).orElseThrow(() -> Refused.conflict("no-round-table",
				"Er is geen rondetafel die nog komt. Misschien heeft iemand haar al afgezegd."));
		write(login, number, "cancel-round-table", table, "");
		cancel(file, table, login);
	}

	/** Nobody comes together about a case that is closed. */
	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void cancel(CaseClosed event) {
		coming(event.number()).ifPresent((table) -> cancel(this.files.get(event.number()), table, Actor.SOFTWARE));
	}

	/** What was written about its place; empty when nothing was. */
	@Transactional(readOnly = true)
	public String writtenPlace(RoundTable table) {
		Long entry = table.entry();
		return (entry != null) ? Objects.requireNonNullElse(this.files.written(table.number(), entry, "place"), "")
				: "";
	}

	private void cancel(CaseFile file, RoundTable table, String actor) {
		RoundTable cancelled = new RoundTable(table.uid(), table.sequence() + 1, table.number(), table.beginsAt(),
				table.endsAt(), table.host(), table.guests(), table.entry(), true, this.clock.instant());
		keep(file, cancelled, table.entry(), actor);
		this.events.publishEvent(new RoundTableCancelled(table.number(), actor, table.uid(), cancelled.sequence()));
	}

	private CaseFile open(String login, String number) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("case-closed",
					"Deze casus is niet open. Een rondetafel plant, verplaatst of zegt u alleen af zolang de casus loopt.");
		}
		return file;
	}

	private RoundTable checked(CaseFile file, Plan plan, @Nullable RoundTable before) {
		LocalDate day = plan.day();
		LocalTime begin = plan.begin();
		LocalTime end = plan.end();
		if (day == null || begin == null || end == null) {
			throw Refused.invalid("round-table-time",
					"Vul in op welke dag de rondetafel is, hoe laat zij begint en hoe laat zij eindigt.",
					(day == null) ? "day" : (begin == null) ? "begin" : "end");
		}
		Instant now = this.clock.instant();
		if (!isOneMoment(day.atTime(begin)) || !isOneMoment(day.atTime(end))) {
			throw Refused.invalid("round-table-time",
					"In die nacht wordt de klok verzet: dit tijdstip bestaat niet, of twee keer. Kies een andere tijd.",
					isOneMoment(day.atTime(begin)) ? "end" : "begin");
		}
		Instant beginsAt = day.atTime(begin).atZone(DutchTime.ZONE).toInstant();
		Instant endsAt = day.atTime(end).atZone(DutchTime.ZONE).toInstant();
		if (!beginsAt.isAfter(now) || beginsAt.isAfter(now.plus(FARTHEST))) {
			throw Refused.invalid("round-table-time", "Kies een moment dat nog komt, en binnen een jaar.", "day");
		}
		if (!endsAt.isAfter(beginsAt)) {
			throw Refused.invalid("round-table-time",
					"De rondetafel eindigt vóór het begin. Kies een eindtijd na de begintijd, op dezelfde dag.", "end");
		}
		if (Duration.between(beginsAt, endsAt).compareTo(WORKING_DAY) > 0) {
			throw Refused.invalid("round-table-time",
					"Een rondetafel duurt hoogstens een werkdag van acht uur. Kies een kortere tijd.", "end");
		}
		return new RoundTable((before != null) ? before.uid() : UUID.randomUUID(),
				(before != null) ? before.sequence() + 1 : 0, file.number(), beginsAt, endsAt, host(plan.where()),
				guests(file.number(), plan.guests()), null, false, now);
	}

	private static boolean isOneMoment(LocalDateTime local) {
		return DutchTime.ZONE.getRules().getValidOffsets(local).size() == 1;
	}

	private @Nullable String host(String where) {
		if (where.equals(ONLINE)) {
			return null;
		}
		return this.directory.allOrganisations()
			.stream()
			.map(Organisation::id)
			.filter(where::equals)
			.findFirst()
			.orElseThrow(() -> Refused.invalid("round-table-where",
					"Kies waar de rondetafel is: online, of bij een organisatie uit de lijst.", "where"));
	}

	private List<String> guests(String number, List<String> chosen) {
		List<String> guests = chosen.stream().distinct().sorted().toList();
		if (guests.isEmpty()) {
			throw Refused.invalid("round-table-guests", "Kies wie u uitnodigt: ten minste een deelnemer.", "guests");
		}
		if (!this.files.people(number).containsAll(guests)) {
			throw Refused.invalid("round-table-guests",
					"U kunt alleen uitnodigen wie nu aan de casus deelneemt. Open de pagina opnieuw, en kies uit de lijst.",
					"guests");
		}
		return guests;
	}

	private static String place(String place) {
		String said = place.strip();
		if (said.length() > LONGEST_LINE || !Storable.isStorable(said)
				|| said.chars().anyMatch(Character::isISOControl)) {
			throw Refused.invalid("round-table-place",
					"Schrijf in een regel waar het is, in hoogstens " + LONGEST_LINE + " tekens.", "place");
		}
		return said;
	}

	private static boolean isSame(RoundTable before, RoundTable next) {
		return before.beginsAt().equals(next.beginsAt()) && before.endsAt().equals(next.endsAt())
				&& Objects.equals(before.host(), next.host()) && before.guests().equals(next.guests());
	}

	private void write(String login, String number, String form, RoundTable table, String place) {
		List<Answer> answers = new ArrayList<>();
		answers.add(new Answer("when", "Wanneer?", table.beginsAt().toString(),
				DutchTime.period(table.beginsAt(), table.endsAt())));
		String host = table.host();
		String where = (host != null) ? this.directory.getOrganisation(host).name() : "Online";
		answers.add(new Answer("where", "Waar?", (host != null) ? host : ONLINE, where));
		if (!place.isEmpty()) {
			answers.add(new Answer("place", "Plaats of link", place, place));
		}
		String guests = table.guests().stream().map(this.directory::nameOf).collect(Collectors.joining(", "));
		answers.add(new Answer("guests", "Wie zijn uitgenodigd?", String.join(",", table.guests()), guests));
		this.writing.record(number, form, login, answers);
	}

	private void keep(CaseFile file, RoundTable table, @Nullable Long entry, String by) {
		this.db
			.sql("""
					insert into doorbraak.round_table (uid, sequence, case_id, begins_at, ends_at, host_id, guests, entry_id,
					  cancelled, made_by, made_at)
					values (:uid, :sequence, :caseId, :begins, :ends, :host, :guests, :entry, :cancelled, :by, :now)""")
			.param("uid", table.uid())
			.param("sequence", table.sequence())
			.param("caseId", file.id())
			.param("begins", Timestamp.from(table.beginsAt()))
			.param("ends", Timestamp.from(table.endsAt()))
			.param("host", table.host(), Types.VARCHAR)
			.param("guests", table.guests().toArray(String[]::new))
			.param("entry", entry, Types.BIGINT)
			.param("cancelled", table.cancelled())
			.param("by", by)
			.param("now", Timestamp.from(table.madeAt()))
			.update();
	}

	private static RoundTable roundTable(ResultSet row) throws SQLException {
		return new RoundTable(row.getObject("uid", UUID.class), row.getInt("sequence"), row.getString("number"),
				row.getTimestamp("begins_at").toInstant(), row.getTimestamp("ends_at").toInstant(),
				row.getString("host_id"), Arrays.asList((String[]) row.getArray("guests").getArray()),
				row.getObject("entry_id", Long.class), row.getBoolean("cancelled"),
				row.getTimestamp("made_at").toInstant());
	}

	/**
	 * What somebody fills in to plan or move it.
	 *
	 * @param where {@link #ONLINE} or the id of an organisation
	 * @param place in the planner's words: stays in the case file
	 * @param guests logins of who is invited
	 * @param sequence of the one that stood on the screen; -1 for none
	 */
	public record Plan(@Nullable LocalDate day, @Nullable LocalTime begin, @Nullable LocalTime end, String where,
			String place, List<String> guests, int sequence) {

		public Plan {
			guests = List.copyOf(guests);
		}

	}

}
