package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** What somebody reads who is asked about a proposal: the question and the proposal. */
@Component
class ConsultationFacts implements FormFacts {

	private final Consultations consultations;

	private final ProposalStore proposals;

	private final CaseFiles files;

	private final Climb climb;

	private final Directory directory;

	ConsultationFacts(Consultations consultations, ProposalStore proposals, CaseFiles files, Climb climb,
			Directory directory) {
		this.consultations = consultations;
		this.proposals = proposals;
		this.files = files;
		this.climb = climb;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		Long part = task.part();
		if (part == null || !task.form().equals(Consultations.FORM)) {
			return Map.of();
		}
		String number = task.number();
		Consultation asked = this.consultations.get(part);
		ProposalRow proposal = this.proposals.get(number, asked.proposal());
		Map<String, Object> facts = new HashMap<>(
				SignOffFacts.of(this.climb.draft(number, proposal.stay(), proposal.entry()), this.directory));
		facts.put("asksAdvice", (asked.kind() == Consultation.Kind.ADVICE) ? "Ja" : "Nee");
		facts.put("askedBy", this.directory.nameOf(asked.askedBy()) + ", op " + DutchTime.moment(asked.askedAt()));
		facts.put("question", this.files.written(number, asked.question(), "question"));
		Instant due = proposal.answerDueAt();
		if (due != null) {
			facts.put("deadline", DutchTime.deadline(due));
			facts.put("deadlineReason", "Dan moet er zijn getekend.");
		}
		return facts;
	}

}
