package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.Signatures.Judged;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody who is asked to sign must know beside the proposal itself, and who was
 * first when the answer was given already.
 */
@Service
public class SigningDesk {

	private static final String LAPSED = "lapsed";

	private final ProposalStore store;

	private final Gate gate;

	private final Signatures signatures;

	private final CaseFiles files;

	private final Climb climb;

	private final Directory directory;

	private final MessageSource messages;

	private final Clock clock;

	SigningDesk(ProposalStore store, Gate gate, Signatures signatures, CaseFiles files, Climb climb,
			Directory directory, MessageSource messages, Clock clock) {
		this.store = store;
		this.gate = gate;
		this.signatures = signatures;
		this.files = files;
		this.climb = climb;
		this.directory = directory;
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * What this person would sign under, if they signed now; nothing where no proposal of
	 * the case waits for anybody.
	 */
	@Transactional
	public Optional<Question> question(String login, String number) {
		return this.store.open(number).filter((each) -> each.askedFunction() != null).map((proposal) -> {
			CaseFile file = this.files.get(number);
			Draft draft = this.climb.draft(number);
			Judged judged = this.gate.judge(file, draft, proposal, login);
			Optional<Mandate> next = this.gate.findNext(file, draft, proposal);
			return new Question(Function.of(String.valueOf(proposal.askedFunction())),
					body(String.valueOf(proposal.askedOrganisation())),
					judged.line().map((line) -> limit(proposal, line)).orElse(null),
					judged.line().isPresent() ? null : judged.verdict().sentence(),
					next.flatMap(Mandate::function).orElse(null), this.signatures.inCrisis(file), draft.mark(),
					comparable(file, proposal, draft));
		});
	}

	private Limit limit(ProposalRow proposal, Mandate line) {
		return new Limit(line.number(), line.version(), line.legalBasis(), line.ceilingCents(),
				Objects
					.requireNonNull(this.store.spent(proposal, line.number(), this.clock.instant()).householdCents()),
				line.decisionCeilingCents(), line.budgetCents(), line.conditions());
	}

	private @Nullable Comparable comparable(CaseFile file, ProposalRow proposal, Draft draft) {
		Instant year = this.clock.instant().atZone(DutchTime.ZONE).minus(1, ChronoUnit.YEARS).toInstant();
		Comparable found = this.store.comparable(file.municipality(), draft.power(), proposal, year);
		return (found.count() >= Comparable.FEWEST) ? found : null;
	}

	/**
	 * What became of the last proposal of a case, for who was asked too; nothing for
	 * others and while nobody has answered.
	 */
	@Transactional(readOnly = true)
	public Optional<Taken> taken(String login, String number) {
		return last(login, number).flatMap(this::answer);
	}

	/** What this person answered last to that proposal; nothing when they did not. */
	@Transactional(readOnly = true)
	public Optional<SignOff> own(String login, String number) {
		return last(login, number).stream()
			.flatMap((proposal) -> this.store.signOffs(proposal).stream())
			.filter((each) -> each.person().equals(login))
			.reduce((earlier, later) -> later);
	}

	/** Why somebody who was asked comes too late; nothing for who was never asked. */
	@Transactional(readOnly = true)
	public Optional<Refused> tooLate(String login, String number) {
		return taken(login, number).map(this::refused);
	}

	/** The same for who was not asked, but could have signed. */
	Optional<Refused> tooLate(ProposalRow proposal) {
		return answer(proposal).map(this::refused);
	}

	private Refused refused(Taken taken) {
		Function function = taken.function();
		return Refused.conflict(taken.ending().equals(LAPSED) ? LAPSED : "decided-already",
				Objects.requireNonNull(this.messages.getMessage("sign.taken." + taken.ending(), new Object[] {
						(function != null) ? function.label() : "", taken.person(), DutchTime.moment(taken.at()) },
						Locale.forLanguageTag("nl"))));
	}

	private Optional<ProposalRow> last(String login, String number) {
		List<ProposalRow> all = wasAsked(login, number) ? this.store.all(number) : List.of();
		return all.stream().skip(Math.max(0, all.size() - 1)).findFirst();
	}

	private Optional<Taken> answer(ProposalRow proposal) {
		List<SignOff> answers = this.store.signOffs(proposal);
		Instant endedAt = proposal.endedAt();
		if (endedAt != null && (answers.isEmpty() || proposal.state().equals(LAPSED))) {
			return Optional.of(new Taken(LAPSED, "", null, endedAt));
		}
		ProposalRow.Taken taken = proposal.taken();
		if (taken != null && taken.function().code().equals(proposal.askedFunction())
				&& answers.stream().noneMatch((each) -> each.at().isAfter(taken.at()))) {
			return Optional
				.of(new Taken("takenOver", this.directory.nameOf(taken.person()), taken.function(), taken.at()));
		}
		return answers.stream()
			.skip(Math.max(0, answers.size() - 1))
			.findFirst()
			.map((answer) -> new Taken(ending(proposal, answer), this.directory.nameOf(answer.person()),
					answer.function(), answer.at()));
	}

	private static String ending(ProposalRow proposal, SignOff last) {
		return switch (last.outcome()) {
			case PASSED_ON -> "passedOn";
			case SENT_BACK -> "sentBack";
			case AGREED -> proposal.state().equals("open") ? "agreed" : "decided";
			case REFUSED -> "decided";
		};
	}

	/** Whether the person was asked to sign in this case, at whatever time. */
	@Transactional(readOnly = true)
	public boolean wasAsked(String login, String number) {
		return this.files.wasAskedToSign(login, number)
				|| this.store.signOffs(number).stream().anyMatch((each) -> each.person().equals(login));
	}

	private String body(String id) {
		return this.directory.getOrganisation(id).name();
	}

	/**
	 * What a person who is asked must know.
	 *
	 * @param limit of the mandate under which this person would sign; null when none
	 * would do
	 * @param obstacle why this person cannot sign now; null when nothing is in the way
	 * @param next the function that is asked when there is no answer; null when there is
	 * none
	 * @param mark of what is read
	 * @param comparable null when there are too few to tell
	 */
	public record Question(Function function, String body, @Nullable Limit limit, @Nullable String obstacle,
			@Nullable Function next, boolean crisis, String mark, @Nullable Comparable comparable) {
	}

	/**
	 * One version of a mandate, with what it still allows.
	 *
	 * @param ceilingCents per household and year; null when there is none
	 * @param spentCents what was signed under it for this household this year
	 * @param decisionCeilingCents of one decision; null when there is none
	 * @param budgetCents of all that is signed under it in a year; null when there is
	 * none
	 * @param conditions instructions of the mandator; null when there are none
	 */
	public record Limit(String mandate, int version, String legalBasis, @Nullable Long ceilingCents, long spentCents,
			@Nullable Long decisionCeilingCents, @Nullable Long budgetCents, @Nullable String conditions) {

		/** Whether any amount is allowed. */
		public boolean isOpen() {
			return this.ceilingCents == null && this.decisionCeilingCents == null && this.budgetCents == null;
		}

	}

	/**
	 * Amounts of comparable decisions: how many, and where a quarter, half and three
	 * quarters lie.
	 */
	public record Comparable(long count, long lowCents, long middleCents, long highCents) {

		/** Of fewer one could guess which case it was. */
		static final int FEWEST = 5;

	}

	/**
	 * What became of a proposal.
	 *
	 * @param ending {@code decided}; {@code agreed} while more approvals are needed;
	 * {@code passedOn}, {@code sentBack} or {@code lapsed}; {@code takenOver} while the
	 * mandator decides himself
	 * @param person who answered last; empty when it lapsed
	 */
	public record Taken(String ending, String person, @Nullable Function function, Instant at) {
	}

}
