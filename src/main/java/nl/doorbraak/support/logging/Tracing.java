package nl.doorbraak.support.logging;

import java.io.IOException;

import jakarta.servlet.ServletException;
import nl.doorbraak.support.Trace;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Every request has a {@link Trace}, its caller's or a new one, and so has every piece of
 * work in the background. Before all filters, so that what they refuse has one too.
 */
@Configuration(proxyBeanMethods = false)
class Tracing {

	/** The answer names its trace here. */
	static final String HEADER = "X-Correlation-Id";

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> tracedRequests() {
		return (server) -> server.addEngineValves(new TraceValve());
	}

	/** What is scheduled: each run by itself. */
	@Bean
	static TaskDecorator tracedTasks() {
		return (task) -> () -> Trace.of(null).during(task::run);
	}

	/** The engine's jobs. */
	@Bean
	static BeanPostProcessor tracedJobs() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof ThreadPoolTaskExecutor executor) {
					executor.setTaskDecorator(tracedTasks());
				}
				return bean;
			}

		};
	}

	static final class TraceValve extends ValveBase {

		TraceValve() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			Trace trace = Trace.of(request.getHeader("traceparent"));
			response.setHeader(HEADER, trace.id());
			try {
				trace.<Exception>during(() -> getNext().invoke(request, response));
			}
			catch (IOException | ServletException | RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
