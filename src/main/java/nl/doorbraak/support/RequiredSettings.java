package nl.doorbraak.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;

/**
 * Outside the demo, asks for database, login and mail before anything else is tried; and
 * for machines inside, always a port of their own.
 */
class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** Each setting that production must be told, with its meaning. */
	static final Map<String, String> SETTINGS = new LinkedHashMap<>();

	/** Never in the packaged jar. */
	private static final String DEMO = "nl.doorbraak.demo.EmbeddedDatabase";

	private static final String TRY = "To try Doorbraak without any of this, run 'mvn spring-boot:run' in its source folder.";

	static {
		SETTINGS.put("spring.datasource.url", "address of the PostgreSQL database (jdbc:postgresql://...)");
		SETTINGS.put("spring.datasource.username", "database role of the application, which may only add to the audit");
		SETTINGS.put("spring.datasource.password", "password of that role");
		SETTINGS.put("spring.flyway.user", "database role of the owner, which migrates");
		SETTINGS.put("spring.flyway.password", "password of that role");
		SETTINGS.put("spring.security.oauth2.client.provider.doorbraak.issuer-uri",
				"address of the identity provider (OpenID Connect)");
		SETTINGS.put("spring.security.oauth2.client.registration.doorbraak.client-id",
				"client id of Doorbraak at the identity provider");
		SETTINGS.put("spring.security.oauth2.client.registration.doorbraak.client-secret",
				"client secret of Doorbraak at the identity provider");
		SETTINGS.put("spring.mail.host", "mail server that alerts leave by");
		SETTINGS.put("doorbraak.address", "where people reach Doorbraak, for links in mail (https://...)");
		SETTINGS.put("doorbraak.alert.from", "e-mail address that alerts come from");
		SETTINGS.put("doorbraak.privacy.key",
				"at least 32 random characters under which residents become codes in the processing log; kept outside the database");
		SETTINGS.put("doorbraak.alert.journal",
				"file outside the database in which each node notes what it sent; %h is the machine's name");
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
			throw new StartRefused("What is for machines inside would be on the port that people reach.",
					"Give management.server.port another port than server.port, or -1 for none.");
		}
		if (environment.acceptsProfiles(Profiles.of("demo"))) {
			if (!ClassUtils.isPresent(DEMO, context.getClassLoader())) {
				throw new StartRefused("The profile 'demo' is on, but there is no demo in this jar.",
						"Start it without that profile, with the settings of production. " + TRY);
			}
			return;
		}
		String missing = SETTINGS.entrySet()
			.stream()
			.filter((setting) -> isMissing(environment, setting.getKey()))
			.map((setting) -> "  " + setting.getKey() + ": " + setting.getValue())
			.collect(Collectors.joining("\n"));
		if (!missing.isEmpty()) {
			throw new StartRefused(
					"Doorbraak has no database, login or mail server to start with. Missing:\n" + missing,
					"Set these as environment variables (for example SPRING_DATASOURCE_URL) or in an application.yaml beside the jar. "
							+ TRY);
		}
		String role = environment.getRequiredProperty("spring.datasource.username");
		if (role.equals(environment.getRequiredProperty("spring.flyway.user"))) {
			throw new StartRefused(
					"The application would connect as '" + role
							+ "', the owner of the database, and could change the audit.",
					"Give spring.datasource.username a role of its own, which owns nothing.");
		}
	}

	private static boolean isMissing(ConfigurableEnvironment environment, String setting) {
		String value = environment.getProperty(setting);
		return value == null || value.isBlank();
	}

}
