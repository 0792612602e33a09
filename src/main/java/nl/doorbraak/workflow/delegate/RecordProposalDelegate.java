package nl.doorbraak.workflow.delegate;

import java.util.Optional;

import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.mandate.Proposals.Proposal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.AMOUNT_CENTS;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.DEVIATES;
import static nl.doorbraak.workflow.engine.LadderVariables.POWER;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;
import static nl.doorbraak.workflow.engine.LadderVariables.SIGN_OFF_NEEDED;

/** Takes what was decided as a proposal, and says whether somebody must sign it. */
@Component
class RecordProposalDelegate implements JavaDelegate {

	private final Proposals proposals;

	RecordProposalDelegate(Proposals proposals) {
		this.proposals = proposals;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Proposal proposal = this.proposals.propose(CASE_NUMBER.require(execution));
		RUNG.set(execution, proposal.rung().code());
		POWER.set(execution, proposal.power().code());
		Optional.ofNullable(proposal.deviates()).ifPresent((deviates) -> DEVIATES.set(execution, deviates));
		Optional.ofNullable(proposal.amountCents()).ifPresent((cents) -> AMOUNT_CENTS.set(execution, cents));
		SIGN_OFF_NEEDED.set(execution, proposal.signOffNeeded());
	}

}
