package nl.doorbraak.settings.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Span;
import nl.doorbraak.mandate.Level;
import nl.doorbraak.settings.Agreed;
import nl.doorbraak.settings.Agreed.Difference;
import nl.doorbraak.settings.Length;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.web.Labels;
import nl.doorbraak.support.web.PageWords.Words;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what differs between two versions of the agreements, in the reader's language. */
@Component
class AgreedWords {

	private final MessageSource messages;

	private final Labels labels;

	AgreedWords(MessageSource messages, Labels labels) {
		this.messages = messages;
		this.labels = labels;
	}

	/** What is another than before, one row for each. */
	List<Difference> differences(Agreed before, Agreed after, Locale locale) {
		Map<String, String> old = new In(locale).rows(before);
		Map<String, String> now = new In(locale).rows(after);
		String nothing = new In(locale).say("settings.row.nothing");
		return Stream.concat(now.keySet().stream(), old.keySet().stream())
			.distinct()
			.filter((what) -> !Objects.equals(old.get(what), now.get(what)))
			.map((what) -> new Difference(what, old.getOrDefault(what, nothing), now.getOrDefault(what, nothing)))
			.toList();
	}

	private final class In {

		private final Locale locale;

		private final Words words;

		In(Locale locale) {
			this.locale = locale;
			this.words = new Words(locale, LocalDate.EPOCH);
		}

		String say(String key, Object... with) {
			return AgreedWords.this.messages.getMessage(key, with, this.locale);
		}

		private String span(Span span) {
			return say("settings.amount." + span.unit().code(), span.amount());
		}

		Map<String, String> rows(Agreed agreed) {
			Map<String, String> rows = new LinkedHashMap<>();
			for (Rung rung : Rung.values()) {
				String level = " " + AgreedWords.this.labels.of(rung, this.locale);
				rows.put(say("settings.term") + level, span(agreed.terms().rung(rung).term()));
				rows.put(say("settings.extension") + level, span(agreed.terms().rung(rung).extension()));
			}
			for (Length length : Length.values()) {
				String unit = length.isInHours() ? "hours" : length.isInWeeks() ? "weeks" : "working_days";
				rows.put(say("settings.length." + length.code()),
						say("settings.amount." + unit, length.of(agreed.terms())));
			}
			agreed.moments()
				.forEach((moment) -> rows.put(
						say("settings.row.moment",
								say("settings.when." + moment.basis(),
										(moment.occurrences() > 0) ? moment.occurrences()
												: Math.abs(moment.workingDays()))),
						moment.tells()
							.stream()
							.map((who) -> say("settings.told." + who))
							.collect(Collectors.joining(say("settings.row.and")))
								+ (moment.appoints() ? say("settings.row.appoints") : "")));
			for (Level level : Level.values()) {
				agreed.levels()
					.of(level)
					.ifPresent((cents) -> rows.put(say("settings.row.level", say("settings.level." + level.code())),
							say("settings.row.upTo", this.words.euros(cents).replaceFirst("[.,]00$", ""))));
			}
			new TreeMap<>(agreed.terms().freeDays())
				.forEach((day, name) -> rows.put(say("settings.row.day", this.words.date(day)), name));
			return rows;
		}

	}

}
