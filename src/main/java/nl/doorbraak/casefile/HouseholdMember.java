package nl.doorbraak.casefile;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A resident in the household of a case, with contact data of his or her own.
 *
 * @param role {@code adult}, {@code child} or {@code other}
 * @param addressSecret the address must not reach others, also not in the household
 */
public record HouseholdMember(String name, @Nullable LocalDate birthDate, String role, @Nullable String contact,
		@Nullable String address, boolean addressSecret) {

	/** The same without the address, and perhaps without the rest of the contact data. */
	HouseholdMember withoutAddress(boolean withContact) {
		return new HouseholdMember(this.name, this.birthDate, this.role, withContact ? this.contact : null, null,
				this.addressSecret);
	}

	/**
	 * The name without accents, case, hyphens and double spaces: how two reports are
	 * compared.
	 */
	static String normalise(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFKD)
			.replaceAll("\\p{M}", "")
			.replaceAll("[\\p{Pd}\\p{Z}\\s'’.]+", " ")
			.strip()
			.toLowerCase(Locale.ROOT);
	}

}
