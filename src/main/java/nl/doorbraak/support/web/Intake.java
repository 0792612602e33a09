package nl.doorbraak.support.web;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.security.Scales;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Behind the fence and before every room: a body has at most 256 kB, a file of a case 10
 * MB; and JSON is one value, not deeply nested, without a name that occurs twice.
 */
class Intake extends OncePerRequestFilter {

	static final String TOO_LARGE = "Dit is te veel in één keer: hoogstens 256 kB. Maak de tekst korter.";

	static final String FILE_TOO_LARGE = "Dit bestand is te groot: hoogstens 10 MB. Maak het kleiner, of splits het.";

	private static final int MOST = Scales.MOST;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(100).build())
		.build();

	private final Problems problems;

	Intake(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > Scales.most(request.getRequestURI())) {
			refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, "too-large", TOO_LARGE);
			return;
		}
		String type = request.getContentType();
		// The server itself reads a form, up to what the settings allow.
		if (type == null || type.startsWith("application/x-www-form-urlencoded")
				|| type.startsWith("multipart/form-data")) {
			chain.doFilter(request, response);
			return;
		}
		byte[] body = request.getInputStream().readNBytes(MOST + 1);
		if (body.length > MOST) {
			refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, "too-large", TOO_LARGE);
		}
		else if (body.length > 0 && type.contains("json") && !isPlainJson(body)) {
			refuse(request, response, HttpStatus.BAD_REQUEST, "unreadable",
					"De gegevens zijn niet leesbaar als JSON. Controleer het bericht en stuur het opnieuw.");
		}
		else {
			chain.doFilter(new KeptBody(request, body), response);
		}
	}

	private static boolean isPlainJson(byte[] body) throws IOException {
		try (JsonParser parser = JSON.createParser(body)) {
			parser.nextToken();
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JsonProcessingException ex) {
			return false;
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code,
			String sentence) throws IOException {
		ProblemDetail problem = this.problems.refuse(status, code, sentence, request.getMethod() + " ?");
		if (request.getRequestURI().contains("/api/")) {
			this.problems.answer(problem, response);
		}
		else {
			response.sendError(status.value());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<Intake> intake(Problems problems) {
			FilterRegistrationBean<Intake> filter = new FilterRegistrationBean<>(new Intake(problems));
			filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
			return filter;
		}

	}

}
