package nl.doorbraak.alert.sms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.alert.Carrier;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text messages beside the mail near the event, by a provider that is there or is not.
 */
@WholeApplication
class TextMessagesIT {

	private static final String KEY = "doorbraak-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";

	private static final String TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a";

	private final Town town;

	private final Post post;

	private final Watchdog watchdog;

	private final DefaultListableBeanFactory beans;

	private final Clock clock;

	private final List<JsonNode> received = new CopyOnWriteArrayList<>();

	private volatile int status = 201;

	private HttpServer provider;

	private LocalDate event = LocalDate.EPOCH;

	@Autowired
	TextMessagesIT(Town town, DefaultListableBeanFactory beans, Clock clock, Post post, Watchdog watchdog) {
		this.post = post;
		this.watchdog = watchdog;
		this.town = town;
		this.beans = beans;
		this.clock = clock;
	}

	@BeforeEach
	void milaHasAMobileTelephoneAndPaulHasNot() throws IOException {
		this.town.clear();
		this.town.database().sql("update doorbraak.officer set phone = '06 12345678' where login = 'mila'").update();
		this.provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.provider.createContext("/v2/notifications/sms", (exchange) -> {
			this.received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
			exchange.sendResponseHeaders(this.status, -1);
			exchange.close();
		});
		this.provider.start();
	}

	@AfterEach
	void off() {
		this.beans.destroySingleton("textCarrier");
		this.provider.stop(0);
		this.town.database().sql("update doorbraak.officer set phone = '0900 90 01 10' where login = 'mila'").update();
		this.town.clear();
	}

	@Test
	void nobodyGetsATextMessageUnlessTheSettingsNameAProvider() {
		String number = alarmed();
		assertThat(messages(number, "sms")).isEmpty();
		assertThat(messages(number, "mail")).isNotEmpty();
		assertThat(this.received).isEmpty();
	}

	@Test
	void whoHasAMobileTelephoneGetsOneSentenceBesideTheMail() {
		on();
		String number = alarmed();
		assertThat(messages(number, "sms")).isNotEmpty()
			.allMatch((message) -> message.startsWith("mila ") && message.endsWith(" sent"));
		assertThat(messages(number, "mail")).anyMatch((message) -> message.startsWith("mila "))
			.anyMatch((message) -> message.startsWith("paul "));
		assertThat(this.received).hasSameSizeAs(messages(number, "sms")).allSatisfy((message) -> {
			assertThat(message.path("phone_number").asText()).isEqualTo("+31612345678");
			assertThat(message.path("personalisation").path("text").asText())
				.startsWith("Doorbraak, casus " + number + ": niemand heeft de regie.")
				.contains("Datum van de gebeurtenis: ", "/bericht/")
				.doesNotContain("kanarie", "Ontruiming", "ontruiming")
				.hasSizeLessThan(306);
		});
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = ? and act = 'alertSent' and facts like '%sms:mila%'")
			.param(number)
			.query(Integer.class)
			.single()).isEqualTo(this.received.size());
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).contains("sms");
	}

	@Test
	void providerThatIsDownStopsNoMailAndAlarmsNobody() throws IOException {
		on(closedPort());
		String number = alarmed();
		assertThat(messages(number, "mail")).isNotEmpty().allMatch((message) -> message.endsWith(" sent"));
		assertThat(messages(number, "sms")).isNotEmpty().allMatch((message) -> message.endsWith(" waiting"));
		this.beans.destroySingleton("textCarrier");
		on();
		this.status = 400;
		this.town.pass(Duration.ofMinutes(10));
		assertThat(messages(number, "sms")).allMatch((message) -> message.endsWith(" undeliverable"));
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.alert where case_number = ? and kind = 'undeliverable'")
			.param(number)
			.query(Integer.class)
			.single()).isZero();
	}

	/** And the heartbeat stays away, so that whoever listens there hears it too. */
	@Test
	void mailServerThatKeepsNoSecretStopsNoTextMessageAndIsTold() {
		on();
		this.post.by((letter) -> new Carrier.Answer(Carrier.Result.UNREACHABLE, "noConnection"));
		try {
			String number = alarmed();
			assertThat(messages(number, "mail")).isNotEmpty().allMatch((message) -> message.endsWith(" waiting"));
			assertThat(messages(number, "sms")).isNotEmpty()
				.allMatch((message) -> message.startsWith("mila ") && message.endsWith(" sent"));
			for (int minute = 0; minute < 6; minute++) {
				this.town.moveClock(Duration.ofMinutes(1));
				this.watchdog.round();
			}
			assertThat(this.watchdog.round()).as("no heartbeat").isFalse();
			assertThat(this.town.database()
				.sql("select count(*) from doorbraak.watch_finding where what = 'alert' and ended_at is null")
				.query(Long.class)
				.single()).isPositive();
		}
		finally {
			this.post.byMailbox();
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private void on() {
		on(this.provider.getAddress().getPort());
	}

	private void on(int port) {
		NotifySettings settings = new NotifySettings(KEY, TEMPLATE, URI.create("http://127.0.0.1:" + port),
				Duration.ofSeconds(2));
		this.beans.registerSingleton("textCarrier", new NotifyCarrier(settings, this.clock));
	}

	/** The event has come, and nobody has the lead. */
	private String alarmed() {
		this.event = this.town.today().plusDays(1);
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Een kanarie zit klem.", "threat", "eviction", "eventDate",
					this.event.toString()));
		this.town.passUntil(this.event.atStartOfDay(DutchTime.ZONE).toInstant());
		this.town.pass(Duration.ofSeconds(5));
		return number;
	}

	/** Recipient, moment and state of what told that nobody has the lead. */
	private List<String> messages(String number, String channel) {
		return this.town.database()
			.sql("""
					select recipient_login || ' ' || deadline_version || ' ' || state from doorbraak.alert
					where case_number = ? and kind = 'leadMissing' and channel = ? and recipient_login is not null order by id""")
			.params(number, channel)
			.query(String.class)
			.list();
	}

}
