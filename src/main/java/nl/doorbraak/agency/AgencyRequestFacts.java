package nl.doorbraak.agency;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.Scheme.Condition;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Disclosures;
import nl.doorbraak.casefile.FormFacts;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/**
 * What an agency reads before it answers: the question, about whom it is and what it said
 * before, no more. And what the team reads that must deliver what the agency needs.
 */
@Component
class AgencyRequestFacts implements FormFacts {

	/** Who can deliver what is needed, by the code of the answer. */
	private static final Map<String, String> DELIVERERS = Map.of("resident", "De inwoner", "municipality",
			"De gemeente", "other", "Een andere organisatie");

	private static final Map<String, String> OTHER_BODIES = new LinkedHashMap<>();
	static {
		OTHER_BODIES.put("housingCorporation", "Een woningcorporatie");
		OTHER_BODIES.put("healthInsurer", "Een zorgverzekeraar");
		OTHER_BODIES.put("careProvider", "Een zorgaanbieder");
		OTHER_BODIES.put("otherBody", "Een andere organisatie");
		OTHER_BODIES.put(AgencyRequests.NOBODY, "Dat weten wij niet");
	}

	private static final String APART = "Deze vraag is afgeschermd. Vraag de casusregisseur.";

	private static final String ANONYMOUS = "Anoniem voorgelegd. Moet u weten wie het is? Bel, en vraag of de gemeente dat met u mag delen.";

	private final AgencyRequests requests;

	private final CaseFiles files;

	private final Disclosures disclosures;

	private final Directory directory;

	AgencyRequestFacts(AgencyRequests requests, CaseFiles files, Disclosures disclosures, Directory directory) {
		this.disclosures = disclosures;
		this.requests = requests;
		this.files = files;
		this.directory = directory;
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		Long part = task.part();
		if (part == null) {
			return Map.of();
		}
		return switch (task.form()) {
			case AgencyRequests.FORM -> question(this.requests.get(part));
			case AgencyRequests.DELIVERY_FORM -> needed(this.requests.get(part));
			default -> Map.of();
		};
	}

	/** The agency's own people read what it is asked, also when that is kept apart. */
	private String asked(AgencyRequest asked, String field) {
		return words(asked,
				this.requests.isAnsweredThere(asked) ? this.files.asked(asked.number(), asked.question(), field)
						: this.files.written(asked.number(), asked.question(), field));
	}

	private Map<String, Object> question(AgencyRequest asked) {
		Organisation municipality = this.directory.getOrganisation(this.files.standing(asked.number()).municipality());
		Map<String, Object> facts = new HashMap<>();
		facts.put("agency", this.directory.getOrganisation(asked.agency()).name()
				+ this.requests.askedOf(asked).map((who) -> ": " + who).orElse(""));
		if (!asked.department().isEmpty()) {
			put(facts, "department", asked.department());
		}
		facts.put("organisations", others(asked));
		facts.put("kind", asked.kind().label());
		facts.put("askedBy", this.directory.nameOf(asked.askedBy()) + ", op " + DutchTime.moment(asked.askedAt()));
		facts.put("about", this.disclosures.isIdentified(asked.number(), asked.agency())
				? String.join("; ", this.files.residents(asked.number())) : ANONYMOUS);
		String question = asked(asked, "question");
		facts.put("question", question.isEmpty() ? APART : question);
		facts.put("call", municipality.name() + ((municipality.phone() != null) ? ", " + municipality.phone() : ""));
		facts.put("deadline", DutchTime.date(asked.lastDay()));
		facts.put("deadlineReason", asked.explanation());
		List<Condition> conditions = this.requests.conditions(asked);
		for (int i = 0; i < conditions.size(); i++) {
			facts.put("conditionText" + letter(i), conditions.get(i).text());
		}
		this.requests.scheme(asked)
			.ifPresent((scheme) -> put(facts, "scheme", scheme.name() + " (" + scheme.law() + "). Voorwaarden: lijst "
					+ scheme.version() + " (" + scheme.agreedWith() + ")."));
		earlier(asked, facts);
		return facts;
	}

	/**
	 * Who else may go about this: organisations, kinds of bodies that are none, nobody.
	 */
	private List<Map<String, String>> others(AgencyRequest asked) {
		Stream<Map<String, String>> ours = this.directory.allOrganisations()
			.stream()
			.filter((each) -> !each.id().equals(asked.agency()))
			.sorted(Comparator.comparing(Organisation::name))
			.map((each) -> Map.of("label", each.name(), "value", each.id()));
		return Stream
			.concat(ours,
					OTHER_BODIES.entrySet()
						.stream()
						.map((each) -> Map.of("label", each.getValue(), "value", each.getKey())))
			.toList();
	}

	/** What was refused before, and what was tried beside it. */
	private void earlier(AgencyRequest asked, Map<String, Object> facts) {
		String workaround = asked(asked, "workaround");
		String before = this.requests.refusals(asked.number())
			.last(asked, Instant.MAX)
			.map((refusal) -> "Op " + DutchTime.moment(Objects.requireNonNull(refusal.answeredAt()))
					+ " wees uw organisatie dit af" + grounds(refusal) + ".")
			.orElse("");
		if (!before.isEmpty() && this.requests.conditions(asked).isEmpty()) {
			facts.put("onceRefused", "Ja");
		}
		String all = (before + (workaround.isEmpty() ? "" : " Daarnaast is geprobeerd: " + workaround)).strip();
		if (!all.isEmpty()) {
			put(facts, "earlier", all);
		}
	}

	/** What the team wrote, without names until the agency was told them. */
	private String words(AgencyRequest asked, String text) {
		return this.disclosures.isIdentified(asked.number(), asked.agency()) ? text
				: this.files.unnamed(asked.number(), text);
	}

	/** A fact that is not always there, and another that shows its field then. */
	private static void put(Map<String, Object> facts, String key, String value) {
		facts.put(key, value);
		facts.put("has" + Character.toUpperCase(key.charAt(0)) + key.substring(1), "Ja");
	}

	private String grounds(AgencyRequest refusal) {
		List<String> unmet = this.requests.conditions(refusal)
			.stream()
			.filter((each) -> refusal.findings().get(each.code()) == Assessment.NOT_MET)
			.map(Condition::text)
			.toList();
		return unmet.isEmpty() ? "" : unmet.stream().collect(Collectors.joining("; ", ": niet voldaan aan ", ""));
	}

	private Map<String, Object> needed(AgencyRequest asked) {
		long entry = Objects.requireNonNull(asked.waiting());
		String from = this.files.written(asked.number(), entry, "neededFrom");
		return Map.of("agency", this.directory.getOrganisation(asked.agency()).name(), "needed",
				this.files.written(asked.number(), entry, "needed"), "neededFrom", DELIVERERS.getOrDefault(from, ""),
				"deadline", DutchTime.date(asked.lastDay()), "deadlineReason",
				"Op die dag zou de instantie antwoorden. Elke dag die zij wacht, schuift dat op.");
	}

	/** The n-th condition on the form is called by this letter. */
	static char letter(int n) {
		return (char) ('A' + n);
	}

}
