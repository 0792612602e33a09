package nl.doorbraak.lead;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** Who asks for the lead, until when, and who else could be asked. */
@Component
class LeadQuestionFacts implements FormFacts {

	private final LeadQuestions questions;

	private final Directory directory;

	LeadQuestionFacts(LeadQuestions questions, Directory directory) {
		this.questions = questions;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		Long part = task.part();
		if (part == null || !task.form().equals(LeadQuestions.FORM)) {
			return Map.of();
		}
		Lead asked = this.questions.get(task.number(), part);
		List<Map<String, String>> others = this.directory.allOrganisations()
			.stream()
			.filter((each) -> !each.id().equals(asked.organisation()))
			.sorted(Comparator.comparing(Organisation::name))
			.map((each) -> Map.of("label", each.name(), "value", each.id()))
			.toList();
		Map<String, Object> facts = new HashMap<>(
				Map.of("organisation", this.directory.getOrganisation(asked.organisation()).name(), "askedBy",
						this.directory.nameOf(asked.askedBy()) + ", op " + DutchTime.moment(asked.askedAt()),
						"organisations", others));
		facts.put("deadline", DutchTime.deadline(this.questions.dueAt(task.number())));
		facts.put("deadlineReason", "Heeft dan nog niemand de regie, dan melden wij dat.");
		return facts;
	}

}
