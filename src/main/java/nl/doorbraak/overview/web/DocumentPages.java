package nl.doorbraak.overview.web;

import java.io.IOException;
import java.security.Principal;
import java.time.LocalDate;

import nl.doorbraak.casefile.Documents;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The files of a case: the letter about a breakthrough is made by the case's own team, a
 * decision of another system is sent in, and who is on the case downloads them.
 */
@Controller
class DocumentPages {

	private final DecisionLetters letters;

	private final Announcements announcements;

	private final Documents documents;

	DocumentPages(DecisionLetters letters, Announcements announcements, Documents documents) {
		this.letters = letters;
		this.announcements = announcements;
		this.documents = documents;
	}

	@PostMapping("/casus/{number}/besluit")
	String makeLetter(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "0") int aan,
			@RequestParam(defaultValue = "") String remedy,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate takenOn,
			@RequestParam(defaultValue = "") String takenUnder) {
		OwnDecision own = (takenOn != null) ? new OwnDecision(takenOn, takenUnder.strip()) : null;
		this.letters.make(actor.getName(), number, aan, remedy, own);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/stukken")
	String take(Principal actor, @PathVariable String number,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		if (bestand == null) {
			throw Refused.invalid("no-file", "Kies eerst een bestand.");
		}
		this.announcements.takeDecision(actor.getName(), number, bestand.getBytes(), bestand.getContentType());
		return backTo(number);
	}

	@GetMapping("/casus/{number}/stukken/{id}")
	ResponseEntity<byte[]> document(Principal reader, @PathVariable String number, @PathVariable long id) {
		Documents.Content content = this.documents.read(reader.getName(), number, id);
		ContentDisposition asFile = ContentDisposition.attachment().filename(content.document().fileName()).build();
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION, asFile.toString())
			.contentType(MediaType.APPLICATION_PDF)
			.body(content.bytes());
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "#bekendmaking";
	}

}
