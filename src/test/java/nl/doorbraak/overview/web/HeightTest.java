package nl.doorbraak.overview.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class HeightTest {

	private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

	@Test
	void caseThatWasNeverOnALevelHasNoHeight() {
		assertThat(Height.of(List.of(), NOW)).isNull();
	}

	@Test
	void lineGoesUpAndDownWithTheLevelsAndEndsNow() {
		Height height = Height.of(List.of(stay(Rung.LOCAL, "2026-03-01T12:00:00Z", "2026-03-11T12:00:00Z"),
				stay(Rung.REGIONAL, "2026-03-11T12:00:00Z", "2026-03-21T12:00:00Z"),
				stay(Rung.LOCAL, "2026-03-21T12:00:00Z", null)), NOW);
		assertThat(height.points()).isEqualTo("0.0,144 200.0,144 200.0,108 400.0,108 400.0,144 600.0,144");
		assertThat(height.highest()).isEqualTo(Rung.REGIONAL);
		assertThat(height.steps()).extracting(Height.Step::rung, Height.Step::days, Height.Step::turn)
			.containsExactly(tuple(Rung.LOCAL, 10L, 0), tuple(Rung.REGIONAL, 10L, 1), tuple(Rung.LOCAL, 10L, -1));
		assertThat(height.last().closedAt()).isNull();
	}

	private static RungStay stay(Rung rung, String opened, @Nullable String closed) {
		return new RungStay(1, rung, "GM9001", true, Instant.parse(opened), NOW, LocalDate.of(2026, 4, 1), "Waarom.", 0,
				null, null, null, null, null, false, null, null, (closed != null) ? Instant.parse(closed) : null);
	}

}
