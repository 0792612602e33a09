package nl.doorbraak.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.Consultation.Kind;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationAnswered;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationAsked;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationEnded;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of {@code consultation}: advice that the drafter or the team asks, and what a
 * signer asks the drafter, while a proposal waits for a signature. It ends with the
 * proposal. Each verb locks the case first.
 */
@Service
public class Consultations {

	static final String FORM = "answer-consultation";

	/** Whose advice can be asked. */
	private static final List<Function> ADVISERS = List.of(Function.LEGAL_ADVISER, Function.FINANCE_ADVISER,
			Function.ALDERMAN_ADVISER);

	private static final int LONGEST_TEXT = 4000;

	private final JdbcClient db;

	private final ProposalStore proposals;

	private final Presence presence;

	private final CaseFiles files;

	private final Climb climb;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Consultations(JdbcClient db, ProposalStore proposals, Presence presence, CaseFiles files, Climb climb,
			Writing writing, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.proposals = proposals;
		this.presence = presence;
		this.files = files;
		this.climb = climb;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Asks each of these functions of the municipality for advice, each for itself.
	 * @throws Refused who is not on the case (404), or is neither the drafter nor of the
	 * team (403); when no proposal waits or the function was asked already (409); when
	 * nothing is asked, or nobody could answer (400)
	 */
	@Transactional
	public void askAdvice(String login, String number, List<String> functions, String question) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.lock(number);
		if (!mayAsk(login, number)) {
			throw Refused.forbidden("not-the-drafter",
					"Alleen wie het voorstel deed of het team van de casus vraagt advies.");
		}
		ProposalRow proposal = waiting(number).orElseThrow(
				() -> Refused.conflict("no-proposal", "Er wacht geen voorstel meer op akkoord. Ververs de pagina."));
		String text = text(question);
		List<Function> asked = new LinkedHashSet<>(functions).stream().map(Consultations::adviser).toList();
		if (asked.isEmpty()) {
			throw Refused.invalid("advisers", "Kies wie u om advies vraagt.", "adviser");
		}
		List<Consultation> before = of(proposal);
		for (Function function : asked) {
			if (before.stream().anyMatch((each) -> each.isOpen() && each.function() == function)) {
				throw Refused.conflict("already-asked", function.label()
						+ " is al om advies gevraagd en heeft nog niet geantwoord. Wacht op dat antwoord, of bel.");
			}
			if (this.presence.advisers(function, file.municipality()).isEmpty()) {
				throw Refused.invalid("nobody-advises",
						"Niemand van uw gemeente is nu " + function.label() + ". Kies een andere adviseur.", "adviser");
			}
		}
		long entry = write(number, "ask-advice", login, "Waarover vraagt u advies?", text);
		asked.forEach((function) -> ask(proposal, Kind.ADVICE, function, file.municipality(), null, login, entry));
		inviteWhoIsAsked(number);
	}

	/**
	 * Asks the drafter something before signing; that is no answer to the proposal.
	 * @throws Refused who is not asked to sign (404); the drafter himself, or when
	 * nothing is asked (400); when a question of this person waits already (409)
	 */
	@Transactional
	public void askDrafter(String login, String number, String question) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.lock(number);
		ProposalRow proposal = waiting(number).filter((each) -> isAsked(login, file, each))
			.orElseThrow(Refused::notFound);
		if (proposal.drafter().equals(login)) {
			throw Refused.invalid("own-proposal", "U deed dit voorstel zelf. Overleg met een collega.");
		}
		String text = text(question);
		if (of(proposal).stream().anyMatch((each) -> each.isOpen() && login.equals(each.askedBy()))) {
			throw Refused.conflict("already-asked",
					"U hebt al iets gevraagd en nog geen antwoord. Wacht op dat antwoord, of bel.");
		}
		long entry = write(number, "ask-drafter", login, "Wat vraagt u aan wie het voorstel deed?", text);
		ask(proposal, Kind.QUESTION, null, null, proposal.drafter(), login, entry);
	}

	private Optional<ProposalRow> waiting(String number) {
		return this.proposals.open(number).filter((each) -> each.askedFunction() != null);
	}

	private boolean mayAsk(String login, String number) {
		return this.files.team(number).contains(login)
				|| this.proposals.open(number).filter((each) -> each.drafter().equals(login)).isPresent();
	}

	private boolean isAsked(String login, CaseFile file, ProposalRow proposal) {
		return this.presence
			.people(file, Function.of(String.valueOf(proposal.askedFunction())),
					String.valueOf(proposal.askedOrganisation()))
			.contains(login);
	}

	private static Function adviser(String code) {
		return Coded.find(Function.class, code)
			.filter(ADVISERS::contains)
			.orElseThrow(() -> Refused.invalid("advisers", "Kies adviseurs uit de lijst.", "adviser"));
	}

	private static String text(String question) {
		String text = question.strip();
		if (text.isEmpty() || text.length() > LONGEST_TEXT || !Storable.isStorable(text)) {
			throw Refused.invalid("question", "Schrijf wat u vraagt, in hoogstens " + LONGEST_TEXT + " tekens.",
					"question");
		}
		return text;
	}

	private long write(String number, String form, String login, String label, String text) {
		this.writing.record(number, form, login, List.of(new Answer("question", label, text, text)));
		return this.writing.latestOfCase(number, form).orElseThrow().id();
	}

	private void ask(ProposalRow proposal, Kind kind, @Nullable Function function, @Nullable String body,
			@Nullable String person, String login, long entry) {
		String code = (function != null) ? function.code() : null;
		long id = this.db.sql("""
				insert into doorbraak.consultation (proposal_id, case_number, kind, function, organisation_id, person,
				  asked_by, asked_at, question_entry_id)
				values (:proposal, :number, :kind, :function, :body, :person, :login, :now, :entry) returning id""")
			.param("proposal", proposal.id())
			.param("number", proposal.number())
			.param("kind", kind.code())
			.param("function", code)
			.param("body", body)
			.param("person", person)
			.param("login", login)
			.param("now", now())
			.param("entry", entry)
			.query(Long.class)
			.single();
		this.events.publishEvent(new ConsultationAsked(proposal.number(), login, id, proposal.id(), kind.code(),
				Objects.requireNonNullElse(code, ""), Objects.requireNonNullElse(body, ""),
				Objects.requireNonNullElse(person, ""), Objects.requireNonNull(proposal.answerDueAt())));
	}

	/** Who may pick a question up: the adviser and who stands in, or the drafter. */
	@Transactional(readOnly = true)
	public Signers asked(long consultation) {
		Consultation asked = get(consultation);
		Function function = asked.function();
		return (function != null) ? this.presence.asAdvisers(function, String.valueOf(asked.organisation()))
				: new Signers(Optional.empty(), List.of(String.valueOf(asked.person())));
	}

	/**
	 * Takes the answer that somebody just wrote.
	 * @throws Refused when it is not asked any more (409), or the person no longer has
	 * the function whose advice is asked (403)
	 */
	@Transactional
	public void recordAnswer(long consultation) {
		String number = get(consultation).number();
		CaseFile file = this.files.lock(number);
		Consultation asked = get(consultation);
		if (!asked.isOpen()) {
			throw Refused.conflict("no-question", "Deze vraag is niet meer open. Ververs de pagina.");
		}
		Entry entry = this.writing.latestOfCase(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Consultation " + consultation + " has no answer"));
		String person = entry.writtenBy();
		Function function = asked.function();
		if (function != null
				&& !this.presence.advisers(function, String.valueOf(asked.organisation())).contains(person)) {
			throw Refused.forbidden("not-the-adviser",
					"U hebt deze functie nu niet. Laat iemand adviseren die de functie heeft of daarin vervangt.");
		}
		Function as = (function != null) ? function : functionOf(person);
		String opinion = new Answers(entry.answers()).text("opinion");
		String hash = hash(this.proposals.get(number, asked.proposal()));
		this.db.sql("""
				update doorbraak.consultation set opinion = :opinion, proposal_hash = :hash, answered_by = :person,
				  answered_as = :function, answered_at = :now, answer_entry_id = :entry where id = :id""")
			.param("opinion", opinion)
			.param("hash", hash)
			.param("person", person)
			.param("function", as.code())
			.param("now", now())
			.param("entry", entry.id())
			.param("id", consultation)
			.update();
		inviteWhoIsAsked(number);
		this.events.publishEvent(new ConsultationAnswered(number, person, consultation, asked.proposal(),
				asked.kind().code(), as.code(), Objects.requireNonNullElse(opinion, ""), asked.askedBy(), hash));
	}

	private Function functionOf(String person) {
		return this.directory.getOfficer(person).posts().stream().findFirst().map(Officer.Post::function).orElseThrow();
	}

	private String hash(ProposalRow proposal) {
		return this.climb.draft(proposal.number(), proposal.stay(), proposal.entry()).hash();
	}

	/** The proposal ended: nobody needs to answer about it any more. */
	void end(ProposalRow proposal) {
		List<Consultation> open = of(proposal).stream().filter(Consultation::isOpen).toList();
		open.forEach((each) -> {
			this.db.sql("update doorbraak.consultation set ended_at = :now where id = :id")
				.param("now", now())
				.param("id", each.id())
				.update();
			this.events.publishEvent(new ConsultationEnded(proposal.number(), Actor.SOFTWARE, each.id(), proposal.id(),
					each.kind().code()));
		});
		inviteWhoIsAsked(proposal.number());
	}

	/**
	 * Who is asked for advice that is still open sees the case; no other adviser does.
	 */
	private void inviteWhoIsAsked(String number) {
		this.files.endAdvisers(number);
		all(number).stream().filter(Consultation::isOpen).forEach((each) -> {
			Function function = each.function();
			if (function != null) {
				String body = String.valueOf(each.organisation());
				this.presence.inviteAdvisers(number, function, body);
			}
		});
	}

	/** Whose advice this person can ask now in this case. */
	@Transactional(readOnly = true)
	public List<Function> advisersToAsk(String login, String number) {
		Optional<ProposalRow> proposal = waiting(number);
		if (proposal.isEmpty() || !mayAsk(login, number)) {
			return List.of();
		}
		CaseFile file = this.files.get(number);
		List<Consultation> before = of(proposal.get());
		return ADVISERS.stream()
			.filter((each) -> before.stream().noneMatch((asked) -> asked.isOpen() && asked.function() == each))
			.filter((each) -> !this.presence.advisers(each, file.municipality()).isEmpty())
			.toList();
	}

	/** Everything that was asked about the proposals of a case, oldest first. */
	@Transactional(readOnly = true)
	public List<Line> history(String number) {
		List<Consultation> all = all(number);
		if (all.isEmpty()) {
			return List.of();
		}
		List<ProposalRow> rows = this.proposals.all(number);
		String current = hash(rows.get(rows.size() - 1));
		return all.stream().map((each) -> line(each, current)).toList();
	}

	private Line line(Consultation each, String current) {
		Long entry = each.entry();
		Opinion opinion = each.opinion();
		Function function = each.function();
		Function as = each.answeredAs();
		String answer = (entry == null) ? ""
				: this.files.written(each.number(), entry, (each.kind() == Kind.ADVICE) ? "remarks" : "answer");
		String state = each.isOpen() ? "open" : (entry != null) ? "answered" : "ended";
		return new Line(each.id(), each.kind().code(), state, each.askedBy(), each.askedAt(), function, each.person(),
				this.files.written(each.number(), each.question(), "question"), opinion, answer, each.answeredBy(), as,
				each.answeredAt(), entry != null && !current.equals(each.proposalHash()));
	}

	Consultation get(long id) {
		return this.db.sql("select * from doorbraak.consultation where id = :id")
			.param("id", id)
			.query((row, n) -> consultation(row))
			.single();
	}

	private List<Consultation> all(String number) {
		return this.db.sql("select * from doorbraak.consultation where case_number = :number order by id")
			.param("number", number)
			.query((row, n) -> consultation(row))
			.list();
	}

	private List<Consultation> of(ProposalRow proposal) {
		return all(proposal.number()).stream().filter((each) -> each.proposal() == proposal.id()).toList();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	private static Consultation consultation(ResultSet row) throws SQLException {
		String opinion = row.getString("opinion");
		return new Consultation(row.getLong("id"), row.getLong("proposal_id"), row.getString("case_number"),
				Coded.of(Kind.class, row.getString("kind")), function(row.getString("function")),
				row.getString("organisation_id"), row.getString("person"), row.getString("asked_by"),
				row.getTimestamp("asked_at").toInstant(), row.getLong("question_entry_id"),
				(opinion != null) ? Coded.of(Opinion.class, opinion) : null, row.getString("proposal_hash"),
				row.getString("answered_by"), function(row.getString("answered_as")),
				instant(row.getTimestamp("answered_at")), (Long) row.getObject("answer_entry_id"),
				instant(row.getTimestamp("ended_at")));
	}

	private static @Nullable Function function(@Nullable String code) {
		return (code != null) ? Function.of(code) : null;
	}

	private static @Nullable Instant instant(@Nullable Timestamp at) {
		return (at != null) ? at.toInstant() : null;
	}

	/**
	 * What was asked about a proposal, and what came back, as pages show it.
	 *
	 * @param kind {@code advice} or {@code question}
	 * @param state {@code open}, {@code answered}, or {@code ended} with the proposal
	 * @param function whose advice; null of a question
	 * @param person login of who is asked a question; null of advice
	 * @param opinion of an adviser; null of a question
	 * @param answer in words; empty where there are none
	 * @param earlier whether the answer is about an earlier version of the proposal
	 */
	public record Line(long id, String kind, String state, String askedBy, Instant askedAt, @Nullable Function function,
			@Nullable String person, String question, @Nullable Opinion opinion, String answer,
			@Nullable String answeredBy, @Nullable Function answeredAs, @Nullable Instant answeredAt, boolean earlier) {

		public boolean isAnswered() {
			return this.state.equals("answered");
		}

	}

}
