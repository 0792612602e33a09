package nl.doorbraak.casefile;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.PlanLineAdded;
import nl.doorbraak.casefile.CaseEvents.PlanLineChanged;
import nl.doorbraak.casefile.CaseEvents.PlanLineWithdrawn;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The plan of a case beyond its one page, and what every body does in the household:
 * lines that are added, changed and withdrawn by who works on the case. How a line stood
 * before stays readable.
 */
@Service
public class Plans {

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final PlanAnswers answers;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Plans(CaseStore store, CaseFiles files, Writing writing, PlanAnswers answers, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.answers = answers;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** The plan as it stands. */
	@Transactional(readOnly = true)
	public Plan of(String number) {
		return new Plan(lines(this.store.get(number)), DutchTime.day(this.clock.instant()));
	}

	/** The same as somebody may read it: without names who may not know who it is. */
	@Transactional(readOnly = true)
	public Plan of(String number, String reader) {
		return this.files.namesHidden(reader, number).map(of(number)::unnamed).orElseGet(() -> of(number));
	}

	/**
	 * Which of the three values an exception above the standard mandate still needs, in
	 * Dutch; nothing when the plan asks for no exception or has them all.
	 */
	@Transactional(readOnly = true)
	public List<String> missing(String number) {
		CaseFile file = this.store.get(number);
		Boolean deviates = Stream.of(Climb.FORMS_WITH_DECISION, List.of("make-plan"))
			.flatMap((forms) -> this.store.lastEntry(file.id(), null, forms).stream())
			.map((entry) -> entry.text("deviates"))
			.filter(Objects::nonNull)
			.findFirst()
			.map("yes"::equals)
			.orElse(false);
		return deviates ? notWeighed(file) : List.of();
	}

	/** What of the three values in the three scenarios is still empty. */
	List<String> notWeighed(CaseFile file) {
		Answers weighed = new Answers(values(this.store, file.id()));
		return PlanPart.SCENARIOS.fields()
			.stream()
			.filter((field) -> PlanPart.weighed().contains(field.key()) && !weighed.has(field.key()))
			.map((field) -> this.answers.label(PlanPart.SCENARIOS, field))
			.toList();
	}

	/** The three values as they were last written. */
	static List<Answer> values(CaseStore store, long caseId) {
		return store.lastEntry(caseId, null, List.of(PlanPart.SCENARIOS.form())).map(Entry::answers).orElse(List.of());
	}

	/** The three values as one reads them before signing. */
	@Transactional(readOnly = true)
	public String weighed(String number) {
		String values = values(this.store, this.store.get(number).id()).stream()
			.map((answer) -> answer.label() + (answer.label().endsWith("?") ? " " : ": ") + answer.shown())
			.collect(Collectors.joining("\n"));
		return values.isEmpty() ? "Niet ingevuld" : values;
	}

	/**
	 * An exception above the standard mandate is justified only when the plan scores
	 * better than now and than what looms.
	 * @throws Refused (400) that says which of the values is missing, and where to fill
	 * it in
	 */
	@Transactional(readOnly = true)
	public void refuseUnlessWeighed(String number) {
		List<String> empty = notWeighed(this.store.get(number));
		if (!empty.isEmpty()) {
			throw Refused.invalid("not-weighed",
					"Deze uitzondering gaat boven het standaardmandaat, en daarvoor zijn de drie waarden nodig: vul op de planpagina van casus "
							+ number + ", onder Drie waarden, nog in: " + String.join("; ", empty) + ".",
					"deviates");
		}
	}

	/**
	 * Writes a line, or changes the one that stood on the screen. The same once more
	 * changes nothing.
	 * @param part code of the part
	 * @param line 0 for a new one
	 * @param version that stood on the screen; 0 for a new one
	 * @throws Refused who does not work on the case (403, 404), when the case is closed
	 * or somebody changed the line meanwhile (409), or when it cannot be (400)
	 */
	@Transactional
	public PlanPart write(String login, String number, String part, int line, int version,
			Map<String, List<String>> sent) {
		CaseFile file = open(login, number);
		PlanPart kind = part(part);
		Plan plan = of(number);
		List<Answer> read = this.answers.read(kind, sent, plan.current(PlanPart.BREAKTHROUGH));
		Optional<PlanLine> before = plan.current(kind)
			.stream()
			.filter((each) -> kind.single() || each.line() == line)
			.findFirst();
		if (plan.current(kind)
			.stream()
			.anyMatch((each) -> (line == 0 || each.line() == line) && each.answers().equals(read))) {
			return kind;
		}
		if (version != before.map(PlanLine::version).orElse(0)) {
			throw changed();
		}
		New next = checked(file, kind, line, plan, new Answers(read));
		this.writing.record(number, kind.form(), login, read);
		long entry = this.store.lastEntry(file.id(), null, List.of(kind.form())).orElseThrow().id();
		int at = before.map(PlanLine::line).orElseGet(() -> plan.nextLine());
		keep(file, kind, at, version + 1, entry, false, next, login);
		LocalDate lastDay = next.endsOn();
		this.events.publishEvent(before.isEmpty() ? new PlanLineAdded(number, login, kind.code(), at, lastDay)
				: new PlanLineChanged(number, login, kind.code(), at, lastDay));
		return kind;
	}

	/**
	 * Takes a line out of the plan; a budget line goes with its breakthrough.
	 * @throws Refused who does not work on the case (403, 404), when the case is closed
	 * or the line changed meanwhile (409), or when the part has no lines to withdraw
	 * (400)
	 */
	@Transactional
	public PlanPart withdraw(String login, String number, String part, int line, int version) {
		CaseFile file = open(login, number);
		PlanPart kind = part(part);
		if (kind.single()) {
			throw Refused.invalid("plan-part-single",
					"Dit deel van het plan trekt u niet in. Verander wat er staat, en sla het opnieuw op.");
		}
		Plan plan = of(number);
		PlanLine standing = plan.current(kind)
			.stream()
			.filter((each) -> each.line() == line && each.version() == version)
			.findFirst()
			.orElseThrow(Plans::changed);
		withdraw(file, standing, login);
		plan.budgets(standing).forEach((budget) -> withdraw(file, budget, login));
		return kind;
	}

	private void withdraw(CaseFile file, PlanLine line, String login) {
		long entry = this.store.db()
			.sql("""
					select entry_id from doorbraak.plan_line where case_id = :id and line = :line and version = :version""")
			.param("id", file.id())
			.param("line", line.line())
			.param("version", line.version())
			.query(Long.class)
			.single();
		keep(file, line.part(), line.line(), line.version() + 1, entry, true,
				new New(line.kind(), line.body(), line.government(), line.amountCents(), line.ofLine(), null, null),
				login);
		this.events.publishEvent(new PlanLineWithdrawn(file.number(), login, line.part().code(), line.line()));
	}

	private CaseFile open(String login, String number) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("case-closed",
					"Deze casus is niet open. Het plan verandert u alleen zolang de casus loopt.");
		}
		return file;
	}

	private static PlanPart part(String code) {
		return PlanPart.find(code)
			.orElseThrow(() -> Refused.invalid("plan-part",
					"Dit deel kent het plan niet. Open de pagina opnieuw, en kies daar wat u wilt opschrijven."));
	}

	private static Refused changed() {
		return Refused.conflict("plan-changed",
				"Iemand heeft dit deel van het plan intussen veranderd of ingetrokken. Open de pagina opnieuw, en kijk of uw wijziging nog nodig is.");
	}

	private New checked(CaseFile file, PlanPart part, int line, Plan plan, Answers said) {
		PlanPart first = part.after();
		if (first != null && plan.current(first).isEmpty()) {
			throw Refused.invalid("plan-order", (first == PlanPart.FACT)
					? "Schrijf eerst ten minste een feit op, met bron en datum. Daarna pas wat u wilt bereiken: zo volgen de feiten niet uit de wens."
					: "Vul eerst de omgekeerde toets in: wat is het effect? Daarna pas de juridische route.");
		}
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate endsOn = null;
		String explanation = null;
		Long amount = PlanAnswers.cents(said.text("amount"));
		Integer ofLine = Optional.ofNullable(said.text("of")).map(Integer::valueOf).orElse(null);
		switch (part) {
			case FACT, AGREEMENT -> refuseLater(said, "on", today);
			case BREAKTHROUGH -> {
				if (said.has("involuntary") && !said.has("ground")) {
					throw Refused.invalid("plan-ground",
							"Deze hulp is niet vrijwillig. Vul in op welke grond zij toch mag, bijvoorbeeld een wetsartikel of een uitspraak.",
							"ground");
				}
				long paid = plan.currentLine(line).map(plan::paidCents).orElse(0L);
				if (paid > Objects.requireNonNullElse(amount, 0L)) {
					throw tooMuch("amount");
				}
			}
			case BUDGET -> {
				PlanLine breakthrough = plan.currentLine(Objects.requireNonNull(ofLine)).orElseThrow();
				long others = plan.budgets(breakthrough)
					.stream()
					.filter((each) -> each.line() != line)
					.mapToLong((each) -> Objects.requireNonNullElse(each.amountCents(), 0L))
					.sum();
				if (others + Objects.requireNonNull(amount) > Objects.requireNonNullElse(breakthrough.amountCents(),
						0L)) {
					throw tooMuch("amount");
				}
			}
			case HOUSEHOLD -> {
				refuseNobody(said);
				endsOn = until(said, "since", null);
			}
			case TIME_OUT -> {
				refuseNobody(said);
				refuseLater(said, "on", today);
				boolean granted = "granted".equals(said.text("kind"));
				if (granted && !said.has("until")) {
					throw Refused.invalid("plan-until",
							"De time-out is toegezegd. Vul in tot en met welke dag zij duurt.", "until");
				}
				endsOn = granted ? until(said, "on", null) : null;
			}
			case STAY -> {
				Term most = most(file, said);
				endsOn = Objects.requireNonNullElse(until(said, "since", most.lastDay()), most.lastDay());
				explanation = endsOn.equals(most.lastDay()) ? most.explanation()
						: "Deze eindigt eerder, op " + DutchTime.date(endsOn) + ". " + most.explanation();
			}
			default -> {
			}
		}
		return new New(said.text("kind"), said.text("body"), said.has("body") || said.has("government"), amount, ofLine,
				endsOn, explanation);
	}

	private Term most(CaseFile file, Answers said) {
		LocalDate since = LocalDate.parse(Objects.requireNonNull(said.text("since")));
		LocalDate help = Optional.ofNullable(said.text("debtHelpOn")).map(LocalDate::parse).orElse(null);
		if ("broadMoratorium".equals(said.text("kind"))) {
			if (help != null) {
				throw Refused.invalid("plan-debt-help",
						"De schuldhulp verlengt alleen een noodstop van het CJIB. Laat die datum leeg bij een moratorium.",
						"debtHelpOn");
			}
			return this.terms.forBroadMoratorium(since, file.termsVersion());
		}
		Term plain = this.terms.forEmergencyStop(since, null, file.termsVersion());
		if (help == null) {
			return plain;
		}
		if (help.isBefore(since) || help.isAfter(plain.lastDay())) {
			throw Refused.invalid("plan-debt-help",
					"Alleen schuldhulp die tijdens de noodstop begint, verlengt haar. Kies een dag van "
							+ DutchTime.date(since) + " tot en met " + DutchTime.date(plain.lastDay())
							+ ", of laat de datum leeg.",
					"debtHelpOn");
		}
		return this.terms.forEmergencyStop(since, help, file.termsVersion());
	}

	private static void refuseNobody(Answers said) {
		if (!said.has("body") && !said.has("other")) {
			throw Refused.invalid("plan-who",
					"Vul in welke organisatie het is: kies haar uit de lijst, of schrijf wie het anders is.", "body");
		}
	}

	private static void refuseLater(Answers said, String key, LocalDate today) {
		if (Optional.ofNullable(said.text(key)).map(LocalDate::parse).filter((day) -> day.isAfter(today)).isPresent()) {
			throw Refused.invalid("plan-later", "Deze dag moet nog komen. Kies vandaag of een dag die is geweest.",
					key);
		}
	}

	/** The last day that was filled in, which is not before the first. */
	private static @Nullable LocalDate until(Answers said, String first, @Nullable LocalDate last) {
		LocalDate until = Optional.ofNullable(said.text("until")).map(LocalDate::parse).orElse(null);
		String begin = said.text(first);
		if (until != null
				&& (begin != null && until.isBefore(LocalDate.parse(begin)) || last != null && until.isAfter(last))) {
			throw Refused.invalid("plan-until", "De laatste dag klopt niet. Kies een dag vanaf het begin"
					+ ((last != null) ? " tot en met " + DutchTime.date(last) + ", want langer kan niet." : "."),
					"until");
		}
		return until;
	}

	private static Refused tooMuch(String field) {
		return Refused.invalid("plan-budgets",
				"De budgetten samen zijn meer dan de doorbraak kost. Verlaag een budgetregel, of verhoog eerst wat de doorbraak kost.",
				field);
	}

	private void keep(CaseFile file, PlanPart part, int line, int version, long entry, boolean withdrawn, New next,
			String by) {
		this.store.db()
			.sql("""
					insert into doorbraak.plan_line (case_id, part, line, version, entry_id, withdrawn, kind, body_id, government,
					  amount_cents, of_line, ends_on, explanation, end_told_at, made_by, made_at)
					values (:caseId, :part, :line, :version, :entry, :withdrawn, :kind, :body, :government, :amount, :of, :ends,
					  :explanation, case when cast(:ends as date) < cast(:today as date) then cast(:now as timestamptz) end, :by, :now)""")
			.param("caseId", file.id())
			.param("part", part.code())
			.param("line", line)
			.param("version", version)
			.param("entry", entry)
			.param("withdrawn", withdrawn)
			.param("kind", next.kind(), Types.VARCHAR)
			.param("body", next.body(), Types.VARCHAR)
			.param("government", next.government())
			.param("amount", next.amountCents(), Types.BIGINT)
			.param("of", next.ofLine(), Types.INTEGER)
			.param("ends", next.endsOn(), Types.DATE)
			.param("explanation", next.explanation(), Types.VARCHAR)
			.param("today", Date.valueOf(DutchTime.day(this.clock.instant())))
			.param("by", by)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
	}

	/** Every line as it stands, also what was withdrawn, in the order of writing. */
	private List<PlanLine> lines(CaseFile file) {
		Map<Integer, List<PlanLine>> versions = new LinkedHashMap<>();
		this.store.db()
			.sql("""
					select p.*, e.fields from doorbraak.plan_line p join doorbraak.entry e on e.id = p.entry_id
					where p.case_id = :id order by p.line, p.version desc""")
			.param("id", file.id())
			.query((row, n) -> line(row))
			.list()
			.forEach((line) -> versions.computeIfAbsent(line.line(), (number) -> new ArrayList<>()).add(line));
		return versions.values().stream().map((all) -> all.get(0).with(all.subList(1, all.size()))).toList();
	}

	private static PlanLine line(ResultSet row) throws SQLException {
		Date ends = row.getDate("ends_on");
		Timestamp made = row.getTimestamp("made_at");
		return new PlanLine(PlanPart.find(row.getString("part")).orElseThrow(), row.getInt("line"),
				row.getInt("version"), row.getBoolean("withdrawn"), CaseStore.fromJson(row.getString("fields")),
				row.getString("kind"), row.getString("body_id"), row.getBoolean("government"),
				row.getObject("amount_cents", Long.class), row.getObject("of_line", Integer.class),
				(ends != null) ? ends.toLocalDate() : null, row.getString("explanation"), row.getString("made_by"),
				made.toInstant(), List.of());
	}

	/** What of a line other rooms and the database must know. */
	private record New(@Nullable String kind, @Nullable String body, boolean government, @Nullable Long amountCents,
			@Nullable Integer ofLine, @Nullable LocalDate endsOn, @Nullable String explanation) {
	}

	/**
	 * A plan with all its lines, also what was withdrawn.
	 *
	 * @param day on which it is read
	 */
	public record Plan(List<PlanLine> lines, LocalDate day) {

		Plan unnamed(Names names) {
			return new Plan(this.lines.stream().map((line) -> line.unnamed(names)).toList(), this.day);
		}

		public Plan {
			lines = List.copyOf(lines);
		}

		/** The lines of a part that stand. */
		public List<PlanLine> current(PlanPart part) {
			return this.lines.stream().filter((line) -> line.part() == part && !line.withdrawn()).toList();
		}

		/** The lines of a part that were withdrawn. */
		public List<PlanLine> withdrawn(PlanPart part) {
			return this.lines.stream().filter((line) -> line.part() == part && line.withdrawn()).toList();
		}

		/** What stands in a part that a plan has once; null when nothing does. */
		public @Nullable PlanLine one(PlanPart part) {
			return current(part).stream().findFirst().orElse(null);
		}

		Optional<PlanLine> currentLine(int line) {
			return this.lines.stream().filter((each) -> each.line() == line && !each.withdrawn()).findFirst();
		}

		int nextLine() {
			return this.lines.stream().mapToInt(PlanLine::line).max().orElse(0) + 1;
		}

		/** From which budgets a breakthrough is paid. */
		public List<PlanLine> budgets(PlanLine breakthrough) {
			return current(PlanPart.BUDGET).stream()
				.filter((each) -> Integer.valueOf(breakthrough.line()).equals(each.ofLine()))
				.toList();
		}

		/** How much of a breakthrough has a budget. */
		public long paidCents(PlanLine breakthrough) {
			return sum(budgets(breakthrough));
		}

		/** What all breakthroughs cost together. */
		public long costCents() {
			return sum(current(PlanPart.BREAKTHROUGH));
		}

		/** What the bodies spend on help and measures in a year, as far as known. */
		public long yearlyCents() {
			return sum(
					running().filter((line) -> "help".equals(line.kind()) || "measure".equals(line.kind())).toList());
		}

		/** Claims of which the government is creditor. */
		public List<PlanLine> owedToGovernment() {
			return running().filter((line) -> "claim".equals(line.kind()) && line.government()).toList();
		}

		/** What those come to in a year. */
		public long owedCents() {
			return sum(owedToGovernment());
		}

		private Stream<PlanLine> running() {
			return current(PlanPart.HOUSEHOLD).stream().filter((line) -> line.runs(this.day));
		}

		private static long sum(List<PlanLine> lines) {
			return lines.stream().mapToLong((line) -> Objects.requireNonNullElse(line.amountCents(), 0L)).sum();
		}

	}

}
