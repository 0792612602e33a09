package nl.doorbraak.overview;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.CaseLines;
import nl.doorbraak.audit.CaseLines.Period;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Occupant;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The record of cases as an object-centric event log (OCEL 2.0, JSON), for analysis
 * elsewhere. Codes only: nobody's name or login, but the functions that somebody had at
 * that moment. Written as it is read, so that it may be of any size.
 */
@Service
public class OcelExport {

	private static final String CASE = "casus";

	private static final String ORGANISATION = "organisatie";

	private static final String MANDATE = "mandaat";

	private static final String TASK = "taak";

	/** The act of a form that was filled in: what the record knows of a task. */
	private static final String FORM_FILLED_IN = "entryRecorded";

	private static final Set<String> ORGANISATIONS = Set.of("organisation", "body", "agency", "municipality",
			"referredTo");

	/** Of no use elsewhere, or not a code. */
	private static final Set<String> LEFT_OUT = Set.of("contentHash", "proposalHash", "messageId", "costCentre",
			"proposal", "request", "document", "objection", "consultation", "backing", "roundTable", "compartment");

	private static final Pattern PEOPLE = Pattern.compile("person|recipient|deputy|deputyFor|before|reader|actor");

	private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.,:+_-]{0,99}");

	private static final Pattern POST = Pattern.compile("[A-Za-z]+@[A-Z0-9]{2,12}");

	private static final String NOBODY_KNOWN = "unknown";

	private final ObjectMapper json = new ObjectMapper();

	private final CaseLines lines;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	OcelExport(CaseLines lines, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.lines = lines;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Writes down that somebody takes these days with them; one line for each
	 * municipality.
	 * @return what to hand over
	 * @throws Refused when these are no days that have begun, in order (400)
	 */
	@Transactional
	public Period take(String login, Collection<String> municipalities, @Nullable LocalDate firstDay,
			@Nullable LocalDate lastDay) {
		Instant now = this.clock.instant();
		if (firstDay == null || firstDay.getYear() < 2000) {
			throw noPeriod("van");
		}
		if (lastDay == null || firstDay.isAfter(lastDay) || lastDay.isAfter(DutchTime.day(now))) {
			throw noPeriod("tot");
		}
		Instant from = firstDay.atStartOfDay(DutchTime.ZONE).toInstant();
		Instant end = lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		Instant until = end.isAfter(now) ? now : end;
		for (String municipality : municipalities) {
			long count = this.lines.count(new Period(Set.of(municipality), from, until));
			this.events.publishEvent(new ExportMade(login, "ocel", municipality, firstDay, lastDay, count));
		}
		return new Period(municipalities, from, until);
	}

	private static Refused noPeriod(String field) {
		return Refused.invalid("export-period",
				"Kies een eerste en een laatste dag: niet later dan vandaag, en de eerste niet na de laatste.", field);
	}

	/** Writes the log; everything in it as it is at one moment. */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public void write(Period period, OutputStream out) throws IOException {
		Log log = new Log(this.directory.allOrganisations(), this.lines.mandates(period), this.directory.allOccupants(),
				this.clock.instant());
		try (JsonGenerator to = this.json.createGenerator(out)) {
			to.writeStartObject();
			log.objects(to, period);
			log.events(to, period);
			log.types(to);
			to.writeEndObject();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/** One log while it is written: what it declares at its end. */
	private final class Log {

		private final List<Organisation> organisations;

		private final Set<String> organisationIds;

		private final Set<String> mandates;

		private final Map<String, List<Occupant>> posts;

		private final String now;

		private final Map<String, Map<String, String>> eventTypes = new TreeMap<>();

		Log(List<Organisation> organisations, List<String> mandates, List<Occupant> occupants, Instant now) {
			this.organisations = organisations;
			this.organisationIds = organisations.stream().map(Organisation::id).collect(Collectors.toSet());
			this.mandates = Set.copyOf(mandates);
			this.posts = occupants.stream().collect(Collectors.groupingBy(Occupant::login));
			this.now = now.toString();
		}

		void objects(JsonGenerator to, Period period) throws IOException {
			to.writeArrayFieldStart("objects");
			for (Organisation each : this.organisations) {
				object(to, id(ORGANISATION, each.id()), ORGANISATION,
						codes("kind", each.kind().name().toLowerCase(Locale.ROOT)), this.now, Map.of());
			}
			for (String each : this.mandates) {
				object(to, id(MANDATE, each), MANDATE, Map.of(), this.now, Map.of());
			}
			OcelExport.this.lines.cases(period,
					(each) -> unchecked(() -> object(to, each.number(), CASE,
							codes("state", each.state(), "outcome", each.outcome(), "threat", each.threat()), this.now,
							Map.of("municipality", id(ORGANISATION, each.municipality())))));
			OcelExport.this.lines.each(period, FORM_FILLED_IN,
					(line) -> unchecked(
							() -> object(to, task(line), TASK, codes("form", read(line).path("form").asText()),
									line.at().toString(), Map.of("case", line.chain()))));
			to.writeEndArray();
		}

		void events(JsonGenerator to, Period period) throws IOException {
			to.writeArrayFieldStart("events");
			OcelExport.this.lines.each(period, (line) -> unchecked(() -> event(to, line)));
			to.writeEndArray();
		}

		private void event(JsonGenerator to, AuditLine line) throws IOException {
			Map<String, String> relations = new TreeMap<>(Map.of("case", line.chain()));
			Map<String, String> declared = this.eventTypes.computeIfAbsent(line.act(), (act) -> new TreeMap<>());
			to.writeStartObject();
			to.writeStringField("id", line.chain() + ":" + line.number());
			to.writeStringField("type", line.act());
			to.writeStringField("time", line.at().toString());
			to.writeArrayFieldStart("attributes");
			declared.put("by", "string");
			attribute(to, "by", who(line.actor(), line.at()), null);
			for (Map.Entry<String, JsonNode> fact : read(line).properties()) {
				String key = fact.getKey();
				String value = value(key, fact.getValue(), line.at());
				if (value == null) {
					continue;
				}
				declared.merge(key, type(key, fact.getValue(), value),
						(one, other) -> one.equals(other) ? one : "string");
				attribute(to, key, value, null);
				if (ORGANISATIONS.contains(key) && this.organisationIds.contains(value)) {
					relations.put(key, id(ORGANISATION, value));
				}
				else if (key.equals("mandate") && this.mandates.contains(value)) {
					relations.put(key, id(MANDATE, value));
				}
			}
			to.writeEndArray();
			if (line.act().equals(FORM_FILLED_IN)) {
				relations.put("task", task(line));
			}
			relations(to, relations);
			to.writeEndObject();
		}

		private @Nullable String value(String key, JsonNode fact, Instant at) {
			if (LEFT_OUT.contains(key)) {
				return null;
			}
			if (fact.isArray()) {
				StringBuilder all = new StringBuilder();
				fact.forEach((each) -> {
					if (POST.matcher(each.asText()).matches()) {
						all.append(all.isEmpty() ? "" : ",").append(each.asText());
					}
				});
				return all.isEmpty() ? null : all.toString();
			}
			String text = fact.asText();
			if (PEOPLE.matcher(key).matches() || this.posts.containsKey(text)) {
				return who(text.replaceFirst("^sms:", ""), at);
			}
			return CODE.matcher(text).matches() || POST.matcher(text).matches() ? text : null;
		}

		/** The functions that somebody had then. */
		private String who(String login, Instant at) {
			if (Set.of(Actor.TIMER, Actor.SOFTWARE, Actor.LINK).contains(login)) {
				return login.substring(1);
			}
			List<Occupant> all = this.posts.getOrDefault(login, List.of());
			List<Occupant> then = all.stream().filter((each) -> each.isAt(at)).toList();
			String posts = then.stream()
				.map((each) -> each.function().code() + "@" + each.organisation())
				.sorted()
				.distinct()
				.collect(Collectors.joining("+"));
			return posts.isEmpty() ? NOBODY_KNOWN : posts;
		}

		void types(JsonGenerator to) throws IOException {
			to.writeArrayFieldStart("objectTypes");
			type(to, CASE, Map.of("state", "string", "outcome", "string", "threat", "string"));
			type(to, ORGANISATION, Map.of("kind", "string"));
			type(to, MANDATE, Map.of());
			type(to, TASK, Map.of("form", "string"));
			to.writeEndArray();
			to.writeArrayFieldStart("eventTypes");
			for (Map.Entry<String, Map<String, String>> each : this.eventTypes.entrySet()) {
				type(to, each.getKey(), each.getValue());
			}
			to.writeEndArray();
		}

	}

	private JsonNode read(AuditLine line) throws IOException {
		return this.json.readTree(line.facts());
	}

	private static String id(String type, String id) {
		return type + ":" + id;
	}

	private static String task(AuditLine line) {
		return id(TASK, line.chain() + ":" + line.number());
	}

	private static Map<String, String> codes(@Nullable String... pairs) {
		Map<String, String> codes = new TreeMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			String value = pairs[i + 1];
			if (value != null) {
				codes.put(String.valueOf(pairs[i]), value);
			}
		}
		return codes;
	}

	private static String type(String key, JsonNode fact, String value) {
		if (fact.isBoolean()) {
			return "boolean";
		}
		if (fact.isIntegralNumber()) {
			return "integer";
		}
		return (key.endsWith("At") && isMoment(value)) ? "time" : "string";
	}

	private static boolean isMoment(String value) {
		try {
			Instant.parse(value);
			return true;
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

	private static void object(JsonGenerator to, String id, String type, Map<String, String> attributes, String at,
			Map<String, String> relations) throws IOException {
		to.writeStartObject();
		to.writeStringField("id", id);
		to.writeStringField("type", type);
		to.writeArrayFieldStart("attributes");
		for (Map.Entry<String, String> each : attributes.entrySet()) {
			attribute(to, each.getKey(), each.getValue(), at);
		}
		to.writeEndArray();
		relations(to, relations);
		to.writeEndObject();
	}

	private static void attribute(JsonGenerator to, String name, String value, @Nullable String at) throws IOException {
		to.writeStartObject();
		to.writeStringField("name", name);
		to.writeStringField("value", value);
		if (at != null) {
			to.writeStringField("time", at);
		}
		to.writeEndObject();
	}

	private static void relations(JsonGenerator to, Map<String, String> relations) throws IOException {
		to.writeArrayFieldStart("relationships");
		for (Map.Entry<String, String> each : relations.entrySet()) {
			to.writeStartObject();
			to.writeStringField("objectId", each.getValue());
			to.writeStringField("qualifier", each.getKey());
			to.writeEndObject();
		}
		to.writeEndArray();
	}

	private static void type(JsonGenerator to, String name, Map<String, String> attributes) throws IOException {
		to.writeStartObject();
		to.writeStringField("name", name);
		to.writeArrayFieldStart("attributes");
		for (Map.Entry<String, String> each : new TreeMap<>(attributes).entrySet()) {
			to.writeStartObject();
			to.writeStringField("name", each.getKey());
			to.writeStringField("type", each.getValue());
			to.writeEndObject();
		}
		to.writeEndArray();
		to.writeEndObject();
	}

	private static void unchecked(Writing writing) {
		try {
			writing.write();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Writing {

		void write() throws IOException;

	}

}
