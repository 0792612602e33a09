package nl.doorbraak.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * The course of a case as its record tells it: on which level it stood, who had the lead,
 * who signed under which mandate, what was asked of whom. Made of the lines of the record
 * alone, so that whoever checks those checks this.
 *
 * @param stays on the levels, the first one first
 * @param leads everybody who had the lead, also provisionally
 * @param signatures every answer to a proposal
 * @param questions what agencies were asked
 */
public record CaseStory(List<Stay> stays, List<Held> leads, List<Signature> signatures, List<Question> questions) {

	private static final ObjectMapper JSON = new ObjectMapper();

	public CaseStory {
		stays = List.copyOf(stays);
		leads = List.copyOf(leads);
		signatures = List.copyOf(signatures);
		questions = List.copyOf(questions);
	}

	/** From the lines of one chain, in their order. */
	public static CaseStory of(List<AuditLine> lines) {
		Teller teller = new Teller();
		lines.forEach(teller::tell);
		return new CaseStory(teller.stays, teller.leads, teller.signatures, teller.questions);
	}

	/** What was so at the end of a day, and what else was so during it. */
	public CaseStory on(LocalDate day) {
		Instant begin = day.atStartOfDay(DutchTime.ZONE).toInstant();
		Instant end = day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		return new CaseStory(during(this.stays, begin, end), during(this.leads, begin, end),
				this.signatures.stream().filter((each) -> each.at().isBefore(end)).toList(),
				during(this.questions, begin, end));
	}

	/** The same for who may not know what agencies were asked. */
	public CaseStory withoutQuestions() {
		return new CaseStory(this.stays, this.leads, this.signatures, List.of());
	}

	/** The same without these questions: they are in a compartment. */
	public CaseStory without(Set<Long> requests) {
		return requests.isEmpty() ? this : new CaseStory(this.stays, this.leads, this.signatures,
				this.questions.stream().filter((each) -> !requests.contains(each.request())).toList());
	}

	private static <T extends Span> List<T> during(List<T> all, Instant begin, Instant end) {
		return all.stream()
			.filter((each) -> each.since().isBefore(end) && (each.until() == null || each.until().isAfter(begin)))
			.toList();
	}

	/** The times in which nobody had accepted the lead of the open case. */
	public List<Span> withoutLead() {
		if (this.stays.isEmpty()) {
			return List.of();
		}
		List<Span> gaps = new ArrayList<>();
		Instant from = this.stays.get(0).since();
		for (Held held : this.leads.stream().filter((each) -> !each.provisional()).toList()) {
			if (held.since().isAfter(from)) {
				gaps.add(new Gap(from, held.since()));
			}
			if (held.until() == null) {
				return gaps;
			}
			from = held.until();
		}
		Instant end = this.stays.get(this.stays.size() - 1).until();
		if (end == null || end.isAfter(from)) {
			gaps.add(new Gap(from, end));
		}
		return gaps;
	}

	/** Something that lasted, or still lasts. */
	public interface Span {

		Instant since();

		/** Nothing while it lasts. */
		@Nullable Instant until();

	}

	/** A time without anything. */
	private record Gap(Instant since, @Nullable Instant until) implements Span {
	}

	/**
	 * A stay on a level.
	 *
	 * @param body id of the organisation on that level
	 * @param endedBy who decided what came after: a login, or {@link Actor#TIMER} when
	 * nobody did and the term passed
	 */
	public record Stay(Rung rung, String body, Instant since, @Nullable Instant until,
			@Nullable String endedBy) implements Span {

		/** Whether it went on because nobody decided. */
		public boolean endedByTerm() {
			return Actor.TIMER.equals(this.endedBy);
		}

	}

	/**
	 * A time in which somebody had the lead.
	 *
	 * @param provisional appointed, not accepted
	 */
	public record Held(String organisation, String person, boolean provisional, Instant since,
			@Nullable Instant until) implements Span {
	}

	/**
	 * An answer to a proposal.
	 *
	 * @param act name of the act in the record
	 * @param mandate number of the mandate; its version is the one that held then
	 */
	public record Signature(Instant at, String person, String act, Function function, String organisation,
			String mandate, int mandateVersion) {

		public boolean agreed() {
			return this.act.equals("signedOff");
		}

	}

	/**
	 * A question to an agency.
	 *
	 * @param answer code of its answer; nothing while there is none
	 * @param silent whether its term passed first
	 */
	public record Question(long request, String agency, Instant since, @Nullable Instant until, @Nullable String answer,
			boolean silent) implements Span {
	}

	private static final class Teller {

		private final List<Stay> stays = new ArrayList<>();

		private final List<Held> leads = new ArrayList<>();

		private final List<Signature> signatures = new ArrayList<>();

		private final List<Question> questions = new ArrayList<>();

		private @Nullable String decidedBy;

		void tell(AuditLine line) {
			JsonNode facts = facts(line);
			switch (line.act()) {
				case "rungOpened" -> {
					endStay(line.at());
					this.stays.add(new Stay(Rung.of(facts.path("rung").asText()), facts.path("body").asText(),
							line.at(), null, null));
				}
				case "rungDecided", "caseRedirected", "caseWithdrawn" -> this.decidedBy = line.actor();
				case "caseClosed" -> endStay(line.at());
				case "leadAccepted", "leadHandedOver" ->
					hold(new Held(facts.path("organisation").asText(), line.actor(), false, line.at(), null));
				case "provisionalLeadAppointed" -> hold(new Held(facts.path("organisation").asText(),
						facts.path("person").asText(), true, line.at(), null));
				case "leadReturned", "leadEnded" -> endLead(line.at());
				case "signedOff", "signOffRefused", "signOffSentBack", "signOffHandedUp", "decisionRatified",
						"decisionNotRatified" ->
					sign(line, facts);
				case "agencyAsked" -> this.questions.add(new Question(facts.path("request").asLong(),
						facts.path("agency").asText(), line.at(), null, null, false));
				case "agencyAnswered", "agencyRequestLapsed", "agencySilent" -> answer(line, facts);
				default -> {
				}
			}
		}

		private void endStay(Instant at) {
			last(this.stays).ifPresent((stay) -> this.stays.set(this.stays.size() - 1,
					new Stay(stay.rung(), stay.body(), stay.since(), at, this.decidedBy)));
			this.decidedBy = null;
		}

		private void hold(Held held) {
			endLead(held.since());
			this.leads.add(held);
		}

		private void endLead(Instant at) {
			last(this.leads).ifPresent((held) -> this.leads.set(this.leads.size() - 1,
					new Held(held.organisation(), held.person(), held.provisional(), held.since(), at)));
		}

		private static <T extends Span> Optional<T> last(List<T> spans) {
			return spans.isEmpty() ? Optional.empty()
					: Optional.of(spans.get(spans.size() - 1)).filter((span) -> span.until() == null);
		}

		private void sign(AuditLine line, JsonNode facts) {
			if (facts.hasNonNull("mandate")) {
				this.signatures.add(new Signature(line.at(), line.actor(), line.act(),
						Function.of(facts.path("function").asText()), facts.path("organisation").asText(),
						facts.path("mandate").asText(), facts.path("mandateVersion").asInt()));
			}
		}

		private void answer(AuditLine line, JsonNode facts) {
			this.questions.replaceAll((asked) -> {
				if (asked.request() != facts.path("request").asLong() || asked.until() != null) {
					return asked;
				}
				return line.act().equals("agencySilent")
						? new Question(asked.request(), asked.agency(), asked.since(), null, null, true)
						: new Question(asked.request(), asked.agency(), asked.since(), line.at(),
								facts.path("answer").asText(null), asked.silent());
			});
		}

		private static JsonNode facts(AuditLine line) {
			try {
				return JSON.readTree(line.facts());
			}
			catch (JsonProcessingException ex) {
				throw new IllegalStateException("A line of the record holds no JSON", ex);
			}
		}

	}

}
