package nl.doorbraak.overview.web;

import java.io.IOException;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.audit.CaseLines.Period;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.overview.OcelExport;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import static nl.doorbraak.directory.Function.AUDITOR;

/** The record of the cases of a municipality as a file for analysis, for its auditors. */
@Controller
class ExportPages {

	private final OcelExport export;

	private final Directory directory;

	ExportPages(OcelExport export, Directory directory) {
		this.export = export;
		this.directory = directory;
	}

	@GetMapping("/controle/export")
	String show(Model model, Principal reader) {
		model.addAttribute("municipalities",
				municipalities(reader).stream()
					.map((id) -> this.directory.getOrganisation(id).name())
					.sorted()
					.toList());
		return "overview/export";
	}

	@PostMapping("/controle/export")
	void take(Principal reader, HttpServletResponse response,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate van,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tot)
			throws IOException {
		Period period = this.export.take(reader.getName(), municipalities(reader), van, tot);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment()
					.filename("doorbraak-ocel-" + van + "-" + tot + ".json")
					.build()
					.toString());
		this.export.write(period, response.getOutputStream());
	}

	private Set<String> municipalities(Principal reader) {
		return this.directory.getOfficer(reader.getName())
			.posts()
			.stream()
			.filter((post) -> post.function() == AUDITOR)
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

}
