package nl.doorbraak.overview;

import java.util.List;
import java.util.Objects;

import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.casefile.KnownDecisions;
import nl.doorbraak.directory.Directory;

import org.springframework.stereotype.Component;

/**
 * What agencies answered to the same question; a refusal that was taken back is none.
 */
@Component
class AgencyDecisions implements KnownDecisions {

	private final AgencyRequests agencies;

	private final Directory directory;

	AgencyDecisions(AgencyRequests agencies, Directory directory) {
		this.agencies = agencies;
		this.directory = directory;
	}

	@Override
	public List<Known> of(String number) {
		return this.agencies.history(number)
			.stream()
			.filter((each) -> each.answer() == AgencyAnswer.GRANTED || each.isStandingRefusal())
			.map((each) -> new Known(
					this.directory.getOrganisation(each.agency()).name()
							+ (each.department().isEmpty() ? "" : " (" + each.department() + ")"),
					"question " + each.question(), "dezelfde vraag aan instanties",
					each.answer() == AgencyAnswer.GRANTED, Objects.requireNonNull(each.answeredAt())))
			.toList();
	}

}
