package nl.doorbraak.inspection;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingTest {

	private static final List<Long> HUNDRED = LongStream.rangeClosed(1, 100).boxed().toList();

	@Test
	void sameSeedDrawsTheSameInWhateverOrderTheyCome() {
		List<Long> drawn = Sampling.draw("2026", HUNDRED, 25);
		assertThat(drawn).hasSize(25).doesNotHaveDuplicates();
		assertThat(Sampling.draw("2026", HUNDRED.stream().sorted((a, b) -> Long.compare(b, a)).toList(), 25))
			.isEqualTo(drawn);
	}

	/**
	 * As {@code for i in 1 2 3 4 5; do printf 7:$i | sha256sum; done | sort} orders them.
	 */
	@Test
	void drawsWhatSomebodyElseDrawsByHand() {
		assertThat(Sampling.draw("7", List.of(1L, 2L, 3L, 4L, 5L), 5)).containsExactly(4L, 3L, 2L, 1L, 5L);
	}

	@Test
	void otherSeedDrawsOthers() {
		assertThat(Sampling.draw("2027", HUNDRED, 25)).isNotEqualTo(Sampling.draw("2026", HUNDRED, 25));
	}

	@Test
	void largerSampleBeginsWithTheSmaller() {
		assertThat(Sampling.draw("2026", HUNDRED, 40))
			.startsWith(Sampling.draw("2026", HUNDRED, 25).toArray(Long[]::new));
	}

	@Test
	void everyoneCanBeDrawnAndEveryoneIsWhenAllAre() {
		Set<Long> first = new HashSet<>();
		IntStream.range(0, 2000).forEach((seed) -> first.addAll(Sampling.draw(String.valueOf(seed), HUNDRED, 1)));
		assertThat(first).hasSize(100);
		assertThat(Sampling.draw("2026", HUNDRED, 100)).containsExactlyInAnyOrderElementsOf(HUNDRED);
	}

}
