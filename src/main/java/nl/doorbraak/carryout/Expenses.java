package nl.doorbraak.carryout;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.carryout.CarryOutEvents.ExpensePaid;
import nl.doorbraak.carryout.CarryOutEvents.ExpenseReversed;
import nl.doorbraak.carryout.CarryOutEvents.ExpensesExported;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.support.DutchMoney;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is paid for a case from the budgets of its municipality and region. Over a ceiling
 * only what was signed for can be paid: there the mandate gate decides.
 */
@Service
public class Expenses {

	static final String FORM = "pay-expense";

	private static final int LONGEST_LINE = 300;

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Measures measures;

	private final Budgets budgets;

	private final Proposals proposals;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Expenses(JdbcClient db, CaseFiles files, Writing writing, Measures measures, Budgets budgets, Proposals proposals,
			Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.measures = measures;
		this.budgets = budgets;
		this.proposals = proposals;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** What was paid for a case, the first first. */
	@Transactional(readOnly = true)
	public List<Expense> of(String number) {
		return this.db.sql("""
				select x.*, b.name as budget, c.number,
				  (select f ->> 'value' from jsonb_array_elements(e.fields) f where f ->> 'key' = 'what') as what,
				  exists (select 1 from doorbraak.expense r where r.reverses_id = x.id) as reversed
				from doorbraak.expense x join doorbraak.case_file c on c.id = x.case_id
				join doorbraak.budget b on b.id = x.budget_id join doorbraak.entry e on e.id = x.entry_id
				where c.number = :number order by x.id""")
			.param("number", number)
			.query((row, n) -> expense(row))
			.list();
	}

	/**
	 * The budgets that can pay for a case, with what was spent on it and its household.
	 */
	@Transactional(readOnly = true)
	public List<Room> rooms(String number) {
		CaseFile file = this.files.get(number);
		int year = DutchTime.day(this.clock.instant()).getYear();
		return this.budgets.of(payers(file), year - 1, year)
			.stream()
			.filter((budget) -> budget.year() == year || spent("case_id", file.id(), budget.id()) > 0)
			.map((budget) -> new Room(budget, spent("case_id", file.id(), budget.id()),
					spent("household_id", file.householdId(), budget.id())))
			.toList();
	}

	private List<String> payers(CaseFile file) {
		List<String> payers = new ArrayList<>(List.of(file.municipality()));
		Optional.ofNullable(this.directory.getOrganisation(file.municipality()).region()).ifPresent(payers::add);
		return payers;
	}

	private long spent(String column, long id, @Nullable Long budget) {
		return this.db
			.sql("select coalesce(sum(amount_cents), 0) from doorbraak.expense where " + column
					+ " = :id and (cast(:budget as bigint) is null or budget_id = :budget)")
			.param("id", id)
			.param("budget", budget, Types.BIGINT)
			.query(Long.class)
			.single();
	}

	/**
	 * Writes down that something was paid.
	 * @throws Refused who does not work on the case (403, 404), when nothing more is
	 * carried out (409), when it goes over a ceiling and nobody signed for it, or when
	 * something cannot be (400)
	 */
	@Transactional
	public void pay(String login, String number, Payment payment) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (!this.measures.isOpen(file)) {
			throw Refused.conflict("nothing-to-do",
					"Deze casus is gesloten en de uitvoering is klaar. Er gaat geen geld meer uit.");
		}
		Budget budget = this.budgets.lock(payment.budget())
			.filter((each) -> payers(file).contains(each.organisation()))
			.orElseThrow(() -> Refused.invalid("expense-budget", "Kies uit de lijst welk budget betaalt.", "budget"));
		String what = Typed.line(payment.what(), LONGEST_LINE, "expense-what",
				"Schrijf in een regel waarvoor is betaald, in hoogstens " + LONGEST_LINE + " tekens.", "what");
		String reference = Typed.line(payment.reference(), 60, "expense-reference",
				"Vul het betaalkenmerk uit uw administratie in, in hoogstens 60 tekens.", "reference");
		Long cents = Typed.cents(payment.amount(), "expense-amount", NO_AMOUNT, "amount");
		if (cents == null || cents == 0) {
			throw Refused.invalid("expense-amount", NO_AMOUNT, "amount");
		}
		LocalDate paidOn = payment.paidOn();
		LocalDate today = DutchTime.day(this.clock.instant());
		if (paidOn == null || paidOn.isAfter(today) || paidOn.getYear() != budget.year()) {
			throw Refused.invalid("expense-day", "Kies de dag waarop is betaald: niet later dan vandaag, en in "
					+ budget.year() + ", het jaar van dit budget.", "paidOn");
		}
		Long measure = payment.measure();
		if (measure != null && this.measures.of(number).stream().noneMatch((each) -> each.id() == measure)) {
			throw Refused.invalid("expense-measure", "Kies een maatregel van deze casus, of geen.", "measure");
		}
		boolean signed = signedFor(file, budget, cents);
		long entry = write(file, login, what);
		long id = add(file, budget, cents, paidOn, reference, measure, entry, null, login);
		this.events.publishEvent(new ExpensePaid(number, login, id, budget.id(), cents, paidOn, signed));
	}

	private static final String NO_AMOUNT = "Schrijf het bedrag in euro's, bijvoorbeeld 1250 of 1250,50. Het moet meer zijn dan nul.";

	/** Whether it goes over a ceiling, and then was signed for. */
	private boolean signedFor(CaseFile file, Budget budget, long cents) {
		List<String> over = new ArrayList<>();
		Long caseCents = budget.caseCents();
		Long householdCents = budget.householdCents();
		if (caseCents != null && spent("case_id", file.id(), budget.id()) + cents > caseCents) {
			over.add("het plafond per casus van " + DutchMoney.euros(caseCents));
		}
		if (householdCents != null && spent("household_id", file.householdId(), budget.id()) + cents > householdCents) {
			over.add("het plafond per huishouden van " + DutchMoney.euros(householdCents) + " per jaar");
		}
		if (cents > budget.leftCents()) {
			over.add("wat er nog in het budget zit: " + DutchMoney.euros(budget.leftCents()));
		}
		if (over.isEmpty()) {
			return false;
		}
		long room = this.proposals.signedCents(file.number()) - spent("case_id", file.id(), null);
		if (cents > room) {
			throw Refused.invalid("over-the-ceiling", "Dit bedrag gaat over " + String.join(" en over ", over)
					+ ". Daarvoor is een getekend besluit nodig"
					+ ((room > 0) ? ", en dat dekt nog " + DutchMoney.euros(room) : "")
					+ ". Doe een voorstel voor een doorbraak met dit bedrag, of vraag uw manager om een hoger plafond.",
					"amount");
		}
		return true;
	}

	/**
	 * Takes an expense back by a line of its own.
	 * @throws Refused who does not work on the case (403, 404), when it was taken back
	 * already (409), or without a reason (400)
	 */
	@Transactional
	public void reverse(String login, String number, long expense, String reason) {
		CaseFile file = this.files.lockForWorker(login, number);
		Expense before = of(number).stream()
			.filter((each) -> each.id() == expense && each.reverses() == null)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (before.reversed()) {
			throw Refused.conflict("expense-reversed", "Deze betaling is al teruggedraaid. Ververs de pagina.");
		}
		String why = Typed.line(reason, LONGEST_LINE, "expense-why",
				"Schrijf in een regel waarom u de betaling terugdraait, in hoogstens " + LONGEST_LINE + " tekens.",
				"reason");
		Budget budget = this.budgets.lock(before.budgetId()).orElseThrow();
		long entry = write(file, login, why);
		long id = add(file, budget, -before.cents(), before.paidOn(), before.reference(), before.measure(), entry,
				expense, login);
		this.events.publishEvent(new ExpenseReversed(number, login, id, expense, -before.cents()));
	}

	private long write(CaseFile file, String login, String what) {
		this.writing.record(file.number(), FORM, login, List.of(new Answer("what", "Waarvoor?", what, what)));
		return this.writing.latestOfCase(file.number(), FORM).orElseThrow().id();
	}

	private long add(CaseFile file, Budget budget, long cents, LocalDate paidOn, String reference,
			@Nullable Long measure, long entry, @Nullable Long reverses, String login) {
		return this.db
			.sql("""
					insert into doorbraak.expense (budget_id, case_id, household_id, measure_id, entry_id, amount_cents, paid_on,
					  cost_centre, reference, reverses_id, made_by, made_at)
					values (:budget, :case, :household, :measure, :entry, :cents, :paidOn, :costCentre, :reference, :reverses, :by,
					  :now) returning id""")
			.param("budget", budget.id())
			.param("case", file.id())
			.param("household", file.householdId())
			.param("measure", measure, Types.BIGINT)
			.param("entry", entry)
			.param("cents", cents)
			.param("paidOn", Date.valueOf(paidOn))
			.param("costCentre", budget.costCentre())
			.param("reference", reference)
			.param("reverses", reverses, Types.BIGINT)
			.param("by", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
	}

	/**
	 * All expenses of an organisation in a year, without text, so that its books can be
	 * laid beside it: a line for each, and their sum.
	 * @throws Refused who does not read the expenses there (403)
	 */
	@Transactional
	public List<Line> export(String login, String organisation, int year) {
		if (!this.budgets.accounts(login).contains(organisation)) {
			throw Refused.forbidden("not-your-budget",
					"Alleen een manager, directeur, financieel adviseur of auditor van deze organisatie haalt de uitgaven op.");
		}
		List<Line> lines = this.db
			.sql("""
					select x.*, b.name as budget, c.number,
					  (select s.mandate_number || ' versie ' || s.mandate_version from doorbraak.sign_off s
					   join doorbraak.proposal p on p.id = s.gate_id
					   where p.case_number = c.number and p.state = 'signed' and s.outcome = 'agreed' order by s.id desc limit 1) as mandate
					from doorbraak.expense x join doorbraak.budget b on b.id = x.budget_id join doorbraak.case_file c on c.id = x.case_id
					where b.organisation_id = :organisation and b.year = :year order by x.paid_on, x.id""")
			.param("organisation", organisation)
			.param("year", year)
			.query((row, n) -> line(row))
			.list();
		this.events.publishEvent(new ExpensesExported(login, organisation, year, lines.size(),
				lines.stream().mapToLong(Line::cents).sum()));
		return lines;
	}

	private static Line line(ResultSet row) throws SQLException {
		return new Line(row.getLong("id"), row.getString("budget"), row.getObject("paid_on", LocalDate.class),
				row.getString("number"), row.getLong("amount_cents"), row.getString("cost_centre"),
				row.getString("reference"), row.getString("mandate"), row.getObject("reverses_id", Long.class));
	}

	private static Expense expense(ResultSet row) throws SQLException {
		return new Expense(row.getLong("id"), row.getLong("budget_id"), row.getString("budget"), row.getString("what"),
				row.getLong("amount_cents"), row.getObject("paid_on", LocalDate.class), row.getString("cost_centre"),
				row.getString("reference"), row.getObject("measure_id", Long.class),
				row.getObject("reverses_id", Long.class), row.getBoolean("reversed"), row.getString("made_by"));
	}

	/**
	 * What somebody fills in.
	 *
	 * @param amount in euros
	 * @param measure id; null for none
	 */
	public record Payment(long budget, String what, String amount, @Nullable LocalDate paidOn, String reference,
			@Nullable Long measure) {
	}

	/**
	 * One line of what was paid for a case.
	 *
	 * @param cents below zero where it takes back another
	 * @param reverses id of the line that it takes back
	 * @param reversed whether another took it back
	 */
	public record Expense(long id, long budgetId, String budget, String what, long cents, LocalDate paidOn,
			String costCentre, String reference, @Nullable Long measure, @Nullable Long reverses, boolean reversed,
			String madeBy) {
	}

	/** A budget, and what it spent on this case and on its household; in cents. */
	public record Room(Budget budget, long caseCents, long householdCents) {
	}

	/**
	 * One line of the export.
	 *
	 * @param mandate of the last decision signed on the case; null where none was needed
	 */
	public record Line(long id, String budget, LocalDate paidOn, String number, long cents, String costCentre,
			String reference, @Nullable String mandate, @Nullable Long reverses) {
	}

}
