package nl.doorbraak.privacy;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Trace;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The processing log, in the shape of <i>Logboek Dataverwerkingen</i> 1.0.0: a line for
 * each reading and one under it for each resident whom it concerned, in the transaction
 * of the reading. Nothing is sampled, nothing names a reader: who read stands in the
 * audit, in the line that names the same span.
 */
@Service
public class ProcessingLog {

	/** So many days at once, so that a download has an end. */
	private static final int LONGEST_PERIOD = 366;

	private static final int AT_ONCE = 2000;

	private static final String OF_PERIOD = """
			from doorbraak.processing_log
			where municipality_id = any (:municipalities) and start_time >= :from and start_time < :until
			""";

	private static final ObjectMapper JSON = JsonMapper.builder().build();

	private final JdbcClient db;

	private final CaseFiles files;

	private final Residents residents;

	private final ResidentCodes codes;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final URI register;

	ProcessingLog(JdbcClient db, CaseFiles files, Residents residents, ResidentCodes codes, Directory directory,
			Clock clock, ApplicationEventPublisher events, PrivacySettings settings,
			@Value("${doorbraak.address}") URI address) {
		this.db = db;
		this.files = files;
		this.residents = residents;
		this.codes = codes;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
		this.register = Objects.requireNonNullElseGet(settings.register(), () -> address.resolve("/verwerkingen"));
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	void record(CaseRead read) {
		Instant start = this.clock.instant();
		Trace trace = Trace.current();
		Long self = read.resident();
		List<String> people = (self != null) ? this.residents.concerned(self)
				: this.residents.concerned(read.number(), read.actor());
		List<String> spans = new ArrayList<>(List.of(read.span()));
		List<@Nullable String> subjects = new ArrayList<>();
		subjects.add(null);
		people.forEach((person) -> {
			spans.add(Trace.random(16));
			subjects.add(this.codes.code("resident", person));
		});
		this.db
			.sql("""
					insert into doorbraak.processing_log (trace_id, span_id, parent_span_id, foreign_span_id, name, start_time,
					  end_time, status, municipality_id, processing_activity_id, data_subject_id, data_subject_id_type)
					select :trace, span, case when subject is null then null else :read end,
					  case when subject is null then :foreign end, :name, :start, :end, 'Ok', :municipality, :activity, subject,
					  case when subject is not null then :type end
					from unnest(cast(:spans as text[]), cast(:subjects as text[])) as line (span, subject)""")
			.param("trace", trace.id())
			.param("read", read.span())
			.param("foreign", trace.caller(), java.sql.Types.VARCHAR)
			.param("name", read.part())
			.param("start", Timestamp.from(start))
			.param("end", Timestamp.from(this.clock.instant()))
			.param("municipality", this.files.get(read.number()).municipality())
			.param("activity", this.register + "#" + ProcessingActivity.of(read.purpose(), read.part()).id())
			.param("type", this.register + "#inwonercode")
			.param("spans", spans.toArray(String[]::new))
			.param("subjects", subjects.toArray(String[]::new))
			.update();
	}

	/** How much there is in a period, in the municipalities that somebody audits. */
	@Transactional(readOnly = true)
	public Count count(String login, Period period) {
		return this.db.sql("select count(*), count(*) filter (where data_subject_id is null) " + OF_PERIOD)
			.params(parameters(login, period))
			.query((row, n) -> new Count(row.getLong(1), row.getLong(2)))
			.single();
	}

	/**
	 * Every line of a period in the municipalities that somebody audits, oldest first,
	 * each as a line of JSON; that they were taken is recorded.
	 */
	@Transactional
	public void take(String login, Period period, Consumer<String> lines) {
		Map<String, Object> parameters = parameters(login, period);
		long after = 0;
		long taken = 0;
		List<Line> some;
		do {
			some = this.db.sql("select * " + OF_PERIOD + " and id > :after order by id limit " + AT_ONCE)
				.params(parameters)
				.param("after", after)
				.query((row, n) -> line(row))
				.list();
			for (Line line : some) {
				lines.accept(line.json());
				after = line.id();
			}
			taken += some.size();
		}
		while (some.size() == AT_ONCE);
		this.events.publishEvent(new ProcessingLogTaken(login, period.from(), period.until(), taken));
	}

	private Map<String, Object> parameters(String login, Period period) {
		Set<String> audited = this.directory.posts(login)
			.stream()
			.filter((post) -> post.function() == Function.AUDITOR)
			.map(Post::organisation)
			.collect(Collectors.toSet());
		return Map.of("municipalities", audited.toArray(String[]::new), "from",
				Timestamp.from(period.from().atStartOfDay(DutchTime.ZONE).toInstant()), "until",
				Timestamp.from(period.until().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant()));
	}

	private static Line line(ResultSet row) throws SQLException {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("dpl.core.processing_activity_id", row.getString("processing_activity_id"));
		putUnlessNull(attributes, "dpl.core.data_subject_id", row.getString("data_subject_id"));
		putUnlessNull(attributes, "dpl.core.data_subject_id_type", row.getString("data_subject_id_type"));
		String foreign = row.getString("foreign_span_id");
		if (foreign != null) {
			attributes.put("dpl.core.foreign_operation.trace_id", row.getString("trace_id"));
			attributes.put("dpl.core.foreign_operation.span_id", foreign);
		}
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("trace_id", row.getString("trace_id"));
		line.put("span_id", row.getString("span_id"));
		putUnlessNull(line, "parent_span_id", row.getString("parent_span_id"));
		line.put("name", row.getString("name"));
		line.put("start_time", row.getTimestamp("start_time").toInstant().toString());
		line.put("end_time", row.getTimestamp("end_time").toInstant().toString());
		line.put("status", row.getString("status"));
		line.put("resource", Map.of("attributes",
				Map.of("service.name", "doorbraak", "organisation", row.getString("municipality_id"))));
		line.put("attributes", attributes);
		try {
			return new Line(row.getLong("id"), JSON.writeValueAsString(line));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line of the processing log is plain text", ex);
		}
	}

	private static void putUnlessNull(Map<String, Object> map, String key, @Nullable String value) {
		if (value != null) {
			map.put(key, value);
		}
	}

	private record Line(long id, String json) {
	}

	/**
	 * How many lines there are.
	 *
	 * @param reads those of a reading itself
	 */
	public record Count(long lines, long reads) {
	}

	/** Days, both of which count. */
	public record Period(LocalDate from, LocalDate until) {

		public Period {
			if (from.isAfter(until) || from.plusDays(LONGEST_PERIOD).isBefore(until)) {
				throw Refused.invalid("period",
						"Kies een eerste en een laatste dag, niet meer dan een jaar uit elkaar.");
			}
		}

	}

	/** An auditor took the lines of a period. */
	public record ProcessingLogTaken(String actor, LocalDate fromDate, LocalDate untilDate,
			long lines) implements RecordedEvent {

		@Override
		public String chain() {
			return "processing-log";
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("fromDate", this.fromDate, "untilDate", this.untilDate, "lines", this.lines);
		}

	}

}
