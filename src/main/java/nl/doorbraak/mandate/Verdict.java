package nl.doorbraak.mandate;

import java.util.Locale;

/** What the gate's checks say: yes, or the first reason why not, in the order asked. */
public enum Verdict {

	TOEGESTAAN("Uw mandaat is toereikend."),
	REGISTER_ONLEESBAAR(
			"Het mandaatregister kan niet worden gelezen. Zonder register tekent niemand; probeer het later opnieuw of bel uw functioneel beheerder."),
	NIET_MANDATEERBAAR(
			"Dit mandaat gaat niet over dit soort besluit of noemt geen wettelijke grondslag. Het orgaan zelf moet besluiten."),
	BEVOEGD_ORGAAN_ONBEKEND(
			"Dit mandaat is van een orgaan dat op dit niveau niet over deze casus gaat. Zoek eerst uit wie bevoegd is."),
	GEEN_MANDAAT("U hebt hiervoor geen mandaat. Laat iemand tekenen die de functie heeft of daarin vervangt."),
	NIET_IN_WERKING(
			"Dit mandaat geldt nu niet: het is nog niet ingegaan, verlopen, ingetrokken of alleen voor een crisis. Neem contact op met de mandaatgever."),
	BOVEN_PLAFOND(
			"Dit gaat boven het plafond van het mandaat, samen met wat dit jaar al voor dit huishouden is getekend. Een hogere functie moet tekenen."),
	AFWIJKING_NIET_GEMANDATEERD(
			"Dit wijkt af van een regel of beleid, en dit mandaat staat dat niet toe. Een hogere functie moet tekenen."),
	VOORBEHOUDEN(
			"Dit besluit schept een precedent of is voorbehouden aan het orgaan, en dit mandaat geldt daar niet voor. Een hogere functie moet tekenen."),
	FUNCTIESCHEIDING("U deed dit voorstel zelf of hebt al geantwoord. Een ander moet tekenen."),
	GEEN_ANTWOORD("Wie mocht tekenen, gaf op tijd geen antwoord. Er is geen hogere functie meer om te vragen.");

	private final String sentence;

	Verdict(String sentence) {
		this.sentence = sentence;
	}

	/** One or two plain Dutch sentences for the person who is told. */
	public String sentence() {
		return this.sentence;
	}

	boolean isYes() {
		return this == TOEGESTAAN;
	}

	/** The code in kebab-case, as refusals carry it. */
	String kebab() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
