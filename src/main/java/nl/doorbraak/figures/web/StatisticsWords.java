package nl.doorbraak.figures.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.agency.Scheme;
import nl.doorbraak.agency.Schemes;
import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.figures.Counted;
import nl.doorbraak.figures.Counted.Group;
import nl.doorbraak.figures.Figure;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.web.Labels;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Figures in words and as pictures, for a page. */
@Component
class StatisticsWords {

	private final MessageSource messages;

	private final Labels labels;

	private final Schemes schemes;

	private final Directory directory;

	private final ObjectMapper json = new ObjectMapper();

	StatisticsWords(MessageSource messages, Labels labels, Schemes schemes, Directory directory) {
		this.messages = messages;
		this.labels = labels;
		this.schemes = schemes;
		this.directory = directory;
	}

	/**
	 * Figures with their sentences, the names of their groups and their pictures.
	 * @param link the address of the cases behind a group; the group is null for all
	 */
	List<Shown> show(List<Counted> figures, BiFunction<Figure, @Nullable String, String> link, Locale locale) {
		Map<String, Scheme> known = new LinkedHashMap<>();
		this.schemes.current().forEach((each) -> known.put(each.id(), each));
		return figures.stream().map((counted) -> {
			List<Row> rows = counted.groups()
				.stream()
				.map((group) -> new Row(name(counted.figure(), group.category(), known, locale), group,
						counted.percent(group), link.apply(counted.figure(), group.category())))
				.toList();
			return new Shown(counted, sentence(counted, locale), rows, drawing(counted, rows));
		}).toList();
	}

	/** What a group of a figure is called. */
	String name(Figure figure, String category, Locale locale) {
		Map<String, Scheme> known = new LinkedHashMap<>();
		this.schemes.current().forEach((each) -> known.put(each.id(), each));
		return name(figure, category, known, locale);
	}

	private String name(Figure figure, String category, Map<String, Scheme> known, Locale locale) {
		return switch (figure) {
			case FUNNEL, RUNG_TIME, SKIPPED -> this.labels.of(Rung.of(category), locale);
			case REFERRAL -> this.directory.getOrganisation(category).name();
			case SURVEY -> say(locale, "survey." + Surveys.QUESTIONS.get(Integer.parseInt(category.substring(1)) - 1));
			case REFUSAL -> category.contains("/") ? ground(category.split("/", 2), known)
					: say(locale, "stats.refusal." + category);
			default -> say(locale, "stats." + figure.code() + "." + category);
		};
	}

	private static String ground(String[] of, Map<String, Scheme> known) {
		Scheme scheme = known.get(of[0]);
		return (scheme == null) ? of[0]
				: scheme.name() + ": "
						+ scheme.conditions()
							.stream()
							.filter((each) -> String.valueOf(each.code()).equals(of[1]))
							.findFirst()
							.map(Scheme.Condition::wording)
							.orElse(of[1]);
	}

	/** What the numbers say, where they say one thing. */
	private @Nullable String sentence(Counted counted, Locale locale) {
		Group part = counted.part();
		if (part != null) {
			return say(locale, "stats." + counted.figure().code() + ".part", Objects.requireNonNull(part.number()),
					Objects.requireNonNull(counted.whole()), Objects.requireNonNull(counted.percent(part)));
		}
		Integer half = counted.halfWithin();
		return (half != null && counted.figure() == Figure.LEAD_TIME) ? say(locale, "stats.leadTime.half", half) : null;
	}

	private String drawing(Counted counted, List<Row> rows) {
		List<Map<String, Object>> bars = rows.stream()
			.filter((row) -> value(counted.figure(), row.group()) != null)
			.map((row) -> Map.<String, Object>of("name", row.name(), "value",
					Objects.requireNonNull(value(counted.figure(), row.group()))))
			.toList();
		try {
			return this.json.writeValueAsString(bars);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A picture is made of words and numbers", ex);
		}
	}

	/** What is drawn: the average score, the days that half of them took, or how many. */
	private static @Nullable Number value(Figure figure, Group group) {
		return switch (figure) {
			case SURVEY -> (group.averageTenths() != null) ? group.averageTenths() / 10.0 : null;
			case RUNG_TIME -> group.halfWithin();
			default -> group.number();
		};
	}

	private String say(Locale locale, String key, Object... arguments) {
		return Objects.requireNonNull(this.messages.getMessage(key, arguments, locale));
	}

	/**
	 * A figure on a page.
	 *
	 * @param sentence what it says; null where it does not say one thing
	 * @param drawing its picture, as the script reads it
	 */
	public record Shown(Counted counted, @Nullable String sentence, List<Row> rows, String drawing) {

		public Shown {
			rows = List.copyOf(rows);
		}

		/** Whether there is anything to draw. */
		public boolean draws() {
			return this.rows.stream()
				.map((row) -> value(this.counted.figure(), row.group()))
				.anyMatch((value) -> value != null && value.doubleValue() > 0);
		}

	}

	/** A group of a figure, with the address of the cases behind it. */
	public record Row(String name, Group group, @Nullable Long percent, String link) {
	}

}
