package nl.doorbraak.lead;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.AbsenceEvents.AbsenceEntered;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Whoever has the lead is there: who goes away for longer offers it to the deputy, and
 * where nobody accepted by the first day, or who has it has no function any more, the
 * lead is free again.
 */
@Component
class KeptLeads implements DueWork {

	private final JdbcClient db;

	private final Leads leads;

	private final HandOvers handOvers;

	private final CaseFiles files;

	private final Directory directory;

	private final Absences absences;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	KeptLeads(JdbcClient db, Leads leads, HandOvers handOvers, CaseFiles files, Directory directory, Absences absences,
			Terms terms, TransactionOperations transactions, Clock clock) {
		this.db = db;
		this.leads = leads;
		this.handOvers = handOvers;
		this.files = files;
		this.directory = directory;
		this.absences = absences;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
	}

	@EventListener
	void offer(AbsenceEntered event) {
		String deputy = event.deputy();
		if (deputy == null) {
			return;
		}
		Absence absence = new Absence(0, event.actor(), event.firstDay(), event.lastDay(), deputy);
		for (String number : held(event.actor())) {
			CaseFile file = this.files.lock(number);
			Lead lead = this.leads.current(number).orElse(null);
			if (lead != null && event.actor().equals(lead.person()) && this.files.isOn(event.actor(), number)
					&& isLong(absence, file) && this.handOvers.open(number).isEmpty()
					&& this.handOvers.nextOnes(lead).stream().anyMatch((next) -> next.login().equals(deputy))) {
				this.handOvers.offer(event.actor(), number, deputy);
			}
		}
	}

	private List<String> held(String login) {
		return this.db
			.sql("select case_number from doorbraak.lead where state = 'accepted' and person = :login order by id")
			.param("login", login)
			.query(String.class)
			.list();
	}

	/** Longer than the lead may be without who has it. */
	private boolean isLong(Absence absence, CaseFile file) {
		return absence.firstDay()
			.datesUntil(absence.lastDay().plusDays(1))
			.filter((day) -> this.terms.isWorkingDay(day, file.termsVersion()))
			.count() > this.terms.leadAbsenceWorkingDays(file.termsVersion());
	}

	@Scheduled(initialDelayString = "${doorbraak.kept-leads-every:60s}",
			fixedDelayString = "${doorbraak.kept-leads-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		List<Absence> away = this.absences.on(DutchTime.day(this.clock.instant()));
		List<String> people = this.db.sql("select distinct person from doorbraak.lead where state = 'accepted'")
			.query(String.class)
			.list();
		int done = 0;
		for (String person : people) {
			boolean left = this.directory.findOfficer(person).map(Officer::posts).orElse(List.of()).isEmpty();
			if (left || away.stream().anyMatch((absence) -> absence.login().equals(person))) {
				for (String number : held(person)) {
					done += Boolean.TRUE.equals(this.transactions.execute((tx) -> free(number, person, left, away))) ? 1
							: 0;
				}
			}
		}
		return done;
	}

	private boolean free(String number, String person, boolean left, List<Absence> away) {
		CaseFile file = this.files.lock(number);
		boolean gone = left
				|| away.stream().anyMatch((absence) -> absence.login().equals(person) && isLong(absence, file));
		Optional<Lead> lead = this.leads.current(number).filter((each) -> gone && person.equals(each.person()));
		lead.ifPresent((each) -> this.leads.takeBack(each, left ? RefusalReason.LEFT : RefusalReason.ABSENT));
		return lead.isPresent();
	}

	@Override
	public Optional<Instant> nextDueAt() {
		LocalDate today = DutchTime.day(this.clock.instant());
		return this.absences.ahead()
			.stream()
			.filter((absence) -> absence.firstDay().isAfter(today) && !held(absence.login()).isEmpty())
			.map((absence) -> absence.firstDay().atStartOfDay(DutchTime.ZONE).toInstant())
			.min(Instant::compareTo);
	}

}
