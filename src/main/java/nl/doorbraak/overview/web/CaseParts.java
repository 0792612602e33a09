package nl.doorbraak.overview.web;

import java.util.List;
import java.util.function.UnaryOperator;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseSystem;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Corrections;
import nl.doorbraak.casefile.Document;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.FileType;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Plans.Plan;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.overview.Involved;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Parts of the case page that stand in templates of their own, with what they show. */
@Component
class CaseParts {

	private final CaseFiles files;

	private final CaseSystem system;

	private final Documents documents;

	private final Plans plans;

	private final AgencyRequests agencies;

	private final Competence competence;

	private final Proposals proposals;

	private final Measures measures;

	private final Leads leads;

	private final Directory directory;

	private final Corrections corrections;

	CaseParts(CaseFiles files, CaseSystem system, Documents documents, Plans plans, AgencyRequests agencies,
			Competence competence, Proposals proposals, Measures measures, Leads leads, Directory directory,
			Corrections corrections) {
		this.corrections = corrections;
		this.files = files;
		this.system = system;
		this.documents = documents;
		this.plans = plans;
		this.agencies = agencies;
		this.competence = competence;
		this.proposals = proposals;
		this.measures = measures;
		this.leads = leads;
		this.directory = directory;
	}

	void addTo(Model model, String reader, CaseFiles.Dossier dossier) {
		String number = dossier.file().number();
		boolean works = this.files.worksOn(reader, number);
		model.addAttribute("papers", papers(reader, dossier));
		model.addAttribute("corrections", this.corrections.of(number, reader));
		model.addAttribute("wish", dossier.wish().orElse(null));
		model.addAttribute("system", dossier.identified() ? system(dossier) : null);
		model.addAttribute("involved",
				Involved.of(facts(reader, dossier, works), (id) -> this.directory.getOrganisation(id).name()));
		model.addAttribute("shortened", (UnaryOperator<String>) CaseParts::shortened);
	}

	Papers papers(String reader, CaseFiles.Dossier dossier) {
		String number = dossier.file().number();
		return new Papers(number, this.documents.of(number, reader), this.documents.mayRead(reader, number),
				this.files.worksOn(reader, number), dossier.team(), Document.Kind.added(), FileType.ACCEPTED);
	}

	private InSystem system(CaseFiles.Dossier dossier) {
		String number = this.system.find(dossier.file()).orElse(null);
		return new InSystem(number,
				(number != null) ? this.system.link(dossier.file().municipality(), number).orElse(null) : null);
	}

	/** What organisations do in a household is for who works on the case. */
	private Involved.Facts facts(String reader, CaseFiles.Dossier dossier, boolean works) {
		String number = dossier.file().number();
		Plan plan = this.plans.of(number, reader);
		return new Involved.Facts(dossier.file().municipality(), dossier.stay().orElse(null),
				this.leads.current(number).map(Lead::organisation).orElse(null),
				works ? plan.current(PlanPart.HOUSEHOLD) : List.of(), plan.current(PlanPart.BREAKTHROUGH),
				dossier.reader().sees(Sight.ANSWERS) ? this.agencies.history(number) : List.of(),
				this.competence.standing(number).orElse(null), this.proposals.history(number),
				dossier.reader().sees(Sight.MEASURES) ? this.measures.of(number) : List.of(), plan.day());
	}

	/** As much of a name as the picture has room for; the table has all of it. */
	private static String shortened(String name) {
		return (name.length() <= 38) ? name : name.substring(0, 37).strip() + "…";
	}

	/**
	 * The papers of a case.
	 *
	 * @param readable whether the reader may download them
	 * @param writable whether the reader may add to them
	 * @param team whether the reader may download what was withdrawn
	 */
	public record Papers(String number, List<Document> list, boolean readable, boolean writable, boolean team,
			List<Document.Kind> kinds, String accepted) {
	}

	/**
	 * The case in its municipality's own system.
	 *
	 * @param number null where it has none
	 * @param link null where the municipality names none
	 */
	public record InSystem(@Nullable String number, @Nullable String link) {
	}

}
