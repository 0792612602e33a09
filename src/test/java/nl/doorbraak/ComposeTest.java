package nl.doorbraak;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.directory.Function;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The containers as far as they can be known without an engine that runs them: what
 * docker-compose.yml, the Dockerfile and the realm promise to each other and to the
 * application.
 */
class ComposeTest {

	private static final List<String> NODES = List.of("node-1", "node-2");

	private static final Pattern IMAGE = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[\\w.-]*");

	/** Settings of rooms that are still being built. */
	private static final Set<String> AWAITED = Set.of("doorbraak.address", "doorbraak.alert.journal",
			"doorbraak.directory.organisations");

	private final Map<String, Object> compose = yaml("docker-compose.yml");

	private final Map<String, Object> services = map(this.compose.get("services"));

	private final List<String> dockerfile = lines("Dockerfile");

	@Test
	void everythingIsThereAndStartsInOrder() {
		assertThat(this.services.keySet()).containsExactlyInAnyOrder("proxy", "node-1", "node-2", "certificates",
				"postgres", "mailpit", "keycloak", "prometheus", "grafana");
		for (String optional : List.of("prometheus", "grafana")) {
			assertThat(service(optional)).containsEntry("profiles", List.of("figures"));
		}
		for (String server : List.of("postgres", "mailpit")) {
			assertThat(waitsFor(server)).containsEntry("certificates", "service_completed_successfully");
			assertThat(service(server).get("volumes").toString()).contains("tls-" + server + ":/tls:ro");
		}
		for (String node : NODES) {
			assertThat(waitsFor(node)).isEqualTo(Map.of("certificates", "service_completed_successfully", "postgres",
					"service_healthy", "keycloak", "service_healthy", "mailpit", "service_healthy"));
		}
		this.services.keySet()
			.forEach((name) -> waitsFor(name).forEach((other,
					until) -> assertThat(!until.equals("service_healthy") || service(other).containsKey("healthcheck"))
						.as(name + " waits until " + other + " is healthy, which nothing tells")
						.isTrue()));
	}

	@Test
	void theNodesDifferInNameOnly() {
		assertThat(service("node-2").toString()).isEqualTo(service("node-1").toString().replace("node-1", "node-2"));
		assertThat(service("node-1").toString()).contains("journal-node-1:/journal");
		assertThat(text("compose/nginx/nginx.conf")).contains("server node-1:8080 ", "server node-2:8080 ")
			.doesNotContain("ip_hash", "sticky", "hash ");
	}

	@Test
	void theNodesHaveEverySettingThatProductionMustBeTold() throws ReflectiveOperationException {
		Set<String> told = settingsOfNodes();
		assertThat(requiredSettings().stream().map(ComposeTest::canonical)).isNotEmpty().allMatch(told::contains);
	}

	@Test
	void everySettingOfTheNodesExists() throws Exception {
		Set<String> known = new HashSet<>();
		requiredSettings().forEach((name) -> known.add(canonical(name)));
		AWAITED.forEach((name) -> known.add(canonical(name)));
		flatten("", yaml("src/main/resources/application.yaml")).keySet().forEach((name) -> known.add(canonical(name)));
		known.addAll(namesThatTheSourceReads());
		Set<String> maps = settingsOfSpring(known);
		assertThat(settingsOfNodes()).isNotEmpty()
			.allSatisfy((name) -> assertThat(known.contains(name) || maps.stream().anyMatch(name::startsWith)).as(name)
				.isTrue());
	}

	@Test
	void theNodesRunNoDemoAndConnectWithTls() {
		for (String node : NODES) {
			Map<String, Object> environment = map(service(node).get("environment"));
			assertThat(environment.keySet()).noneMatch((name) -> name.contains("PROFILES"));
			assertThat(environment.toString()).doesNotContainIgnoringCase("demo");
			assertThat(environment.get("SPRING_DATASOURCE_URL").toString()).contains("sslmode=verify-full",
					"sslrootcert=/trust/");
			assertThat(environment.get("SPRING_DATASOURCE_USERNAME"))
				.isNotEqualTo(environment.get("SPRING_FLYWAY_USER"));
		}
		Map<String, Object> settings = flatten("", yaml("compose/doorbraak/application.yaml"));
		assertThat(settings.toString()).doesNotContain("profiles");
		assertThat(settings).containsEntry("spring.mail.properties.mail.smtp.starttls.required", true)
			.containsEntry("spring.mail.properties.mail.smtp.ssl.checkserveridentity", true);
		assertThat(map(service("mailpit").get("environment"))).containsEntry("MP_SMTP_REQUIRE_STARTTLS", "true");
		assertThat(service("postgres").get("command").toString()).contains("ssl=on", "hba_file=");
		assertThat(lines("compose/postgres/pg_hba.conf").stream().filter((line) -> !line.startsWith("#")))
			.noneMatch((line) -> line.startsWith("host ") || line.startsWith("hostnossl") || line.endsWith("trust"))
			.anyMatch((line) -> line.startsWith("hostssl"));
	}

	@Test
	void theDatabaseMakesTheTwoRoles() {
		Map<String, Object> environment = map(service("node-1").get("environment"));
		Object owner = environment.get("SPRING_FLYWAY_USER");
		Object application = environment.get("SPRING_DATASOURCE_USERNAME");
		assertThat(text("compose/postgres/roles.sql"))
			.contains("create role " + owner + " login", "create role " + application + " login",
					"create database doorbraak owner " + owner, "grant connect on database doorbraak to " + application)
			.doesNotContainIgnoringCase("superuser login")
			.doesNotContain("owner " + application);
	}

	@Test
	void onlyThisMachineReachesTheContainersAndNobodyTheDatabase() {
		Map<String, Object> published = new TreeMap<>();
		this.services.keySet().stream().filter((name) -> service(name).containsKey("ports")).forEach((name) -> {
			List<?> ports = (List<?>) service(name).get("ports");
			assertThat(ports).allMatch((port) -> port.toString().startsWith("127.0.0.1:"));
			published.put(name, ports);
		});
		assertThat(published.keySet()).containsExactly("grafana", "keycloak", "mailpit", "proxy");
		assertThat(service("postgres").get("networks")).isEqualTo(List.of("database"));
		assertThat(map(map(this.compose.get("networks")).get("database"))).containsEntry("internal", true);
	}

	@Test
	void everyImageHasAVersion() {
		this.services.keySet()
			.stream()
			.filter((name) -> !service(name).containsKey("build"))
			.forEach((name) -> assertThat(service(name).get("image").toString()).as(name).matches(IMAGE));
		List<String> bases = instructions("FROM").map((from) -> from.split(" ")[0]).toList();
		assertThat(bases).hasSize(2).allMatch((base) -> IMAGE.matcher(base).matches());
		assertThat(service("certificates")).containsEntry("image", bases.get(1));
		assertThat(text("pom.xml")).as("what KeycloakIT fetches")
			.contains("<artifactId>keycloak-quarkus-dist</artifactId>\n                      <version>"
					+ service("keycloak").get("image").toString().split(":")[1] + "<");
	}

	@Test
	void everyFileThatIsMountedExists() {
		List<String> files = this.services.values()
			.stream()
			.flatMap((service) -> ((List<?>) map(service).getOrDefault("volumes", List.of())).stream())
			.map(Object::toString)
			.filter((volume) -> volume.startsWith("."))
			.toList();
		assertThat(files).hasSizeGreaterThan(5)
			.allMatch((volume) -> volume.endsWith(":ro"))
			.allMatch((volume) -> Files.isRegularFile(Path.of(volume.split(":")[0])));
	}

	@Test
	void secretsComeFromTheExampleAndSayWhatTheyAreFor() {
		Map<String, String> example = lines(".env.example").stream()
			.filter((line) -> line.contains("=") && !line.startsWith("#"))
			.collect(Collectors.toMap((line) -> line.split("=")[0], (line) -> line.split("=")[1]));
		Set<String> asked = new HashSet<>();
		Matcher variable = Pattern.compile("(?<!\\$)\\$\\{(\\w+):\\?").matcher(text("docker-compose.yml"));
		while (variable.find()) {
			asked.add(variable.group(1));
		}
		assertThat(example.keySet()).isEqualTo(asked);
		assertThat(example.values()).allMatch((value) -> value.startsWith("for-trying-only"));
		assertThat(lines(".gitignore")).contains(".env");
		this.services.keySet()
			.forEach((name) -> map(service(name).getOrDefault("environment", Map.of())).forEach((key, value) -> {
				if (key.contains("PASSWORD") || key.contains("SECRET")) {
					assertThat(value.toString()).as(name + " " + key).startsWith("${");
				}
			}));
	}

	@Test
	void theImageRunsTheLayersAsNobodyInParticular() {
		List<String> users = instructions("USER").toList();
		assertThat(users).hasSize(1);
		assertThat(users.get(0)).matches("[1-9]\\d*(:[1-9]\\d*)?");
		assertThat(instructions("COPY").filter((copy) -> copy.startsWith("--from=build"))).containsExactly(
				"--from=build /layers/dependencies/ ./", "--from=build /layers/spring-boot-loader/ ./",
				"--from=build /layers/snapshot-dependencies/ ./", "--from=build /layers/application/ ./");
		assertThat(instructions("RUN")).anyMatch((run) -> run.contains("-Djarmode=tools") && run.contains("--layers"))
			.noneMatch((run) -> run.matches(".*(curl|wget).*\\|.*sh\\b.*"));
		assertThat(this.dockerfile).noneMatch((line) -> line.startsWith("ADD") || line.contains("profiles"));
		assertThat(instructions("ENTRYPOINT")).singleElement().asString().contains("\"doorbraak.jar\"");
		List<String> sent = lines(".dockerignore").stream()
			.filter((line) -> line.startsWith("!"))
			.map((line) -> line.substring(1))
			.toList();
		assertThat(lines(".dockerignore")).startsWith("*");
		assertThat(instructions("COPY").filter((copy) -> !copy.startsWith("--")).map((copy) -> copy.split(" ")[0]))
			.containsExactlyInAnyOrderElementsOf(sent)
			.allMatch((path) -> Files.exists(Path.of(path)));
	}

	@Test
	void theRealmKnowsDoorbraakAndEveryFunction() throws IOException {
		JsonNode realm = new ObjectMapper().readTree(Path.of("compose", "keycloak", "realm.json").toFile());
		Map<String, Object> environment = map(service("node-1").get("environment"));
		assertThat(environment.get("SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_DOORBRAAK_ISSUERURI").toString())
			.endsWith("/realms/" + realm.path("realm").asText())
			.startsWith(map(service("keycloak").get("environment")).get("KC_HOSTNAME").toString());
		JsonNode client = realm.path("clients").path(0);
		assertThat(client.path("clientId").asText())
			.isEqualTo(environment.get("SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_DOORBRAAK_CLIENTID"));
		assertThat(client.path("publicClient").asBoolean(true)).isFalse();
		assertThat(client.path("secret").asText()).isEqualTo("${DOORBRAAK_CLIENT_SECRET}");
		assertThat(client.path("redirectUris").toString())
			.isEqualTo("[\"" + flatten("", yaml("compose/doorbraak/application.yaml")).get("doorbraak.address")
					+ "/login/oauth2/code/doorbraak\"]");
		assertThat(stream(client.path("protocolMappers")).map((mapper) -> mapper.path("name").asText()))
			.contains("preferred_username", "name", "email", "organisation", "functions", "audience");
		assertThat(
				stream(client.path("protocolMappers")).filter((mapper) -> mapper.at("/config/claim.name").isTextual()))
			.hasSize(4)
			.allMatch((mapper) -> mapper.path("name").equals(mapper.at("/config/claim.name")));
		Set<String> functions = Arrays.stream(Function.values()).map(Function::code).collect(Collectors.toSet());
		assertThat(stream(realm.at("/roles/client/doorbraak")).map((role) -> role.path("name").asText()))
			.containsExactlyInAnyOrderElementsOf(functions);

		Set<String> organisations = ((List<?>) flatten("", yaml("compose/doorbraak/application.yaml"))
			.get("doorbraak.directory.organisations")).stream()
			.map((organisation) -> map(organisation).get("id").toString())
			.collect(Collectors.toSet());
		Set<String> held = new HashSet<>();
		assertThat(stream(realm.path("users"))).isNotEmpty().allSatisfy((user) -> {
			assertThat(organisations).contains(user.at("/attributes/organisation/0").asText());
			JsonNode password = user.at("/credentials/0");
			assertThat(password.path("temporary").asBoolean()).isTrue();
			assertThat(password.path("value").asText()).isEqualTo("alleen-om-te-proberen");
			stream(user.at("/clientRoles/doorbraak")).forEach((role) -> held.add(role.asText()));
		});
		assertThat(held).isEqualTo(functions);
	}

	/** A code at each login, said in the tokens, and required by the application. */
	@Test
	void everybodyLogsInWithASecondStepAndOutOnBothSides() throws IOException {
		JsonNode realm = new ObjectMapper().readTree(Path.of("compose", "keycloak", "realm.json").toFile());
		Map<String, Object> settings = flatten("", yaml("compose/doorbraak/application.yaml"));
		JsonNode flow = stream(realm.path("authenticationFlows"))
			.filter((each) -> each.path("alias").equals(realm.path("browserFlow")))
			.findFirst()
			.orElseThrow();
		assertThat(stream(flow.path("authenticationExecutions"))
			.map((each) -> each.path("authenticator").asText() + " " + each.path("requirement").asText()))
			.containsExactly("auth-username-password-form REQUIRED", "auth-otp-form REQUIRED");
		JsonNode code = realm.at("/authenticatorConfig/0");
		assertThat(code.path("alias")).isEqualTo(flow.at("/authenticationExecutions/1/authenticatorConfig"));
		assertThat(settings.get("doorbraak.login.second-factor.values").toString())
			.contains(code.at("/config/default.reference.value").asText());
		JsonNode client = realm.path("clients").path(0);
		assertThat(stream(client.path("protocolMappers")))
			.filteredOn((mapper) -> mapper.path("protocolMapper").asText().equals("oidc-amr-mapper"))
			.singleElement()
			.satisfies((mapper) -> assertThat(mapper.path("config").toString()).contains("\"id.token.claim\":\"true\"",
					"\"access.token.claim\":\"true\""));
		assertThat(stream(realm.path("users"))).allMatch(
				(user) -> user.path("requiredActions").toString().equals("[\"CONFIGURE_TOTP\",\"UPDATE_PASSWORD\"]"));
		assertThat(client.at("/attributes/post.logout.redirect.uris").asText())
			.isEqualTo(settings.get("doorbraak.address") + "/login?uitgelogd");
		URI told = URI.create(client.at("/attributes/backchannel.logout.url").asText());
		assertThat(told.getPath()).isEqualTo("/logout/connect/back-channel/doorbraak");
		assertThat(this.services).containsKey(told.getHost());
		assertThat(settings.get("doorbraak.other-hosts").toString().split(",")).contains(told.getHost())
			.containsAll(NODES);
	}

	@Test
	void nobodyChangesHisOwnOrganisation() throws IOException {
		JsonNode realm = new ObjectMapper().readTree(Path.of("compose", "keycloak", "realm.json").toFile());
		String profile = realm
			.at("/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0")
			.asText();
		assertThat(stream(new ObjectMapper().readTree(profile).path("attributes"))
			.filter((attribute) -> attribute.path("name").asText().equals("organisation"))
			.map((attribute) -> attribute.at("/permissions/edit").toString())).containsExactly("[\"admin\"]");
	}

	private Map<String, Object> service(String name) {
		return map(this.services.get(name));
	}

	/** What a service waits for, and until when. */
	private Map<String, String> waitsFor(String service) {
		Object others = service(service).getOrDefault("depends_on", List.of());
		Map<String, String> until = new TreeMap<>();
		if (others instanceof List<?> list) {
			list.forEach((other) -> until.put(other.toString(), "service_started"));
		}
		else {
			map(others).forEach((other, how) -> until.put(other, map(how).get("condition").toString()));
		}
		assertThat(this.services.keySet()).containsAll(until.keySet());
		return until;
	}

	/** Instructions of the Dockerfile that start with this word, without it. */
	private Stream<String> instructions(String word) {
		return this.dockerfile.stream()
			.filter((line) -> line.startsWith(word + ' '))
			.map((line) -> line.substring(word.length() + 1).strip());
	}

	/** Everything that the nodes are told, in the environment or in their file. */
	private Set<String> settingsOfNodes() {
		Set<String> names = map(service("node-1").get("environment")).keySet()
			.stream()
			.filter((name) -> name.matches("(SPRING|SERVER|DOORBRAAK|CAMUNDA|LOGGING)_.*"))
			.map(ComposeTest::canonical)
			.collect(Collectors.toSet());
		flatten("", yaml("compose/doorbraak/application.yaml")).keySet().forEach((name) -> names.add(canonical(name)));
		return names;
	}

	/** Reads the setting names where the application keeps them, as they are private. */
	private static Set<String> requiredSettings() throws ReflectiveOperationException {
		Field settings = Class.forName("nl.doorbraak.support.RequiredSettings").getDeclaredField("SETTINGS");
		settings.setAccessible(true);
		return map(settings.get(null)).keySet();
	}

	/** Adds what Spring documents of itself and returns the settings that are maps. */
	private static Set<String> settingsOfSpring(Set<String> known) throws IOException {
		Set<String> maps = new HashSet<>();
		for (URL url : Collections
			.list(ComposeTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			stream(new ObjectMapper().readTree(url).path("properties")).forEach((property) -> {
				known.add(canonical(property.path("name").asText()));
				if (property.path("type").asText().startsWith("java.util.Map<")) {
					maps.add(canonical(property.path("name").asText()) + '.');
				}
			});
		}
		return maps;
	}

	/** Names in placeholders, and prefixes of settings with their fields. */
	private static Set<String> namesThatTheSourceReads() throws IOException {
		Set<String> names = new HashSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
				String source = Files.readString(file);
				Matcher placeholder = Pattern.compile("\\$\\{(doorbraak\\.[\\w.-]+)").matcher(source);
				while (placeholder.find()) {
					names.add(canonical(placeholder.group(1)));
				}
				Matcher prefix = Pattern.compile("@ConfigurationProperties\\(\"([\\w.-]+)\"\\)(.*)", Pattern.DOTALL)
					.matcher(source);
				if (prefix.find()) {
					Matcher field = Pattern.compile("\\b([a-z]\\w+)(?=[,)])").matcher(prefix.group(2));
					List<String> fields = new ArrayList<>(List.of(""));
					while (field.find()) {
						fields.add('.' + field.group(1));
					}
					// A record in it has fields of its own.
					List<String> within = source.contains("\n\trecord ") ? fields : List.of("");
					fields.forEach((outer) -> within
						.forEach((inner) -> names.add(canonical(prefix.group(1) + outer + inner))));
				}
			}
		}
		return names;
	}

	/** The one spelling of a setting, as an environment variable cannot tell dashes. */
	private static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', '.').replace("-", "");
	}

	private static Map<String, Object> flatten(String prefix, Map<String, Object> settings) {
		Map<String, Object> flat = new TreeMap<>();
		settings.forEach((key, value) -> {
			if (value instanceof Map<?, ?>) {
				flat.putAll(flatten(prefix + key + '.', map(value)));
			}
			else {
				flat.put(prefix + key, value);
			}
		});
		return flat;
	}

	/** All documents of a file as one. */
	private static Map<String, Object> yaml(String file) {
		Map<String, Object> all = new TreeMap<>();
		new Yaml().loadAll(text(file)).forEach((document) -> all.putAll(map(document)));
		return all;
	}

	private static Map<String, Object> map(Object value) {
		Map<String, Object> typed = new TreeMap<>();
		((Map<?, ?>) value).forEach((key, each) -> typed.put(key.toString(), (each != null) ? each : Map.of()));
		return typed;
	}

	private static Stream<JsonNode> stream(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	private static List<String> lines(String file) {
		return text(file).lines().toList();
	}

	private static String text(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
