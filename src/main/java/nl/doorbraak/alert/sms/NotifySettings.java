package nl.doorbraak.alert.sms;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How text messages go out.
 *
 * @param apiKey of Notify: name, service and secret; without it none go out
 * @param template id of a template whose text is {@code ((text))}
 * @param timeout for one whole attempt
 */
@ConfigurationProperties("doorbraak.sms")
record NotifySettings(String apiKey, @Nullable String template, @DefaultValue("https://api.notifynl.nl") URI address,
		@DefaultValue("10s") Duration timeout) {
}
