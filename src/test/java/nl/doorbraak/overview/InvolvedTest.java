package nl.doorbraak.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.PlanLine;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.mandate.SignOff;
import nl.doorbraak.overview.Involved.Party;
import nl.doorbraak.overview.Involved.Reason;
import nl.doorbraak.overview.Involved.Role;
import nl.doorbraak.support.FormRules.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InvolvedTest {

	private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

	private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

	@Test
	void caseThatWasJustReportedHasItsMunicipalityOnly() {
		Involved involved = Involved.of(new Involved.Facts("GM9001", null, null, List.of(), List.of(), List.of(), null,
				List.of(), List.of(), TODAY), UnaryOperator.identity());
		assertThat(involved.parties()).containsExactly(new Party("GM9001", Set.of(Reason.HAS_THE_CASE), 0));
		assertThat(involved.count(Role.DECIDES)).isZero();
	}

	@Test
	void everyOrganisationStandsOnceWithAllThatItIs() {
		Involved involved = Involved.of(facts(), Map.of("GM9001", "Gemeente", "REGIO", "Regio", "BD", "Belastingdienst",
				"SVB", "SVB", "UWV", "UWV")::get);
		assertThat(involved.parties()).containsExactly(
				new Party("Belastingdienst", Set.of(Reason.COMPETENT, Reason.REFUSED, Reason.CLAIM), 120_000),
				new Party("Regio", Set.of(Reason.HAS_THE_LEAD, Reason.LEVEL, Reason.SIGNS, Reason.DID_NOT_SIGN), 0),
				new Party("Gemeente",
						Set.of(Reason.HAS_THE_CASE, Reason.IN_THE_PLAN, Reason.SIGNED, Reason.CARRIES_OUT), 0),
				new Party("UWV", Set.of(Reason.NOT_ANSWERED, Reason.SANCTION), 0),
				new Party("Energie BV", Set.of(Reason.CLAIM), 30_000),
				new Party("SVB", Set.of(Reason.SAID_YES, Reason.GIVES_HELP), 0));
		assertThat(involved.count(Role.DECIDES)).isEqualTo(3);
		assertThat(involved.count(Role.BLOCKS)).isEqualTo(3);
		assertThat(involved.count(Role.OWED)).isEqualTo(2);
		assertThat(involved.owedCents()).isEqualTo(150_000);
	}

	@Test
	void whatIsOverCountsNoMore() {
		List<PlanLine> over = List.of(line(PlanPart.HOUSEHOLD, "claim", "UWV", null, 10_000L, TODAY.minusDays(1)));
		AgencyRequest lapsed = request("SVB", null, NOW);
		Measure dropped = measure("SVB", Measure.State.DROPPED);
		assertThat(Involved
			.of(new Involved.Facts("GM9001", stay("REGIO", NOW), null, over, List.of(), List.of(lapsed),
					new Competence.Standing(Competence.Status.DISPUTED, "BD", "", false, null, "anna", NOW),
					List.of(proposal("refused", "REGIO")), List.of(dropped), TODAY), UnaryOperator.identity())
			.parties()).extracting(Party::name).containsExactly("GM9001");
	}

	private static Involved.Facts facts() {
		return new Involved.Facts("GM9001", stay("REGIO", null), "REGIO",
				List.of(line(PlanPart.HOUSEHOLD, "help", "SVB", null, 5_000L, null),
						line(PlanPart.HOUSEHOLD, "sanction", "UWV", null, null, TODAY),
						line(PlanPart.HOUSEHOLD, "claim", "BD", null, 100_000L, null),
						line(PlanPart.HOUSEHOLD, "claim", "BD", null, 20_000L, null),
						line(PlanPart.HOUSEHOLD, "claim", null, "Energie BV", 30_000L, null)),
				List.of(line(PlanPart.BREAKTHROUGH, null, "GM9001", null, 70_000L, null)),
				List.of(request("BD", AgencyAnswer.REFUSED, null), request("SVB", AgencyAnswer.GRANTED, null),
						request("UWV", null, null)),
				new Competence.Standing(Competence.Status.KNOWN, "BD", "", true, null, "lotte", NOW),
				List.of(proposal("refused", "REGIO", signOff("REGIO", SignOff.Outcome.REFUSED)),
						proposal("signed", "GM9001", signOff("GM9001", SignOff.Outcome.AGREED)),
						proposal("open", "REGIO")),
				List.of(measure("GM9001", Measure.State.OPEN)), TODAY);
	}

	private static RungStay stay(String body, @Nullable Instant closed) {
		return new RungStay(1, Rung.REGIONAL, body, true, NOW, NOW, TODAY, "Waarom.", 0, null, null, null, null, null,
				false, null, null, closed);
	}

	private static PlanLine line(PlanPart part, @Nullable String kind, @Nullable String body, @Nullable String other,
			@Nullable Long cents, @Nullable LocalDate until) {
		List<Answer> answers = (other == null) ? List.of() : List.of(new Answer("other", "Wie?", other, other));
		return new PlanLine(part, 1, 1, false, answers, kind, body, true, cents, null, until, null, "anna", NOW,
				List.of());
	}

	private static AgencyRequest request(String agency, @Nullable AgencyAnswer answer, @Nullable Instant lapsed) {
		return new AgencyRequest(1, "DB-2026-000001", agency, "", RequestKind.values()[0], null, null, null, "anna",
				NOW, null, 1, NOW, "Waarom.", null, null, null, answer, null, Map.of(), null, null, null, null, null,
				null, false, null, null, null, null, null, lapsed);
	}

	private static Proposals.Line proposal(String state, String askedOf, SignOff... signOffs) {
		return new Proposals.Line("anna", 1, false, NOW, state, Function.MANAGER, askedOf, null, null, null, null,
				List.of(signOffs));
	}

	private static SignOff signOff(String organisation, SignOff.Outcome outcome) {
		return new SignOff(1, "mila", Function.MANAGER, organisation, "M-1", 1, null, "x", outcome, false, false, null,
				NOW);
	}

	private static Measure measure(String organisation, Measure.State state) {
		return new Measure(1, "DB-2026-000001", Measure.Source.PLAN, "Betaal", organisation, null, TODAY, null, null,
				state, "anna", NOW, null, null, null, false);
	}

}
