package nl.doorbraak.support.web;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import nl.doorbraak.support.security.SafeHeaders;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What somebody gets whose request the server itself refused, before a filter of ours saw
 * it: the sentence of the {@link LastWord}, on a page that needs nothing else. In Dutch,
 * as nobody knows yet who asks. Repeats nothing of the request.
 */
class EarlyWord extends ErrorReportValve {

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="nl" class="voorbeeld-theme utrecht-html">
			<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
			<title>Dat kan nu niet - Doorbraak</title><link rel="stylesheet" href="/css/doorbraak.css"></head>
			<body><main><h1>Dat kan nu niet</h1>
			<p>%s</p>
			<p><a href="/">Naar de startpagina</a></p></main></body>
			</html>
			""";

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		HttpStatus status = HttpStatus.resolve(response.getStatus());
		if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		SafeHeaders.write(request, response);
		response.setContentType(MediaType.TEXT_HTML_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		try {
			Writer writer = response.getReporter();
			if (writer != null) {
				writer.write(PAGE.formatted(LastWord.sentence(status, "")));
				response.finishResponse();
			}
		}
		catch (IOException ex) {
			// Who asked has left, and needs no answer.
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		/** Behind the server's own, which is asked after it and says nothing any more. */
		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> earlyWord() {
			return (server) -> server
				.addContextCustomizers((context) -> context.getParent().getPipeline().addValve(new EarlyWord()));
		}

	}

}
