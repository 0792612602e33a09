package nl.doorbraak.overview.web;

import nl.doorbraak.casefile.Power;
import org.jspecify.annotations.Nullable;

/**
 * Something one may do to get a case moving. Its words stand in the messages under
 * {@code instrument.} and the code.
 */
enum Instrument {

	TAILORED_BUDGET("tailoredBudget", Power.TAILORED_BUDGET, false, "maatwerkbudget"),

	SPECIAL_ASSISTANCE("specialAssistance", Power.SCHEME, false, "\"bijzondere bijstand\" or \"artikel 35\""),

	ADVANCE("advance", Power.SCHEME, false, "voorschot"),

	POLICY_DEVIATION("policyDeviation", Power.SCHEME, true, "\"4:84\" or beleidsregel"),

	HARDSHIP_CLAUSE("hardshipClause", Power.SCHEME, true, "hardheidsclausule"),

	PROPORTIONALITY("proportionality", Power.SCHEME, false, "\"3:4\" or evenredigheid"),

	RECONSIDERATION("reconsideration", null, false, "\"4:6\" or heroverwegen"),

	URGENT_DECISION("urgentDecision", null, false, "spoed"),

	EMERGENCY_PROVISION("emergencyProvision", Power.SCHEME, false, "\"2.3.3\" or spoedvoorziening"),

	TIME_OUT("timeOut", null, false, "noodstop or moratorium or pauze"),

	TAX_REMISSION("taxRemission", null, false, "kwijtschelding or uitstel"),

	BRIDGING("bridging", null, false, "overbrugging"),

	PUSH_THROUGH("pushThrough", null, false, "doorzettingsmacht");

	private final String code;

	private final @Nullable Power power;

	private final boolean deviates;

	private final String words;

	Instrument(String code, @Nullable Power power, boolean deviates, String words) {
		this.code = code;
		this.power = power;
		this.deviates = deviates;
		this.words = words;
	}

	public String code() {
		return this.code;
	}

	/** What is signed for under a mandate; null: it is somebody else's, or needs none. */
	public @Nullable Power power() {
		return this.power;
	}

	public boolean deviates() {
		return this.deviates;
	}

	/** By which it is found in the bank of examples. */
	String words() {
		return this.words;
	}

}
