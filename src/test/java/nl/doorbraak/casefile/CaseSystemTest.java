package nl.doorbraak.casefile;

import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CaseSystemTest {

	@ParameterizedTest
	@ValueSource(strings = { "ZAAK-2026-0000123", "Z 2026/12.3", "1", "123456789", "1112223330", "11122233" })
	void numberIsTakenAsItIs(String number) {
		assertThat(CaseSystem.check(" " + number + " ")).isEqualTo(number);
	}

	@Test
	void nothingIsNoNumber() {
		assertThat(CaseSystem.check("  ")).isNull();
		assertThat(CaseSystem.check(null)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "111222333", "111.222.333", "1112 22-333" })
	void numberThatCouldBeACitizenNumberIsRefused(String number) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> CaseSystem.check(number))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo("case-system-number-citizen"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<b>", "a\nb", "javascript:x", "-1", "€ 5", "12345678901234567890123456789012345678901",
			"a\u202eb" })
	void numberOfOtherSignsIsRefused(String number) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> CaseSystem.check(number))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo("case-system-number"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://zaken.test/zaak/{zaaknummer}", "https://zaken.test:8443/?z={zaaknummer}&x=1",
			"https://zaken.test/#/{zaaknummer}" })
	void linkHasItsPlaceBehindTheAddress(String link) {
		assertThat(CaseSystem.isLink(link)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://zaken.test/{zaaknummer}", "https://zaken.test/", "https://{zaaknummer}/",
			"https://zaken.{zaaknummer}.test/", "https://a@zaken.test/{zaaknummer}",
			"https://zaken.test/{zaaknummer}/{zaaknummer}", "https://zaken.test/{nummer}/{zaaknummer}",
			"javascript:alert({zaaknummer})", "https://zaken.test/a b/{zaaknummer}", "https:///{zaaknummer}",
			"https://zaken.test/é/{zaaknummer}", "//zaken.test/{zaaknummer}", "{zaaknummer}" })
	void otherAddressIsNoLink(String link) {
		assertThat(CaseSystem.isLink(link)).isFalse();
	}

}
