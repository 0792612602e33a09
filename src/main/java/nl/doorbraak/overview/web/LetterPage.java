package nl.doorbraak.overview.web;

import java.security.Principal;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.mandate.DecisionLetters;
import nl.doorbraak.support.Refused;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The letter about a breakthrough, for the case's own team, to be sent. */
@Controller
class LetterPage {

	private final CaseFiles files;

	private final DecisionLetters letters;

	LetterPage(CaseFiles files, DecisionLetters letters) {
		this.files = files;
		this.letters = letters;
	}

	@GetMapping("/casus/{number}/besluit")
	ResponseEntity<byte[]> letter(Principal reader, @PathVariable String number,
			@RequestParam(defaultValue = "0") int aan, @RequestParam(defaultValue = "") String remedy) {
		if (!this.files.isTeam(reader.getName(), number)) {
			throw Refused.notFound();
		}
		byte[] pdf = this.letters.pdf(this.files.read(reader.getName(), number, "decision-letter"), aan, remedy);
		ContentDisposition asFile = ContentDisposition.attachment().filename("besluit-" + number + ".pdf").build();
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION, asFile.toString())
			.contentType(MediaType.APPLICATION_PDF)
			.body(pdf);
	}

}
