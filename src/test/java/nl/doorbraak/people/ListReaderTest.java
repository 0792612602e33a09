package nl.doorbraak.people;

import java.nio.charset.StandardCharsets;
import java.util.List;

import nl.doorbraak.people.ListKind.Column;
import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ListReaderTest {

	private static final String HEAD = "Login;Naam;Organisatie;Functies;E-mail;Telefoon;Vanaf\r\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			an na;Anna;GM9001;Manager;;;|Login|Een login heeft
			111222333;Anna;GM9001;Manager;;;|Login|Een login heeft
			anna;;GM9001;Manager;;;|Naam|Vul dit in
			anna;Аnna;GM9001;Manager;;;|Naam|één soort letters
			anna;An\u202Ena;GM9001;Manager;;;|Naam|onzichtbare tekens
			anna;An\u0001na;GM9001;Manager;;;|Naam|onzichtbare tekens
			anna;Anna 111222333;GM9001;Manager;;;|Naam|burgerservicenummer
			anna;Anna;;Manager;;;|Organisatie|Vul dit in
			anna;Anna;GM9001;;;;|Functies|Vul dit in
			anna;Anna;GM9001;Koning;;;|Functies|Kies uit: Wijkteammedewerker
			anna;Anna;GM9001;Manager;geen;;|E-mail|geen e-mailadres
			anna;Anna;GM9001;Manager;a@b,c@d;;|E-mail|geen e-mailadres
			anna;Anna;GM9001;Manager;;bel mij;|Telefoon|geen telefoonnummer
			anna;Anna;GM9001;Manager;;;31-2-2027|Vanaf|geen datum
			anna;Anna;GM9001;Manager;;;1-1-9999|Vanaf|geen datum
			anna;Anna;GM9001;Manager;;;;x||meer cellen
			""")
	void whatCannotBeIsToldWithItsLineAndColumn(String line, String column, String sentence) {
		ListReader reader = new ListReader((HEAD + line + "\r\n").getBytes(StandardCharsets.UTF_8));
		reader.rows().forEach((row) -> {
			row.login();
			row.name();
			row.functions();
			row.email(null);
			row.phone(Column.PHONE, null);
			row.day(Column.FROM, null);
		});
		assertThat(reader.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.line()).isEqualTo(2);
			assertThat(problem.field()).isEqualTo((column != null) ? column : "");
			assertThat(problem.sentence()).contains(sentence);
		});
	}

	@Test
	void goodLineIsRead() {
		ListReader reader = new ListReader(
				(HEAD + "anna;Fatma Öztürk;GM9001;manager, Wethouder;f@w.example;010 123 45 67;2027-01-31")
					.getBytes(StandardCharsets.UTF_8));
		ListReader.Row row = reader.rows().get(0);
		assertThat(row.name()).isEqualTo("Fatma Öztürk");
		assertThat(row.functions()).hasSize(2);
		assertThat(row.day(Column.FROM, null)).hasToString("2027-01-31");
		assertThat(row.has(Column.DEPUTY)).isFalse();
		assertThat(row.email(null)).isEqualTo("f@w.example");
		assertThat(reader.problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''|Dit bestand is leeg
			Login,Naam|Gebruik puntkomma's
			Iets;Anders|geen kolom 'Login'
			""")
	void whatIsNoListIsRefusedWithWhatIsWrong(String file, String sentence) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> new ListReader(file.getBytes(StandardCharsets.UTF_8)))
			.satisfies((refused) -> assertThat(refused.sentence()).contains(sentence));
	}

	@Test
	void missingColumnsAreNamed() {
		assertThat(new ListReader("Login;Naam\r\nanna;Anna".getBytes(StandardCharsets.UTF_8)).problems())
			.extracting(ListPlan.Problem::field)
			.containsExactly("Organisatie", "Functies");
	}

	@Test
	void headersAloneAreNoList() {
		assertThat(new ListReader(HEAD.getBytes(StandardCharsets.UTF_8)).problems()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "naam\r\nx", "Login;Login;Naam\r\n", "Login;Wachtwoord\r\n", "Login;Soort\r\n" })
	void whatIsNoListIsRefused(String text) {
		assertThatThrownBy(() -> new ListReader(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Refused.class);
	}

	@Test
	void kindIsSeenFromTheColumns() {
		assertThat(List.of("Login;Naam", "Organisatiecode;Soort"))
			.extracting((text) -> new ListReader(text.getBytes(StandardCharsets.UTF_8)).kind())
			.containsExactly(ListKind.PEOPLE, ListKind.ORGANISATIONS);
	}

}
