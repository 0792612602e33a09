package nl.doorbraak.casefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.CaseEvents.DocumentKept;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of a case, kept as they were made or sent in: PDF only, never changed, and read
 * by who is on the case.
 */
@Service
public class Documents {

	private static final int MOST = 10 * 1024 * 1024;

	private static final String PDF = "application/pdf";

	private static final byte[] PDF_BEGINS = "%PDF-".getBytes(StandardCharsets.US_ASCII);

	private final CaseStore store;

	private final CaseFiles files;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Documents(CaseStore store, CaseFiles files, Clock clock, ApplicationEventPublisher events) {
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
		if (bytes.length == 0) {
			throw Refused.invalid("no-file", "Kies eerst een bestand. Een leeg bestand bewaren wij niet.");
		}
		if (bytes.length > MOST) {
			throw Refused.invalid("file-too-large",
					"Dit bestand is te groot: hoogstens 10 MB. Maak het kleiner, of splits het.");
		}
		boolean begins = bytes.length > PDF_BEGINS.length
				&& Arrays.equals(bytes, 0, PDF_BEGINS.length, PDF_BEGINS, 0, PDF_BEGINS.length);
		if (!begins || !PDF.equals(mediaType)) {
			throw Refused.invalid("no-pdf", "Dit bestand is geen PDF. Bewaar het eerst als PDF en kies het opnieuw.");
		}
		return keep(login, number, kind, bytes);
	}

	/** Keeps a PDF that was made here; the audit gets a keyed hash of it. */
	@Transactional
	public Document keep(String login, String number, Document.Kind kind, byte[] pdf) {
		CaseFile file = this.store.lock(number);
		long nth = of(number).stream().filter((each) -> each.kind() == kind).count() + 1;
		Document kept = this.store.db()
			.sql("""
					insert into doorbraak.document (case_id, kind, file_name, media_type, size_bytes, sha256, bytes, made_by, made_at)
					values (:case, :kind, :name, :type, :size, :sha256, :bytes, :by, :now) returning *""")
			.param("case", file.id())
			.param("kind", kind.code())
			.param("name", name(kind, number) + "-" + nth + ".pdf")
			.param("type", PDF)
			.param("size", pdf.length)
			.param("sha256", sha256(pdf))
			.param("bytes", pdf)
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query((row, n) -> document(row))
			.single();
		this.events.publishEvent(new DocumentKept(number, login, kept.id(), kind.code(),
				Writing.keyedHash(this.store.hashKey(file.id()), pdf)));
		return kept;
	}

	/** Says nothing of people, whatever its sender called it. */
	private static String name(Document.Kind kind, String number) {
		return switch (kind) {
			case DECISION_LETTER -> "besluit-" + number + "-brief";
			case OUTSIDE_DECISION -> "besluit-" + number + "-elders";
			case AGENCY_LETTER -> "instantie-" + number + "-brief";
		};
	}

	/** The files of a case, oldest first; no reading of them. */
	@Transactional(readOnly = true)
	public List<Document> of(String number) {
		return this.store.db()
			.sql("""
					select d.id, d.kind, d.file_name, d.size_bytes, d.made_by, d.made_at from doorbraak.document d
					join doorbraak.case_file c on c.id = d.case_id where c.number = :number order by d.id""")
			.param("number", number)
			.query((row, n) -> document(row))
			.list();
	}

	/**
	 * A file for somebody who may read the case and such a file, recorded as a read of
	 * it.
	 * @throws Refused (404) for who may not read the case, and for a file of another
	 * case; (403) for who reads it for something else
	 */
	@Transactional
	public Content read(String login, String number, long id) {
		CaseFiles.Reader reader = this.files.reader(login, number);
		CaseFile file = this.store.get(number);
		Content content = this.store.db()
			.sql("select * from doorbraak.document where id = :id and case_id = :case")
			.param("id", id)
			.param("case", file.id())
			.query((row, n) -> new Content(document(row), row.getBytes("bytes")))
			.optional()
			.orElseThrow(Refused::notFound);
		reader.refuseUnless(content.document().kind().sight());
		Purpose purpose = this.files.purpose(login, file, reader);
		this.events.publishEvent(new CaseRead(number, login, content.document().kind().code(), purpose));
		return content;
	}

	private static Document document(ResultSet row) throws SQLException {
		return new Document(row.getLong("id"), Coded.of(Document.Kind.class, row.getString("kind")),
				row.getString("file_name"), row.getInt("size_bytes"), row.getString("made_by"),
				row.getTimestamp("made_at").toInstant());
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

}
