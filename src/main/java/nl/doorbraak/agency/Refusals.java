package nl.doorbraak.agency;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import nl.doorbraak.agency.AgencyEvents.AgencyReplied;
import nl.doorbraak.agency.AgencyEvents.RefusalTold;
import nl.doorbraak.agency.AgencyEvents.RefusalWithdrawn;
import nl.doorbraak.agency.AgencyEvents.RefusalsTakenUp;
import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Document;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What follows a refusal: told in person, its letter kept, taken back, or taken up. */
@Service
public class Refusals {

	/** How a refusal was told that nobody spoke about. */
	static final String LETTER = "letter";

	private static final Set<String> IN_PERSON = Set.of("phone", "visit");

	private static final int LONGEST_TEXT = 4000;

	private final RequestStore store;

	private final AgencyRequests requests;

	private final CaseFiles files;

	private final CaseActions actions;

	private final Documents documents;

	private final Writing writing;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Refusals(RequestStore store, AgencyRequests requests, CaseFiles files, CaseActions actions, Documents documents,
			Writing writing, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.requests = requests;
		this.files = files;
		this.actions = actions;
		this.documents = documents;
		this.writing = writing;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Somebody told the resident, by telephone or in person: only that closes a refusal.
	 * @throws Refused who does not work on the case (403, 404), when it was told already
	 * or is no refusal (409), or the way or the day cannot be (400)
	 */
	@Transactional
	public void tell(String login, String number, long request, String how, @Nullable LocalDate day) {
		this.files.lockForWorker(login, number);
		AgencyRequest refused = this.requests.find(number, request);
		if (!refused.isColdRefusal()) {
			throw Refused.conflict("told-already",
					"Dit hoeft niet meer te worden verteld: het is al gedaan, of het is geen afwijzing meer. Ververs de pagina.");
		}
		if (!IN_PERSON.contains(how)) {
			throw Refused.invalid("told", "Kies hoe de inwoner het hoorde: telefonisch of in een gesprek.", "how");
		}
		Instant answeredAt = Objects.requireNonNull(refused.answeredAt());
		LocalDate today = DutchTime.day(this.clock.instant());
		if (day == null || day.isAfter(today) || day.isBefore(DutchTime.day(answeredAt).minusYears(1))) {
			throw Refused.invalid("told-on", "Vul de dag in waarop het is verteld: niet na vandaag.", "day");
		}
		this.store.db()
			.sql("update doorbraak.agency_request set told = :how, told_on = :day where id = :id")
			.param("how", how)
			.param("day", RequestStore.date(day))
			.param("id", request)
			.update();
		this.events.publishEvent(new RefusalTold(number, login, request, refused.agency(), how));
	}

	/**
	 * Keeps the letter of an answer.
	 * @throws Refused who does not work on the case (403, 404), without an answer or with
	 * a letter already (409), or when the file cannot be (400)
	 */
	@Transactional
	public void attach(String login, String number, long request, byte[] bytes, @Nullable String mediaType) {
		this.files.lockForWorker(login, number);
		keepLetter(login, this.requests.find(number, request), bytes, mediaType);
	}

	/** The same for who may, as the caller knows. */
	void keepLetter(String login, AgencyRequest answered, byte[] bytes, @Nullable String mediaType) {
		if (answered.answer() == null || answered.letter() != null) {
			throw Refused.conflict("no-letter-wanted",
					"Bij dit antwoord kan geen brief meer: er is nog geen antwoord, of de brief is er al. Ververs de pagina.");
		}
		Document letter = this.documents.take(login, answered.number(), Document.Kind.AGENCY_LETTER, bytes, mediaType);
		this.store.db()
			.sql("update doorbraak.agency_request set letter_id = :letter where id = :id")
			.param("letter", letter.id())
			.param("id", answered.id())
			.update();
	}

	/**
	 * The agency takes its refusal back. It stays in the record, counts in no chain any
	 * more, and the question is asked anew with a new term.
	 * @throws Refused who does not work on the case (403, 404), when it is no standing
	 * refusal or the case is closed (409), or without a reason (400)
	 */
	@Transactional
	public void withdraw(String login, String number, long request, String why) {
		CaseFile file = this.files.lockForWorker(login, number);
		AgencyRequest refused = this.requests.find(number, request);
		if (!refused.isStandingRefusal() || file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("no-refusal",
					"Dit is geen afwijzing die nu geldt, of de casus is gesloten. Ververs de pagina.");
		}
		write(login, number, "withdraw-refusal", "Wat zei de instantie toen zij de afwijzing introk?", why, "why");
		this.store.db()
			.sql("""
					update doorbraak.agency_request set withdrawn_at = :now, withdrawn_by = :login,
					  withdrawal_entry_id = :entry where id = :id""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("login", login)
			.param("entry", this.writing.latestOfCase(number, "withdraw-refusal").orElseThrow().id())
			.param("id", request)
			.update();
		this.events.publishEvent(new RefusalWithdrawn(number, login, request, refused.agency()));
		this.requests.askAgain(refused, login);
	}

	/**
	 * What the agency says about a flag at its answer; the last that it says counts.
	 * @throws Refused when it is no flagged refusal (404), or nothing is said (400)
	 */
	@Transactional
	public void reply(String login, long request, String text) {
		AgencyRequest refused = this.requests.get(request);
		this.files.lock(refused.number());
		if (!this.requests.allRefusals(refused.number()).isFlagged(this.requests.get(request))) {
			throw Refused.notFound();
		}
		write(login, refused.number(), "reply-to-flag", "Wat zegt de instantie hierover?", text, "reply");
		this.store.db()
			.sql("update doorbraak.agency_request set reply_entry_id = :entry where id = :id")
			.param("entry", this.writing.latestOfCase(refused.number(), "reply-to-flag").orElseThrow().id())
			.param("id", request)
			.update();
		this.events.publishEvent(new AgencyReplied(refused.number(), login, request, refused.agency()));
	}

	/**
	 * Takes the case up one level, because of a chain of refusals alone.
	 * @throws Refused who is not of the team (403, 404), or when there are not enough
	 * flags or no level above (409)
	 */
	@Transactional
	public void takeUp(String login, String number) {
		this.files.lockForTeam(login, number);
		RefusalChain chain = this.requests.refusals(number);
		if (!chain.opensTheWayUp()) {
			throw Refused.conflict("too-few-flags",
					"Hiervoor zijn drie opeenvolgende afwijzingen in de casus nodig, of twee van een instantie. Omhoog kan ook met een besluit over dit niveau.");
		}
		this.events.publishEvent(new RefusalsTakenUp(number, login, chain.flagged().size()));
		this.actions.goUp(login, number, "Reeks afwijzingen: " + chain.flagged().size()
				+ " keer een grond die eerder genoemd had kunnen worden.");
	}

	private void write(String login, String number, String form, String question, String text, String field) {
		String said = Typed.text(text, LONGEST_TEXT, "reason",
				"Schrijf het op, in hoogstens " + LONGEST_TEXT + " tekens.", field);
		this.writing.record(number, form, login, List.of(new Answer("reason", question, said, said)));
	}

}
