package nl.doorbraak.agency;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import nl.doorbraak.agency.AgencyEvents.DoorCodeAsked;
import nl.doorbraak.agency.AgencyEvents.DoorOpened;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door of one question for an officer without an account: the link in the mail to the
 * agency's mailbox, and a code to the officer's own address or telephone. Behind it
 * stands this question and nothing else of the case.
 */
@Service
public class OfficerDoor {

	private static final Duration CODE_LIVES = Duration.ofMinutes(15);

	/** Codes in an hour, for all officers of a question together. */
	private static final int MOST_CODES = 5;

	private static final int MOST_TRIES = 5;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final RequestStore store;

	private final AgencyRequests requests;

	private final Refusals refusals;

	private final CaseFiles files;

	private final Writing writing;

	private final Worklist worklist;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	OfficerDoor(RequestStore store, AgencyRequests requests, Refusals refusals, CaseFiles files, Writing writing,
			Worklist worklist, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.requests = requests;
		this.refusals = refusals;
		this.files = files;
		this.writing = writing;
		this.worklist = worklist;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * The question behind a link.
	 * @throws Refused for a link that does not exist (404)
	 */
	@Transactional(readOnly = true)
	public AgencyRequest request(UUID key) {
		return this.store.db()
			.sql("select id from doorbraak.agency_request where door_key = :key")
			.param("key", key)
			.query(Long.class)
			.optional()
			.map(this.requests::get)
			.orElseThrow(Refused::noSuchLink);
	}

	/** The secret of the link to a question. */
	@Transactional(readOnly = true)
	public UUID key(long request) {
		return this.store.db()
			.sql("select door_key from doorbraak.agency_request where id = :id")
			.param("id", request)
			.query(UUID.class)
			.single();
	}

	/** Who can be sent a code, and by which ways. */
	@Transactional(readOnly = true)
	public List<Way> ways(AgencyRequest request) {
		return this.directory.officersOf(request.agency(), Function.AGENCY_OFFICER)
			.stream()
			.map((officer) -> way(officer, this.directory.getOrganisation(request.agency())))
			.filter((way) -> way.mail() != null || way.phone() != null)
			.toList();
	}

	/** Never to the mailbox that the link went to. */
	private static Way way(Officer officer, Organisation body) {
		String phone = officer.mobile();
		return new Way(officer.login(), officer.name(),
				Optional.ofNullable(officer.email())
					.filter((mail) -> !mail.equalsIgnoreCase(body.email()))
					.map(OfficerDoor::masked)
					.orElse(null),
				(phone != null) ? "06 •• •• •• " + phone.substring(phone.length() - 2) : null);
	}

	private static String masked(String mail) {
		int at = mail.indexOf('@');
		return mail.substring(0, Math.min(1, at)) + "•••" + mail.substring(at);
	}

	/**
	 * Makes a code and has it sent.
	 * @param byText by text message, else by mail
	 * @throws Refused when the officer cannot get it that way (400), or there were too
	 * many (409)
	 */
	@Transactional
	public void sendCode(UUID key, String login, boolean byText) {
		AgencyRequest request = request(key);
		this.files.lock(request.number());
		Way way = ways(request).stream()
			.filter((each) -> each.login().equals(login) && (byText ? each.phone() : each.mail()) != null)
			.findFirst()
			.orElseThrow(() -> Refused.invalid("no-way",
					"Kies uit de lijst wie u bent, en hoe wij u de code sturen. Staat u er niet bij? Bel de gemeente.",
					"way"));
		Instant now = this.clock.instant();
		int made = this.store.db()
			.sql("select count(*) from doorbraak.door_code where request_id = :id and made_at > :since")
			.param("id", request.id())
			.param("since", Timestamp.from(now.minus(Duration.ofHours(1))))
			.query(Integer.class)
			.single();
		if (made >= MOST_CODES) {
			throw Refused.conflict("too-many-codes",
					"Er zijn het laatste uur al vijf codes gestuurd. Kijk in uw postvak, probeer het over een uur, of bel de gemeente.");
		}
		long code = this.store.db()
			.sql("""
					insert into doorbraak.door_code (request_id, officer_login, code, made_at, expires_at)
					values (:id, :login, :code, :now, :expires) returning id""")
			.param("id", request.id())
			.param("login", way.login())
			.param("code", "%06d".formatted(RANDOM.nextInt(1_000_000)))
			.param("now", Timestamp.from(now))
			.param("expires", Timestamp.from(now.plus(CODE_LIVES)))
			.query(Long.class)
			.single();
		this.events.publishEvent(
				new DoorCodeAsked(request.number(), way.login(), request.id(), request.agency(), code, byText));
	}

	/** A code that still works, for who sends it. */
	@Transactional(readOnly = true)
	public Optional<String> code(long id) {
		return this.store.db()
			.sql("select code from doorbraak.door_code where id = :id and used_at is null and expires_at > :now")
			.param("id", id)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(String.class)
			.optional();
	}

	/**
	 * Opens the door with the last code that was sent.
	 * @return login of whose code it is; nothing for a wrong, old or used one
	 */
	@Transactional
	public Optional<String> open(UUID key, String code) {
		AgencyRequest request = request(key);
		this.files.lock(request.number());
		Instant now = this.clock.instant();
		Optional<Sent> last = this.store.db()
			.sql("""
					select id, officer_login, code from doorbraak.door_code
					where request_id = :id and used_at is null and expires_at > :now and tries < :tries order by id desc limit 1""")
			.param("id", request.id())
			.param("now", Timestamp.from(now))
			.param("tries", MOST_TRIES)
			.query((row, n) -> new Sent(row.getLong(1), row.getString(2), row.getString(3)))
			.optional();
		if (last.isEmpty()) {
			return Optional.empty();
		}
		Sent sent = last.get();
		boolean right = sent.code().equals(code.strip());
		this.store.db()
			.sql("""
					update doorbraak.door_code set tries = tries + 1,
					  used_at = case when :right then cast(:now as timestamptz) end where id = :id""")
			.param("right", right)
			.param("now", Timestamp.from(now))
			.param("id", sent.id())
			.update();
		if (right) {
			this.events.publishEvent(new DoorOpened(request.number(), sent.login(), request.id(), request.agency()));
		}
		return right ? Optional.of(sent.login()) : Optional.empty();
	}

	/** Whether somebody who is logged in is an officer of the agency that is asked. */
	@Transactional(readOnly = true)
	public boolean isOfficer(String login, AgencyRequest request) {
		return this.directory.officersOf(request.agency(), Function.AGENCY_OFFICER)
			.stream()
			.anyMatch((each) -> each.login().equals(login));
	}

	/** What the form of the question shows, recorded as a read of the case. */
	@Transactional
	public Map<String, Object> shown(AgencyRequest request, String login) {
		return this.writing.shown(new FormTask(request.number(), AgencyRequests.FORM, request.id()), login);
	}

	/**
	 * Answers as this officer, by the rules of the task's own form; the letter goes with
	 * it, or neither is kept.
	 * @param letter null for none
	 * @throws Refused as {@link Worklist#complete}; when the question does not wait for
	 * an answer of this officer (409)
	 */
	@Transactional
	public void answer(UUID key, String login, Map<String, Object> fields, byte @Nullable [] letter,
			@Nullable String mediaType) {
		AgencyRequest request = request(key);
		OpenTask task = this.worklist.openTasksOf(login, List.of(request.number()))
			.stream()
			.filter((each) -> each.form().equals(AgencyRequests.FORM) && Long.valueOf(request.id()).equals(each.part()))
			.findFirst()
			.orElseThrow(() -> Refused.conflict("no-question",
					"Deze vraag wacht niet meer op uw antwoord. Open de link opnieuw en kijk hoe het staat."));
		if (!login.equals(task.assignee())) {
			this.worklist.claim(login, task.id());
		}
		this.worklist.complete(login, task.id(), fields);
		if (letter != null) {
			this.refusals.keepLetter(login, request(key), letter, mediaType);
		}
	}

	/** What the agency says about a flag. */
	@Transactional
	public void reply(UUID key, String login, String text) {
		this.refusals.reply(login, request(key).id(), text);
	}

	/**
	 * How a code can reach somebody; what can be read of it says enough to recognise it.
	 *
	 * @param mail masked; null where there is no address but the agency's mailbox
	 * @param phone masked; null where no text message can go
	 */
	public record Way(String login, String name, @Nullable String mail, @Nullable String phone) {
	}

	private record Sent(long id, String login, String code) {
	}

}
