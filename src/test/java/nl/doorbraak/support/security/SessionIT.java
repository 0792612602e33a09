package nl.doorbraak.support.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logging in, staying in and leaving, and what every answer tells the browser about
 * safety.
 */
@WholeApplication
class SessionIT {

	private static final String WHO = "/camunda/api/admin/auth/user/default";

	private final Town town;

	@Autowired
	SessionIT(Town town) {
		this.town = town;
	}

	@Test
	@Attack(value = { "F06", "E10" }, failedWith = "no X-Frame-Options")
	void everyAnswerCarriesTheSafeHeaders() {
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		List<String> paths = List.of("/", "/login", "/login?error", "/casus/DB-2026-999999", "/css/doorbraak.css",
				"/error", "/nergens", "/api/v1/tasks", "/api/v1/nergens", "/casus/x;y=1", "//", "/x//y", "/demo/klok",
				"/camunda/app/tasklist/default/", "/camunda/app/cockpit/default/", ENGINE + "task", ENGINE + "task/x",
				ENGINE + "nergens", "/engine-rest/user", "/favicon.ico");
		List<String> wrong = new ArrayList<>();
		for (String path : paths) {
			for (WebVisitor visitor : List.of(anna, nobody)) {
				WebVisitor.Answer answer = visitor.get(path);
				Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer")
					.forEach((name, value) -> {
						if (!answer.headers()
							.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of())
							.equals(List.of(value))) {
							wrong.add(path + " " + answer.status() + ": " + name + " " + answer.header(name));
						}
					});
				if (!path.startsWith("/css") && !answer.header("Cache-Control").contains("no-store")) {
					wrong.add(path + " " + answer.status() + ": Cache-Control " + answer.header("Cache-Control"));
				}
				String policy = answer.header("Content-Security-Policy");
				if (!policy.contains("frame-ancestors 'none'") || !path.startsWith("/camunda")
						&& (!policy.startsWith("default-src 'self'") || policy.contains("unsafe"))) {
					wrong.add(path + " " + answer.status() + ": Content-Security-Policy " + policy);
				}
				if (!answer.header("Server").isEmpty() || !answer.header("X-Powered-By").isEmpty()) {
					wrong.add(path + " names its server");
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void vendoredFilesAreKeptByTheBrowserAndComeSmall() {
		WebVisitor.Answer theme = WebVisitor.anonymous(this.town)
			.send("GET", "/vendor/voorbeeld-design-tokens-7.4.1/theme.css", null, null,
					Map.of("Accept-Encoding", "gzip"));
		assertThat(theme.header("Cache-Control")).contains("max-age=31536000", "immutable");
		assertThat(theme.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(WebVisitor.anonymous(this.town)
			.send("GET", "/login", null, null, Map.of("Accept-Encoding", "gzip"))
			.header("Content-Encoding")).as("a page with a token").isEmpty();
	}

	@Test
	void ourPagesNeedNothingThatThePolicyForbids() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (String path : List.of("/", "/casus/" + number, "/demo/klok", "/casus/DB-1", "/login")) {
			assertThat(anna.get(path).body()).as(path)
				.contains("<html")
				.doesNotContainPattern("<script(?![^>]*src=)")
				.doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
		}
	}

	@Test
	@Attack(value = "B04", failedWith = "the session of before the login kept")
	void loginGivesAnotherSessionInACookieThatScriptsCannotRead() {
		WebVisitor visitor = WebVisitor.anonymous(this.town);
		visitor.setCookie("JSESSIONID", "0123456789ABCDEF0123456789ABCDEF");
		visitor.get("/");
		String before = visitor.cookie("JSESSIONID");
		WebVisitor.Answer answer = visitor.form("/login", Map.of("username", "anna", "password", "doorbraak"));
		assertThat(answer.status()).isEqualTo(302);
		assertThat(visitor.cookie("JSESSIONID")).isNotEqualTo(before).isNotEqualTo("0123456789ABCDEF0123456789ABCDEF");
		assertThat(answer.headers().get("set-cookie")).filteredOn((cookie) -> cookie.startsWith("JSESSIONID"))
			.isNotEmpty()
			.allMatch((cookie) -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
	}

	@Test
	void logoutOnEitherSideEndsBothLogins() {
		for (String door : List.of("/logout", "/camunda/api/admin/auth/user/default/logout")) {
			WebVisitor anna = WebVisitor.login(this.town, "anna");
			anna.get("/camunda/app/tasklist/default/");
			assertThat(anna.get(WHO).json().path("userId").asText()).isEqualTo("anna");
			String session = anna.cookie("JSESSIONID");
			anna.form(door, Map.of());
			WebVisitor replay = WebVisitor.anonymous(this.town);
			replay.setCookie("JSESSIONID", session);
			for (WebVisitor each : List.of(anna, replay)) {
				assertThat(each.get(WHO).status()).as(door).isEqualTo(401);
				assertThat(each.get(ENGINE + "task").status()).as(door).isEqualTo(401);
				assertThat(each.get("/").status()).as(door).isEqualTo(302);
			}
		}
	}

	@Test
	void firstQuestionsOfASessionAtOnceAllKnowWhoAsks() throws Exception {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		String task = ENGINE + "task/" + this.town.as("anna").task(number, "make-plan");
		ExecutorService pool = Executors.newFixedThreadPool(8);
		try {
			for (int round = 0; round < 20; round++) {
				WebVisitor anna = WebVisitor.login(this.town, "anna");
				CyclicBarrier barrier = new CyclicBarrier(8);
				Callable<Integer> ask = () -> {
					barrier.await();
					return anna.get(task).status();
				};
				List<Integer> answers = new ArrayList<>();
				for (Future<Integer> each : pool.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask))) {
					answers.add(each.get());
				}
				assertThat(answers).as("round " + round).containsOnly(200);
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	@Attack(value = "F05", failedWith = "no token asked")
	void postWithoutTheTokenIsRefusedAndTheSessionLives() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		String task = this.town.as("anna").task(number, "make-plan");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor other = WebVisitor.login(this.town, "karim");
		for (String token : List.of("", "x", "00000000-0000-0000-0000-000000000000", other.cookie("XSRF-TOKEN"))) {
			for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
				WebVisitor.Answer claim = anna.send("POST", ENGINE + "task/" + task + "/claim", "{\"userId\":\"anna\"}",
						type, Map.of("X-XSRF-TOKEN", token));
				assertThat(claim.status()).isEqualTo(403);
				assertThat(claim.json().path("message").asText()).contains("verlopen");
				assertThat(anna
					.send("POST", "/casus/" + number + "/intrekken", "reason=x", type, Map.of("X-XSRF-TOKEN", token))
					.status()).isEqualTo(403);
			}
		}
		assertThat(anna
			.send("POST", "/casus/" + number + "/intrekken", "reason=x", "application/x-www-form-urlencoded",
					Map.of("X-XSRF-TOKEN", "x"))
			.body()).contains("Deze pagina is verlopen. Er is niets opgeslagen.").doesNotContain("href=\"/login\"");
		assertThat(anna.get("/").status()).isEqualTo(200);
		anna.get("/camunda/app/tasklist/default/");
		assertThat(anna.get(WHO).status()).isEqualTo(200);
		assertThat(anna.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "anna")).status()).isEqualTo(204);
		assertThat(anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x")).status()).isEqualTo(302);
	}

	@Test
	@Attack(value = "A07", failedWith = "kermit lets himself in with his name")
	void loginFailuresAreAllAlike() {
		List<String> told = new ArrayList<>();
		for (String[] pair : new String[][] { { "anna", "fout" }, { "niemand", "doorbraak" }, { "niemand", "fout" },
				{ "demo", "demo" }, { "admin", "admin" }, { "kermit", "kermit" }, { "admin", "" }, { "", "" },
				{ "an\u0000na", "doorbraak" }, { "anna' or '1'='1", "x" }, { "x".repeat(10_000), "x" } }) {
			WebVisitor visitor = WebVisitor.anonymous(this.town);
			told.add(visitor.form("/login", Map.of("username", pair[0], "password", pair[1])).told());
			assertThat(visitor.get("/").status()).isEqualTo(302);
		}
		assertThat(told).allMatch(told.get(0)::equals);
		assertThat(told.get(0)).startsWith("302").contains("/login?error");
		List<String> basic = new ArrayList<>();
		for (String pair : List.of("anna:fout", "niemand:doorbraak", "niemand:", ":", "demo:demo", "admin:admin",
				"kermit:kermit", "admin:")) {
			basic.add(WebVisitor.anonymous(this.town)
				.send("GET", "/api/v1/tasks", null, null,
						Map.of("Authorization",
								"Basic " + java.util.Base64.getEncoder().encodeToString(pair.getBytes())))
				.told());
		}
		basic.add(WebVisitor.anonymous(this.town)
			.send("GET", "/api/v1/tasks", null, null, Map.of("Authorization", "Basic !!!"))
			.told());
		basic.add(WebVisitor.anonymous(this.town).get("/api/v1/tasks").told());
		assertThat(basic).allMatch(basic.get(0)::equals);
		assertThat(basic.get(0)).startsWith("401").contains("application/problem+json");
	}

	@Test
	@Attack(value = "F08", failedWith = "a return address taken from the request")
	void loginLeadsHomeAndNeverToAnotherPlace() {
		for (String place : List.of("//evil.example", "https:evil.example", "/\\evil.example")) {
			WebVisitor visitor = WebVisitor.anonymous(this.town);
			WebVisitor.Answer answer = visitor.form(
					"/login?continue=" + java.net.URLEncoder.encode(place, java.nio.charset.StandardCharsets.UTF_8),
					Map.of("username", "anna", "password", "doorbraak", "return", place, "redirect", place));
			assertThat(answer.header("Location")).doesNotContain("evil");
		}
	}

	@Test
	@Attack(value = "B02", failedWith = "passwords of known names not hashed")
	void knownAndUnknownNamesAndOnesWithoutALoginGetOneAnswerInTheSameTime() {
		List<String> names = List.of("anna", "niemand", "wendy");
		Map<String, List<Double>> took = new TreeMap<>();
		Set<String> told = new HashSet<>();
		WebVisitor visitor = WebVisitor.anonymous(this.town);
		for (int n = 0; n < 220; n++) {
			for (String name : names) {
				long start = System.nanoTime();
				WebVisitor.Answer answer = visitor.form("/login", Map.of("username", name, "password", "fout"));
				double ms = (System.nanoTime() - start) / 1e6;
				told.add(answer.told());
				if (n >= 20) {
					took.computeIfAbsent(name, (each) -> new ArrayList<>()).add(ms);
				}
			}
		}
		assertThat(told).hasSize(1);
		double anna = median(took.get("anna"));
		double spread = median(took.get("anna").stream().map((ms) -> Math.abs(ms - anna)).toList());
		AttackResults.measured("B02", String.format(Locale.ROOT,
				"known %.1f ms, unknown %.1f ms, without a login %.1f ms, spread %.1f ms, 200 each, interleaved", anna,
				median(took.get("niemand")), median(took.get("wendy")), spread));
		for (String name : names) {
			assertThat(Math.abs(median(took.get(name)) - anna)).as(name).isLessThan(Math.max(10, 3 * spread));
		}
	}

	@Test
	@Attack(value = "B08", failedWith = "a filter that switches users")
	void administratorCannotActAsSomebodyElse() {
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		for (String door : List.of("/login/impersonate", "/impersonate", "/login/impersonate?username=mila")) {
			assertThat(femke.form(door, Map.of("username", "mila")).status()).as(door).isIn(403, 404);
			assertThat(femke.get(door).status()).as(door).isIn(403, 404);
		}
		assertThat(femke
			.send("GET", "/", null, null,
					Map.of("X-Forwarded-User", "mila", "X-Remote-User", "mila", "SM_USER", "mila"))
			.body()).contains("Femke Vos").doesNotContain("Mila Jansen");
	}

	@Test
	@Attack(value = "F10", failedWith = "the token of before the login kept")
	void formOfATabIsRefusedAfterSomebodyElseLoggedInInAnother() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		WebVisitor tabs = WebVisitor.login(this.town, "anna");
		String ofTheFirst = tabs.cookie("XSRF-TOKEN");
		tabs.form("/login", Map.of("username", "karim", "password", "doorbraak"));
		assertThat(tabs.get("/").body()).contains("Karim Haddou");
		WebVisitor.Answer sent = tabs.send("POST", "/casus/" + number + "/intrekken", "reason=x",
				"application/x-www-form-urlencoded", Map.of("X-XSRF-TOKEN", ofTheFirst));
		assertThat(sent.status()).isEqualTo(403);
		assertThat(sent.body()).contains("verlopen");
	}

	@Test
	void whoLoggedOutInAnotherTabIsToldSoAndWhereToLogIn() {
		WebVisitor tabs = WebVisitor.login(this.town, "anna");
		String ofTheFirst = tabs.cookie("XSRF-TOKEN");
		tabs.form("/logout", Map.of());
		for (String token : List.of(ofTheFirst, String.valueOf(tabs.cookie("XSRF-TOKEN")))) {
			WebVisitor.Answer sent = tabs.send("POST", "/tekenen/DB-2026-000001", "decision=agree",
					"application/x-www-form-urlencoded", Map.of("X-XSRF-TOKEN", token));
			assertThat(sent.status()).isIn(401, 403);
			assertThat(sent.body()).contains("U bent niet meer ingelogd. Wat u invulde, is niet opgeslagen.",
					"href=\"/login\"");
			tabs.get("/login");
		}
		assertThat(tabs
			.send("POST", "/instantie/x/code", "x=x", "application/x-www-form-urlencoded", Map.of("X-XSRF-TOKEN", "x"))
			.body()).as("needs no login").contains("Deze pagina is verlopen.").doesNotContain("ingelogd");
	}

	@Test
	void pageOfAnotherFunctionSaysForWhomItIs() {
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		WebVisitor.Answer dutch = mila.get("/medewerkers");
		assertThat(dutch.status()).isEqualTo(403);
		assertThat(dutch.body()).contains("Dit is niet voor uw functie. Het is voor: Functioneel beheerder.")
			.doesNotContain("verlopen", "Ververs");
		mila.get("/?taal=en");
		assertThat(mila.get("/medewerkers").body()).contains("It is for: Functional administrator.")
			.doesNotContain("Dit is niet");
	}

	@Test
	@Attack(value = "E10", failedWith = "pages may be kept")
	void backAfterLoggingOutShowsNothing() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Kanariewoord"));
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).header("Cache-Control"))
			.contains("no-store");
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.open("/casus/" + number);
			assertThat(anna.page().content()).contains("Kanariewoord");
			anna.button("Uitloggen").click();
			anna.page().waitForURL("**/login?uitgelogd");
			anna.page().goBack();
			assertThat(anna.page().content()).doesNotContain("Kanariewoord").contains("password");
		}
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

}
