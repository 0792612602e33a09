package nl.doorbraak.alert.mail;

import java.time.Clock;
import java.util.Map;

import nl.doorbraak.alert.Carrier;
import nl.doorbraak.support.Installation;

import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The carrier as production makes it, with its settings, to a mail server of a test. */
public final class Smtp implements AutoCloseable {

	private final AnnotationConfigApplicationContext mail = new AnnotationConfigApplicationContext();

	public Smtp(ConfigurableEnvironment settings, Clock clock, int port) {
		StandardEnvironment ours = new StandardEnvironment();
		ours.merge(settings);
		ours.getPropertySources()
			.addFirst(
					new MapPropertySource("server", Map.of("spring.mail.host", "127.0.0.1", "spring.mail.port", port)));
		this.mail.setEnvironment(ours);
		this.mail.registerBean(Clock.class, () -> clock);
		this.mail.register(MailSenderAutoConfiguration.class, Installation.class, SmtpCarrier.class);
		this.mail.refresh();
	}

	public Carrier carrier() {
		return this.mail.getBean(Carrier.class);
	}

	public JavaMailSenderImpl sender() {
		return this.mail.getBean(JavaMailSenderImpl.class);
	}

	@Override
	public void close() {
		this.mail.close();
	}

}
