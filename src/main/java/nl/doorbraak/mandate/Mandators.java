package nl.doorbraak.mandate;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.MandateEvents.DecisionTakenByMandator;
import nl.doorbraak.mandate.Signatures.Judged;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who gave a mandate stays competent (Awb 10:7): sees what is asked under it now, and may
 * take the question to the own function. Whether that person may sign is asked in the
 * transaction in which the question moves, and again when they sign.
 */
@Service
public class Mandators {

	private final ProposalStore store;

	private final Register register;

	private final Signatures signatures;

	private final Presence presence;

	private final SigningDesk desk;

	private final CaseFiles files;

	private final Climb climb;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final TransactionOperations alone;

	Mandators(ProposalStore store, Register register, Signatures signatures, Presence presence, SigningDesk desk,
			CaseFiles files, Climb climb, Clock clock, ApplicationEventPublisher events, TransactionOperations alone) {
		this.store = store;
		this.register = register;
		this.signatures = signatures;
		this.presence = presence;
		this.desk = desk;
		this.files = files;
		this.climb = climb;
		this.clock = clock;
		this.events = events;
		this.alone = alone;
	}

	/**
	 * Whether the person holds a function under which another function signs in the name
	 * of the same body; not while the register cannot be read.
	 */
	@Transactional(readOnly = true)
	public boolean isMandator(String login) {
		Set<Officer.Post> posts = this.presence.posts(login);
		Set<String> bodies = posts.stream().map(Officer.Post::organisation).collect(Collectors.toSet());
		try {
			List<Mandate> lines = bodies.isEmpty() ? List.of() : this.register.lines(bodies);
			return lines.stream()
				.filter((line) -> isHeld(line, posts))
				.anyMatch((mine) -> lines.stream()
					.anyMatch((line) -> !isHeld(line, posts) && isUnder(line, mine, lines)));
		}
		catch (Refused ex) {
			return false;
		}
	}

	private boolean isUnder(Mandate line, Mandate mine, List<Mandate> lines) {
		return isHigher(mine, line.order(), line.body())
				|| MandateCheck.links(lines, line, this.clock.instant()).contains(mine);
	}

	private static boolean isHigher(Mandate mine, int order, String body) {
		return mine.body().equals(body) && mine.order() > order && !mine.crisisUse();
	}

	private static boolean isHeld(Mandate line, Set<Officer.Post> posts) {
		return line.function().map((function) -> posts.contains(new Officer.Post(function, line.body()))).orElse(false);
	}

	/**
	 * What is asked now under a mandate of this person, or of a function below, that is
	 * soonest due first: no text and no names. Each proposal is looked at by itself, so
	 * that this holds nobody up.
	 */
	public List<Line> asked(String login) {
		return this.store.waiting()
			.stream()
			.flatMap((proposal) -> Objects
				.requireNonNull(this.alone.execute((tx) -> line(login, proposal.number(), proposal.id())))
				.stream())
			.toList();
	}

	private Optional<Line> line(String login, String number, long id) {
		return this.store.open(number)
			.filter((proposal) -> proposal.id() == id && proposal.askedFunction() != null)
			.flatMap((proposal) -> {
				CaseFile file = this.files.get(number);
				Draft draft = this.climb.draft(number);
				Mine mine = mine(login, file, draft, proposal);
				if (mine.lines().isEmpty()) {
					return Optional.empty();
				}
				Judged judged = this.signatures.judge(file, draft, proposal, login, mine.lines());
				if (judged.line().isEmpty() && !mine.gaveIt()) {
					return Optional.empty();
				}
				return Optional.of(new Line(number, Function.of(String.valueOf(proposal.askedFunction())),
						proposal.amountCents(), Objects.requireNonNull(proposal.answerDueAt()),
						judged.line().isPresent() ? null : judged.verdict().sentence()));
			});
	}

	/** Lines of this person above what is asked, who is not asked already. */
	private Mine mine(String login, CaseFile file, Draft draft, ProposalRow proposal) {
		String function = String.valueOf(proposal.askedFunction());
		String body = String.valueOf(proposal.askedOrganisation());
		Set<Officer.Post> posts = this.presence.posts(login);
		List<Mandate> lines = this.signatures.lines(file, draft);
		if (this.presence.people(file, Function.of(function), body).contains(login)) {
			return new Mine(List.of(), false);
		}
		int order = Objects.requireNonNullElse(proposal.askedOrder(), Integer.MAX_VALUE);
		Instant now = this.clock.instant();
		Set<Mandate> above = new HashSet<>();
		lines.stream()
			.filter((line) -> line.functionCode().equals(function) && line.body().equals(body)
					&& line.powers().contains(draft.power().code()))
			.forEach((line) -> above.addAll(MandateCheck.links(lines, line, now)));
		List<Mandate> mine = lines.stream()
			.filter((line) -> isHeld(line, posts))
			.filter((line) -> above.contains(line) || isHigher(line, order, body))
			.toList();
		return new Mine(mine, mine.stream().anyMatch(above::contains));
	}

	/**
	 * Moves the question to a function of this person, who then signs as everybody.
	 * @throws Refused who is no mandator of what is asked (404), or may not sign it (403,
	 * with the check that said no); when somebody just answered (409, with who and when)
	 */
	@Transactional
	public void decideSelf(String login, String number) {
		if (!Storable.isStorable(number)) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.lock(number);
		Optional<ProposalRow> waiting = this.store.open(number).filter((each) -> each.askedFunction() != null);
		if (waiting.isEmpty()) {
			throw tooLate(login, file);
		}
		ProposalRow proposal = waiting.get();
		Draft draft = this.climb.draft(number);
		Mine mine = mine(login, file, draft, proposal);
		if (mine.lines().isEmpty()) {
			throw tooLate(login, file);
		}
		Judged judged = this.signatures.judge(file, draft, proposal, login, mine.lines());
		Mandate line = judged.line()
			.orElseThrow(() -> Refused.forbidden(judged.verdict().kebab(), judged.verdict().sentence()));
		this.store.take(proposal, login, line, this.clock.instant());
		this.files.endSigners(number);
		this.events.publishEvent(new DecisionTakenByMandator(number, login, proposal.id(), line.functionCode(),
				line.body(), line.number(), line.version(), String.valueOf(proposal.askedFunction()),
				String.valueOf(proposal.askedOrganisation())));
	}

	/** Only who could have taken it hears what became of it. */
	private Refused tooLate(String login, CaseFile file) {
		List<ProposalRow> all = this.store.all(file.number());
		if (all.isEmpty()) {
			return Refused.notFound();
		}
		ProposalRow last = all.get(all.size() - 1);
		Integer order = last.askedOrder();
		Set<Officer.Post> posts = this.presence.posts(login);
		boolean mandator = order != null
				&& this.signatures.lines(file, this.climb.draft(file.number(), last.stay(), last.entry()))
					.stream()
					.anyMatch((line) -> isHeld(line, posts) && line.order() >= order);
		return mandator ? this.desk.tooLate(last).orElseGet(Refused::notFound) : Refused.notFound();
	}

	/**
	 * Lines of somebody above what is asked.
	 *
	 * @param gaveIt whether what is asked is held under one of them
	 */
	private record Mine(List<Mandate> lines, boolean gaveIt) {
	}

	/**
	 * One proposal that waits for somebody else.
	 *
	 * @param function who is asked
	 * @param obstacle why the reader may not decide it; null when nothing is in the way
	 */
	public record Line(String number, Function function, long amountCents, Instant answerDueAt,
			@Nullable String obstacle) {
	}

}
