package nl.doorbraak.lead;

import java.util.Arrays;
import java.util.List;

import nl.doorbraak.support.Coded;

/** Why somebody does not take the lead, or gives it back. */
public enum RefusalReason implements Coded {

	NOT_OUR_LAW("notOurLaw", "Wij gaan hier niet over"), NO_CAPACITY("noCapacity", "Wij hebben hier geen ruimte voor"),
	NO_MANDATE("noMandate", "Wij mogen hierover niet besluiten"),
	CONFLICT_OF_INTEREST("conflictOfInterest", "Wij zijn zelf partij"),
	RESIDENT_OBJECTS("residentObjects", "De inwoner wil dat niet"), OTHER("other", "Iets anders"),

	/** Taken back: nothing was written down for too long. */
	SILENT("silent", "Er werd te lang geen stap gezet"),

	/** Taken back: away, and nobody accepted the hand-over. */
	ABSENT("absent", "Afwezig, en niemand nam de regie over"),

	/** Taken back: has no function any more. */
	LEFT("left", "Werkt hier niet meer");

	private final String code;

	private final String label;

	RefusalReason(String code, String label) {
		this.code = code;
		this.label = label;
	}

	/** The reasons that somebody can choose. */
	public static List<RefusalReason> choices() {
		return Arrays.stream(values()).filter((each) -> each.compareTo(OTHER) <= 0).toList();
	}

	@Override
	public String code() {
		return this.code;
	}

	@Override
	public String label() {
		return this.label;
	}

}
