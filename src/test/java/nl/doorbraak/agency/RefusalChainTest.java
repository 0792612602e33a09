package nl.doorbraak.agency;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Grounds that could have been named before, and grounds that could not. */
class RefusalChainTest {

	private static final String MET = "V";

	private static final String NOT_MET = "N";

	private static final String NOT_ASSESSED = "?";

	@Test
	void firstRefusalIsNeverFlagged() {
		assertThat(flagged(byList(1, "UWV", NOT_MET + NOT_ASSESSED))).isEmpty();
	}

	@Test
	void groundThatWasThereBeforeIsFlaggedWhetherItWasNotAssessedOrCalledMet() {
		assertThat(flagged(byList(1, "UWV", NOT_MET + NOT_ASSESSED + MET), byList(2, "UWV", MET + NOT_MET + MET),
				byList(3, "UWV", MET + MET + NOT_MET)))
			.containsExactly(2L, 3L);
	}

	@Test
	void sameGroundOnceMoreIsNoNewGround() {
		assertThat(flagged(byList(1, "UWV", NOT_MET + MET), byList(2, "UWV", NOT_MET + MET))).isEmpty();
	}

	@Test
	void conditionThatWasNotOnTheListThenCouldNotBeNamed() {
		assertThat(flagged(byList(1, "UWV", NOT_MET), byList(2, "UWV", MET + NOT_MET))).isEmpty();
	}

	@Test
	void refusalsOfTwoBodiesAreNoChain() {
		assertThat(flagged(byList(1, "UWV", NOT_MET + MET), byList(2, "SVB", MET + NOT_MET))).isEmpty();
	}

	@Test
	void refusalThatWasTakenBackCountsNowhere() {
		AgencyRequest first = request(1, "UWV", "wia", null, findings(NOT_MET + MET), null, true);
		assertThat(flagged(first, byList(2, "UWV", MET + NOT_MET))).isEmpty();
	}

	@Test
	void withoutAListTheAgencySaysWhetherTheGroundIsOld() {
		AgencyRequest first = request(1, "UWV", null, null, Map.of(), null, false);
		assertThat(flagged(first, request(2, "UWV", null, 1L, Map.of(), true, false),
				request(3, "UWV", null, 2L, Map.of(), false, false),
				request(4, "UWV", null, null, Map.of(), true, false)))
			.as("the fourth follows no refusal")
			.containsExactly(2L);
	}

	@Test
	void threeInACaseOrTwoOfOneBodyOpenTheWayUp() {
		AgencyRequest one = byList(1, "UWV", NOT_MET + MET + MET);
		AgencyRequest two = byList(2, "UWV", MET + NOT_MET + MET);
		AgencyRequest three = byList(3, "UWV", MET + MET + NOT_MET);
		assertThat(chain(one, two).opensTheWayUp()).isFalse();
		assertThat(chain(one, two, three).opensTheWayUp()).as("two of one body").isTrue();
		Stream<AgencyRequest> each = Stream.of("SVB", "BD", "CJIB")
			.flatMap((body) -> Stream.of(byList(body.hashCode() * 10L, body, NOT_MET + MET),
					byList(body.hashCode() * 10L + 1, body, MET + NOT_MET)));
		List<AgencyRequest> six = each.toList();
		assertThat(new RefusalChain(six.subList(0, 4)).opensTheWayUp()).as("two, of two bodies").isFalse();
		assertThat(new RefusalChain(six).opensTheWayUp()).as("three, of three bodies").isTrue();
	}

	private static List<Long> flagged(AgencyRequest... history) {
		return chain(history).flagged().stream().map(AgencyRequest::id).toList();
	}

	private static RefusalChain chain(AgencyRequest... history) {
		return new RefusalChain(List.of(history));
	}

	private static AgencyRequest byList(long id, String agency, String results) {
		return request(id, agency, "wia", null, findings(results), null, false);
	}

	private static Map<Integer, Assessment> findings(String results) {
		Map<Integer, Assessment> findings = new HashMap<>();
		for (int i = 0; i < results.length(); i++) {
			findings.put(i + 1, switch (results.substring(i, i + 1)) {
				case MET -> Assessment.MET;
				case NOT_MET -> Assessment.NOT_MET;
				default -> Assessment.NOT_ASSESSED;
			});
		}
		return findings;
	}

	private static AgencyRequest request(long id, String agency, @Nullable String scheme, @Nullable Long previous,
			Map<Integer, Assessment> findings, @Nullable Boolean knownBefore, boolean takenBack) {
		Instant at = Instant.parse("2026-05-01T10:00:00Z").plusSeconds(Math.floorMod(id, 1000));
		return new AgencyRequest(id, "DB-2026-000001", agency, "", RequestKind.APPLICATION, scheme,
				(scheme != null) ? Integer.valueOf(1) : null, previous, "anna", at, null, 1, at, "Waarom", null, null,
				null, AgencyAnswer.REFUSED, true, findings, knownBefore, "phone", LocalDate.of(2026, 5, 1),
				takenBack ? at : null, takenBack ? 9L : null, null, false, "ulla", at, 2L, null, null, null);
	}

}
