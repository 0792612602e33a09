package nl.doorbraak.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody at the doors of the browser without one: form login, cookies and the token
 * against forged requests. Paths are sent exactly as written, redirects are not followed.
 */
public final class WebVisitor {

	/** Where Tasklist asks. */
	public static final String ENGINE = "/camunda/api/engine/engine/default/";

	private static final ObjectMapper JSON = new ObjectMapper();

	/** Of everybody: it keeps nothing of whoever asks. */
	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String address;

	private final Map<String, String> cookies = new TreeMap<>();

	private WebVisitor(String address) {
		this.address = address;
	}

	/** Nobody, with a token against forged requests as every page gives. */
	public static WebVisitor anonymous(Town town) {
		return anonymous(town.address());
	}

	private static WebVisitor anonymous(String address) {
		WebVisitor visitor = new WebVisitor(address);
		visitor.get("/login");
		return visitor;
	}

	/** Somebody who logged in with the form. */
	public static WebVisitor login(Town town, String login) {
		return login(town.address(), login);
	}

	/** The same, at an application that is not the town's. */
	public static WebVisitor login(String address, String login) {
		WebVisitor visitor = anonymous(address);
		Answer answer = visitor.form("/login", Map.of("username", login, "password", "doorbraak"));
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).doesNotContain("error");
		visitor.get("/");
		return visitor;
	}

	public Answer get(String path) {
		return send("GET", path, null, null, Map.of());
	}

	/** A post as Tasklist sends it. */
	public Answer post(String path, Object body) {
		return send("POST", path, (body instanceof String text) ? text : json(body), "application/json", Map.of());
	}

	/** A post as a page of ours sends it. */
	public Answer form(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send("POST", path, body, "application/x-www-form-urlencoded", Map.of());
	}

	/** One request; every status is an answer. Headers given here win. */
	public Answer send(String method, String path, String body, String type, Map<String, String> headers) {
		Map<String, String> all = new LinkedHashMap<>();
		if (this.cookies.containsKey("XSRF-TOKEN")) {
			all.put("X-XSRF-TOKEN", this.cookies.get("XSRF-TOKEN"));
		}
		if (type != null) {
			all.put("Content-Type", type);
		}
		all.putAll(headers);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		all.forEach(request::header);
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet()
						.stream()
						.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		try {
			HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			response.headers().allValues("Set-Cookie").forEach(this::keep);
			return new Answer(response.statusCode(), response.body(), response.headers().map());
		}
		catch (IOException ex) {
			throw new AssertionError(method + " " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private void keep(String cookie) {
		String[] pair = cookie.split(";", 2)[0].split("=", 2);
		if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
			this.cookies.remove(pair[0]);
		}
		else {
			this.cookies.put(pair[0], pair[1]);
		}
	}

	/** The value of a cookie, or nothing. */
	public String cookie(String name) {
		return this.cookies.get(name);
	}

	/** Puts a cookie in this visitor's jar. */
	public void setCookie(String name, String value) {
		this.cookies.put(name, value);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** JSON of any value. */
	public static String json(Object value) {
		try {
			return JSON.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError(ex);
		}
	}

	/** What came back. */
	public record Answer(int status, byte[] bytes, Map<String, List<String>> headers) {

		public String body() {
			return new String(this.bytes, StandardCharsets.UTF_8);
		}

		/** The first header of that name, or an empty text. */
		public String header(String name) {
			return this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
		}

		public JsonNode json() {
			try {
				return JSON.readTree(body());
			}
			catch (JsonProcessingException ex) {
				throw new AssertionError("Not JSON: " + body(), ex);
			}
		}

		/** Status, body and headers that may differ only when something is told. */
		public String told() {
			Map<String, List<String>> said = new TreeMap<>(this.headers);
			List.of("date", "set-cookie", "keep-alive", "connection", "x-correlation-id").forEach(said::remove);
			return (this.status + " " + said + " " + body()).replaceAll("nonce-[A-Za-z0-9_-]+", "nonce");
		}

	}

}
