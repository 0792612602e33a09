package nl.doorbraak.figures.web;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.figures.Counted;
import nl.doorbraak.figures.Figure;
import nl.doorbraak.figures.Period;
import nl.doorbraak.figures.Releases;
import nl.doorbraak.figures.Statistics;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The figures of the reader's municipality, what was released over municipalities, and
 * the cases behind a number.
 */
@Controller
@RequestMapping("/cijfers")
class StatisticsPages {

	private static final String PATH = "/cijfers";

	private static final int YEARS = 5;

	private final Statistics statistics;

	private final Releases releases;

	private final StatisticsWords words;

	private final Directory directory;

	private final Clock clock;

	StatisticsPages(Statistics statistics, Releases releases, StatisticsWords words, Directory directory, Clock clock) {
		this.statistics = statistics;
		this.releases = releases;
		this.words = words;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping
	String show(Model model, Principal reader, Locale locale, @RequestParam(required = false) @Nullable String gemeente,
			@RequestParam(required = false) @Nullable Integer jaar, @RequestParam(defaultValue = "0") int kwartaal) {
		LocalDate today = DutchTime.day(this.clock.instant());
		List<Organisation> own = this.statistics.municipalities(reader.getName());
		if (gemeente != null || !own.isEmpty()) {
			Organisation of = own.stream()
				.filter((each) -> gemeente == null || each.id().equals(gemeente))
				.findFirst()
				.orElseThrow(Refused::notFound);
			Period period = period(jaar, kwartaal, today);
			List<Counted> figures = this.statistics.of(reader.getName(), of.id(), period);
			model.addAttribute("of", of);
			model.addAttribute("period", period);
			model.addAttribute("years",
					IntStream.iterate(today.getYear(), (year) -> year - 1)
						.limit(YEARS)
						.filter((year) -> year >= Period.FIRST_YEAR)
						.boxed()
						.toList());
			model.addAttribute("figures",
					this.words.show(figures,
							(figure, category) -> link(figure, category).queryParam("gemeente", "{of}")
								.queryParam("jaar", period.year())
								.queryParam("kwartaal", period.quarter())
								.encode()
								.buildAndExpand(category, of.id())
								.toUriString(),
							locale));
		}
		model.addAttribute("own", own);
		model.addAttribute("least", this.statistics.least());
		model.addAttribute("released", this.releases.readableBy(reader.getName()));
		model.addAttribute("choices", this.releases.choices(reader.getName()));
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "figures/figures";
	}

	/** The group is the first that is filled in. */
	private static UriComponentsBuilder link(Figure figure, @Nullable String category) {
		UriComponentsBuilder link = UriComponentsBuilder.fromPath(PATH).pathSegment(figure.slug());
		return (category != null) ? link.queryParam("groep", "{group}") : link;
	}

	private static Period period(@Nullable Integer year, int quarter, LocalDate today) {
		try {
			return new Period((year != null) ? year : today.getYear(), quarter);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.invalid("statistics-period", "Kies een jaar vanaf " + Period.FIRST_YEAR
					+ ", en een kwartaal van 1 tot en met 4 of het hele jaar.");
		}
	}

	@GetMapping("/vrijgegeven/{id}")
	String released(Model model, Principal reader, Locale locale, @PathVariable long id) {
		Releases.Release release = this.releases.get(reader.getName(), id);
		model.addAttribute("release", release);
		model.addAttribute("body", this.directory.getOrganisation(release.organisation()).name());
		model.addAttribute("by", this.directory.nameOf(release.by()));
		model.addAttribute("least", release.least());
		model.addAttribute("atLeast", Releases.MUNICIPALITIES);
		model.addAttribute("figures",
				this.words.show(this.releases.figures(release),
						(figure, category) -> link(figure, category).queryParam("vrijgave", id)
							.encode()
							.buildAndExpand(category)
							.toUriString(),
						locale));
		return "figures/released";
	}

	@PostMapping("/vrijgeven")
	String release(Principal actor, @RequestParam(defaultValue = "") String organisatie,
			@RequestParam(defaultValue = "") String halfjaar) {
		return "redirect:" + PATH + "/vrijgegeven/" + this.releases.release(actor.getName(), organisatie, halfjaar);
	}

	@GetMapping("/{figure}")
	String behind(Model model, Principal reader, Locale locale, @PathVariable String figure,
			@RequestParam(required = false) @Nullable String gemeente,
			@RequestParam(required = false) @Nullable Integer jaar, @RequestParam(defaultValue = "0") int kwartaal,
			@RequestParam(required = false) @Nullable Long vrijgave,
			@RequestParam(required = false) @Nullable String groep) {
		Figure of = Figure.at(figure).orElseThrow(Refused::notFound);
		boolean audits = false;
		if (vrijgave != null) {
			List<String> numbers = this.releases.behind(reader.getName(), of, vrijgave, groep);
			Releases.Release release = this.releases.get(reader.getName(), vrijgave);
			model.addAttribute("release", release);
			model.addAttribute("body", this.directory.getOrganisation(release.organisation()).name());
			model.addAttribute("behind", new Statistics.Behind(numbers, numbers.size(), true, null));
		}
		else {
			String municipality = (gemeente != null) ? gemeente
					: this.statistics.municipalities(reader.getName())
						.stream()
						.findFirst()
						.map(Organisation::id)
						.orElseThrow(Refused::notFound);
			Period period = period(jaar, kwartaal, DutchTime.day(this.clock.instant()));
			model.addAttribute("behind", this.statistics.behind(reader.getName(), of, municipality, period, groep));
			model.addAttribute("period", period);
			model.addAttribute("body", this.directory.getOrganisation(municipality).name());
			model.addAttribute("municipality", municipality);
			audits = this.directory.posts(reader.getName())
				.stream()
				.anyMatch((post) -> post.function() == Function.AUDITOR && post.organisation().equals(municipality));
		}
		model.addAttribute("figure", of);
		model.addAttribute("group", (groep != null) ? this.words.name(of, groep, locale) : null);
		model.addAttribute("audits", audits);
		model.addAttribute("most", Statistics.MOST);
		return "figures/behind";
	}

	/** Its doors; whose figures somebody reads is decided behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes statisticsRoutes() {
			Set<String> readers = codes(Releases.READERS);
			return () -> List.of(Route.get(PATH, readers), Route.get(PATH + "/*", readers),
					Route.get(PATH + "/vrijgegeven/*", readers),
					Route.post(PATH + "/vrijgeven", codes(Releases.RELEASERS)));
		}

		private static Set<String> codes(Set<Function> functions) {
			return functions.stream().map(Function::code).collect(Collectors.toSet());
		}

		@Bean
		MenuLink statisticsLink() {
			return new MenuLink(PATH, "Cijfers");
		}

	}

}
