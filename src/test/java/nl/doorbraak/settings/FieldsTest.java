package nl.doorbraak.settings;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.InstalledTerms;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.mandate.Level;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.settings.Agreed.Difference;
import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A version as the fields of a form, and what of them cannot be. */
class FieldsTest {

	private final Terms terms = InstalledTerms.terms();

	private final Agreed installed = new Agreed(this.terms.get(1),
			List.of(new WatchMoment(1, "openTwoDays", "opening", 2, 0, List.of("caseTeam", "manager"), false),
					new WatchMoment(1, "stillNobody", "repeat", 5, 0, List.of("caseTeam"), false),
					new WatchMoment(1, "tenDaysBefore", "event", -10, 0, List.of("manager"), false),
					new WatchMoment(1, "crisis", "event", 0, 0, List.of("everybody"), true),
					new WatchMoment(1, "twoRefusals", "refusals", 0, 2, List.of("manager"), true)),
			new Levels(Map.of(Level.TEAM, 50_000L, Level.CASE_DIRECTOR, 250_000L, Level.MANAGER, 1_000_000L,
					Level.DEVIATION, 1_000_000L, Level.DIRECTOR, 2_500_000L, Level.REGION, 1_000_000L)));

	private final Map<String, String> fields = new HashMap<>(Fields.of(this.installed));

	@Test
	void whatIsWrittenDownComesBackAsItWas() {
		assertThat(read().differences(this.installed)).isEmpty();
		assertThat(Fields.of(read())).isEqualTo(this.fields);
	}

	@Test
	void differencesSayInDutchWhatWasAndWhatBecomes() {
		this.fields.put("rung.local", "2");
		this.fields.put("rung.local.unit", "weeks");
		this.fields.put("question", "1");
		this.fields.put("crisisRung", "12");
		this.fields.put("level.caseDirectorCents", "5000");
		this.fields.put("level.deviationCents", "");
		this.fields.put("signal", "1");
		this.fields.put("moment.tenDaysBefore", "8");
		this.fields.put("moment.new", "20");
		this.fields.put("moment.new.basis", "event");
		this.fields.put("moment.new.manager", "on");
		this.fields.put("days", "2027-05-03 de feestweek\n\n");
		Agreed agreed = read();
		assertThat(agreed.terms().rung(Rung.LOCAL).term().inDutch()).isEqualTo("2 weken");
		assertThat(agreed.differences(this.installed)).contains(
				new Difference("Termijn Lokaal", "20 werkdagen", "2 weken"),
				new Difference("Antwoord op omhoog, verlengen of afsluiten", "2 werkdagen", "1 werkdag"),
				new Difference("Crisis: tijd op een niveau", "24 uur", "12 uur"),
				new Difference("Vroegsignaal: contact zoeken", "4 weken", "1 week"),
				new Difference("Mandaat: De casusregisseur, binnen het beleid", "tot en met \u20ac 2.500",
						"tot en met \u20ac 5.000"),
				new Difference("Mandaat: De manager, als het afwijkt van beleid", "tot en met \u20ac 10.000", "niet"),
				new Difference("Vrije dag maandag 3 mei 2027", "niet", "de feestweek"),
				new Difference("Wachtmoment 10 werkdagen voor de gebeurtenis", "de manager", "niet"),
				new Difference("Wachtmoment 8 werkdagen voor de gebeurtenis", "niet", "de manager"),
				new Difference("Wachtmoment 20 werkdagen voor de gebeurtenis", "niet", "de manager"));
		assertThat(agreed.moments()).extracting(WatchMoment::id)
			.contains("openTwoDays", "watchEvent8", "watchEvent20", "crisis")
			.doesNotContain("tenDaysBefore");
		this.fields.clear();
		this.fields.putAll(Fields.of(agreed));
		assertThat(read()).as("as it was kept").isEqualTo(agreed);
	}

	@Test
	void emptyMomentIsTakenOffButNoWatchIsWithoutItsRepeatAndItsEvent() {
		this.fields.put("moment.openTwoDays", "");
		this.fields.remove("moment.crisis");
		assertThat(read().moments()).extracting(WatchMoment::id)
			.containsExactlyInAnyOrder("stillNobody", "tenDaysBefore", "crisis", "twoRefusals");
		this.fields.put("moment.stillNobody", "");
		refused("vul een heel getal in van 1 tot en met 130");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
			rung.local;0;Termijn Lokaal: vul een heel getal in van 1 tot en met 130.
			rung.local;-3;Termijn Lokaal: vul een heel getal in
			rung.regional;tien;Termijn Regionaal: vul een heel getal in
			rung.national;27;Termijn Landelijk Maatwerkloket: vul een heel getal in van 1 tot en met 26.
			rung.local.unit;years;Termijn Lokaal: kies werkdagen of weken.
			question;999999999;Antwoord op omhoog, verlengen of afsluiten: vul een heel getal in
			question;"";Antwoord op omhoog, verlengen of afsluiten: vul een heel getal in
			crisisQuestion;48;In een crisis kan het antwoord niet langer duren
			moment.openTwoDays;500;Wachtmoment 2 werkdagen na de melding: vul een heel getal in
			moment.new;3;Wachtmoment 1 werkdag na de melding: kies wie het hoort.
			level.caseDirectorCents;"";Mandaat: De casusregisseur, binnen het beleid: vul een bedrag in hele euro's in
			level.teamCents;12,50;vul een bedrag in hele euro's in van 0 tot en met 9999999, of laat het leeg.
			level.teamCents;2501;dit bedrag kan niet hoger zijn dan dat van de casusregisseur, binnen het beleid.
			level.regionCents;10001;dit bedrag kan niet hoger zijn dan dat van de manager, binnen het beleid.
			signal;9;Vroegsignaal: contact zoeken: vul een heel getal in van 1 tot en met 8.
			days;3 mei;Schrijf elke vrije dag op een eigen regel
			days;2027-05-03;Schrijf achter elke vrije dag hoe hij heet
			days;2027-05-02 zondag;De vrije dag 2027-05-02 is al geen werkdag
			days;2027-04-27 koning;De vrije dag 2027-04-27 is al geen werkdag
			""")
	void whatCannotBeIsRefusedWithASentence(String field, String typed, String sentence) {
		this.fields.put("moment.new.basis", "opening");
		this.fields.put(field, typed);
		refused(sentence);
	}

	@Test
	void draftOfBeforeThereWereLevelsKeepsThoseOfItsVersion() {
		this.fields.keySet().removeIf((field) -> field.startsWith("level.") || field.startsWith("signal"));
		assertThat(read().differences(this.installed)).isEmpty();
	}

	@Test
	void twoMomentsAtOnceAreOneTooMany() {
		this.fields.putAll(Map.of("moment.new", "2", "moment.new.basis", "opening", "moment.new.manager", "on"));
		refused("Twee wachtmomenten komen op hetzelfde moment");
	}

	private Agreed read() {
		return Fields.read(this.fields, this.installed, "GM1", (LocalDate day) -> !this.terms.isWorkingDay(day));
	}

	private void refused(String sentence) {
		assertThatExceptionOfType(Refused.class).isThrownBy(this::read)
			.satisfies((refused) -> assertThat(refused.sentence()).contains(sentence));
	}

}
