package nl.doorbraak.support.logging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import nl.doorbraak.support.Trace;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A trace is there when somebody asked for it, under our own id, and holds codes only.
 */
class TracesTest {

	private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	private final Traces traces = new Traces();

	/** As the application sets it up; what would leave is kept. */
	private SdkTracerProvider provider(List<SpanData> out) {
		SdkTracerProviderBuilder builder = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create((SpanExporter) Traces.nothingElseLeaves()
				.postProcessAfterInitialization(new Kept(out), "exporter")));
		this.traces.oneTraceId().customize(builder);
		return builder.build();
	}

	@Test
	void spanHasTheIdOfTheLogAndNoWords() {
		List<SpanData> out = new ArrayList<>();
		try (SdkTracerProvider provider = provider(out)) {
			new Trace(ID, null).during(() -> {
				Span span = provider.get("test").spanBuilder("http get /casus/{number}").startSpan();
				span.setAttribute("uri", "/casus/{number}")
					.setAttribute("http.url", "/casus/DB-2026-000001")
					.setAttribute("enduser.id", "anna");
				span.recordException(new IllegalStateException("Mevrouw Bakker"));
				span.setStatus(StatusCode.ERROR, "Mevrouw Bakker");
				span.end();
			});
		}
		assertThat(out).singleElement().satisfies((span) -> {
			assertThat(span.getTraceId()).isEqualTo(ID);
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(span.getStatus().getDescription() + span.getAttributes() + span.getEvents())
				.contains("/casus/{number}")
				.doesNotContain("Bakker", "DB-2026", "anna");
		});
	}

	/** As the application observes the sending of an alert, through to what leaves. */
	@Test
	void observedWorkLeavesAsSpanWithCodesOnly() {
		List<SpanData> out = new ArrayList<>();
		try (SdkTracerProvider provider = provider(out)) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler(new DefaultTracingObservationHandler(
						new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), (event) -> {
						})));
			new Trace(ID, null).during(() -> Observation.createNotStarted("alert.send", registry)
				.lowCardinalityKeyValue("channel", "mail")
				.highCardinalityKeyValue("case.number", "DB-2026-000001")
				.observe(() -> {
				}));
		}
		assertThat(out).singleElement().satisfies((span) -> {
			assertThat(span.getName()).isEqualTo("alert.send");
			assertThat(span.getTraceId()).isEqualTo(ID);
			assertThat(span.getAttributes().toString()).contains("mail").doesNotContain("DB-2026");
		});
	}

	@Test
	void requestIsKnownByThePatternOfItsAddress() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/casus/DB-2026-000001");
		ServerRequestObservationContext context = new ServerRequestObservationContext(request,
				new MockHttpServletResponse());
		context.setPathPattern("/casus/{number}");
		var convention = this.traces.noAddresses();
		assertThat(convention.getContextualName(context) + convention.getHighCardinalityKeyValues(context)
				+ convention.getLowCardinalityKeyValues(context))
			.contains("/casus/{number}")
			.doesNotContain("DB-2026");
	}

	@Test
	void nothingOfItIsThereUnlessSomebodySaysWhere() {
		String[] parts = {
				"org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration", null,
				"org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration" };
		TracesWhenAsked filter = new TracesWhenAsked();
		MockEnvironment environment = new MockEnvironment();
		filter.setEnvironment(environment);
		assertThat(filter.match(parts, mock(AutoConfigurationMetadata.class))).containsExactly(false, false, false,
				true, true);
		filter.setEnvironment(environment.withProperty(TracesWhenAsked.ADDRESS, "http://collector:4318/v1/traces"));
		assertThat(filter.match(parts, mock(AutoConfigurationMetadata.class))).containsOnly(true);
	}

	private record Kept(List<SpanData> out) implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			this.out.addAll(spans);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
