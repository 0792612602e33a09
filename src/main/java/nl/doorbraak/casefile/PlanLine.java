package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import org.jspecify.annotations.Nullable;

/**
 * A line of a plan as it stands, with how it stood before.
 *
 * @param line the same at every change
 * @param kind what it is, as a code; null where that is not asked
 * @param body id of an organisation; null for another
 * @param government whether that body is of the government
 * @param amountCents what it costs, or is per year
 * @param ofLine of a budget line: the breakthrough that it pays
 * @param endsOn its last day
 * @param explanation of a statutory stay: why that day
 * @param before the versions before, the last one first
 */
public record PlanLine(PlanPart part, int line, int version, boolean withdrawn, List<Answer> answers,
		@Nullable String kind, @Nullable String body, boolean government, @Nullable Long amountCents,
		@Nullable Integer ofLine, @Nullable LocalDate endsOn, @Nullable String explanation, String madeBy,
		Instant madeAt, List<PlanLine> before) {

	public PlanLine {
		answers = List.copyOf(answers);
		before = List.copyOf(before);
	}

	/** What was answered; null when it was left empty. */
	public @Nullable String text(String key) {
		return new Answers(this.answers).text(key);
	}

	/** What the screen showed for it; empty when it was left empty. */
	public String shown(String key) {
		return this.answers.stream()
			.filter((answer) -> answer.key().equals(key))
			.map(Answer::shown)
			.findFirst()
			.orElse("");
	}

	/** Whether this code is among what was chosen. */
	public boolean chose(String key, String code) {
		return new Answers(this.answers).find(key) instanceof Collection<?> codes && codes.contains(code);
	}

	/** Whether it lasts on this day. */
	public boolean runs(LocalDate day) {
		return !this.withdrawn && (this.endsOn == null || !this.endsOn.isBefore(day));
	}

	PlanLine with(List<PlanLine> versions) {
		return new PlanLine(this.part, this.line, this.version, this.withdrawn, this.answers, this.kind, this.body,
				this.government, this.amountCents, this.ofLine, this.endsOn, this.explanation, this.madeBy, this.madeAt,
				versions);
	}

	/** The same for who may not know who it is about. */
	PlanLine unnamed(Names names) {
		return new PlanLine(this.part, this.line, this.version, this.withdrawn, Entry.unnamed(this.answers, names),
				this.kind, this.body, this.government, this.amountCents, this.ofLine, this.endsOn, this.explanation,
				this.madeBy, this.madeAt, this.before.stream().map((line) -> line.unnamed(names)).toList());
	}

	/** The same with only these answers, and nothing of before. */
	public PlanLine only(Set<String> keys) {
		return new PlanLine(this.part, this.line, this.version, this.withdrawn,
				this.answers.stream().filter((answer) -> keys.contains(answer.key())).toList(), this.kind, this.body,
				this.government, null, this.ofLine, this.endsOn, null, this.madeBy, this.madeAt, List.of());
	}

}
