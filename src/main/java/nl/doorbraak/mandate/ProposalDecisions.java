package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import nl.doorbraak.casefile.KnownDecisions;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.SignOff.Outcome;

import org.springframework.stereotype.Component;

/**
 * Who agreed to a proposal and who refused one in the same case, by the power that it
 * uses. What waits asks for a yes; who refused before and is asked again may think again.
 */
@Component
class ProposalDecisions implements KnownDecisions {

	private final ProposalStore store;

	private final Directory directory;

	ProposalDecisions(ProposalStore store, Directory directory) {
		this.store = store;
		this.directory = directory;
	}

	@Override
	public List<Known> of(String number) {
		List<Known> known = new ArrayList<>();
		List<SignOff> answers = this.store.signOffs(number);
		for (ProposalRow proposal : this.store.all(number)) {
			answers.stream()
				.filter((each) -> each.proposal() == proposal.id())
				.filter((each) -> each.agreed() || each.outcome() == Outcome.REFUSED)
				.forEach((each) -> known
					.add(known(proposal, who(each.function(), each.organisation()), each.agreed(), each.at())));
			String function = proposal.askedFunction();
			if (proposal.state().equals("open") && function != null) {
				String asked = who(Function.of(function), String.valueOf(proposal.askedOrganisation()));
				known.removeIf((each) -> each.by().equals(asked) && !each.granted());
				known.add(known(proposal, "het voorstel dat nu ligt", true, proposal.madeAt()));
			}
		}
		known.sort(Comparator.comparing(Known::at));
		return known;
	}

	private static Known known(ProposalRow proposal, String who, boolean granted, Instant at) {
		return new Known(who, "power " + proposal.power().code(), proposal.power().label().toLowerCase(Locale.ROOT),
				granted, at);
	}

	private String who(Function function, String body) {
		return function.label().toLowerCase(Locale.ROOT) + " (" + this.directory.getOrganisation(body).name() + ")";
	}

}
