package nl.doorbraak.mandate;

import nl.doorbraak.directory.Officer;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may sign under a line of the register: the questions in their order,
 * the first no is the answer. What cannot be established is a no.
 */
final class MandateCheck {

	private MandateCheck() {
	}

	static Verdict check(@Nullable Mandate line, Signing signing) {
		if (line == null || line.function().isEmpty()) {
			return Verdict.REGISTER_ONLEESBAAR;
		}
		if (!line.powers().contains(signing.power().code()) || line.legalBasis().isBlank()) {
			return Verdict.NIET_MANDATEERBAAR;
		}
		if (!signing.bodies().contains(line.body()) || !line.rungs().contains(signing.rung())) {
			return Verdict.BEVOEGD_ORGAAN_ONBEKEND;
		}
		if (!signing.posts().contains(new Officer.Post(line.function().get(), line.body()))) {
			return Verdict.GEEN_MANDAAT;
		}
		if (!line.isInForce(signing.at()) || line.crisisUse() && !signing.inCrisis()) {
			return Verdict.NIET_IN_WERKING;
		}
		if (!isWithinCeiling(line, signing)) {
			return Verdict.BOVEN_PLAFOND;
		}
		if (!line.deviationAllowed() && !Boolean.FALSE.equals(signing.deviates())) {
			return Verdict.AFWIJKING_NIET_GEMANDATEERD;
		}
		if (signing.reservation() == null || signing.reservation().compareTo(line.reservation()) > 0) {
			return Verdict.VOORBEHOUDEN;
		}
		boolean drafter = signing.person().equals(signing.drafter());
		if (drafter && !line.drafterMaySign() || signing.answered().contains(signing.person())) {
			return Verdict.FUNCTIESCHEIDING;
		}
		return Verdict.TOEGESTAAN;
	}

	private static boolean isWithinCeiling(Mandate line, Signing signing) {
		Long ceiling = line.ceilingCents();
		Long amount = signing.amountCents();
		Long spent = signing.spentCents();
		if (amount == null || amount < 0) {
			return false;
		}
		return ceiling == null || spent != null && spent >= 0 && amount <= ceiling - spent;
	}

}
