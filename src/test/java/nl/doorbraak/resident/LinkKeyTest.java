package nl.doorbraak.resident;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkKeyTest {

	@Test
	void isFiveGroupsOfFiveWithoutSignsThatLookAlike() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			String key = LinkKey.random();
			assertThat(key).matches("[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){4}");
			assertThat(seen.add(key)).isTrue();
		}
	}

	@Test
	void isTheSameHoweverSomebodyTypesIt() {
		assertThat(LinkKey.plain(" 01AbC-dEfGh jkmnp-qrstv-wxyz1 ")).isEqualTo("01abcdefghjkmnpqrstvwxyz1");
		assertThat(LinkKey.plain("oIl")).isEqualTo("011");
		assertThat(LinkKey.plain("a-b")).isNotEqualTo(LinkKey.plain("a-c"));
	}

}
