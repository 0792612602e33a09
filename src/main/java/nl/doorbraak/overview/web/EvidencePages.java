package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Purpose;
import nl.doorbraak.casefile.Purposes;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** An auditor makes the evidence pack of a case, without names or with a reason. */
@Controller
class EvidencePages {

	private static final String HIDDEN = "hidden";

	private static final String SHOWN = "shown";

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	private final EvidencePack pack;

	private final CaseFiles files;

	private final Purposes purposes;

	private final Auditors auditors;

	EvidencePages(EvidencePack pack, CaseFiles files, Purposes purposes, Auditors auditors) {
		this.pack = pack;
		this.files = files;
		this.purposes = purposes;
		this.auditors = auditors;
	}

	@GetMapping("/controle/{number}/bewijspakket")
	String ask(Model model, Principal reader, @PathVariable String number) {
		if (!this.files.isOf(number, this.auditors.municipalities(reader.getName()))) {
			throw Refused.notFound();
		}
		model.addAttribute("number", number);
		model.addAttribute("choices", Purpose.FOR_NAMES);
		model.addAttribute("lastDay", this.purposes.lastDay());
		return "overview/evidence";
	}

	@PostMapping("/controle/{number}/bewijspakket")
	ResponseEntity<byte[]> make(Principal reader, @PathVariable String number,
			@RequestParam(defaultValue = "") String names, @RequestParam(defaultValue = "") String purpose,
			@RequestParam(defaultValue = "") String why) {
		Set<String> municipalities = this.auditors.municipalities(reader.getName());
		if (!this.files.isOf(number, municipalities)) {
			throw Refused.notFound();
		}
		if (!Set.of(HIDDEN, SHOWN).contains(names)) {
			throw Refused.invalid("pack-names", "Kies of er namen in het pakket komen.", "names");
		}
		byte[] zip = this.pack.make(reader.getName(), number, municipalities,
				names.equals(SHOWN) ? new EvidencePack.Why(purpose, why) : null);
		ContentDisposition asFile = ContentDisposition.attachment().filename("bewijspakket-" + number + ".zip").build();
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION, asFile.toString())
			.contentType(ZIP)
			.body(zip);
	}

	/** Its doors; of which municipality the case is, is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes evidenceRoutes() {
			Set<String> auditors = Set.of(Function.AUDITOR.code());
			return () -> List.of(Route.get("/controle/*/bewijspakket", auditors),
					Route.post("/controle/*/bewijspakket", auditors));
		}

	}

}
