package nl.doorbraak.overview.web;

import java.util.Set;

import nl.doorbraak.support.Coded;

/** What a line of the record is about, as an auditor looks for it. */
enum RecordKind implements Coded {

	DECISIONS("decisions", "Besluiten en akkoord", "proposalMade", "signOffAsked", "signOffCutShort", "signOffHandedUp",
			"signOffPassedOn", "signOffPassedOver", "signOffRefused", "signOffSentBack", "signOffTermMoved",
			"signedAsDeputy", "signedOff", "standInEnded", "gateRefused", "decisionAnnounced", "decisionNotRatified",
			"decisionRatified", "decisionTakenByMandator", "announcementTermPassed", "followUpOwed",
			"followUpTermMoved", "followUpTermPassed", "reasonsGiven", "letterSignedForBody", "consultationAsked",
			"consultationAnswered", "consultationEnded", "objectionReceived", "objectionDecided", "objectionTermPassed",
			"objectionWithdrawn", "backingGiven", "backingWithdrawn", "lookBackOverdue", "lookedBack"),

	LADDER("ladder", "Niveaus en termijnen", "caseReported", "caseOpened", "caseClosed", "caseWithdrawn", "casePaused",
			"caseResumed", "caseRedirected", "rungOpened", "rungDecided", "termMoved", "termQuestionAsked",
			"nextStepDetermined", "threatChanged", "threatEnded", "termsChanged", "termsDrafted", "termsDraftChanged",
			"termsDraftWithdrawn", "termsAdopted", "crisisClockStopped", "competenceStated", "competenceSettled"),

	LEAD("lead", "Regie", "leadAsked", "leadAccepted", "leadRefused", "leadReferred", "leadReturned", "leadSilent",
			"leadMissing", "leadEnded", "leadHandOverOffered", "leadHandOverDeclined", "leadHandOverWithdrawn",
			"leadHandedOver", "workHandedOver", "provisionalLeadAppointed", "nobodyReachable", "callMade"),

	AGENCIES("agencies", "Instanties", "agencyAsked", "agencyAnswered", "agencyReplied", "agencySilent",
			"agencyNeedsFacts", "agencyFactsDelivered", "agencyContradictsItself", "agencyRequestLapsed",
			"refusalWithdrawn", "refusalsTakenUp", "serialRefusalFound", "figuresReleased", "figuresAnswered",
			"schemeChanged", "doorCodeAsked", "doorOpened"),

	FILE("file", "Plan en dossier", "entryRecorded", "signalReceived", "signalContactSought", "signalContactLate",
			"signalClosed", "planLineAdded", "planLineChanged", "planLineWithdrawn", "planEndPassed", "memberAdded",
			"documentKept", "documentWithdrawn", "perspectiveShared", "mediatedSessionAsked", "mediatedSessionHeld",
			"mediatedSessionMissed", "roundTablePlanned", "roundTableMoved", "roundTableCancelled", "caseSystemLinked",
			"caseSystemNumberChanged"),

	OUTCOME("outcome", "Uitvoering en uitkomst", "carryOutBegun", "carryOutEnded", "carryOutTermPassed", "measureAdded",
			"measureAnswered", "measureDue", "measureMoved", "measuresConfirmed", "outcomeRecorded", "aftercareBegun",
			"aftercareRecorded", "surveyDue", "surveyAnswered", "surveyLinkMade", "surveyLinkWithdrawn", "budgetSet",
			"expensePaid", "expenseReversed", "expensesExported"),

	ALERTS("alerts", "Berichten", "alertQueued", "alertSent", "alertSeen", "alertAcknowledged", "alertCancelled",
			"alertUndeliverable", "testMessageConfirmed", "testRoundBegun", "functionUnreachable",
			"functionReachableAgain", "lateWorkFound", "alertSentAgain", "jobTriedAgain", "sendingHalted",
			"journalCompared", "sendingReleased"),

	READS("reads", "Inzage en delen", "caseRead", "purposeStated", "personalDataShared", "emergencyAccessGranted",
			"emergencyAccessReviewed", "emergencyReviewMissed", "compartmentMade", "compartmentFilled",
			"compartmentPersonAdded", "compartmentPersonRemoved", "compartmentRead", "compartmentOpenedForAudit",
			"compartmentsOpenedInEmergency", "compartmentClosed", "compartmentGiven"),

	RIGHTS("rights", "Mandaten en functies", "mandateRecorded", "absenceEntered", "absenceEnded", "personLeft",
			"roleGranted", "roleEnded", "workLeft", "listTaken", "officerListed", "postTermSet", "organisationListed"),

	LEARNING("learning", "Leren", "obstacleShared", "obstacleTakenBack", "patternFound", "patternOwned",
			"learningPointSent", "learningPointReminded", "learningPointAnswered", "learningPointDone", "reportMade",
			"exampleProposed", "exampleReleased", "exampleReturned", "exampleWithdrawn", "casePutToDiscussion",
			"discussionPlanned", "discussionCancelled", "discussionClosed", "discussionOutcomeRecorded",
			"statisticsReleased"),

	REFUSALS("refusals", "Geweigerd door de software", "refusalRecorded", "refusalTold", "loginsTried"),

	RESIDENTS("residents", "Verzoeken van inwoners", "subjectRequestEntered", "subjectRequestExtended",
			"subjectRequestDueSoon", "subjectRequestLate", "subjectRequestAnswered", "subjectExportMade",
			"passageLeftOut", "correctionRecorded"),

	RESIDENT_PAGES("residentPages", "De pagina van de inwoner", "residentLinkMade", "residentLinkWithdrawn",
			"residentPhaseChosen", "residentLetterMade"),

	RETENTION("retention", "Bewaren en vernietigen", "holdSet", "holdLifted", "destructionListMade", "caseTakenOffList",
			"destructionListSigned", "destructionListWithdrawn", "caseDestroyed", "caseArchived", "retentionTermSet"),

	AUDIT("audit", "Controle", "chainChecked", "exportMade", "evidencePackMade", "processingLogTaken",
			"assignmentOpened", "populationDrawn", "sampleDrawn", "findingRecorded", "findingAnswered",
			"assignmentClosed");

	private final String code;

	private final String label;

	private final Set<String> acts;

	RecordKind(String code, String label, String... acts) {
		this.code = code;
		this.label = label;
		this.acts = Set.of(acts);
	}

	@Override
	public String code() {
		return this.code;
	}

	@Override
	public String label() {
		return this.label;
	}

	Set<String> acts() {
		return this.acts;
	}

}
