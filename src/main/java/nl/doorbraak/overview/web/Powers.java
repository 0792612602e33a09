package nl.doorbraak.overview.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.agency.Scheme;
import nl.doorbraak.agency.Schemes;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.carryout.Budgets;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Occupant;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.Mandates;
import nl.doorbraak.mandate.RegisterView;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.web.Labels;
import nl.doorbraak.support.web.PageWords.Words;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What held at a body at a moment: who had which function, the mandates, who was away,
 * the settings. Each as a table, so that two moments can be laid side by side.
 */
@Component
class Powers {

	private final Directory directory;

	private final Mandates mandates;

	private final Absences absences;

	private final Budgets budgets;

	private final Schemes schemes;

	private final Terms terms;

	private final AuditTrail trail;

	private final MessageSource messages;

	private final Labels labels;

	private final ObjectMapper json = new ObjectMapper();

	Powers(Directory directory, Mandates mandates, Absences absences, Budgets budgets, Schemes schemes, Terms terms,
			AuditTrail trail, MessageSource messages, Labels labels) {
		this.directory = directory;
		this.mandates = mandates;
		this.absences = absences;
		this.budgets = budgets;
		this.schemes = schemes;
		this.terms = terms;
		this.trail = trail;
		this.messages = messages;
		this.labels = labels;
	}

	/**
	 * The tables of a moment, with what changed since when there is a later one.
	 */
	@Transactional(readOnly = true)
	public List<Section> of(Organisation body, Instant first, @Nullable Instant last, Locale locale) {
		Reading reading = new Reading(body, locale);
		Map<String, List<Row>> before = reading.at(first);
		Map<String, List<Row>> after = (last != null) ? reading.at(last) : Map.of();
		return before.entrySet()
			.stream()
			.map((each) -> new Section(each.getKey(), each.getValue(),
					(last != null) ? reading.changes(each.getValue(), after.get(each.getKey()), first, last)
							: List.of()))
			.toList();
	}

	/** From when there is something to know. */
	@Transactional(readOnly = true)
	public Beginning beginning(Organisation body) {
		return new Beginning(this.directory.occupants(body.id())
			.stream()
			.map(Occupant::since)
			.min(Comparator.naturalOrder())
			.orElse(null), this.mandates.knownSince(body).orElse(null));
	}

	private List<Told> told(String chain) {
		return this.trail.chain(chain).stream().map((line) -> new Told(line, facts(line))).toList();
	}

	private JsonNode facts(AuditLine line) {
		try {
			return this.json.readTree(line.facts());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line of the record holds no JSON", ex);
		}
	}

	/** What differs between two tables of the same kind, in their order. */
	static List<Difference> differences(List<Row> before, List<Row> after) {
		Map<String, Row> then = byKey(before);
		Map<String, Row> now = byKey(after);
		List<Difference> all = new ArrayList<>();
		then.forEach((key, row) -> {
			Row other = now.get(key);
			if (other == null || !other.compared().equals(row.compared())) {
				all.add(new Difference(row, other));
			}
		});
		now.forEach((key, row) -> {
			if (!then.containsKey(key)) {
				all.add(new Difference(null, row));
			}
		});
		return all;
	}

	private static Map<String, Row> byKey(List<Row> rows) {
		return rows.stream()
			.collect(Collectors.toMap(Row::key, (row) -> row, (one, other) -> other, LinkedHashMap::new));
	}

	/** One body, for one reader. */
	private final class Reading {

		private final Organisation body;

		private final Locale locale;

		private final List<Occupant> occupants;

		private final List<Told> officerLines = told("officers");

		private final List<Told> mandateLines = told("mandates");

		private final List<Told> budgetLines = told("budgets");

		private final List<Told> schemeLines = told("schemes");

		private final List<Told> systemLines = told("case-systems");

		private final Map<Long, String> budgetNames;

		Reading(Organisation body, Locale locale) {
			this.body = body;
			this.locale = locale;
			this.occupants = Powers.this.directory.occupants(body.id());
			this.budgetNames = Powers.this.budgets.names(body.id());
		}

		Map<String, List<Row>> at(Instant at) {
			Words words = new Words(this.locale, DutchTime.day(at));
			List<Occupant> present = this.occupants.stream().filter((each) -> each.isAt(at)).toList();
			List<Absence> away = Powers.this.absences
				.known(present.stream().map(Occupant::login).collect(Collectors.toSet()), DutchTime.day(at), at);
			Map<String, List<Row>> all = new LinkedHashMap<>();
			all.put("roles", present.stream().map((each) -> role(each, words)).toList());
			all.put("mandates",
					Powers.this.mandates.view(this.body, at)
						.valid()
						.stream()
						.map((line) -> mandate(line, present, away, words))
						.toList());
			all.put("away", away.stream().map((each) -> absence(each, words)).toList());
			all.put("settings", settings(at, words));
			return all;
		}

		private Row role(Occupant each, Words words) {
			return Row.of(each.login() + " " + each.function().code(),
					List.of(each
						.name(), Powers.this.labels.of(each.function(), this.locale), words.moment(each.since())),
					this.officerLines,
					(told) -> told.act().startsWith("role") && told.says("person", each.login())
							&& told.says("function", each.function().code())
							&& told.says("organisation", this.body.id()));
		}

		private Row mandate(RegisterView.Line line, List<Occupant> present, List<Absence> away, Words words) {
			String holders = present.stream()
				.filter((each) -> each.function() == line.holder())
				.map((each) -> away.stream()
					.filter((one) -> one.login().equals(each.login()))
					.findFirst()
					.map((one) -> say("powers.isAway", each.name()))
					.orElse(each.name()))
				.collect(Collectors.joining(", "));
			List<String> says = List.of(line.number(), String.valueOf(line.version()), holder(line),
					line.powers() + "; " + line.rungs(), euros(line.decisionCeilingCents(), words),
					euros(line.ceilingCents(), words), euros(line.budgetCents(), words),
					(line.deputy() != null) ? line.deputy() : say("powers.nobody"), (line.until() != null)
							? say("powers.fromUntil", line.from(), line.until()) : say("powers.from", line.from()));
			return new Row(line.number(),
					Stream.concat(says.stream(), Stream.of(holders.isEmpty() ? say("powers.nobody") : holders))
						.toList(),
					says.size(), this.mandateLines,
					(told) -> told.says("mandate", line.number()) && told.says("organisation", this.body.id()));
		}

		private String holder(RegisterView.Line line) {
			Function holder = line.holder();
			return (holder != null) ? Powers.this.labels.of(holder, this.locale) : line.function();
		}

		private Row absence(Absence each, Words words) {
			String deputy = each.deputy();
			return Row.of(String.valueOf(each.id()),
					List.of(name(each.login()), words.date(each.firstDay()), words
						.date(each.lastDay()), (deputy != null) ? name(deputy) : say("powers.nobody")),
					this.officerLines,
					(told) -> told.act().startsWith("absence") && told.line().actor().equals(each.login())
							&& told.says("fromDate", each.firstDay().toString())
							&& told.says("untilDate", each.lastDay().toString()));
		}

		private List<Row> settings(Instant at, Words words) {
			List<Row> rows = new ArrayList<>();
			Powers.this.terms.version(at, this.body.id(), this.body.region())
				.ifPresent((version) -> rows.add(Row.of("terms",
						List.of(say("powers.terms"), say("powers.version", version)), List.of(), (told) -> false)));
			newest(this.budgetLines, at, "budgetSet", "organisation", "budget").forEach((id, told) -> {
				int year = told.facts().path("year").asInt();
				if (year >= DutchTime.day(at).getYear()) {
					rows.add(budget(id, year, told, words));
				}
			});
			newest(this.systemLines, at, "caseSystemLinked", "municipality", "municipality").forEach((id,
					told) -> rows.add(Row.of("caseSystem",
							List.of(say("powers.caseSystem"),
									say(told.says("linked", "true") ? "powers.linked" : "powers.notLinked")),
							this.systemLines, (each) -> each.says("municipality", id))));
			for (Scheme each : Powers.this.schemes.at(at)) {
				rows.add(Row.of("scheme " + each.id(),
						List.of(say("powers.scheme", each.name()),
								say("powers.scheme.is", each.version(), each.conditions().size(),
										each.decisionWeeks())),
						this.schemeLines, (told) -> told.says("scheme", each.id())));
			}
			return rows;
		}

		private Row budget(String id, int year, Told told, Words words) {
			return Row.of(
					"budget " + id, List.of(
							say("powers.budget",
									this.budgetNames.getOrDefault(Long.valueOf(id),
											told.facts().path("costCentre").asText()),
									String.valueOf(year)),
							say("powers.budget.is", told.euros("amountCents", words, ""),
									told.euros("caseCents", words, say("powers.noCeiling")),
									told.euros("householdCents", words, say("powers.noCeiling")))),
					this.budgetLines, (each) -> each.act().equals("budgetSet") && each.says("budget", id));
		}

		/** The last line about each thing of this body until a moment. */
		private Map<String, Told> newest(List<Told> lines, Instant at, String act, String whose, String what) {
			Map<String, Told> newest = new LinkedHashMap<>();
			lines.stream()
				.filter((told) -> told.act().equals(act) && !told.line().at().isAfter(at)
						&& told.says(whose, this.body.id()))
				.forEach((told) -> newest.put(told.facts().path(what).asText(), told));
			return newest;
		}

		List<Change> changes(List<Row> before, @Nullable List<Row> after, Instant first, Instant last) {
			Words words = new Words(this.locale, DutchTime.day(last));
			return differences(before, (after != null) ? after : List.of()).stream()
				.map((each) -> change(each, first, last, words))
				.toList();
		}

		private Change change(Difference each, Instant first, Instant last, Words words) {
			Row row = each.row();
			Optional<Told> told = row.lines()
				.stream()
				.filter((line) -> !line.line().at().isAfter(last) && row.about().test(line))
				.reduce((one, other) -> other);
			return new Change(each.kind(), each.subject(), each.was(), each.is(),
					told.map((line) -> who(line, first, words)).orElseGet(() -> say("powers.who.unknown")),
					told.map((line) -> words.moment(line.line().at())).orElse(""));
		}

		private String who(Told told, Instant first, Words words) {
			String actor = told.line().actor();
			String who = actor.equals(Actor.SOFTWARE) ? say("powers.who.login") : name(actor);
			return told.line().at().isAfter(first) ? who : say("powers.who.itself", who);
		}

		/** Only people who have or had a function at this body are named. */
		private String name(String login) {
			return this.occupants.stream()
				.filter((each) -> each.login().equals(login))
				.map(Occupant::name)
				.findFirst()
				.orElseGet(() -> say("powers.who.elsewhere"));
		}

		private String euros(@Nullable Long cents, Words words) {
			return (cents != null) ? words.euros(cents) : say("powers.noCeiling");
		}

		private String say(String key, Object... with) {
			return Powers.this.messages.getMessage(key, with, this.locale);
		}

	}

	/** A line of the record with what it says. */
	record Told(AuditLine line, JsonNode facts) {

		String act() {
			return this.line.act();
		}

		boolean says(String key, String value) {
			return this.facts.path(key).asText().equals(value);
		}

		String euros(String key, Words words, String without) {
			return this.facts.has(key) ? words.euros(this.facts.path(key).asLong()) : without;
		}

	}

	/**
	 * A row of a table.
	 *
	 * @param count how many of its cells make it another one; the others follow from what
	 * stands elsewhere
	 * @param lines of the record in which it can stand
	 * @param about which of those are about it
	 */
	public record Row(String key, List<String> cells, int count, List<Told> lines, Predicate<Told> about) {

		static Row of(String key, List<String> cells, List<Told> lines, Predicate<Told> about) {
			return new Row(key, cells, cells.size(), lines, about);
		}

		List<String> compared() {
			return this.cells.subList(0, this.count);
		}

	}

	/** A row that is not on both sides, or not the same. */
	record Difference(@Nullable Row before, @Nullable Row after) {

		Row row() {
			return (this.after != null) ? this.after : Objects.requireNonNull(this.before);
		}

		String kind() {
			return (this.before == null) ? "added" : (this.after == null) ? "ended" : "changed";
		}

		String subject() {
			return row().cells().get(0);
		}

		String was() {
			return said(this.before, this.after);
		}

		String is() {
			return said(this.after, this.before);
		}

		/** The cells that are not the same on the other side. */
		private static String said(@Nullable Row row, @Nullable Row other) {
			if (row == null) {
				return "";
			}
			List<String> cells = new ArrayList<>();
			for (int i = 1; i < row.compared().size(); i++) {
				if (other == null || !other.compared().get(i).equals(row.compared().get(i))) {
					cells.add(row.compared().get(i));
				}
			}
			return String.join("; ", cells);
		}

	}

	/** Since when functions and mandates are known; null: not at all. */
	record Beginning(@Nullable Instant roles, @Nullable Instant mandates) {
	}

	/**
	 * A kind of thing: its table and what changed in it.
	 *
	 * @param code after which its words are called
	 */
	public record Section(String code, List<Row> rows, List<Change> changes) {

		private static final Map<String, Integer> COLUMNS = Map.of("roles", 3, "mandates", 10, "away", 4, "settings",
				2);

		/** Keys of the words above the columns. */
		public List<String> heads() {
			return IntStream.range(0, COLUMNS.getOrDefault(this.code, 0))
				.mapToObj((i) -> "powers." + this.code + "." + i)
				.toList();
		}

	}

	/**
	 * What changed between the two moments, in words.
	 *
	 * @param kind added, ended or changed
	 * @param at when it was written down; empty where that is not known
	 */
	public record Change(String kind, String subject, String was, String is, String who, String at) {
	}

}
