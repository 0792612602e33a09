package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/** What a case is about, as the report's form offers it. */
public enum LifeDomain implements Coded {

	MONEY("money", "Financiën"), FAMILY("family", "Gezin"), WORK("work", "Werk"), HOUSING("housing", "Wonen"),
	CARE("care", "Zorg"), EDUCATION("education", "Onderwijs"), SAFETY("safety", "Veiligheid"),
	JUSTICE("justice", "Justitie"), IDENTITY("identity", "Identiteit en verblijf"),
	NETWORK("network", "Sociaal netwerk");

	private final String code;

	private final String label;

	LifeDomain(String code, String label) {
		this.code = code;
		this.label = label;
	}

	@Override
	public String code() {
		return this.code;
	}

	@Override
	public String label() {
		return this.label;
	}

}
