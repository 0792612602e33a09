package nl.doorbraak.directory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import nl.doorbraak.support.StartRefused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Outside the demo, takes the organisations over from the settings; without every level
 * of the ladder the application does not start.
 */
@Component
@Profile("!demo")
@EnableConfigurationProperties(DirectorySetUp.Settings.class)
class DirectorySetUp implements InitializingBean {

	static final Pattern ID = Pattern.compile("[A-Z0-9]{2,12}");

	private static final Set<Organisation.Kind> LEVELS = Set.of(Organisation.Kind.MUNICIPALITY,
			Organisation.Kind.REGION, Organisation.Kind.DESK, Organisation.Kind.MINISTRY);

	private static final String HOW = "List them under doorbraak.directory.organisations, each with id (2 to 12 capitals and digits), kind "
			+ "(municipality, region, agency, desk or ministry) and name; a municipality also with region, the id of its region. "
			+ "Optional: phone, duty-phone (a number that is answered at any hour), and connected: false when its people do not work in Doorbraak.";

	private final Directory directory;

	private final Settings settings;

	private final JdbcClient db;

	private final TransactionTemplate transaction;

	DirectorySetUp(Directory directory, Settings settings, JdbcClient db, PlatformTransactionManager transactions) {
		this.directory = directory;
		this.settings = settings;
		this.db = db;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Override
	public void afterPropertiesSet() {
		this.transaction.executeWithoutResult((tx) -> {
			this.db.sql("update doorbraak.organisation set in_settings = false where in_settings").update();
			this.settings.organisations()
				.stream()
				.sorted(Comparator.comparing((each) -> each.kind() == Organisation.Kind.MUNICIPALITY))
				.forEach((each) -> {
					check(each);
					takeOver(this.db, each, true);
				});
		});
		Set<Organisation.Kind> present = this.directory.allOrganisations()
			.stream()
			.map(Organisation::kind)
			.collect(Collectors.toSet());
		String missing = Arrays.stream(Organisation.Kind.values())
			.filter((kind) -> LEVELS.contains(kind) && !present.contains(kind))
			.map(DirectorySetUp::code)
			.collect(Collectors.joining(", "));
		if (!missing.isEmpty()) {
			throw new StartRefused("The ladder misses a level: there is no organisation of the kind " + missing + ".",
					HOW);
		}
	}

	/** Writes what is said of an organisation, known or not. */
	static void takeOver(JdbcClient db, Organisation organisation, boolean inSettings) {
		db.sql("""
				insert into doorbraak.organisation (id, kind, name, phone, region_id, connected, email, duty_phone, in_settings)
				values (:id, :kind, :name, :phone, :region, :connected, :email, :dutyPhone, :inSettings)
				on conflict (id) do update set kind = excluded.kind, name = excluded.name, phone = excluded.phone,
				  region_id = excluded.region_id, connected = excluded.connected, email = excluded.email,
				  duty_phone = excluded.duty_phone, in_settings = excluded.in_settings""")
			.param("id", organisation.id())
			.param("kind", code(organisation.kind()))
			.param("name", organisation.name())
			.param("phone", organisation.phone())
			.param("region", organisation.region())
			.param("connected", organisation.connected())
			.param("email", organisation.email())
			.param("dutyPhone", organisation.dutyPhone())
			.param("inSettings", inSettings)
			.update();
	}

	/** What was typed may miss anything, whatever the record says. */
	private void check(Organisation organisation) {
		if (!ID.matcher(String.valueOf(organisation.id())).matches() || isMissing(organisation.kind())
				|| isMissing(organisation.name()) || !regionIsRight(organisation)
				|| organisation.dutyPhone() != null && Phone.of(organisation.dutyPhone()) == null) {
			throw new StartRefused("This organisation in the settings is not complete: " + organisation + ".", HOW);
		}
	}

	private boolean regionIsRight(Organisation organisation) {
		return (organisation.region() != null)
				? this.directory.allOrganisations()
					.stream()
					.anyMatch((each) -> each.kind() == Organisation.Kind.REGION
							&& each.id().equals(organisation.region()))
				: organisation.kind() != Organisation.Kind.MUNICIPALITY;
	}

	private static boolean isMissing(@Nullable Object value) {
		return value == null || value.toString().isBlank();
	}

	private static String code(Organisation.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/** The organisations as the settings list them; who is left out of the list stays. */
	@ConfigurationProperties("doorbraak.directory")
	record Settings(@DefaultValue List<Organisation> organisations) {
	}

}
