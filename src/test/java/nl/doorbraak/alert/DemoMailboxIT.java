package nl.doorbraak.alert;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What the demo shows of alerts: the mailbox page and the table on the case page. */
@WholeApplication
class DemoMailboxIT {

	private final Town town;

	private final AlertWorker worker;

	@Autowired
	DemoMailboxIT(Town town, AlertWorker worker) {
		this.town = town;
		this.worker = worker;
	}

	@Test
	void mailLiesInTheMailboxAndTheCasePageSaysWhoGotIt() throws Exception {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Niets <b>past</b>.", "lifeDomains", List.of("money")));
		this.worker.doDue();
		Browser anna = new Browser(this.town.address(), "anna");
		String mailbox = anna.get("/demo/postvak");
		assertThat(mailbox).contains("[" + number + "] Er ligt een casus bij u", "karim@waterdam.example",
				"/casus/" + number, "href=\"/demo/postvak\"");
		assertThat(mailbox.indexOf(number)).as("newest first").isPositive();
		assertThat(anna.get("/casus/" + number)).contains("Berichten", "Casus op dit niveau",
				"Karim Haddou (casusregisseur)", "verstuurd");
	}

	/** Somebody who logged in on the login page. */
	private static final class Browser {

		private final HttpClient client;

		private final String address;

		private final CookieManager cookies = new CookieManager();

		Browser(String address, String login) throws Exception {
			this.address = address;
			this.client = HttpClient.newBuilder()
				.cookieHandler(this.cookies)
				.followRedirects(HttpClient.Redirect.NORMAL)
				.build();
			get("/login");
			String token = this.cookies.getCookieStore()
				.getCookies()
				.stream()
				.filter((cookie) -> cookie.getName().equals("XSRF-TOKEN"))
				.findFirst()
				.orElseThrow()
				.getValue();
			String form = "username=" + login + "&password=doorbraak&_csrf="
					+ URLEncoder.encode(token, StandardCharsets.UTF_8);
			this.client.send(HttpRequest.newBuilder(URI.create(address + "/login"))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(form))
				.build(), HttpResponse.BodyHandlers.ofString());
		}

		String get(String path) throws Exception {
			HttpResponse<String> answer = this.client.send(
					HttpRequest.newBuilder(URI.create(this.address + path)).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			return answer.body();
		}

	}

}
