package nl.doorbraak.directory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneTest {

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			06 12345678,        +31612345678
			06-1234 5678,       +31612345678
			+31 6 12345678,     +31612345678
			+31 (0)6 12345678,  +31612345678
			0031612345678,      +31612345678
			020 1234567,        -
			0900 90 01,         -
			061234567,          -
			0612345678901,      -
			-,                  -
			""")
	void onlyADutchMobileNumberGetsTextMessages(String written, String mobile) {
		assertThat(Phone.mobile(written)).isEqualTo(mobile);
	}

	@ParameterizedTest
	@CsvSource({ "06 12345678, true", "+31 (0)20 123 45 67, true", "bel mij, false", "'', false", "06<12, false" })
	void whatCannotBeANumberIsNone(String written, boolean number) {
		assertThat(Phone.of(written) != null).isEqualTo(number);
	}

}
