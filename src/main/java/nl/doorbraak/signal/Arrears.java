package nl.doorbraak.signal;

import java.util.List;

import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.support.Coded;

/**
 * What somebody is behind with, as the Besluit gemeentelijke schuldhulpverlening lists
 * it.
 */
public enum Arrears implements Coded {

	RENT("rent", "Huur", "de huur", LifeDomain.HOUSING),
	ENERGY("energy", "Energie", "de energierekening", LifeDomain.HOUSING),
	WATER("water", "Drinkwater", "de waterrekening", LifeDomain.HOUSING),
	HEALTH_INSURANCE("healthInsurance", "Zorgverzekering", "de premie voor de zorgverzekering", LifeDomain.CARE);

	private final String code;

	private final String label;

	private final String bill;

	private final LifeDomain domain;

	Arrears(String code, String label, String bill, LifeDomain domain) {
		this.code = code;
		this.label = label;
		this.bill = bill;
		this.domain = domain;
	}

	@Override
	public String code() {
		return this.code;
	}

	@Override
	public String label() {
		return this.label;
	}

	/** In a sentence. */
	String bill() {
		return this.bill;
	}

	/** Life domains of a case that begins with it. */
	List<String> domains() {
		return List.of(LifeDomain.MONEY.code(), this.domain.code());
	}

}
