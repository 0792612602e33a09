package nl.doorbraak.agency;

import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** What an agency reads before it answers: the question and about whom it is, no more. */
@Component
class AgencyRequestFacts implements FormFacts {

	private final AgencyRequests requests;

	private final CaseFiles files;

	private final Directory directory;

	AgencyRequestFacts(AgencyRequests requests, CaseFiles files, Directory directory) {
		this.requests = requests;
		this.files = files;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		Long part = task.part();
		if (part == null || !task.form().equals(AgencyRequests.FORM)) {
			return Map.of();
		}
		AgencyRequest asked = this.requests.get(part);
		Organisation municipality = this.directory.getOrganisation(this.files.standing(task.number()).municipality());
		Map<String, Object> facts = new HashMap<>();
		facts.put("agency", this.directory.getOrganisation(asked.agency()).name());
		facts.put("askedBy", this.directory.nameOf(asked.askedBy()) + ", op " + DutchTime.moment(asked.askedAt()));
		facts.put("about", String.join("; ", this.files.residents(task.number())));
		facts.put("question", this.files.written(task.number(), asked.question(), "question"));
		facts.put("call", municipality.name() + ((municipality.phone() != null) ? ", " + municipality.phone() : ""));
		facts.put("deadline", DutchTime.date(asked.lastDay()));
		facts.put("deadlineReason", asked.explanation());
		return facts;
	}

}
