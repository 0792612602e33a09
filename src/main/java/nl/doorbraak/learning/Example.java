package nl.doorbraak.learning;

import java.util.List;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * How a case was broken through, in words that name nobody.
 *
 * @param number of the case; null where it was destroyed since
 * @param municipality id
 * @param year in which the case was closed
 * @param domains codes of {@link nl.doorbraak.casefile.LifeDomain}
 * @param agencies ids
 * @param rung on which it was decided
 * @param leadDays from the report to the closing
 * @param writers logins of everybody who wrote in it
 * @param state {@code proposed}, {@code returned}, {@code released} or {@code withdrawn}
 */
public record Example(long id, int version, @Nullable String number, String municipality, int year,
		List<String> domains, List<String> agencies, Power power, Rung rung, int leadDays, Texts texts, String state,
		List<String> writers, @Nullable String returnedBecause, boolean municipalityShown) {

	public Example {
		domains = List.copyOf(domains);
		agencies = List.copyOf(agencies);
		writers = List.copyOf(writers);
	}

	/**
	 * What somebody wrote.
	 *
	 * @param article that was used; may be empty
	 * @param knot where it was stuck
	 * @param reusable wording that others can use
	 * @param questions one to three, for who discusses the story
	 */
	public record Texts(String article, String situation, String knot, String done, String effect, String reusable,
			String story, List<String> questions) {

		public Texts {
			questions = List.copyOf(questions);
		}

		List<String> all() {
			return java.util.stream.Stream
				.concat(java.util.stream.Stream.of(this.article, this.situation, this.knot, this.done, this.effect,
						this.reusable, this.story), this.questions.stream())
				.toList();
		}

	}

}
