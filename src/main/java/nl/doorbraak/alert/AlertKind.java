package nl.doorbraak.alert;

import java.util.List;

import nl.doorbraak.support.Coded;

/** What an alert tells; the code is stored, the words on screen are Dutch. */
public enum AlertKind implements Coded {

	RUNG_OPENED("rungOpened", "Casus op dit niveau"),

	/** The highest rung's term ended without a decision: a new one runs. */
	TOP_RUNG_AGAIN("topRungAgain", "Hoogste niveau: nieuwe termijn"),

	TERM_QUESTION("termQuestion", "Omhoog, verlengen of afsluiten?"),

	TERM_REMINDER("termReminder", "Herinnering: omhoog, verlengen of afsluiten?"),

	TERM_SILENCE("termSilence", "Geen antwoord over de termijn"),

	CASE_CLOSED("caseClosed", "Casus gesloten"),

	/** A moment of the watch came and nobody had accepted the lead. */
	LEAD_MISSING("leadMissing", "Zonder regie"),

	LEAD_ASKED("leadAsked", "Kunt u de regie nemen?"),

	LEAD_REFUSED("leadRefused", "Regie niet genomen"),

	LEAD_RETURNED("leadReturned", "Regie teruggegeven"),

	/** Who has the lead offers it to the next person. */
	LEAD_HAND_OVER_OFFERED("leadHandOverOffered", "Neemt u de regie over?"),

	LEAD_HAND_OVER_DECLINED("leadHandOverDeclined", "Regie niet overgenomen"),

	LEAD_HANDED_OVER("leadHandedOver", "Regie overgedragen"),

	/** Who has the lead wrote nothing down for too long. */
	LEAD_SILENT("leadSilent", "Regie: al lang geen stap"),

	LEAD_PROVISIONAL("leadProvisional", "Voorlopige regievoerder aangewezen"),

	/** A function is asked to sign a proposal. */
	SIGN_OFF_ASKED("signOffAsked", "Wilt u tekenen?"),

	/** At half and at three quarters of the time to answer. */
	SIGN_OFF_REMINDER("signOffReminder", "Herinnering: wilt u tekenen?"),

	/** Somebody said no, or nobody could sign. */
	NOT_SIGNED("notSigned", "Voorstel niet getekend"),

	/** Somebody sent a proposal back to be completed. */
	SENT_BACK("sentBack", "Voorstel terug voor aanvulling"),

	/** The mandator of who was asked to sign decides himself. */
	DECIDED_BY_MANDATOR("decidedByMandator", "Mandaatgever beslist zelf"),

	/** Advice or an answer about a proposal is asked. */
	CONSULTATION_ASKED("consultationAsked", "Vraag over een voorstel"),

	CONSULTATION_ANSWERED("consultationAnswered", "Antwoord over een voorstel"),

	/** A hurried decision still owes its reasons or its ratification. */
	FOLLOW_UP_OWED("followUpOwed", "Spoedbesluit: nog te doen"),

	FOLLOW_UP_OVERDUE("followUpOverdue", "Spoedbesluit: te laat"),

	AGENCY_ASKED("agencyAsked", "Vraag aan uw instantie"),

	AGENCY_ANSWERED("agencyAnswered", "Antwoord van een instantie"),

	/** An agency did not answer in time. */
	AGENCY_SILENT("agencySilent", "Instantie antwoordt niet"),

	/** It cannot answer before it has something. */
	AGENCY_NEEDS_FACTS("agencyNeedsFacts", "Instantie heeft eerst iets nodig"),

	/** A refusal rests on a ground that existed at one before it. */
	SERIAL_REFUSAL("serialRefusal", "Opeenvolgende afwijzing"),

	/** Two parts of one agency say yes and no to the same. */
	AGENCY_CONTRADICTS("agencyContradicts", "Instantie spreekt zich tegen"),

	/** It is disputed or unknown who may decide. */
	COMPETENCE_OPEN("competenceOpen", "Wie is bevoegd?"),

	COMPETENCE_SETTLED("competenceSettled", "Beslist wie bevoegd is"),

	/** What the agency answered in half a year was counted; about no case. */
	FIGURES_RELEASED("figuresReleased", "Cijfers over uw instantie"),

	FIGURES_ANSWERED("figuresAnswered", "Reactie op cijfers"),

	/** The second factor at the door of a question, to the officer's own address. */
	DOOR_CODE("doorCode", "Code voor een vraag"),

	/**
	 * Nobody said in time whether a breakthrough is carried out, or with what outcome.
	 */
	CARRY_OUT_OVERDUE("carryOutOverdue", "Uitvoering: te laat"),

	/** Somebody is named for something that must be done in a case. */
	MEASURE_ASKED("measureAsked", "Maatregel voor u"),

	MEASURE_SOON("measureSoon", "Herinnering: maatregel"),

	MEASURE_LATE("measureLate", "Maatregel: te laat"),

	/** Some months after the closing the team asks how it goes. */
	AFTERCARE_DUE("aftercareDue", "Nazorg: vraag hoe het gaat"),

	/** The resident is asked how it went. */
	SURVEY_DUE("surveyDue", "Vraag de inwoner hoe het ging"),

	/** Nobody looked back on a crisis in time. */
	LOOK_BACK_OVERDUE("lookBackOverdue", "Terugblik: te laat"),

	/** Nobody met in time who does not agree on the household's perspective. */
	MEDIATED_SESSION_MISSED("mediatedSessionMissed", "Gesprek onder leiding bleef uit"),

	/** The last day of something that a body does in the household is over. */
	PLAN_END_PASSED("planEndPassed", "Einddatum in het overzicht voorbij"),

	/** Somebody reads a case without being on it. */
	EMERGENCY_ACCESS("emergencyAccess", "Noodtoegang gebruikt"),

	/** Nobody said in time whether that was justified. */
	EMERGENCY_REVIEW_LATE("emergencyReviewLate", "Noodtoegang niet beoordeeld"),

	/** A resident asked for access or correction, and the term ends in a week. */
	SUBJECT_REQUEST_SOON("subjectRequestSoon", "Herinnering: verzoek van een inwoner"),

	/** It passed. */
	SUBJECT_REQUEST_LATE("subjectRequestLate", "Verzoek van een inwoner: te laat"),

	/** Nobody sought contact in time after an early signal. */
	SIGNAL_LATE("signalLate", "Vroegsignaal: nog geen contact"),

	NOT_ANNOUNCED("notAnnounced", "Besluit nog niet bekendgemaakt"),

	OBJECTION_RECEIVED("objectionReceived", "Bezwaar of klacht ontvangen"),

	/** Nobody decided in time on an objection or a complaint. */
	OBJECTION_OVERDUE("objectionOverdue", "Bezwaar of klacht: te laat"),

	ROUND_TABLE_PLANNED("roundTablePlanned", "Uitnodiging voor een rondetafel"),

	ROUND_TABLE_MOVED("roundTableMoved", "Rondetafel veranderd"),

	/** It is cancelled, or not for this person any more. */
	ROUND_TABLE_CANCELLED("roundTableCancelled", "Rondetafel afgezegd"),

	/** The third case shares an obstacle; about no case, as all that is learnt. */
	PATTERN_FOUND("patternFound", "Nieuw patroon"),

	LEARNING_POINT_SENT("learningPointSent", "Leerpunt voor uw organisatie"),

	LEARNING_POINT_REMINDER("learningPointReminder", "Herinnering: leerpunt voor uw organisatie"),

	LEARNING_POINT_ANSWERED("learningPointAnswered", "Antwoord op een leerpunt"),

	DISCUSSION_PLANNED("discussionPlanned", "Uitnodiging voor een casuïstiekbespreking"),

	DISCUSSION_CANCELLED("discussionCancelled", "Casuïstiekbespreking afgezegd"),

	/** Somebody wrote for the bank, and another must release it. */
	EXAMPLE_PROPOSED("exampleProposed", "Voorbeeld om vrij te geven"),

	EXAMPLE_RETURNED("exampleReturned", "Voorbeeld terug om te veranderen"),

	/** What directors read of a month is there; about no case. */
	MONTH_REPORT("monthReport", "Maandoverzicht"),

	/** Work that the watchdog found late; about no case. */
	LATE_WORK("lateWork", "Iets was te laat"),

	/** The clocks of a machine and of the database differ; about no case. */
	CLOCK_OFF("clockOff", "Een klok loopt verkeerd"),

	/** Many logins failed; about no case. */
	LOGINS_TRIED("loginsTried", "Iemand probeert wachtwoorden"),

	/** Somebody sent what a form does not ask; about no case. */
	FORM_FORGED("formForged", "Formulier met vreemde velden"),

	/** The record does not follow; about no case. */
	RECORD_BROKEN("recordBroken", "De vastlegging klopt niet"),

	/** A job of the engine gave up. */
	ENGINE_INCIDENT("engineIncident", "Storing in een casus"),

	/** Only asks whether it arrives; about no case. */
	REACHABILITY_TEST("reachabilityTest", "Proefbericht"),

	/** What one person must know this morning, about no case of its own. */
	DIGEST("digest", "Overzicht van de dag"),

	/** Somebody left, and what was theirs waits for the next one; about no case. */
	WORK_LEFT("workLeft", "Werk van een vertrokken collega"),

	/** Another alert could not be delivered; of this kind there is never a second. */
	UNDELIVERABLE("undeliverable", "Bericht niet bezorgd");

	/** What asks for a signature, and is no longer true once somebody answered. */
	static final List<AlertKind> TO_SIGN = List.of(SIGN_OFF_ASKED, SIGN_OFF_REMINDER);

	/** What is no longer true once somebody has accepted the lead. */
	static final List<AlertKind> ABOUT_THE_LEAD = List.of(LEAD_MISSING, LEAD_ASKED, LEAD_REFUSED, LEAD_RETURNED,
			LEAD_PROVISIONAL);

	/** What is about what was learnt, and about no case. */
	public static final List<AlertKind> ABOUT_LEARNING = List.of(PATTERN_FOUND, LEARNING_POINT_SENT,
			LEARNING_POINT_REMINDER, LEARNING_POINT_ANSWERED, DISCUSSION_PLANNED, DISCUSSION_CANCELLED,
			EXAMPLE_PROPOSED, EXAMPLE_RETURNED);

	private final String code;

	private final String label;

	AlertKind(String code, String label) {
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

	/**
	 * The kind with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static AlertKind of(String code) {
		return Coded.of(AlertKind.class, code);
	}

}
