package nl.doorbraak.mandate;

import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** What was decided, for who announces it. */
@Component
class AnnouncementFacts implements FormFacts {

	private final Announcements announcements;

	private final Climb climb;

	private final Directory directory;

	AnnouncementFacts(Announcements announcements, Climb climb, Directory directory) {
		this.announcements = announcements;
		this.climb = climb;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		if (!task.form().equals(Announcements.FORM)) {
			return Map.of();
		}
		String number = task.number();
		Map<String, Object> facts = new HashMap<>();
		this.announcements.of(number).ifPresent((open) -> {
			facts.put("deadline", DutchTime.date(DutchTime.lastDay(open.dueAt())));
			facts.put("deadlineReason", open.explanation());
		});
		this.announcements.signed(number)
			.map((proposal) -> this.climb.draft(number, proposal.stay(), proposal.entry()))
			.map((draft) -> SignOffFacts.of(draft, this.directory))
			.ifPresent((said) -> {
				facts.put("firstBreakthrough", said.get("firstBreakthrough"));
				facts.put("explanation", said.get("explanation"));
				facts.put("amount", said.get("amount"));
			});
		return facts;
	}

}
