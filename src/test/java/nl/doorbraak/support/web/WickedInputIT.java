package nl.doorbraak.support.web;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Tasklist;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
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

	private static final String MARK = "kwaadaardig";

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

	private final Log log = new Log();

	private WebVisitor anna;

	@Autowired
	WickedInputIT(Town town, Environment settings,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
		this.town = town;
		this.owner = new JdbcOwner(town);
		this.controllers = controllers;
		this.settings = settings;
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
	void everyFieldOfEveryPageRefusesOrKeepsWhatIsTypedAndTheLogNeverSeesIt() throws IOException {
		try (ServerSocket elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String lookUp = MARK + "${jndi:ldap://127.0.0.1:" + elsewhere.getLocalPort() + "/x}\u001b[31m${env:PATH}";
			List<String> typed = List.of(encoded(MARK + "\u0000"), MARK + "%FF%FE", MARK + "%ED%A0%80",
					encoded(MARK + "x".repeat(4001)), encoded(MARK + "x".repeat(100_000)), encoded(lookUp),
					encoded(MARK + "\r\nBcc: x@example.nl, y@example.nl"), encoded(EVERYTHING));
			String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
			List<WebVisitor> people = Stream.of("anna", "mila", "joris", "femke")
				.map((login) -> WebVisitor.login(this.town, login))
				.toList();
			List<String> wrong = new ArrayList<>();
			int turn = 0;
			Map<String, Set<String>> doors = doors();
			assertThat(doors).hasSizeGreaterThan(60);
			for (Map.Entry<String, Set<String>> door : doors.entrySet()) {
				String path = door.getKey()
					.replaceFirst("^(/(casus|controle|tekenen)/)\\*", "$1" + number)
					.replace("*", "1");
				for (String text : typed) {
					boolean huge = text.length() * door.getValue().size() > 200_000;
					String body = door.getValue()
						.stream()
						.limit(huge ? 1 : 100)
						.map((field) -> field + "=" + text)
						.collect(Collectors.joining("&"));
					WebVisitor who = people.get(path.contains(number) ? 0 : turn++ % people.size());
					WebVisitor.Answer answer = who.send("POST", path, body, "application/x-www-form-urlencoded",
							Map.of());
					if (answer.status() >= 500
							|| answer.status() == 302 && text.contains("%FF") && !plain(door.getKey())) {
						wrong.add(answer.status() + " " + path + " " + text.substring(0, Math.min(40, text.length())));
					}
				}
			}
			assertThat(wrong).isEmpty();
			assertThat(this.log.lines).noneMatch((line) -> line.contains(MARK));
			assertNobodyCame(elsewhere);
			AttackResults.measured("C12", doors.size() + " doors, " + typed.size() + " texts in each of their fields");
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
	void whatIsTypedStandsOnTheScreenAsItWasTyped() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", EVERYTHING, "involved", EVERYTHING, "residentSays", EVERYTHING));
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", EVERYTHING, "firstBreakthrough", EVERYTHING, "perspectiveShared", "yes"));
		List<String> strange = Collections.synchronizedList(new ArrayList<>());
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
			for (String path : List.of("/", "/casus/" + number, "/casus/" + number + "/plan",
					"/casus/" + number + "/delen")) {
				screen.open(path);
				page.waitForTimeout(200);
			}
			screen.open("/casus/" + number);
			assertThat(page.locator("main").innerText().replaceAll("\\s+", " ")).contains(EVERYTHING);
			assertThat(page.locator("main img, main a[href^='javascript'], main a[href*='elders'], main math").count())
				.isZero();
			Tasklist tasklist = screen.tasklist().open(number, "Besluit lokaal");
			page.waitForTimeout(500);
			String shown = String.valueOf(page.evaluate(
					"[...document.querySelectorAll('.fjs-container textarea, .fjs-container input')].map(e => e.value).join(' | ') + document.querySelector('.fjs-container').innerText"));
			assertThat(shown.replaceAll("\\s+", " ")).contains(EVERYTHING);
			assertThat(tasklist.form().locator("img, script, iframe, a[href*='elders'], a[href^='javascript']").count())
				.isZero();
		}
		assertThat(strange).isEmpty();
	}

	@Test
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
	void noDoorReadsXmlAndNothingIsFetchedForIt() throws IOException {
		try (ServerSocket elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'http://127.0.0.1:"
					+ elsewhere.getLocalPort()
					+ "/x'><!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><definitions>&e;&c;"
					+ "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</definitions>";
			Set<String> doors = new TreeSet<>(doors().keySet());
			doors.addAll(List.of("/api/v1/cases", ENGINE + "deployment/create", "/engine-rest/deployment/create",
					ENGINE + "process-definition/x/submit-form", ENGINE + "decision-definition/x/evaluate"));
			WebVisitor femke = WebVisitor.login(this.town, "femke");
			for (String door : doors) {
				for (WebVisitor who : List.of(this.anna, femke)) {
					long begun = System.nanoTime();
					WebVisitor.Answer answer = who.send("POST", door.replace("*", "1"), bomb, "application/xml",
							Map.of());
					assertThat(answer.status()).as(door).isBetween(302, 415);
					assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(door).isLessThan(Duration.ofSeconds(2));
				}
			}
			assertNobodyCame(elsewhere);
		}
		long begun = System.nanoTime();
		long before = used();
		assertThat(status("POST " + ENGINE
				+ "deployment/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 52428800\r\nConnection: close\r\n\r\n<x>"))
			.isIn(400, 401, 403, 404, 413);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
		assertThat(used() - before).isLessThan(100L * 1024 * 1024);
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
	void twoHundredSlowSendersHardlySlowOthersAndAreLetGo() throws IOException {
		assertThat(status(
				"POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YW5uYTpkb29yYnJhYWs=\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
						+ ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat(40)))
			.as("chunks without end")
			.isEqualTo(413);
		double quiet = slowest();
		List<Socket> slow = new ArrayList<>();
		try {
			for (int i = 0; i < 200; i++) {
				Socket socket = open(
						"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
								+ ((i % 2 == 0) ? "Content-Length: 1000\r\n\r\nx" : "X-Slow: "));
				slow.add(socket);
			}
			double busy = slowest();
			AttackResults.measured("G09",
					"p95 of 40 pages %.1f ms without and %.1f ms with 200 slow senders".formatted(quiet, busy));
			assertThat(busy).isLessThan(Math.max(2 * quiet, quiet + 100));
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

	private double slowest() {
		List<Double> times = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			long begun = System.nanoTime();
			assertThat(this.anna.get("/instrumenten").status()).isEqualTo(200);
			times.add((System.nanoTime() - begun) / 1e6);
		}
		return times.stream().sorted().skip(37).findFirst().orElseThrow();
	}

	private Socket open(String begin) throws IOException {
		Socket socket = new Socket("127.0.0.1", URI.create(this.town.address()).getPort());
		socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		return socket;
	}

	private int status(String request) throws IOException {
		try (Socket socket = open(request)) {
			socket.setSoTimeout(15_000);
			InputStream in = socket.getInputStream();
			return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
		}
	}

	@Test
	void aThousandSearchesAtOnceLeaveRoomForTheRest() throws Exception {
		List<WebVisitor> people = Stream.of("joris", "anna", "mila")
			.map((login) -> WebVisitor.login(this.town, login))
			.toList();
		List<String> searches = List.of("/controle/zoeken?wie=%25%25%25&casus=%25", "/voorbeelden?zoek=(a%2B)%2B%24",
				"/mandaten?zoek=.*.*.*%25_");
		ExecutorService crowd = Executors.newFixedThreadPool(60);
		List<Future<WebVisitor.Answer>> answers = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
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
		AttackResults.measured("G10", "1,000 searches, 60 at once: " + told);
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
			this.lines.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
		}

	}

}
