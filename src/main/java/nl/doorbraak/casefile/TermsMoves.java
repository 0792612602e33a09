package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.TermMoved;
import nl.doorbraak.casefile.CaseEvents.TermsChanged;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.TermsVersion;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A running case keeps its terms until somebody who may moves it to another version, for
 * a reason that stands in the case.
 */
@Service
public class TermsMoves {

	/** The form by which a case shows that it was moved, and why. */
	public static final String FORM = "move-terms";

	/** Who moves the cases of their municipality. */
	public static final Set<Function> MOVERS = Set.of(Function.MANAGER, Function.DIRECTOR);

	private static final int LONGEST_REASON = 1000;

	private final CaseStore store;

	private final Writing writing;

	private final Directory directory;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	TermsMoves(CaseStore store, Writing writing, Directory directory, Terms terms, TransactionOperations transactions,
			Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.writing = writing;
		this.directory = directory;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	/** Where somebody moves cases. */
	public Set<String> municipalities(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> MOVERS.contains(post.function()))
			.map(Officer.Post::organisation)
			.collect(Collectors.toSet());
	}

	/**
	 * The versions in force now to which cases of these municipalities may go.
	 */
	public List<TermsVersion> versions(String municipality) {
		Instant now = this.clock.instant();
		return this.terms.versions()
			.stream()
			.filter((each) -> !each.validFrom().isAfter(now) && fits(each, municipality))
			.toList();
	}

	private boolean fits(TermsVersion version, String municipality) {
		String body = version.body();
		return body == null || body.equals(municipality)
				|| body.equals(this.directory.getOrganisation(municipality).region());
	}

	/**
	 * Moves one case. The dates of its level are reckoned again, and its timers follow.
	 * @throws Refused a case of another municipality (404), a version or a reason that
	 * cannot be (400), or a case that stands still, is closed or has that version already
	 * (409)
	 */
	public void move(String login, String number, int version, String reason) {
		String why = reason(reason);
		this.transactions.executeWithoutResult((tx) -> {
			CaseFile file = this.store.lock(number);
			if (!municipalities(login).contains(file.municipality())) {
				throw Refused.notFound();
			}
			move(login, file, version(version, file.municipality()), why);
		});
	}

	/**
	 * Moves every open case of a municipality, each in its own transaction; what cannot
	 * be moved now stays as it is.
	 * @throws Refused who does not manage there (404), or a version or a reason that
	 * cannot be (400)
	 */
	public Moved moveAll(String login, String municipality, int version, String reason) {
		if (!municipalities(login).contains(municipality)) {
			throw Refused.notFound();
		}
		String why = reason(reason);
		TermsVersion terms = version(version, municipality);
		List<String> numbers = this.store.db()
			.sql("""
					select number from doorbraak.case_file
					where municipality_id = :municipality and state = 'open' and terms_version <> :version order by id""")
			.param("municipality", municipality)
			.param("version", version)
			.query(String.class)
			.list();
		int moved = 0;
		for (String number : numbers) {
			try {
				this.transactions.executeWithoutResult((tx) -> move(login, this.store.lock(number), terms, why));
				moved++;
			}
			catch (Refused ex) {
				// It keeps its terms; how many do is told.
			}
		}
		return new Moved(moved, numbers.size() - moved);
	}

	private static String reason(String reason) {
		return Typed.text(reason, LONGEST_REASON, "reason",
				"Schrijf waarom de casus andere termijnen krijgt, in hoogstens " + LONGEST_REASON + " tekens.",
				"reden");
	}

	private TermsVersion version(int version, String municipality) {
		return versions(municipality).stream()
			.filter((each) -> each.version() == version)
			.findFirst()
			.orElseThrow(() -> Refused.invalid("version",
					"Kies een versie die nu geldt, van deze gemeente of haar regio.", "versie"));
	}

	private void move(String login, CaseFile file, TermsVersion terms, String why) {
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("closed",
					"De casus is gesloten of nog niet geopend: de termijnen blijven zoals ze zijn.");
		}
		if (file.termsVersion() == terms.version()) {
			throw Refused.conflict("same-version", "De casus heeft deze versie al.");
		}
		if (this.store.pausedSince(file.id()).isPresent()) {
			throw Refused.conflict("paused",
					"De casus staat stil, dus de termijn loopt niet. Laat de casus eerst hervatten.");
		}
		this.writing.record(file.number(), FORM, login,
				List.of(new Answer("version", "Naar welke versie van de afspraken?", terms.version(),
						"versie " + terms.version()),
						new Answer("reason", "Waarom krijgt de casus andere termijnen?", why, why)));
		this.store.changing()
			.sql("update doorbraak.case_file set terms_version = :version where id = :id")
			.param("version", terms.version())
			.param("id", file.id())
			.update();
		this.store.openStay(file.id())
			.filter((stay) -> !stay.isDecided() && stay.questionEndsAt() == null)
			.ifPresent((stay) -> moveTerm(login, file, stay, terms.version()));
		this.events.publishEvent(new TermsChanged(file.number(), login, file.termsVersion(), terms.version()));
	}

	private void moveTerm(String login, CaseFile file, RungStay stay, int version) {
		Term term = term(file, stay, version);
		this.store.changing()
			.sql("""
					update doorbraak.case_rung set term_ends_at = :endsAt, term_last_day = :lastDay,
					  term_explanation = :explanation where id = :id""")
			.param("endsAt", Timestamp.from(term.endsAt()))
			.param("lastDay", term.lastDay())
			.param("explanation",
					"De casus is op " + DutchTime.date(DutchTime.day(this.clock.instant())) + " overgezet van versie "
							+ file.termsVersion() + " naar versie " + version
							+ " van de afspraken; waarom staat in het dossier. " + term.explanation())
			.param("id", stay.id())
			.update();
		this.events
			.publishEvent(new TermMoved(file.number(), login, stay.rung().code(), "termsChanged", term.endsAt()));
	}

	/** As if the level had begun, or been extended, under this version. */
	private Term term(CaseFile file, RungStay stay, int version) {
		Optional<Entry> extended = this.store.lastEntry(file.id(), stay.id(), List.of("decide-on-term"))
			.filter((entry) -> stay.extensions() > 0 && "extend".equals(new Answers(entry.answers()).text("choice")));
		Optional<LocalDate> lookAgain = this.store.stays(file.id())
			.stream()
			.filter((each) -> each.id() < stay.id())
			.reduce((one, next) -> next)
			.map(RungStay::lookAgainOn);
		Instant from = extended.map(Entry::writtenAt).orElse(stay.openedAt());
		Term term = extended.isPresent() ? this.terms.extended(stay.rung(), from, file.eventDate(), version)
				: lookAgain.map((day) -> this.terms.lookAgain(day, version))
					.orElseGet(() -> this.terms.forRung(stay.rung(), from, file.eventDate(), version));
		for (Pause pause : pauses(file, from)) {
			if (term.endsAt().isAfter(pause.pausedAt())) {
				term = this.terms.resumed(term.endsAt(), pause.pausedAt(), pause.resumedAt(), version);
			}
		}
		return term;
	}

	private List<Pause> pauses(CaseFile file, Instant from) {
		return this.store.db()
			.sql("""
					select paused_at, resumed_at from doorbraak.case_pause
					where case_id = :id and paused_at >= :from and resumed_at is not null order by paused_at""")
			.param("id", file.id())
			.param("from", Timestamp.from(from))
			.query((row, n) -> new Pause(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
			.list();
	}

	private record Pause(Instant pausedAt, Instant resumedAt) {
	}

	/**
	 * What became of all open cases of a municipality.
	 *
	 * @param kept how many stand still or were just deciding, and keep their terms
	 */
	public record Moved(int moved, int kept) {
	}

}
