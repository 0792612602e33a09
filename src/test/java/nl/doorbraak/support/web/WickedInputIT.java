package nl.doorbraak.support.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Pdf;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people type to do harm, through every door: it is refused or it is a text like any
 * other, on the screen as in the log.
 */
@WholeApplication
class WickedInputIT {

	private static final Map<String, String> ANNA = Map.of("Authorization", "Basic YW5uYTpkb29yYnJhYWs=");

	private static final String MARK = "kwaadaardig";

	/** {@code -Praces}: everything in everything; else in turn. */
	private static final boolean WHOLE = Integer.getInteger("races", 20) > 20;

	private static final int PAGES = WHOLE ? 40 : 20;

	private static final String EVERYTHING = String.join(" ", MARK, "${7*7}", "#{7*7}", "[[${7*7}]]", "<#assign x=1>",
			"{{7*7}}", "{{constructor.constructor('alert(1)')()}}", "<script>alert(1)</script>",
			"<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
			"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
			"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "[klik](javascript:alert(1))",
			"![x](http://elders.example/x.png)", "[doorbraak.nl](http://elders.example)");

	private final Town town;

	private final JdbcOwner owner;

	private final RequestMappingHandlerMapping controllers;

	private final Environment settings;

	/** With the application's rights: the engine's tables are not the owner's. */
	private final JdbcClient engine;

	private final Log log = new Log();

	private WebVisitor anna;

	@Autowired
	WickedInputIT(Town town, Environment settings, JdbcClient engine,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
		this.town = town;
		this.owner = new JdbcOwner(town);
		this.controllers = controllers;
		this.settings = settings;
		this.engine = engine;
	}

	@BeforeEach
	void listen() {
		this.anna = WebVisitor.login(this.town, "anna");
		this.log.start();
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this.log);
	}

	@Test
	@Attack(value = "C12", failedWith = "what is refused written in the log")
	void everyFieldOfEveryPageRefusesOrKeepsWhatIsTypedAndTheLogNeverSeesIt() throws IOException {
		try (ServerSocket elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String lookUp = MARK + "${jndi:ldap://127.0.0.1:" + elsewhere.getLocalPort() + "/x}\u001b[31m${env:PATH}";
			String everywhere = encoded(EVERYTHING + " " + lookUp.substring(MARK.length(), lookUp.indexOf('\u001b')));
			List<String> inTurn = List.of(encoded(MARK + "\u0000"), MARK + "%FF%FE", MARK + "%ED%A0%80",
					encoded(MARK + "x".repeat(4001)), encoded(MARK + "x".repeat(100_000)), encoded(lookUp),
					encoded(MARK + "\r\nBcc: x@example.nl, y@example.nl"));
			String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
			List<WebVisitor> people = Stream.of("anna", "mila", "joris", "femke")
				.map((login) -> WebVisitor.login(this.town, login))
				.toList();
			List<String> wrong = new ArrayList<>();
			int asked = 0;
			Map<String, Set<String>> doors = doors();
			assertThat(doors).hasSizeGreaterThan(60);
			for (Map.Entry<String, Set<String>> door : doors.entrySet()) {
				String path = door.getKey()
					.replaceFirst("^(/(casus|controle|tekenen)/)\\*", "$1" + number)
					.replace("*", "1");
				List<String> typed = new ArrayList<>(WHOLE ? inTurn : List.of(inTurn.get(asked % inTurn.size())));
				typed.add(everywhere);
				for (String text : typed) {
					asked++;
					boolean huge = text.length() * door.getValue().size() > 200_000;
					String body = door.getValue()
						.stream()
						.limit(huge ? 1 : 100)
						.map((field) -> field + "=" + text)
						.collect(Collectors.joining("&"));
					for (WebVisitor who : path.contains(number) ? people.subList(0, 1) : people) {
						WebVisitor.Answer answer = who.send("POST", path, body, "application/x-www-form-urlencoded",
								Map.of());
						if (answer.status() >= 500
								|| answer.status() == 302 && text.contains("%FF") && !plain(door.getKey())) {
							wrong.add(answer.status() + " " + path + " "
									+ text.substring(0, Math.min(40, text.length())));
						}
					}
				}
			}
			assertThat(wrong).isEmpty();
			assertThat(this.log.lines).noneMatch((line) -> line.contains(MARK));
			assertNobodyCame(elsewhere);
			this.town.pass(Duration.ZERO);
			assertThat(this.town.database().sql("select subject || body from demo.mail").query(String.class).list())
				.isNotEmpty()
				.noneMatch((mail) -> mail.contains(MARK));
			AttackResults.measured("C12",
					doors.size() + " doors, in each of their fields what harms; texts sent: " + asked);
		}
	}

	/** What takes no text at all. */
	private boolean plain(String door) {
		return doors().get(door).stream().allMatch((field) -> field.equals("x"));
	}

	/** The paths of our pages where something is sent, with the fields that they read. */
	private Map<String, Set<String>> doors() {
		Map<String, Set<String>> doors = new LinkedHashMap<>();
		this.controllers.getHandlerMethods().forEach((mapping, method) -> {
			if (!mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
				return;
			}
			Set<String> fields = new TreeSet<>(Set.of("x"));
			for (MethodParameter parameter : method.getMethodParameters()) {
				fields.addAll(fields(parameter));
			}
			mapping.getPatternValues()
				.stream()
				.map((path) -> path.replaceAll("\\{[^}]+}", "*"))
				.filter((path) -> !path.startsWith("/api/") && !path.startsWith("/demo")
						&& !path.equals("/controle/keten"))
				.forEach((path) -> doors.put(path, fields));
		});
		return doors;
	}

	private static Set<String> fields(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type.isRecord()) {
			return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toSet());
		}
		RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
		boolean plain = type == String.class || type == int.class || type == long.class;
		if (asked == null && !plain || parameter.hasParameterAnnotation(PathVariable.class)) {
			return Set.of();
		}
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		String name = (asked != null && !asked.value().isEmpty()) ? asked.value() : parameter.getParameterName();
		return (name != null) ? Set.of(name) : Set.of();
	}

	@Test
	@Attack(value = "F01", failedWith = "text of a case put in the page as markup")
	@Attack(value = "F02", failedWith = "words of a resident in a text of a form, which is read as Markdown")
	@Attack(value = "C05", failedWith = "a field of a form evaluated by the engine")
	@Attack(value = "C06", failedWith = "a field of the plan processed as a template")
	@Attack(value = "C07", failedWith = "words of a resident put in the form that Tasklist reads")
	void whatIsTypedStandsOnTheScreenAsItWasTyped() throws IOException {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", EVERYTHING, "involved", EVERYTHING, "residentSays", EVERYTHING));
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", EVERYTHING, "firstBreakthrough", EVERYTHING, "perspectiveShared", "yes"));
		List<String> strange = Collections.synchronizedList(new ArrayList<>());
		SoftAssertions shown = new SoftAssertions();
		try (Screens screens = Screens.open()) {
			Screen screen = screens.screen(this.town.address(), "anna");
			Page page = screen.page();
			page.onDialog((dialog) -> {
				strange.add("dialog " + dialog.message());
				dialog.dismiss();
			});
			page.onRequest((request) -> {
				if (!request.url().startsWith(this.town.address()) && !request.url().startsWith("data:")) {
					strange.add("request " + request.url());
				}
			});
			for (String path : List.of("/casus/" + number, "/casus/" + number + "/plan")) {
				screen.open(path);
				page.waitForTimeout(100);
				assertAsTyped(shown, path, page.locator("main").textContent());
				shown
					.assertThat(page.locator("main img, main a[href^='javascript'], main a[href*='elders'], main math")
						.count())
					.as("markup on " + path)
					.isZero();
			}
			Tasklist tasklist = screen.tasklist().open(number, "Besluit lokaal");
			page.waitForTimeout(300);
			assertAsTyped(shown, "Tasklist", String.valueOf(page.evaluate(
					"[...document.querySelectorAll('.fjs-container textarea, .fjs-container input')].map(e => e.value).join(' | ') + document.querySelector('.fjs-container').innerText")));
			shown.assertThat(
					tasklist.form().locator("img, script, iframe, a[href*='elders'], a[href^='javascript']").count())
				.as("markup in Tasklist")
				.isZero();
		}
		assertAsTyped(shown, "PDF", report(number));
		shown.assertThat(strange).isEmpty();
		shown.assertAll();
	}

	/** Wherever it stands, all of it stands there. */
	private static void assertAsTyped(SoftAssertions shown, String where, String text) {
		String typed = EVERYTHING.replaceAll("\\s", "");
		String all = text.replaceAll("\\s", "");
		int times = all.split(MARK, -1).length - 1;
		shown.assertThat(all.split(java.util.regex.Pattern.quote(typed), -1).length - 1)
			.as("as it was typed, of %d times on %s: %s", times, where,
					all.substring(Math.max(0, all.indexOf(MARK)), Math.min(all.length(), all.indexOf(MARK) + 700)))
			.isEqualTo(times);
		shown.assertThat(times).as("times on " + where).isPositive();
	}

	/** The PDF of an auditor's pack. */
	private String report(String number) throws IOException {
		WebVisitor.Answer pack = WebVisitor.login(this.town, "joris")
			.form("/controle/" + number + "/bewijspakket",
					Map.of("names", "shown", "purpose", "complaint", "why", "x"));
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(pack.bytes()))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (entry.getName().equals("verslag.pdf")) {
					return Pdf.text(zip.readAllBytes());
				}
			}
		}
		throw new AssertionError("No report: " + pack.status());
	}

	@Test
	@Attack(value = "G05", failedWith = "no limit on the reason of an act")
	void textThatIsTooLongIsRefusedWithTheLimit() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		String definition = this.engine.sql(
				"select id_ from camunda.act_re_procdef where key_ = 'escalation-ladder' order by version_ desc limit 1")
			.query(String.class)
			.single();
		for (int length : List.of(4001, 100_000)) {
			String text = "x".repeat(length);
			Map<String, Map.Entry<Integer, String>> said = new LinkedHashMap<>();
			WebVisitor.Answer page = this.anna.form("/casus/" + number + "/intrekken", Map.of("reason", text));
			said.put("page", Map.entry(page.status(), page.body()));
			Town.Answer api = this.town.as("anna").post("/api/v1/cases", Map.of("whatIsStuck", text));
			said.put("API", Map.entry(api.status(), api.text()));
			Town.Answer act = this.town.as("anna")
				.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", text));
			said.put("act", Map.entry(act.status(), act.text()));
			WebVisitor.Answer form = this.anna.post(ENGINE + "process-definition/" + definition + "/submit-form",
					Map.of("variables", Map.of("whatIsStuck", Map.of("value", text, "type", "String"))));
			said.put("Tasklist", Map.entry(form.status(), form.body()));
			said.forEach((door, answer) -> {
				assertThat(answer.getKey()).as(door + " " + length).isEqualTo(400);
				assertThat(answer.getValue()).as(door + " " + length).containsPattern("hoogstens (1000|4000) tekens");
			});
		}
	}

	@Test
	@Attack(value = "E08", failedWith = "addresses not searched for numbers of people")
	void numberOfAPersonInAnAddressIsRefusedAndInNoLog() {
		String canary = canary();
		for (String path : List.of("/casus/" + canary, "/?naam=" + canary, "/controle/zoeken?wie=" + canary,
				"/api/v1/cases/" + canary, ENGINE + "task?name=" + canary,
				"/login?x=" + canary.substring(0, 4) + "." + canary.substring(4, 7) + "." + canary.substring(7))) {
			WebVisitor.Answer answer = this.anna.get(path);
			assertThat(answer.status()).as(path).isEqualTo(400);
			assertThat(answer.told()).doesNotContain(canary);
		}
		assertThat(
				this.anna.send("GET", "/", null, null, Map.of("Referer", "https://x.example/?bsn=" + canary)).status())
			.isEqualTo(400);
		assertThat(this.anna.get("/").status()).isEqualTo(200);
		assertThat(this.log.lines).noneMatch((line) -> line.contains(canary));
		assertThat(this.settings.getProperty("server.tomcat.accesslog.enabled", Boolean.class, false)).isFalse();
	}

	/** Nine digits that pass the eleven-test, others each time. */
	private static String canary() {
		return Stream.generate(() -> 100_000_000 + (int) (Math.random() * 899_999_999))
			.map(String::valueOf)
			.filter(nl.doorbraak.support.CitizenNumber::is)
			.findFirst()
			.orElseThrow();
	}

	@Test
	@Attack(value = "E09", failedWith = "the whole failure written in the log")
	void whatTheDatabaseRefusesIsToldInGeneralAndTheLogLacksIt() {
		String canary = canary();
		assertThat(this.settings.getProperty("spring.datasource.hikari.data-source-properties.logServerErrorDetail"))
			.isEqualTo("false");
		assertThat(this.owner.setting("log_error_verbosity")).isEqualTo("terse");
		this.anna.get("/");
		assertFault(canary, "add constraint broken check (what_is_stuck <> '" + canary + "') not valid");
		assertFault(canary,
				"add constraint broken check (what_is_stuck !~ '^[0-9]{9}$' or (what_is_stuck || 'x')::int > 0) not valid");
		assertThat(this.town.as("anna").post("/api/v1/cases", Map.of("whatIsStuck", canary)).status()).isEqualTo(201);
		assertFault(canary,
				"add constraint broken exclude (what_is_stuck with =) where (what_is_stuck = '" + canary + "')");
		assertThat(this.log.lines).as("the log was heard").anyMatch((line) -> line.contains("Fault"));
		assertThat(this.log.lines).noneMatch((line) -> line.contains(canary));
		this.town.workDue();
	}

	private void assertFault(String canary, String broken) {
		this.owner.run("alter table doorbraak.case_file " + broken);
		try {
			Town.Answer answer = this.town.as("anna").post("/api/v1/cases", Map.of("whatIsStuck", canary));
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.text()).doesNotContain(canary, "Exception", "case_file", "broken");
		}
		finally {
			this.owner.run("alter table doorbraak.case_file drop constraint broken");
		}
	}

	@Test
	@Attack(value = "G03", failedWith = "a field bsn on a page")
	void nothingHereHasAPlaceForABurgerservicenummer() throws IOException {
		String name = "(?i).*(bsn|burgerservice|citizen|sofi|ssn|socialsecurity|social_security).*";
		assertThat(this.owner.columns()).hasSizeGreaterThan(500).noneMatch((column) -> column.matches(name));
		assertThat(doors().values().stream().flatMap(Set::stream)).noneMatch((field) -> field.matches(name));
		for (var form : new org.springframework.core.io.support.PathMatchingResourcePatternResolver()
			.getResources("classpath*:forms/*.form")) {
			assertThat(form.getContentAsString(StandardCharsets.UTF_8)).as(form.getFilename())
				.doesNotContainPattern("\"key\": \"" + name.substring(4).replace(".*", "[A-Za-z]*"));
		}
		assertThat(this.town.as("anna")
			.post("/api/v1/cases", Map.of("whatIsStuck", "x", "caseSystemNumber", canary()))
			.message()).contains("burgerservicenummer");
		for (String field : List.of("bsn", "burgerservicenummer", "citizenServiceNumber")) {
			assertThat(this.town.as("anna")
				.send(HttpMethod.POST, "/api/v1/cases", Map.of("whatIsStuck", "x", field, canary()))
				.status()).isEqualTo(400);
		}
	}

	@Test
	@Attack(value = "C08", failedWith = "XML read at the door")
	void noDoorReadsXmlAndNothingIsFetchedForIt() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		elsewhere.createContext("/", (exchange) -> {
			asked.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
		});
		elsewhere.start();
		try {
			String external = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'http://127.0.0.1:"
					+ elsewhere.getAddress().getPort() + "/x'>]><definitions>&e;</definitions>";
			assertRefused(external, asked);
		}
		finally {
			elsewhere.stop(0);
		}
	}

	private void assertRefused(String xml, AtomicInteger asked) {
		Set<String> doors = new TreeSet<>(doors().keySet());
		doors.addAll(List.of("/api/v1/cases", ENGINE + "deployment/create", "/engine-rest/deployment/create",
				ENGINE + "process-definition/x/submit-form", ENGINE + "decision-definition/x/evaluate"));
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		int every = WHOLE ? 1 : 3;
		doors.removeIf((door) -> door.hashCode() % every != 0 && !door.contains("/api/") && !door.contains("import"));
		AttackResults.measured("C08", doors.size() + " doors");
		for (String door : doors) {
			for (WebVisitor who : WHOLE ? List.of(this.anna, femke)
					: List.of((door.length() % 2 == 0) ? this.anna : femke)) {
				long begun = System.nanoTime();
				WebVisitor.Answer answer = who.send("POST", door.replace("*", "1"), xml, "application/xml", Map.of());
				assertThat(asked).as("requests to the address in the file, by " + door).hasValue(0);
				assertThat(answer.status()).as(door).isBetween(302, 415);
				// The first page of a kind takes two seconds on a crowded machine.
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(door).isLessThan(Duration.ofSeconds(10));
			}
		}
	}

	@Test
	@Attack(value = "C09",
			failedWith = "a body of any size waited for, and XML read with its entities before the room is asked")
	void bombsAndHugeModelsAreRefusedAtOnceAndTakeNoRoom() throws IOException {
		long before = used();
		StringBuilder bomb = new StringBuilder("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>");
		for (int i = 1; i < 10; i++) {
			bomb.append("<!ENTITY a%d '%s'>".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
		}
		bomb.append("]><definitions>&a9;</definitions>");
		for (String xml : List.of(bomb.toString(), "<a>".repeat(10_000) + "</a>".repeat(10_000))) {
			for (String door : List.of("/api/v1/cases", "/mandaten/importeren", ENGINE + "deployment/create")) {
				long took = Long.MAX_VALUE;
				for (int i = 0; i < 3 && took > 2e9; i++) {
					long begun = System.nanoTime();
					assertThat(this.anna.send("POST", door, xml, "application/xml", ANNA).status()).as(door)
						.isBetween(400, 415);
					took = System.nanoTime() - begun;
				}
				assertThat(Duration.ofNanos(took)).as(door).isLessThan(Duration.ofSeconds(2));
			}
		}
		String model = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\n%s";
		for (String door : List.of(
				model.formatted("/api/v1/cases", "Authorization: " + ANNA.get("Authorization") + "\r\n"),
				model.formatted(ENGINE + "deployment/create", ""))) {
			long took = Long.MAX_VALUE;
			// A crowded machine is slow at times; who waits for the rest is slow each
			// time.
			for (int i = 0; i < 3 && took > 2e9; i++) {
				long begun = System.nanoTime();
				assertThat(status(door + "Content-Length: 52428800\r\nConnection: close\r\n\r\n<x>")).as(door)
					.isIn(400, 401, 403, 404, 413);
				took = System.nanoTime() - begun;
			}
			// The engine's door, shut to strangers, took three to four seconds on a
			// crowded machine.
			assertThat(Duration.ofNanos(took)).as(door)
				.isLessThan(Duration.ofSeconds(door.contains("/api/v1/") ? 2 : 10));
			sendFiftyMegabytes(door);
		}
		assertThat(used() - before).isLessThan(100L * 1024 * 1024);
	}

	/** Whatever happens to them: who sends too much may be hung up on. */
	private void sendFiftyMegabytes(String door) throws IOException {
		byte[] piece = ("100000\r\n" + "<a>xxxxxxxxxxxx</a>".repeat(55_189).substring(0, 0x100000) + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		try (Socket socket = open(door + "Transfer-Encoding: chunked\r\n\r\n")) {
			for (int i = 0; i < 50; i++) {
				socket.getOutputStream().write(piece);
			}
		}
		catch (java.net.SocketException ex) {
			// hung up
		}
	}

	private static long used() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static void assertNobodyCame(ServerSocket elsewhere) throws IOException {
		elsewhere.setSoTimeout(50);
		try (Socket who = elsewhere.accept()) {
			throw new AssertionError("Somebody came: " + who);
		}
		catch (SocketTimeoutException ex) {
			// as it must be
		}
	}

	@Test
	void whoLeavesWhileAFileIsSentIsNoFault() throws IOException {
		String file = "/vendor/vega-6.4.0/vega.min.js";
		for (int i = 0; i < 10; i++) {
			try (Socket socket = open("GET " + file + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				socket.setSoLinger(true, 0);
			}
			assertThat(this.anna.get(file).status()).isEqualTo(200);
		}
		assertThat(this.log.lines).noneMatch((line) -> line.contains("Fault"));
	}

	@Test
	@Attack(value = "G09", failedWith = "who says nothing waited for two minutes")
	void twoHundredSlowSendersHardlySlowOthersAndAreLetGo() throws IOException {
		assertThat(status(
				"POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YW5uYTpkb29yYnJhYWs=\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
						+ ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat(40)))
			.as("chunks without end")
			.isEqualTo(413);
		assertThat(status(
				"POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YW5uYTpkb29yYnJhYWs=\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
			.as("a wrong type")
			.isEqualTo(415);
		assertThat(status(
				"POST /casus/x/stukken HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
			.as("no length")
			.isEqualTo(411);
		List<Socket> slow = new ArrayList<>();
		try {
			// A crowded machine is slow at times; who waits for the slow is slow each
			// time.
			for (int round = 0; round < 3 && !hardlySlowsOthers(slow); round++) {
				assertThat(round).as("round in which others were slow").isLessThan(2);
			}
			slow.get(1).setSoTimeout(15_000);
			assertThat(slow.get(1).getInputStream().readAllBytes().length).isLessThan(10_000);
			slow.get(0).setSoTimeout(15_000);
			String let = new String(slow.get(0).getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
			assertThat(let).matches("|HTTP/1.1 4..");
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
	}

	/** Whether pages take at most twice as long once 200 slow senders have come. */
	private boolean hardlySlowsOthers(List<Socket> slow) throws IOException {
		for (Socket before : slow) {
			before.close();
		}
		slow.clear();
		double quiet = slowest();
		for (int i = 0; i < 200; i++) {
			slow.add(open(
					"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
							+ ((i % 2 == 0) ? "Content-Length: 1000\r\n\r\nx" : "X-Slow: ")));
		}
		double busy = slowest();
		AttackResults.measured("G09",
				"p95 of %d pages %.1f ms without and %.1f ms with 200 slow senders".formatted(PAGES, quiet, busy));
		return busy < Math.max(2 * quiet, quiet + 100);
	}

	private double slowest() {
		List<Double> times = new ArrayList<>();
		for (int i = 0; i < PAGES; i++) {
			long begun = System.nanoTime();
			assertThat(this.anna.get("/instrumenten").status()).isEqualTo(200);
			times.add((System.nanoTime() - begun) / 1e6);
		}
		return times.stream().sorted().skip(PAGES * 95L / 100 - 1).findFirst().orElseThrow();
	}

	private Socket open(String begin) throws IOException {
		Socket socket = new Socket("127.0.0.1", URI.create(this.town.address()).getPort());
		socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		return socket;
	}

	@Test
	void whatTheServerItselfRefusesIsToldInOurWords() throws IOException {
		for (String request : List.of("GET /%00 HTTP/1.1\r\nHost: localhost", "GET /a%2Fb HTTP/1.1\r\nHost: localhost",
				"GET /../.. HTTP/1.1\r\nHost: localhost", "GET /" + MARK + "[ HTTP/1.1\r\nHost: localhost",
				"GET /login HTTP/1.1\r\nHost: localhost\r\n" + MARK, "GET /login HTTP/1.1", MARK,
				"GET /login HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000))) {
			try (Socket socket = open(request + "\r\nConnection: close\r\n\r\n")) {
				socket.setSoTimeout(15_000);
				String shown = request.substring(0, Math.min(60, request.length()));
				String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				assertThat(answer).as(shown)
					.startsWith("HTTP/1.1 400")
					.contains("Dit verzoek kan niet worden gelezen", "lang=\"nl\"", "X-Content-Type-Options: nosniff",
							"Content-Security-Policy: default-src 'self'", "X-Frame-Options: DENY",
							"Cache-Control: no-cache, no-store")
					.doesNotContain("HTTP Status", "Bad Request", "Tomcat", "Exception", "\tat ", MARK);
			}
		}
	}

	private int status(String request) throws IOException {
		try (Socket socket = open(request)) {
			socket.setSoTimeout(15_000);
			InputStream in = socket.getInputStream();
			return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
		}
	}

	@Test
	@Attack(value = "G10", failedWith = "no limit on searches at once")
	void manySearchesAtOnceLeaveRoomForTheRest() throws Exception {
		List<WebVisitor> people = Stream.of("joris", "anna", "mila")
			.map((login) -> WebVisitor.login(this.town, login))
			.toList();
		List<String> searches = List.of("/controle/zoeken?wie=%25%25%25&casus=%25", "/voorbeelden?zoek=(a%2B)%2B%24",
				"/mandaten?zoek=.*.*.*%25_");
		ExecutorService crowd = Executors.newFixedThreadPool(60);
		List<Future<WebVisitor.Answer>> answers = new ArrayList<>();
		int searched = WHOLE ? 1000 : 300;
		for (int i = 0; i < searched; i++) {
			WebVisitor who = people.get(i % people.size());
			String search = searches.get(i % people.size());
			answers.add(crowd.submit(() -> who.get(search)));
		}
		long begun = System.nanoTime();
		this.town.workDue();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("what is due").isLessThan(Duration.ofSeconds(5));
		Map<Integer, Long> told = new LinkedHashMap<>();
		for (Future<WebVisitor.Answer> answer : answers) {
			told.merge(answer.get().status(), 1L, Long::sum);
			if (answer.get().status() == 429 || answer.get().status() == 503) {
				assertThat(answer.get().header("Retry-After")).isEqualTo("2");
				assertThat(answer.get().body()).contains("te veel tegelijk gezocht");
			}
		}
		crowd.shutdown();
		AttackResults.measured("G10", searched + " searches, 60 at once: " + told);
		assertThat(told.keySet()).isSubsetOf(200, 400, 429, 503).containsAnyOf(429, 503);
		assertThat(this.anna.get("/voorbeelden").status()).isEqualTo(200);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** Who may change tables. */
	private record JdbcOwner(Town town) {

		void run(String sql) {
			this.town.database().sql(sql).update();
		}

		String setting(String name) {
			return this.town.database().sql("show " + name).query(String.class).single();
		}

		List<String> columns() {
			return this.town.database()
				.sql("select table_name || '.' || column_name from information_schema.columns where table_schema in ('doorbraak', 'camunda')")
				.query(String.class)
				.list();
		}

	}

	private static final class Log extends AppenderBase<ILoggingEvent> {

		private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

		@Override
		protected void append(ILoggingEvent event) {
			// What the database itself writes is the owner's: docs/operations.md, E09.
			if (event.getLoggerName().contains("EmbeddedPostgres")) {
				return;
			}
			this.lines.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
		}

	}

}
