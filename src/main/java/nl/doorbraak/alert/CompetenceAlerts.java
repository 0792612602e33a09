package nl.doorbraak.alert;

import java.util.Objects;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Standing;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.CompetenceEvents.CompetenceSettled;
import nl.doorbraak.casefile.CompetenceEvents.CompetenceStated;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear that nobody knows who may decide, and who does since it was settled: the
 * team, who has the case, and the bodies that pointed at each other.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CompetenceAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Competence competence;

	private final Directory directory;

	private final Recipients recipients;

	CompetenceAlerts(Outbox outbox, CaseFiles files, Competence competence, Directory directory,
			Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.competence = competence;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(CompetenceStated event) {
		if (event.isOpen()) {
			queue(event.number(), AlertKind.COMPETENCE_OPEN, onTheCase(event.number(), event.actor()));
		}
	}

	@EventListener
	void tell(CompetenceSettled event) {
		Stream<Organisation> bodies = Stream
			.concat(this.competence.pointing(event.number()).stream(),
					Stream.of(this.directory.getOrganisation(event.body())))
			.filter((body) -> body.kind() == Organisation.Kind.AGENCY || body.kind() == Organisation.Kind.MUNICIPALITY)
			.distinct();
		queue(event.number(), AlertKind.COMPETENCE_SETTLED,
				Stream.concat(onTheCase(event.number(), event.actor()),
						bodies.flatMap((body) -> this.recipients.holders(
								(body.kind() == Organisation.Kind.AGENCY) ? Function.AGENCY_OFFICER : Function.MANAGER,
								body.id()))));
	}

	/** The team, and on a level above it who works there; not who just said it. */
	private Stream<Recipient> onTheCase(String number, String actor) {
		Standing standing = this.files.standing(number);
		Stream<Recipient> team = this.recipients.team(number, standing.municipality());
		Rung rung = standing.last().rung();
		Stream<Recipient> others = (rung == Rung.LOCAL) ? Stream.empty()
				: this.recipients.holders(number, Climb.function(rung), standing.last().body());
		return Stream.concat(team, others).filter((to) -> !Objects.equals(to.login(), actor)).distinct();
	}

	private void queue(String number, AlertKind kind, Stream<Recipient> to) {
		Standing standing = this.files.standing(number);
		String version = "competence " + this.competence.history(number).size();
		this.outbox.add(Draft.aboutRung(number, standing.last().id(), kind, version, null, null), to);
	}

}
