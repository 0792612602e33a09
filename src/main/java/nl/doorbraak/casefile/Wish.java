package nl.doorbraak.casefile;

import java.util.List;
import java.util.Optional;

/**
 * What the resident says that is needed: told at the report, in the plan or between, and
 * the newest counts.
 */
final class Wish {

	/** Written on the case page, apart from every form. */
	static final String FORM = "resident-says";

	/** Every form in which it is asked. */
	static final List<String> FORMS = List.of(Report.FORM, FORM, "make-plan");

	static final String KEY = "residentSays";

	/** Key of the same question in the plan. */
	static final String EFFECT = "desiredEffect";

	private Wish() {
	}

	/** What an entry says of it. */
	static Optional<String> in(Entry entry) {
		return FORMS.contains(entry.form())
				? Optional.ofNullable(entry.text(KEY)).or(() -> Optional.ofNullable(entry.text(EFFECT)))
				: Optional.empty();
	}

}
