package nl.doorbraak.overview.web;

import java.io.IOException;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Announcements;
import nl.doorbraak.mandate.DecisionLetters;
import nl.doorbraak.mandate.DecisionLetters.OwnDecision;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The files of a case: the letter about a breakthrough is made by the case's own team, a
 * decision of another system is sent in, who works on the case adds papers, and who is on
 * the case downloads them.
 */
@Controller
class DocumentPages {

	private final DecisionLetters letters;

	private final Announcements announcements;

	private final Documents documents;

	private final CaseFiles files;

	private final CaseParts parts;

	private final Directory directory;

	DocumentPages(DecisionLetters letters, Announcements announcements, Documents documents, CaseFiles files,
			CaseParts parts, Directory directory) {
		this.letters = letters;
		this.announcements = announcements;
		this.documents = documents;
		this.files = files;
		this.parts = parts;
		this.directory = directory;
	}

	@PostMapping("/casus/{number}/besluit")
	String makeLetter(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "0") int aan,
			@RequestParam(defaultValue = "") String remedy,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate takenOn,
			@RequestParam(defaultValue = "") String takenUnder) {
		OwnDecision own = (takenOn != null) ? new OwnDecision(takenOn, takenUnder.strip()) : null;
		this.letters.make(actor.getName(), number, aan, remedy, own);
		return backTo(number, "bekendmaking");
	}

	@PostMapping("/casus/{number}/besluit/bestand")
	String takeDecision(Principal actor, @PathVariable String number,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		if (bestand == null) {
			throw Refused.invalid("no-file", "Kies eerst een bestand.", "bestand");
		}
		this.announcements.takeDecision(actor.getName(), number, bestand.getBytes(), bestand.getContentType());
		return backTo(number, "bekendmaking");
	}

	@GetMapping("/casus/{number}/stukken")
	String papers(Model model, Principal reader, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "papers");
		model.addAttribute("number", number);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("papers", this.parts.papers(reader.getName(), dossier));
		return "casefile/papers";
	}

	@PostMapping("/casus/{number}/stukken")
	String add(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String kind,
			@RequestParam(defaultValue = "") String title, @RequestParam(defaultValue = "") String datedOn,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		this.documents.add(actor.getName(), number,
				new Documents.Sent(kind, title, day(datedOn), (bestand != null) ? bestand.getBytes() : new byte[0],
						(bestand != null) ? bestand.getOriginalFilename() : null,
						(bestand != null) ? bestand.getContentType() : null));
		return backTo(number, "stukken");
	}

	private static @Nullable LocalDate day(String typed) {
		try {
			return LocalDate.parse(typed);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	@PostMapping("/casus/{number}/stukken/{id}/intrekken")
	String withdraw(Principal actor, @PathVariable String number, @PathVariable long id,
			@RequestParam(defaultValue = "") String why) {
		this.documents.withdraw(actor.getName(), number, id, why);
		return backTo(number, "stukken");
	}

	@GetMapping("/casus/{number}/stukken/{id}")
	ResponseEntity<byte[]> document(Principal reader, @PathVariable String number, @PathVariable long id) {
		Documents.Content content = this.documents.read(reader.getName(), number, id);
		ContentDisposition asFile = ContentDisposition.attachment().filename(content.document().fileName()).build();
		return ResponseEntity.ok()
			// Who opens it in the browser all the same gets no script and nothing of
			// ours.
			.header("Content-Security-Policy", "sandbox; default-src 'none'")
			.header(HttpHeaders.CONTENT_DISPOSITION, asFile.toString())
			.contentType(MediaType.parseMediaType(content.document().type().mediaType()))
			.body(content.bytes());
	}

	private static String backTo(String number, String part) {
		return "redirect:/casus/" + number + "#" + part;
	}

}
