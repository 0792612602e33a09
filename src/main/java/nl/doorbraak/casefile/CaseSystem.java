package nl.doorbraak.casefile;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

import nl.doorbraak.casefile.CaseEvents.CaseSystemLinked;
import nl.doorbraak.casefile.CaseEvents.CaseSystemNumberChanged;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.CitizenNumber;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.UriUtils;

/**
 * The number that a case has in its municipality's own case system, with a link to it. We
 * show the link and never follow it.
 */
@Service
public class CaseSystem {

	/** Stands in the link for the number of a case. */
	public static final String PLACE = "{zaaknummer}";

	private static final int LONGEST_LINK = 300;

	private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._/-]{0,38}[A-Za-z0-9])?");

	private final CaseStore store;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	CaseSystem(CaseStore store, CaseFiles files, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Gives a case its number, another one, or none.
	 * @param typed empty for none
	 * @throws Refused who is not of the team (403, 404), or when it cannot be (400)
	 */
	@Transactional
	public void number(String login, String number, String typed) {
		CaseFile file = this.files.lockForTeam(login, number);
		keep(login, file, check(typed));
	}

	/** What somebody typed as a number; null when that is nothing. */
	static @Nullable String check(@Nullable String typed) {
		String said = (typed != null) ? typed.strip() : "";
		if (said.isEmpty()) {
			return null;
		}
		if (!NUMBER.matcher(said).matches()) {
			throw Refused.invalid("case-system-number",
					"Een zaaknummer heeft hoogstens 40 tekens: letters, cijfers, punt, streepje, schuine streep en spatie.",
					"caseSystemNumber");
		}
		if (CitizenNumber.is(said.replaceAll("[ ./-]", ""))) {
			throw Refused.invalid("case-system-number-citizen",
					"Dit kan een burgerservicenummer zijn. Schrijf dat hier nooit op. Neem het zaaknummer over zoals uw zaaksysteem het toont.",
					"caseSystemNumber");
		}
		return said;
	}

	void keep(String login, CaseFile file, @Nullable String number) {
		if (number == null && find(file).isEmpty()) {
			return;
		}
		db().sql("update doorbraak.case_file set case_system_number = :number where id = :id")
			.param("number", number)
			.param("id", file.id())
			.update();
		this.events.publishEvent(new CaseSystemNumberChanged(file.number(), login,
				(number == null) ? null : Writing.keyedHash(this.store.hashKey(file.id()), number)));
	}

	/** The number of a case in the municipality's own system. */
	@Transactional(readOnly = true)
	public Optional<String> find(CaseFile file) {
		return db().sql("select case_system_number from doorbraak.case_file where id = :id")
			.param("id", file.id())
			.query((row, n) -> Optional.ofNullable(row.getString(1)))
			.single();
	}

	/** Where that system shows a case; nothing where the municipality does not say so. */
	@Transactional(readOnly = true)
	public Optional<String> link(String municipality, String number) {
		return template(municipality)
			.map((link) -> link.replace(PLACE, UriUtils.encode(number, StandardCharsets.UTF_8)));
	}

	/** The same for any case: with {@link #PLACE} for its number. */
	@Transactional(readOnly = true)
	public Optional<String> template(String municipality) {
		return db().sql("select link from doorbraak.case_system where organisation_id = :id and link is not null")
			.param("id", municipality)
			.query(String.class)
			.optional();
	}

	/** Id of the municipality whose link somebody keeps: its functional administrator. */
	@Transactional(readOnly = true)
	public String kept(String login) {
		return this.directory.getOfficer(login)
			.organisationAs(Function.ADMINISTRATOR)
			.orElseThrow(() -> Refused.forbidden("no-administrator",
					"Alleen de functioneel beheerder stelt in waar het zaaksysteem staat."));
	}

	/**
	 * Says where the municipality's system shows a case.
	 * @param typed empty for nowhere
	 * @throws Refused who is no functional administrator (403), or when it is no such
	 * link (400)
	 */
	@Transactional
	public void setLink(String login, String typed) {
		throwUnless(typed.isBlank() || isLink(typed.strip()));
		String municipality = kept(login);
		db().sql("""
				insert into doorbraak.case_system (organisation_id, link, changed_by, changed_at)
				values (:id, :link, :by, :now)
				on conflict (organisation_id) do update set link = :link, changed_by = :by, changed_at = :now""")
			.param("id", municipality)
			.param("link", typed.isBlank() ? null : typed.strip())
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new CaseSystemLinked(login, municipality, !typed.isBlank()));
	}

	private static void throwUnless(boolean link) {
		if (!link) {
			throw Refused.invalid("case-system-link", "Begin met https://, schrijf een keer " + PLACE
					+ " na het adres van het systeem, en gebruik hoogstens " + LONGEST_LINK + " tekens zonder spaties.",
					"link");
		}
	}

	/** Whether a number can stand in it, and only behind the address of the system. */
	static boolean isLink(String typed) {
		if (typed.length() > LONGEST_LINK || typed.indexOf(PLACE) < 0) {
			return false;
		}
		String with = typed.replaceFirst(Pattern.quote(PLACE), "1");
		try {
			URI uri = new URI(with);
			String begin = "https://" + uri.getRawAuthority() + "/";
			return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
					&& with.equals(uri.toASCIIString()) && typed.startsWith(begin)
					&& typed.indexOf(PLACE) >= begin.length();
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private JdbcClient db() {
		return this.store.db();
	}

}
