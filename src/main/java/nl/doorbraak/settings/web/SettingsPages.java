package nl.doorbraak.settings.web;

import java.security.Principal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.TermsMoves;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.mandate.Level;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.mandate.RequiredMandates;
import nl.doorbraak.settings.Agreed;
import nl.doorbraak.settings.Draft;
import nl.doorbraak.settings.Length;
import nl.doorbraak.settings.Settings;
import nl.doorbraak.settings.Version;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The agreed settings: their versions, a draft and what it would have done, who adopts
 * it, and the running cases that somebody moves to another version.
 */
@Controller
@RequestMapping(SettingsPages.PATH)
class SettingsPages {

	static final String PATH = "/instellingen";

	private final Settings settings;

	private final TermsMoves moves;

	private final RequiredMandates mandates;

	private final AgreedWords said;

	private final Directory directory;

	SettingsPages(Settings settings, TermsMoves moves, RequiredMandates mandates, AgreedWords said,
			Directory directory) {
		this.settings = settings;
		this.said = said;
		this.moves = moves;
		this.mandates = mandates;
		this.directory = directory;
	}

	@GetMapping
	String overview(Model model, Principal reader) {
		words(model);
		model.addAttribute("versions", this.settings.versions(reader.getName()));
		model.addAttribute("drafts", this.settings.drafts(reader.getName()).stream().filter(Draft::isOpen).toList());
		model.addAttribute("draftable", this.settings.draftable(reader.getName()));
		model.addAttribute("moves", !this.moves.municipalities(reader.getName()).isEmpty());
		return "settings/overview";
	}

	private void words(Model model) {
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("rungs", Rung.values());
		model.addAttribute("lengths", Length.values());
		model.addAttribute("levels", Level.values());
		model.addAttribute("told", List.of("caseTeam", "manager", "processDirector", "everybody"));
		model.addAttribute("dutch", new Dutch());
	}

	@GetMapping("/versies/{number}")
	String version(Model model, Principal reader, Locale locale, @PathVariable int number) {
		words(model);
		Version version = this.settings.version(reader.getName(), number);
		Agreed agreed = this.settings.agreed(number);
		model.addAttribute("version", version);
		model.addAttribute("agreed", agreed);
		model.addAttribute("before", this.settings.before(version).orElse(null));
		model.addAttribute("differences",
				this.settings.before(version)
					.map((before) -> this.said.differences(this.settings.agreed(before), agreed, locale))
					.orElse(List.of()));
		model.addAttribute("table", this.mandates.table());
		found(model, this.settings.whatIf(reader.getName(), version), Stream.concat(Stream.of(agreed),
				this.settings.before(version).map((before) -> this.settings.agreed(before)).stream()));
		return "settings/version";
	}

	/**
	 * @param all of which the moments may be in what was found, where they are in Dutch
	 */
	private static void found(Model model, Settings.Progress progress, Stream<Agreed> all) {
		model.addAttribute("moments", all.flatMap((each) -> each.moments().stream())
			.collect(Collectors.toMap(Agreed::when, (moment) -> moment, (one, other) -> one)));
		model.addAttribute("progress", progress);
		model.addAttribute("found", progress.found());
	}

	@PostMapping("/concepten")
	String begin(Principal actor, @RequestParam(defaultValue = "") String organisatie) {
		return draft(this.settings.begin(actor.getName(), organisatie));
	}

	private static String draft(long id) {
		return "redirect:" + PATH + "/concepten/" + id;
	}

	@GetMapping("/concepten/{id}")
	String draft(Model model, Principal reader, Locale locale, @PathVariable long id) {
		words(model);
		Draft draft = this.settings.draft(reader.getName(), id);
		Agreed before = this.settings.agreed(draft.basedOn());
		Agreed agreed = this.settings.agreed(draft);
		model.addAttribute("draft", draft);
		model.addAttribute("agreed", agreed);
		model.addAttribute("differences", this.said.differences(before, agreed, locale));
		model.addAttribute("writes", this.settings.drafts(reader.getName(), draft));
		model.addAttribute("adopts", this.settings.adopts(reader.getName(), draft));
		model.addAttribute("today", this.settings.today());
		found(model, draft.isOpen() ? this.settings.whatIf(reader.getName(), draft) : Settings.Progress.NONE,
				Stream.of(before, agreed));
		return "settings/draft";
	}

	@PostMapping("/concepten/{id}")
	String write(Principal actor, @PathVariable long id, @RequestParam(name = "gezien", defaultValue = "0") int seen,
			@RequestParam Map<String, String> typed) {
		this.settings.write(actor.getName(), id, seen, typed);
		return draft(id) + "#gevolgen";
	}

	@PostMapping("/concepten/{id}/intrekken")
	String withdraw(Principal actor, @PathVariable long id) {
		this.settings.withdraw(actor.getName(), id);
		return "redirect:" + PATH;
	}

	@PostMapping("/concepten/{id}/vaststellen")
	String adopt(Principal actor, @PathVariable long id, @RequestParam(name = "gezien", defaultValue = "0") int seen,
			@RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate vanaf,
			@RequestParam(defaultValue = "") String besluit) {
		return "redirect:" + PATH + "/versies/" + this.settings.adopt(actor.getName(), id, seen, vanaf, besluit);
	}

	@GetMapping("/overzetten")
	String moving(Model model, Principal reader) {
		words(model);
		Set<String> municipalities = this.moves.municipalities(reader.getName());
		if (municipalities.isEmpty()) {
			throw Refused.notFound();
		}
		model.addAttribute("municipalities", municipalities.stream().sorted().toList());
		model.addAttribute("choices",
				municipalities.stream().flatMap((each) -> this.moves.versions(each).stream()).distinct().toList());
		model.addAttribute("versions", this.settings.versions(reader.getName()));
		return "settings/move";
	}

	@PostMapping("/overzetten")
	String move(Principal actor, RedirectAttributes told, @RequestParam(defaultValue = "0") int versie,
			@RequestParam(defaultValue = "") String casus, @RequestParam(defaultValue = "") String gemeente,
			@RequestParam(defaultValue = "") String reden) {
		if (gemeente.isEmpty()) {
			this.moves.move(actor.getName(), casus.strip(), versie, reden);
			told.addFlashAttribute("moved", new TermsMoves.Moved(1, 0));
		}
		else {
			told.addFlashAttribute("moved", this.moves.moveAll(actor.getName(), gemeente, versie, reden));
		}
		return "redirect:" + PATH + "/overzetten";
	}

	/** What stands in a version, as a person says it. */
	public static final class Dutch {

		private static final Map<String, String> CONDITIONS = Map.of("", "maakt niet uit", "true", "ja", "false", "nee",
				"scheme", "regeling", "tailoredBudget", "maatwerkbudget", ">= 0", "maakt niet uit");

		private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

		private static final Pattern CENTS = Pattern.compile("([\\[\\]])(-?[0-9]+)\\.\\.(-?[0-9]+)]");

		/** The number of a watch moment: days, or how often. */
		public int number(WatchMoment moment) {
			return (moment.occurrences() > 0) ? moment.occurrences() : Math.abs(moment.workingDays());
		}

		public LocalDate day(Instant at) {
			return DutchTime.day(at);
		}

		private static String euros(long cents) {
			return "\u20ac " + NumberFormat.getIntegerInstance(DUTCH).format(cents / 100);
		}

		/** What is below nought is never, and what is above that is everything. */
		private static String between(boolean above, long from, long to) {
			if (to < from || above && to == from) {
				return "nooit";
			}
			return ((above && from >= 0) ? "boven " + euros(from) + " " : "") + "tot en met " + euros(to);
		}

		/** Free days in order. */
		public List<Map.Entry<LocalDate, String>> days(Agreed agreed) {
			return agreed.terms().freeDays().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
		}

		/**
		 * What a column of the table of mandates asks: its amounts stand here in euros.
		 */
		public String heading(String asks) {
			return asks.replace("eurocent", "euro");
		}

		/**
		 * A condition of the table of mandates with its codes in Dutch, and its borders
		 * as a version has them.
		 */
		public String condition(String said, Levels levels) {
			String dutch = said;
			for (Map.Entry<String, Long> border : levels.borders().entrySet()) {
				dutch = dutch.replace(border.getKey(), String.valueOf(border.getValue()));
			}
			for (Rung rung : Rung.values()) {
				dutch = dutch.replace(rung.code(), rung.label());
			}
			for (Function function : Function.values()) {
				dutch = dutch.equals(function.code()) ? function.label() : dutch;
			}
			Matcher cents = CENTS.matcher(dutch);
			if (cents.matches()) {
				return between(cents.group(1).equals("]"), Long.parseLong(cents.group(2)),
						Long.parseLong(cents.group(3)));
			}
			return CONDITIONS.getOrDefault(dutch,
					dutch.matches("> [0-9]+") ? "boven " + euros(Long.parseLong(dutch.substring(2))) : dutch);
		}

		/** The x of a bar in the picture of weeks. */
		public int x(int week) {
			return 30 + week * 13;
		}

	}

	/** Its doors; which body is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes settingsRoutes() {
			Set<String> readers = codes(Settings.READERS);
			Set<String> drafters = codes(Settings.DRAFTERS);
			Set<String> movers = codes(TermsMoves.MOVERS);
			return () -> List.of(Route.get(PATH, readers), Route.get(PATH + "/versies/*", readers),
					Route.post(PATH + "/concepten", drafters), Route.get(PATH + "/concepten/*", readers),
					Route.post(PATH + "/concepten/*", drafters), Route.post(PATH + "/concepten/*/intrekken", drafters),
					Route.post(PATH + "/concepten/*/vaststellen", codes(Settings.ADOPTERS)),
					Route.get(PATH + "/overzetten", movers), Route.post(PATH + "/overzetten", movers));
		}

		private static Set<String> codes(Collection<Function> functions) {
			return functions.stream().map(Function::code).collect(Collectors.toSet());
		}

		@Bean
		MenuLink settingsLink() {
			return new MenuLink(PATH, "Instellingen");
		}

	}

}
