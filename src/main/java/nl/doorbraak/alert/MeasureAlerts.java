package nl.doorbraak.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.carryout.CarryOutEvents.AftercareBegun;
import nl.doorbraak.carryout.CarryOutEvents.AftercareRecorded;
import nl.doorbraak.carryout.CarryOutEvents.MeasureAdded;
import nl.doorbraak.carryout.CarryOutEvents.MeasureAnswered;
import nl.doorbraak.carryout.CarryOutEvents.MeasureDue;
import nl.doorbraak.carryout.CarryOutEvents.MeasureMoved;
import nl.doorbraak.carryout.CarryOutEvents.SurveyAnswered;
import nl.doorbraak.carryout.CarryOutEvents.SurveyDue;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Standing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who must hear what must be done, is late, or must be asked after the closing. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MeasureAlerts {

	private final Outbox outbox;

	private final Measures measures;

	private final CaseFiles files;

	private final Directory directory;

	private final Recipients recipients;

	MeasureAlerts(Outbox outbox, Measures measures, CaseFiles files, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.measures = measures;
		this.files = files;
		this.directory = directory;
		this.recipients = recipients;
	}

	/**
	 * Who puts something on their own list needs no mail, nor does the team that has the
	 * case.
	 */
	@EventListener
	void ask(MeasureAdded event) {
		Measure measure = this.measures.get(event.measure());
		boolean ofTheTeam = measure.person() == null
				&& this.files.standing(event.number()).municipality().equals(measure.organisation());
		if (!ofTheTeam && !this.measures.does(event.actor(), measure)) {
			queue(event.number(), AlertKind.MEASURE_ASKED, version(event.measure()), midnight(measure.dueOn()),
					doer(measure));
		}
	}

	@EventListener
	void tell(MeasureDue event) {
		Measure measure = this.measures.get(event.measure());
		Standing standing = this.files.standing(event.number());
		Stream<Recipient> told = event.late() ? Stream
			.of(doer(measure), team(event.number(), standing),
					this.recipients.holders(event.number(), Function.MANAGER, standing.municipality()))
			.flatMap((each) -> each)
			.distinct() : doer(measure);
		queue(event.number(), event.late() ? AlertKind.MEASURE_LATE : AlertKind.MEASURE_SOON,
				version(event.measure()) + " due " + event.dueOn(), midnight(event.dueOn()), told);
	}

	@EventListener
	void answered(MeasureAnswered event) {
		takeBack(event.number(), version(event.measure()));
	}

	@EventListener
	void moved(MeasureMoved event) {
		takeBack(event.number(), version(event.measure()) + " due");
	}

	@EventListener
	void ask(AftercareBegun event) {
		queue(event.number(), AlertKind.AFTERCARE_DUE, "aftercare " + event.months(), event.dueAt(),
				team(event.number(), this.files.standing(event.number())));
	}

	@EventListener
	void answered(AftercareRecorded event) {
		takeBack(event.number(), "aftercare " + event.months());
	}

	@EventListener
	void ask(SurveyDue event) {
		queue(event.number(), AlertKind.SURVEY_DUE, "survey " + event.months() + (event.reminder() ? " again" : ""),
				null, team(event.number(), this.files.standing(event.number())));
	}

	@EventListener
	void answered(SurveyAnswered event) {
		takeBack(event.number(), "survey " + event.months());
	}

	/** Who does it; of a body that does not work in Doorbraak its mailbox. */
	private Stream<Recipient> doer(Measure measure) {
		String person = measure.person();
		if (person != null) {
			return this.recipients.person(person);
		}
		Standing standing = this.files.standing(measure.number());
		return standing.municipality().equals(measure.organisation()) ? team(measure.number(), standing)
				: this.recipients.holders(this.directory.getOrganisation(measure.organisation()).kind().answering(),
						measure.organisation());
	}

	private Stream<Recipient> team(String number, Standing standing) {
		return this.recipients.team(number, standing.municipality());
	}

	private static Instant midnight(LocalDate lastDay) {
		return lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private static String version(long measure) {
		return "measure " + measure;
	}

	private void takeBack(String number, String version) {
		this.outbox.of(number)
			.stream()
			.filter((alert) -> (alert.deadlineVersion() + " ").startsWith(version + " "))
			.forEach(this.outbox::cancel);
	}

	private void queue(String number, AlertKind kind, String version, @Nullable Instant deadline,
			Stream<Recipient> recipients) {
		this.outbox.add(Draft.aboutRung(number, this.files.standing(number).last().id(), kind, version, deadline, null),
				recipients);
	}

}
