package nl.doorbraak.carryout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;

import org.springframework.stereotype.Component;

/** What was decided and done, for who says how a breakthrough is carried out. */
@Component
class CarryOutFacts implements FormFacts {

	private final Writing writing;

	private final CarryOut carryOut;

	CarryOutFacts(Writing writing, CarryOut carryOut) {
		this.writing = writing;
		this.carryOut = carryOut;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		String number = task.number();
		String form = task.form();
		if (!form.equals(CarryOut.MEASURES_FORM) && !form.equals(CarryOut.OUTCOME_FORM)) {
			return Map.of();
		}
		Map<String, Object> facts = new HashMap<>();
		this.carryOut.status(number).ifPresent((status) -> {
			facts.put("deadline", DutchTime.deadline(status.dueAt()));
			facts.put("deadlineReason", status.explanation());
		});
		if (form.equals(CarryOut.MEASURES_FORM)) {
			put(facts, number, List.of("make-plan"), "firstBreakthrough");
			put(facts, number, Climb.FORMS_WITH_DECISION, "explanation");
		}
		else {
			put(facts, number, List.of(CarryOut.MEASURES_FORM), "whatWasDone");
		}
		return facts;
	}

	private void put(Map<String, Object> facts, String number, List<String> forms, String key) {
		this.writing.latestOfCase(number, forms)
			.map((entry) -> new Answers(entry.answers()).find(key))
			.ifPresent((value) -> facts.put(key, value));
	}

}
