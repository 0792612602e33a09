package nl.doorbraak;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Browser;
import nl.doorbraak.testing.IdentityProvider;
import nl.doorbraak.testing.Production;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.security.oauth2.jwt.JwtClaimsSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logging in to the packaged jar through an organisation's own identity provider: in the
 * browser, and with a bearer token at the API. Run by {@link ProductionJarIT}, which has
 * one that runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OidcLoginIT {

	private static final String REFUSED = "U bent bekend bij uw organisatie, maar hebt nog geen functie in Doorbraak.";

	private Production production;

	private IdentityProvider provider;

	@BeforeAll
	void install() {
		this.production = production();
		this.provider = this.production.provider();
		this.provider.sendsBackTo(this.production.address() + "/login?uitgelogd");
	}

	/** The installation that people log in to. */
	abstract Production production();

	@Test
	void officerLogsInThroughTheProviderAndIsKnownByTheClaims() {
		this.provider.knows("els", claims("els", "Els de Boer", "GM0001", List.of("caseDirector", "unknownHere")));
		Browser browser = new Browser();
		Browser.Page start = logIn(browser, "els");
		assertThat(start.status()).isEqualTo(200);
		assertThat(start.address()).startsWith(this.production.address() + "/");
		assertThat(start.text()).contains("Dag Els de Boer");
		assertThat(officers("els")).containsExactly("els Els de Boer oidc");
		assertThat(posts("els")).containsExactly("caseDirector GM0001");
	}

	@Test
	void loggingOutEndsTheSessionHereAndAtTheProvider() {
		this.provider.knows("piet", claims("piet", "Piet Kok", "GM0001", "manager"));
		for (String door : List.of("/logout", "/logout/overal")) {
			Browser browser = new Browser();
			assertThat(logIn(browser, "piet").text()).contains("Dag Piet Kok");
			assertThat(browser.open(this.production.address() + "/").text()).contains("Dag Piet Kok");
			Browser.Page out = browser.send(this.production.address() + door, Map.of());
			assertThat(out.address()).isEqualTo(this.production.address() + "/login?uitgelogd");
			assertThat(out.text()).contains("U bent uitgelogd.");
			assertThat(browser.open(this.production.address() + "/").address())
				.isEqualTo(this.production.address() + "/login");
			assertThat(browser.open(this.production.address() + "/oauth2/authorization/doorbraak").address())
				.as("asked again who it is")
				.isEqualTo(this.provider.issuer() + "/login");
		}
	}

	@Test
	void realBrowserLetsTheFormOfTheLogoutLeadToTheProvider() {
		this.provider.knows("puck", claims("puck", "Puck Smit", "GM0001", List.of("caseDirector")));
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.production.address())) {
			Page page = screen.page();
			page.navigate(this.production.address() + "/oauth2/authorization/doorbraak");
			page.locator("[name=username]").fill("puck");
			page.locator("[name=password]").fill(IdentityProvider.SECRET);
			page.locator("button[type=submit]").click();
			page.waitForURL(this.production.address() + "/**");
			screen.button("Uitloggen").click();
			page.waitForURL(this.production.address() + "/login?uitgelogd",
					new Page.WaitForURLOptions().setTimeout(10_000));
			assertThat(page.content()).contains("U bent uitgelogd.");
		}
	}

	@Test
	void whomTheProviderLogsOutIsLoggedOutHereOnEveryNode() throws Exception {
		for (String who : List.of("daan", "emma")) {
			this.provider.knows(who, claims(who, who, "GM0001", List.of("caseDirector")));
		}
		Browser first = loggedIn("daan");
		String session = this.provider.session("daan");
		Browser second = loggedIn("daan");
		Browser other = loggedIn("emma");
		List<String> refused = List.of("nonsense", this.provider.forgedToken("daan"),
				this.provider.token("daan", (claims) -> claims.claim("sid", session)),
				unsigned(this.provider.logoutToken("daan", OidcLoginIT::asItIs)),
				this.provider.logoutToken("daan", (claims) -> claims.claim("nonce", "x")),
				this.provider.logoutToken("daan", (claims) -> claims.audience(List.of("something-else"))),
				this.provider.logoutToken("daan", (claims) -> claims.issuer("http://localhost:1")),
				this.provider.logoutToken("daan", (claims) -> claims.issuedAt(Instant.now().minusSeconds(700))
					.expiresAt(Instant.now().minusSeconds(600))));
		for (String token : refused) {
			assertThat(tellLoggedOut(token)).as(token).isEqualTo(400);
		}
		assertThat(sessions("daan")).isEqualTo(2);
		assertThat(tellLoggedOut(this.provider.logoutToken("daan", (claims) -> claims.claim("sid", session))))
			.isEqualTo(200);
		assertEnded(first);
		assertThat(second.open(this.production.address() + "/").text()).contains("Dag daan");
		assertThat(tellLoggedOut(this.provider.logoutToken("daan", OidcLoginIT::asItIs))).isEqualTo(200);
		assertEnded(second);
		assertThat(sessions("daan")).as("in the database that all nodes share").isZero();
		assertThat(other.open(this.production.address() + "/").text()).contains("Dag emma");
	}

	private int tellLoggedOut(String token) throws Exception {
		return send(
				HttpRequest.newBuilder(URI.create(this.production.address() + "/logout/connect/back-channel/doorbraak"))
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token)))
			.statusCode();
	}

	private long sessions(String who) {
		return this.production.database()
			.asOwner()
			.sql("select count(*) from doorbraak.web_session where principal_name = ?")
			.param(who)
			.query(Long.class)
			.single();
	}

	@Test
	void whoHasNoFunctionIsToldSoAndGetsNoSession() {
		this.provider.knows("ruud", claims("ruud", "Ruud Smit", "GM0001", List.of()));
		assertTurnedAway(new Browser(), "ruud");
		assertThat(officers("ruud")).isEmpty();
	}

	@Test
	void whoseOrganisationIsUnknownHereIsToldSoAndGetsNoSession() {
		this.provider.knows("mies", claims("mies", "Mies Bouwman", "GM7777", List.of("caseDirector")));
		assertTurnedAway(new Browser(), "mies");
		assertThat(officers("mies")).isEmpty();
	}

	@Test
	void aLoginThatCannotBeOneHereIsTurnedAway() {
		this.provider.knows("gast#ext#", claims("gast#ext#", "Gast", "GM0001", List.of("caseDirector")));
		assertTurnedAway(new Browser(), "gast#ext#");
	}

	@Test
	void functionsThatEndedAtTheProviderAreGoneAtTheNextLogin() {
		this.provider.knows("toon", claims("toon", "Toon Vis", "GM0001", List.of("caseDirector", "manager")));
		assertThat(logIn(new Browser(), "toon").text()).contains("Dag Toon Vis").contains("Casus melden");
		assertThat(posts("toon")).containsExactly("caseDirector GM0001", "manager GM0001");

		this.provider.knows("toon", claims("toon", "Toon Vis-Bakker", "GM0001", List.of("manager")));
		assertThat(logIn(new Browser(), "toon").text()).contains("Dag Toon Vis-Bakker").doesNotContain("Casus melden");
		assertThat(posts("toon")).containsExactly("manager GM0001");

		this.provider.knows("toon", claims("toon", "Toon Vis-Bakker", "GM0001", List.of()));
		assertTurnedAway(new Browser(), "toon");
		assertThat(posts("toon")).isEmpty();
		assertThat(officers("toon")).as("what was done stays somebody's").hasSize(1);
		assertThat(this.production.database().asOwner().sql("""
				select function || case when until > since then ' ended' else ' goes on' end from doorbraak.post_period
				where officer_login = 'toon' order by 1""").query(String.class).list())
			.as("one stay in each post, also after the last login")
			.containsExactly("caseDirector ended", "manager ended");
	}

	@Test
	void aSystemReportsACaseWithATokenOfTheProvider() throws Exception {
		this.provider.knows(IdentityProvider.SYSTEM,
				claims("zaaksysteem", "Zaaksysteem Waterdam", "GM0001", List.of("caseDirector")));
		HttpResponse<String> granted = send(HttpRequest.newBuilder(URI.create(this.provider.issuer() + "/oauth2/token"))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString((IdentityProvider.SYSTEM + ':' + IdentityProvider.SYSTEM_SECRET)
							.getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
		String token = new ObjectMapper().readTree(granted.body()).path("access_token").asText();
		assertThat(report(token).statusCode()).isEqualTo(201);
		assertThat(posts("zaaksysteem")).containsExactly("caseDirector GM0001");
	}

	@Test
	void theRulesOfTheFunctionHoldForATokenToo() throws Exception {
		this.provider.knows("hans", claims("hans", "Hans Mulder", "GM0001", List.of("auditor")));
		assertThat(report(this.provider.token("hans", OidcLoginIT::asItIs)).statusCode()).isEqualTo(403);
		this.provider.knows("hans", claims("hans", "Hans Mulder", "GM0001", List.of()));
		assertThat(report(this.provider.token("hans", OidcLoginIT::asItIs)).statusCode()).isEqualTo(401);
	}

	@Test
	@Attack(value = "A11", failedWith = "tokens for another audience taken")
	void onlyATokenOfThisProviderForDoorbraakThatIsStillValidPasses() throws Exception {
		this.provider.knows("ines", claims("ines", "Ines Prins", "GM0001", List.of("caseDirector")));
		assertThat(report(this.provider.token("ines", OidcLoginIT::asItIs)).statusCode()).isEqualTo(201);
		assertThat(report(this.provider.forgedToken("ines")).statusCode()).as("signature").isEqualTo(401);
		Instant past = Instant.now().minusSeconds(600);
		assertThat(report(this.provider.token("ines",
				(claims) -> claims.issuedAt(past.minusSeconds(60)).notBefore(past.minusSeconds(60)).expiresAt(past)))
			.statusCode()).as("expired").isEqualTo(401);
		assertThat(report(this.provider.token("ines", (claims) -> claims.issuer("http://localhost:1"))).statusCode())
			.as("issuer")
			.isEqualTo(401);
		assertThat(report(this.provider.token("ines", (claims) -> claims.audience(List.of("something-else"))))
			.statusCode()).as("audience").isEqualTo(401);
		assertThat(
				report(this.provider.token("ines", (claims) -> claims.claims((all) -> all.remove("aud")))).statusCode())
			.as("no audience")
			.isEqualTo(401);
		assertThat(report(unsigned(this.provider.token("ines", OidcLoginIT::asItIs))).statusCode()).as("alg none")
			.isEqualTo(401);
		assertThat(report("nonsense").statusCode()).isEqualTo(401);
		assertThat(report(this.provider.token("ines", (claims) -> claims.claim("nonce", "x"))).statusCode())
			.as("an ID token")
			.isEqualTo(401);
		AtomicInteger asked = new AtomicInteger();
		HttpServer elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		elsewhere.createContext("/", (exchange) -> {
			asked.incrementAndGet();
			exchange.sendResponseHeaders(404, -1);
		});
		elsewhere.start();
		try {
			String keys = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/keys";
			assertThat(report(this.provider.tokenWithKeyAt("ines", keys)).statusCode()).as("a key elsewhere")
				.isEqualTo(401);
			assertThat(asked).as("requests to the address in the token").hasValue(0);
		}
		finally {
			elsewhere.stop(0);
		}
	}

	@Test
	@Attack(value = "B07", failedWith = "the claims of a login not looked at")
	void accountOfNobodyOfASystemOrWithoutASecondFactorGetsNoScreen() throws Exception {
		Map<String, String> reasons = Map.of("kees", "?tweede-stap", "balie", "?niet-persoonlijk", "robot",
				"?niet-persoonlijk");
		Map<String, Map<String, Object>> special = Map.of("kees", Map.of("amr", List.of("pwd")), "balie",
				Map.of("shared_account", true), "robot", Map.of("amr", List.of("pwd")));
		for (String who : reasons.keySet()) {
			Map<String, Object> claims = new HashMap<>(claims(who, "Wie dan ook", "GM0001", List.of("caseDirector")));
			claims.putAll(special.get(who));
			this.provider.knows(who, claims);
			Browser browser = new Browser();
			assertThat(logIn(browser, who).address())
				.isEqualTo(this.production.address() + "/login" + reasons.get(who));
			assertEnded(browser);
			assertThat(report(this.provider.token(who, OidcLoginIT::asItIs)).statusCode()).as(who)
				.isEqualTo(who.equals("robot") ? 201 : 401);
		}
	}

	@Test
	@Attack(value = "B05", failedWith = "a session is not asked again")
	void sessionEndsAfterEachTimeOutAChangeOfRolesAndLoggingOutEverywhere() throws Exception {
		this.provider.knows("roos", claims("roos", "Roos Vaart", "GM0001", List.of("caseDirector", "manager")));
		Browser idle = loggedIn("roos");
		change("last_access_time = last_access_time - 1860000, expiry_time = expiry_time - 1860000", "roos");
		assertEnded(idle);
		Browser lasting = loggedIn("roos");
		change("creation_time = creation_time - 36060000", "roos");
		assertEnded(lasting);
		Browser here = loggedIn("roos");
		Browser there = loggedIn("roos");
		here.send(this.production.address() + "/logout/overal", Map.of());
		assertEnded(here);
		assertEnded(there);
		Browser changed = loggedIn("roos");
		this.provider.knows("roos", claims("roos", "Roos Vaart", "GM0001", List.of("caseDirector")));
		assertThat(report(this.provider.token("roos", OidcLoginIT::asItIs)).statusCode()).isEqualTo(201);
		assertEnded(changed);
	}

	private Browser loggedIn(String who) {
		Browser browser = new Browser();
		assertThat(logIn(browser, who).text()).contains("Dag ");
		assertThat(browser.open(this.production.address() + "/").text()).contains("Dag ");
		return browser;
	}

	private void change(String set, String who) {
		this.production.database()
			.asOwner()
			.sql("update doorbraak.web_session set " + set + " where principal_name = ?")
			.param(who)
			.update();
	}

	private void assertEnded(Browser browser) {
		assertThat(browser.open(this.production.address() + "/camunda/api/engine/engine/default/task").status())
			.isEqualTo(401);
		assertThat(browser.open(this.production.address() + "/").address())
			.isEqualTo(this.production.address() + "/login");
	}

	private static void asItIs(JwtClaimsSet.Builder claims) {
	}

	private static Map<String, Object> claims(String login, String name, String organisation, Object functions) {
		return Map.of("preferred_username", login, "name", name, "organisation", organisation, "functions", functions);
	}

	/** From the start page to the provider and back, as somebody does it. */
	private Browser.Page logIn(Browser browser, String login) {
		assertThat(browser.open(this.production.address() + "/").text()).contains("/oauth2/authorization/doorbraak");
		Browser.Page atProvider = browser.open(this.production.address() + "/oauth2/authorization/doorbraak");
		assertThat(atProvider.address()).isEqualTo(this.provider.issuer() + "/login");
		return browser.send(atProvider.address(), Map.of("username", login, "password", IdentityProvider.SECRET));
	}

	private void assertTurnedAway(Browser browser, String login) {
		Browser.Page page = logIn(browser, login);
		assertThat(page.address()).isEqualTo(this.production.address() + "/login?geweigerd");
		assertThat(page.text()).contains(REFUSED);
		assertThat(browser.open(this.production.address() + "/").address())
			.isEqualTo(this.production.address() + "/login");
	}

	private List<String> officers(String login) {
		return this.production.database()
			.asOwner()
			.sql("select login || ' ' || name || ' ' || source from doorbraak.officer where login = ?")
			.param(login)
			.query(String.class)
			.list();
	}

	private List<String> posts(String login) {
		return this.production.database()
			.asOwner()
			.sql("select function || ' ' || organisation_id from doorbraak.post where officer_login = ? order by 1")
			.param(login)
			.query(String.class)
			.list();
	}

	private HttpResponse<String> report(String token) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.production.address() + "/api/v1/cases"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"whatIsStuck": "Een schuld past in geen enkele regeling.", "lifeDomains": ["money"]}""")));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** The same claims under a header that says there is no signature. */
	private static String unsigned(String token) {
		String header = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
		return header + '.' + token.split("\\.")[1] + '.';
	}

}
