package nl.doorbraak.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Organisation.Kind;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.report.Report.Content;
import nl.doorbraak.report.ReportEvents.ReportMade;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The months of municipalities, regions and the desk, made on the first working day after
 * each, and their years, made when a reader asks. What was made does not change.
 */
@Service
public class Reports {

	/** Who reads the reports of a body, by what it is. */
	private static final Map<Kind, List<Function>> READERS = Map.of(Kind.MUNICIPALITY,
			List.of(Function.DIRECTOR, Function.ALDERMAN), Kind.REGION, List.of(Function.PROCESS_DIRECTOR), Kind.DESK,
			List.of(Function.DESK_OFFICER));

	/** How far back what was missed is made. */
	private static final int MONTHS_BACK = 12;

	private final JdbcClient db;

	private final Counting counting;

	private final Directory directory;

	private final CaseFiles files;

	private final Terms terms;

	private final Clock clock;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final LocalTime from;

	private final ObjectMapper json = new ObjectMapper();

	Reports(JdbcClient db, Counting counting, Directory directory, CaseFiles files, Terms terms, Clock clock,
			TransactionOperations transactions, ApplicationEventPublisher events,
			@Value("${doorbraak.alert.digest-from:07:30}") LocalTime from) {
		this.db = db;
		this.counting = counting;
		this.directory = directory;
		this.files = files;
		this.terms = terms;
		this.clock = clock;
		this.transactions = transactions;
		this.events = events;
		this.from = from;
	}

	/** Functions that may read a report of any body. */
	public static Set<Function> readers() {
		return READERS.values().stream().flatMap(List::stream).collect(Collectors.toSet());
	}

	/** Who reads the reports of a body. */
	public static List<Function> readers(Organisation body) {
		return READERS.getOrDefault(body.kind(), List.of());
	}

	@Scheduled(initialDelayString = "${doorbraak.report.every:60s}", fixedDelayString = "${doorbraak.report.every:60s}")
	void poll() {
		makeDue();
	}

	/**
	 * Makes what is missing, once the first working day of a month has begun: the month
	 * before for everybody, and earlier ones that were missed. Only of the month before
	 * the readers are told.
	 */
	int makeDue() {
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		LocalDate first = this.terms.workingDay(today.withDayOfMonth(1).minusDays(1), 1);
		boolean due = today.isAfter(first)
				|| today.equals(first) && !now.atZone(DutchTime.ZONE).toLocalTime().isBefore(this.from);
		YearMonth last = YearMonth.from(today).minusMonths(due ? 1 : 2);
		Set<String> made = this.db.sql("select organisation_id || ' ' || period from doorbraak.report")
			.query(String.class)
			.set();
		List<Organisation> all = this.directory.allOrganisations();
		Map<String, Instant> firstCases = this.counting.firstCases();
		return all.stream().filter((body) -> READERS.containsKey(body.kind()) && body.connected()).mapToInt((body) -> {
			Optional<Instant> firstCase = Stream.of(towns(body, all))
				.map(firstCases::get)
				.filter(Objects::nonNull)
				.min(Comparator.naturalOrder());
			return IntStream.range(0, MONTHS_BACK)
				.map((back) -> MONTHS_BACK - 1 - back)
				.filter((back) -> firstCase.filter(Period.of(last.minusMonths(back)).ends()::isAfter).isPresent())
				.filter((back) -> !made.contains(body.id() + " " + Period.of(last.minusMonths(back))))
				.map((back) -> make(body, Period.of(last.minusMonths(back)), Actor.TIMER, due && back == 0) ? 1 : 0)
				.sum();
		}).sum();
	}

	/** False where there is nothing to report, or somebody did. */
	private boolean make(Organisation body, Period period, String actor, boolean told) {
		return Boolean.TRUE.equals(this.transactions.execute((tx) -> {
			String[] towns = towns(body);
			if (!this.counting.hasAny(towns, period)) {
				return false;
			}
			Locks.alone(this.db, "report " + body.id() + " " + period);
			Optional<Long> id = this.db
				.sql("""
						insert into doorbraak.report (organisation_id, period, made_by, made_at, content)
						values (:body, :period, :actor, :now, cast(:content as jsonb)) on conflict do nothing returning id""")
				.param("body", body.id())
				.param("period", period.code())
				.param("actor", actor)
				.param("now", Timestamp.from(this.clock.instant()))
				.param("content", write(this.counting.count(towns, period)))
				.query(Long.class)
				.optional();
			id.ifPresent((report) -> {
				this.counting.keepStuck(report, towns, period);
				this.events.publishEvent(new ReportMade(actor, body.id(), period.code(), told));
			});
			return id.isPresent();
		}));
	}

	/** Ids of the municipalities whose cases a body reports on. */
	private String[] towns(Organisation body) {
		return towns(body, this.directory.allOrganisations());
	}

	private static String[] towns(Organisation body, List<Organisation> all) {
		return all.stream().filter((each) -> each.kind() == Kind.MUNICIPALITY).filter((each) -> switch (body.kind()) {
			case MUNICIPALITY -> each.id().equals(body.id());
			case REGION -> body.id().equals(each.region());
			default -> true;
		}).map(Organisation::id).toArray(String[]::new);
	}

	/** What the officer may read, the newest first; of each body its years on top. */
	@Transactional(readOnly = true)
	public List<Report> readableBy(String login) {
		return bodies(login).flatMap((body) -> this.db
			.sql("select * from doorbraak.report where organisation_id = :body order by length(period), period desc")
			.param("body", body.id())
			.query((row, n) -> report(row))
			.list()
			.stream()).toList();
	}

	/** The last month of each body whose reports the officer reads. */
	@Transactional(readOnly = true)
	public Map<Organisation, Report> lastMonths(String login) {
		Map<Organisation, Report> last = new LinkedHashMap<>();
		bodies(login).forEach((body) -> this.db.sql(
				"select * from doorbraak.report where organisation_id = :body and period like '%-%' order by period desc limit 1")
			.param("body", body.id())
			.query((row, n) -> report(row))
			.optional()
			.ifPresent((report) -> last.put(body, report)));
		return last;
	}

	/** The bodies whose reports the officer reads. */
	public Stream<Organisation> bodies(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> readers(this.directory.getOrganisation(post.organisation())).contains(post.function()))
			.map((post) -> this.directory.getOrganisation(post.organisation()))
			.distinct();
	}

	/** Years that are over, that can be reported and were not. */
	@Transactional(readOnly = true)
	public List<Integer> yearsToMake(String login, String body) {
		Organisation own = own(login, body);
		int now = DutchTime.day(this.clock.instant()).getYear();
		Set<String> made = this.db.sql("select period from doorbraak.report where organisation_id = :body")
			.param("body", body)
			.query(String.class)
			.set();
		return IntStream.rangeClosed(1, 3)
			.map((back) -> now - back)
			.filter((year) -> !made.contains(String.valueOf(year))
					&& this.counting.hasAny(towns(own), new Period(year, 0)))
			.boxed()
			.toList();
	}

	/**
	 * Makes the report of a year.
	 * @throws Refused who does not read of this body (404), when the year is not over or
	 * had no case (400), or it was made (409)
	 */
	@Transactional
	public void makeYear(String login, String body, int year) {
		Organisation own = own(login, body);
		Period period = Period.find(String.valueOf(year))
			.filter((each) -> !each.ends().isAfter(this.clock.instant()))
			.filter((each) -> this.counting.hasAny(towns(own), each))
			.orElseThrow(() -> Refused.invalid("report-year",
					"Kies een jaar dat voorbij is, en waarin er een casus was.", "year"));
		if (!make(own, period, login, false)) {
			throw Refused.conflict("report-made", "Dit jaarverslag is er al. Wat er staat, verandert niet meer.");
		}
	}

	/**
	 * One report.
	 * @throws Refused (404) who does not read of this body, or when there is none
	 */
	@Transactional(readOnly = true)
	public Report get(String login, String body, String period) {
		own(login, body);
		return this.db.sql("select * from doorbraak.report where organisation_id = :body and period = :period")
			.param("body", body)
			.param("period", Period.find(period).map(Period::code).orElseThrow(Refused::notFound))
			.query((row, n) -> report(row))
			.optional()
			.orElseThrow(Refused::notFound);
	}

	/** Which cases were stuck at its end, of those that the reader is on. */
	@Transactional(readOnly = true)
	public List<Stuck> stuck(String login, Report report) {
		return this.db
			.sql("""
					select c.number, s.without_lead, s.overdue from doorbraak.report_case s join doorbraak.case_file c on c.id = s.case_id
					where s.report_id = :report and c.id in (select p.case_id from doorbraak.case_participant p
					  where p.officer_login = :login or exists (select 1 from doorbraak.post o where o.officer_login = :login
					    and o.organisation_id = p.body_id and o.function = p.function))
					order by c.number""")
			.param("report", report.id())
			.param("login", login)
			.query((row, n) -> new Stuck(row.getString(1), row.getBoolean(2), row.getBoolean(3)))
			.list()
			.stream()
			.filter((each) -> this.files.isOn(login, each.number()))
			.toList();
	}

	private Organisation own(String login, String body) {
		return bodies(login).filter((each) -> each.id().equals(body)).findFirst().orElseThrow(Refused::notFound);
	}

	private Report report(ResultSet row) throws SQLException {
		return new Report(row.getLong("id"), row.getString("organisation_id"), Period.of(row.getString("period")),
				row.getString("made_by"), row.getTimestamp("made_at").toInstant(), read(row.getString("content")));
	}

	private String write(Content content) {
		try {
			return this.json.writeValueAsString(content);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A report cannot be written", ex);
		}
	}

	private Content read(String content) {
		try {
			return this.json.readValue(content, Content.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A report cannot be read", ex);
		}
	}

	/** A case that was stuck. */
	public record Stuck(String number, boolean withoutLead, boolean overdue) {
	}

}
