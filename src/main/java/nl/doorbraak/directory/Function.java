package nl.doorbraak.directory;

import nl.doorbraak.support.Coded;

/**
 * What somebody is for an organisation; the word on screen is Dutch, the code is stored.
 */
public enum Function implements Coded {

	DISTRICT_TEAM_MEMBER("districtTeamMember", "Wijkteammedewerker"), CASE_DIRECTOR("caseDirector", "Casusregisseur"),
	MANAGER("manager", "Manager"), DIRECTOR("director", "Directeur sociaal domein"), ALDERMAN("alderman", "Wethouder"),
	PROCESS_DIRECTOR("processDirector", "Procesregisseur"), AGENCY_OFFICER("agencyOfficer", "Maatwerkfunctionaris"),
	DESK_OFFICER("deskOfficer", "Medewerker van het loket"), AMBASSADOR("ambassador", "Ambassadeur"),
	AUDITOR("auditor", "Auditor"), ADMINISTRATOR("administrator", "Functioneel beheerder"),
	LEGAL_ADVISER("legalAdviser", "Juridisch adviseur"), FINANCE_ADVISER("financeAdviser", "Financieel adviseur"),
	ALDERMAN_ADVISER("aldermanAdviser", "Bestuursadviseur");

	private final String code;

	private final String label;

	Function(String code, String label) {
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

	/**
	 * The function with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static Function of(String code) {
		return Coded.of(Function.class, code);
	}

}
