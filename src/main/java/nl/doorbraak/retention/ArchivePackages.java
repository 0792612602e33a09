package nl.doorbraak.retention;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.retention.RetentionEvents.CaseArchived;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.HtmlUtils;

/**
 * A closed case as one file for an archive: its papers, what was written to read and as
 * data, its record, and the metadata of each. With all names: so for who manages there.
 */
@Service
public class ArchivePackages {

	/**
	 * How the software works, and keys of doors: no part of what was done for somebody.
	 */
	private static final Set<String> NOT_IN_IT = Set.of("compartment", "compartment_person", "compartment_given",
			"task_offer", "open_task", "alert", "lead_watch", "door_code", "household");

	private final JdbcClient db;

	private final CaseFiles files;

	private final Retention retention;

	private final Directory directory;

	private final AuditTrail audit;

	private final ObjectMapper json;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	ArchivePackages(JdbcClient db, CaseFiles files, Retention retention, Directory directory, AuditTrail audit,
			ObjectMapper json, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.retention = retention;
		this.directory = directory;
		this.audit = audit;
		this.json = json;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * The package, as a ZIP.
	 * @throws Refused who does not manage there (404), or when the case is open (409)
	 */
	@Transactional
	public byte[] make(String login, String number) {
		this.retention.lockAsManager(login, number);
		CaseFile file = this.files.get(number);
		KeptCase kept = this.retention.of(number)
			.orElseThrow(() -> Refused.conflict("case-open",
					"Deze casus is nog open. Een archiefpakket maakt u van een gesloten casus."));
		List<Content> contents = new ArrayList<>();
		contents.add(Content.of(number + "-dossier", "Dossier om te lezen", null, "dossier.html", "text/html",
				readable(file)));
		contents.add(Content.of(number + "-gegevens", "Gegevens van de casus", null, "gegevens.json",
				"application/json", data(file)));
		contents.add(Content.of(number + "-verantwoording", "Verantwoording: wie deed wat wanneer", null,
				"verantwoording.json", "application/json", record(number)));
		contents.addAll(papers(file));
		Mdto.Whole whole = new Mdto.Whole(number, Outcome.find(kept.outcome()).map(Outcome::label).orElse(""),
				DutchTime.day(file.reportedAt()), kept.closedOn(),
				this.directory.getOrganisation(file.municipality()).name(), kept.longest(),
				contents.stream().map(Content::part).toList());
		byte[] zip = zip(whole, contents);
		this.events.publishEvent(new CaseArchived(number, login, contents.size(), sha256(zip)));
		return zip;
	}

	private byte[] zip(Mdto.Whole whole, List<Content> contents) {
		OffsetDateTime now = this.clock.instant().atZone(DutchTime.ZONE).toOffsetDateTime();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
			String root = whole.number() + "/";
			put(zip, root + whole.number() + ".mdto.xml", Mdto.of(whole));
			for (Content each : contents) {
				String place = root + each.part().id() + "/";
				put(zip, place + each.part().id() + ".mdto.xml", Mdto.of(whole, each.part()));
				put(zip, place + each.part().fileName(), each.bytes());
				put(zip, place + each.part().fileName() + ".bestand.mdto.xml", Mdto.ofFile(each.part(), now));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void put(ZipOutputStream zip, String name, String text) throws IOException {
		put(zip, name, text.getBytes(StandardCharsets.UTF_8));
	}

	private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(bytes);
		zip.closeEntry();
	}

	private List<Content> papers(CaseFile file) {
		return this.db
			.sql("""
					select d.id, coalesce(d.title, d.kind) as title, coalesce(d.dated_on, cast(d.made_at at time zone 'Europe/Amsterdam' as date)) as day,
					  d.file_name, d.media_type, d.bytes from doorbraak.document d where d.case_id = :id order by d.id""")
			.param("id", file.id())
			.query((row, n) -> Content.of(file.number() + "-stuk-" + row.getLong("id"), row.getString("title"),
					row.getDate("day").toLocalDate(), row.getString("file_name"), row.getString("media_type"),
					row.getBytes("bytes")))
			.list();
	}

	/**
	 * Every row of every table of the case, but files, keys and how the software works.
	 */
	private byte[] data(CaseFile file) {
		record Table(String name, String which) {
		}
		Map<String, JsonNode> data = new LinkedHashMap<>();
		for (Table table : this.db
			.sql("select name, which from doorbraak.case_table where treatment = 'removed' order by position desc")
			.query((row, n) -> new Table(row.getString(1), row.getString(2)))
			.list()) {
			if (!NOT_IN_IT.contains(table.name())) {
				String rows = this.db
					.sql("select coalesce(jsonb_agg(to_jsonb(t) - array['bytes', 'hash_key', 'key_hash', 'answer_key']), '[]') from doorbraak."
							+ table.name() + " t where "
							+ table.which().replace("$1", ":id").replace("$2", ":number").replace("$3", ":household")
							+ (table.name().equals("subject_export")
									? " and t.request_id not in (select g.request_id from doorbraak.compartment_given g)"
									: "")
							+ (table.name().equals("agency_request")
									? " and t.question_entry_id in (select e.id from doorbraak.entry e)" : ""))
					.param("id", file.id())
					.param("number", file.number())
					.param("household", file.householdId())
					.query(String.class)
					.single();
				JsonNode found = read(rows);
				if (!found.isEmpty()) {
					data.put(table.name(), found);
				}
			}
		}
		return pretty(data);
	}

	private byte[] record(String number) {
		return pretty(this.audit.chain(number)
			.stream()
			.map((line) -> Map.of("number", line.number(), "at", line.at().toString(), "actor", line.actor(), "act",
					line.act(), "facts", read(line.facts()), "hash", HexFormat.of().formatHex(line.hash())))
			.toList());
	}

	private byte[] readable(CaseFile file) {
		StringBuilder html = new StringBuilder(
				"<!DOCTYPE html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><title>" + file.number()
						+ "</title></head><body>\n<h1>Casus " + file.number() + "</h1>\n");
		paragraph(html, "Wat zit vast?", file.whatIsStuck());
		this.db.sql("""
				select m.name, m.birth_date, m.role from doorbraak.household_member m
				where m.household_id = :household order by m.id""")
			.param("household", file.householdId())
			.query((row) -> {
				paragraph(html, "Lid van het huishouden", row.getString(1) + ((row.getDate(2) != null)
						? ", geboren " + DutchTime.date(row.getDate(2).toLocalDate()) : ""));
			});
		this.db.sql("select written_by, written_at, fields from doorbraak.entry where case_id = :id order by id")
			.param("id", file.id())
			.query((row) -> {
				html.append("<h2>")
					.append(escaped(DutchTime.moment(row.getTimestamp(2).toInstant()) + ", "
							+ this.directory.nameOf(row.getString(1))))
					.append("</h2>\n");
				read(row.getString(3)).forEach((field) -> paragraph(html, field.path("label").asText(),
						field.path("shown").asText(field.path("value").asText())));
			});
		return html.append("</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void paragraph(StringBuilder html, String label, String text) {
		html.append("<p><strong>").append(escaped(label)).append("</strong> ").append(escaped(text)).append("</p>\n");
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

	private JsonNode read(String text) {
		try {
			return this.json.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] pretty(Object value) {
		ObjectWriter writer = this.json.writerWithDefaultPrettyPrinter();
		try {
			return writer.writeValueAsBytes(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One file with what is told of it. */
	private record Content(Mdto.Part part, byte[] bytes) {

		static Content of(String id, String title, @Nullable LocalDate datedOn, String fileName, String mediaType,
				byte[] bytes) {
			return new Content(new Mdto.Part(id, title, datedOn, fileName, mediaType, bytes.length, sha256(bytes)),
					bytes);
		}

	}

}
