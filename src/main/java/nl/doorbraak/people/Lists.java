package nl.doorbraak.people;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Organisation.Kind;
import nl.doorbraak.directory.Roster;
import nl.doorbraak.directory.Roster.Listed;
import nl.doorbraak.people.LeaverEvents.ListTaken;
import nl.doorbraak.people.ListKind.Column;
import nl.doorbraak.people.ListPlan.Change;
import nl.doorbraak.people.ListPlan.Detail;
import nl.doorbraak.people.ListPlan.Line;
import nl.doorbraak.people.ListPlan.Missing;
import nl.doorbraak.people.ListReader.Row;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Organisations and officers by list: first what it would change, then all of it or
 * nothing. Who is not in the list is named and stays: only the leavers' act ends what
 * somebody is.
 */
@Service
public class Lists {

	/** What goes up and comes back with the button must fit a door of 256 kB. */
	public static final int MOST_BYTES = 180_000;

	private final Roster roster;

	private final Directory directory;

	private final Leavers leavers;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Lists(Roster roster, Directory directory, Leavers leavers, Clock clock, ApplicationEventPublisher events) {
		this.roster = roster;
		this.directory = directory;
		this.leavers = leavers;
		this.clock = clock;
		this.events = events;
	}

	/** The bodies whose list this administrator keeps. */
	@Transactional(readOnly = true)
	public List<Organisation> bodies(String administrator) {
		return this.directory.posts(administrator)
			.stream()
			.filter((post) -> post.function() == Function.ADMINISTRATOR)
			.map(Officer.Post::organisation)
			.distinct()
			.sorted()
			.map(this.directory::getOrganisation)
			.toList();
	}

	/**
	 * The body with this id, or the first whose list this administrator keeps.
	 * @throws Refused when it is not one of those (404)
	 */
	@Transactional(readOnly = true)
	public Organisation body(String administrator, String id) {
		return bodies(administrator).stream()
			.filter((each) -> id.isEmpty() || each.id().equals(id))
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/** Everybody of a body as a list to change and bring back. */
	@Transactional(readOnly = true)
	public List<List<String>> people(Organisation body) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(ListKind.PEOPLE.columns().stream().map(Column::header).toList());
		this.roster.of(body.id())
			.forEach((each) -> rows
				.add(List.of(each.login(), each.name(), orEmpty(each.email()), orEmpty(each.phone()), body.id(),
						words(each.functions()), day(each.firstDay()), day(each.lastDay()), orEmpty(each.deputy()))));
		return rows;
	}

	/** The organisations that this administrator looks after, in the same way. */
	@Transactional(readOnly = true)
	public List<List<String>> organisations(String administrator) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(ListKind.ORGANISATIONS.columns().stream().map(Column::header).toList());
		this.directory.allOrganisations()
			.stream()
			.filter((each) -> looksAfter(administrator, each))
			.forEach((each) -> rows.add(List.of(each.id(), ListReader.KINDS.get(each.kind()), each.name(),
					orEmpty(each.region()), orEmpty(each.phone()), orEmpty(each.email()), orEmpty(each.dutyPhone()),
					each.connected() ? "ja" : "nee")));
		return rows;
	}

	/**
	 * Their own; and at a region also its municipalities and the agencies that have no
	 * administrator of their own.
	 */
	private boolean looksAfter(String administrator, Organisation organisation) {
		List<Organisation> own = bodies(administrator);
		return own.stream().anyMatch((each) -> each.id().equals(organisation.id())) || own.stream()
			.anyMatch((each) -> each.kind() == Kind.REGION
					&& (organisation.kind() == Kind.AGENCY || each.id().equals(organisation.region())))
				&& this.directory.officersOf(organisation.id(), Function.ADMINISTRATOR).isEmpty();
	}

	/**
	 * What a file would change; nothing is written.
	 * @param body id of the body that a list of people is of
	 * @throws Refused when it is not the administrator's (404), or the file is no list
	 * (400)
	 */
	@Transactional(readOnly = true)
	public ListPlan plan(String administrator, String body, byte[] file) {
		if (file.length > MOST_BYTES) {
			throw Refused.invalid("list-too-large",
					"Dit bestand is te groot: hoogstens " + MOST_BYTES / 1000 + " kB. Splits het bestand.", "bestand");
		}
		Organisation of = body(administrator, body);
		ListReader reader = new ListReader(file);
		if (reader.kind() == ListKind.ORGANISATIONS) {
			return organisations(administrator, file, reader);
		}
		Map<String, Listed> known = this.roster.of(of.id())
			.stream()
			.collect(Collectors.toMap(Listed::login, (each) -> each, (one, other) -> one, TreeMap::new));
		People people = new People(administrator, of, known, reader);
		List<Line> lines = reader.rows().stream().map(people::line).toList();
		Set<String> named = lines.stream().map(Line::subject).collect(Collectors.toSet());
		List<Missing> missing = reader.problems().isEmpty() ? known.values()
			.stream()
			.filter((each) -> !named.contains(each.login()))
			.map((each) -> new Missing(each.login(), each.name(), !each.login().equals(administrator)))
			.toList() : List.of();
		return ListPlan.of(file, ListKind.PEOPLE, of, lines, missing, reader.problems());
	}

	/**
	 * Takes a file over, all of it or nothing.
	 * @param mark of the plan that was looked at
	 * @return what was done
	 * @throws Refused when something of it cannot be (400), or the file or what it
	 * changes is not as it was looked at (409)
	 */
	@Transactional
	public ListPlan take(String administrator, String body, byte[] file, String mark) {
		this.roster.lock();
		ListPlan plan = plan(administrator, body, file);
		if (!plan.mark().equals(mark)) {
			throw Refused.conflict("list-changed",
					"Sinds u dit overzicht zag, is het bestand of de lijst van medewerkers veranderd. Er is niets overgenomen. Bekijk het opnieuw.");
		}
		if (!plan.problems().isEmpty()) {
			throw Refused.invalid("list-refused",
					"Er staan fouten in het bestand. Er is niets overgenomen. Verbeter ze en bekijk het opnieuw.");
		}
		for (Line line : plan.changes()) {
			if (line.officer() != null) {
				this.roster.enter(administrator, line.officer());
			}
			else if (line.organisation() != null) {
				this.roster.enter(administrator, line.organisation());
			}
		}
		plan.changes()
			.stream()
			.map(Line::officer)
			.filter(Objects::nonNull)
			.forEach((officer) -> this.roster.setDeputy(administrator, officer));
		Organisation of = (plan.body() != null) ? plan.body() : body(administrator, body);
		this.events.publishEvent(new ListTaken(administrator, of.id(), plan.kind().code(), plan.changes().size()));
		return plan;
	}

	private ListPlan organisations(String administrator, byte[] file, ListReader reader) {
		Map<String, Organisation> known = this.directory.allOrganisations()
			.stream()
			.collect(Collectors.toMap(Organisation::id, (each) -> each));
		Set<String> regions = bodies(administrator).stream()
			.filter((each) -> each.kind() == Kind.REGION)
			.map(Organisation::id)
			.collect(Collectors.toSet());
		Set<String> inSettings = this.roster.inSettings();
		Set<String> seen = new HashSet<>();
		List<Line> lines = new ArrayList<>();
		for (Row row : reader.rows()) {
			String id = row.text(Column.ID);
			if (!id.isEmpty() && !Roster.isId(id)) {
				row.wrong(Column.ID, "Een organisatiecode heeft 2 tot 12 hoofdletters en cijfers.");
			}
			if (!seen.add(id)) {
				row.wrong(Column.ID, "Deze organisatie staat al op een regel hierboven.");
			}
			Organisation before = known.get(id);
			Organisation after = new Organisation(id, row.kind().orElse(Kind.AGENCY), row.name(),
					row.phone(Column.PHONE, (before != null) ? before.phone() : null),
					row.has(Column.REGION) ? blankToNull(row.text(Column.REGION))
							: (before != null) ? before.region() : null,
					row.yes(Column.CONNECTED, before == null || before.connected()),
					row.email((before != null) ? before.email() : null),
					row.phone(Column.DUTY_PHONE, (before != null) ? before.dutyPhone() : null));
			Change change = (before == null) ? Change.NEW : after.equals(before) ? Change.SAME : Change.CHANGED;
			if (before == null) {
				checkNew(row, after, regions);
			}
			else if (change == Change.CHANGED) {
				checkChange(row, administrator, before, after, inSettings);
			}
			lines.add(new Line(row.number(), id, after.name(), change, details(before, after), null, after));
		}
		List<Missing> missing = known.values()
			.stream()
			.filter((each) -> looksAfter(administrator, each) && !seen.contains(each.id()))
			.map((each) -> new Missing(each.id(), each.name(), false))
			.sorted(java.util.Comparator.comparing(Missing::subject))
			.toList();
		return ListPlan.of(file, ListKind.ORGANISATIONS, null, lines, missing, reader.problems());
	}

	private static void checkNew(Row row, Organisation after, Set<String> regions) {
		if (after.kind() != Kind.MUNICIPALITY && after.kind() != Kind.AGENCY) {
			row.wrong(Column.KIND,
					"Een nieuwe regio, een loket of een departement zet u in de instellingen van de installatie.");
		}
		else if (regions.isEmpty()) {
			row.wrong(Column.ID, "Een nieuwe organisatie voegt de functioneel beheerder van de regio toe.");
		}
		else if (after.kind() == Kind.MUNICIPALITY && !regions.contains(after.region())) {
			row.wrong(Column.REGION, "Vul de code in van een regio die u beheert.");
		}
		else if (after.kind() == Kind.AGENCY && after.region() != null) {
			row.wrong(Column.REGION, "Alleen een gemeente hoort bij een regio. Laat dit leeg.");
		}
	}

	private void checkChange(Row row, String administrator, Organisation before, Organisation after,
			Set<String> inSettings) {
		if (!looksAfter(administrator, before)) {
			row.wrong(Column.ID,
					"Deze organisatie beheert u niet. Haal de regel weg, of vraag de functioneel beheerder daar.");
		}
		else if (inSettings.contains(before.id())) {
			row.wrong(Column.ID,
					"Deze organisatie staat in de instellingen van de installatie. Laat haar daar wijzigen.");
		}
		else if (after.kind() != before.kind() || !Objects.equals(after.region(), before.region())) {
			row.wrong(Column.KIND, "Soort en regio van een organisatie veranderen niet met een bestand.");
		}
		else if (before.connected() && !after.connected() && this.directory.allOfficers()
			.stream()
			.anyMatch((each) -> each.posts().stream().anyMatch((post) -> post.organisation().equals(before.id())))) {
			row.wrong(Column.CONNECTED,
					"Er werken nog mensen van deze organisatie in Doorbraak. Laat hen eerst vertrekken.");
		}
	}

	private static List<Detail> details(@Nullable Organisation before, Organisation after) {
		return Stream.of(
				detail("kind", (before != null) ? before.kind() : null, after.kind(),
						ListReader.KINDS.getOrDefault(after.kind(), "")),
				detail("name", (before != null) ? before.name() : null, after.name(), after.name()),
				detail("region", (before != null) ? before.region() : null, after.region(), orEmpty(after.region())),
				detail("phone", (before != null) ? before.phone() : null, after.phone(), orEmpty(after.phone())),
				detail("email", (before != null) ? before.email() : null, after.email(), orEmpty(after.email())),
				detail("dutyPhone", (before != null) ? before.dutyPhone() : null, after.dutyPhone(),
						orEmpty(after.dutyPhone())),
				detail("connected", (before != null) ? before.connected() : null, after.connected(),
						after.connected() ? "ja" : "nee"))
			.flatMap(List::stream)
			.toList();
	}

	private static List<Detail> detail(String code, @Nullable Object before, @Nullable Object after, String value) {
		return Objects.equals(before, after) ? List.of() : List.of(new Detail(code, value));
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static @Nullable String blankToNull(String text) {
		return text.isEmpty() ? null : text;
	}

	private static String words(Set<Function> functions) {
		return functions.stream().sorted().map(Function::label).collect(Collectors.joining(", "));
	}

	private static String day(@Nullable LocalDate day) {
		return (day != null) ? ListReader.DAY.format(day) : "";
	}

	/** The lines of a list of people, held against each other and who is known. */
	private final class People {

		private final String administrator;

		/** All logins of who imports. */
		private final Set<String> own;

		private final @Nullable String ownEmail;

		private final Organisation body;

		private final Map<String, Listed> known;

		private final Map<String, Officer> officers;

		private final Set<String> inFile;

		private final Set<String> seen = new HashSet<>();

		private final LocalDate today;

		People(String administrator, Organisation body, Map<String, Listed> known, ListReader reader) {
			this.administrator = administrator;
			this.own = new HashSet<>(Lists.this.directory.otherLogins(administrator));
			this.own.add(administrator);
			this.ownEmail = Lists.this.directory.getOfficer(administrator).email();
			this.body = body;
			this.known = known;
			this.inFile = reader.rows().stream().map((row) -> row.text(Column.LOGIN)).collect(Collectors.toSet());
			this.officers = Lists.this.directory.allOfficers()
				.stream()
				.collect(Collectors.toMap((each) -> each.login().toLowerCase(Locale.ROOT), (each) -> each,
						(one, other) -> this.inFile.contains(one.login()) ? one : other));
			this.today = DutchTime.day(Lists.this.clock.instant());
		}

		Line line(Row row) {
			String login = row.login();
			Listed before = this.known.get(login);
			Officer officer = this.officers.get(login.toLowerCase(Locale.ROOT));
			if (!this.seen.add(login.toLowerCase(Locale.ROOT))) {
				row.wrong(Column.LOGIN, "Deze login staat al op een regel hierboven. Zet alle functies op één regel.");
			}
			if (officer != null && !officer.login().equals(login)) {
				row.wrong(Column.LOGIN, "Deze login bestaat al met andere hoofdletters: " + officer.login() + ".");
			}
			Listed after = new Listed(login, row.name(), row.email((officer != null) ? officer.email() : null),
					row.phone(Column.PHONE, (officer != null) ? officer.phone() : null), this.body.id(),
					row.functions(), row.day(Column.FROM, (before != null) ? before.firstDay() : null),
					row.day(Column.UNTIL, (before != null) ? before.lastDay() : null), row.has(Column.DEPUTY)
							? blankToNull(row.text(Column.DEPUTY)) : (officer != null) ? officer.deputy() : null);
			Change change = (before == null) ? Change.NEW : after.equals(before) ? Change.SAME : Change.CHANGED;
			checkBody(row);
			if (change != Change.SAME) {
				checkOwn(row, after, before);
				checkElsewhere(row, after, officer);
				checkDays(row, after, before);
				checkFunctions(row, after, before);
				checkDeputy(row, after);
			}
			return new Line(row.number(), login, after.name(), change, details(before, officer, after), after, null);
		}

		private void checkBody(Row row) {
			String typed = row.text(Column.BODY);
			if (!typed.isEmpty() && !typed.equals(this.body.id()) && !typed.equalsIgnoreCase(this.body.name())) {
				row.wrong(Column.BODY, "Dit bestand gaat over " + this.body.name() + " (" + this.body.id()
						+ "). Functies bij een andere organisatie geeft de functioneel beheerder daar.");
			}
		}

		/**
		 * Nobody gives themselves something, under whichever login, or gets mail of
		 * others.
		 */
		private void checkOwn(Row row, Listed after, @Nullable Listed before) {
			if (this.own.contains(after.login())) {
				row.wrong(Column.LOGIN,
						"Uw eigen functies en gegevens wijzigt u niet zelf. Vraag een andere functioneel beheerder, of laat de regel zoals hij was.");
			}
			else if (after.email() != null && after.email().equalsIgnoreCase(this.ownEmail)) {
				row.wrong(Column.EMAIL, "Dit is uw eigen e-mailadres. Vul het adres van deze medewerker in.");
			}
			if (after.deputy() != null && this.own.contains(after.deputy())
					&& (before == null || !after.deputy().equals(before.deputy()))) {
				row.wrong(Column.DEPUTY,
						"U wijst uzelf niet aan als vervanger. Vraag een andere functioneel beheerder.");
			}
		}

		/**
		 * What somebody is called and where their mail goes is of who they worked for
		 * first.
		 */
		private void checkElsewhere(Row row, Listed after, @Nullable Officer officer) {
			if (officer != null
					&& officer.posts().stream().anyMatch((post) -> !post.organisation().equals(this.body.id()))
					&& !(after.name().equals(officer.name()) && Objects.equals(after.email(), officer.email())
							&& Objects.equals(after.phone(), officer.phone())
							&& Objects.equals(after.deputy(), officer.deputy()))) {
				row.wrong(Column.LOGIN,
						"Deze medewerker werkt ook bij een andere organisatie. Laat naam, e-mail, telefoon en vervanger zoals ze daar zijn.");
			}
		}

		private void checkDays(Row row, Listed after, @Nullable Listed before) {
			LocalDate first = after.firstDay();
			LocalDate last = after.lastDay();
			if (last != null && first != null && last.isBefore(first)) {
				row.wrong(Column.UNTIL, "Deze dag ligt voor 'Vanaf'.");
			}
			else if (last != null && last.isBefore(this.today)) {
				row.wrong(Column.UNTIL,
						"Deze dag is voorbij. Wie nu weggaat, laat u vertrekken op de pagina Medewerkers.");
			}
			if (first != null && first.isAfter(this.today)
					&& Lists.this.directory.worksFor(after.login(), this.body.id())) {
				row.wrong(Column.FROM,
						"Deze medewerker heeft hier al functies. Laat 'Vanaf' leeg, of kies een dag die voorbij is.");
			}
		}

		private void checkFunctions(Row row, Listed after, @Nullable Listed before) {
			if (before == null || after.functions().isEmpty() || after.functions().containsAll(before.functions())) {
				return;
			}
			List<LeftLine> left = Lists.this.leavers.uncovered(after.login(), this.body.id(), after.functions());
			if (!left.isEmpty()) {
				row.wrong(Column.FUNCTIONS, "Van deze medewerker is nog " + left.size()
						+ " keer werk dat bij een oude functie hoort (eerst: "
						+ left.get(0).kind().label().toLowerCase(Locale.ROOT)
						+ "). Laat de medewerker eerst vertrekken op de pagina Medewerkers: dan kiest u wie verdergaat.");
			}
		}

		private void checkDeputy(Row row, Listed after) {
			String deputy = after.deputy();
			if (deputy == null) {
				return;
			}
			if (deputy.equals(after.login())) {
				row.wrong(Column.DEPUTY, "Niemand vervangt zichzelf. Kies een collega, of laat dit leeg.");
			}
			else if (!this.inFile.contains(deputy) && !this.known.containsKey(deputy)) {
				row.wrong(Column.DEPUTY,
						"Dit is geen login van een collega in dit bestand of bij " + this.body.name() + ".");
			}
		}

		private List<Detail> details(@Nullable Listed before, @Nullable Officer officer, Listed after) {
			List<Detail> details = new ArrayList<>();
			Set<Function> had = (before != null) ? before.functions() : Set.of();
			after.functions()
				.stream()
				.filter((each) -> !had.contains(each))
				.sorted()
				.forEach((each) -> details.add(new Detail("gets", each.label())));
			had.stream()
				.filter((each) -> !after.functions().contains(each))
				.sorted()
				.forEach((each) -> details.add(new Detail("loses", each.label())));
			details.addAll(detail("name", (officer != null) ? officer.name() : null, after.name(), after.name()));
			details.addAll(
					detail("email", (officer != null) ? officer.email() : null, after.email(), orEmpty(after.email())));
			details.addAll(
					detail("phone", (officer != null) ? officer.phone() : null, after.phone(), orEmpty(after.phone())));
			details.addAll(detail("deputy", (officer != null) ? officer.deputy() : null, after.deputy(),
					orEmpty(after.deputy())));
			details.addAll(detail("from", (before != null) ? before.firstDay() : null, after.firstDay(),
					day(after.firstDay())));
			details.addAll(
					detail("until", (before != null) ? before.lastDay() : null, after.lastDay(), day(after.lastDay())));
			return details;
		}

	}

}
