package nl.doorbraak.carryout;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;

import org.springframework.stereotype.Component;

/** What was decided and done, for who says how it is carried out and what came of it. */
@Component
class CarryOutFacts implements FormFacts {

	/** The form has room for so many; all of them stand on the page. */
	private static final int MOST_LINES = 14;

	private static final int LONGEST_LINE = 160;

	private final Writing writing;

	private final CarryOut carryOut;

	private final Measures measures;

	private final Closings closings;

	private final Aftercare aftercare;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	CarryOutFacts(Writing writing, CarryOut carryOut, Measures measures, Closings closings, Aftercare aftercare,
			CaseFiles files, Directory directory, Clock clock) {
		this.writing = writing;
		this.carryOut = carryOut;
		this.measures = measures;
		this.closings = closings;
		this.aftercare = aftercare;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		String number = task.number();
		Map<String, Object> facts = new HashMap<>();
		switch (task.form()) {
			case CarryOut.MEASURES_FORM -> {
				this.carryOut.status(number).ifPresent((status) -> until(facts, status.dueAt(), status.explanation()));
				put(facts, number, List.of("make-plan"), "firstBreakthrough");
				put(facts, number, Climb.FORMS_WITH_DECISION, "explanation");
				list(this.measures.of(number)).ifPresent((list) -> {
					facts.put("measures", list);
					facts.put("hasMeasures", "Ja");
				});
			}
			case Closings.FORM -> {
				this.closings.status(number).ifPresent((status) -> until(facts, status.dueAt(), status.explanation()));
				put(facts, number, List.of(CarryOut.MEASURES_FORM), "whatWasDone");
				if (facts.containsKey("whatWasDone")) {
					facts.put("hasDone", "Ja");
				}
				facts.put("howItWent", this.closings.howItWent(number));
				facts.put("knot", this.files.get(number).whatIsStuck());
			}
			case Aftercare.FORM -> this.aftercare.of(number)
				.stream()
				.filter((look) -> Long.valueOf(look.months()).equals(task.part()))
				.forEach((look) -> {
					Instant dueAt = look.dueAt();
					String explanation = look.explanation();
					if (dueAt != null && explanation != null) {
						until(facts, dueAt, explanation);
					}
					facts.put("months", String.valueOf(look.months()));
					put(facts, number, List.of(Closings.FORM), "whatChanged");
				});
			default -> {
			}
		}
		return facts;
	}

	private Optional<String> list(List<Measure> measures) {
		LocalDate today = DutchTime.day(this.clock.instant());
		return measures.isEmpty() ? Optional.empty()
				: Optional.of(measures.stream()
					.limit(MOST_LINES)
					.map((each) -> this.directory.getOrganisation(each.organisation()).name() + ": "
							+ each.what().substring(0, Math.min(LONGEST_LINE, each.what().length())) + " ("
							+ each.state().label().toLowerCase(Locale.ROOT)
							+ (each.isOpen() ? ", uiterlijk " + DutchTime.date(each.dueOn()) : "")
							+ (each.isLate(today) ? ", te laat" : "") + ")")
					.collect(Collectors.joining("\n")));
	}

	private static void until(Map<String, Object> facts, Instant dueAt, String explanation) {
		facts.put("deadline", DutchTime.deadline(dueAt));
		facts.put("deadlineReason", explanation);
	}

	private void put(Map<String, Object> facts, String number, List<String> forms, String key) {
		this.writing.latestOfCase(number, forms)
			.map((entry) -> new Answers(entry.answers()).find(key))
			.ifPresent((value) -> facts.put(key, value));
	}

}
