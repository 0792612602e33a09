package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.Finding.Outcome;
import nl.doorbraak.mandate.Mandate.Kind;
import nl.doorbraak.mandate.Mandate.State;
import nl.doorbraak.mandate.Mandate.Type;
import nl.doorbraak.mandate.Signing.Spent;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may sign under a line of the register: twelve questions in their
 * order, the first no is the answer. What cannot be established is never a yes.
 */
final class MandateCheck {

	private final List<Mandate> register;

	private final Mandate line;

	private final Signing signing;

	private MandateCheck(List<Mandate> register, Mandate line, Signing signing) {
		this.register = register;
		this.line = line;
		this.signing = signing;
	}

	/**
	 * The answer for one line.
	 * @param register all versions of all lines of its body
	 * @param line null where it could not be read
	 */
	static Finding check(List<Mandate> register, @Nullable Mandate line, Signing signing) {
		if (line == null || line.function().isEmpty()) {
			String link = (line != null) ? link(line) : "";
			return new Finding(Verdict.REGISTER_ONLEESBAAR, Outcome.UNDETERMINED, link,
					"De regel van het register is niet te lezen, of noemt een functie die niet bestaat.");
		}
		MandateCheck check = new MandateCheck(register, line, signing);
		return check
			.answer(Stream.of(check::power, check::body, check::holder, check::force, check::chain, check::consent,
					check::amount, check::policy, check::reservation, check::separation, check::motivation));
	}

	/**
	 * Whether somebody may sign, for the body, what the body itself decided (Awb 10:11).
	 * Nothing is decided then, so only the line itself is looked at.
	 */
	static Finding checkSigning(List<Mandate> register, Mandate line, Signing signing) {
		MandateCheck check = new MandateCheck(register, line, signing);
		return check
			.answer(Stream.of(check::signs, check::body, check::holder, check::force, check::chain, check::consent));
	}

	/**
	 * The order in which functions are asked: in a crisis who has a crisis mandate first.
	 * Of one function the ordinary mandates come before it: what they allow need not be
	 * ratified.
	 */
	static List<Mandate> inOrder(List<Mandate> lines, boolean inCrisis) {
		Set<String> first = lines.stream()
			.filter((line) -> inCrisis && line.crisisUse())
			.map(MandateCheck::holder)
			.collect(Collectors.toSet());
		return lines.stream()
			.sorted(Comparator.comparing((Mandate line) -> !first.contains(holder(line)))
				.thenComparing(Mandate::order)
				.thenComparing(Mandate::crisisUse)
				.thenComparing(Mandate::number)
				.thenComparing(Mandate::version))
			.toList();
	}

	private static String holder(Mandate line) {
		return line.functionCode() + "@" + line.body();
	}

	private Finding answer(Stream<Supplier<Optional<Finding>>> questions) {
		return questions.flatMap((question) -> question.get().stream())
			.findFirst()
			.orElseGet(() -> new Finding(Verdict.TOEGESTAAN, Outcome.COMPETENT, link(this.line),
					Verdict.TOEGESTAAN.sentence()));
	}

	private Optional<Finding> signs() {
		return subject().or(() -> (this.line.kind() == Kind.SIGNING && this.line.type() == Type.MANDATE)
				? Optional.empty() : no(Verdict.NIET_MANDATEERBAAR,
						"Dit is geen mandaat om te ondertekenen wat de mandaatgever zelf besloot."));
	}

	private Optional<Finding> power() {
		return subject().or(this::decides);
	}

	private Optional<Finding> subject() {
		if (!this.line.mandatable()) {
			return no(Verdict.NIET_MANDATEERBAAR,
					"De wet of de aard van deze bevoegdheid staat geen mandaat toe (Awb 10:3).");
		}
		if (this.line.legalBasis().isBlank()) {
			return no(Verdict.NIET_MANDATEERBAAR, "Het mandaat noemt geen wettelijke grondslag.");
		}
		return this.line.powers().contains(this.signing.power().code()) ? Optional.empty()
				: no(Verdict.NIET_MANDATEERBAAR, "Het mandaat gaat niet over deze bevoegdheid.");
	}

	private Optional<Finding> decides() {
		boolean right = this.line.type() == Type.MANDATE
				|| this.line.type() == Type.POWER_OF_ATTORNEY && this.signing.power() == Power.TAILORED_BUDGET;
		if (!right) {
			return no(Verdict.NIET_MANDATEERBAAR,
					"Dit is een " + this.line.type().label() + ": daarmee wordt zo'n besluit niet genomen.");
		}
		return (this.line.kind() == Kind.DECISION) ? Optional.empty()
				: no(Verdict.NIET_MANDATEERBAAR, "Dit mandaat is voor de " + this.line.kind().label()
						+ " van wat de mandaatgever zelf besloot, niet om te beslissen.");
	}

	private Optional<Finding> body() {
		if (this.signing.bodies().isEmpty()) {
			return unknown(Verdict.BEVOEGD_ORGAAN_ONBEKEND, "Het is niet bekend welk orgaan over deze casus gaat.");
		}
		if (!this.signing.bodies().contains(this.line.body())) {
			return no(Verdict.BEVOEGD_ORGAAN_ONBEKEND, "De mandaatgever gaat niet over deze casus op dit niveau.");
		}
		if (!this.line.rungs().contains(this.signing.rung())) {
			return no(Verdict.BEVOEGD_ORGAAN_ONBEKEND, "Het mandaat geldt niet op dit niveau.");
		}
		if (!isEmptyOrHas(this.line.municipalities(), this.signing.municipality())) {
			return no(Verdict.BEVOEGD_ORGAAN_ONBEKEND, "Het mandaat geldt niet voor deze gemeente.");
		}
		return isEmptyOrHas(this.line.threats(), this.signing.threat()) ? Optional.empty()
				: no(Verdict.BEVOEGD_ORGAAN_ONBEKEND, "Het mandaat geldt niet bij wat er in deze casus dreigt.");
	}

	private static boolean isEmptyOrHas(Set<String> only, @Nullable String value) {
		return only.isEmpty() || value != null && only.contains(value);
	}

	private Optional<Finding> holder() {
		if (this.signing.holds(this.line)) {
			return Optional.empty();
		}
		boolean deputises = this.line.function()
			.map((function) -> this.signing.deputises().contains(new Officer.Post(function, this.line.body())))
			.orElse(false);
		return no(Verdict.GEEN_MANDAAT, deputises
				? "Vervangt wie dit mandaat heeft, maar het mandaat laat die plaatsvervanger niet tekenen. Vervangen alleen geeft geen mandaat."
				: "Heeft de functie van dit mandaat niet, en vervangt daarin vandaag niemand.");
	}

	private Optional<Finding> force() {
		Optional<String> why = whyNotInForce(this.line);
		if (why.isPresent()) {
			return no(Verdict.NIET_IN_WERKING, why.get());
		}
		return (this.line.crisisUse() && !this.signing.inCrisis())
				? no(Verdict.NIET_IN_WERKING, "Dit is een spoedmandaat: het geldt alleen in een crisis.")
				: Optional.empty();
	}

	private Optional<String> whyNotInForce(Mandate mandate) {
		Instant revokedAt = mandate.revokedAt();
		Instant validTo = mandate.validTo();
		return switch (mandate.state(this.register, this.signing.at())) {
			case IN_FORCE -> Optional.empty();
			case DRAFT -> Optional.of("Het mandaat is een concept: het is niet bekendgemaakt.");
			case ANNOUNCED -> Optional.of("Het mandaat gaat pas in op " + DutchTime.moment(mandate.begin()) + ".");
			case SUPERSEDED -> Optional.of("Een latere versie van dit mandaat is hiervoor in de plaats gekomen.");
			case REVOKED -> Optional
				.of("Het mandaat is ingetrokken" + ((revokedAt != null) ? " op " + DutchTime.moment(revokedAt) : "")
						+ ((mandate.revokedBy() != null) ? ", door " + mandate.revokedBy() : "") + ".");
			case EXPIRED -> Optional
				.of("Het mandaat is verlopen" + ((validTo != null) ? " op " + DutchTime.moment(validTo) : "") + ".");
		};
	}

	/** The line and those it is held under, as far as they are there. */
	static List<Mandate> links(List<Mandate> register, Mandate line, Instant at) {
		Map<String, Mandate> links = new LinkedHashMap<>();
		Optional<Mandate> next = Optional.of(line);
		while (next.isPresent() && links.putIfAbsent(next.get().number(), next.get()) == null) {
			next = Optional.ofNullable(next.get().parent()).flatMap((number) -> Mandate.current(register, number, at));
		}
		return List.copyOf(links.values());
	}

	/** Up to the line that the body itself gave; each must allow the one below it. */
	private Optional<Finding> chain() {
		Set<String> seen = new HashSet<>(Set.of(this.line.number()));
		Mandate child = this.line;
		for (String number = child.parent(); number != null; number = child.parent()) {
			if (!seen.add(number)) {
				return broken(child, "De ondermandaten verwijzen in een kring naar elkaar.");
			}
			Mandate parent = Mandate.current(this.register, number, this.signing.at()).orElse(null);
			if (parent == null) {
				return Optional.of(new Finding(Verdict.ONDERMANDAAT_ONGELDIG, Outcome.NOT_COMPETENT, number,
						"Het bovenliggende mandaat " + number + " bestaat niet, of is nog niet ingegaan."));
			}
			Optional<String> why = whyChainBreaks(parent, child);
			if (why.isPresent()) {
				return broken(parent, why.get());
			}
			child = parent;
		}
		return Optional.empty();
	}

	private Optional<String> whyChainBreaks(Mandate parent, Mandate child) {
		if (parent.state(this.register, this.signing.at()) != State.IN_FORCE
				|| parent.crisisUse() && !this.signing.inCrisis()) {
			return Optional.of("Het bovenliggende mandaat " + parent.number() + " is niet in werking.");
		}
		if (!parent.subMandateAllowed()) {
			return Optional.of("Het bovenliggende mandaat " + parent.number() + " staat geen ondermandaat toe.");
		}
		if (!parent.isConsented(this.signing.at())) {
			return Optional.of("Voor het bovenliggende mandaat " + parent.number() + " ontbreekt een instemming.");
		}
		return givesNoMore(parent, child) ? Optional.empty()
				: Optional.of("Het ondermandaat geeft meer dan het bovenliggende mandaat " + parent.number() + ".");
	}

	private static boolean givesNoMore(Mandate parent, Mandate child) {
		return parent.body().equals(child.body()) && parent.mandatable() && parent.type() == child.type()
				&& parent.kind() == child.kind() && parent.powers().containsAll(child.powers())
				&& parent.rungs().containsAll(child.rungs())
				&& isNoWider(parent.municipalities(), child.municipalities())
				&& isNoWider(parent.threats(), child.threats())
				&& isNoHigher(parent.decisionCeilingCents(), child.decisionCeilingCents())
				&& isNoHigher(parent.ceilingCents(), child.ceilingCents())
				&& isNoHigher(parent.budgetCents(), child.budgetCents())
				&& (parent.deviationAllowed() || !child.deviationAllowed())
				&& parent.reservation().compareTo(child.reservation()) >= 0 && parent.approvals() <= child.approvals()
				&& (parent.drafterMaySign() || !child.drafterMaySign()) && (!parent.crisisUse() || child.crisisUse());
	}

	private static boolean isNoWider(Set<String> parent, Set<String> child) {
		return parent.isEmpty() || !child.isEmpty() && parent.containsAll(child);
	}

	private static boolean isNoHigher(@Nullable Long parent, @Nullable Long child) {
		return parent == null || child != null && child <= parent;
	}

	private Optional<Finding> consent() {
		return this.line.isConsented(this.signing.at()) ? Optional.empty() : no(Verdict.GEEN_INSTEMMING,
				"De gemandateerde werkt niet onder de mandaatgever, en de instemming van de gemandateerde of van de werkgever ontbreekt (Awb 10:4).");
	}

	private Optional<Finding> amount() {
		Long amount = this.signing.amountCents();
		if (amount == null || amount < 0) {
			return unknown(Verdict.BOVEN_PLAFOND, "Het is niet bekend wat dit kost.");
		}
		return links(this.register, this.line, this.signing.at()).stream()
			.flatMap((link) -> ceilings(link).stream().flatMap((ceiling) -> amount(amount, link, ceiling).stream()))
			.findFirst();
	}

	/** What is signed under a sub-mandate counts for all that it is held under. */
	private List<Ceiling> ceilings(Mandate link) {
		Spent spent = this.signing.spent().apply(link.number());
		String of = link.equals(this.line) ? "" : " van het bovenliggende mandaat " + link.number();
		return List.of(new Ceiling("het plafond per besluit" + of, link.decisionCeilingCents(), 0L),
				new Ceiling("het plafond per huishouden per jaar" + of, link.ceilingCents(), spent.householdCents()),
				new Ceiling("het budget van dit jaar" + of, link.budgetCents(), spent.allCents()));
	}

	private static Optional<Finding> amount(long amount, Mandate link, Ceiling ceiling) {
		Long most = ceiling.most();
		Long spent = ceiling.spent();
		if (most == null) {
			return Optional.empty();
		}
		if (spent == null || spent < 0) {
			return Optional.of(new Finding(Verdict.BOVEN_PLAFOND, Outcome.UNDETERMINED, link(link),
					"Het is niet bekend wat er al van " + ceiling.name() + " is gebruikt."));
		}
		return (amount <= most - spent) ? Optional.empty() : Optional.of(new Finding(Verdict.BOVEN_PLAFOND,
				Outcome.NOT_COMPETENT, link(link), "Dit gaat boven " + ceiling.name() + "."));
	}

	private Optional<Finding> policy() {
		if (this.line.deviationAllowed() || Boolean.FALSE.equals(this.signing.deviates())) {
			return Optional.empty();
		}
		return (this.signing.deviates() != null)
				? no(Verdict.AFWIJKING_NIET_GEMANDATEERD,
						"Dit wijkt af van een regel of beleid, en het mandaat staat dat niet toe.")
				: unknown(Verdict.AFWIJKING_NIET_GEMANDATEERD,
						"Het is niet bekend of dit afwijkt van een regel of beleid.");
	}

	private Optional<Finding> reservation() {
		if (this.signing.reservation() == null) {
			return unknown(Verdict.VOORBEHOUDEN, "Het is niet bekend of dit een voorbehouden geval is.");
		}
		return (this.signing.reservation().compareTo(this.line.reservation()) <= 0) ? Optional.empty()
				: no(Verdict.VOORBEHOUDEN,
						"Dit is een precedent of voorbehouden geval, en het mandaat geldt daar niet voor.");
	}

	private Optional<Finding> separation() {
		String person = this.signing.person();
		if (this.signing.excluded().contains(person)) {
			return no(Verdict.FUNCTIESCHEIDING,
					"Nam zelf het besluit waartegen bezwaar is gemaakt (Awb 10:3, derde lid).");
		}
		if (person.equals(this.signing.drafter()) && !this.line.drafterMaySign()) {
			return no(Verdict.FUNCTIESCHEIDING,
					"Deed dit voorstel zelf, en het mandaat staat niet toe dat de indiener tekent.");
		}
		return this.signing.answered().contains(person)
				? no(Verdict.FUNCTIESCHEIDING, "Heeft dit voorstel al beantwoord.") : Optional.empty();
	}

	/** In a crisis the reasons may follow (Awb 3:47). */
	private Optional<Finding> motivation() {
		return (this.signing.explained() || this.signing.inCrisis()) ? Optional.empty() : no(
				Verdict.MOTIVERING_ONVOLLEDIG,
				"Het voorstel zegt niet waarom, of het plan mist een van de drie waarden die een uitzondering boven het standaardmandaat nodig heeft.");
	}

	private Optional<Finding> no(Verdict verdict, String reason) {
		return Optional.of(new Finding(verdict, Outcome.NOT_COMPETENT, link(this.line), reason));
	}

	private Optional<Finding> unknown(Verdict verdict, String reason) {
		return Optional.of(new Finding(verdict, Outcome.UNDETERMINED, link(this.line), reason));
	}

	private static Optional<Finding> broken(Mandate link, String reason) {
		return Optional.of(new Finding(Verdict.ONDERMANDAAT_ONGELDIG, Outcome.NOT_COMPETENT, link(link), reason));
	}

	private static String link(Mandate mandate) {
		return mandate.number() + " versie " + mandate.version();
	}

	private record Ceiling(String name, @Nullable Long most, @Nullable Long spent) {
	}

}
