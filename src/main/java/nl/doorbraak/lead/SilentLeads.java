package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.LeadEvents.LeadSilent;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The watch over cases that have a lead: who has it must write something down now and
 * then. Silence is told, and after that the lead is free again.
 */
@Service
public class SilentLeads {

	private final JdbcClient db;

	private final CaseFiles files;

	private final Leads leads;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	SilentLeads(JdbcClient db, CaseFiles files, Leads leads, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.leads = leads;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * When somebody looks whether who has the lead did something; now where nobody has.
	 */
	@Transactional
	public Instant nextAt(String number) {
		CaseFile file = this.files.lock(number);
		return this.leads.current(number).map((lead) -> due(file, lead).endsAt()).orElseGet(this.clock::instant);
	}

	/**
	 * The moment has come: warns who has the lead, or takes it back when they were warned
	 * and still did nothing. A moment that comes early changes nothing.
	 * @return whether the case is without a lead now
	 */
	@Transactional
	public boolean look(String number) {
		CaseFile file = this.files.lock(number);
		Lead lead = this.leads.current(number).orElse(null);
		if (lead == null) {
			return true;
		}
		Instant now = this.clock.instant();
		if (now.isBefore(due(file, lead).endsAt())) {
			return false;
		}
		if (warnedAt(file, lead) != null) {
			this.leads.takeBack(lead, RefusalReason.SILENT);
			return true;
		}
		this.db.sql("update doorbraak.lead set silent_told_at = :now where id = :id")
			.param("now", Timestamp.from(now))
			.param("id", lead.id())
			.update();
		this.events.publishEvent(new LeadSilent(number, Actor.TIMER, lead.organisation(), String.valueOf(lead.person()),
				due(file, lead).endsAt()));
		return false;
	}

	/** Until when who has the lead must have done something; nothing without a lead. */
	@Transactional(readOnly = true)
	public Optional<Silence> of(CaseFile file) {
		return this.leads.current(file.number()).map((lead) -> {
			Term term = due(file, lead);
			return new Silence(DutchTime.lastDay(term.endsAt()), term.explanation(), warnedAt(file, lead) != null);
		});
	}

	private Term due(CaseFile file, Lead lead) {
		Instant warned = warnedAt(file, lead);
		return (warned != null) ? this.terms.forLeadReturn(warned, file.termsVersion())
				: this.terms.forLeadStep(lastStep(file, lead), file.termsVersion());
	}

	/** When they were warned after the last thing they did. */
	private @Nullable Instant warnedAt(CaseFile file, Lead lead) {
		Instant last = lastStep(file, lead);
		return this.db.sql("select silent_told_at from doorbraak.lead where id = :id")
			.param("id", lead.id())
			.query((row, n) -> Optional.ofNullable(row.getTimestamp(1)))
			.single()
			.map(Timestamp::toInstant)
			.filter((warned) -> warned.isAfter(last))
			.orElse(null);
	}

	/**
	 * What they wrote last in the case; taking the lead counts, and so does the end of a
	 * time in which the case stood still.
	 */
	private Instant lastStep(CaseFile file, Lead lead) {
		return this.db.sql("""
				select greatest(l.answered_at,
				  (select max(e.written_at) from doorbraak.entry e where e.case_id = :case and e.written_by = l.person),
				  (select max(p.resumed_at) from doorbraak.case_pause p where p.case_id = :case))
				from doorbraak.lead l where l.id = :id""")
			.param("case", file.id())
			.param("id", lead.id())
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	/**
	 * Until when who has the lead must do something.
	 *
	 * @param warned whether they were warned, and the lead is taken back then
	 */
	public record Silence(java.time.LocalDate lastDay, String explanation, boolean warned) {
	}

}
