package nl.doorbraak.casefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.CaseEvents.DocumentKept;
import nl.doorbraak.casefile.CaseEvents.DocumentWithdrawn;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of a case, kept as they were made or sent in: never changed, withdrawn rather
 * than deleted, and read by who is on the case and may know who it is about.
 */
@Service
public class Documents {

	private static final int MOST = 10 * 1024 * 1024;

	private static final int LONGEST_TITLE = 200;

	private static final int LONGEST_REASON = 1000;

	/** Older than any paper of a household. */
	private static final int MOST_YEARS = 100;

	private static final String PDF = "application/pdf";

	private static final byte[] PDF_BEGINS = "%PDF-".getBytes(StandardCharsets.US_ASCII);

	private final CaseStore store;

	private final CaseFiles files;

	private final PaperScanner scanner;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Documents(CaseStore store, CaseFiles files, PaperScanner scanner, Clock clock, ApplicationEventPublisher events) {
		this.scanner = scanner;
		this.store = store;
		this.files = files;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Keeps a file that somebody sent in.
	 * @param mediaType what the sender says that it is
	 * @throws Refused (400) when it is empty, too large or no PDF
	 */
	@Transactional
	public Document take(String login, String number, Document.Kind kind, byte[] bytes, @Nullable String mediaType) {
		refuseUnlessSized(bytes);
		boolean begins = bytes.length > PDF_BEGINS.length
				&& Arrays.equals(bytes, 0, PDF_BEGINS.length, PDF_BEGINS, 0, PDF_BEGINS.length);
		if (!begins || !PDF.equals(mediaType)) {
			throw Refused.invalid("no-pdf", "Dit bestand is geen PDF. Bewaar het eerst als PDF en kies het opnieuw.",
					"bestand");
		}
		this.scanner.refuseWhatHarms(bytes);
		return keep(login, number, kind, bytes);
	}

	/** Keeps a PDF that was made here; the audit gets a keyed hash of it. */
	@Transactional
	public Document keep(String login, String number, Document.Kind kind, byte[] pdf) {
		return keep(login, number, kind, pdf, FileType.PDF, null, null);
	}

	/**
	 * Adds a paper to a case.
	 * @param sent what was typed of it, and the file
	 * @throws Refused who does not work on the case (403, 404), or when what was typed or
	 * the file cannot be (400)
	 */
	@Transactional
	public Document add(String login, String number, Sent sent) {
		this.files.lockForWorker(login, number);
		Document.Kind kind = Coded.find(Document.Kind.class, sent.kind())
			.filter(Document.Kind::isAdded)
			.orElseThrow(() -> Refused.invalid("paper-kind", "Kies wat voor stuk dit is.", "kind"));
		String title = Typed.line(sent.title(), LONGEST_TITLE, "paper-title",
				"Schrijf in een regel wat dit is, in hoogstens " + LONGEST_TITLE + " tekens.", "title");
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate datedOn = sent.datedOn();
		if (datedOn == null || datedOn.isAfter(today) || datedOn.isBefore(today.minusYears(MOST_YEARS))) {
			throw Refused.invalid("paper-date", "Vul de datum in die op het stuk staat: niet na vandaag.", "datedOn");
		}
		refuseUnlessSized(sent.bytes());
		FileType type = FileType.check(sent.bytes(), sent.fileName(), sent.mediaType());
		this.scanner.refuseWhatHarms(sent.bytes());
		return keep(login, number, kind, sent.bytes(), type, title, datedOn);
	}

	private static void refuseUnlessSized(byte[] bytes) {
		if (bytes.length == 0) {
			throw Refused.invalid("no-file", "Kies eerst een bestand. Een leeg bestand bewaren wij niet.", "bestand");
		}
		if (bytes.length > MOST) {
			throw Refused.invalid("file-too-large",
					"Dit bestand is te groot: hoogstens 10 MB. Maak het kleiner, of splits het.", "bestand");
		}
	}

	private Document keep(String login, String number, Document.Kind kind, byte[] bytes, FileType type,
			@Nullable String title, @Nullable LocalDate datedOn) {
		CaseFile file = this.store.lock(number);
		long nth = of(number).stream().filter((each) -> each.kind() == kind).count() + 1;
		long kept = this.store.db()
			.sql("""
					insert into doorbraak.document (case_id, kind, title, dated_on, file_name, media_type, size_bytes, sha256,
					  bytes, made_by, made_at)
					values (:case, :kind, :title, :dated, :name, :type, :size, :sha256, :bytes, :by, :now) returning id""")
			.param("case", file.id())
			.param("kind", kind.code())
			.param("title", title)
			.param("dated", datedOn)
			.param("name", name(kind, number) + "-" + nth + "." + type.extension())
			.param("type", type.mediaType())
			.param("size", bytes.length)
			.param("sha256", sha256(bytes))
			.param("bytes", bytes)
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
		this.events.publishEvent(new DocumentKept(number, login, kept, kind.code(),
				Writing.keyedHash(this.store.hashKey(file.id()), bytes)));
		return of(number).stream().filter((each) -> each.id() == kept).findFirst().orElseThrow();
	}

	/**
	 * Says that a paper should not have been added. It stays, for the team alone.
	 * @throws Refused who does not work on the case (403, 404), when it is no paper that
	 * was added or was withdrawn already (409), or without a reason (400)
	 */
	@Transactional
	public void withdraw(String login, String number, long id, String why) {
		this.files.lockForWorker(login, number);
		Document document = of(number).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (!document.kind().isAdded() || document.withdrawn() != null) {
			throw Refused.conflict("paper-stays",
					"Dit stuk kunt u niet intrekken: het is al ingetrokken, of het hoort bij een besluit of een antwoord. Ververs de pagina.");
		}
		String reason = Typed.text(why, LONGEST_REASON, "reason",
				"Schrijf waarom u het stuk intrekt, in hoogstens " + LONGEST_REASON + " tekens.", "why");
		this.store.db()
			.sql("""
					insert into doorbraak.document_withdrawal (document_id, why, withdrawn_by, withdrawn_at)
					values (:id, :why, :by, :now)""")
			.param("id", id)
			.param("why", reason)
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new DocumentWithdrawn(number, login, id, document.kind().code()));
	}

	/** Says nothing of people, whatever its sender called it. */
	private static String name(Document.Kind kind, String number) {
		return switch (kind) {
			case DECISION_LETTER -> "besluit-" + number + "-brief";
			case OUTSIDE_DECISION -> "besluit-" + number + "-elders";
			case AGENCY_LETTER -> "instantie-" + number + "-brief";
			case LETTER -> "casus-" + number + "-brief";
			case PROOF -> "casus-" + number + "-bewijsstuk";
			case AGREEMENT -> "casus-" + number + "-afspraak";
			case OTHER -> "casus-" + number + "-stuk";
		};
	}

	/** Whether somebody may download the files of a case: not without its names. */
	@Transactional(readOnly = true)
	public boolean mayRead(String login, String number) {
		return this.files.mayKnow(login, number);
	}

	/** The files of a case, oldest first; no reading of them. */
	@Transactional(readOnly = true)
	public List<Document> of(String number) {
		return this.store.db()
			.sql("""
					select d.id, d.kind, d.title, d.dated_on, d.file_name, d.media_type, d.size_bytes, d.made_by, d.made_at,
					  w.why, w.withdrawn_by, w.withdrawn_at
					from doorbraak.document d join doorbraak.case_file c on c.id = d.case_id
					left join doorbraak.document_withdrawal w on w.document_id = d.id
					where c.number = :number order by d.id""")
			.param("number", number)
			.query((row, n) -> document(row))
			.list();
	}

	/** The same, in the words that somebody may read. */
	@Transactional(readOnly = true)
	public List<Document> of(String number, String reader) {
		UnaryOperator<String> words = this.files.namesHidden(reader, number)
			.<UnaryOperator<String>>map((names) -> names::hiddenIn)
			.orElse(UnaryOperator.identity());
		return of(number).stream().map((each) -> each.in(words)).toList();
	}

	/**
	 * A file for somebody who may read the case and such a file, recorded as a read of
	 * it.
	 * @throws Refused (404) for who may not read the case, for a file of another case,
	 * and for who is not of the team one that was withdrawn; (403) for who reads it for
	 * something else or may not know who it is about
	 */
	@Transactional
	public Content read(String login, String number, long id) {
		CaseFiles.Reader reader = this.files.reader(login, number);
		CaseFile file = this.store.get(number);
		if (find(login, file, id).isEmpty()) {
			return readApart(login, file, reader, id);
		}
		Document document = find(login, file, id).orElseThrow();
		reader.refuseUnless(document.kind().sight());
		if (!mayRead(login, number)) {
			throw Refused.forbidden("names-in-papers",
					"In dit stuk kunnen namen staan, en uw organisatie weet niet om wie het gaat. Vraag de casusregisseur om dat eerst met u te delen.");
		}
		this.events
			.publishEvent(new CaseRead(number, login, document.kind().code(), this.files.purpose(login, file, reader)));
		return new Content(document, bytes(id));
	}

	/** A paper in a compartment, for who may open that; a reading of it. */
	private Content readApart(String login, CaseFile file, CaseFiles.Reader reader, long id) {
		for (long compartment : this.store.compartments(file.id(), login, this.clock.instant())) {
			Optional<Content> found = this.store.opening(List.of(compartment),
					() -> find(login, file, id).map((document) -> new Content(document, bytes(id))));
			if (found.isPresent() && mayRead(login, file.number())) {
				this.events.publishEvent(new CompartmentEvents.CompartmentRead(file.number(), login, compartment,
						this.files.purpose(login, file, reader).code()));
				return found.get();
			}
		}
		throw Refused.notFound();
	}

	private Optional<Document> find(String login, CaseFile file, long id) {
		return of(file.number()).stream()
			.filter((each) -> each.id() == id)
			.filter((each) -> each.withdrawn() == null || this.files.isCaseTeam(login, file.id()))
			.findFirst();
	}

	/**
	 * The letters about the decisions of a case as they went out, for an auditor of its
	 * municipality; each is recorded as a read of it.
	 * @throws Refused (404) when it is no case of these municipalities, (403) when the
	 * auditor did not say why they need the names that stand in them
	 */
	@Transactional
	public List<Content> decisionsForAudit(String login, String number, Collection<String> municipalities) {
		this.files.refuseUnlessNamesAudited(login, number, municipalities);
		return of(number).stream().filter(Document::isDecision).map((document) -> {
			this.events.publishEvent(new CaseRead(number, login, document.kind().code(), Purpose.AUDIT));
			return new Content(document, bytes(document.id()));
		}).toList();
	}

	private byte[] bytes(long id) {
		return this.store.db()
			.sql("select bytes from doorbraak.document where id = :id")
			.param("id", id)
			.query((row, n) -> row.getBytes(1))
			.single();
	}

	private static Document document(ResultSet row) throws SQLException {
		Date datedOn = row.getDate("dated_on");
		String why = row.getString("why");
		return new Document(row.getLong("id"), Coded.of(Document.Kind.class, row.getString("kind")),
				row.getString("file_name"), FileType.of(row.getString("media_type")), row.getString("title"),
				(datedOn != null) ? datedOn.toLocalDate() : null, row.getInt("size_bytes"), row.getString("made_by"),
				row.getTimestamp("made_at").toInstant(), (why == null) ? null : new Document.Withdrawal(why,
						row.getString("withdrawn_by"), row.getTimestamp("withdrawn_at").toInstant()));
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A file with its bytes, as they were kept. */
	public record Content(Document document, byte[] bytes) {
	}

	/**
	 * What somebody sends in.
	 *
	 * @param kind code of a {@link Document.Kind}
	 * @param fileName as its sender calls it: checked, and forgotten
	 * @param mediaType what its sender says that it is
	 */
	public record Sent(String kind, String title, @Nullable LocalDate datedOn, byte[] bytes, @Nullable String fileName,
			@Nullable String mediaType) {
	}

}
