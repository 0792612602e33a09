package nl.doorbraak.casefile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HouseholdMemberTest {

	@ParameterizedTest(name = "{0} in: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			Ruud Verbeek       | De schuld van Ruud Verbeek past niet.  | true
			Ruud Verbeek       | (RUUDS schuld.)                        | true
			Ruud Verbeek       | Mevrouw Verbeek-Smit belde             | true
			Zoë Öztürk         | zoe was er                             | true
			Jan van der Berg   | De brief van der gemeente, het gezin   | false
			Jan van der Berg   | Een gebergte van januari               | false
			Bo Li              | Bo belde                               | false
			Bo Li              | Toen belde Bo Li.                      | true
			Mevrouw Onbekend   | Een mevrouw, verder onbekend           | false
			""")
	void nameIsFoundWhateverItsAccentsCaseAndMarks(String name, String text, boolean named) {
		assertThat(HouseholdMember.isNamed(name, text)).isEqualTo(named);
	}

}
