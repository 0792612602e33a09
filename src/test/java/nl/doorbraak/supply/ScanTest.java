package nl.doorbraak.supply;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.supply.KnownFault.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks the open database OSV which high faults are known of what is in the jar, and adds
 * to the list what it did not have, without an exception: the next build then fails until
 * somebody looked. With {@code mvn -Pscan test}, where there is internet.
 */
class ScanTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final URI OSV = URI.create("https://api.osv.dev");

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

	@Test
	@EnabledIfSystemProperty(named = "scan", matches = "true")
	void listHasWhatIsKnownToday() throws Exception {
		List<String> added = refresh(OSV, KnownFault.LIST, Library.inTheBills(), KnownFault.list());
		System.out.println("New in " + KnownFault.LIST + ": " + added);
	}

	@Test
	void newHighFaultIsAddedWithoutAnExceptionAndAKnownOrLowOneIsNot(@TempDir Path folder) throws Exception {
		HttpServer osv = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		answer(osv, "/v1/querybatch",
				"{\"results\":[{\"vulns\":[{\"id\":\"GHSA-aaaa-bbbb-cccc\"},{\"id\":\"GHSA-dddd-eeee-ffff\"},{\"id\":\"GHSA-kkkk-nnnn-wwww\"}]}]}");
		answer(osv, "/v1/vulns/GHSA-aaaa-bbbb-cccc", fault("GHSA-aaaa-bbbb-cccc", "CVE-2099-1", "HIGH"));
		answer(osv, "/v1/vulns/GHSA-dddd-eeee-ffff", fault("GHSA-dddd-eeee-ffff", "CVE-2099-2", "MODERATE"));
		answer(osv, "/v1/vulns/GHSA-kkkk-nnnn-wwww", fault("GHSA-kkkk-nnnn-wwww", "CVE-2099-3", "CRITICAL"));
		osv.start();
		try {
			Path list = folder.resolve("list.csv");
			Files.writeString(list, "# Looked up: 2001-01-01\n" + "x\n");
			Library library = new Library("pkg:maven/a/b", "1.5");
			KnownFault known = new KnownFault("pkg:maven/a/b", "[1,2)", "CVE-2099-3", "", "", "", "");
			assertThat(refresh(URI.create("http://127.0.0.1:" + osv.getAddress().getPort()), list, List.of(library),
					List.of(known)))
				.containsExactly(
						"pkg:maven/a/b;[1.0,2.0);CVE-2099-1;high;https://osv.dev/vulnerability/GHSA-aaaa-bbbb-cccc;2099-01-02;");
			assertThat(Files.readString(list)).contains("Looked up: " + LocalDate.now()).contains("\nx\n");
		}
		finally {
			osv.stop(0);
		}
	}

	private static String fault(String id, String alias, String severity) {
		return """
				{"id":"%s","aliases":["%s"],"published":"2099-01-02T00:00:00Z","database_specific":{"severity":"%s"},
				"affected":[{"package":{"ecosystem":"Maven","name":"a:b"},
				"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"1.0"},{"fixed":"2.0"}]}]}]}""".formatted(id,
				alias, severity);
	}

	private static void answer(HttpServer server, String path, String json) {
		server.createContext(path, (exchange) -> {
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	private List<String> refresh(URI database, Path list, List<Library> jar, List<KnownFault> known)
			throws IOException, InterruptedException {
		List<Map<String, Object>> queries = jar.stream()
			.map((library) -> Map.<String, Object>of("package",
					Map.of("purl", library.name() + "@" + library.version())))
			.toList();
		JsonNode results = ask(HttpRequest.newBuilder(database.resolve("/v1/querybatch"))
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("queries", queries)))))
			.path("results");
		List<String> added = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < results.size(); i++) {
			for (JsonNode found : results.path(i).path("vulns")) {
				String id = found.path("id").asText();
				if (ids.add(jar.get(i).name() + id)) {
					line(jar.get(i), ask(HttpRequest.newBuilder(database.resolve("/v1/vulns/" + id))), known, added);
				}
			}
		}
		String text = Files.readString(list)
			.replaceFirst("Looked up: \\d{4}-\\d{2}-\\d{2}", "Looked up: " + LocalDate.now());
		Files.writeString(list, text + added.stream().map((line) -> line + "\n").reduce("", String::concat));
		return added;
	}

	private static void line(Library library, JsonNode fault, List<KnownFault> known, List<String> added) {
		String severity = fault.path("database_specific").path("severity").asText();
		Set<String> names = new HashSet<>(Set.of(fault.path("id").asText()));
		fault.path("aliases").forEach((alias) -> names.add(alias.asText()));
		if (!Set.of("HIGH", "CRITICAL").contains(severity) || known.stream()
			.anyMatch((each) -> each.library().equals(library.name()) && names.contains(each.id()))) {
			return;
		}
		String id = names.stream()
			.filter((name) -> name.startsWith("CVE"))
			.findFirst()
			.orElse(fault.path("id").asText());
		String name = library.name().replaceFirst("pkg:(npm|maven)/", "").replace('/', ':');
		for (JsonNode affected : fault.path("affected")) {
			if (!affected.path("package").path("name").asText().replace('/', ':').equals(name)) {
				continue;
			}
			for (JsonNode range : affected.path("ranges")) {
				String from = "";
				for (JsonNode event : range.path("events")) {
					from = event.path("introduced").asText(from);
					String until = event.has("fixed") ? event.path("fixed").asText() + ")"
							: event.has("last_affected") ? event.path("last_affected").asText() + "]" : null;
					if (until != null) {
						added.add(String.join(";", library.name(), (from.equals("0") ? "(" : "[" + from) + "," + until,
								id, severity.toLowerCase(java.util.Locale.ROOT),
								"https://osv.dev/vulnerability/" + fault.path("id").asText(),
								fault.path("published").asText().substring(0, 10), ""));
					}
				}
			}
		}
	}

	private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> answer = this.client.send(request.timeout(Duration.ofSeconds(60)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

}
