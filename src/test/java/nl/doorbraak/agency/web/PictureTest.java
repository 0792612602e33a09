package nl.doorbraak.agency.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.agency.web.Picture.Bar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The drawing of questions side by side, against the days by hand. */
class PictureTest {

	private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");

	@Test
	void barRunsFromTheQuestionToTheAnswerOrToNow() {
		Picture picture = Picture.of(List.of(request(1, 0, 5, 2L, null, null), request(2, 0, 5, null, 5L, null),
				request(3, 5, 10, null, null, null), request(4, 0, 5, null, null, 3L)), day(8));
		assertThat(picture.bars()).extracting(Bar::begin, Bar::width, Bar::due)
			.as("ten days on four hundred units; what was taken back is not drawn")
			.containsExactly(org.assertj.core.groups.Tuple.tuple(0, 80, 200),
					org.assertj.core.groups.Tuple.tuple(0, 320, 200),
					org.assertj.core.groups.Tuple.tuple(200, 120, 399));
		assertThat(List.of(picture.answered(), picture.waiting(), picture.silent())).containsExactly(1L, 1L, 1L);
	}

	@Test
	void answerThatCameLateIsAnAnswer() {
		Picture picture = Picture.of(List.of(request(1, 0, 5, 7L, 5L, null)), day(8));
		assertThat(List.of(picture.answered(), picture.waiting(), picture.silent())).containsExactly(1L, 0L, 0L);
	}

	@Test
	void nothingAskedIsNothingDrawn() {
		assertThat(Picture.of(List.of(), MONDAY).bars()).isEmpty();
		assertThat(Picture.of(List.of(request(1, 0, 5, null, null, null)), MONDAY).bars()).singleElement()
			.extracting(Bar::width)
			.as("what was asked just now is to be seen")
			.isEqualTo(4);
	}

	private static AgencyRequest request(long id, long asked, long due, @Nullable Long answered, @Nullable Long silent,
			@Nullable Long lapsed) {
		return new AgencyRequest(id, "DB-2026-000001", "UWV", "", RequestKind.DECISION, null, null, null, "anna",
				day(asked), null, 1, day(due), "Waarom", (silent != null) ? day(silent) : null, null, null,
				(answered != null) ? AgencyAnswer.GRANTED : null, null, Map.of(), null, null, null, null, null, null,
				false, (answered != null) ? "ulla" : null, (answered != null) ? day(answered) : null,
				(answered != null) ? 2L : null, null, null, (lapsed != null) ? day(lapsed) : null);
	}

	private static Instant day(long day) {
		return MONDAY.plusSeconds(day * 24 * 3600);
	}

}
