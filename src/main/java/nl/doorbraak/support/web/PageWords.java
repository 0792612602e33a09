package nl.doorbraak.support.web;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page today's date, and dates and labels in the reader's language. */
@ControllerAdvice(annotations = Controller.class)
public class PageWords {

	private final Clock clock;

	private final Labels labels;

	PageWords(Clock clock, Labels labels) {
		this.clock = clock;
		this.labels = labels;
	}

	@ModelAttribute
	void words(Model model, Locale locale) {
		LocalDate today = DutchTime.day(this.clock.instant());
		model.addAttribute("today", today);
		model.addAttribute("time", new Words(locale, today));
		model.addAttribute("labels", new Labels.In(this.labels, locale));
	}

	/** Dates as the pages show them, in the reader's language. */
	public record Words(Locale locale, LocalDate today) {

		public String date(LocalDate date) {
			return isEnglish() ? english("EEEE d MMMM yyyy").format(date) : DutchTime.date(date);
		}

		/** With the year when it is not this one. */
		public String shortDate(LocalDate date) {
			String year = (date.getYear() != this.today.getYear()) ? " " + date.getYear() : "";
			return (isEnglish() ? english("EEE d MMMM").format(date) : DutchTime.shortDate(date)) + year;
		}

		public String moment(Instant instant) {
			return isEnglish() ? english("EEEE d MMMM yyyy, HH:mm").format(instant.atZone(DutchTime.ZONE))
					: DutchTime.moment(instant);
		}

		/** The day of a moment. */
		public String day(Instant instant) {
			return date(DutchTime.day(instant));
		}

		/** The last day of something that ends at this instant. */
		public String until(Instant end) {
			return shortDate(DutchTime.lastDay(end));
		}

		/** The last day where it ends at midnight, else the moment. */
		public String deadline(Instant end) {
			return DutchTime.isMidnight(end) ? date(DutchTime.lastDay(end)) : moment(end);
		}

		/** Days from today until this day; negative when it was. */
		public long daysUntil(LocalDate day) {
			return ChronoUnit.DAYS.between(this.today, day);
		}

		/** An amount in cents as euros. */
		public String euros(long cents) {
			return NumberFormat
				.getCurrencyInstance(isEnglish() ? Locale.forLanguageTag("en-NL") : Locale.forLanguageTag("nl-NL"))
				.format(BigDecimal.valueOf(cents, 2));
		}

		private boolean isEnglish() {
			return this.locale.getLanguage().equals("en");
		}

		private static DateTimeFormatter english(String pattern) {
			return DateTimeFormatter.ofPattern(pattern, Locale.UK);
		}

	}

}
