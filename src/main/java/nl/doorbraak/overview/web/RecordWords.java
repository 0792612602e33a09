package nl.doorbraak.overview.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.alert.AlertKind;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.learning.ObstacleKind;
import nl.doorbraak.mandate.Opinion;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.WalkedPath;
import nl.doorbraak.support.web.Labels;
import nl.doorbraak.support.web.PageWords.Words;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Says the lines of the record in words: the record itself holds codes only, and what has
 * no word here is not shown.
 */
@Component
class RecordWords {

	/** Numbers between the rooms, of no use to a reader. */
	static final Set<String> HIDDEN = Set.of("proposal", "request", "document", "objection", "consultation", "backing",
			"roundTable", "messageId", "other", "obstacle", "point", "discussion", "discussed", "example", "inspection",
			"finding", "caseNumber", "caseMark", "span", "resident", "residentLink", "http");

	/** Names that stand in the record as people say them. */
	private static final Set<String> NAMES = Set.of("mandate", "scheme", "costCentre", "period");

	private static final Set<String> ORGANISATIONS = Set.of("organisation", "body", "agency", "municipality",
			"referredTo");

	private static final Set<String> PEOPLE = Set.of("person", "recipient", "deputy", "deputyFor", "before", "reader");

	private static final Set<String> HASHES = Set.of("contentHash", "proposalHash");

	/** Before the recipient of a text message. */
	private static final String TEXT = "sms:";

	private static final int MARK_LENGTH = 8;

	/** A moment of the watch that comes again, with its number behind it. */
	private static final Pattern REPEATED = Pattern.compile("^(stillNobody|watch[A-Z][a-z]+)\\d+$");

	private static final List<Class<? extends Enum<?>>> CODES = List.of(Rung.class, Decision.class, Outcome.class,
			Threat.class, Power.class, Reservation.class, Function.class, AlertKind.class, AgencyAnswer.class,
			RefusalReason.class, Opinion.class, ObstacleKind.class);

	private final ObjectMapper json = new ObjectMapper();

	private final MessageSource messages;

	private final Labels labels;

	private final Directory directory;

	private final Clock clock;

	RecordWords(MessageSource messages, Labels labels, Directory directory, Clock clock) {
		this.messages = messages;
		this.labels = labels;
		this.directory = directory;
		this.clock = clock;
	}

	Line line(AuditLine line, Locale locale) {
		List<Fact> facts = new ArrayList<>();
		JsonNode all = read(line.facts());
		for (Map.Entry<String, JsonNode> fact : all.properties()) {
			if (!HIDDEN.contains(fact.getKey())) {
				value(line.act(), fact.getKey(), fact.getValue(), all, locale).ifPresent((value) -> facts
					.add(new Fact(message("record.fact." + fact.getKey(), locale).orElse(""), value)));
			}
		}
		return new Line(line.chain(), line.number(), line.at(), who(line.actor(), locale),
				message("record.act." + line.act(), locale).orElse(""), facts);
	}

	private JsonNode read(String facts) {
		try {
			return this.json.readTree(facts);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line of the record holds no JSON", ex);
		}
	}

	String who(String actor, Locale locale) {
		return switch (actor) {
			case Actor.TIMER -> message("record.timer", locale).orElseThrow();
			case Actor.LINK -> message("record.link", locale).orElseThrow();
			case Actor.SOFTWARE -> message("record.software", locale).orElseThrow();
			default -> this.directory.nameOf(actor);
		};
	}

	private Optional<String> value(String act, String key, JsonNode value, JsonNode all, Locale locale) {
		if (act.equals("refusalRecorded")) {
			return Optional.of(key.equals("door") ? door(value.asText(), locale)
					: refusal(value.asText(), all.path("http").asText(), locale));
		}
		if (value.isArray()) {
			return Optional.of(StreamSupport.stream(value.spliterator(), false)
				.map((each) -> post(each.asText(), locale))
				.collect(Collectors.joining("; ")));
		}
		return text(act, key, value.asText(), locale);
	}

	private String post(String functionAtOrganisation, Locale locale) {
		String[] parts = functionAtOrganisation.split("@");
		String function = message("record.value." + parts[0], locale)
			.or(() -> Coded.find(Function.class, parts[0]).map((found) -> this.labels.of(found, locale)))
			.orElse("");
		return function + ", " + organisation(parts[1]);
	}

	/** By its id when the directory knows it no longer. */
	private String organisation(String id) {
		Organisation known = this.directory.organisations(Set.of(id)).get(id);
		return (known != null) ? known.name() : id;
	}

	private Optional<String> text(String act, String key, String value, Locale locale) {
		Words words = new Words(locale, DutchTime.day(this.clock.instant()));
		if (value.isEmpty()) {
			return Optional.empty();
		}
		if (ORGANISATIONS.contains(key)) {
			return Optional.of(organisation(value));
		}
		if (PEOPLE.contains(key)) {
			return value.startsWith(TEXT)
					? Optional.of(this.messages.getMessage("record.byText",
							new Object[] { this.directory.nameOf(value.substring(TEXT.length())) }, locale))
					: Optional.of(this.directory.nameOf(value));
		}
		if (HASHES.contains(key)) {
			return Optional.of(value.substring(0, MARK_LENGTH));
		}
		if (key.endsWith("Cents")) {
			return Optional.of(words.euros(Long.parseLong(value)));
		}
		if (key.equals("code")) {
			return message("verdict." + value, locale);
		}
		if (key.endsWith("At")) {
			return Optional.of(words.deadline(Instant.parse(value)));
		}
		if (key.endsWith("On") || key.endsWith("Date")) {
			return Optional.of(words.date(LocalDate.parse(value)));
		}
		if (key.equals("items")) {
			return Optional.of(Stream.of(value.split(","))
				.flatMap((each) -> word(act, key, each, locale).stream())
				.collect(Collectors.joining(", ")));
		}
		return word(act, key, value, locale);
	}

	/**
	 * What most refusals are about; of another what kind of no it was, and its code, by
	 * which it is found. Lines of before have no kind.
	 */
	private String refusal(String code, String status, Locale locale) {
		Object[] named = { code };
		String other = this.messages.getMessage("record.refusal.other", named, locale);
		return message("record.refusal." + code, locale).orElseGet(
				() -> String.valueOf(this.messages.getMessage("record.refusal." + status, named, other, locale)));
	}

	/** Without a pattern where no page of ours was asked for. */
	private String door(String door, Locale locale) {
		String method = door.substring(0, door.indexOf(' '));
		String pattern = door.substring(method.length() + 1);
		return pattern.equals("?") ? message("record.door.none", locale).orElseThrow() : String
			.valueOf(this.messages.getMessage("record.door." + method, new Object[] { pattern }, door, locale));
	}

	private Optional<String> word(String act, String key, String value, Locale locale) {
		String code = REPEATED.matcher(value.replaceFirst("^form:", "")).replaceFirst("$1");
		return message("record.value." + act + "." + code, locale).or(() -> message("record.value." + code, locale))
			.or(() -> message("pause." + code, locale))
			.or(() -> label(code, locale))
			.or(() -> value.matches("[0-9]+") || NAMES.contains(key) ? Optional.of(value) : Optional.empty());
	}

	private Optional<String> label(String code, Locale locale) {
		return CODES.stream()
			.flatMap((type) -> List.of(type.getEnumConstants()).stream())
			.map(Coded.class::cast)
			.filter((each) -> each.code().equals(code))
			.findFirst()
			.map((found) -> this.labels.of(found, locale));
	}

	private Optional<String> message(String key, Locale locale) {
		return Optional.ofNullable(this.messages.getMessage(key, null, null, locale));
	}

	/** The words for what the engine logged itself. */
	Engine engine(Locale locale) {
		return new Engine(this, locale);
	}

	/**
	 * Says what the engine logged in words; what has none stands as the engine calls it.
	 */
	public record Engine(RecordWords words, Locale locale) {

		private static final Set<String> PEOPLE_OF_A_TASK = Set.of("assignee", "owner");

		public String operation(String type) {
			return this.words.message("record.engine.op." + type, this.locale).orElse(type);
		}

		public String property(String name) {
			return this.words.message("record.engine.property." + name, this.locale).orElse(name);
		}

		public String value(WalkedPath.Operation operation) {
			return PEOPLE_OF_A_TASK.contains(operation.property()) ? this.words.directory.nameOf(operation.value())
					: operation.value();
		}

	}

	/** A line as people read it. */
	public record Line(String chain, long number, Instant at, String who, String what, List<Fact> facts) {
	}

	/** One of the facts of a line, with its name. */
	public record Fact(String name, String value) {
	}

}
