package nl.doorbraak.support;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;

/** Amounts in cents as Dutch people write them. */
public final class DutchMoney {

	private DutchMoney() {
	}

	/** For example "€ 1.250,50". */
	public static String euros(long cents) {
		return NumberFormat.getCurrencyInstance(Locale.forLanguageTag("nl-NL")).format(BigDecimal.valueOf(cents, 2));
	}

}
