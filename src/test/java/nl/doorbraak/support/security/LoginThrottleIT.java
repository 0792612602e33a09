package nl.doorbraak.support.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who guesses is slowed by address and told of; nobody is locked out. The addresses are
 * this machine's own, each another one to the server.
 */
@WholeApplication
class LoginThrottleIT {

	private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: ([^=]+=[^;]+)");

	private final Town town;

	@Autowired
	LoginThrottleIT(Town town) {
		this.town = town;
	}

	@AfterEach
	void forget() {
		this.town.database().sql("delete from doorbraak.login_failure").update();
	}

	@Test
	@Attack(value = "B01", failedWith = "no address is slowed")
	void attackerIsSlowedAndTheManagerGetsInFromElsewhere() throws IOException {
		List<Integer> answers = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			answers.add(status(basic("127.0.0.2", "mila", "geraden" + i)));
		}
		assertThat(answers.subList(0, 10)).containsOnly(401);
		assertThat(answers.subList(10, 50)).containsOnly(429);
		assertThat(basic("127.0.0.2", "mila", "doorbraak")).as("also with the right one")
			.startsWith("HTTP/1.1 429")
			.contains("Retry-After: 300", "Wacht vijf minuten");
		assertThat(login("127.0.0.2", "mila", "doorbraak")).startsWith("HTTP/1.1 429");
		assertThat(status(basic("127.0.0.3", "mila", "doorbraak"))).isEqualTo(200);
		assertThat(login("127.0.0.3", "mila", "doorbraak")).startsWith("HTTP/1.1 302").doesNotContain("error");
		this.town.database().sql("update doorbraak.login_failure set at = at - interval '6 minutes'").update();
		assertThat(status(basic("127.0.0.2", "mila", "doorbraak"))).as("after five minutes").isEqualTo(200);
		AttackResults.measured("B01",
				"50 wrong passwords: 10 answered 401, 40 answered 429; the manager at once from another address");
	}

	@Test
	@Attack(value = "B03", failedWith = "no address is slowed, nobody counts failures")
	void onePasswordOnFiveHundredNamesIsSlowedAndToldWithinFiveMinutes() throws IOException {
		this.town.database().sql("delete from doorbraak.alert where kind = 'loginsTried'").update();
		int slowed = 0;
		for (int source = 1; source <= 50; source++) {
			for (int name = 0; name < 10; name++) {
				int status = status(basic("127.0.1." + source, "naam" + source + "x" + name, "Welkom01"));
				assertThat(status).isIn(401, 429);
				slowed += (status == 429) ? 1 : 0;
			}
		}
		assertThat(slowed).isEqualTo(250);
		assertThat(this.town.database()
			.sql("select distinct recipient_login from doorbraak.alert where kind = 'loginsTried'")
			.query(String.class)
			.list()).contains("femke");
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.audit_line where act = 'loginsTried' and facts like '%\"failures\":50%'")
			.query(Long.class)
			.single()).isPositive();
		AttackResults.measured("B03",
				"500 names from 50 addresses: 250 answered 429, administrators told at the fiftieth failure");
	}

	private String basic(String from, String login, String password) throws IOException {
		String who = Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
		return send(from, "GET /api/v1/tasks HTTP/1.1\r\nAuthorization: Basic " + who + "\r\n", "");
	}

	/** As the page does it: with the cookies and the token that it came with. */
	private String login(String from, String login, String password) throws IOException {
		String page = send(from, "GET /login HTTP/1.1\r\n", "");
		Map<String, String> cookies = new LinkedHashMap<>();
		COOKIE.matcher(page).results().forEach((match) -> {
			String[] pair = match.group(1).split("=", 2);
			cookies.put(pair[0], pair[1]);
		});
		String all = cookies.entrySet()
			.stream()
			.map((each) -> each.getKey() + "=" + each.getValue())
			.collect(Collectors.joining("; "));
		String body = "username=" + login + "&password=" + password + "&_csrf=" + cookies.get("XSRF-TOKEN");
		return send(from, "POST /login HTTP/1.1\r\nCookie: " + all
				+ "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n",
				body);
	}

	private String send(String from, String head, String body) throws IOException {
		URI address = URI.create(this.town.address());
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
			socket.connect(new InetSocketAddress("127.0.0.1", address.getPort()));
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write((head + "Host: localhost\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static int status(String answer) {
		return Integer.parseInt(answer.substring(9, 12));
	}

}
