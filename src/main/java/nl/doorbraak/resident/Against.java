package nl.doorbraak.resident;

import java.time.LocalDate;

import nl.doorbraak.mandate.Announcements.Announcement;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * What a resident can do against a decision, as it was told when the decision was
 * announced; a complaint about how somebody was treated is always possible (Awb 9:1).
 *
 * @param remedy {@code objection}, {@code late}: the last day to object has passed,
 * {@code complaint}, {@code none}, or {@code later}: not announced yet
 * @param to where an objection or complaint goes
 * @param until the last day to object; empty: none
 */
record Against(String remedy, String to, String until) {

	static Against of(@Nullable Announcement announced, String body, LocalDate today) {
		if (announced == null || announced.sentOn() == null || announced.remedy() == null) {
			return new Against("later", body, "");
		}
		LocalDate until = announced.remedyUntil();
		if (announced.remedy().equals("objection") && until != null) {
			return new Against(today.isAfter(until) ? "late" : "objection", body, DutchTime.date(until));
		}
		return new Against(announced.remedy(), body, "");
	}

}
