package nl.doorbraak.casefile;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static nl.doorbraak.casefile.Viewer.ADVISER;
import static nl.doorbraak.casefile.Viewer.ASKED;
import static nl.doorbraak.casefile.Viewer.AUDITOR;
import static nl.doorbraak.casefile.Viewer.EMERGENCY;
import static nl.doorbraak.casefile.Viewer.LEAD;
import static nl.doorbraak.casefile.Viewer.SIGNER;
import static nl.doorbraak.casefile.Viewer.TEAM;
import static nl.doorbraak.casefile.Viewer.WORKER;

/**
 * A part of a case, and as what somebody reads it. What is in no part is for who may read
 * what was written. Whether names are shown is another question: see
 * {@link CaseFiles#read}.
 */
public enum Sight {

	/** Where it stands, what is stuck, the lead, with whom was shared, who may decide. */
	SITUATION("situation", List.of("share-data", "state-competence"), TEAM, LEAD, WORKER, SIGNER, ADVISER, ASKED,
			EMERGENCY, AUDITOR),

	/** The plan in short: perspective, breakthroughs, agreement. */
	SUMMARY("summary", List.of("make-plan"), TEAM, LEAD, WORKER, SIGNER, ADVISER, ASKED, EMERGENCY, AUDITOR),

	/** Who is in the household, without contact data. */
	HOUSEHOLD("household", List.of(), TEAM, LEAD, WORKER, SIGNER, ADVISER, ASKED, EMERGENCY, AUDITOR),

	/** Proposals, consultations, signatures and backing. */
	PROPOSALS("proposals",
			List.of("decide-locally", "decide-regionally", "decide-nationally", "decide-breakthrough", "sign-off",
					"ask-advice", "ask-drafter", "answer-consultation", "give-reasons", "ratify-decision",
					"give-backing"),
			TEAM, LEAD, WORKER, SIGNER, ADVISER, EMERGENCY, AUDITOR),

	/** Of the plan: the facts that count, the three values, the amount. */
	STAKES("stakes", List.of(), TEAM, LEAD, WORKER, SIGNER, EMERGENCY, AUDITOR),

	/** Letters, announcements, objections. */
	LETTERS("letters", List.of("announce-decision", "receive-objection", "decide-objection"), TEAM, LEAD, WORKER,
			SIGNER, EMERGENCY, AUDITOR),

	/** Carrying out, money spent, aftercare. */
	MEASURES("measures",
			List.of("confirm-measures", "record-outcome", "record-aftercare", "add-measure", "answer-measure",
					"pay-expense"),
			TEAM, LEAD, WORKER, EMERGENCY, AUDITOR),

	/** Who was told what. */
	ALERTS("alerts", List.of(), TEAM, LEAD, WORKER, EMERGENCY, AUDITOR),

	/** What was asked of bodies in words, and what they answered and refused in words. */
	ANSWERS("answers", List.of("ask-agencies", "answer-request", "deliver-facts", "withdraw-refusal", "reply-to-flag"),
			TEAM, LEAD, WORKER, EMERGENCY, AUDITOR),

	/** Every line of the plan. */
	PLAN("plan", List.of(), TEAM, LEAD, WORKER, EMERGENCY),

	/** Everything else that was ever written. */
	WRITTEN("written", List.of(), TEAM, LEAD, WORKER, EMERGENCY),

	/** Addresses and how to reach people; a secret address is for the team alone. */
	CONTACT("contact", List.of(), TEAM, LEAD, WORKER, EMERGENCY),

	/** The look back, what the resident said of it, who read it in an emergency. */
	TEAM_ONLY("teamOnly", List.of(), TEAM);

	private final String code;

	private final List<String> forms;

	private final Set<Viewer> viewers;

	Sight(String code, List<String> forms, Viewer first, Viewer... others) {
		this.code = code;
		this.forms = forms;
		this.viewers = EnumSet.of(first, others);
	}

	public String code() {
		return this.code;
	}

	/** Whether who reads a case as this sees the part. */
	public boolean isFor(Viewer viewer) {
		return this.viewers.contains(viewer);
	}

	/** Whether the part is for somebody who reads it as one of these. */
	boolean isFor(Collection<Viewer> as) {
		return as.stream().anyMatch(this::isFor);
	}

	/** The part that the answers to a form belong to. */
	static Sight ofForm(String form) {
		return Stream.of(values()).filter((part) -> part.forms.contains(form)).findFirst().orElse(WRITTEN);
	}

}
