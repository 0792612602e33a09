package nl.doorbraak.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.alert.AlertEvents.AlertAcknowledged;
import nl.doorbraak.alert.AlertEvents.CallMade;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.LeadEvents.Told;
import nl.doorbraak.lead.LeadWatch;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Near the event mail is not enough: whom to call as long as nobody has the lead, in
 * which order and at which number, and what came of each call. Who was spoken has
 * acknowledged what they were told.
 */
@Service
public class CallList {

	/** What a call tells: only these are acknowledged by it. */
	private static final Set<AlertKind> TOLD = Set.of(AlertKind.LEAD_MISSING, AlertKind.LEAD_ASKED);

	private final JdbcClient db;

	private final CaseFiles files;

	private final Leads leads;

	private final LeadWatch watch;

	private final Directory directory;

	private final Absences absences;

	private final Reach reach;

	private final Outbox outbox;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	CallList(JdbcClient db, CaseFiles files, Leads leads, LeadWatch watch, Directory directory, Absences absences,
			Reach reach, Outbox outbox, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.leads = leads;
		this.watch = watch;
		this.directory = directory;
		this.absences = absences;
		this.reach = reach;
		this.outbox = outbox;
		this.clock = clock;
		this.events = events;
	}

	/** Whether somebody must call about this case now. */
	@Transactional(readOnly = true)
	public boolean isOpen(String number) {
		return isOpen(this.files.get(number));
	}

	private boolean isOpen(CaseFile file) {
		return file.state() != CaseFile.State.CLOSED && this.leads.current(file.number()).isEmpty()
				&& this.watch.mustCall(file);
	}

	/**
	 * Whom to call, the first one first; nobody while that is not needed.
	 * @throws Refused who does not work on the case (403, or 404 when not on it)
	 */
	@Transactional(readOnly = true)
	public List<Entry> of(String login, String number) {
		refuseUnlessWorker(login, number);
		CaseFile file = this.files.get(number);
		return isOpen(file) ? this.watch.toCall(file).stream().map((told) -> entry(file, told)).toList() : List.of();
	}

	private void refuseUnlessWorker(String login, String number) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		if (!this.files.worksOn(login, number)) {
			throw Refused.forbidden("not-working-on-it",
					"Alleen wie aan de casus werkt, ziet de bellijst. Neem contact op met de casusregisseur.");
		}
	}

	private Entry entry(CaseFile file, Told told) {
		Function function = Function.of(told.function());
		Organisation body = this.directory.getOrganisation(told.organisation());
		boolean asked = this.leads.asks(file.number())
			.stream()
			.anyMatch((lead) -> lead.state() == Lead.State.ASKED && lead.organisation().equals(body.id()));
		return new Entry(function, body, asked, numbers(function, body), last(file.number(), function, body.id()));
	}

	/** Who is there today, then the number on duty, then that of everybody. */
	private List<Number> numbers(Function function, Organisation body) {
		LocalDate today = DutchTime.day(this.clock.instant());
		Set<String> away = this.absences.on(today).stream().map(Absence::login).collect(Collectors.toSet());
		List<Officer> holders = this.directory.officersOf(body.id(), function);
		Stream<Officer> deputies = this.reach.deputies(holders.stream().map(Officer::login).toList(), today)
			.stream()
			.map(this.directory::getOfficer);
		List<Number> numbers = new ArrayList<>();
		Stream.concat(holders.stream().filter((officer) -> !away.contains(officer.login())), deputies)
			.distinct()
			.forEach((officer) -> numbers.add(new Number("person", officer.name(), officer.phone())));
		Optional.ofNullable(body.dutyPhone()).ifPresent((phone) -> numbers.add(new Number("duty", body.name(), phone)));
		Optional.ofNullable(body.phone()).ifPresent((phone) -> numbers.add(new Number("general", body.name(), phone)));
		return numbers;
	}

	/**
	 * Writes down what came of a call. Who says to take over is asked for the lead if
	 * that was not done: taking it needs a login.
	 * @throws Refused who does not work on the case (403, or 404 when not on it); when
	 * somebody has the lead, or it is too early to call (409); for who is not on the
	 * list, or another outcome (400)
	 */
	@Transactional
	public void record(String login, String number, String function, String body, String outcome) {
		refuseUnlessWorker(login, number);
		CaseFile file = this.files.lock(number);
		if (!isOpen(file)) {
			throw Refused.conflict("no-calls",
					"Bellen is nu niet nodig: iemand heeft de regie, de casus is gesloten, of het is nog te vroeg. Ververs de pagina.");
		}
		Outcome came = Coded.find(Outcome.class, outcome)
			.orElseThrow(() -> Refused.invalid("outcome", "Kies wat er van het gesprek kwam."));
		Entry entry = this.watch.toCall(file)
			.stream()
			.filter((told) -> told.equals(new Told(function, body)))
			.findFirst()
			.map((told) -> entry(file, told))
			.orElseThrow(() -> Refused.invalid("who", "Kies iemand van de bellijst."));
		long call = this.db.sql("""
				insert into doorbraak.call (case_number, function, body_id, outcome, called_by, called_at)
				values (:number, :function, :body, :outcome, :login, :now) returning id""")
			.param("number", number)
			.param("function", function)
			.param("body", body)
			.param("outcome", came.code())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
		this.events.publishEvent(new CallMade(number, login, function, body, came.code()));
		if (came != Outcome.NOT_REACHED) {
			acknowledge(login, number, entry, call);
		}
		if (came == Outcome.TAKES_OVER && !entry.asked() && entry.body().connected()) {
			this.leads.askUrgently(login, number, body);
		}
	}

	private void acknowledge(String login, String number, Entry spoken, long call) {
		this.outbox.of(number)
			.stream()
			.filter((alert) -> TOLD.contains(alert.kind()) && alert.state() != Alert.State.CANCELLED)
			.filter((alert) -> alert.body().equals(spoken.body().id()) && alert.function() == spoken.function())
			.filter((alert) -> this.outbox.acknowledged(alert, login, call))
			.forEach((alert) -> this.events.publishEvent(
					new AlertAcknowledged(number, alert.kind().code(), alert.recipient(), alert.messageId(), login)));
	}

	private @Nullable Call last(String number, Function function, String body) {
		return this.db.sql("""
				select outcome, called_by, called_at from doorbraak.call
				where case_number = :number and function = :function and body_id = :body order by id desc limit 1""")
			.param("number", number)
			.param("function", function.code())
			.param("body", body)
			.query((row, n) -> new Call(Coded.of(Outcome.class, row.getString("outcome")), row.getString("called_by"),
					row.getTimestamp("called_at").toInstant()))
			.optional()
			.orElse(null);
	}

	/** Whole hours until the day of the event; none once it has come. */
	@Transactional(readOnly = true)
	public long hoursLeft(String number) {
		LocalDate event = Objects.requireNonNull(this.files.get(number).eventDate());
		Instant comes = event.atStartOfDay(DutchTime.ZONE).toInstant();
		return Math.max(0, Duration.between(this.clock.instant(), comes).toHours());
	}

	/** What came of a call. */
	public enum Outcome implements Coded {

		SPOKEN("spoken", "Gesproken"), NOT_REACHED("notReached", "Niet bereikt"), TAKES_OVER("takesOver", "Neemt over");

		private final String code;

		private final String label;

		Outcome(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

	/**
	 * Somebody to call.
	 *
	 * @param asked whether asked for the lead, without an answer
	 * @param last the last call; null: none
	 */
	public record Entry(Function function, Organisation body, boolean asked, List<Number> numbers,
			@Nullable Call last) {

		public Entry {
			numbers = List.copyOf(numbers);
		}

		/** Whether there is any number to call. */
		public boolean hasNumber() {
			return this.numbers.stream().anyMatch((number) -> number.phone() != null);
		}

	}

	/**
	 * Whom a number reaches.
	 *
	 * @param kind {@code person}, {@code duty} or {@code general}
	 * @param phone as people write it; null: not known
	 */
	public record Number(String kind, String name, @Nullable String phone) {

		/** For a link that calls. */
		public String digits() {
			return String.valueOf(this.phone).replaceAll("[^+0-9]", "");
		}

	}

	/** A call that was made. */
	public record Call(Outcome outcome, String by, Instant at) {
	}

}
