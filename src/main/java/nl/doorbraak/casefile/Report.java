package nl.doorbraak.casefile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.support.FormRules.Answers;
import org.jspecify.annotations.Nullable;

/**
 * What a professional reports on one screen. Only the sentence is required.
 *
 * @param amountCents in cents
 * @param caseSystemNumber of the case in the municipality's own system
 * @param reportAnyway report although a case of this household is open
 */
public record Report(String whatIsStuck, List<String> lifeDomains, @Nullable Threat threat,
		@Nullable LocalDate eventDate, @Nullable Long amountCents, @Nullable String memberName,
		@Nullable LocalDate memberBirthDate, @Nullable String involved, @Nullable String caseSystemNumber,
		boolean reportAnyway) {

	/** Id of the form whose answers make a report. */
	public static final String FORM = "report-case";

	/** Reads the checked answers of the form. */
	public static Report of(Answers answers) {
		String threat = answers.text("threat");
		String event = answers.text("eventDate");
		String birth = answers.text("memberBirthDate");
		return new Report(String.valueOf(answers.text("whatIsStuck")),
				(answers.find("lifeDomains") instanceof List<?> codes) ? codes.stream().map(String::valueOf).toList()
						: List.of(),
				(threat != null) ? Threat.of(threat) : null, (event != null) ? LocalDate.parse(event) : null,
				cents(answers.find("amount")), answers.text("memberName"),
				(birth != null) ? LocalDate.parse(birth) : null, answers.text("involved"),
				CaseSystem.check(answers.text("caseSystemNumber")), Boolean.TRUE.equals(answers.find("reportAnyway")));
	}

	private static @Nullable Long cents(@Nullable Object euros) {
		return (euros != null) ? new BigDecimal(euros.toString()).movePointRight(2)
			.setScale(0, RoundingMode.UNNECESSARY)
			.longValueExact() : null;
	}

}
