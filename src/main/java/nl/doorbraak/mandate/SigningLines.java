package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Mandate.Kind;
import nl.doorbraak.mandate.Mandate.State;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Which functions can sign on a level on a day, as far as that is not about one case:
 * what is asked when somebody really signs is more.
 */
@Service
public class SigningLines {

	private final Register register;

	private final Clock clock;

	SigningLines(Register register, Clock clock) {
		this.register = register;
		this.clock = clock;
	}

	/**
	 * The mandates of these bodies to decide, without those for a crisis alone: the last
	 * version of each number that has begun.
	 */
	public List<Line> of(Collection<String> bodies) {
		List<Mandate> lines = this.register.lines(bodies);
		return lines.stream()
			.filter((line) -> line.kind() == Kind.DECISION && !line.crisisUse() && line.function().isPresent())
			.filter((line) -> List.of(State.IN_FORCE, State.EXPIRED, State.REVOKED)
				.contains(line.state(lines, this.clock.instant())))
			.map((line) -> new Line(line.number(), line.function().orElseThrow(), line.body(),
					List.of(Rung.values()).stream().filter((rung) -> line.rungs().contains(rung.code())).toList(),
					line.end(lines),
					Coded.find(Function.class, String.valueOf(line.deputyCode()))
						.map((function) -> new Officer.Post(function, line.body()))))
			.toList();
	}

	/**
	 * One mandate.
	 *
	 * @param endsAt exclusive; null: it does not end
	 * @param deputy who may sign under it while its holder is away
	 */
	public record Line(String number, Function function, String body, List<Rung> rungs, @Nullable Instant endsAt,
			Optional<Officer.Post> deputy) {

		public Line {
			rungs = List.copyOf(rungs);
		}

		/** Whether it has ended on that day. */
		public boolean hasEnded(LocalDate day) {
			return this.endsAt != null && DutchTime.lastDay(this.endsAt).isBefore(day);
		}

		/** Whether it ends within so many days after that day. */
		public boolean endsSoon(LocalDate day, int days) {
			return this.endsAt != null && !hasEnded(day) && DutchTime.lastDay(this.endsAt).isBefore(day.plusDays(days));
		}

	}

}
