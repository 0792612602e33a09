package nl.doorbraak.mandate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Occupant;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Finding.Outcome;
import nl.doorbraak.mandate.Mandate.State;
import nl.doorbraak.mandate.MandateCsv.Column;
import nl.doorbraak.mandate.MandateEvents.MandateRecorded;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The register of a body, for who keeps it, decides under it or looks after it. */
@Service
public class Mandates {

	/** Functions that read the register of their own body. */
	public static final Set<Function> READERS = Collections.unmodifiableSet(EnumSet.of(Function.MANAGER,
			Function.DIRECTOR, Function.ALDERMAN, Function.AUDITOR, Function.ADMINISTRATOR));

	private final Register register;

	private final ProposalStore proposals;

	private final Presence presence;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Mandates(Register register, ProposalStore proposals, Presence presence, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.events = events;
		this.register = register;
		this.proposals = proposals;
		this.presence = presence;
		this.directory = directory;
		this.clock = clock;
	}

	/** The bodies whose register this officer may read. */
	public List<Organisation> bodies(String login) {
		return bodies(login, READERS);
	}

	private List<Organisation> bodies(String login, Set<Function> functions) {
		return this.directory.getOfficer(login)
			.posts()
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Officer.Post::organisation)
			.distinct()
			.map(this.directory::getOrganisation)
			.toList();
	}

	/**
	 * The body with this id, or the first that the officer may read.
	 * @throws Refused when it is not one of those (404)
	 */
	public Organisation body(String login, @Nullable String id) {
		return bodies(login).stream()
			.filter((each) -> id == null || each.id().equals(id))
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/** What there is to do in the registers that this officer may read. */
	public ToDo toDo(String login) {
		List<Organisation> bodies = bodies(login);
		try {
			List<RegisterView> views = bodies.stream().map(this::view).toList();
			return new ToDo(true, views.stream().mapToInt((view) -> view.ending().size()).sum(),
					views.stream().mapToInt((view) -> view.gaps().size()).sum());
		}
		catch (Refused ex) {
			return new ToDo(false, 0, 0);
		}
	}

	/** Every line of a body with what it is today, and the picture of their validity. */
	@Transactional(readOnly = true)
	public RegisterView view(Organisation body) {
		return RegisterView.of(body, this.register.lines(Set.of(body.id())), this.clock.instant());
	}

	/** The same as it was at a moment, of the lines that were written down by then. */
	@Transactional(readOnly = true)
	public RegisterView view(Organisation body, Instant at) {
		return RegisterView.of(body,
				this.register.lines(Set.of(body.id()))
					.stream()
					.filter((line) -> !line.recordedAt().isAfter(at))
					.toList(),
				at);
	}

	/** When the first line of a body was written down. */
	@Transactional(readOnly = true)
	public Optional<Instant> knownSince(Organisation body) {
		return this.register.lines(Set.of(body.id())).stream().map(Mandate::recordedAt).min(Comparator.naturalOrder());
	}

	/** Who has or had the functions that hold a mandate of this body, and from when. */
	public List<Occupant> occupants(Organisation body) {
		Set<Function> holders = this.register.lines(Set.of(body.id()))
			.stream()
			.flatMap((line) -> line.function().stream())
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Function.class)));
		return this.directory.occupants(body.id())
			.stream()
			.filter((each) -> holders.contains(each.function()))
			.toList();
	}

	/**
	 * Mandates of the officer's registers that came within 60 or within 14 days of their
	 * end since an earlier day; none of a register that cannot be read.
	 * @param after the last day that was told about
	 */
	public List<Ending> ending(String login, LocalDate after, LocalDate today) {
		return bodies(login).stream()
			.flatMap((body) -> endingIn(body).stream())
			.flatMap((line) -> Stream.ofNullable(line.lastDay())
				.filter((last) -> IntStream.of(RegisterView.SOON_DAYS, RegisterView.VERY_SOON_DAYS)
					.mapToObj(last::minusDays)
					.anyMatch((day) -> day.isAfter(after) && !day.isAfter(today)))
				.map((last) -> new Ending(line.number(), line.function(), last, ChronoUnit.DAYS.between(today, last))))
			.toList();
	}

	private List<RegisterView.Line> endingIn(Organisation body) {
		try {
			return view(body).ending();
		}
		catch (Refused ex) {
			return List.of();
		}
	}

	/** The newest version of every line, as a file to take away and bring back. */
	@Transactional(readOnly = true)
	public String export(Organisation body) {
		List<Mandate> all = this.register.lines(Set.of(body.id()));
		return MandateCsv.write(all.stream().filter((line) -> newest(all, line.number()) == line).toList());
	}

	private static @Nullable Mandate newest(List<Mandate> all, String number) {
		return all.stream()
			.filter((each) -> each.number().equals(number))
			.max(Comparator.comparing(Mandate::version))
			.orElse(null);
	}

	/** Whether the officer keeps the register of a body. */
	public boolean keeps(String login) {
		return !bodies(login, Set.of(Function.ADMINISTRATOR)).isEmpty();
	}

	/**
	 * Takes a file over, all of it or nothing: what is new becomes a line, what differs a
	 * new version of its line, what is the same is left alone.
	 * @throws Refused who keeps no register (403)
	 */
	@Transactional
	public Taken take(String login, String file) {
		Set<String> own = bodies(login, Set.of(Function.ADMINISTRATOR)).stream()
			.map(Organisation::id)
			.collect(Collectors.toSet());
		if (own.isEmpty()) {
			throw Refused.forbidden("not-the-administrator",
					"Alleen de functioneel beheerder vult het register. Neem contact op met uw functioneel beheerder.");
		}
		this.register.lock();
		List<Mandate> known = this.register.lines(own);
		List<MandateProblem> problems = new ArrayList<>();
		List<Mandate> read = MandateCsv.read(file, problems)
			.stream()
			.map((typed) -> read(typed, own, known, problems))
			.toList();
		read.forEach((line) -> compare(line, read, known, problems));
		if (read.isEmpty() && problems.isEmpty()) {
			problems.add(new MandateProblem(1, "Er staat geen enkel mandaat in dit bestand."));
		}
		List<Mandate> changed = read.stream().filter((line) -> {
			Mandate before = newest(known, line.number());
			return before == null || !before.saysTheSame(line);
		}).toList();
		if (problems.isEmpty()) {
			changed.forEach((line) -> {
				this.register.add(line);
				this.events.publishEvent(new MandateRecorded(login, line.body(), line.number(), line.version(),
						line.revokedAt() != null));
			});
		}
		return new Taken(changed.size(), read.size() - changed.size(), problems.stream().distinct().toList());
	}

	private Mandate read(MandateCsv.Typed typed, Set<String> own, List<Mandate> known, List<MandateProblem> problems) {
		String number = typed.cells().getOrDefault(Column.NUMBER, "");
		Mandate line = new MandateCsv.Reader(typed, problems, this::organisation).mandate(newest(known, number),
				this.clock.instant());
		if (!line.body().isEmpty() && !own.contains(line.body())) {
			problems.add(new MandateProblem(typed.line(),
					"'" + Column.BODY.header() + "' is een organisatie waarvan u het register niet beheert."));
		}
		if (!line.body().isEmpty() && this.register.isOfAnother(line.number(), line.body())) {
			problems.add(new MandateProblem(typed.line(),
					"'" + Column.NUMBER.header() + "' is al het nummer van een mandaat van een ander orgaan."));
		}
		return line;
	}

	/** What a line says of other lines. */
	private static void compare(Mandate line, List<Mandate> read, List<Mandate> known, List<MandateProblem> problems) {
		String parent = line.parent();
		if (read.stream().filter((each) -> each.number().equals(line.number())).count() > 1) {
			problems.add(new MandateProblem(0, "Mandaat " + line.number() + " staat er meer dan een keer in."));
		}
		if (parent != null && newest(known, parent) == null
				&& read.stream().noneMatch((each) -> each.number().equals(parent))) {
			problems.add(new MandateProblem(0, "Mandaat " + line.number() + " valt onder " + parent
					+ ", maar dat staat niet in dit bestand en niet in het register."));
		}
	}

	private Optional<String> organisation(String typed) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equalsIgnoreCase(typed) || each.name().equalsIgnoreCase(typed))
			.map(Organisation::id)
			.findFirst();
	}

	/** A file to begin with, made of the shape of a published mandate decision. */
	public String example(Organisation body) {
		try {
			return new ClassPathResource("example.csv", Mandates.class).getContentAsString(StandardCharsets.UTF_8)
				.replace("GM0000", body.id());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** An amount in euros as people write it, in cents; empty when it is none. */
	public static Optional<Long> cents(String typed) {
		return MandateCsv.cents(typed);
	}

	/**
	 * Who may decide this at this moment: every line that could be used, in the order in
	 * which its functions are asked, with the answer of the same checks as at the gate.
	 * Supposes that nothing was signed for the household this year, and that somebody
	 * else proposes it.
	 */
	@Transactional(readOnly = true)
	public Answer whoMayDecide(Organisation body, Organisation municipality, Question question) {
		Instant now = this.clock.instant();
		Set<String> bodies = bodies(body, municipality, question.rung());
		List<Mandate> all = bodies.isEmpty() ? List.of() : this.register.lines(bodies);
		List<Candidate> candidates = MandateCheck.inOrder(all, question.crisis())
			.stream()
			.filter((line) -> line.state(all, now) != State.SUPERSEDED)
			.map((line) -> candidate(all, line, municipality.id(), bodies, question, now))
			.toList();
		Outcome outcome = Stream.of(Outcome.COMPETENT, Outcome.UNDETERMINED)
			.filter((each) -> candidates.stream().anyMatch((candidate) -> candidate.is(each)))
			.findFirst()
			.orElse(bodies.isEmpty() ? Outcome.UNDETERMINED : Outcome.NOT_COMPETENT);
		return new Answer(outcome.name(), candidates);
	}

	/** Of which municipalities a case can be that this body decides in. */
	public List<Organisation> municipalities(Organisation body) {
		return switch (body.kind()) {
			case MUNICIPALITY -> List.of(body);
			case REGION -> municipalities((each) -> body.id().equals(each.region()));
			case MINISTRY -> municipalities((each) -> true);
			case AGENCY, DESK -> List.of();
		};
	}

	private List<Organisation> municipalities(Predicate<Organisation> which) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY)
			.filter(which)
			.toList();
	}

	/**
	 * As at the gate: which bodies go about a case of this municipality on that rung. A
	 * region or ministry is not shown what it has no say in.
	 */
	private Set<String> bodies(Organisation body, Organisation municipality, Rung rung) {
		boolean own = body.kind() == Organisation.Kind.MUNICIPALITY;
		String region = municipality.region();
		return switch (rung) {
			case LOCAL, NATIONAL -> own ? Set.of(municipality.id()) : Set.of();
			case REGIONAL -> (body.kind() == Organisation.Kind.MINISTRY) ? Set.of()
					: (region != null) ? Set.of(region, municipality.id()) : Set.of(municipality.id());
			case MINISTRY -> Set.of(this.directory.theOne(Organisation.Kind.MINISTRY).id());
		};
	}

	private Candidate candidate(List<Mandate> all, Mandate line, String municipality, Set<String> bodies,
			Question question, Instant now) {
		List<String> people = line.function()
			.map((function) -> this.presence.present(function, line.body()))
			.orElse(List.of());
		List<String> deputies = this.presence.deputies(line);
		Set<Officer.Post> posts = new LinkedHashSet<>();
		if (!people.isEmpty() || !deputies.isEmpty()) {
			line.function().ifPresent((function) -> posts.add(new Officer.Post(function, line.body())));
		}
		Threat threat = question.threat();
		Finding finding = MandateCheck.check(all, line,
				new Signing("", posts, Set.of(), question.power(), question.rung().code(), bodies, municipality,
						(threat != null) ? threat.code() : null, now, question.crisis(), question.amountCents(),
						(mandate) -> this.proposals.spent(mandate, now), question.deviates(), question.reservation(),
						true, "?", Set.of(), Set.of()));
		String reason = (finding.verdict() == Verdict.GEEN_MANDAAT && posts.isEmpty()) ? line.function()
			.filter((function) -> !this.directory.officersOf(line.body(), function).isEmpty())
			.map((function) -> "Wie de functie van dit mandaat heeft, is vandaag afwezig.")
			.orElse("Niemand heeft vandaag de functie van dit mandaat.") : finding.reason();
		return new Candidate(line.number(), line.version(), line.function().orElse(null), line.functionCode(),
				this.directory.getOrganisation(line.body()).name(),
				people.stream().map(this.directory::nameOf).toList(),
				deputies.stream().map(this.directory::nameOf).toList(),
				line.function().equals(Optional.of(Function.CASE_DIRECTOR)), line.approvals(), line.crisisUse(),
				line.conditions(), finding.outcome(), finding.verdict().name(), finding.link(), reason);
	}

	/** A mandate that ends soon: its last day, and how many days are left. */
	public record Ending(String number, String function, LocalDate lastDay, long days) {
	}

	/** Whether every register is readable; how many mandates end soon, how many gaps. */
	public record ToDo(boolean readable, int ending, int gaps) {
	}

	/**
	 * What became of a file.
	 *
	 * @param changed how many lines are new or have a new version
	 * @param same how many were there already
	 * @param problems why nothing was taken over
	 */
	public record Taken(int changed, int same, List<MandateProblem> problems) {

		public Taken {
			problems = List.copyOf(problems);
		}

	}

	/**
	 * What somebody wants to know. What is null is not known.
	 *
	 * @param threat null: there is none
	 */
	public record Question(Rung rung, Power power, @Nullable Long amountCents, @Nullable Boolean deviates,
			@Nullable Reservation reservation, boolean crisis, @Nullable Threat threat) {
	}

	/**
	 * Who may decide.
	 *
	 * @param outcome {@code COMPETENT} when somebody may, {@code UNDETERMINED} when that
	 * cannot be established, else {@code NOT_COMPETENT}
	 */
	public record Answer(String outcome, List<Candidate> candidates) {

		public Answer {
			candidates = List.copyOf(candidates);
		}

		/** Who may, in the order in which they are asked. */
		public List<Candidate> competent() {
			return this.candidates.stream().filter((each) -> each.is(Outcome.COMPETENT)).toList();
		}

		public List<Candidate> others() {
			return this.candidates.stream().filter((each) -> !each.is(Outcome.COMPETENT)).toList();
		}

	}

	/**
	 * A line of the register with the answer of the checks.
	 *
	 * @param people names of who holds the function today
	 * @param deputies names of who stands in for them
	 * @param ofTheCase whether only who has the case may, of those people
	 * @param link the mandate that breaks, with its version
	 */
	public record Candidate(String number, int version, @Nullable Function function, String functionCode, String body,
			List<String> people, List<String> deputies, boolean ofTheCase, int approvals, boolean crisisUse,
			@Nullable String conditions, Outcome outcome, String code, String link, String reason) {

		boolean is(Outcome asked) {
			return this.outcome == asked;
		}

		/** Whether it is not certain, for the page. */
		public boolean isUndetermined() {
			return is(Outcome.UNDETERMINED);
		}

		/** The other mandate that breaks; empty when it is this one. */
		public String brokenLink() {
			return this.link.startsWith(this.number + " ") ? "" : this.link;
		}

	}

}
