package nl.doorbraak.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FewTest {

	private final Few few = new Few(5);

	@Test
	void oneToFourAreTooFewToShowNoughtIsNot() {
		assertThat(this.few.is(0)).isFalse();
		assertThat(this.few.is(1)).isTrue();
		assertThat(this.few.is(4)).isTrue();
		assertThat(this.few.is(5)).isFalse();
	}

	@Test
	void whatWouldGiveASmallNumberAwayIsHiddenToo() {
		assertThat(this.few.isRest(5, 6)).as("one has a lead").isTrue();
		assertThat(this.few.isRest(6, 6)).isFalse();
		assertThat(this.few.isRest(5, 12)).isFalse();
		assertThat(this.few.giveAway(1, 0, 5)).as("six minus five").containsExactly(false, false, true);
		assertThat(this.few.giveAway(50, 3, 7)).containsExactly(false, false, true);
		assertThat(this.few.giveAway(1, 0, 4)).as("two are small").containsExactly(false, false, false);
		assertThat(this.few.giveAway(9, 6, 0)).containsExactly(false, false, false);
	}

	@Test
	void ownerSaysFromHowManyOnNumbersAreShown() {
		assertThat(new Few(10).is(9)).isTrue();
		assertThat(new Few(10).giveAway(4, 30, 12)).containsExactly(false, false, true);
	}

}
