package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Contradictions;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchMoney;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What somebody reads before signing: the proposal as it stands at this moment; and for
 * who carries it out, the conditions.
 */
@Component
class SignOffFacts implements FormFacts {

	private static final int LONGEST = 4000;

	private final ProposalStore store;

	private final Climb climb;

	private final Signatures signatures;

	private final Consultations consultations;

	private final CaseFiles files;

	private final Directory directory;

	private final Plans plans;

	private final Contradictions contradictions;

	private final Clock clock;

	SignOffFacts(ProposalStore store, Climb climb, Signatures signatures, Consultations consultations, CaseFiles files,
			Directory directory, Plans plans, Contradictions contradictions, Clock clock) {
		this.contradictions = contradictions;
		this.plans = plans;
		this.signatures = signatures;
		this.consultations = consultations;
		this.files = files;
		this.store = store;
		this.climb = climb;
		this.directory = directory;
		this.clock = clock;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		String number = task.number();
		if (task.form().equals("confirm-measures")) {
			return conditions(number)
				.<Map<String, Object>>map((text) -> Map.of("conditions", text, "hasConditions", "Ja"))
				.orElse(Map.of());
		}
		Optional<ProposalRow> open = task.form().equals(Gate.FORM) ? this.store.open(number) : Optional.empty();
		if (open.isEmpty()) {
			return Map.of();
		}
		Draft draft = this.climb.draft(number);
		Map<String, Object> facts = new HashMap<>();
		Instant due = open.get().answerDueAt();
		if (due != null) {
			facts.put("deadline", DutchTime.deadline(due));
			facts.put("deadlineReason", String.valueOf(open.get().answerExplanation()));
		}
		facts.put("planValues", open.get().deviates() ? cut(this.plans.weighed(number)) : "Niet nodig");
		List<String> contradictions = this.contradictions.of(number);
		facts.put("contradictions", contradictions.isEmpty() ? "Geen" : cut(String.join("\n\n", contradictions)));
		facts.put("mandateConditions", mandateConditions(number, open.get(), draft));
		facts.put("consultations", consultations(number));
		facts.put("crisis", this.signatures.inCrisis(this.files.get(number)) ? "Ja" : "Nee");
		facts.putAll(of(draft, this.directory));
		return facts;
	}

	/** As long as a field of the form holds; the whole is on the plan page. */
	private static String cut(String text) {
		String more = "\u2026 Lees verder op de planpagina.";
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST - more.length()) + more;
	}

	/** What the mandators of who is asked ask of them. */
	private String mandateConditions(String number, ProposalRow open, Draft draft) {
		List<Mandate> lines = this.signatures.lines(this.files.get(number), draft);
		String conditions = lines.stream()
			.filter((line) -> line.functionCode().equals(open.askedFunction())
					&& line.body().equals(open.askedOrganisation())
					&& line.state(lines, this.clock.instant()) == Mandate.State.IN_FORCE)
			.flatMap((line) -> Optional.ofNullable(line.conditions()).stream())
			.distinct()
			.collect(Collectors.joining("\n\n"));
		return conditions.isEmpty() ? "Geen" : conditions;
	}

	/** What advisers and the drafter answered, with the newest last. */
	private String consultations(String number) {
		String answers = this.consultations.history(number)
			.stream()
			.filter(Consultations.Line::isAnswered)
			.map(this::said)
			.collect(Collectors.joining("\n\n"));
		return answers.isEmpty() ? "Geen" : answers;
	}

	private String said(Consultations.Line line) {
		String words = Stream.of(Optional.ofNullable(line.opinion()).map(Opinion::label).orElse(""), line.answer())
			.filter((each) -> !each.isEmpty())
			.collect(Collectors.joining(". "));
		String asked = line.kind().equals("question")
				? "Vraag van " + this.directory.nameOf(line.askedBy()) + ": " + line.question() + "\n" : "";
		String earlier = line.earlier() ? " (over een eerdere versie van het voorstel)" : "";
		return asked + Optional.ofNullable(line.answeredAs()).map(nl.doorbraak.directory.Function::label).orElse("")
				+ " " + this.directory.nameOf(String.valueOf(line.answeredBy())) + ", "
				+ DutchTime.moment(Objects.requireNonNull(line.answeredAt())) + earlier + ": " + words;
	}

	/** Under which conditions the breakthrough was signed, for who carries it out. */
	private Optional<String> conditions(String number) {
		List<SignOff> signed = this.store.signOffs(number)
			.stream()
			.filter((each) -> this.store.get(number, each.proposal()).state().equals("signed"))
			.toList();
		return Optional.of(String.join("\n\n", this.signatures.conditions(number, signed)))
			.filter((text) -> !text.isEmpty());
	}

	/** What was proposed, as people read it. */
	static Map<String, Object> of(Draft draft, Directory directory) {
		Map<String, Object> facts = new HashMap<>();
		facts.put("proposal", draft.decision().label() + ", voorgesteld door " + directory.nameOf(draft.drafter())
				+ " (" + draft.rung().label() + ")");
		facts.put("explanation", draft.explanation());
		facts.put("firstBreakthrough", draft.firstBreakthrough());
		facts.put("amount", known(draft.amountCents(), DutchMoney::euros));
		facts.put("power", draft.power().label());
		facts.put("reservation", known(draft.reservation(), Reservation::label));
		facts.put("deviation", known(draft.deviates(), (deviates) -> deviates ? "Ja" : "Nee"));
		facts.put("proposalHash", draft.mark());
		return facts;
	}

	private static <T> String known(@Nullable T answer, Function<T, String> words) {
		return (answer != null) ? words.apply(answer) : "Niet bekend";
	}

}
