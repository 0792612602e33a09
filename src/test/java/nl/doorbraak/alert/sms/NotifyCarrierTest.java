package nl.doorbraak.alert.sms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.TextCarrier.TextMessage;
import nl.doorbraak.support.StartRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The adapter against a real server that answers as Notify does, or does not answer. */
class NotifyCarrierTest {

	private static final String SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506";

	private static final String SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0";

	private static final String KEY = "doorbraak-" + SERVICE + "-" + SECRET;

	private static final String TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a";

	private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");

	private static final TextMessage MESSAGE = new TextMessage("+31612345678",
			"Doorbraak, casus DB-2026-000001: niemand heeft de regie.", "<a@doorbraak.example>");

	private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();

	private final List<String> tokens = new CopyOnWriteArrayList<>();

	private HttpServer notify;

	private volatile int status = 201;

	@BeforeEach
	void start() throws IOException {
		this.notify = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.notify.setExecutor(Executors.newCachedThreadPool());
		this.notify.createContext("/v2/notifications/sms", (exchange) -> {
			this.bodies.add(new ObjectMapper().readTree(exchange.getRequestBody()));
			this.tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
			if (this.status > 0) {
				exchange.sendResponseHeaders(this.status, -1);
				exchange.close();
			}
		});
		this.notify.start();
	}

	@AfterEach
	void stop() {
		this.notify.stop(0);
	}

	@Test
	void sendsTheSentenceToTheNumberUnderASignedToken() throws Exception {
		assertThat(carrier().carry(MESSAGE)).isEqualTo(new Answer(Result.ACCEPTED, "201"));
		JsonNode body = this.bodies.get(0);
		assertThat(body.path("phone_number").asText()).isEqualTo("+31612345678");
		assertThat(body.path("template_id").asText()).isEqualTo(TEMPLATE);
		assertThat(body.path("personalisation").path("text").asText()).isEqualTo(MESSAGE.text());
		assertThat(body.path("reference").asText()).isEqualTo(MESSAGE.reference());
		SignedJWT token = SignedJWT.parse(this.tokens.get(0).replaceFirst("^Bearer ", ""));
		assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
		assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(SERVICE);
		assertThat(token.getJWTClaimsSet().getIssueTime()).isEqualTo(Date.from(NOW));
	}

	@ParameterizedTest
	@CsvSource({ "400, REFUSED", "401, LATER", "403, LATER", "404, LATER", "429, LATER", "500, LATER", "503, LATER" })
	void everyAnswerHasItsResult(int answer, Result result) {
		this.status = answer;
		assertThat(carrier().carry(MESSAGE)).isEqualTo(new Answer(result, String.valueOf(answer)));
	}

	@Test
	void providerThatHangsOrIsNotThereIsWaitedForNoLongerThanTheTimeout() {
		this.status = 0;
		long begun = System.nanoTime();
		assertThat(carrier().carry(MESSAGE)).isEqualTo(new Answer(Result.UNREACHABLE, "noAnswer"));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
		stop();
		assertThat(carrier().carry(MESSAGE)).isEqualTo(new Answer(Result.UNREACHABLE, "noAnswer"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "geheim", "doorbraak-" + SERVICE, SERVICE + "-" + SECRET })
	void keyThatIsNoneStopsTheStart(String key) {
		assertThatThrownBy(() -> carrier(key, TEMPLATE)).isInstanceOf(StartRefused.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sjabloon" })
	void templateThatIsNoneStopsTheStart(String template) {
		assertThatThrownBy(() -> carrier(KEY, template)).isInstanceOf(StartRefused.class);
	}

	private NotifyCarrier carrier() {
		return carrier(KEY, TEMPLATE);
	}

	private NotifyCarrier carrier(String key, String template) {
		return new NotifyCarrier(new NotifySettings(key, template,
				URI.create("http://127.0.0.1:" + this.notify.getAddress().getPort()), Duration.ofSeconds(2)),
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

}
