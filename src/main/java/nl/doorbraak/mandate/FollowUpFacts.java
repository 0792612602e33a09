package nl.doorbraak.mandate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.FollowUp.Kind;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/** What was decided in a hurry, for who gives its reasons or ratifies it. */
@Component
class FollowUpFacts implements FormFacts {

	private final FollowUpStore store;

	private final ProposalStore proposals;

	private final Climb climb;

	private final Directory directory;

	FollowUpFacts(FollowUpStore store, ProposalStore proposals, Climb climb, Directory directory) {
		this.store = store;
		this.proposals = proposals;
		this.climb = climb;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		String number = task.number();
		Optional<Kind> kind = switch (task.form()) {
			case FollowUps.REASONS_FORM -> Optional.of(Kind.REASONS);
			case FollowUps.RATIFICATION_FORM -> Optional.of(Kind.RATIFICATION);
			default -> Optional.empty();
		};
		return kind
			.flatMap((each) -> this.store.open(number).stream().filter((owed) -> owed.kind() == each).findFirst())
			.map(this::facts)
			.orElse(Map.of());
	}

	private Map<String, Object> facts(FollowUp owed) {
		ProposalRow proposal = this.proposals.get(owed.number(), owed.proposal());
		Draft draft = this.climb.draft(owed.number(), proposal.stay(), proposal.entry());
		SignOff signOff = this.proposals.signOffs(proposal)
			.stream()
			.filter((each) -> each.person().equals(owed.signer()))
			.findFirst()
			.orElseThrow();
		Map<String, Object> facts = new HashMap<>(SignOffFacts.of(draft, this.directory));
		facts.put("deadline", DutchTime.date(DutchTime.lastDay(owed.dueAt())));
		facts.put("deadlineReason", owed.explanation());
		facts.put("signedBy",
				this.directory.nameOf(owed.signer()) + ", " + signOff.function().label() + " van "
						+ this.directory.getOrganisation(signOff.organisation()).name() + ", op "
						+ DutchTime.moment(signOff.at()));
		facts.put("whyHurried", "Crisis. Mandaat " + owed.mandate() + " versie " + owed.mandateVersion()
				+ (owed.kind() == Kind.RATIFICATION ? " is een spoedmandaat: alleen voor een crisis." : "."));
		return facts;
	}

}
