package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.overview.web.Powers.Section;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import static nl.doorbraak.directory.Function.AUDITOR;

/**
 * Who could do what at a municipality on any day, and what differed between two days, for
 * its auditors.
 */
@Controller
class PowersPages {

	private final Powers powers;

	private final Directory directory;

	private final Clock clock;

	PowersPages(Powers powers, Directory directory, Clock clock) {
		this.powers = powers;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/controle/bevoegdheden")
	String show(Model model, Principal reader, Locale locale, @RequestParam(required = false) @Nullable String gemeente,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate op,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate en) {
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		List<Organisation> own = audited(reader);
		Organisation of = own.stream()
			.filter((each) -> gemeente == null || each.id().equals(gemeente))
			.findFirst()
			.orElseThrow(Refused::notFound);
		LocalDate day = (op != null) ? op : today;
		LocalDate other = day.equals(en) ? null : en;
		LocalDate first = (other != null && other.isBefore(day)) ? other : day;
		LocalDate last = (other != null && other.isAfter(day)) ? other : day;
		if (last.isAfter(today) || first.getYear() < 2000) {
			throw Refused.invalid("powers-day", "Kies een dag tot en met vandaag: wat nog komt, kan nog veranderen.");
		}
		List<Section> sections = this.powers.of(of, end(first, now), (other != null) ? end(last, now) : null, locale);
		model.addAttribute("own", own);
		model.addAttribute("body", of);
		model.addAttribute("first", first);
		model.addAttribute("last", (other != null) ? last : null);
		model.addAttribute("sections", sections);
		model.addAttribute("changed", sections.stream().mapToInt((each) -> each.changes().size()).sum());
		Powers.Beginning known = this.powers.beginning(of);
		model.addAttribute("rolesSince", known.roles());
		model.addAttribute("mandatesSince", known.mandates());
		model.addAttribute("before", known.roles() == null || known.roles().isAfter(end(first, now)));
		return "overview/powers";
	}

	/** The last moment of a day, or now. */
	private static Instant end(LocalDate day, Instant now) {
		Instant end = day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant().minusNanos(1000);
		return end.isAfter(now) ? now : end;
	}

	private List<Organisation> audited(Principal reader) {
		return this.directory.getOfficer(reader.getName())
			.posts()
			.stream()
			.filter((post) -> post.function() == AUDITOR)
			.map(Post::organisation)
			.map(this.directory::getOrganisation)
			.toList();
	}

}
