package nl.doorbraak.mandate;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Document;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.MandateEvents.AnnouncementTermPassed;
import nl.doorbraak.mandate.MandateEvents.DecisionAnnounced;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of {@code announce-decision}: a breakthrough is made known to whom it is for
 * (bekendmaking). Without that it has no effect (Awb 3:40), and the time to object does
 * not begin (Awb 6:8).
 */
@Service
public class Announcements {

	static final String FORM = "announce-decision";

	private final JdbcClient db;

	private final ProposalStore proposals;

	private final CaseFiles files;

	private final Writing writing;

	private final Documents documents;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Announcements(JdbcClient db, ProposalStore proposals, CaseFiles files, Writing writing, Documents documents,
			Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.proposals = proposals;
		this.files = files;
		this.writing = writing;
		this.documents = documents;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Says until when the breakthrough must be announced; nothing where it was decided
	 * outside Doorbraak, by a body that announces it itself.
	 */
	@Transactional
	public Optional<Instant> begin(String number) {
		CaseFile file = this.files.lock(number);
		return signed(number).map((proposal) -> {
			Term term = this.terms.forAnnouncement(this.clock.instant(), file.termsVersion());
			this.db.sql("""
					insert into doorbraak.announcement (proposal_id, case_number, due_at, explanation)
					values (:proposal, :number, :due, :explanation)""")
				.param("proposal", proposal.id())
				.param("number", number)
				.param("due", Timestamp.from(term.endsAt()))
				.param("explanation", term.explanation())
				.update();
			return term.endsAt();
		});
	}

	/** The proposal that became the decision; the last one where there were more. */
	Optional<ProposalRow> signed(String number) {
		return this.proposals.all(number)
			.stream()
			.filter((each) -> each.state().equals("signed"))
			.reduce((first, second) -> second);
	}

	/**
	 * Takes how somebody announced it.
	 * @throws Refused (400) when the day lies before the decision or after today, or
	 * there was no letter to send on that day
	 */
	@Transactional
	public void record(String number) {
		CaseFile file = this.files.lock(number);
		Announcement open = of(number).orElseThrow();
		Entry entry = this.writing.latestOfCase(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no announcement"));
		Answers answers = new Answers(entry.answers());
		String form = String.valueOf(answers.text("announcedAs"));
		LocalDate sentOn = Optional.ofNullable(answers.text("sentOn")).map(LocalDate::parse).orElse(null);
		String remedy = answers.text("remedy");
		LocalDate today = DutchTime.day(this.clock.instant());
		if (sentOn != null && (sentOn.isAfter(today) || sentOn.isBefore(decidedOn(number)))) {
			throw Refused.invalid("sent-on",
					"Vul de dag in waarop u het besluit verstuurde of gaf: niet vóór de dag van het besluit, en niet na vandaag.",
					"sentOn");
		}
		Long letter = ("letter".equals(form) && sentOn != null) ? letter(number, sentOn) : null;
		Term until = "objection".equals(remedy) && sentOn != null ? this.terms.forObjection(sentOn, file.termsVersion())
				: null;
		this.db
			.sql("""
					update doorbraak.announcement set form = :form, sent_on = :sentOn, manner = :manner, remedy = :remedy,
					  remedy_until = :until, remedy_explanation = :why, document_id = :document, entry_id = :entry, done_by = :by, done_at = :now
					where proposal_id = :proposal""")
			.param("form", form)
			.param("sentOn", (sentOn != null) ? Date.valueOf(sentOn) : null)
			.param("manner", answers.text("manner"))
			.param("remedy", remedy)
			.param("until", (until != null) ? Date.valueOf(until.lastDay()) : null)
			.param("why", (until != null) ? until.explanation() : null)
			.param("document", letter)
			.param("entry", entry.id())
			.param("by", entry.writtenBy())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("proposal", open.proposal())
			.update();
		this.events.publishEvent(new DecisionAnnounced(number, entry.writtenBy(), open.proposal(), form, sentOn,
				(until != null) ? until.lastDay() : null));
	}

	/** The last letter that was there on the day of sending. */
	private long letter(String number, LocalDate sentOn) {
		return this.documents.of(number)
			.stream()
			.filter((each) -> each.kind() == Document.Kind.DECISION_LETTER)
			.filter((each) -> !DutchTime.day(each.madeAt()).isAfter(sentOn))
			.reduce((first, second) -> second)
			.orElseThrow(() -> Refused.invalid("no-letter",
					"Op die dag was er nog geen brief. Maak de brief eerst op de casuspagina: wij bewaren hem zoals u hem verstuurt.",
					"sentOn"))
			.id();
	}

	/**
	 * Keeps the decision that stands in another system.
	 * @throws Refused when that is not how it was announced, or it is kept already (409),
	 * or the file is no PDF (400)
	 */
	@Transactional
	public void takeDecision(String login, String number, byte[] pdf, @Nullable String mediaType) {
		this.files.lockForTeam(login, number);
		Announcement told = of(number).filter((each) -> "elsewhere".equals(each.form()) && each.document() == null)
			.orElseThrow(() -> Refused.conflict("no-decision-missing",
					"Er ontbreekt hier geen besluit uit een ander systeem. Ververs de pagina en kijk wat er staat."));
		Document kept = this.documents.take(login, number, Document.Kind.OUTSIDE_DECISION, pdf, mediaType);
		this.db.sql("update doorbraak.announcement set document_id = :document where proposal_id = :proposal")
			.param("document", kept.id())
			.param("proposal", told.proposal())
			.update();
	}

	private LocalDate decidedOn(String number) {
		return signed(number).stream()
			.flatMap((proposal) -> this.proposals.signOffs(proposal).stream())
			.map((signOff) -> DutchTime.day(signOff.at()))
			.max(LocalDate::compareTo)
			.orElseThrow();
	}

	/** The term passed and nobody announced it: that is written down once. */
	@Transactional
	public void tellOverdue(String number) {
		this.files.lock(number);
		Announcement open = of(number).orElseThrow();
		Instant now = this.clock.instant();
		if (open.overdue() || open.doneBy() != null || now.isBefore(open.dueAt())) {
			return;
		}
		this.db.sql("update doorbraak.announcement set overdue_told_at = :now where proposal_id = :proposal")
			.param("now", Timestamp.from(now))
			.param("proposal", open.proposal())
			.update();
		this.events.publishEvent(new AnnouncementTermPassed(number, Actor.TIMER, open.proposal(), open.dueAt()));
	}

	/** The announcement of a case's breakthrough; nothing before there is one to do. */
	@Transactional(readOnly = true)
	public Optional<Announcement> of(String number) {
		return this.db
			.sql("select * from doorbraak.announcement where case_number = :number order by proposal_id desc limit 1")
			.param("number", number)
			.query((row, n) -> announcement(row))
			.optional();
	}

	private static Announcement announcement(ResultSet row) throws SQLException {
		Date sentOn = row.getDate("sent_on");
		Date until = row.getDate("remedy_until");
		Timestamp doneAt = row.getTimestamp("done_at");
		return new Announcement(row.getLong("proposal_id"), row.getTimestamp("due_at").toInstant(),
				row.getString("explanation"), row.getTimestamp("overdue_told_at") != null, row.getString("form"),
				(sentOn != null) ? sentOn.toLocalDate() : null, row.getString("manner"), row.getString("remedy"),
				(until != null) ? until.toLocalDate() : null, row.getString("remedy_explanation"),
				row.getObject("document_id", Long.class), row.getObject("entry_id", Long.class),
				row.getString("done_by"), (doneAt != null) ? doneAt.toInstant() : null);
	}

	/**
	 * Where the announcement stands; what is null was not answered yet, or is not asked.
	 *
	 * @param dueAt the first moment after the term
	 * @param form {@code letter}, {@code elsewhere} or {@code internal}
	 * @param manner {@code post}, {@code handedOver} or {@code digital}
	 * @param remedy {@code objection}, {@code complaint} or {@code none}
	 * @param remedyUntil the last day to object
	 * @param document the letter as it was sent, or the decision of another system
	 * @param entry what somebody wrote about it
	 */
	public record Announcement(long proposal, Instant dueAt, String explanation, boolean overdue, @Nullable String form,
			@Nullable LocalDate sentOn, @Nullable String manner, @Nullable String remedy,
			@Nullable LocalDate remedyUntil, @Nullable String remedyExplanation, @Nullable Long document,
			@Nullable Long entry, @Nullable String doneBy, @Nullable Instant doneAt) {
	}

}
