package nl.doorbraak.carryout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.carryout.CarryOutEvents.BudgetSet;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tailor-made budgets of an organisation, set by its managers and directors. */
@Service
public class Budgets {

	/** Who sets them. */
	private static final Set<Function> SET = Set.of(Function.MANAGER, Function.DIRECTOR);

	/** Who reads the expenses behind them. */
	private static final Set<Function> ACCOUNT = Set.of(Function.MANAGER, Function.DIRECTOR, Function.FINANCE_ADVISER,
			Function.AUDITOR);

	private static final String WITH_SPENT = """
			select b.*, coalesce((select sum(e.amount_cents) from doorbraak.expense e where e.budget_id = b.id), 0) as spent
			from doorbraak.budget b
			""";

	private final JdbcClient db;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Budgets(JdbcClient db, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** The budgets of the organisations that somebody works for, the last year first. */
	@Transactional(readOnly = true)
	public List<Budget> of(String login) {
		return this.db
			.sql(WITH_SPENT
					+ " where b.organisation_id = any (:bodies) order by b.year desc, b.organisation_id, b.name")
			.param("bodies",
					this.directory.posts(login)
						.stream()
						.map(Officer.Post::organisation)
						.distinct()
						.toArray(String[]::new))
			.query((row, n) -> budget(row))
			.list();
	}

	/** The organisations for which somebody sets budgets. */
	@Transactional(readOnly = true)
	public List<String> sets(String login) {
		return with(login, SET);
	}

	/** The organisations for which somebody reads the expenses. */
	@Transactional(readOnly = true)
	public List<String> accounts(String login) {
		return with(login, ACCOUNT);
	}

	private List<String> with(String login, Set<Function> functions) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Officer.Post::organisation)
			.distinct()
			.toList();
	}

	/**
	 * Makes a budget, or changes the one that stood on the screen. The same once more
	 * changes nothing.
	 * @throws Refused who is no manager or director there (403), when it is there already
	 * or somebody changed it meanwhile (409), or when something cannot be (400)
	 */
	@Transactional
	public void set(String login, Wish wish) {
		if (!sets(login).contains(wish.organisation())) {
			throw Refused.forbidden("not-your-budget",
					"Alleen een manager of directeur van deze organisatie stelt het budget vast.");
		}
		String name = Typed.line(wish.name(), 100, "budget-name", "Geef het budget een naam, in hoogstens 100 tekens.",
				"name");
		String costCentre = Typed.line(wish.costCentre(), 40, "budget-cost-centre",
				"Vul de kostenplaats in, in hoogstens 40 tekens.", "costCentre");
		int year = DutchTime.day(this.clock.instant()).getYear();
		if (wish.year() < year - 1 || wish.year() > year + 1) {
			throw Refused.invalid("budget-year", "Kies " + (year - 1) + ", " + year + " of " + (year + 1)
					+ ": een ander jaar staat vast of komt nog.", "year");
		}
		long cents = Optional.ofNullable(cents(wish.amount(), "amount")).orElseThrow(Budgets::noAmount);
		Budget next = new Budget(wish.id(), wish.organisation(), name, wish.year(), cents,
				cents(wish.perCase(), "perCase"), cents(wish.perHousehold(), "perHousehold"), costCentre,
				wish.version() + 1, 0);
		Budget before = find(wish.id()).orElse(null);
		if (before != null && isSame(before, next)) {
			return;
		}
		long id = (before != null) ? change(before, next, login) : add(next, login);
		this.events.publishEvent(new BudgetSet(login, id, next.version(), next.organisation(), next.year(),
				next.cents(), next.caseCents(), next.householdCents(), next.costCentre()));
	}

	private static @Nullable Long cents(String typed, String field) {
		return Typed.cents(typed, "budget-amount", NO_AMOUNT, field);
	}

	private static final String NO_AMOUNT = "Schrijf bedragen in euro's, bijvoorbeeld 25000 of 1250,50. Het budget zelf moet ingevuld zijn; een plafond mag leeg blijven.";

	private static Refused noAmount() {
		return Refused.invalid("budget-amount", NO_AMOUNT, "amount");
	}

	private static boolean isSame(Budget before, Budget next) {
		return before.organisation().equals(next.organisation()) && before.name().equals(next.name())
				&& before.year() == next.year() && before.cents() == next.cents()
				&& Objects.equals(before.caseCents(), next.caseCents())
				&& Objects.equals(before.householdCents(), next.householdCents())
				&& before.costCentre().equals(next.costCentre());
	}

	private long add(Budget next, String login) {
		try {
			return this.db
				.sql("""
						insert into doorbraak.budget (organisation_id, name, year, amount_cents, case_cents, household_cents, cost_centre,
						  made_by, made_at)
						values (:organisation, :name, :year, :cents, :case, :household, :costCentre, :by, :now) returning id""")
				.param("organisation", next.organisation())
				.param("name", next.name())
				.param("year", next.year())
				.param("cents", next.cents())
				.param("case", next.caseCents(), Types.BIGINT)
				.param("household", next.householdCents(), Types.BIGINT)
				.param("costCentre", next.costCentre())
				.param("by", login)
				.param("now", Timestamp.from(this.clock.instant()))
				.query(Long.class)
				.single();
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("budget-exists",
					"Dit budget is er al voor dit jaar. Open de pagina opnieuw, en verander het daar.");
		}
	}

	private long change(Budget before, Budget next, String login) {
		if (!before.organisation().equals(next.organisation()) || before.year() != next.year()) {
			throw Refused.invalid("budget-year",
					"Van een budget veranderen de organisatie en het jaar niet. Maak een nieuw budget.", "year");
		}
		int changed = this.db
			.sql("""
					update doorbraak.budget set name = :name, amount_cents = :cents, case_cents = :case, household_cents = :household,
					  cost_centre = :costCentre, version = version + 1, made_by = :by, made_at = :now
					where id = :id and version = :version""")
			.param("name", next.name())
			.param("cents", next.cents())
			.param("case", next.caseCents(), Types.BIGINT)
			.param("household", next.householdCents(), Types.BIGINT)
			.param("costCentre", next.costCentre())
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", before.id())
			.param("version", next.version() - 1)
			.update();
		if (changed == 0) {
			throw Refused.conflict("budget-changed",
					"Iemand heeft dit budget intussen veranderd. Open de pagina opnieuw, en kijk of uw wijziging nog nodig is.");
		}
		return before.id();
	}

	/** What each budget of an organisation is called. */
	@Transactional(readOnly = true)
	public Map<Long, String> names(String organisation) {
		return of(List.of(organisation), 0, Integer.MAX_VALUE).stream()
			.collect(Collectors.toMap(Budget::id, Budget::name));
	}

	Optional<Budget> find(long id) {
		return this.db.sql(WITH_SPENT + " where b.id = :id").param("id", id).query((row, n) -> budget(row)).optional();
	}

	/** The budget, locked: two payments in one moment come one after the other. */
	Optional<Budget> lock(long id) {
		this.db.sql("select 1 from doorbraak.budget where id = :id for update").param("id", id).query().listOfRows();
		return find(id);
	}

	/** The budgets of these organisations in these years. */
	List<Budget> of(List<String> organisations, int from, int to) {
		return this.db.sql(WITH_SPENT
				+ " where b.organisation_id = any (:bodies) and b.year between :from and :to order by b.year desc, b.organisation_id, b.name")
			.param("bodies", organisations.toArray(String[]::new))
			.param("from", from)
			.param("to", to)
			.query((row, n) -> budget(row))
			.list();
	}

	private static Budget budget(ResultSet row) throws SQLException {
		return new Budget(row.getLong("id"), row.getString("organisation_id"), row.getString("name"),
				row.getInt("year"), row.getLong("amount_cents"), row.getObject("case_cents", Long.class),
				row.getObject("household_cents", Long.class), row.getString("cost_centre"), row.getInt("version"),
				row.getLong("spent"));
	}

	/**
	 * What somebody fills in.
	 *
	 * @param id 0 for a new one
	 * @param version that stood on the screen; 0 for a new one
	 * @param amount in euros, as are the ceilings, which may be empty
	 */
	public record Wish(long id, int version, String organisation, String name, int year, String amount, String perCase,
			String perHousehold, String costCentre) {
	}

}
