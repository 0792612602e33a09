package nl.doorbraak.mandate;

import java.util.Locale;

/** What the gate's checks say: yes, or the first reason why not, in the order asked. */
enum Verdict {

	TOEGESTAAN("Uw mandaat is toereikend."),
	REGISTER_ONLEESBAAR(
			"Het mandaatregister kan niet worden gelezen. Zonder register tekent niemand; probeer het later opnieuw of bel uw functioneel beheerder."),
	NIET_MANDATEERBAAR(
			"Met dit mandaat mag zo'n besluit niet worden genomen, of het noemt geen wettelijke grondslag. Het orgaan zelf moet besluiten."),
	BEVOEGD_ORGAAN_ONBEKEND("Dit mandaat geldt niet voor deze casus of op dit niveau. Zoek eerst uit wie bevoegd is."),
	GEEN_MANDAAT("U hebt hiervoor geen mandaat. Laat iemand tekenen die de functie heeft of daarin vervangt."),
	NIET_IN_WERKING(
			"Dit mandaat geldt nu niet: het is nog niet ingegaan of bekendgemaakt, verlopen, ingetrokken, opgevolgd of alleen voor een crisis. Neem contact op met de mandaatgever."),
	ONDERMANDAAT_ONGELDIG(
			"Dit ondermandaat deugt niet: het mandaat waar het onder valt geldt niet, staat het niet toe of geeft minder. Laat tekenen wie het bovenliggende mandaat heeft."),
	GEEN_INSTEMMING(
			"U werkt niet onder de mandaatgever, en uw instemming of die van uw werkgever ontbreekt in het register. Neem contact op met de mandaatgever."),
	BOVEN_PLAFOND(
			"Dit gaat boven het plafond of het budget van het mandaat, samen met wat dit jaar al is getekend. Een hogere functie moet tekenen."),
	AFWIJKING_NIET_GEMANDATEERD(
			"Dit wijkt af van een regel of beleid, en dit mandaat staat dat niet toe. Een hogere functie moet tekenen."),
	VOORBEHOUDEN(
			"Dit besluit schept een precedent of is voorbehouden aan het orgaan, en dit mandaat geldt daar niet voor. Een hogere functie moet tekenen."),
	FUNCTIESCHEIDING(
			"U deed dit voorstel zelf, hebt al geantwoord of nam zelf het besluit waar het om gaat. Een ander moet tekenen."),
	MOTIVERING_ONVOLLEDIG(
			"Het voorstel zegt niet waarom, of het plan mist een van de drie waarden. Zonder motivering kan niemand tekenen: het gaat terug naar de indiener."),
	GEEN_ANTWOORD("Wie mocht tekenen, gaf op tijd geen antwoord. Er is geen hogere functie meer om te vragen.");

	private final String sentence;

	Verdict(String sentence) {
		this.sentence = sentence;
	}

	/** One or two plain Dutch sentences for the person who is told. */
	String sentence() {
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
