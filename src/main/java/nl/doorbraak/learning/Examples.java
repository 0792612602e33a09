package nl.doorbraak.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Dossier;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.PlanLine;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.learning.Example.Texts;
import nl.doorbraak.learning.LearningEvents.ExampleProposed;
import nl.doorbraak.learning.LearningEvents.ExampleReleased;
import nl.doorbraak.learning.LearningEvents.ExampleReturned;
import nl.doorbraak.learning.LearningEvents.ExampleWithdrawn;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.web.Suggestions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bank of breakthroughs. Who worked on a closed case writes how it was broken
 * through; another person reads it and releases it to everybody.
 */
@Service
public class Examples implements Suggestions {

	/** From how many cases on a municipality may be named. */
	public static final int FEW = 3;

	private static final int SUGGESTED = 3;

	private static final String SELECT = """
			select e.*, c.number from doorbraak.example e left join doorbraak.case_file c on c.id = e.case_id
			""";

	private static final List<Organisation.Kind> NAMED = List.of(Organisation.Kind.AGENCY, Organisation.Kind.DESK,
			Organisation.Kind.MINISTRY);

	private final JdbcClient db;

	private final CaseFiles files;

	private final Plans plans;

	private final AgencyRequests requests;

	private final NoPersons noPersons;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Examples(JdbcClient db, CaseFiles files, Plans plans, AgencyRequests requests, NoPersons noPersons,
			Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.plans = plans;
		this.requests = requests;
		this.noPersons = noPersons;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * What everybody may read, newest first, or the best match first.
	 * @param words what somebody looks for; empty: everything
	 * @param domain code; empty: all
	 * @param agency id; empty: all
	 */
	@Transactional(readOnly = true)
	public List<Example> find(String words, String domain, String agency) {
		return this.db.sql(SELECT + """
				cross join (select websearch_to_tsquery('dutch', :words) as asked) q
				where e.state = 'released' and (:words = '' or e.search @@ q.asked)
				  and (:domain = '' or :domain = any (e.domains)) and (:agency = '' or :agency = any (e.agencies))
				order by ts_rank(e.search, q.asked) desc, e.released_at desc, e.id desc limit 100""")
			.param("words", words.replace('\0', ' ').strip())
			.param("domain", domain.replace('\0', ' '))
			.param("agency", agency.replace('\0', ' '))
			.query((row, n) -> example(row))
			.list();
	}

	/** What waits for somebody who may release it. */
	@Transactional(readOnly = true)
	public List<Example> toRelease(String login) {
		return this.db
			.sql(SELECT
					+ """
							where e.state = 'proposed' and not (:login = any (e.written_by)) and e.municipality_id in
							  (select p.organisation_id from doorbraak.post p where p.officer_login = :login and p.function = 'manager')
							order by e.written_at""")
			.param("login", login)
			.query((row, n) -> example(row))
			.list();
	}

	/**
	 * One of the bank: what is released, for everybody; what is not, for who worked on
	 * the case and for managers of its municipality.
	 * @throws Refused (404) for others
	 */
	@Transactional(readOnly = true)
	public Example get(String login, long id) {
		return find(id)
			.filter((each) -> each.state().equals("released") || manages(login, each)
					|| each.number() != null && this.files.isOn(login, each.number()))
			.orElseThrow(Refused::notFound);
	}

	/** What was written about a case, and was not withdrawn. */
	@Transactional(readOnly = true)
	public Optional<Example> of(CaseFile file) {
		return this.db.sql(SELECT + "where e.case_id = :case and e.state <> 'withdrawn'")
			.param("case", file.id())
			.query((row, n) -> example(row))
			.optional();
	}

	/** Whether a case can be written down: it is closed with a breakthrough. */
	public static boolean canBe(CaseFile file) {
		return file.state() == CaseFile.State.CLOSED && file.outcome() == Outcome.BROKEN_THROUGH;
	}

	/** What the writer begins with: what stands in the case. It is read and changed. */
	@Transactional(readOnly = true)
	public Texts begin(Dossier dossier) {
		CaseFile file = dossier.file();
		PlanLine route = this.plans.of(file.number()).one(PlanPart.ROUTE);
		String article = (route != null) ? route.text("article") : null;
		return new Texts((article != null) ? article : last(dossier, "make-plan", "ruleInTheWay"), file.whatIsStuck(),
				last(dossier, "record-outcome", "knot"), last(dossier, "make-plan", "firstBreakthrough"),
				last(dossier, "record-outcome", "whatChanged"), "", "", List.of());
	}

	private static String last(Dossier dossier, String form, String key) {
		return dossier.last(form)
			.stream()
			.flatMap((entry) -> Stream.ofNullable(entry.text(key)))
			.findFirst()
			.orElse("");
	}

	/** Agencies that were asked in a case. */
	@Transactional(readOnly = true)
	public List<String> agencies(String number) {
		return this.requests.history(number).stream().map(AgencyRequest::agency).distinct().sorted().toList();
	}

	/** Organisations that an entry may name: those of which the country has one. */
	public List<Organisation> nameable() {
		return this.directory.allOrganisations().stream().filter((each) -> NAMED.contains(each.kind())).toList();
	}

	/**
	 * Writes a case down for the bank, or changes what waits or was returned.
	 * @throws Refused who does not work on the case (403, 404), when the case is not
	 * closed with a breakthrough or its entry is released already (409), or something is
	 * missing or names somebody (400)
	 */
	@Transactional
	public long propose(String login, String number, String power, List<String> domains, List<String> agencies,
			Texts typed) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (!canBe(file)) {
			throw Refused.conflict("not-broken-through",
					"Alleen een casus die met een doorbraak is gesloten, komt in de voorbeeldenbank.");
		}
		Example before = of(file).orElse(null);
		if (before != null && before.state().equals("released")) {
			throw Refused.conflict("released-already",
					"Dit voorbeeld is al vrijgegeven. Laat een manager het eerst intrekken.");
		}
		Power used = Coded.find(Power.class, power)
			.orElseThrow(() -> Refused.invalid("example-power", "Kies welke bevoegdheid is gebruikt.", "power"));
		List<String> allowed = nameable().stream().map(Organisation::id).toList();
		if (!allowed.containsAll(agencies)) {
			throw Refused.invalid("example-agencies", "Kies de organisaties uit de lijst.", "agencies");
		}
		if (domains.isEmpty() || domains.stream().anyMatch((each) -> Coded.find(LifeDomain.class, each).isEmpty())) {
			throw Refused.invalid("example-domains", "Kies waar het over ging, uit de lijst.", "domains");
		}
		Texts texts = checked(number, typed);
		Map<String, Object> values = new HashMap<>();
		values.put("case", file.id());
		values.put("municipality", file.municipality());
		values.put("year", DutchTime.day(closedAt(file)).getYear());
		values.put("domains", domains.stream().distinct().toArray(String[]::new));
		values.put("agencies", agencies.stream().distinct().sorted().toArray(String[]::new));
		values.put("power", used.code());
		values.put("rung", this.files.standing(number).last().rung().code());
		values.put("days", ChronoUnit.DAYS.between(DutchTime.day(file.reportedAt()), DutchTime.day(closedAt(file))));
		values.put("article", texts.article());
		values.put("situation", texts.situation());
		values.put("knot", texts.knot());
		values.put("done", texts.done());
		values.put("effect", texts.effect());
		values.put("reusable", texts.reusable());
		values.put("story", texts.story());
		values.put("questions", texts.questions().toArray(String[]::new));
		values.put("login", login);
		values.put("now", Timestamp.from(this.clock.instant()));
		Example now = find(write(before, values)).orElseThrow();
		this.events.publishEvent(new ExampleProposed(number, login, now.id(), now.version(), file.municipality()));
		return now.id();
	}

	private long write(@Nullable Example before, Map<String, Object> values) {
		if (before == null) {
			return this.db
				.sql("""
						insert into doorbraak.example (case_id, municipality_id, closed_year, domains, agencies, power, rung, lead_days,
						  article, situation, knot, done, effect, reusable, story, questions, state, written_by, written_at)
						values (:case, :municipality, :year, :domains, :agencies, :power, :rung, :days, :article, :situation, :knot,
						  :done, :effect, :reusable, :story, :questions, 'proposed', array[cast(:login as text)], :now) returning id""")
				.params(values)
				.query(Long.class)
				.single();
		}
		values.put("id", before.id());
		return this.db
			.sql("""
					update doorbraak.example set version = version + 1, domains = :domains, agencies = :agencies, power = :power, article = :article,
					  situation = :situation, knot = :knot, done = :done, effect = :effect, reusable = :reusable, story = :story,
					  questions = :questions, state = 'proposed', returned_because = null, written_at = :now,
					  written_by = array_append(array_remove(written_by, cast(:login as text)), cast(:login as text))
					where id = :id returning id""")
			.params(values)
			.query(Long.class)
			.single();
	}

	private static Instant closedAt(CaseFile file) {
		return Objects.requireNonNull(file.closedAt());
	}

	private Texts checked(String number, Texts typed) {
		List<String> questions = IntStream.range(0, typed.questions().size())
			.filter((n) -> !typed.questions().get(n).isBlank())
			.mapToObj((n) -> this.noPersons.line(List.of(number), typed.questions().get(n), 300, "example-questions",
					"Schrijf elke vraag voor het gesprek in een regel, in hoogstens 300 tekens.", "question" + (n + 1)))
			.toList();
		if (questions.isEmpty() || questions.size() > 3) {
			throw Refused.invalid("example-questions", "Schrijf een tot drie vragen waarover anderen kunnen praten.",
					"question1");
		}
		String article = typed.article().isBlank() ? "" : this.noPersons.line(List.of(number), typed.article(), 300,
				"example-article", "Schrijf de grondslag in een regel, in hoogstens 300 tekens.", "article");
		return new Texts(article, text(number, typed.situation(), 2000, "de situatie", "situation"),
				text(number, typed.knot(), 2000, "waar het vastzat", "knot"),
				text(number, typed.done(), 2000, "wat er is gedaan", "done"),
				text(number, typed.effect(), 2000, "wat het effect was", "effect"),
				text(number, typed.reusable(), 2000, "woorden die anderen kunnen gebruiken", "reusable"),
				text(number, typed.story(), 4000, "het verhaal", "story"), questions);
	}

	private String text(String number, String typed, int most, String what, String field) {
		return this.noPersons.text(List.of(number), typed, most, "example-text",
				"Vul in: " + what + ", in hoogstens " + most + " tekens.", field);
	}

	/**
	 * Gives what was written to everybody: by somebody else, who read it.
	 * @param version that was on the screen
	 * @param read whether the person says to have read all of it
	 * @throws Refused who may not know of it (404), wrote in it or is no manager there
	 * (403); when it does not wait or was changed (409); when it was not read, or
	 * somebody can be found in it (400)
	 */
	@Transactional
	public void release(String login, long id, int version, boolean read) {
		Example example = lockToDecide(login, id, version);
		if (!read) {
			throw Refused.invalid("example-unread", "Lees alles, en zet dan een vinkje bij: ik heb alles gelezen.",
					"read");
		}
		String number = example.number();
		if (number == null) {
			throw Refused.conflict("case-gone",
					"De casus bestaat niet meer, dus niemand kan nog nagaan of er een naam in staat. Laat dit voorbeeld liggen.");
		}
		example.texts().all().forEach((each) -> this.noPersons.check(List.of(number), each, null));
		boolean shown = !isFew(example);
		if (!shown) {
			String place = this.directory.getOrganisation(example.municipality()).name().replaceFirst("^Gemeente ", "");
			if (example.texts()
				.all()
				.stream()
				.anyMatch((each) -> each.toLowerCase(java.util.Locale.ROOT)
					.contains(place.toLowerCase(java.util.Locale.ROOT)))) {
				throw Refused.invalid("names-the-place",
						"In de tekst staat de gemeente, en die mag hier niet worden getoond: er zijn te weinig vergelijkbare casussen. Stuur het voorbeeld terug.");
			}
		}
		this.db.sql("""
				update doorbraak.example set state = 'released', municipality_shown = :shown, released_by = :login,
				  released_at = :now where id = :id""")
			.param("shown", shown)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new ExampleReleased(number, login, id, version, shown));
	}

	/**
	 * Asks for a change first.
	 * @throws Refused as {@link #release}, or when no reason is given (400)
	 */
	@Transactional
	public void giveBack(String login, long id, int version, String because) {
		Example example = lockToDecide(login, id, version);
		String why = this.noPersons.line(Stream.ofNullable(example.number()).toList(), because, 300, "example-because",
				"Schrijf in een regel wat er anders moet, in hoogstens 300 tekens.", "because");
		this.db.sql("update doorbraak.example set state = 'returned', returned_because = :why where id = :id")
			.param("why", why)
			.param("id", id)
			.update();
		this.events.publishEvent(new ExampleReturned(Objects.requireNonNullElse(example.number(), LearningEvents.CHAIN),
				login, id, version, example.writers().get(example.writers().size() - 1)));
	}

	/**
	 * Takes it away from everybody.
	 * @throws Refused when nobody can read it (404), or who is no manager there (403)
	 */
	@Transactional
	public void withdraw(String login, long id) {
		lock(id);
		Example example = find(id).filter((each) -> each.state().equals("released")).orElseThrow(Refused::notFound);
		if (!manages(login, example)) {
			throw Refused.forbidden("not-the-manager",
					"Alleen een manager van de gemeente die dit voorbeeld gaf, trekt het in.");
		}
		this.db
			.sql("""
					update doorbraak.example set state = 'withdrawn', withdrawn_by = :login, withdrawn_at = :now where id = :id""")
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new ExampleWithdrawn(login, id, example.municipality()));
	}

	private Example lockToDecide(String login, long id, int version) {
		lock(id);
		Example example = get(login, id);
		if (example.writers().contains(login)) {
			throw Refused.forbidden("own-writing", "U schreef hieraan mee. Iemand anders geeft het vrij.");
		}
		if (!manages(login, example)) {
			throw Refused.forbidden("not-the-manager", "Alleen een manager van de gemeente geeft dit vrij.");
		}
		if (!example.state().equals("proposed") || example.version() != version) {
			throw Refused.conflict("example-changed",
					"Dit voorbeeld is intussen veranderd, of er is al over beslist. Open de pagina opnieuw.");
		}
		return example;
	}

	private void lock(long id) {
		this.db.sql("select id from doorbraak.example where id = :id for update")
			.param("id", id)
			.query(Long.class)
			.optional();
	}

	/** Whether somebody may release or withdraw it. */
	@Transactional(readOnly = true)
	public boolean manages(String login, Example example) {
		return this.directory.officersOf(example.municipality(), Function.MANAGER)
			.stream()
			.anyMatch((officer) -> officer.login().equals(login));
	}

	/**
	 * Whether the municipality stays unnamed: of one of its domains fewer than
	 * {@value #FEW} cases were closed there in that year.
	 */
	@Transactional(readOnly = true)
	public boolean isFew(Example example) {
		return example.domains()
			.stream()
			.anyMatch((domain) -> this.db
				.sql("""
						select count(*) from doorbraak.case_file where municipality_id = :municipality and :domain = any (life_domains)
						  and state = 'closed' and extract(year from closed_at at time zone 'Europe/Amsterdam') = :year""")
				.param("municipality", example.municipality())
				.param("domain", domain)
				.param("year", example.year())
				.query(Integer.class)
				.single() < FEW);
	}

	/** What looks most like a case: by domain, by agency, by kind of power. */
	@Override
	@Transactional(readOnly = true)
	public List<Suggestion> of(String number) {
		CaseFile file = this.files.get(number);
		return this.db
			.sql("""
					select e.id, left(e.knot, 120) as knot, cardinality(array(select unnest(e.domains) intersect select unnest(cast(:domains as text[]))))
					    + 2 * cardinality(array(select unnest(e.agencies) intersect select unnest(cast(:agencies as text[]))))
					    + (e.power = coalesce((select p.power from doorbraak.proposal p where p.case_number = :number
					        order by p.id desc limit 1), ''))::int + (e.search @@ q.asked)::int as alike
					from doorbraak.example e,
					  (select cast(replace(cast(plainto_tsquery('dutch', :stuck) as text), '&', '|') as tsquery) as asked) q
					where e.state = 'released' and e.case_id is distinct from :case
					  and (e.domains && cast(:domains as text[]) or e.agencies && cast(:agencies as text[]) or e.search @@ q.asked)
					order by alike desc, ts_rank(e.search, q.asked) desc, e.released_at desc, e.id desc limit :most""")
			.param("stuck", file.whatIsStuck())
			.param("domains", file.lifeDomains().toArray(String[]::new))
			.param("agencies", agencies(number).toArray(String[]::new))
			.param("number", number)
			.param("case", file.id())
			.param("most", SUGGESTED)
			.query((row, n) -> new Suggestion("/voorbeelden/" + row.getLong("id"), row.getString("knot")))
			.list();
	}

	/** The domain of a code; null when there is none. */
	public static @Nullable LifeDomain domain(String code) {
		return Coded.find(LifeDomain.class, code).orElse(null);
	}

	private Optional<Example> find(long id) {
		return this.db.sql(SELECT + "where e.id = :id").param("id", id).query((row, n) -> example(row)).optional();
	}

	private static Example example(ResultSet row) throws SQLException {
		return new Example(row.getLong("id"), row.getInt("version"), row.getString("number"),
				row.getString("municipality_id"), row.getInt("closed_year"), list(row, "domains"),
				list(row, "agencies"), Coded.of(Power.class, row.getString("power")), Rung.of(row.getString("rung")),
				row.getInt("lead_days"),
				new Texts(row.getString("article"), row.getString("situation"), row.getString("knot"),
						row.getString("done"), row.getString("effect"), row.getString("reusable"),
						row.getString("story"), list(row, "questions")),
				row.getString("state"), list(row, "written_by"), row.getString("returned_because"),
				row.getBoolean("municipality_shown"));
	}

	private static List<String> list(ResultSet row, String column) throws SQLException {
		return Arrays.asList((String[]) row.getArray(column).getArray());
	}

}
