package nl.doorbraak.agency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.agency.AgencyEvents.AgencyAnswered;
import nl.doorbraak.agency.AgencyEvents.AgencyAsked;
import nl.doorbraak.agency.AgencyEvents.AgencyRequestLapsed;
import nl.doorbraak.agency.AgencyEvents.AgencySilent;
import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Questions to agencies, several side by side. A question outlives the rung on which it
 * was asked, and ends with the case. Each verb locks the case first.
 */
@Service
public class AgencyRequests {

	static final String FORM = "answer-request";

	private static final int LONGEST_TEXT = 4000;

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	AgencyRequests(JdbcClient db, CaseFiles files, Writing writing, Directory directory, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Asks each of these agencies the same question, each for itself.
	 * @throws Refused when the asker does not work on the case (403, 404), the case is
	 * closed or an agency has an open question already (409), or nothing is asked (400)
	 */
	@Transactional
	public void ask(String login, String number, List<String> agencies, String question) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("case-closed", "Deze casus is gesloten. U kunt geen instantie meer vragen.");
		}
		String text = question.strip();
		if (text.isEmpty() || text.length() > LONGEST_TEXT || !Storable.isStorable(text)) {
			throw Refused.invalid("question", "Schrijf wat u vraagt, in hoogstens 4000 tekens.");
		}
		Set<String> asked = new LinkedHashSet<>(agencies);
		if (asked.isEmpty()) {
			throw Refused.invalid("agencies", "Kies een of meer instanties.");
		}
		List<Organisation> bodies = asked.stream().map(this::agency).toList();
		List<AgencyRequest> before = history(number);
		bodies.forEach((body) -> {
			if (before.stream().anyMatch((each) -> each.agency().equals(body.id()) && each.isOpen())) {
				throw Refused.conflict("already-asked",
						body.name() + " is al gevraagd en heeft nog niet geantwoord. Trek die vraag eerst in.");
			}
		});
		this.writing.record(number, "ask-agencies", login,
				List.of(new Answer("question", "Wat vraagt u aan de instanties?", text, text)));
		long entry = this.writing.latestOfCase(number, "ask-agencies").orElseThrow().id();
		Instant now = this.clock.instant();
		Term term = this.terms.forAgency(now, file.eventDate(), file.termsVersion());
		bodies.forEach((body) -> ask(file, body, login, entry, now, term));
	}

	private void ask(CaseFile file, Organisation body, String login, long entry, Instant now, Term term) {
		long id = this.db
			.sql("""
					insert into doorbraak.agency_request (case_number, agency_id, asked_by, asked_at, question_entry_id, due_at, explanation)
					values (:number, :agency, :login, :now, :entry, :due, :explanation) returning id""")
			.param("number", file.number())
			.param("agency", body.id())
			.param("login", login)
			.param("now", Timestamp.from(now))
			.param("entry", entry)
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.query(Long.class)
			.single();
		this.events.publishEvent(new AgencyAsked(file.number(), login, id, body.id(), term.endsAt()));
	}

	private Organisation agency(String id) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equals(id) && each.kind() == Organisation.Kind.AGENCY)
			.findFirst()
			.orElseThrow(() -> Refused.invalid("agencies", "Kies instanties uit de lijst."));
	}

	/**
	 * Who may pick a question up: the officers of an agency that works in Doorbraak; else
	 * the case's own team, which asks and enters what it hears.
	 */
	@Transactional(readOnly = true)
	public Answering answering(long request) {
		AgencyRequest asked = get(request);
		Optional<String> group = group(asked.agency());
		return new Answering(group, group.isPresent() ? List.of() : this.files.team(asked.number()));
	}

	private Optional<String> group(String agency) {
		boolean works = this.directory.getOrganisation(agency).connected()
				&& !this.directory.officersOf(agency, Function.AGENCY_OFFICER).isEmpty();
		return works ? Optional.of(new Officer.Post(Function.AGENCY_OFFICER, agency).group()) : Optional.empty();
	}

	/**
	 * Takes the answer that somebody just wrote.
	 * @return whether the agency goes about this
	 */
	@Transactional
	public boolean recordAnswer(long request) {
		AgencyRequest asked = get(request);
		this.files.lock(asked.number());
		if (!get(request).isOpen()) {
			throw Refused.conflict("no-question", "Deze vraag is niet meer open. Ververs de pagina.");
		}
		Entry entry = this.writing.latestOfCase(asked.number(), FORM)
			.orElseThrow(() -> new IllegalStateException("Request " + request + " has no answer"));
		Answers answers = new Answers(entry.answers());
		AgencyAnswer answer = Coded.of(AgencyAnswer.class, String.valueOf(answers.text("answer")));
		String assessedAll = answers.text("assessedAll");
		boolean outside = this.files.team(asked.number()).contains(entry.writtenBy());
		this.db
			.sql("""
					update doorbraak.agency_request set answer = :answer, assessed_all = :all, referred_to = :referred,
					  outside = :outside, answered_by = :login, answered_at = :now, answer_entry_id = :entry where id = :id""")
			.param("answer", answer.code())
			.param("all", (assessedAll != null) ? assessedAll.equals("yes") : null, java.sql.Types.BOOLEAN)
			.param("referred", answers.text("referredTo"))
			.param("outside", outside)
			.param("login", entry.writtenBy())
			.param("now", now())
			.param("entry", entry.id())
			.param("id", request)
			.update();
		this.events.publishEvent(
				new AgencyAnswered(asked.number(), entry.writtenBy(), request, asked.agency(), answer.code(), outside));
		return answer != AgencyAnswer.NOT_COMPETENT;
	}

	/**
	 * The term passed without an answer. The question stays open; a timer that comes
	 * early after a pause says nothing.
	 */
	@Transactional
	public void recordSilence(long request) {
		AgencyRequest asked = get(request);
		this.files.lock(asked.number());
		AgencyRequest now = get(request);
		if (now.isOpen() && now.silentAt() == null && !now.dueAt().isAfter(this.clock.instant())) {
			this.db.sql("update doorbraak.agency_request set silent_at = :now where id = :id")
				.param("now", now())
				.param("id", request)
				.update();
			this.events.publishEvent(new AgencySilent(asked.number(), Actor.TIMER, request, asked.agency()));
		}
	}

	/**
	 * Takes a question back.
	 * @throws Refused when it is not open any more (409)
	 */
	@Transactional
	public void withdraw(String login, String number, long request) {
		this.files.lockForWorker(login, number);
		AgencyRequest asked = history(number).stream()
			.filter((each) -> each.id() == request)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (!asked.isOpen()) {
			throw Refused.conflict("no-question", "Deze vraag is niet meer open. Ververs de pagina.");
		}
		lapse(asked, login);
	}

	@EventListener
	@Transactional
	void lapse(CaseClosed event) {
		history(event.number()).stream().filter(AgencyRequest::isOpen).forEach((each) -> lapse(each, Actor.SOFTWARE));
	}

	private void lapse(AgencyRequest request, String actor) {
		this.db.sql("update doorbraak.agency_request set lapsed_at = :now where id = :id")
			.param("now", now())
			.param("id", request.id())
			.update();
		this.events.publishEvent(new AgencyRequestLapsed(request.number(), actor, request.id(), request.agency()));
	}

	/** The answer waits as long as the case stood still; its timer does the same. */
	@EventListener
	@Transactional
	void moveAnswer(CaseResumed event) {
		history(event.number()).stream()
			.filter((each) -> each.isOpen() && !each.dueAt().isBefore(event.pausedAt()))
			.forEach((each) -> {
				Term later = this.terms.resumed(each.dueAt(), event.pausedAt(), event.resumedAt(),
						event.termsVersion());
				this.db.sql("update doorbraak.agency_request set due_at = :due, explanation = :why where id = :id")
					.param("due", Timestamp.from(later.endsAt()))
					.param("why", later.explanation())
					.param("id", each.id())
					.update();
			});
	}

	/** The question. */
	@Transactional(readOnly = true)
	public AgencyRequest get(long request) {
		return this.db.sql("select * from doorbraak.agency_request where id = :id")
			.param("id", request)
			.query((row, n) -> request(row))
			.single();
	}

	/** Every question of a case, oldest first. */
	@Transactional(readOnly = true)
	public List<AgencyRequest> history(String number) {
		return this.db.sql("select * from doorbraak.agency_request where case_number = :number order by id")
			.param("number", number)
			.query((row, n) -> request(row))
			.list();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	private static AgencyRequest request(ResultSet row) throws SQLException {
		String answer = row.getString("answer");
		return new AgencyRequest(row.getLong("id"), row.getString("case_number"), row.getString("agency_id"),
				row.getString("asked_by"), row.getTimestamp("asked_at").toInstant(), row.getLong("question_entry_id"),
				row.getTimestamp("due_at").toInstant(), row.getString("explanation"), instant(row, "silent_at"),
				(answer != null) ? Coded.of(AgencyAnswer.class, answer) : null, (Boolean) row.getObject("assessed_all"),
				row.getString("referred_to"), row.getBoolean("outside"), row.getString("answered_by"),
				instant(row, "answered_at"), (Long) row.getObject("answer_entry_id"), instant(row, "lapsed_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	/**
	 * Who may pick a question up.
	 *
	 * @param group the officers of the agency; empty when it does not work in Doorbraak
	 * @param people else the case's team, by login
	 */
	public record Answering(Optional<String> group, List<String> people) {

		public Answering {
			people = List.copyOf(people);
		}

	}

}
