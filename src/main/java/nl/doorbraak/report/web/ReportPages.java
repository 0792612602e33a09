package nl.doorbraak.report.web;

import java.security.Principal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.report.Few;
import nl.doorbraak.report.Report;
import nl.doorbraak.report.Reports;
import nl.doorbraak.support.AccessiblePdf;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import nl.doorbraak.support.web.PageWords;

import org.springframework.context.MessageSource;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The months and years of a body, on the screen and on paper. */
@Controller
@RequestMapping(ReportPages.PATH)
class ReportPages {

	static final String PATH = "/bestuurders";

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final Reports reports;

	private final Directory directory;

	private final Few few;

	private final MessageSource messages;

	private final ITemplateEngine templates;

	ReportPages(Reports reports, Directory directory, Few few, MessageSource messages, ITemplateEngine templates) {
		this.reports = reports;
		this.directory = directory;
		this.few = few;
		this.messages = messages;
		this.templates = templates;
	}

	@GetMapping
	String list(Model model, Principal reader) {
		Map<String, List<Report>> made = this.reports.readableBy(reader.getName())
			.stream()
			.collect(Collectors.groupingBy(Report::organisation));
		Map<Organisation, List<Report>> all = new LinkedHashMap<>();
		Map<String, List<Integer>> years = new HashMap<>();
		this.reports.bodies(reader.getName()).forEach((body) -> {
			all.put(body, made.getOrDefault(body.id(), List.of()));
			years.put(body.id(), this.reports.yearsToMake(reader.getName(), body.id()));
		});
		model.addAttribute("all", all);
		model.addAttribute("years", years);
		return "report/reports";
	}

	@PostMapping("/{body}/jaar")
	String makeYear(Principal reader, @PathVariable String body, @RequestParam(defaultValue = "0") int year) {
		this.reports.makeYear(reader.getName(), body, year);
		return "redirect:" + PATH + "/" + body + "/" + year;
	}

	@GetMapping("/{body}/{period}")
	String show(Model model, Principal reader, @PathVariable String body, @PathVariable String period, Locale locale) {
		Report report = this.reports.get(reader.getName(), body, period);
		model.addAllAttributes(words(report, locale));
		model.addAttribute("stuck", this.reports.stuck(reader.getName(), report));
		return "report/report";
	}

	@GetMapping("/{body}/{period}/overzicht.pdf")
	ResponseEntity<byte[]> paper(Principal reader, @PathVariable String body, @PathVariable String period) {
		Report report = this.reports.get(reader.getName(), body, period);
		Map<String, Object> words = words(report, DUTCH);
		words.put("time", new PageWords.Words(DUTCH, DutchTime.day(report.madeAt())));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_PDF)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename("doorbraak-" + report.organisation() + "-" + report.period().code() + ".pdf")
						.build()
						.toString())
			.body(AccessiblePdf.of(this.templates.process("report/paper", new Context(DUTCH, words))));
	}

	private Map<String, Object> words(Report report, Locale locale) {
		Map<String, Object> words = new HashMap<>();
		words.put("report", report);
		words.put("counted", report.content());
		words.put("body", this.directory.getOrganisation(report.organisation()).name());
		words.put("period", report.period().said(locale));
		words.put("least", this.few.least());
		words.put("number", (IntFunction<String>) (number) -> number(number, locale));
		words.put("part", (BiFunction<Integer, Integer, String>) (part, whole) -> part(part, whole, locale));
		words.put("row", (Function<Report.Asked, List<String>>) (asked) -> row(asked, locale));
		words.put("tells", (Predicate<Report.Asked>) (asked) -> !this.few.is(asked.asked()));
		words.put("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return words;
	}

	private String number(int number, Locale locale) {
		return this.few.is(number) ? message("figures.fewer", locale) : String.valueOf(number);
	}

	private String part(int part, int whole, Locale locale) {
		if (part >= this.few.least() && this.few.isRest(part, whole)) {
			return message("report.allBut", locale);
		}
		return number(part, locale);
	}

	private String message(String key, Locale locale) {
		return this.messages.getMessage(key, new Object[] { this.few.least() }, locale);
	}

	/** What a body said, without what would give a small number away. */
	private List<String> row(Report.Asked asked, Locale locale) {
		int[] parts = { asked.agreed(), asked.refused(), asked.silent() };
		boolean[] hidden = this.few.giveAway(parts);
		return IntStream.range(0, parts.length)
			.mapToObj((i) -> hidden[i] ? message("report.hidden", locale) : number(parts[i], locale))
			.toList();
	}

	/** Their doors; of which body somebody reads is decided behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes reportRoutes() {
			return () -> List.of(Route.get(PATH, codes()), Route.post(PATH + "/*/jaar", codes()),
					Route.get(PATH + "/*/*", codes()), Route.get(PATH + "/*/*/overzicht.pdf", codes()));
		}

		@Bean
		MenuLink reportLink() {
			return new MenuLink(PATH, "Bestuurders");
		}

		private static Set<String> codes() {
			return Reports.readers().stream().map(nl.doorbraak.directory.Function::code).collect(Collectors.toSet());
		}

	}

}
