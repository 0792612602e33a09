package nl.doorbraak.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.support.DutchTime;

/**
 * A calendar month or year in the Netherlands.
 *
 * @param month 1 to 12; nought: the whole year
 */
public record Period(int year, int month) {

	private static final Pattern CODE = Pattern.compile("(20\\d\\d|2[1-9]\\d\\d)(?:-(0[1-9]|1[0-2]))?");

	/** The period with this code: {@code 2026-10} or {@code 2026}. */
	public static Optional<Period> find(String code) {
		Matcher parts = CODE.matcher(code);
		if (!parts.matches()) {
			return Optional.empty();
		}
		return Optional.of(new Period(Integer.parseInt(parts.group(1)),
				(parts.group(2) != null) ? Integer.parseInt(parts.group(2)) : 0));
	}

	static Period of(String code) {
		return find(code).orElseThrow(() -> new IllegalArgumentException("No period is '" + code + "'"));
	}

	static Period of(YearMonth month) {
		return new Period(month.getYear(), month.getMonthValue());
	}

	public boolean isYear() {
		return this.month == 0;
	}

	public LocalDate firstDay() {
		return LocalDate.of(this.year, isYear() ? 1 : this.month, 1);
	}

	/** The first day after it. */
	LocalDate dayAfter() {
		return isYear() ? firstDay().plusYears(1) : firstDay().plusMonths(1);
	}

	Instant begins() {
		return firstDay().atStartOfDay(DutchTime.ZONE).toInstant();
	}

	Instant ends() {
		return dayAfter().atStartOfDay(DutchTime.ZONE).toInstant();
	}

	/** As people say it: {@code juni 2027}, or {@code 2027}. */
	public String said(Locale locale) {
		return DateTimeFormatter.ofPattern(isYear() ? "uuuu" : "MMMM uuuu", locale).format(firstDay());
	}

	public String code() {
		return isYear() ? String.valueOf(this.year) : String.format("%d-%02d", this.year, this.month);
	}

	@Override
	public String toString() {
		return code();
	}

}
