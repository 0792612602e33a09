package nl.doorbraak.inspection;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.inspection.Inspection.Count;
import nl.doorbraak.inspection.Inspection.Difference;
import nl.doorbraak.inspection.Inspection.Finding;
import nl.doorbraak.inspection.Inspection.Item;
import nl.doorbraak.inspection.Inspection.Mandated;
import nl.doorbraak.inspection.Inspection.Sample;
import nl.doorbraak.inspection.Inspection.ToAnswer;
import nl.doorbraak.inspection.Inspection.Verdict;
import nl.doorbraak.inspection.Inspection.Waiting;
import nl.doorbraak.inspection.InspectionEvents.AssignmentClosed;
import nl.doorbraak.inspection.InspectionEvents.AssignmentOpened;
import nl.doorbraak.inspection.InspectionEvents.FindingAnswered;
import nl.doorbraak.inspection.InspectionEvents.FindingRecorded;
import nl.doorbraak.inspection.InspectionEvents.PopulationDrawn;
import nl.doorbraak.inspection.InspectionEvents.SampleDrawn;
import nl.doorbraak.inspection.InspectionStore.Drawn;
import nl.doorbraak.inspection.InspectionStore.Found;
import nl.doorbraak.mandate.SignedDecision;
import nl.doorbraak.mandate.SignedDecisions;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Controleopdrachten: an auditor says what is inspected and gets every decision that it
 * is about, draws from them, and says what they found; a manager of the municipality
 * answers; then it is closed.
 */
@Service
public class Inspections {

	private static final int LONGEST_PURPOSE = 500;

	private static final int LONGEST_WORDS = 2000;

	private static final int LARGEST_SAMPLE = 500;

	private static final String WORDS = "words";

	private final InspectionStore store;

	private final SignedDecisions decisions;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final SecureRandom random = new SecureRandom();

	Inspections(InspectionStore store, SignedDecisions decisions, CaseFiles files, Writing writing, Directory directory,
			Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.decisions = decisions;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Ids of the municipalities for which somebody audits. */
	public List<String> audits(String login) {
		return municipalities(login, Function.AUDITOR);
	}

	private List<String> municipalities(String login, Function function) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> post.function() == function)
			.map(Post::organisation)
			.sorted()
			.toList();
	}

	/** The assignments of the municipalities for which somebody audits. */
	@Transactional(readOnly = true)
	public List<Inspection> list(String login) {
		return this.store.of(audits(login));
	}

	/**
	 * One of them.
	 * @throws Refused (404) when it is about a municipality for which they do not audit
	 */
	@Transactional(readOnly = true)
	public Inspection get(String login, UUID id) {
		return allowed(login, this.store.find(id));
	}

	private Inspection allowed(String login, Optional<Inspection> found) {
		return found.filter((each) -> audits(login).containsAll(each.municipalities())).orElseThrow(Refused::notFound);
	}

	private Inspection lock(String login, UUID id) {
		Inspection inspection = allowed(login, this.store.lock(id));
		if (!inspection.isOpen()) {
			throw Refused.conflict("inspection-closed",
					"Deze controleopdracht is gesloten. Er verandert niets meer aan. Open het rapport.");
		}
		return inspection;
	}

	/**
	 * Opens an assignment and writes down every decision that it is about.
	 * @throws Refused who audits nowhere (404), what cannot be (400), and what was sent
	 * before (409)
	 */
	@Transactional
	public void open(String login, UUID id, Question asked) {
		List<String> own = audits(login);
		if (own.isEmpty()) {
			throw Refused.notFound();
		}
		String purpose = Typed.line(asked.purpose(), LONGEST_PURPOSE, "inspection-purpose",
				"Schrijf in een zin wat u controleert en waarom, in hoogstens " + LONGEST_PURPOSE + " tekens.",
				"purpose");
		LocalDate first = asked.firstDay();
		LocalDate last = asked.lastDay();
		if (first == null || last == null || first.getYear() < 2000 || last.getYear() > 9999) {
			throw Refused.invalid("inspection-days", "Kies de eerste en de laatste dag van de periode.", "firstDay");
		}
		if (last.isBefore(first)) {
			throw Refused.invalid("inspection-days", "De laatste dag ligt vóór de eerste. Draai de periode om.",
					"lastDay");
		}
		if (last.isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.invalid("inspection-days",
					"Kies een laatste dag tot en met vandaag: wat nog wordt besloten, komt niet meer op deze lijst.",
					"lastDay");
		}
		@Nullable Power power = asked.power().isEmpty() ? null : Coded.find(Power.class, asked.power())
			.orElseThrow(
					() -> Refused.invalid("inspection-power", "Kies een soort besluit, of alle soorten.", "power"));
		@Nullable Long typed = Typed.cents(asked.minimum().replaceAll("\\.(?=[0-9]{3}(,|$))", ""), "inspection-minimum",
				"Schrijf het laagste bedrag in euro's, bijvoorbeeld 2500 of 2500,50. Leeg is vanaf 0 euro.", "minimum");
		long minimum = (typed != null) ? typed : 0;
		List<String> chosen = asked.municipalities().stream().distinct().sorted().toList();
		if (chosen.isEmpty() || !own.containsAll(chosen)) {
			throw Refused.invalid("inspection-municipalities", "Kies een of meer gemeenten waarvoor u controleert.",
					"municipalities");
		}
		List<SignedDecision> population = this.decisions.in(chosen, first, last, power, minimum);
		Inspection inspection = new Inspection(id, purpose, chosen, first, last, power, minimum, login,
				this.clock.instant(), population.size(),
				population.stream().mapToLong(SignedDecision::amountCents).sum(), mark(population), null, null);
		if (!this.store.add(inspection, population)) {
			throw Refused.conflict("inspection-exists",
					"Deze controleopdracht is al gemaakt. Open haar in de lijst bij Controleopdrachten.");
		}
		this.events.publishEvent(new AssignmentOpened(login, id, String.join(",", chosen), first.toString(),
				last.toString(), (power != null) ? power.code() : null, minimum));
		this.events.publishEvent(
				new PopulationDrawn(login, id, inspection.decisions(), inspection.totalCents(), inspection.mark()));
	}

	private String mark(List<SignedDecision> population) {
		return Sampling.sha256(population.stream().map(this.store::line).collect(Collectors.joining("\n")));
	}

	/** A part of the population, as it was drawn. */
	@Transactional(readOnly = true)
	public List<SignedDecision> population(Inspection inspection, int skipped, int limit) {
		return this.store.population(inspection.id(), skipped, limit);
	}

	/** How it would differ if it were drawn now. */
	@Transactional(readOnly = true)
	public Difference difference(Inspection inspection) {
		List<SignedDecision> now = this.decisions.in(inspection.municipalities(), inspection.firstDay(),
				inspection.lastDay(), inspection.power(), inspection.minimumCents());
		if (mark(now).equals(inspection.mark())) {
			return new Difference(0, 0, 0);
		}
		Map<Long, String> before = byNumber(population(inspection, 0, Integer.MAX_VALUE));
		Map<Long, String> after = byNumber(now);
		int added = (int) after.keySet().stream().filter((each) -> !before.containsKey(each)).count();
		int gone = (int) before.keySet().stream().filter((each) -> !after.containsKey(each)).count();
		int changed = (int) after.entrySet()
			.stream()
			.filter((each) -> before.containsKey(each.getKey()) && !each.getValue().equals(before.get(each.getKey())))
			.count();
		return new Difference(added, gone, changed);
	}

	private Map<Long, String> byNumber(List<SignedDecision> population) {
		Map<Long, String> lines = new LinkedHashMap<>();
		population.forEach((each) -> lines.put(each.proposal(), this.store.line(each)));
		return lines;
	}

	/** Whether the rows of the population are still those that were drawn. */
	@Transactional(readOnly = true)
	public boolean isWhole(Inspection inspection) {
		return mark(population(inspection, 0, Integer.MAX_VALUE)).equals(inspection.mark());
	}

	/**
	 * Draws a sample. An earlier one stays.
	 * @param typedSize how many
	 * @param typedSeed digits; empty: we make one
	 * @param seen how many samples stood on the screen
	 * @throws Refused (404) as {@link #get}, what cannot be (400), and (409) when it is
	 * closed or somebody drew meanwhile
	 */
	@Transactional
	public void draw(String login, UUID id, String typedSize, String typedSeed, int seen) {
		Inspection inspection = lock(login, id);
		int before = this.store.samples(id).size();
		if (before != seen) {
			throw Refused.conflict("sample-drawn",
					"Er is intussen een steekproef getrokken. Open de opdracht opnieuw, en kijk of er nog een nodig is.");
		}
		int size = typedSize.strip().matches("[0-9]{1,6}") ? Integer.parseInt(typedSize.strip()) : 0;
		if (size < 1 || size > inspection.decisions()) {
			throw Refused
				.invalid("sample-size", (inspection.decisions() == 0) ? "Er zijn geen besluiten om uit te trekken."
						: "Trek ten minste 1 en hoogstens " + inspection.decisions() + " besluiten: meer zijn er niet.",
						"size");
		}
		if (size > LARGEST_SAMPLE) {
			throw Refused.invalid("sample-size", "Trek hoogstens " + LARGEST_SAMPLE + " besluiten tegelijk.", "size");
		}
		String seed = typedSeed.isBlank() ? String.valueOf(this.random.nextLong(1_000_000_000L, 10_000_000_000L))
				: typedSeed.strip();
		if (!seed.matches("[0-9]{1,20}")) {
			throw Refused.invalid("sample-seed",
					"Schrijf als startgetal alleen cijfers, hoogstens 20. Leeg: wij kiezen er een.", "seed");
		}
		Map<Long, SignedDecision> population = new LinkedHashMap<>();
		population(inspection, 0, Integer.MAX_VALUE).forEach((each) -> population.put(each.proposal(), each));
		List<Long> drawn = Sampling.draw(seed, population.keySet(), size);
		List<List<Long>> used = drawn.stream().map(population::get).map(this::used).toList();
		this.store.addSample(id, before + 1, seed, drawn, used, login, this.clock.instant());
		this.events.publishEvent(new SampleDrawn(login, id, before + 1, seed, size));
	}

	private List<Long> used(SignedDecision decision) {
		return decision.signatures()
			.stream()
			.map((each) -> this.decisions.usedCents(each.mandate(), decision.at()))
			.toList();
	}

	/** Every sample with what was found, the first one first. */
	@Transactional(readOnly = true)
	public List<Sample> samples(Inspection inspection) {
		Map<Long, Found> found = this.store.findings(inspection.id())
			.stream()
			.collect(Collectors.toMap(Found::proposal, (each) -> each));
		return this.store.samples(inspection.id())
			.stream()
			.map((each) -> new Sample(each.number(), each.seed(), each.size(), each.by(), each.at(),
					this.store.items(each.id())
						.stream()
						.map((drawn) -> item(drawn, found.get(drawn.decision().proposal()),
								(text) -> this.files.unnamed(drawn.decision().number(), text)))
						.toList()))
			.toList();
	}

	private Item item(Drawn drawn, @Nullable Found found, UnaryOperator<String> words) {
		SignedDecision decision = drawn.decision();
		List<Mandated> mandates = IntStream.range(0, decision.signatures().size())
			.mapToObj((n) -> new Mandated(decision.signatures().get(n),
					this.decisions.mandate(decision.signatures().get(n), decision.at()).orElse(null),
					drawn.used().get(n)))
			.toList();
		return new Item(decision, mandates, (found != null) ? finding(decision.number(), found, words) : null);
	}

	private Finding finding(String number, Found found, UnaryOperator<String> words) {
		Instant answeredAt = found.answeredAt();
		Inspection.@Nullable Answer answer = (answeredAt != null) ? new Inspection.Answer(
				text(number, found.answerEntry(), words), String.valueOf(found.answeredBy()), answeredAt) : null;
		return new Finding(found.id(), found.verdict(), found.written(), text(number, found.entry(), words), found.by(),
				found.at(), answer);
	}

	private @Nullable String text(String number, @Nullable Long entry, UnaryOperator<String> words) {
		return (entry != null) ? words.apply(this.files.written(number, entry, WORDS)) : null;
	}

	/**
	 * How many decisions of all samples got which verdict, each decision once, and how
	 * much that was.
	 */
	public List<Count> counts(List<Sample> samples) {
		Collection<Item> items = items(samples);
		return Arrays.stream(Verdict.values())
			.map((verdict) -> new Count(verdict, items.stream().filter((each) -> is(each, verdict)).count(),
					items.stream()
						.filter((each) -> is(each, verdict))
						.mapToLong((each) -> each.decision().amountCents())
						.sum()))
			.toList();
	}

	private static boolean is(Item item, Verdict verdict) {
		Finding finding = item.finding();
		return finding != null && finding.verdict() == verdict;
	}

	/** Every decision of all samples, once. */
	public List<Item> items(List<Sample> samples) {
		Map<Long, Item> items = new LinkedHashMap<>();
		samples
			.forEach((sample) -> sample.items().forEach((item) -> items.putIfAbsent(item.decision().proposal(), item)));
		return new ArrayList<>(items.values());
	}

	/**
	 * An auditor says what they found of a decision in a sample. It can be said anew
	 * until a manager answers it.
	 * @param seen number of the finding that stood on the screen; 0 for none
	 * @throws Refused (404) as {@link #get} and what is in no sample, what is missing
	 * (400), and (409) when it is closed, was answered, or was said meanwhile
	 */
	@Transactional
	public void find(String login, UUID id, long proposal, String verdict, String words, long seen) {
		get(login, id);
		Drawn drawn = this.store.item(id, proposal).orElseThrow(Refused::notFound);
		String number = drawn.decision().number();
		hold(number, drawn.decision().municipality());
		lock(login, id);
		Optional<Found> before = this.store.findings(id)
			.stream()
			.filter((each) -> each.proposal() == proposal)
			.findFirst();
		if (before.map(Found::id).orElse(0L) != seen) {
			throw Refused.conflict("finding-recorded",
					"Over dit besluit is intussen al een oordeel opgeschreven. Open de opdracht opnieuw, en kijk of uw oordeel nog nodig is.");
		}
		if (before.filter((each) -> each.answeredAt() != null).isPresent()) {
			throw Refused.conflict("finding-answered",
					"Een manager heeft dit oordeel al beantwoord. Het blijft zoals het is.");
		}
		Verdict said = Coded.find(Verdict.class, verdict)
			.orElseThrow(
					() -> Refused.invalid("finding-verdict", "Kies: voldoet, voldoet niet of onzeker.", "verdict"));
		String sentence = "Schrijf wat u vond, in hoogstens " + LONGEST_WORDS + " tekens.";
		@Nullable Long entry = null;
		if (said != Verdict.COMPLIES || !words.isBlank()) {
			String text = words(words, "finding-words", sentence);
			entry = write(number, CaseFiles.FINDING, login, "Wat vond u bij dit besluit?", text);
		}
		long finding = this.store.addFinding(id, proposal, said, entry, login, this.clock.instant());
		for (String chain : List.of(InspectionEvents.CHAIN, number)) {
			this.events.publishEvent(new FindingRecorded(chain, login, id, number, proposal, finding, said.code()));
		}
	}

	private static String words(String typed, String code, String sentence) {
		return Typed.text(typed, LONGEST_WORDS, code, sentence, WORDS);
	}

	/** Cases are held before anything else is locked. */
	private void hold(String number, String municipality) {
		if (!this.files.isOf(number, Set.of(municipality))) {
			throw Refused.conflict("case-destroyed",
					"De casus van dit besluit is vernietigd. Er is niets meer over op te schrijven.");
		}
		this.files.hold(number);
	}

	private long write(String number, String form, String login, String label, String text) {
		this.writing.record(number, form, login, List.of(new Answer(WORDS, label, text, text)));
		return this.writing.latestOfCase(number, form).orElseThrow().id();
	}

	/** The findings that wait for a manager of these municipalities or were answered. */
	@Transactional(readOnly = true)
	public List<ToAnswer> toAnswer(String login) {
		return this.store.toAnswer(municipalities(login, Function.MANAGER))
			.stream()
			.map((found) -> new ToAnswer(this.store.find(found.inspection()).orElseThrow(),
					item(this.store.item(found.inspection(), found.proposal()).orElseThrow(), found,
							UnaryOperator.identity())))
			.toList();
	}

	/** The findings that wait for an answer of this manager, without their words. */
	@Transactional(readOnly = true)
	public List<Waiting> waiting(String login) {
		return this.store.waiting(municipalities(login, Function.MANAGER))
			.stream()
			.map((found) -> new Waiting(found.id(), found.number(), found.at()))
			.toList();
	}

	/**
	 * A manager of the municipality answers a finding, once.
	 * @throws Refused who manages elsewhere (404), what is missing (400), and (409) when
	 * it was answered, changed or closed meanwhile
	 */
	@Transactional
	public void answer(String login, long finding, String words) {
		Found found = this.store.finding(finding).orElseThrow(Refused::notFound);
		Drawn drawn = this.store.item(found.inspection(), found.proposal()).orElseThrow();
		String number = drawn.decision().number();
		if (found.verdict() == Verdict.COMPLIES
				|| !municipalities(login, Function.MANAGER).contains(drawn.decision().municipality())) {
			throw Refused.notFound();
		}
		hold(number, drawn.decision().municipality());
		if (!this.store.lock(found.inspection()).orElseThrow().isOpen()) {
			throw Refused.conflict("inspection-closed",
					"Deze controleopdracht is gesloten. Een antwoord kan niet meer.");
		}
		Found now = this.store.finding(finding)
			.orElseThrow(() -> Refused.conflict("finding-changed",
					"De auditor heeft dit oordeel intussen veranderd. Open de pagina opnieuw."));
		if (now.answeredAt() != null) {
			throw Refused.conflict("finding-answered", "Deze bevinding is al beantwoord. Open de pagina opnieuw.");
		}
		String text = words(words, "answer-words", "Schrijf uw antwoord, in hoogstens " + LONGEST_WORDS + " tekens.");
		long entry = write(number, CaseFiles.FINDING_ANSWER, login, "Wat antwoordt u op deze bevinding?", text);
		this.store.addAnswer(finding, entry, login, this.clock.instant());
		for (String chain : List.of(InspectionEvents.CHAIN, number)) {
			this.events
				.publishEvent(new FindingAnswered(chain, login, found.inspection(), number, found.proposal(), finding));
		}
	}

	/**
	 * Closes an assignment: from now on it reads as it does.
	 * @throws Refused (404) as {@link #get}, and (409) when it was closed or something
	 * was not judged
	 */
	@Transactional
	public void close(String login, UUID id) {
		Inspection inspection = lock(login, id);
		List<Sample> samples = samples(inspection);
		if (samples.isEmpty() && inspection.decisions() > 0) {
			throw Refused.conflict("no-sample", "Trek eerst een steekproef. Daarna kunt u de opdracht sluiten.");
		}
		long open = items(samples).stream().filter((each) -> each.finding() == null).count();
		if (open > 0) {
			throw Refused.conflict("not-judged", (open == 1)
					? "Over 1 besluit uit de steekproef is nog geen oordeel. Geef dat eerst; daarna kunt u sluiten."
					: "Over " + open
							+ " besluiten uit de steekproef is nog geen oordeel. Geef die eerst; daarna kunt u sluiten.");
		}
		this.store.close(id, login, this.clock.instant());
		List<Count> counts = counts(samples);
		this.events.publishEvent(new AssignmentClosed(login, id, decisions(counts, Verdict.COMPLIES),
				decisions(counts, Verdict.FAILS), decisions(counts, Verdict.UNSURE)));
	}

	private static long decisions(List<Count> counts, Verdict verdict) {
		return counts.stream().filter((each) -> each.verdict() == verdict).mapToLong(Count::decisions).sum();
	}

	/**
	 * What an auditor wants to know.
	 *
	 * @param firstDay null: not filled in
	 * @param power code; empty: every kind
	 * @param minimum in euros, as typed; empty: from nothing
	 * @param municipalities ids
	 */
	public record Question(String purpose, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, String power,
			String minimum, List<String> municipalities) {

		public Question {
			municipalities = List.copyOf(municipalities);
		}

	}

}
