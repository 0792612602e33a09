package nl.doorbraak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that a new installation has: the packaged jar with an
 * {@code application.yaml} beside it, a database, an identity provider.
 */
public final class Production implements AutoCloseable {

	private static final String SETTINGS = """
			server.port: 0
			server.forward-headers-strategy: native
			server.tomcat.remoteip.internal-proxies: 127\\.0\\.0\\.2
			spring.mail.host: 127.0.0.1
			doorbraak.address: http://localhost:8080
			doorbraak.login.offices: 127.0.0.1
			doorbraak.privacy.key: only-for-tests-0123456789abcdefghijklmn
			doorbraak.login: {second-factor.values: [mfa], systems: [robot]}
			doorbraak.alert: {from: doorbraak@waterdam.example, journal: alert-journal.log}
			doorbraak.directory.organisations:
			  - {id: GM0001, kind: municipality, name: Gemeente Waterdam, phone: 0900 90 01, region: RG01}
			  - {id: RG01, kind: region, name: Regio Waterland-Zuid, connected: false}
			  - {id: LMM, kind: desk, name: Landelijk Maatwerkloket Multiproblematiek}
			  - {id: LET, kind: ministry, name: Landelijk Escalatie Team, connected: false}
			""";

	private final Path folder = Path.of("target", "production", UUID.randomUUID().toString());

	private final OwnDatabase database = new OwnDatabase();

	private final IdentityProvider provider = new IdentityProvider();

	private final JavaProcess application;

	private final String address;

	public Production() {
		this(Map.of());
	}

	/** With some settings besides. */
	public Production(Map<String, String> more) {
		this(Path.of("target", "doorbraak.jar"), more);
	}

	/** The same, begun by another jar. */
	public Production(Path jar) {
		this(jar, Map.of());
	}

	private Production(Path jar, Map<String, String> more) {
		try {
			Files.createDirectories(this.folder);
			Files.writeString(this.folder.resolve("application.yaml"), SETTINGS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.application = start(jar, more);
		this.address = "http://127.0.0.1:" + this.application.port();
	}

	/** One more process with the same settings but for these. */
	public JavaProcess startAgain(Map<String, String> otherSettings, String... arguments) {
		return start(Path.of("target", "doorbraak.jar"), otherSettings, arguments);
	}

	/** One more process of this jar. */
	public JavaProcess start(Path jar, Map<String, String> otherSettings, String... arguments) {
		Map<String, String> settings = new HashMap<>(this.database.settings());
		settings.putAll(this.provider.settings());
		settings.putAll(otherSettings);
		return JavaProcess.jar(jar, this.folder, settings, arguments);
	}

	/** The process that it began with. */
	public JavaProcess application() {
		return this.application;
	}

	/** What it has said so far. */
	public String output() {
		return this.application.output();
	}

	/** Where it listens for machines inside. */
	public int managementPort() {
		return this.application.managementPort();
	}

	/** Where it listens. */
	public String address() {
		return this.address;
	}

	public OwnDatabase database() {
		return this.database;
	}

	public IdentityProvider provider() {
		return this.provider;
	}

	@Override
	public void close() {
		this.application.close();
		this.provider.close();
		this.database.close();
	}

}
