package nl.doorbraak.alert;

import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;

/** The Dutch sentences of a letter; none of them holds a word that somebody typed. */
final class Wording {

	private static final String TAKE_IT_OR_ASK = "Neem de regie, of vraag een organisatie om de regie te nemen. Dat doet u op de casuspagina.";

	private static final String LET_GO = "Kunt u dit niet oppakken? Kies in Mijn werk Terugleggen; dan kan een collega of uw vervanger de taak oppakken.";

	private Wording() {
	}

	static String late(Outbox.Standstill standstill) {
		String period = "Dit bericht komt te laat: van " + DutchTime.deadline(standstill.from()) + " tot "
				+ DutchTime.deadline(standstill.until());
		return standstill.halted() ? period + " verstuurde Doorbraak niets, omdat een back-up was teruggezet."
				: period + " lag Doorbraak stil door een storing.";
	}

	static String subject(AlertKind kind) {
		return switch (kind) {
			case RUNG_OPENED -> "Er ligt een casus bij u";
			case TOP_RUNG_AGAIN -> "Nog geen besluit op het hoogste niveau";
			case TERM_QUESTION -> "Omhoog, verlengen of afsluiten?";
			case TERM_REMINDER -> "Herinnering: omhoog, verlengen of afsluiten?";
			case TERM_SILENCE -> "Geen antwoord over de termijn";
			case CASE_CLOSED -> "De casus is gesloten";
			case LEAD_MISSING -> "Deze casus is zonder regie";
			case LEAD_ASKED -> "Kunt u de regie nemen?";
			case LEAD_REFUSED -> "Een organisatie neemt de regie niet";
			case LEAD_RETURNED -> "De regie is teruggegeven";
			case LEAD_SILENT -> "De regie staat stil";
			case LOOK_BACK_OVERDUE -> "De terugblik op de crisis ligt er nog";
			case LEAD_HAND_OVER_OFFERED -> "Neemt u de regie over?";
			case LEAD_HAND_OVER_DECLINED -> "De regie is niet overgenomen";
			case LEAD_HANDED_OVER -> "De regie is overgedragen";
			case LEAD_PROVISIONAL -> "Er is een voorlopige regievoerder";
			case SIGN_OFF_ASKED -> "Er ligt een voorstel om te tekenen";
			case SIGN_OFF_REMINDER -> "Er ligt nog een voorstel om te tekenen";
			case NOT_SIGNED -> "Een voorstel is niet getekend";
			case SENT_BACK -> "Een voorstel moet worden aangevuld";
			case DECIDED_BY_MANDATOR -> "Uw mandaatgever beslist zelf over een voorstel";
			case CONSULTATION_ASKED -> "U wordt iets gevraagd over een voorstel";
			case CONSULTATION_ANSWERED -> "Er is antwoord op uw vraag over een voorstel";
			case FOLLOW_UP_OWED -> "Bij een spoedbesluit moet u nog iets doen";
			case FOLLOW_UP_OVERDUE -> "Bij een spoedbesluit is een termijn voorbij";
			case AGENCY_ASKED -> "Uw instantie wordt iets gevraagd";
			case AGENCY_ANSWERED -> "Een instantie heeft geantwoord";
			case AGENCY_SILENT -> "Een instantie heeft niet op tijd geantwoord";
			case AGENCY_NEEDS_FACTS -> "Een instantie heeft eerst iets nodig";
			case SERIAL_REFUSAL -> "Opnieuw afgewezen, op een grond die eerder genoemd kon worden";
			case AGENCY_CONTRADICTS -> "Een instantie zegt ja en nee tegelijk";
			case COMPETENCE_OPEN -> "Niet duidelijk is wie over deze casus mag beslissen";
			case COMPETENCE_SETTLED -> "Beslist is wie over deze casus mag beslissen";
			case FIGURES_RELEASED -> "De cijfers over uw instantie staan klaar";
			case FIGURES_ANSWERED -> "Een instantie reageerde op haar cijfers";
			case DOOR_CODE -> "Uw code voor een vraag over deze casus";
			case CARRY_OUT_OVERDUE -> "Nog geen antwoord over de uitvoering";
			case MEASURE_ASKED -> "U doet iets in een casus";
			case MEASURE_SOON -> "Een maatregel moet bijna klaar zijn";
			case MEASURE_LATE -> "Een maatregel is niet op tijd gedaan";
			case AFTERCARE_DUE -> "Nazorg: vraag hoe het nu gaat";
			case SURVEY_DUE -> "Vraag de inwoner hoe het ging";
			case MEDIATED_SESSION_MISSED -> "Het gesprek onder leiding is niet gehouden";
			case PLAN_END_PASSED -> "Een einddatum in het overzicht is voorbij";
			case EMERGENCY_ACCESS -> "Noodtoegang: iemand leest deze casus";
			case EMERGENCY_REVIEW_LATE -> "Een noodtoegang is niet op tijd beoordeeld";
			case SUBJECT_REQUEST_SOON -> "Een inwoner wacht op antwoord: nog een week";
			case SUBJECT_REQUEST_LATE -> "Een verzoek van een inwoner is niet op tijd beantwoord";
			case SIGNAL_LATE -> "Na een vroegsignaal is nog geen contact gezocht";
			case NOT_ANNOUNCED -> "Een besluit is nog niet bekendgemaakt";
			case OBJECTION_RECEIVED -> "Er is een bezwaar of een klacht";
			case OBJECTION_OVERDUE -> "Op een bezwaar of klacht is nog niet beslist";
			case ROUND_TABLE_PLANNED -> "Uitnodiging voor een rondetafel";
			case ROUND_TABLE_MOVED -> "De rondetafel is veranderd";
			case ROUND_TABLE_CANCELLED -> "De rondetafel gaat voor u niet door";
			case PATTERN_FOUND -> "Een knelpunt komt bij drie casussen terug";
			case MONTH_REPORT -> "Het overzicht van vorige maand staat klaar";
			case LEARNING_POINT_SENT -> "Er is een leerpunt voor uw organisatie";
			case LEARNING_POINT_REMINDER -> "Herinnering: er is een leerpunt voor uw organisatie";
			case LEARNING_POINT_ANSWERED -> "Er is antwoord op een leerpunt";
			case DISCUSSION_PLANNED -> "Uitnodiging voor een casuïstiekbespreking";
			case DISCUSSION_CANCELLED -> "Een casuïstiekbespreking gaat niet door";
			case EXAMPLE_PROPOSED -> "Er ligt een voorbeeld om vrij te geven";
			case EXAMPLE_RETURNED -> "Een voorbeeld moet worden veranderd";
			case LATE_WORK -> "Doorbraak deed iets te laat";
			case CLOCK_OFF -> "De klok van een server loopt verkeerd";
			case LOGINS_TRIED -> "Iemand probeert wachtwoorden";
			case FORM_FORGED -> "Iemand stuurde velden die niet in het formulier staan";
			case RECORD_BROKEN -> "De vastlegging klopt niet meer";
			case ENGINE_INCIDENT -> "Een casus staat stil door een storing";
			case REACHABILITY_TEST -> "Proefbericht: bevestig dat dit u bereikt";
			case WORK_LEFT -> "Werk van een vertrokken collega wacht op u";
			case DIGEST -> "Uw overzicht van vandaag";
			case UNDELIVERABLE -> "Een bericht is niet bezorgd";
		};
	}

	/** Why somebody is told who does not hold the function that it is meant for. */
	static String because(String code) {
		return code.equals("deputy") ? ", omdat u vandaag iemand vervangt die afwezig is"
				: ", omdat voor wie het bedoeld is nu niemand bereikbaar is";
	}

	static String aboutRung(AlertKind kind, Rung rung) {
		String silence = (rung == Rung.MINISTRY) ? "begint op dit niveau een nieuwe termijn" : "gaat de casus omhoog";
		String question = "De termijn op niveau " + rung.label()
				+ " is voorbij: omhoog, verlengen of afsluiten? Zonder antwoord " + silence + ".";
		return switch (kind) {
			case RUNG_OPENED -> "Er ligt een casus bij u op niveau " + rung.label() + ".";
			case TOP_RUNG_AGAIN -> "Op niveau " + rung.label()
					+ " is de termijn voorbijgegaan zonder besluit. Er loopt nu een nieuwe termijn.";
			case TERM_QUESTION -> question;
			case TERM_REMINDER -> "Er is nog geen antwoord. " + question;
			case TERM_SILENCE -> "Niemand gaf antwoord op de vraag wat er na de termijn op niveau " + rung.label()
					+ " moet gebeuren. Daarom " + silence + ".";
			case CASE_CLOSED -> "De casus is gesloten op niveau " + rung.label() + ".";
			case SIGN_OFF_REMINDER -> "Er is nog geen antwoord op een voorstel voor een doorbraak op niveau "
					+ rung.label() + ". Zonder antwoord vragen wij de volgende bevoegde functie.";
			case SIGN_OFF_ASKED -> "Er ligt een voorstel voor een doorbraak op niveau " + rung.label()
					+ ". Lees het en geef antwoord. Zonder antwoord vragen wij de volgende bevoegde functie.";
			case NOT_SIGNED -> "Een voorstel voor een doorbraak op niveau " + rung.label()
					+ " is niet getekend. De reden staat op de casuspagina. Het voorstel ligt weer bij wie het deed.";
			case SENT_BACK -> "Bij een voorstel voor een doorbraak op niveau " + rung.label()
					+ " ontbreekt nog iets. Wat dat is, staat op de casuspagina. Het voorstel ligt weer bij wie het deed; het is niet geweigerd.";
			case DECIDED_BY_MANDATOR -> "U was gevraagd om te tekenen voor een voorstel op niveau " + rung.label()
					+ ". Uw mandaatgever beslist daar nu zelf over (Awb artikel 10:7).";
			case CONSULTATION_ASKED -> "Er ligt een voorstel voor een doorbraak op niveau " + rung.label()
					+ ", en u wordt daarover iets gevraagd. De vraag staat in Mijn werk. Het tekenen wacht niet op u.";
			case CONSULTATION_ANSWERED -> "Er is antwoord op wat u vroeg over een voorstel op niveau " + rung.label()
					+ ". Het antwoord staat bij het voorstel.";
			case FOLLOW_UP_OWED ->
				"Er is met spoed besloten. Wat nog moet: de motivering, of de bekrachtiging door een bevoegde functie. Het staat in Mijn werk.";
			case FOLLOW_UP_OVERDUE ->
				"Er is met spoed besloten, en wat daarna moest is niet op tijd gedaan. Op de casuspagina staat wat het is en aan wie het nu ook is gevraagd.";
			case LOOK_BACK_OVERDUE ->
				"De casus is in een crisis afgerond, en het team heeft nog niet teruggekeken. Het zijn drie vragen, die alleen het team leest. De taak staat in Mijn werk.";
			case LEAD_HAND_OVER_OFFERED ->
				"Wie de regie van deze casus heeft, wil haar aan u overdragen. Tot u haar overneemt, blijft de regie waar zij is.";
			case LEAD_HAND_OVER_DECLINED ->
				"U bood de regie van deze casus aan. Die is niet overgenomen: u hebt de regie nog.";
			case LEAD_HANDED_OVER ->
				"De regie van deze casus is overgedragen en overgenomen. Op de casuspagina staat wie haar nu heeft.";
			case LEAD_SILENT ->
				"Wie de regie van deze casus heeft, schreef al lang geen stap op. Gebeurt dat niet alsnog, dan is de regie na deze dag weer vrij.";
			case AGENCY_ASKED ->
				"Een casus zit vast, en uw instantie wordt gevraagd wat zij kan doen. De vraag staat in Mijn werk.";
			case AGENCY_ANSWERED ->
				"Een instantie heeft geantwoord op een vraag over deze casus. Het antwoord staat op de casuspagina.";
			case AGENCY_SILENT ->
				"Een instantie is iets gevraagd over deze casus, en heeft niet op tijd geantwoord. De vraag staat nog open.";
			case AGENCY_NEEDS_FACTS ->
				"Een instantie kan pas antwoorden als zij iets krijgt. Tot dan staat haar termijn stil. De taak Lever wat nodig is staat in Mijn werk.";
			case SERIAL_REFUSAL ->
				"Een aanvraag is opnieuw afgewezen, op een grond die er bij een eerdere afwijzing al was. Dat mag, maar het kost een huishouden telkens tijd. Wij vragen de instantie om een volledige toets.";
			case AGENCY_CONTRADICTS ->
				"Twee afdelingen van een instantie gaven een verschillend antwoord op hetzelfde: de een doet het, de ander wijst het af. Een antwoord van de instantie als geheel lost dat op.";
			case COMPETENCE_OPEN ->
				"Organisaties wijzen naar elkaar, of niemand weet wie over deze casus mag beslissen. Het Landelijk Maatwerkloket beslist wie bevoegd is. Op de casuspagina staat wie naar wie verwijst.";
			case COMPETENCE_SETTLED ->
				"Organisaties wezen naar elkaar, of niemand wist wie over deze casus mag beslissen. Dat is nu beslist. Heeft nog niemand de regie, dan is die organisatie gevraagd om haar te nemen.";
			case CARRY_OUT_OVERDUE -> "Op niveau " + rung.label()
					+ " is een doorbraak besloten. Niemand vertelde op tijd of die is uitgevoerd en wat de uitkomst is. De taak staat nog in Mijn werk van de casusregisseur en de vervanger.";
			case MEASURE_ASKED ->
				"In een casus is afgesproken dat u of uw organisatie iets doet. Wat dat is, staat op de pagina Maatregelen.";
			case MEASURE_SOON ->
				"U of uw organisatie doet iets in een casus, en de laatste dag is dichtbij. Wat het is, staat op de pagina Maatregelen.";
			case MEASURE_LATE ->
				"In een casus is afgesproken dat iemand iets doet. De laatste dag is voorbij, en niemand heeft gezegd dat het is gedaan.";
			case AFTERCARE_DUE ->
				"Deze casus is een paar maanden geleden gesloten. Vraag de inwoner hoe het nu gaat. De taak Vraag hoe het gaat staat in Mijn werk.";
			case SURVEY_DUE ->
				"Vraag de inwoner hoe het ging: zes korte vragen, ook als het antwoord nee was. Maak op de pagina Nazorg een koppeling voor de inwoner, of vul de vragen samen in.";
			case MEDIATED_SESSION_MISSED ->
				"De betrokkenen zijn het niet eens over het perspectief van het huishouden, en het gesprek onder leiding is niet op tijd gehouden. Het team besluit nu zonder gedeeld perspectief.";
			case PLAN_END_PASSED ->
				"In het overzicht van deze casus is een laatste dag voorbij: van hulp, een maatregel, een sanctie, een vordering, een time-out of een wettelijke adempauze. Wat stilstond, kan nu weer beginnen.";
			case NOT_ANNOUNCED -> "Op niveau " + rung.label()
					+ " is een doorbraak besloten. Het besluit is nog niet bekendgemaakt, en werkt dus nog niet. De taak Maak besluit bekend staat in Mijn werk van de casusregisseur en de vervanger.";
			case OBJECTION_RECEIVED ->
				"Tegen een doorbraak kwam een bezwaar of een klacht, en uw functie is gevraagd te beslissen. Wie het besluit zelf nam, beslist daar niet over. Wie wel mag beslissen, vindt in Mijn werk de taak Beslis op bezwaar of klacht.";
			case OBJECTION_OVERDUE ->
				"Tegen een doorbraak kwam een bezwaar of een klacht, en niemand besliste op tijd. Op de casuspagina staat aan wie het is gevraagd.";
			default -> throw new IllegalArgumentException(kind + " is not about a rung");
		};
	}

	/**
	 * What happened to the lead.
	 * @param organisation that was asked, answered, or was appointed
	 */
	static String aboutLead(AlertKind kind, String organisation) {
		return switch (kind) {
			case LEAD_MISSING -> "Niemand neemt het voortouw: geen organisatie heeft de regie van deze casus genomen.";
			case LEAD_ASKED -> organisation + " is gevraagd om de regie van deze casus te nemen.";
			case LEAD_REFUSED ->
				organisation + " neemt de regie van deze casus niet. De reden staat op de casuspagina.";
			case LEAD_RETURNED -> organisation
					+ " heeft de regie van deze casus niet meer. De casus is nu zonder regie. De reden staat op de casuspagina.";
			case LEAD_PROVISIONAL -> "Niemand nam de regie. " + organisation
					+ " is voorlopig aangewezen. Dat duurt tot een organisatie de regie neemt.";
			default -> throw new IllegalArgumentException(kind + " is not about the lead");
		};
	}

	/**
	 * What became of asking so far, in numbers: which organisation it is may tell
	 * something about the people.
	 */
	static String aboutAsking(long asked, long refused) {
		if (asked == 0) {
			return " Er is nog geen organisatie gevraagd.";
		}
		if (refused < asked) {
			return " Gevraagd: " + asked + ((asked == 1) ? " organisatie" : " organisaties") + ". Nee gezegd: "
					+ refused + ".";
		}
		return (asked == 1) ? " De organisatie die is gevraagd, zegt nee."
				: " De " + asked + " organisaties die zijn gevraagd, zeggen nee.";
	}

	/**
	 * What happened to a round table.
	 * @param where it is
	 * @param when it was, for who need not come
	 */
	static String aboutRoundTable(AlertKind kind, String where, String when) {
		return switch (kind) {
			case ROUND_TABLE_PLANNED -> "U bent uitgenodigd voor een rondetafel over deze casus. " + where
					+ ". De bijlage zet haar in uw agenda.";
			case ROUND_TABLE_MOVED -> "Aan de rondetafel over deze casus is iets veranderd. Dit geldt nu. " + where
					+ ". De bijlage past uw agenda aan.";
			case ROUND_TABLE_CANCELLED -> "De rondetafel over deze casus van " + when
					+ " is afgezegd, of u bent er niet meer voor uitgenodigd. De bijlage haalt haar uit uw agenda.";
			default -> throw new IllegalArgumentException(kind + " is not about a round table");
		};
	}

	/** What is about no level and no lead. */
	static String aboutNothingElse(AlertKind kind) {
		return switch (kind) {
			case PATTERN_FOUND ->
				"Drie casussen delen hetzelfde knelpunt, dus het is een patroon. Iemand moet ervoor zorgen dat er iets verandert: kies een eigenaar.";
			case MONTH_REPORT ->
				"Een maand is om. Op een bladzijde staat wat er bewoog, wat vastzit, welk knelpunt terugkomt, en wat aan wie is gevraagd. Er staan geen namen in, en kleine aantallen zijn verborgen.";
			case LEARNING_POINT_SENT ->
				"Meer casussen lopen vast op iets waar uw organisatie iets aan kan veranderen. Het leerpunt staat in Doorbraak, en vraagt uw antwoord.";
			case LEARNING_POINT_REMINDER ->
				"Uw organisatie kreeg een leerpunt, en er is nog geen antwoord. Dit is de enige herinnering. Het leerpunt blijft open staan op de pagina van het patroon.";
			case LEARNING_POINT_ANSWERED ->
				"Op een leerpunt van een patroon waarvan u eigenaar bent, is geantwoord. Is er een effect? Doe het leerpunt dan af.";
			case DISCUSSION_PLANNED ->
				"U bent uitgenodigd voor een casuïstiekbespreking. Casussen worden er besproken zonder te zeggen van wie zij zijn. Op de pagina staat een bestand voor uw agenda.";
			case DISCUSSION_CANCELLED -> "Een casuïstiekbespreking waarvoor u was uitgenodigd, is afgezegd.";
			case EXAMPLE_PROPOSED ->
				"Iemand schreef op hoe een casus werd doorbroken. Voordat anderen het lezen, moet een manager die er niet aan schreef alles lezen en vrijgeven.";
			case EXAMPLE_RETURNED ->
				"Wat u voor de voorbeeldenbank schreef, moet eerst anders. Wat er moet veranderen, staat erbij.";
			case EMERGENCY_ACCESS ->
				"Iemand van de gemeente die niet aan deze casus werkt, leest hem sinds zojuist met noodtoegang. Dat duurt hoogstens een dag en geeft geen recht om iets te doen. Wie het is en waarom, staat in Doorbraak.";
			case EMERGENCY_REVIEW_LATE ->
				"Iemand las deze casus met noodtoegang, en geen manager zei op tijd of dat terecht was.";
			case SUBJECT_REQUEST_SOON ->
				"Een inwoner vroeg om inzage of correctie van gegevens in deze casus. De wet geeft daar een maand voor, en die is bijna om.";
			case SUBJECT_REQUEST_LATE ->
				"Een inwoner vroeg om inzage of correctie van gegevens in deze casus, en kreeg binnen de wettelijke termijn geen antwoord.";
			case SIGNAL_LATE ->
				"Er kwam een signaal van een betalingsachterstand. Er is niet op tijd contact gezocht met de inwoner, of het is niet opgeschreven. Vroeg contact voorkomt dat de schuld oploopt.";
			case LATE_WORK ->
				"De bewaking van Doorbraak vond werk dat te laat was: een termijn, een moment of een bericht. Wat zij zelf kon doen, is gedaan.";
			case CLOCK_OFF ->
				"De klok van een server van Doorbraak en die van de database verschillen al langer dan een minuut meer dan twee seconden. Termijnen en berichten volgen de klok van de database. Loopt die verkeerd, dan komen zij te vroeg of te laat.";
			case LOGINS_TRIED ->
				"Binnen vijf minuten mislukten veel logins bij Doorbraak. Doorbraak laat wie dat doet vijf minuten wachten; niemand is buitengesloten.";
			case FORM_FORGED ->
				"Iemand van uw organisatie stuurde met een formulier velden mee die daar niet in staan. Doorbraak weigerde dat; er is niets veranderd. Dat gaat niet vanzelf: iemand probeert iets, of een koppeling is verkeerd ingesteld.";
			case RECORD_BROKEN ->
				"Bij de controle van de vastlegging klopte er iets niet: een regel of een kop is veranderd of weg. Dat kan alleen iemand die bij de database kan. Waar het is, staat in Doorbraak.";
			case ENGINE_INCIDENT ->
				"Een stap van deze casus is een paar keer mislukt en wordt niet meer geprobeerd. Zolang dat niet is hersteld, gaat de casus op dit punt niet verder.";
			case FIGURES_RELEASED ->
				"Een halfjaar is om. Wij telden hoe uw instantie op vragen antwoordde. U leest dit als eerste, en uw reactie komt ernaast te staan. Na de genoemde dag, of zodra u reageerde, lezen ook het Landelijk Maatwerkloket, het ministerie en auditors het.";
			case FIGURES_ANSWERED ->
				"Een instantie reageerde op de cijfers over haar antwoorden. U kunt beide nu lezen.";
			case WORK_LEFT ->
				"Iemand van uw organisatie heeft geen functie meer in Doorbraak. Voor een deel van dat werk koos niemand een opvolger. Dat wacht nu op u.";
			case REACHABILITY_TEST ->
				"Dit is een proef. Er is geen casus. Wij kijken of een bericht van Doorbraak u bereikt.";
			default -> throw new IllegalArgumentException(kind + " is about something");
		};
	}

	/** What the one button of the mail says. */
	static String button(Alert alert) {
		return switch (alert.kind()) {
			case LEAD_ASKED -> "Geef antwoord";
			case RECORD_BROKEN, REACHABILITY_TEST, FIGURES_RELEASED, FIGURES_ANSWERED, WORK_LEFT -> "Open de pagina";
			case MONTH_REPORT -> "Lees het overzicht";
			default -> alert.number().isEmpty() ? "Open Doorbraak" : "Open de casus";
		};
	}

	/** What the reader can do, or whom to ask. */
	static String handOver(Alert alert) {
		return switch (alert.kind()) {
			case LATE_WORK, ENGINE_INCIDENT ->
				"Op de pagina Gezondheid ziet de functioneel beheerder wat het is, en kan een stap of bericht opnieuw worden geprobeerd. Helpt dat niet, vraag dan de technisch beheerder. Gaat het om een naderende gebeurtenis? Bel dan nu de casusregisseur.";
			case CLOCK_OFF ->
				"Vraag de technisch beheerder vandaag beide klokken te vergelijken met de juiste tijd en de verkeerde langzaam goed te zetten. Hoe, staat in de handleiding voor beheer onder 'A clock that is off'. U hoort het opnieuw als het daarna weer gebeurt.";
			case LOGINS_TRIED ->
				"Vraag de technisch beheerder vanaf welke adressen het komt, en sluit die af. Houdt het aan, bel dan de Informatiebeveiligingsdienst.";
			case FORM_FORGED ->
				"Vraag een auditor van uw gemeente wie het was: dat staat in de vastlegging bij wat de software weigerde.";
			case RECORD_BROKEN ->
				"Laat de database zoals hij is. Waarschuw de technisch beheerder, de functionaris voor gegevensbescherming en uw directeur.";
			case REACHABILITY_TEST -> "Open de pagina en kies Ik ben bereikt.";
			case WORK_LEFT ->
				"Kies op de pagina wie verdergaat. Gaat het om een naderende gebeurtenis? Bel dan meteen een collega.";
			case MONTH_REPORT ->
				"Heeft een knelpunt nog geen eigenaar, of blijft een antwoord uit? Vraag ernaar. Verder hoeft u niets te doen.";
			case PATTERN_FOUND -> "Kunt u niet kiezen? Vraag een andere manager of de functioneel beheerder.";
			case LEARNING_POINT_SENT, LEARNING_POINT_REMINDER ->
				"Iedereen van uw organisatie met een account kan antwoorden. Hebt u geen account? Antwoord dan aan de gemeente of organisatie die dit patroon heeft; die schrijft uw antwoord op.";
			case LEARNING_POINT_ANSWERED -> "Lees het antwoord op de pagina van het patroon.";
			case DISCUSSION_PLANNED -> "Kunt u niet komen? Bel wie de bespreking plande.";
			case DISCUSSION_CANCELLED -> "U hoeft niets te doen.";
			case EXAMPLE_PROPOSED -> "Kunt u dit niet doen? Vraag een andere manager van uw gemeente.";
			case EXAMPLE_RETURNED -> "Verander wat nodig is, en stuur het opnieuw.";
			case ROUND_TABLE_PLANNED, ROUND_TABLE_MOVED ->
				"Kunt u niet komen? Bel de casusregisseur. Een antwoord vanuit uw agenda komt niet bij ons aan.";
			case ROUND_TABLE_CANCELLED -> "U hoeft niets te doen.";
			case CASE_CLOSED ->
				"Na een doorbraak staat in Mijn werk de taak Bevestig de uitvoering. Anders staat daar de taak Sluit af met uitkomst. Vraag daarna de inwoner hoe het ging: op de pagina Afsluiting en nazorg.";
			case MEASURE_ASKED, MEASURE_SOON ->
				"Is het gedaan, of lukt het niet? Zeg dat op de pagina Maatregelen. Hebt u geen account? Bel de gemeente die de casus heeft: zij legt het vast.";
			case MEASURE_LATE -> (alert.function() == Function.CASE_DIRECTOR || alert.function() == Function.MANAGER)
					? "Bel wie het zou doen. Leg op de pagina Uitvoering vast wat u hoort, of spreek een nieuwe dag af."
					: "Zeg op de pagina Maatregelen of het is gedaan, of waarom het niet lukt. Of bel de gemeente die de casus heeft.";
			case SURVEY_DUE ->
				"Kunt u de inwoner niet bereiken? Dan vragen wij het u nog een keer, en daarna niet meer.";
			case AGENCY_ANSWERED -> "Bespreek met elkaar wat dit betekent voor het plan.";
			case AGENCY_SILENT -> (alert.function() == Function.AGENCY_OFFICER)
					? "Antwoord alsnog, of bel de gemeente die de casus heeft."
					: "Bel de instantie. Komt er geen antwoord, dan kan de casus omhoog.";
			case AGENCY_NEEDS_FACTS -> LET_GO;
			case DOOR_CODE -> "Vroeg u niet om een code? Dan hoeft u niets te doen.";
			case SERIAL_REFUSAL -> (alert.function() == Function.AGENCY_OFFICER)
					? "Toets alle voorwaarden in een keer, en bel de gemeente die de casus heeft met de uitkomst."
					: "Kijk op de pagina Instanties. Zijn het er genoeg, dan kan de casus daar meteen een niveau omhoog.";
			case AGENCY_CONTRADICTS -> (alert.function() == Function.AGENCY_OFFICER)
					? "Overleg met beide afdelingen, en bel de gemeente die de casus heeft met een antwoord namens de hele instantie."
					: "Bel de instantie, en vraag haar als geheel opnieuw: zonder afdeling.";
			case COMPETENCE_OPEN -> (alert.function() == Function.CASE_DIRECTOR)
					? "Kijk op de pagina Wie is bevoegd. Daar kan de casus meteen een niveau omhoog, of zegt u dat uw eigen gemeente het doet."
					: "Kijk op de pagina Wie is bevoegd. Heeft uw loket de casus, dan beslist u het daar.";
			case COMPETENCE_SETTLED ->
				"Bel de gemeente die de casus heeft als u niet weet wat dit voor u betekent. Wie nu bevoegd is, hoort het van haar.";
			case FIGURES_RELEASED ->
				"Klopt er iets niet, of is er iets bij te zeggen? Schrijf uw reactie op de pagina.";
			case FIGURES_ANSWERED -> "U hoeft niets te doen.";
			case DECIDED_BY_MANDATOR -> "U hoeft niets meer te doen.";
			case CONSULTATION_ANSWERED -> "Lees het antwoord bij het voorstel.";
			case NOT_SIGNED ->
				"Overleg met wie het voorstel deed: met de wet ernaast kan het opnieuw, of de casus gaat omhoog.";
			case SENT_BACK -> "Vul aan wat ontbreekt, en doe het voorstel opnieuw.";
			case TERM_SILENCE, UNDELIVERABLE -> "Kunt u nu niets doen? Vraag een collega met dezelfde functie.";
			case LEAD_HAND_OVER_OFFERED ->
				"Praat met wie de regie nu heeft, en kies dan bij de casus: ik neem de regie over, of niet.";
			case LEAD_HAND_OVER_DECLINED -> "Bied haar iemand anders aan, of geef haar terug.";
			case LEAD_HANDED_OVER -> "U hoeft niets te doen.";
			case LEAD_SILENT ->
				"Deed u iets? Schrijf het in één regel op de casuspagina bij Stap vastleggen. Lukt het u niet? Geef de regie terug, dan kan een ander haar nemen.";
			case LEAD_REFUSED -> TAKE_IT_OR_ASK;
			case LEAD_ASKED ->
				"Neemt u de regie niet? Kies bij de casus Niet wij, want ..., of Wij gaan hier niet over. Dan kan de casusregisseur een andere organisatie vragen.";
			case LEAD_MISSING, LEAD_RETURNED, LEAD_PROVISIONAL -> (alert.function() == Function.CASE_DIRECTOR)
					? TAKE_IT_OR_ASK
					: "Kan uw organisatie de regie nemen? Bel vandaag de casusregisseur. Die vraagt uw organisatie in Doorbraak, en dan kunt u de regie nemen.";
			case CARRY_OUT_OVERDUE -> (alert.function() == Function.CASE_DIRECTOR) ? LET_GO
					: "Bel de casusregisseur, en vraag wat de uitvoering tegenhoudt.";
			case MEDIATED_SESSION_MISSED -> (alert.function() == Function.CASE_DIRECTOR)
					? "In Mijn werk staat de taak Besluit lokaal. Komt u er samen niet uit? Dan mag de casus omhoog."
					: "Bel de casusregisseur, en vraag wie het gesprek kan leiden.";
			case PLAN_END_PASSED ->
				"Kijk op de planpagina wat er eindigde, en bel de organisatie als het moet doorgaan. Verander of haal weg wat niet meer klopt.";
			case EMERGENCY_ACCESS -> (alert.function() == Function.CASE_DIRECTOR)
					? "Wie het is en waarom, staat op de casuspagina. Klopt er iets niet? Bel de manager: die beoordeelt het."
					: "Zeg op de pagina Noodtoegang voor de genoemde dag of het terecht was. Gebruikte u haar zelf? Dan beoordeelt een andere manager of de directeur haar.";
			case EMERGENCY_REVIEW_LATE ->
				"Beoordeel haar zelf op de pagina Noodtoegang, of spreek de manager erop aan.";
			case SUBJECT_REQUEST_SOON ->
				"Geef wat gevraagd is op de pagina Verzoeken van deze casus. Lukt het niet op tijd? Vertel de inwoner waarom, en verleng daar de termijn.";
			case SUBJECT_REQUEST_LATE -> (alert.function() == Function.CASE_DIRECTOR)
					? "Antwoord alsnog op de pagina Verzoeken van deze casus. De inwoner kan klagen bij de Autoriteit Persoonsgegevens."
					: "Bel de casusregisseur, en vraag wat het antwoord tegenhoudt. De inwoner kan klagen bij de Autoriteit Persoonsgegevens.";
			case SIGNAL_LATE -> (alert.function() == Function.CASE_DIRECTOR)
					? "Zoek vandaag contact, en schrijf dat op de pagina Signalen op. Is er geen casus nodig? Sluit het signaal daar met een reden."
					: "Bel de casusregisseur, en vraag wie vandaag contact zoekt.";
			case NOT_ANNOUNCED -> (alert.function() == Function.CASE_DIRECTOR) ? LET_GO
					: "Bel de casusregisseur, en vraag waarom het besluit er nog ligt.";
			default -> LET_GO;
		};
	}

}
