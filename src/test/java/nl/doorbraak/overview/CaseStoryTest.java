package nl.doorbraak.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.overview.CaseStory.Held;
import nl.doorbraak.overview.CaseStory.Question;
import nl.doorbraak.overview.CaseStory.Signature;
import nl.doorbraak.overview.CaseStory.Span;
import nl.doorbraak.overview.CaseStory.Stay;
import nl.doorbraak.support.Actor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class CaseStoryTest {

	private final List<AuditLine> lines = new ArrayList<>();

	@Test
	void levelsFollowEachOtherAndSayWhoDecidedOrThatTheTermDid() {
		line("2026-03-01T09:00:00Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"local\",\"body\":\"GM9001\"}");
		line("2026-03-05T09:00:00Z", "anna", "rungDecided", "{\"rung\":\"local\",\"decision\":\"up\"}");
		line("2026-03-05T09:00:01Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"regional\",\"body\":\"RG01\"}");
		line("2026-03-20T23:00:00Z", Actor.TIMER, "rungDecided", "{\"rung\":\"regional\",\"decision\":\"up\"}");
		line("2026-03-20T23:00:01Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"national\",\"body\":\"LMM\"}");
		List<Stay> stays = story().stays();
		assertThat(stays).extracting(Stay::rung).containsExactly(Rung.LOCAL, Rung.REGIONAL, Rung.NATIONAL);
		assertThat(stays).extracting(Stay::endedBy).containsExactly("anna", Actor.TIMER, null);
		assertThat(stays).extracting(Stay::endedByTerm).containsExactly(false, true, false);
		assertThat(stays.get(1).since()).isEqualTo(stays.get(0).until());
		assertThat(stays.get(2).until()).isNull();
	}

	@Test
	void leadIsHeldUntilItEndsAndNobodyHasItInBetween() {
		line("2026-03-01T09:00:00Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"local\",\"body\":\"GM9001\"}");
		line("2026-03-02T09:00:00Z", "anna", "leadAccepted", "{\"organisation\":\"GM9001\"}");
		line("2026-03-03T09:00:00Z", "karim", "leadHandedOver", "{\"organisation\":\"GM9001\",\"before\":\"anna\"}");
		line("2026-03-04T09:00:00Z", "karim", "leadReturned", "{\"organisation\":\"GM9001\"}");
		line("2026-03-06T09:00:00Z", Actor.TIMER, "provisionalLeadAppointed",
				"{\"organisation\":\"GM9001\",\"person\":\"anna\"}");
		line("2026-03-07T09:00:00Z", "paul", "leadAccepted", "{\"organisation\":\"RG01\"}");
		assertThat(story().leads()).extracting(Held::person).containsExactly("anna", "karim", "anna", "paul");
		assertThat(story().leads()).extracting(Held::provisional).containsExactly(false, false, true, false);
		assertThat(story().leads()).extracting(Held::until)
			.containsExactly(at("2026-03-03T09:00:00Z"), at("2026-03-04T09:00:00Z"), at("2026-03-07T09:00:00Z"), null);
		assertThat(story().withoutLead()).extracting(Span::since, Span::until)
			.containsExactly(tuple(at("2026-03-01T09:00:00Z"), at("2026-03-02T09:00:00Z")),
					tuple(at("2026-03-04T09:00:00Z"), at("2026-03-07T09:00:00Z")));
	}

	@Test
	void nobodyHadTheLeadOfAClosedCaseUntilItClosed() {
		line("2026-03-01T09:00:00Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"local\",\"body\":\"GM9001\"}");
		line("2026-03-09T09:00:00Z", Actor.SOFTWARE, "caseClosed", "{\"outcome\":\"withdrawn\"}");
		assertThat(story().withoutLead()).extracting(Span::until).containsExactly(at("2026-03-09T09:00:00Z"));
	}

	@Test
	void signatureSaysUnderWhichVersionOfWhichMandate() {
		line("2026-03-02T09:00:00Z", "mila", "signOffRefused", signed(2));
		line("2026-03-03T09:00:00Z", "dirk", "signedOff", signed(3));
		assertThat(story().signatures()).extracting(Signature::person).containsExactly("mila", "dirk");
		assertThat(story().signatures()).extracting(Signature::agreed).containsExactly(false, true);
		assertThat(story().signatures().get(1)).isEqualTo(new Signature(at("2026-03-03T09:00:00Z"), "dirk", "signedOff",
				Function.MANAGER, "GM9001", "GM9001-02", 3));
	}

	@Test
	void silentAgencyMayStillAnswer() {
		line("2026-03-02T09:00:00Z", "anna", "agencyAsked", "{\"request\":7,\"agency\":\"UWV\"}");
		line("2026-03-02T09:00:00Z", "anna", "agencyAsked", "{\"request\":8,\"agency\":\"SVB\"}");
		line("2026-03-09T09:00:00Z", Actor.TIMER, "agencySilent", "{\"request\":7,\"agency\":\"UWV\"}");
		line("2026-03-10T09:00:00Z", "ulla", "agencyAnswered",
				"{\"request\":7,\"agency\":\"UWV\",\"answer\":\"granted\"}");
		assertThat(story().questions()).containsExactly(
				new Question(7, "UWV", at("2026-03-02T09:00:00Z"), at("2026-03-10T09:00:00Z"), "granted", true),
				new Question(8, "SVB", at("2026-03-02T09:00:00Z"), null, null, false));
	}

	@Test
	void dayBeginsAndEndsInTheNetherlands() {
		line("2026-03-01T09:00:00Z", Actor.SOFTWARE, "rungOpened", "{\"rung\":\"local\",\"body\":\"GM9001\"}");
		line("2026-03-02T22:59:59Z", "anna", "leadAccepted", "{\"organisation\":\"GM9001\"}");
		line("2026-03-03T23:00:00Z", "mila", "signedOff", signed(1));
		line("2026-03-03T23:00:00Z", "anna", "leadReturned", "{\"organisation\":\"GM9001\"}");
		assertThat(story().on(LocalDate.of(2026, 2, 28)).stays()).isEmpty();
		assertThat(story().on(LocalDate.of(2026, 3, 2)).leads()).hasSize(1);
		assertThat(story().on(LocalDate.of(2026, 3, 3)).leads()).hasSize(1);
		assertThat(story().on(LocalDate.of(2026, 3, 3)).signatures()).isEmpty();
		assertThat(story().on(LocalDate.of(2026, 3, 4)).leads()).isEmpty();
		assertThat(story().on(LocalDate.of(2026, 3, 4)).signatures()).hasSize(1);
	}

	private static String signed(int version) {
		return "{\"function\":\"manager\",\"organisation\":\"GM9001\",\"mandate\":\"GM9001-02\",\"mandateVersion\":"
				+ version + "}";
	}

	private void line(String at, String actor, String act, String facts) {
		this.lines.add(new AuditLine("DB-2026-000001", this.lines.size() + 1, at(at), actor, act, facts, new byte[0],
				new byte[0]));
	}

	private static Instant at(String text) {
		return Instant.parse(text);
	}

	private CaseStory story() {
		return CaseStory.of(this.lines);
	}

}
