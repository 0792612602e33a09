package nl.doorbraak.lead;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.CompetenceEvents.CompetenceSettled;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.lead.LeadEvents.LeadReferred;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lead and who may decide: pointing at another for the lead is pointing, and who is
 * found competent is asked to take the lead of a case that has none. Silence is for the
 * watch.
 */
@Component
class CompetentBodies {

	private final Leads leads;

	private final Competence competence;

	private final CaseFiles files;

	private final Directory directory;

	CompetentBodies(Leads leads, Competence competence, CaseFiles files, Directory directory) {
		this.leads = leads;
		this.competence = competence;
		this.files = files;
		this.directory = directory;
	}

	@EventListener
	@Transactional
	void point(LeadReferred event) {
		this.competence.refer(event.number(), event.organisation(), event.referredTo(), "");
	}

	@EventListener
	@Transactional
	void ask(CompetenceSettled event) {
		if (this.files.get(event.number()).state() == CaseFile.State.OPEN
				&& this.leads.current(event.number()).isEmpty()
				&& this.directory.getOrganisation(event.body()).connected()) {
			this.leads.askUrgently(event.actor(), event.number(), event.body());
		}
	}

}
