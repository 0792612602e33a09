package nl.doorbraak.lead;

import java.util.Map;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** Until when the team looks back, for the form. */
@Component
class LookBackFacts implements FormFacts {

	private final LookBacks lookBacks;

	LookBackFacts(LookBacks lookBacks) {
		this.lookBacks = lookBacks;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		if (!task.form().equals(CaseFiles.LOOK_BACK)) {
			return Map.of();
		}
		return this.lookBacks.of(task.number())
			.map((open) -> Map.<String, Object>of("deadline", DutchTime.date(DutchTime.lastDay(open.dueAt())),
					"deadlineReason", open.explanation()))
			.orElse(Map.of());
	}

}
