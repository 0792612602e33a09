package nl.doorbraak.privacy.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.directory.Function;
import nl.doorbraak.privacy.ProcessingActivity;
import nl.doorbraak.privacy.ProcessingLog;
import nl.doorbraak.privacy.ProcessingLog.Period;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The register of processing activities for everybody, and the log for auditors. */
@Controller
class ProcessingPages {

	private static final String LOG = "/verwerkingen/logboek";

	private static final int DAYS = 30;

	private final ProcessingLog log;

	private final Clock clock;

	ProcessingPages(ProcessingLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	@GetMapping("/verwerkingen")
	String register(Model model) {
		model.addAttribute("activities", ProcessingActivity.values());
		return "privacy/register";
	}

	@GetMapping(LOG)
	String count(Model model, Principal reader,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate van,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tot) {
		Period period = period(van, tot);
		model.addAttribute("period", period);
		model.addAttribute("count", this.log.count(reader.getName(), period));
		return "privacy/log";
	}

	@GetMapping(LOG + ".jsonl")
	void lines(HttpServletResponse response, Principal reader,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate van,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tot)
			throws IOException {
		Period period = period(van, tot);
		response.setContentType("application/jsonl");
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment()
					.filename("verwerkingen-" + period.from() + "-" + period.until() + ".jsonl")
					.build()
					.toString());
		PrintWriter writer = response.getWriter();
		this.log.take(reader.getName(), period, (line) -> writer.append(line).append('\n'));
		writer.flush();
	}

	private Period period(@Nullable LocalDate from, @Nullable LocalDate until) {
		LocalDate last = Objects.requireNonNullElseGet(until, () -> DutchTime.day(this.clock.instant()));
		return new Period(Objects.requireNonNullElseGet(from, () -> last.minusDays(DAYS)), last);
	}

	/** Its doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes processingRoutes() {
			Set<String> auditors = Set.of(Function.AUDITOR.code());
			return () -> List.of(Route.get("/verwerkingen", Route.ANYBODY), Route.get(LOG, auditors),
					Route.get(LOG + ".jsonl", auditors));
		}

		@Bean
		MenuLink processingLink() {
			return new MenuLink(LOG, "Verwerkingen");
		}

	}

}
