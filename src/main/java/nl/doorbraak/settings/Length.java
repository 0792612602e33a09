package nl.doorbraak.settings;

import java.util.function.ToIntFunction;

import nl.doorbraak.ladder.TermsVersion;

/** One agreed length that is a number, besides the terms of the levels. */
public enum Length {

	QUESTION("question", "Antwoord op omhoog, verlengen of afsluiten", 60, TermsVersion::questionWorkingDays),

	AGENCY("agency", "Antwoord van een instantie", 60, TermsVersion::agencyWorkingDays),

	SESSION("session", "Gesprek onder leiding", 60, TermsVersion::mediatedSessionWorkingDays),

	LEAD_STEP("leadStep", "Regie: een stap opschrijven", 60, TermsVersion::leadStepWorkingDays),

	LEAD_RETURN("leadReturn", "Regie: terug na de waarschuwing", 60, TermsVersion::leadReturnWorkingDays),

	LEAD_ABSENCE("leadAbsence", "Regie: afwezig zonder overdracht", 60, TermsVersion::leadAbsenceWorkingDays),

	RATIFICATION("ratification", "Bekrachtigen van een spoedbesluit", 60, TermsVersion::ratificationWorkingDays),

	ANNOUNCEMENT("announcement", "Bekendmaken van een besluit", 60, TermsVersion::announcementWorkingDays),

	MEASURES("measures", "Bevestigen van de uitvoering", 130, TermsVersion::measuresWorkingDays),

	OUTCOME("outcome", "Vertellen wat de uitkomst is", 60, TermsVersion::outcomeWorkingDays),

	LOOK_BACK("lookBack", "Terugkijken na een crisis", 60, TermsVersion::lookBackWorkingDays),

	AFTERCARE("aftercare", "Vragen hoe het gaat", 60, TermsVersion::aftercareWorkingDays),

	ACCESS_REVIEW("accessReview", "Beoordelen van noodtoegang", 60, TermsVersion::accessReviewWorkingDays),

	SIGNAL("signal", "Vroegsignaal: contact zoeken", 8, TermsVersion::signalWeeks),

	SIGNAL_THREAT("signalThreat", "Vroegsignaal waarbij iets dreigt: contact zoeken", 10,
			TermsVersion::signalThreatWorkingDays),

	CRISIS_WINDOW("crisisWindow", "Crisis: zoveel werkdagen voor de gebeurtenis", 30,
			TermsVersion::crisisWindowWorkingDays),

	CRISIS_RUNG("crisisRung", "Crisis: tijd op een niveau", 240, (terms) -> (int) terms.crisisRung().toHours()),

	CRISIS_QUESTION("crisisQuestion", "Crisis: antwoord op omhoog, verlengen of afsluiten", 240,
			(terms) -> (int) terms.crisisQuestion().toHours()),

	CRISIS_EXTENSION("crisisExtension", "Crisis: verlenging", 240, (terms) -> (int) terms.crisisExtension().toHours());

	private final String code;

	private final String label;

	private final int most;

	private final ToIntFunction<TermsVersion> of;

	Length(String code, String label, int most, ToIntFunction<TermsVersion> of) {
		this.code = code;
		this.label = label;
		this.most = most;
		this.of = of;
	}

	public String code() {
		return this.code;
	}

	/** What it is the length of, in Dutch. */
	public String label() {
		return this.label;
	}

	/** No length is longer. */
	public int most() {
		return this.most;
	}

	public int of(TermsVersion terms) {
		return this.of.applyAsInt(terms);
	}

	public boolean isInHours() {
		return this == CRISIS_RUNG || this == CRISIS_QUESTION || this == CRISIS_EXTENSION;
	}

	public boolean isInWeeks() {
		return this == SIGNAL;
	}

	/** With its unit, in Dutch. */
	public String inDutch(int amount) {
		if (isInWeeks()) {
			return amount + ((amount == 1) ? " week" : " weken");
		}
		return isInHours() ? amount + " uur" : amount + ((amount == 1) ? " werkdag" : " werkdagen");
	}

}
