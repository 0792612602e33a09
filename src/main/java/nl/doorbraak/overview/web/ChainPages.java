package nl.doorbraak.overview.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.audit.ChainChecks.Check;
import nl.doorbraak.audit.ChainChecks.Found;
import nl.doorbraak.audit.Head;
import nl.doorbraak.audit.Heads;
import nl.doorbraak.casefile.CaseFiles;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Whether the record is whole: when it was checked last and what was found, the heads
 * over it, and the program that somebody outside checks a pack with.
 */
@Controller
class ChainPages {

	static final String PATH = "/controle/keten";

	private static final int HEADS = 10;

	private static final String CASE = "DB-";

	private final ChainChecks checks;

	private final Heads heads;

	private final Auditors auditors;

	private final CaseFiles files;

	private final RecordWords words;

	private final Clock clock;

	private final String checker = hash();

	ChainPages(ChainChecks checks, Heads heads, Auditors auditors, CaseFiles files, RecordWords words, Clock clock) {
		this.checks = checks;
		this.heads = heads;
		this.auditors = auditors;
		this.files = files;
		this.words = words;
		this.clock = clock;
	}

	@GetMapping(PATH)
	String show(Model model, Principal reader, Locale locale) {
		Set<String> municipalities = this.auditors.municipalities(reader.getName());
		model.addAttribute("running",
				this.checks.latest().filter((check) -> check.runs(this.clock.instant())).orElse(null));
		Check ended = this.checks.latestEnded().orElse(null);
		model.addAttribute("check", ended);
		model.addAttribute("by", (ended != null) ? this.words.who(ended.startedBy(), locale) : "");
		List<Found> all = (ended != null) ? ended.findings() : List.of();
		List<Found> own = all.stream()
			.filter((found) -> !found.place().startsWith(CASE) || this.files.isOf(found.place(), municipalities))
			.toList();
		model.addAttribute("findings", own);
		model.addAttribute("elsewhere", all.size() - own.size());
		List<Head> heads = this.heads.after(this.heads.latest().map((head) -> head.number() - HEADS).orElse(0L));
		model.addAttribute("heads", heads.stream().sorted((a, b) -> Long.compare(b.number(), a.number())).toList());
		return "overview/chain";
	}

	@PostMapping(PATH)
	String check(Principal reader) {
		this.checks.start(reader.getName());
		return "redirect:" + PATH;
	}

	@GetMapping("/controleprogramma")
	String program(Model model) {
		model.addAttribute("checker", this.checker);
		return "overview/checker";
	}

	/** So that somebody can tell that what they have is what we give. */
	private static String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(new ClassPathResource("static/controleprogramma/PackCheck.java").getContentAsByteArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
