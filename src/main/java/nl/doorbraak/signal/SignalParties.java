package nl.doorbraak.signal;

import java.util.List;
import java.util.Map;

import nl.doorbraak.support.Coded;
import nl.doorbraak.support.StartRefused;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which organisations may send which signals by their own systems: as the settings say,
 * taken over at each start.
 */
@Component
@EnableConfigurationProperties(SignalParties.Settings.class)
class SignalParties implements InitializingBean {

	private final JdbcClient db;

	private final Settings settings;

	SignalParties(JdbcClient db, Settings settings) {
		this.db = db;
		this.settings = settings;
	}

	@Override
	public void afterPropertiesSet() {
		this.settings.parties()
			.forEach((organisation, kinds) -> refuseUnless(
					!kinds.isEmpty() && kinds.stream().allMatch((kind) -> Coded.find(Arrears.class, kind).isPresent()),
					organisation));
	}

	/** Once the organisations of the settings are there. */
	@EventListener(ApplicationReadyEvent.class)
	void takeOver() {
		this.settings.parties()
			.forEach((organisation,
					kinds) -> refuseUnless(this.db
						.sql("""
								insert into doorbraak.signal_party (organisation_id, kinds) select id, :kinds from doorbraak.organisation
								where id = :id on conflict (organisation_id) do update set kinds = excluded.kinds""")
						.param("id", organisation)
						.param("kinds", kinds.toArray(String[]::new))
						.update() == 1, organisation));
	}

	private static void refuseUnless(boolean known, String organisation) {
		if (!known) {
			throw new StartRefused("Who sends early signals is not right in the settings: " + organisation + ".",
					"Under doorbraak.signal.parties, give the id of an organisation of doorbraak.directory.organisations with what it sends: rent, energy, water or healthInsurance.");
		}
	}

	/** Whether an organisation may send this. */
	boolean may(String organisation, Arrears kind) {
		return this.db
			.sql("select count(*) from doorbraak.signal_party where organisation_id = :id and :kind = any (kinds)")
			.param("id", organisation)
			.param("kind", kind.code())
			.query(Integer.class)
			.single() > 0;
	}

	/**
	 * By organisation.
	 *
	 * @param parties codes of {@link Arrears} by id of the organisation
	 */
	@ConfigurationProperties("doorbraak.signal")
	record Settings(@DefaultValue Map<String, List<String>> parties) {
	}

}
