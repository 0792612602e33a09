package nl.doorbraak.casefile;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

	@ParameterizedTest(name = "{0} in: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			Ruud Verbeek       | De schuld van Ruud Verbeek past niet.  | De schuld van [naam] past niet.
			Ruud Verbeek       | (RUUDS schuld.)                        | ([naam] schuld.)
			Ruud Verbeek       | Mevrouw Verbeek-Smit belde             | Mevrouw [naam]-Smit belde
			Zoë Öztürk         | zoe was er, en Zoë ook                 | [naam] was er, en [naam] ook
			Jan van der Berg   | Jan van der Berg belde                 | [naam] belde
			Jan van der Berg   | De brief van der gemeente, het gezin   | De brief van der gemeente, het gezin
			Jan van der Berg   | Een gebergte van januari               | Een gebergte van januari
			Bo Li              | Bo belde                               | Bo belde
			Bo Li              | Toen belde Bo Li.                      | Toen belde [naam].
			Mevrouw Onbekend   | Een mevrouw, verder onbekend           | Een mevrouw, verder onbekend
			""")
	void nameIsFoundWhateverItsAccentsCaseAndMarks(String name, String text, String hidden) {
		Names names = new Names(List.of(name));
		assertThat(names.hiddenIn(text)).isEqualTo(hidden);
		assertThat(names.areIn(text)).isEqualTo(!text.equals(hidden));
	}

	@Test
	void eachOfSeveralIsFound() {
		assertThat(
				new Names(List.of("Ruud Verbeek", "Iris Blom")).hiddenIn("Iris en Ruud\nwonen samen; Iris Blom ook."))
			.isEqualTo("[naam] en [naam]\nwonen samen; [naam] ook.");
		assertThat(new Names(List.of()).hiddenIn("Iris")).isEqualTo("Iris");
		assertThat(new Names(List.of("  ")).areIn("")).isFalse();
	}

}
