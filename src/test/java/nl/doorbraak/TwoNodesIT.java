package nl.doorbraak;

import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Browser;
import nl.doorbraak.testing.IdentityProvider;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Production;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one database: who logged in at one is logged in at the other, in Tasklist
 * too, and stays so when the first is killed.
 */
@Tag("faults")
class TwoNodesIT {

	private static final String TASKLIST = "/camunda/app/tasklist/default/";

	/** Answers in JSON only: 400 to a browser that is let in, 401 to a stranger. */
	private static final String TASKS = "/camunda/api/engine/engine/default/user/els/profile";

	@Test
	void whoLoggedInAtOneNodeIsKnownByTheOtherAlsoWhenTheFirstIsKilled() {
		try (Production production = new Production(); JavaProcess node = production.startAgain(Map.of())) {
			String first = "http://127.0.0.1:" + node.port();
			String other = production.address();
			production.provider().sendsBackTo(other + "/login?uitgelogd");
			production.provider()
				.knows("els", Map.of("preferred_username", "els", "name", "Els de Boer", "organisation", "GM0001",
						"functions", List.of("caseDirector")));
			Browser browser = new Browser();
			browser.open(first + "/");
			Browser.Page atProvider = browser.open(first + "/oauth2/authorization/doorbraak");
			Browser.Page start = browser.send(atProvider.address(),
					Map.of("username", "els", "password", IdentityProvider.SECRET));
			assertThat(start.text()).contains("Dag Els de Boer");
			assertThat(browser.open(other + "/").text()).contains("Dag Els de Boer");
			assertThat(browser.open(first + TASKLIST).status()).isEqualTo(200);
			assertThat(browser.open(other + TASKS).status()).isEqualTo(400);
			assertThat(new Browser().open(other + TASKS).status()).isEqualTo(401);
			assertThat(kept(production)).contains("SPRING_SECURITY_CONTEXT", "authenticatedUser");

			node.kill();
			assertThat(browser.open(other + "/").text()).contains("Dag Els de Boer");
			assertThat(browser.open(other + TASKLIST).status()).isEqualTo(200);
			assertThat(browser.send(other + "/logout", Map.of()).text()).contains("U bent uitgelogd.");
			assertThat(browser.open(other + TASKS).status()).isEqualTo(401);
			assertThat(kept(production)).doesNotContain("SPRING_SECURITY_CONTEXT");
		}
	}

	/** What the sessions in the database hold. */
	private static List<String> kept(Production production) {
		return production.database()
			.asOwner()
			.sql("select attribute_name from doorbraak.web_session_attributes order by 1")
			.query(String.class)
			.list();
	}

}
