package nl.doorbraak.support.logging;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Nothing of OpenTelemetry starts unless somebody said where traces go: what is off costs
 * nothing.
 */
class TracesWhenAsked implements AutoConfigurationImportFilter, EnvironmentAware {

	/** The one setting: an address that takes OTLP over HTTP. */
	static final String ADDRESS = "management.otlp.tracing.endpoint";

	private boolean asked;

	@Override
	public void setEnvironment(Environment environment) {
		this.asked = StringUtils.hasText(environment.getProperty(ADDRESS));
	}

	@Override
	public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
		boolean[] match = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++) {
			String name = classes[i];
			match[i] = this.asked || name == null || !isOfTraces(name);
		}
		return match;
	}

	private static boolean isOfTraces(String name) {
		return name.startsWith("org.springframework.boot.actuate.autoconfigure.")
				&& (name.contains(".tracing.") || name.contains("OpenTelemetry"));
	}

}
