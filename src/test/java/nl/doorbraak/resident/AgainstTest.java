package nl.doorbraak.resident;

import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.mandate.Announcements.Announcement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgainstTest {

	private static final LocalDate LAST = LocalDate.of(2026, 4, 13);

	@Test
	void objectionIsPossibleUntilItsLastDayAndTheDayAfterItIsLate() {
		Announcement announced = announced("objection", LAST);
		assertThat(Against.of(announced, "Gemeente Waterdam", LAST))
			.isEqualTo(new Against("objection", "Gemeente Waterdam", "maandag 13 april 2026"));
		assertThat(Against.of(announced, "Gemeente Waterdam", LAST.plusDays(1)).remedy()).isEqualTo("late");
	}

	@Test
	void withoutAnnouncementThereIsNoTermYet() {
		assertThat(Against.of(null, "X", LAST).remedy()).isEqualTo("later");
	}

	@Test
	void complaintAndNoRemedyHaveNoLastDay() {
		assertThat(Against.of(announced("none", null), "X", LAST)).isEqualTo(new Against("none", "X", ""));
		assertThat(Against.of(announced("complaint", null), "X", LAST)).isEqualTo(new Against("complaint", "X", ""));
	}

	private static Announcement announced(String remedy, LocalDate until) {
		return new Announcement(1, Instant.EPOCH, "", false, "letter", LocalDate.of(2026, 3, 2), "post", remedy, until,
				null, null, null, "anna", Instant.EPOCH);
	}

}
