package nl.doorbraak.support.logging;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.micrometer.common.KeyValues;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import nl.doorbraak.support.Trace;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.autoconfigure.tracing.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * Traces by OpenTelemetry, for who asked for them: under the same id as the log and the
 * processing log, and without what people wrote or whom it is about.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracesWhenAsked.ADDRESS)
class Traces {

	/** A trace of ours is the one that the request or the work has already. */
	@Bean
	SdkTracerProviderBuilderCustomizer oneTraceId() {
		IdGenerator random = IdGenerator.random();
		return (builder) -> builder.setIdGenerator(new IdGenerator() {

			@Override
			public String generateTraceId() {
				return Trace.current().id();
			}

			@Override
			public String generateSpanId() {
				return random.generateSpanId();
			}

		});
	}

	/** The log has its {@code trace.id}, and needs no second. */
	@Bean
	Slf4JEventListener otelSlf4JEventListener() {
		return new Slf4JEventListener() {

			@Override
			public void onEvent(Object event) {
			}

		};
	}

	/** The address itself has the number of a case in it; what stays is its pattern. */
	@Bean
	ServerRequestObservationConvention noAddresses() {
		return new DefaultServerRequestObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
				return KeyValues.empty();
			}

		};
	}

	@Bean
	static BeanPostProcessor nothingElseLeaves() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof SpanExporter exporter) ? new Codes(exporter) : bean;
			}

		};
	}

	/** Of each span its name, its time and codes; of a failure its kind, no message. */
	record Codes(SpanExporter exporter) implements SpanExporter {

		private static final Set<String> KEPT = Set.of("method", "uri", "status", "outcome", "exception", "channel");

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			return this.exporter.export(spans.stream().map((span) -> (SpanData) new Code(span)).toList());
		}

		@Override
		public CompletableResultCode flush() {
			return this.exporter.flush();
		}

		@Override
		public CompletableResultCode shutdown() {
			return this.exporter.shutdown();
		}

		private static final class Code extends DelegatingSpanData {

			private final Attributes attributes;

			Code(SpanData span) {
				super(span);
				this.attributes = span.getAttributes()
					.toBuilder()
					.removeIf((key) -> !KEPT.contains(key.getKey()))
					.build();
			}

			@Override
			public Attributes getAttributes() {
				return this.attributes;
			}

			@Override
			public List<EventData> getEvents() {
				return List.of();
			}

			@Override
			public StatusData getStatus() {
				return StatusData.create(super.getStatus().getStatusCode(), "");
			}

		}

	}

}
