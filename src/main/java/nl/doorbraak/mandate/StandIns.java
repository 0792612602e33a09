package nl.doorbraak.mandate;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.mandate.Mandate.State;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens with somebody's mandates while they are away, and what others decided on
 * their behalf.
 */
@Service
public class StandIns {

	private final JdbcClient db;

	private final Register register;

	private final Signatures signatures;

	private final Directory directory;

	private final Clock clock;

	StandIns(JdbcClient db, Register register, Signatures signatures, Directory directory, Clock clock) {
		this.db = db;
		this.register = register;
		this.signatures = signatures;
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * For every mandate that somebody holds today: whether a deputy may sign for it while
	 * they are away, and who is asked otherwise.
	 * @param deputy login; null for nobody
	 */
	@Transactional(readOnly = true)
	public List<StandIn> whileAway(String login, @Nullable String deputy) {
		List<Officer.Post> posts = this.directory.getOfficer(login).posts();
		Set<Officer.Post> ofDeputy = (deputy != null) ? Set.copyOf(this.directory.getOfficer(deputy).posts())
				: Set.of();
		List<StandIn> found = new ArrayList<>();
		for (String body : posts.stream().map(Officer.Post::organisation).distinct().toList()) {
			List<Mandate> lines = allOf(body);
			List<Mandate> all = MandateCheck.inOrder(lines, false)
				.stream()
				.filter((line) -> line.state(lines, this.clock.instant()) == State.IN_FORCE)
				.toList();
			all.stream()
				.filter((line) -> isHeld(line, posts))
				.map((line) -> standIn(all, line, login, ofDeputy))
				.forEach(found::add);
		}
		return found;
	}

	private List<Mandate> allOf(String body) {
		return this.register.lines(Set.of(body));
	}

	private static boolean isHeld(Mandate line, List<Officer.Post> posts) {
		return line.function().map((function) -> posts.contains(new Officer.Post(function, line.body()))).orElse(false);
	}

	private StandIn standIn(List<Mandate> all, Mandate line, String login, Set<Officer.Post> deputy) {
		boolean under = Coded.find(Function.class, String.valueOf(line.deputyCode()))
			.map((function) -> deputy.contains(new Officer.Post(function, line.body())))
			.orElse(false);
		Optional<Mandate> own = all.stream()
			.filter((each) -> isHeld(each, List.copyOf(deputy)) && each.crisisUse() == line.crisisUse())
			.filter((each) -> each.powers().stream().anyMatch(line.powers()::contains)
					&& each.rungs().stream().anyMatch(line.rungs()::contains))
			.max(Comparator.comparing(StandIns::most, Comparator.nullsLast(Comparator.naturalOrder())));
		boolean others = line.function()
			.map((function) -> this.directory.officersOf(line.body(), function).size() > 1)
			.orElse(false);
		Optional<Function> next = all.stream()
			.filter((each) -> each.order() > line.order() && each.crisisUse() == line.crisisUse())
			.flatMap((each) -> each.function().stream())
			.filter((function) -> this.directory.officersOf(line.body(), function)
				.stream()
				.anyMatch((officer) -> !officer.login().equals(login)))
			.findFirst();
		String answer = under ? "under" : own.isPresent() ? "own" : "no";
		return new StandIn(line.number(), MandateCsv.cells(line).getOrDefault(MandateCsv.Column.POWERS, ""),
				line.crisisUse(), most(line), answer, own.map(Mandate::number).orElse(null),
				own.map(StandIns::most).orElse(null), under || own.map((each) -> covers(each, line)).orElse(false),
				others, next.map(Function::label).orElse(null));
	}

	private static boolean covers(Mandate own, Mandate line) {
		Long most = most(own);
		Long asked = most(line);
		return most == null || asked != null && asked <= most;
	}

	/** The highest amount of one decision under a line; null: no ceiling. */
	private static @Nullable Long most(Mandate line) {
		return Stream.of(line.decisionCeilingCents(), line.ceilingCents())
			.filter((cents) -> cents != null)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * What others decided in a week on somebody's behalf: as deputy, or under a mandate
	 * that is held under one of theirs. An alderman is shown all that was decided in the
	 * name of the body.
	 * @param day any day of the week, which begins on Monday
	 */
	@Transactional(readOnly = true)
	public Week onBehalfOf(String login, LocalDate day) {
		LocalDate monday = day.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
		List<Officer.Post> posts = this.directory.getOfficer(login).posts();
		Set<String> numbers = new HashSet<>();
		Set<String> bodies = new HashSet<>();
		for (Officer.Post post : posts) {
			List<Mandate> all = allOf(post.organisation());
			if (post.function() == Function.ALDERMAN) {
				bodies.add(post.organisation());
			}
			all.stream()
				.filter((line) -> MandateCheck.links(all, line, this.clock.instant())
					.stream()
					.skip(1)
					.anyMatch((link) -> isHeld(link, List.of(post))))
				.map(Mandate::number)
				.forEach(numbers::add);
		}
		return new Week(monday, monday.plusDays(6), decisions(login, numbers, bodies, monday));
	}

	private List<Decision> decisions(String login, Set<String> numbers, Set<String> bodies, LocalDate monday) {
		return this.db.sql("""
				select s.*, p.amount_cents from doorbraak.sign_off s join doorbraak.proposal p on p.id = s.gate_id
				where s.at >= :from and s.at < :to and s.outcome in ('agreed', 'refused') and s.person <> :login
				  and (s.deputy_for = :login or s.mandate_number = any (:numbers) or s.organisation_id = any (:bodies))
				order by s.at, s.id""")
			.param("from", Timestamp.from(monday.atStartOfDay(DutchTime.ZONE).toInstant()))
			.param("to", Timestamp.from(monday.plusDays(7).atStartOfDay(DutchTime.ZONE).toInstant()))
			.param("login", login)
			.param("numbers", numbers.toArray(String[]::new))
			.param("bodies", bodies.toArray(String[]::new))
			.query((row, n) -> new Decision(row.getString("case_number"), row.getTimestamp("at").toInstant(),
					this.directory.nameOf(row.getString("person")), Function.of(row.getString("function")),
					row.getString("mandate_number"), row.getInt("mandate_version"), row.getLong("amount_cents"),
					Coded.of(SignOff.Outcome.class, row.getString("outcome")),
					login.equals(row.getString("deputy_for"))))
			.list();
	}

	/** How much others decided on somebody's behalf in the week before this one. */
	public int lastWeek(String login) {
		try {
			return onBehalfOf(login, DutchTime.day(this.clock.instant()).minusWeeks(1)).decisions().size();
		}
		catch (Refused ex) {
			return 0;
		}
	}

	/**
	 * What becomes of one mandate while its holder is away.
	 *
	 * @param powers what it is for, in words
	 * @param most the highest amount of one decision, in cents; null: no ceiling
	 * @param answer {@code under}: the deputy signs under it; {@code own}: only under a
	 * mandate of his own; {@code no}
	 * @param own number of that mandate
	 * @param ownMost its highest amount in cents; null: no ceiling
	 * @param covered whether the deputy may sign as much as the holder
	 * @param others whether somebody else holds the function too
	 * @param next the function that is asked otherwise; null: nobody
	 */
	public record StandIn(String number, String powers, boolean crisisUse, @Nullable Long most, String answer,
			@Nullable String own, @Nullable Long ownMost, boolean covered, boolean others, @Nullable String next) {
	}

	/** A week of decisions, from Monday to Sunday. */
	public record Week(LocalDate monday, LocalDate sunday, List<Decision> decisions) {

		public Week {
			decisions = List.copyOf(decisions);
		}

	}

	/**
	 * What somebody decided on behalf of another.
	 *
	 * @param person name of who decided
	 * @param deputy whether as deputy of the reader
	 */
	public record Decision(String number, Instant at, String person, Function function, String mandate, int version,
			long amountCents, SignOff.Outcome outcome, boolean deputy) {
	}

}
