package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

import nl.doorbraak.casefile.CaseEvents.PurposeStated;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people say that they read a case for, where nothing else says it. It holds for a
 * working day: said on a day off, until the end of the next working day.
 */
@Service
public class Purposes {

	static final String FORM = "state-purpose";

	static final String NAMES = "show-names";

	private static final int LONGEST = 300;

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Purposes(CaseStore store, CaseFiles files, Writing writing, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Whether somebody must say it now.
	 * @throws Refused (404) who may not read the case
	 */
	@Transactional(readOnly = true)
	public boolean isAsked(String login, String number) {
		CaseFiles.Reader reader = this.files.reader(login, number);
		try {
			this.files.purpose(login, this.store.get(number), reader);
			return false;
		}
		catch (PurposeNeeded ex) {
			return true;
		}
	}

	/** The last day on which it counts, when it is said now. */
	public LocalDate lastDay() {
		LocalDate today = DutchTime.day(this.clock.instant());
		return this.terms.isWorkingDay(today) ? today : this.terms.workingDay(today, 1);
	}

	/**
	 * Who may read a case says what for.
	 * @param code one of {@link Purpose#CHOICES}
	 * @param other in a sentence, where it is something else
	 * @throws Refused who may not read the case (404), or what is missing (400)
	 */
	@Transactional
	public void state(String login, String number, String code, String other) {
		this.files.reader(login, number);
		Purpose purpose = chosen(Purpose.CHOICES, code, "Kies waarvoor u deze casus leest.");
		CaseFile file = this.store.lock(number);
		put(file, login, purpose,
				(purpose != Purpose.OTHER) ? null
						: write(file, login, FORM, "Waarvoor leest u dit?", other,
								"Schrijf in een zin waarvoor u deze casus leest, in hoogstens " + LONGEST + " tekens.",
								"other"));
	}

	/**
	 * An auditor says why they must know who a case is about.
	 * @param municipalities for which they audit
	 * @param code one of {@link Purpose#FOR_NAMES}
	 * @throws Refused when it is no case of these (404), or what is missing (400)
	 */
	@Transactional
	public void stateForNames(String login, String number, Collection<String> municipalities, String code, String why) {
		if (!this.files.isOf(number, municipalities)) {
			throw Refused.notFound();
		}
		Purpose purpose = chosen(Purpose.FOR_NAMES, code, "Kies waarom u moet weten over wie deze casus gaat.");
		CaseFile file = this.store.lock(number);
		put(file, login, purpose, write(file, login, NAMES, "Waarom hebt u de namen nodig?", why,
				"Schrijf in een zin waarom u de namen nodig hebt, in hoogstens " + LONGEST + " tekens.", "why"));
	}

	private static Purpose chosen(List<Purpose> choices, String code, String sentence) {
		return Coded.find(Purpose.class, code)
			.filter(choices::contains)
			.orElseThrow(() -> Refused.invalid("purpose", sentence, "purpose"));
	}

	private long write(CaseFile file, String login, String form, String label, String typed, String sentence,
			String field) {
		String said = Typed.line(typed, LONGEST, "purpose-why", sentence, field);
		this.writing.record(file.number(), form, login, List.of(new Answer("why", label, said, said)));
		return this.writing.latestOfCase(file.number(), form).orElseThrow().id();
	}

	private void put(CaseFile file, String login, Purpose purpose, @Nullable Long entry) {
		Instant now = this.clock.instant();
		this.store.db()
			.sql("""
					insert into doorbraak.reading_purpose (case_id, officer_login, purpose, entry_id, stated_at, until)
					values (:case, :login, :purpose, :entry, :now, :until)""")
			.param("case", file.id())
			.param("login", login)
			.param("purpose", purpose.code())
			.param("entry", entry, Types.BIGINT)
			.param("now", Timestamp.from(now))
			.param("until", Timestamp.from(lastDay().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant()))
			.update();
		this.events.publishEvent(new PurposeStated(file.number(), login, purpose.code()));
	}

}
