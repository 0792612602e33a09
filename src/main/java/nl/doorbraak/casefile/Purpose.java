package nl.doorbraak.casefile;

import java.util.List;

import nl.doorbraak.support.Coded;

/** What somebody reads a case for: derived from their work in it, or said by them. */
public enum Purpose implements Coded {

	TEAM("team", "werken aan de casus"), LEAD("lead", "de regie"), TASK("task", "een taak in deze casus"),

	/** Something to do for the household, without being on the case. */
	MEASURE("measure", "een maatregel"),

	ASKED("asked", "gevraagd voor de regie"), SIGN("sign", "tekenen"), ADVISE("advise", "adviseren"),

	EMERGENCY("emergency", "noodtoegang"), AUDIT("audit", "controle"), REPORT("report", "een melding"),

	/** The resident himself or herself, on a page of their own. */
	RESIDENT("resident", "de eigen pagina van de inwoner"),

	MEETING("meeting", "Ik bereid een gesprek of overleg over deze casus voor"),

	HAND_OVER("handOver", "Ik draag mijn werk in deze casus over of rond het af"),

	FOLLOW("follow", "Ik ga na wat er is gebeurd met wat wij besloten of deden"),

	/** With a sentence of their own, which lives in the case file. */
	OTHER("other", "Iets anders, namelijk:"),

	/** Of an auditor who must know who it is about. */
	COMPLAINT("complaint", "Een klacht of verzoek van iemand uit het huishouden"),

	INVESTIGATION("investigation", "Een onderzoek naar hoe met deze casus is omgegaan"),

	RIGHT_PERSON("rightPerson", "Nagaan of een besluit over de goede persoon gaat");

	/** What who works on the case without a task of their own can say. */
	public static final List<Purpose> CHOICES = List.of(MEETING, HAND_OVER, FOLLOW, OTHER);

	/** What an auditor can say who must know names. */
	public static final List<Purpose> FOR_NAMES = List.of(COMPLAINT, INVESTIGATION, RIGHT_PERSON);

	private final String code;

	private final String label;

	Purpose(String code, String label) {
		this.code = code;
		this.label = label;
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
