package nl.doorbraak.casefile;

/**
 * Somebody of the household of a case.
 *
 * @param id of how he or she was entered last for this case
 */
public record Resident(long id, HouseholdMember member) {

	/** Whether a typed name is this person's, however it is written. */
	public boolean isCalled(String name) {
		return HouseholdMember.normalise(name).equals(HouseholdMember.normalise(this.member.name()));
	}

}
