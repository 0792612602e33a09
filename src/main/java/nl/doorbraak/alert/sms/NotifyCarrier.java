package nl.doorbraak.alert.sms;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.TextCarrier;
import nl.doorbraak.support.StartRefused;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Sends text messages by NotifyNL, or by any other service with the interface of Notify
 * (version 2). On when {@code doorbraak.sms.api-key} is set.
 */
@Component
@ConditionalOnProperty(name = "doorbraak.environment", havingValue = "production", matchIfMissing = true)
@ConditionalOnProperty("doorbraak.sms.api-key")
@EnableConfigurationProperties(NotifySettings.class)
class NotifyCarrier implements TextCarrier {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	/** Name, service and secret. */
	private static final Pattern KEY = Pattern.compile(".+-(" + UUID + ")-(" + UUID + ")");

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

	private final ObjectMapper json = new ObjectMapper();

	private final NotifySettings settings;

	private final String service;

	private final String secret;

	private final Clock clock;

	NotifyCarrier(NotifySettings settings, Clock clock) {
		Matcher key = KEY.matcher(settings.apiKey());
		String template = settings.template();
		if (!key.matches() || template == null || !template.matches(UUID)) {
			throw new StartRefused("The settings for text messages are not right.",
					"doorbraak.sms.api-key is the whole key of Notify (name, service and secret), and doorbraak.sms.template the id of a template whose text is ((text)). Leave both out to send no text messages.");
		}
		this.settings = settings;
		this.service = key.group(1);
		this.secret = key.group(2);
		this.clock = clock;
	}

	@Override
	public Answer carry(TextMessage message) {
		try {
			int status = this.http.send(request(message), BodyHandlers.discarding()).statusCode();
			return new Answer(result(status), String.valueOf(status));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Answer(Result.LATER, "stopped");
		}
		catch (IOException ex) {
			return new Answer(Result.UNREACHABLE, "noAnswer");
		}
	}

	private HttpRequest request(TextMessage message) throws JsonProcessingException {
		Map<String, Object> body = Map.of("phone_number", message.phone(), "template_id",
				String.valueOf(this.settings.template()), "personalisation", Map.of("text", message.text()),
				"reference", message.reference());
		return HttpRequest.newBuilder(this.settings.address().resolve("/v2/notifications/sms"))
			.timeout(this.settings.timeout())
			.header("Authorization", "Bearer " + token())
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(this.json.writeValueAsString(body)))
			.build();
	}

	private String token() {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().issuer(this.service).issueTime(Date.from(this.clock.instant())).build());
			token.sign(new MACSigner(this.secret));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("A token for Notify cannot be signed", ex);
		}
	}

	/** What is wrong with this message stays so; all else may pass. */
	private static Result result(int status) {
		return switch (status) {
			case 201 -> Result.ACCEPTED;
			case 400 -> Result.REFUSED;
			default -> Result.LATER;
		};
	}

}
