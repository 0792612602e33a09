package nl.doorbraak.support;

import nl.doorbraak.testing.Attack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StorableTest {

	@Attack(value = "G02", failedWith = "every name taken for a name")
	@ParameterizedTest
	@ValueSource(strings = { "Ann\u0430 de Wit", "Anna\u202etiW", "Anna\u200b de Wit", "Anna\nde Wit", "Anna\u0000",
			"\u0391nna", "Anna\ufeff" })
	void nameThatLooksLikeAnotherIsRefused(String name) {
		assertThat(Storable.isName(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Zo\u00eb van 't Hof-Jansen", "Zoe\u0308", "\u0410\u043d\u043d\u0430", "\u674e\u96f7",
			"\u0645\u0631\u064a\u0645", "Anna \ud83c\udfe0" })
	void nameOfAnyLanguageIsAName(String name) {
		assertThat(Storable.isName(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "111222333", "123456782", "bsn 123.456.782.", "1234 56 782", "(123456782)" })
	void numberOfAPersonIsFound(String text) {
		assertThat(CitizenNumber.isIn(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "123456789", "12345678", "1234567820", "DB-2026-123456782",
			"12345678-1234-1234-1234-123456782123", "00000000-0000-0000-0000-000000000000", "a123456782", "000000000" })
	void numberOfSomethingElseIsNone(String text) {
		assertThat(CitizenNumber.isIn(text)).isFalse();
	}

}
