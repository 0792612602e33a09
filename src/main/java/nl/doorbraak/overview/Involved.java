package nl.doorbraak.overview;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.PlanLine;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.mandate.SignOff;
import org.jspecify.annotations.Nullable;

/**
 * Who is involved in a case, and as what: derived from what the case holds, so that
 * nobody keeps it.
 *
 * @param parties who decides first, then who can block, then the others; by name
 */
public record Involved(List<Party> parties) {

	public Involved {
		parties = List.copyOf(parties);
	}

	/**
	 * Reads it off a case.
	 * @param names of organisations, by id
	 */
	public static Involved of(Facts facts, UnaryOperator<String> names) {
		Map<String, Party> parties = new LinkedHashMap<>();
		facts.roles().forEach((each) -> {
			String id = each.organisation();
			String name = (id != null) ? names.apply(id) : each.other();
			parties.merge(name, new Party(name, Set.of(each.reason()), each.owedCents()), Party::and);
		});
		return new Involved(parties.values()
			.stream()
			.sorted(Comparator.comparing((Party party) -> !party.is(Role.DECIDES))
				.thenComparing((party) -> !party.is(Role.BLOCKS))
				.thenComparing(Party::name))
			.toList());
	}

	/** How many play this role. */
	public long count(Role role) {
		return this.parties.stream().filter((party) -> party.is(role)).count();
	}

	/** What the household must pay to all of them, a year. */
	public long owedCents() {
		return this.parties.stream().mapToLong(Party::owedCents).sum();
	}

	/** What an organisation is in a case. */
	public enum Role {

		HELPS, DECIDES, BLOCKS, OWED;

		public String code() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/** Why it is that. */
	public enum Reason {

		HAS_THE_CASE("hasTheCase", Role.HELPS), HAS_THE_LEAD("hasTheLead", Role.HELPS),
		GIVES_HELP("givesHelp", Role.HELPS), IN_THE_PLAN("inThePlan", Role.HELPS), SAID_YES("saidYes", Role.HELPS),
		CARRIES_OUT("carriesOut", Role.HELPS), LEVEL("level", Role.DECIDES), COMPETENT("competent", Role.DECIDES),
		SIGNS("signs", Role.DECIDES), SIGNED("signed", Role.DECIDES), REFUSED("refused", Role.BLOCKS),
		NOT_ANSWERED("notAnswered", Role.BLOCKS), DID_NOT_SIGN("didNotSign", Role.BLOCKS),
		MEASURE("measure", Role.BLOCKS), SANCTION("sanction", Role.BLOCKS), CLAIM("claim", Role.OWED);

		private final String code;

		private final Role role;

		Reason(String code, Role role) {
			this.code = code;
			this.role = role;
		}

		public String code() {
			return this.code;
		}

		public Role role() {
			return this.role;
		}

	}

	/**
	 * An organisation in the case.
	 *
	 * @param reasons each once, in the order of the roles
	 * @param owedCents what the household must pay it, a year
	 */
	public record Party(String name, Set<Reason> reasons, long owedCents) {

		public Party {
			reasons = java.util.Collections.unmodifiableSet(EnumSet.copyOf(reasons));
		}

		public boolean is(Role role) {
			return this.reasons.stream().anyMatch((reason) -> reason.role() == role);
		}

		private Party and(Party other) {
			Set<Reason> both = EnumSet.copyOf(this.reasons);
			both.addAll(other.reasons);
			return new Party(this.name, both, this.owedCents + other.owedCents);
		}

	}

	/**
	 * What a case holds of organisations.
	 *
	 * @param municipality that has the case
	 * @param stay on the rung where it is; null when it is on none
	 * @param lead who has it; null for nobody
	 * @param household what organisations do in the household, as the reader may know it
	 * @param breakthroughs of the plan
	 * @param competence who may decide; null where nobody asked
	 */
	public record Facts(String municipality, @Nullable RungStay stay, @Nullable String lead, List<PlanLine> household,
			List<PlanLine> breakthroughs, List<AgencyRequest> requests, Competence.@Nullable Standing competence,
			List<Proposals.Line> proposals, List<Measure> measures, LocalDate today) {

		List<Part> roles() {
			List<Part> parts = new ArrayList<>();
			parts.add(Part.of(this.municipality, Reason.HAS_THE_CASE));
			if (this.lead != null) {
				parts.add(Part.of(this.lead, Reason.HAS_THE_LEAD));
			}
			if (this.stay != null && this.stay.closedAt() == null) {
				parts.add(Part.of(this.stay.body(), Reason.LEVEL));
			}
			if (this.competence != null && !this.competence.isOpen() && this.competence.body() != null) {
				parts.add(Part.of(this.competence.body(), Reason.COMPETENT));
			}
			this.household.stream().filter((line) -> line.runs(this.today)).forEach((line) -> inHousehold(parts, line));
			this.breakthroughs.stream()
				.filter((line) -> line.part() == PlanPart.BREAKTHROUGH && line.body() != null)
				.forEach((line) -> parts.add(Part.of(line.body(), Reason.IN_THE_PLAN)));
			this.requests.forEach((request) -> asked(parts, request));
			this.proposals.forEach((proposal) -> signing(parts, proposal));
			this.measures.stream()
				.filter((measure) -> measure.isOpen() || measure.state() == Measure.State.DONE)
				.forEach((measure) -> parts.add(Part.of(measure.organisation(), Reason.CARRIES_OUT)));
			return parts;
		}

		private static void inHousehold(List<Part> parts, PlanLine line) {
			String other = line.shown("other");
			if (line.body() == null && other.isBlank()) {
				return;
			}
			Reason reason = switch (String.valueOf(line.kind())) {
				case "help" -> Reason.GIVES_HELP;
				case "measure" -> Reason.MEASURE;
				case "sanction" -> Reason.SANCTION;
				default -> Reason.CLAIM;
			};
			Long cents = line.amountCents();
			parts.add(new Part(line.body(), other, reason, (reason == Reason.CLAIM && cents != null) ? cents : 0));
		}

		private static void asked(List<Part> parts, AgencyRequest request) {
			if (request.isStandingRefusal()) {
				parts.add(Part.of(request.agency(), Reason.REFUSED));
			}
			else if (request.isOpen()) {
				parts.add(Part.of(request.agency(), Reason.NOT_ANSWERED));
			}
			else if (request.answer() == AgencyAnswer.GRANTED || request.answer() == AgencyAnswer.TAKES_PART) {
				parts.add(Part.of(request.agency(), Reason.SAID_YES));
			}
		}

		private static void signing(List<Part> parts, Proposals.Line proposal) {
			if (proposal.state().equals("open") && proposal.askedOf() != null) {
				parts.add(Part.of(proposal.askedOf(), Reason.SIGNS));
			}
			for (SignOff signOff : proposal.signOffs()) {
				if (signOff.agreed() && proposal.state().equals("signed")) {
					parts.add(Part.of(signOff.organisation(), Reason.SIGNED));
				}
				if (signOff.outcome() == SignOff.Outcome.REFUSED) {
					parts.add(Part.of(signOff.organisation(), Reason.DID_NOT_SIGN));
				}
			}
		}

	}

	/** One reason of one organisation: one of ours by id, another by name. */
	private record Part(@Nullable String organisation, String other, Reason reason, long owedCents) {

		static Part of(@Nullable String organisation, Reason reason) {
			return new Part(organisation, "", reason, 0);
		}

	}

}
