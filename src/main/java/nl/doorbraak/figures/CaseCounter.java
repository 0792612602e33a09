package nl.doorbraak.figures;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

import nl.doorbraak.agency.AgencyEvents;
import nl.doorbraak.carryout.CarryOutEvents;
import nl.doorbraak.casefile.CaseEvents;
import nl.doorbraak.casefile.CompartmentEvents;
import nl.doorbraak.lead.LeadEvents;
import nl.doorbraak.mandate.MandateEvents;
import nl.doorbraak.support.RecordedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has a case counted anew at the end of each transaction in which something happened that
 * a figure tells of: the act and its figure hold together or not at all.
 */
@Component
class CaseCounter {

	private static final Set<Class<? extends RecordedEvent>> COUNTS = Set.of(CaseEvents.RungOpened.class,
			CaseEvents.RungDecided.class, CaseEvents.TermMoved.class, CaseEvents.ThreatChanged.class,
			CaseEvents.ThreatEnded.class, CaseEvents.CasePaused.class, CaseEvents.CaseResumed.class,
			CaseEvents.CaseClosed.class, CompartmentEvents.CompartmentFilled.class,
			CompartmentEvents.CompartmentClosed.class, LeadEvents.LeadAccepted.class, LeadEvents.LeadReferred.class,
			LeadEvents.LeadHandedOver.class, AgencyEvents.AgencyAnswered.class, AgencyEvents.RefusalWithdrawn.class,
			MandateEvents.SignedOff.class, MandateEvents.SignOffRefused.class, MandateEvents.SignOffSentBack.class,
			MandateEvents.GateRefused.class, MandateEvents.FollowUpOwed.class, MandateEvents.DecisionRatified.class,
			MandateEvents.DecisionNotRatified.class, CarryOutEvents.SurveyAnswered.class);

	private final JdbcClient db;

	CaseCounter(JdbcClient db) {
		this.db = db;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void hear(RecordedEvent event) {
		if (COUNTS.contains(event.getClass())) {
			ofThisTransaction().add(event.chain());
		}
	}

	/** Now and then: a count is read from few rows then. */
	@Scheduled(initialDelayString = "${doorbraak.figures.gather-every:10m}",
			fixedDelayString = "${doorbraak.figures.gather-every:10m}")
	void gather() {
		this.db.sql("select doorbraak.gather_counts()").query(Long.class).single();
	}

	private Moved ofThisTransaction() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(Moved.class::isInstance)
			.map(Moved.class::cast)
			.findFirst()
			.orElseGet(() -> {
				Moved moved = new Moved();
				TransactionSynchronizationManager.registerSynchronization(moved);
				return moved;
			});
	}

	private void count(String number) {
		this.db.sql("select doorbraak.count_case(:number)").param("number", number).query((row, n) -> number).list();
	}

	/** The cases of one transaction. */
	private final class Moved implements TransactionSynchronization, Ordered {

		private final Set<String> numbers = new LinkedHashSet<>();

		private boolean counted;

		void add(String number) {
			if (this.counted) {
				count(number);
			}
			else {
				this.numbers.add(number);
			}
		}

		/**
		 * Before the record is written: who holds a case may wait for its chain, not the
		 * other way round.
		 */
		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.counted = true;
			new TreeSet<>(this.numbers).forEach(CaseCounter.this::count);
		}

	}

}
