package nl.doorbraak.overview.web;

import java.security.Principal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditSearch;
import nl.doorbraak.audit.AuditSearch.Query;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Searches the record of everything that an auditor may see, cases and what belongs to
 * none; what one looks for more than once can be kept.
 */
@Controller
class SearchPages {

	static final String PATH = "/controle/zoeken";

	private static final int AT_ONCE = 50;

	private static final int LONGEST = 100;

	private static final int MOST = 50;

	private final AuditSearch search;

	private final RecordWords words;

	private final Auditors auditors;

	private final Directory directory;

	private final JdbcClient db;

	private final Clock clock;

	SearchPages(AuditSearch search, RecordWords words, Auditors auditors, Directory directory, JdbcClient db,
			Clock clock) {
		this.search = search;
		this.words = words;
		this.auditors = auditors;
		this.directory = directory;
		this.db = db;
		this.clock = clock;
	}

	@GetMapping(PATH)
	ModelAndView find(Principal reader, Locale locale, @ModelAttribute Filters filters,
			@RequestParam(required = false) @Nullable String voor) {
		List<String> wrong = new ArrayList<>();
		Query query = query(reader.getName(), filters, locale, wrong);
		ModelAndView page = new ModelAndView("overview/search");
		page.setStatus(HttpStatusCode.valueOf((wrong.isEmpty() ? HttpStatus.OK : HttpStatus.BAD_REQUEST).value()));
		List<AuditLine> lines = wrong.isEmpty() ? this.search.find(query, Auditors.place(voor), AT_ONCE) : List.of();
		page.addObject("filters", filters);
		page.addObject("kinds", RecordKind.values());
		page.addObject("wrong", wrong);
		page.addObject("lines", lines.stream().map((line) -> this.words.line(line, locale)).toList());
		page.addObject("query", filters.query());
		page.addObject("next", (lines.size() == AT_ONCE) ? next(filters, lines.get(AT_ONCE - 1)) : null);
		page.addObject("saved", saved(reader.getName()));
		return page;
	}

	private static String next(Filters filters, AuditLine last) {
		return UriComponentsBuilder.fromPath(PATH)
			.query(filters.query())
			.queryParam("voor", last.chain() + ":" + last.number())
			.build()
			.toUriString();
	}

	private Query query(String reader, Filters filters, Locale locale, List<String> wrong) {
		Set<String> acts = filters.kind()
			.map(RecordKind::acts)
			.orElseGet(() -> Stream.of(RecordKind.values())
				.flatMap((kind) -> kind.acts().stream())
				.collect(Collectors.toSet()));
		if (!filters.wat().isEmpty() && filters.kind().isEmpty()) {
			wrong.add("wat");
		}
		String actor = filters.wie().isEmpty() ? null : who(filters.wie(), locale).orElseGet(() -> {
			wrong.add("wie");
			return null;
		});
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate from = day(filters.van(), LocalDate.EPOCH, "van", wrong);
		LocalDate to = day(filters.tot(), today, "tot", wrong);
		if (to.isBefore(from)) {
			wrong.add("orde");
		}
		return new Query(this.auditors.findable(reader), acts, actor, filters.mandaat(), filters.casus(),
				from.atStartOfDay(DutchTime.ZONE).toInstant(), to.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
	}

	private static LocalDate day(String typed, LocalDate otherwise, String field, List<String> wrong) {
		if (typed.isEmpty()) {
			return otherwise;
		}
		try {
			LocalDate day = LocalDate.parse(typed);
			if (day.getYear() < 1900 || day.getYear() > 9998) {
				wrong.add(field);
				return otherwise;
			}
			return day;
		}
		catch (DateTimeParseException ex) {
			wrong.add(field);
			return otherwise;
		}
	}

	/** A login, a name that one person has, or what the record calls the software. */
	private Optional<String> who(String typed, Locale locale) {
		String wanted = typed.toLowerCase(Locale.ROOT);
		Optional<String> code = Stream.of(Actor.TIMER, Actor.SOFTWARE, Actor.LINK)
			.filter((each) -> each.equals(wanted)
					|| this.words.who(each, locale).toLowerCase(Locale.ROOT).equals(wanted))
			.findFirst();
		if (code.isPresent() || this.directory.findOfficer(typed).isPresent()) {
			return code.or(() -> Optional.of(typed));
		}
		List<Officer> named = this.directory.allOfficers()
			.stream()
			.filter((each) -> each.name().toLowerCase(Locale.ROOT).contains(wanted))
			.toList();
		return (named.size() == 1) ? Optional.of(named.get(0).login()) : Optional.empty();
	}

	@PostMapping(PATH + "/bewaard")
	String save(Principal reader, @RequestParam(defaultValue = "") String name, @ModelAttribute Filters filters) {
		String said = Typed.line(name, LONGEST, "name",
				"Geef deze zoekvraag een naam van hoogstens " + LONGEST + " tekens.", "name");
		if (saved(reader.getName()).size() >= MOST) {
			throw Refused.conflict("too-many",
					"U bewaart al " + MOST + " zoekvragen. Haal er eerst een weg die u niet meer gebruikt.");
		}
		this.db.sql("""
				insert into doorbraak.saved_search (officer_login, name, query, saved_at)
				values (:login, :name, :query, :now)""")
			.param("login", reader.getName())
			.param("name", said)
			.param("query", filters.query())
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		return "redirect:" + PATH + "?" + filters.query();
	}

	@PostMapping(PATH + "/bewaard/{id}/weg")
	String remove(Principal reader, @PathVariable long id) {
		int removed = this.db.sql("""
				update doorbraak.saved_search set removed_at = :now
				where id = :id and officer_login = :login and removed_at is null""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.param("login", reader.getName())
			.update();
		if (removed == 0) {
			throw Refused.notFound();
		}
		return "redirect:" + PATH;
	}

	private List<Saved> saved(String login) {
		return this.db.sql("""
				select id, name, query from doorbraak.saved_search where officer_login = :login and removed_at is null
				order by name, id""")
			.param("login", login)
			.query((row, n) -> new Saved(row.getLong("id"), row.getString("name"), row.getString("query")))
			.list();
	}

	/** What somebody looks for, as typed; empty where it does not matter. */
	public record Filters(@Nullable String casus, @Nullable String wie, @Nullable String wat, @Nullable String mandaat,
			@Nullable String van, @Nullable String tot) {

		private static final int LONGEST_TYPED = 60;

		public Filters {
			casus = strip(casus);
			wie = strip(wie);
			wat = strip(wat);
			mandaat = strip(mandaat);
			van = strip(van);
			tot = strip(tot);
		}

		private static @Nullable String strip(@Nullable String typed) {
			return (typed == null || typed.isBlank()) ? null
					: typed.strip().substring(0, Math.min(typed.strip().length(), LONGEST_TYPED));
		}

		public String wie() {
			return (this.wie != null) ? this.wie : "";
		}

		public String wat() {
			return (this.wat != null) ? this.wat : "";
		}

		public String van() {
			return (this.van != null) ? this.van : "";
		}

		public String tot() {
			return (this.tot != null) ? this.tot : "";
		}

		Optional<RecordKind> kind() {
			return Coded.find(RecordKind.class, wat());
		}

		/** As it stands in the address of the page. */
		String query() {
			UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
			TreeMap<String, String> filled = new TreeMap<>();
			put(filled, "casus", this.casus);
			put(filled, "wie", this.wie);
			put(filled, "wat", this.wat);
			put(filled, "mandaat", this.mandaat);
			put(filled, "van", this.van);
			put(filled, "tot", this.tot);
			filled.forEach((name, value) -> uri.queryParam(name, "{" + name + "}"));
			String query = uri.encode().buildAndExpand(filled).getQuery();
			return (query != null) ? query : "";
		}

		private static void put(TreeMap<String, String> filled, String name, @Nullable String value) {
			if (value != null) {
				filled.put(name, value);
			}
		}

	}

	/** A search that somebody kept. */
	public record Saved(long id, String name, String query) {
	}

}
