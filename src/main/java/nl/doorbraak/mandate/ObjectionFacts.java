package nl.doorbraak.mandate;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** What came in and what it is against, for who decides on it. */
@Component
class ObjectionFacts implements FormFacts {

	private final Objections objections;

	private final ProposalStore proposals;

	private final CaseFiles files;

	private final Climb climb;

	private final Directory directory;

	ObjectionFacts(Objections objections, ProposalStore proposals, CaseFiles files, Climb climb, Directory directory) {
		this.objections = objections;
		this.proposals = proposals;
		this.files = files;
		this.climb = climb;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		Long part = task.part();
		if (part == null || !task.form().equals(Objections.FORM)) {
			return Map.of();
		}
		String number = task.number();
		Objection open = this.objections.get(part);
		ProposalRow proposal = this.proposals.get(number, open.proposal());
		Map<String, Object> said = SignOffFacts.of(this.climb.draft(number, proposal.stay(), proposal.entry()),
				this.directory);
		Map<String, Object> facts = new HashMap<>();
		facts.put("deadline", DutchTime.date(open.lastDay()));
		facts.put("deadlineReason", open.explanation());
		facts.put("objection", open.kind().label() + ", ontvangen op " + DutchTime.date(open.receivedOn())
				+ ", kenmerk " + this.files.written(number, open.receipt(), "reference"));
		facts.put("decider", open.asked()
			.map((post) -> post.function().label() + " van "
					+ this.directory.getOrganisation(post.organisation()).name())
			.orElse("Niemand. Wij vonden niemand die hierover mag beslissen en het besluit niet zelf nam. Neem contact op met de mandaatgever. Is het ingetrokken, dan kunt u dat hier vertellen."));
		facts.put("firstBreakthrough", said.get("firstBreakthrough"));
		facts.put("explanation", said.get("explanation"));
		facts.put("signedBy",
				this.proposals.signOffs(proposal)
					.stream()
					.filter(SignOff::agreed)
					.map((each) -> this.directory.nameOf(each.person()) + ", " + each.function().label() + " van "
							+ this.directory.getOrganisation(each.organisation()).name() + ", op "
							+ DutchTime.moment(each.at()))
					.collect(Collectors.joining("; ")));
		return facts;
	}

}
