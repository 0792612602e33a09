package nl.doorbraak.support.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoginRulesTest {

	private static final Map<String, Object> ELS = Map.of("preferred_username", "els", "name", "Els de Boer", "amr",
			List.of("pwd", "mfa"));

	private final LoginRules rules = rules("amr", List.of("mfa", "hwk"));

	private static LoginRules rules(String claim, List<String> values) {
		return new LoginRules(Duration.ofHours(10), new LoginRules.SecondFactor(claim, values), Set.of("robot"),
				Set.of(), "shared_account", new LoginRules.Names("preferred_username", "name"));
	}

	@Test
	void personWithASecondFactorPassesAtBothDoors() {
		assertThatCode(() -> this.rules.check(ELS, true)).doesNotThrowAnyException();
		assertThatCode(() -> this.rules.check(ELS, false)).doesNotThrowAnyException();
	}

	@Test
	void withoutTheSecondFactorNobodyPassesAtEitherDoor() {
		for (boolean screen : List.of(true, false)) {
			refused(Map.of("preferred_username", "els", "name", "Els", "amr", List.of("pwd")), screen,
					"second-factor-missing");
			refused(Map.of("preferred_username", "els", "name", "Els"), screen, "second-factor-missing");
		}
	}

	@Test
	void secondFactorMayBeOneTextAndIsNotAskedWithoutValues() {
		Map<String, Object> silver = Map.of("preferred_username", "els", "name", "Els", "acr", "silver");
		assertThatCode(() -> rules("acr", List.of("silver")).check(silver, true)).doesNotThrowAnyException();
		assertThatCode(() -> rules("amr", List.of()).check(silver, true)).doesNotThrowAnyException();
	}

	@Test
	void accountOfSeveralPeopleOrOfNobodyIsRefused() {
		refused(Map.of("preferred_username", "balie", "name", "Balie", "amr", "mfa", "shared_account", true), true,
				"account-of-nobody");
		refused(Map.of("preferred_username", "balie", "amr", "mfa", "shared_account", "true"), false,
				"account-of-nobody");
		refused(Map.of("preferred_username", "balie", "amr", "mfa"), true, "account-of-nobody");
	}

	@Test
	void systemUsesTheApiWithoutASecondFactorAndGetsNoScreen() {
		Map<String, Object> robot = Map.of("preferred_username", "robot");
		assertThatCode(() -> this.rules.check(robot, false)).doesNotThrowAnyException();
		refused(robot, true, "system-at-a-screen");
	}

	private void refused(Map<String, Object> claims, boolean screen, String code) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.rules.check(claims, screen))
			.satisfies((no) -> assertThat(no.code()).isEqualTo(code));
	}

}
