package nl.doorbraak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.OwnDatabase;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;

import org.springframework.test.util.TestSocketUtils;
import org.springframework.util.FileSystemUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Keycloak of docker-compose.yml with its realm, and the packaged jar with the
 * settings of the containers: only addresses and ports differ. What docs/compose.md says
 * of logging in and out is done here in a browser.
 */
@Tag("keycloak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {

	private static final Set<String> OF_OTHER_TESTS = Set.of("karim", "mila");

	/** As of the realm: its otpPolicyPeriod. */
	private static final Duration PERIOD = Duration.ofSeconds(30);

	private final Path folder = Path.of("target", "with-keycloak", UUID.randomUUID().toString()).toAbsolutePath();

	private final String keycloakAddress = "http://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();

	/** That each chooses at the first login. */
	private final String chosen = UUID.randomUUID().toString();

	private final int healthPort = TestSocketUtils.findAvailableTcpPort();

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Screens screens = Screens.open();

	/** Of the realm, by login. */
	private final Map<String, JsonNode> people = new TreeMap<>();

	/** Of each person, the last step of which a code was used: a code is good once. */
	private final Map<String, Long> used = new HashMap<>();

	private Process keycloak;

	private OwnDatabase database;

	private JavaProcess doorbraak;

	@BeforeAll
	void install() throws IOException {
		new ObjectMapper().readTree(Path.of("compose/keycloak/realm.json").toFile())
			.path("users")
			.forEach((person) -> this.people.put(person.path("username").asText(), person));
		startKeycloak();
		this.database = new OwnDatabase();
		Files.copy(Path.of("compose/doorbraak/application.yaml"), this.folder.resolve("application.yaml"));
		Map<String, String> settings = new HashMap<>(this.database.settings());
		Map<String, String> ofTheNodes = environment("node-1");
		ofTheNodes.forEach((name, value) -> {
			if (name.contains("_CLIENT_REGISTRATION_") || name.equals("DOORBRAAK_PRIVACY_KEY")) {
				settings.put(name, value);
			}
		});
		String issuer = "SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_DOORBRAAK_ISSUERURI";
		settings.put(issuer, this.keycloakAddress + URI.create(String.valueOf(ofTheNodes.get(issuer))).getPath());
		settings.putAll(Map.of("SERVER_PORT", String.valueOf(this.port), "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
				"DOORBRAAK_ADDRESS", "http://localhost:" + this.port, "DOORBRAAK_OTHERHOSTS", "127.0.0.1",
				"SPRING_MAIL_HOST", "127.0.0.1", "DOORBRAAK_ALERT_JOURNAL", "alerts.log"));
		Until.so(() -> "Keycloak is ready", Duration.ofMinutes(3), this::isReady);
		this.doorbraak = JavaProcess.jar(this.folder, settings);
		this.doorbraak.port();
	}

	/** What its image does, on ports that are free here. */
	private void startKeycloak() throws IOException {
		String version = String.valueOf(service("keycloak").get("image")).split(":")[1];
		Path home = Path.of("target", "keycloak", "keycloak-" + version).toAbsolutePath();
		assertThat(home).as("the version of docker-compose.yml is that of the pom").isDirectory();
		FileSystemUtils.deleteRecursively(home.resolve("data"));
		Path realm = home.resolve("data/import/realm.json");
		Files.createDirectories(realm.getParent());
		Files.createDirectories(this.folder);
		Files.writeString(realm,
				Files.readString(Path.of("compose/keycloak/realm.json"))
					.replace("http://localhost:8080", "http://localhost:" + this.port)
					.replace("http://proxy:8080", "http://127.0.0.1:" + this.port));
		List<String> command = new ArrayList<>(List.of("sh", home.resolve("bin/kc.sh").toString()));
		((List<?>) service("keycloak").get("command")).forEach((word) -> command.add(String.valueOf(word)));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("keycloak.txt").toFile());
		builder.environment().putAll(environment("keycloak"));
		builder.environment()
			.putAll(Map.of("KC_HOSTNAME", this.keycloakAddress, "KC_HTTP_PORT",
					String.valueOf(URI.create(this.keycloakAddress).getPort()), "KC_HTTP_MANAGEMENT_PORT",
					String.valueOf(this.healthPort), "JAVA_HOME", System.getProperty("java.home")));
		this.keycloak = builder.start();
	}

	private boolean isReady() {
		try {
			return this.http
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.healthPort + "/health/ready"))
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	void stop() {
		this.screens.close();
		if (this.doorbraak != null) {
			this.doorbraak.close();
		}
		if (this.database != null) {
			this.database.close();
		}
		if (this.keycloak != null) {
			this.keycloak.descendants().forEach(ProcessHandle::destroy);
			this.keycloak.destroy();
		}
	}

	/** Each with the function and organisation that the realm says. */
	@Test
	void theFirstLoginAsksForAnotherPasswordAndAnAppTheSecondForItsCode() {
		for (JsonNode person : this.people.values()) {
			if (OF_OTHER_TESTS.contains(person.path("username").asText())) {
				continue;
			}
			Screen screen = screen();
			String secret = firstLogin(screen, person.path("username").asText());
			assertThat(screen.page().locator("main")).containsText("tweede stap");
			secondLogin(screen, person.path("username").asText(), secret);
			assertThat(screen.page().locator("header"))
				.containsText(person.path("firstName").asText() + " " + person.path("lastName").asText());
			screen.profile().close();
		}
	}

	@Test
	void whoLogsOutHereIsLoggedOutThere() {
		Screen screen = screen();
		String secret = firstLogin(screen, "karim");
		secondLogin(screen, "karim", secret);
		screen.button("Uitloggen").click();
		assertThat(screen.page().locator("main")).containsText("U bent uitgelogd.");
		start(screen.page());
		assertThat(screen.page().locator("#password")).isVisible();
	}

	/** At its next page, because Keycloak tells of it. */
	@Test
	void whoseSessionEndsThereIsLoggedOutHere() throws Exception {
		Screen screen = screen();
		String secret = firstLogin(screen, "mila");
		secondLogin(screen, "mila", secret);
		screen.open("/instellingen");
		assertThat(screen.page().locator("header")).containsText("Mila Jansen");
		endSessions("mila");
		screen.open("/instellingen");
		assertThat(screen.page()).hasURL(Pattern.compile(".*/login"));
	}

	/** As its administrator does. */
	private void endSessions(String login) throws Exception {
		Map<String, String> admin = environment("keycloak");
		String token = json(
				HttpRequest
					.newBuilder(URI.create(this.keycloakAddress + "/realms/master/protocol/openid-connect/token"))
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username="
							+ admin.get("KC_BOOTSTRAP_ADMIN_USERNAME") + "&password="
							+ admin.get("KC_BOOTSTRAP_ADMIN_PASSWORD"))))
			.path("access_token")
			.asText();
		String users = this.keycloakAddress + "/admin/realms/doorbraak/users";
		String id = json(HttpRequest.newBuilder(URI.create(users + "?exact=true&username=" + login))
			.header("Authorization", "Bearer " + token)).at("/0/id").asText();
		json(HttpRequest.newBuilder(URI.create(users + "/" + id + "/logout"))
			.header("Authorization", "Bearer " + token)
			.POST(HttpRequest.BodyPublishers.noBody()));
	}

	private JsonNode json(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> answer = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isBetween(200, 204);
		return new ObjectMapper().readTree(answer.body());
	}

	private Screen screen() {
		return this.screens.screen("http://localhost:" + this.port);
	}

	/** Returns the secret of the app. */
	private String firstLogin(Screen screen, String login) {
		Page page = screen.page();
		password(page, login, this.people.get(login).at("/credentials/0/value").asText());
		String secret = page.locator("#totpSecret").inputValue();
		page.locator("#totp").fill(code(login, secret));
		page.locator("#saveTOTPBtn").click();
		page.locator("#password-new").fill(this.chosen);
		page.locator("#password-confirm").fill(this.chosen);
		page.locator("[type=submit]").click();
		page.waitForURL(Pattern.compile("http://localhost.*"));
		return secret;
	}

	private void secondLogin(Screen screen, String login, String secret) {
		Page page = screen.page();
		password(page, login, this.chosen);
		page.locator("#otp").fill(code(login, secret));
		page.locator("[type=submit]").click();
		page.waitForURL(Pattern.compile("http://localhost.*"));
	}

	private static void password(Page page, String login, String password) {
		start(page);
		page.locator("#username").fill(login);
		page.locator("#password").fill(password);
		page.locator("#kc-login").click();
	}

	private static void start(Page page) {
		page.navigate("/");
		page.locator("a[href*='/oauth2/authorization/']").click();
	}

	/**
	 * What the app shows for this period, or for the next one when that was used (RFC
	 * 6238); Keycloak takes a code one period early.
	 */
	private String code(String login, String secret) {
		long step = Math.max(Instant.now().getEpochSecond() / PERIOD.toSeconds(),
				this.used.getOrDefault(login, 0L) + 1);
		this.used.put(login, step);
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
			byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
			int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 0xf, Integer.BYTES).getInt() & Integer.MAX_VALUE;
			return String.format("%06d", number % 1_000_000);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Of a service of docker-compose.yml, with the secrets of the example. */
	private static Map<String, String> environment(String service) throws IOException {
		Map<String, String> environment = new HashMap<>();
		for (Map.Entry<?, ?> entry : ((Map<?, ?>) service(service).get("environment")).entrySet()) {
			String value = String.valueOf(entry.getValue());
			for (String line : Files.readAllLines(Path.of(".env.example"))) {
				if (!line.startsWith("#") && value.startsWith("${" + line.split("=")[0] + ":?")) {
					value = line.split("=")[1];
				}
			}
			environment.put(String.valueOf(entry.getKey()), value);
		}
		return environment;
	}

	private static Map<?, ?> service(String name) throws IOException {
		Map<?, ?> compose = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
		return (Map<?, ?>) ((Map<?, ?>) compose.get("services")).get(name);
	}

}
