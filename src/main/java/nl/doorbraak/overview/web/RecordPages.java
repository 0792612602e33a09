package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.retention.Retention;
import nl.doorbraak.support.CaseMarks;
import nl.doorbraak.support.WalkedPath;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The record of the cases of a municipality, for its auditors: who did what, when, in
 * which function and under which mandate; never what was written about people.
 */
@Controller
class RecordPages {

	private static final int AT_ONCE = 50;

	private final CasePictures pictures;

	private final AuditTrail trail;

	private final Proposals proposals;

	private final RecordWords words;

	private final CaseFiles files;

	private final Directory directory;

	private final Auditors auditors;

	private final WalkedPath path;

	private final ChainChecks checks;

	private final Retention retention;

	private final CaseMarks marks;

	RecordPages(CasePictures pictures, AuditTrail trail, Proposals proposals, RecordWords words, CaseFiles files,
			Directory directory, Auditors auditors, WalkedPath path, ChainChecks checks, Retention retention,
			CaseMarks marks) {
		this.pictures = pictures;
		this.trail = trail;
		this.proposals = proposals;
		this.words = words;
		this.files = files;
		this.directory = directory;
		this.auditors = auditors;
		this.path = path;
		this.checks = checks;
		this.retention = retention;
		this.marks = marks;
	}

	@GetMapping("/controle")
	String decisions(Model model, Principal reader, Locale locale,
			@RequestParam(required = false) @Nullable String casus,
			@RequestParam(required = false) @Nullable String voor) {
		Set<String> municipalities = this.auditors.municipalities(reader.getName());
		if (casus != null && this.files.isOf(casus.strip(), municipalities)) {
			return "redirect:/controle/" + casus.strip();
		}
		List<AuditLine> lines = this.trail.decisions(municipalities, Auditors.place(voor), AT_ONCE);
		model.addAttribute("municipalities",
				municipalities.stream().map((id) -> this.directory.getOrganisation(id).name()).sorted().toList());
		model.addAttribute("unknown", casus);
		model.addAttribute("cases", this.files.count(municipalities));
		model.addAttribute("lines", words(lines, locale));
		model.addAttribute("last", (lines.size() == AT_ONCE) ? lines.get(AT_ONCE - 1) : null);
		return "overview/decisions";
	}

	@GetMapping("/controle/{number}")
	String record(Model model, Principal reader, Locale locale, @PathVariable String number,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate op) {
		if (this.retention.destroyed(reader.getName(), number).isPresent()) {
			return "redirect:/bewaren/casus/" + number;
		}
		CaseFiles.Dossier dossier = this.files.audit(reader.getName(), number,
				this.auditors.municipalities(reader.getName()));
		List<AuditLine> chain = this.trail.chain(number);
		model.addAttribute("number", number);
		model.addAttribute("dossier", dossier);
		model.addAttribute("proposals", this.proposals.history(number));
		model.addAttribute("reasons", Pages.reasons(dossier));
		this.pictures.show(model, number, dossier.reader(), locale, op);
		model.addAttribute("broken", this.trail.firstBroken(number).map(AuditLine::number).orElse(null));
		model.addAttribute("checked", this.checks.latestEnded().orElse(null));
		model.addAttribute("refused",
				words(this.marks.of("/" + number).map(this.trail::refused).orElse(List.of()), locale));
		model.addAttribute("operations", this.path.operations(number));
		model.addAttribute("engine", this.words.engine(locale));
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("apart", chain.stream().anyMatch((line) -> line.act().equals("compartmentMade")));
		model.addAttribute("lines", words(chain, locale));
		return "overview/record";
	}

	private List<RecordWords.Line> words(List<AuditLine> lines, Locale locale) {
		return lines.stream().map((line) -> this.words.line(line, locale)).toList();
	}

}
