package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.alert.Alerts;
import nl.doorbraak.alert.CallList;
import nl.doorbraak.carryout.Expenses;
import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.StepKind;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.mandate.Backings;
import nl.doorbraak.mandate.Consultations;
import nl.doorbraak.mandate.DecisionLetters;
import nl.doorbraak.mandate.Objection;
import nl.doorbraak.mandate.Objections;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.web.LoginHints;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Case page and login page. */
@Controller
class Pages {

	private final CasePictures pictures;

	private final CaseWaits waits;

	private final Worklist worklist;

	private final CaseFiles files;

	private final CaseActions actions;

	private final Compartments compartments;

	private final Alerts alerts;

	private final CallList calls;

	private final Directory directory;

	private final Leads leads;

	private final Consultations consultations;

	private final Backings backings;

	private final AgencyRequests agencies;

	private final Documents documents;

	private final Objections objections;

	private final DecisionLetters letters;

	private final Plans plans;

	private final Competence competence;

	private final CaseParts parts;

	private final Expenses expenses;

	private final ObjectProvider<UserDetailsService> localLogins;

	private final ObjectProvider<ClientRegistrationRepository> providers;

	private final ObjectProvider<LoginHints> hints;

	Pages(CasePictures pictures, CaseWaits waits, Worklist worklist, CaseFiles files, CaseActions actions,
			Alerts alerts, CallList calls, Directory directory, Leads leads, Consultations consultations,
			Backings backings, AgencyRequests agencies, Documents documents, Objections objections,
			DecisionLetters letters, Plans plans, Competence competence, CaseParts parts, Expenses expenses,
			Compartments compartments, ObjectProvider<UserDetailsService> localLogins,
			ObjectProvider<ClientRegistrationRepository> providers, ObjectProvider<LoginHints> hints) {
		this.compartments = compartments;
		this.hints = hints;
		this.localLogins = localLogins;
		this.providers = providers;
		this.pictures = pictures;
		this.waits = waits;
		this.worklist = worklist;
		this.files = files;
		this.actions = actions;
		this.alerts = alerts;
		this.calls = calls;
		this.directory = directory;
		this.leads = leads;
		this.consultations = consultations;
		this.backings = backings;
		this.agencies = agencies;
		this.documents = documents;
		this.objections = objections;
		this.letters = letters;
		this.plans = plans;
		this.competence = competence;
		this.parts = parts;
		this.expenses = expenses;
	}

	@GetMapping("/login")
	String login(Model model) {
		model.addAttribute("local", this.localLogins.getIfAvailable() != null);
		model.addAttribute("hints", this.hints.stream().flatMap((room) -> room.list().stream()).toList());
		model.addAttribute("provider", this.providers.getIfAvailable() != null);
		return "overview/login";
	}

	@GetMapping("/casus/{number}")
	String caseFile(Model model, Principal reader, Locale locale, @PathVariable String number,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate op) {
		CaseFiles.Dossier dossier = this.files.read(reader.getName(), number, "case-page");
		model.addAttribute("dossier", dossier);
		this.pictures.show(model, number, dossier.reader(), locale, op);
		model.addAttribute("apart", this.compartments.marks(reader.getName(), number));
		model.addAttribute("handedDown", handedDown(dossier));
		model.addAttribute("threats", Threat.values());
		List<Alerts.AlertLine> alerts = this.alerts.of(number);
		model.addAttribute("alerts", alerts);
		model.addAttribute("told", Alerts.Told.of(alerts));
		boolean worksOnIt = this.files.worksOn(reader.getName(), number);
		model.addAttribute("mustCall", worksOnIt && this.calls.isOpen(number));
		model.addAttribute("notHeardFrom", this.alerts.notHeardFrom(number));
		model.addAttribute("toAcknowledge", this.alerts.toAcknowledge(reader.getName(), number));
		model.addAttribute("undelivered",
				alerts.stream().filter((alert) -> alert.state().equals("undeliverable")).count());
		model.addAttribute("mine", this.worklist.openTasksOf(reader.getName(), List.of(number)));
		Lead lead = this.leads.current(number).orElse(null);
		model.addAttribute("lead", lead);
		this.waits.show(model, reader.getName(), dossier, lead, locale);
		model.addAttribute("crisisHours", this.leads.crisisHours(dossier.file()).orElse(null));
		model.addAttribute("isLead", lead != null && reader.getName().equals(lead.person()));
		model.addAttribute("plan", this.plans.of(number, reader.getName()));
		model.addAttribute("outlook", PlanPart.OUTLOOK);
		model.addAttribute("breakthrough", PlanPart.BREAKTHROUGH);
		model.addAttribute("stepKinds", StepKind.values());
		model.addAttribute("worksOnIt", worksOnIt);
		model.addAttribute("paidCents",
				worksOnIt ? this.expenses.of(number).stream().mapToLong(Expenses.Expense::cents).sum() : 0);
		model.addAttribute("consultations", this.consultations.history(number));
		model.addAttribute("advisers", this.consultations.advisersToAsk(reader.getName(), number));
		model.addAttribute("backings", this.backings.fitting(reader.getName(), dossier.file()));
		model.addAttribute("objectionKinds", Objection.Kind.values());
		model.addAttribute("hold", this.objections.hold(number).orElse(null));
		model.addAttribute("signsForBody", dossier.team() && this.letters.maySignForBody(reader.getName(), number));
		this.parts.addTo(model, reader.getName(), dossier);
		model.addAttribute("documents",
				this.documents.of(number).stream().filter((each) -> !each.kind().isAdded()).toList());
		model.addAttribute("adults", DecisionLetters.adults(dossier));
		model.addAttribute("reasons", reasons(dossier));
		model.addAttribute("asks", this.leads.asks(number));
		model.addAttribute("mayAccept", this.leads.mayAccept(reader.getName(), number, dossier.team()));
		model.addAttribute("isAsked", lead == null && this.leads.isAsked(reader.getName(), number));
		model.addAttribute("refusalReasons", RefusalReason.values());
		model.addAttribute("written", entries(dossier));
		model.addAttribute("competence", this.competence.standing(number).orElse(null));
		model.addAttribute("refusalChain", this.agencies.refusals(number));
		model.addAttribute("organisations",
				this.directory.allOrganisations().stream().filter(Organisation::connected).toList());
		return "overview/case";
	}

	@PostMapping("/casus/{number}/intrekken")
	String withdraw(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.actions.withdraw(actor.getName(), number, reason);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/doorzetten")
	String redirect(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.actions.redirectInCrisis(actor.getName(), number, reason);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/dreiging")
	String changeThreat(Principal actor, @PathVariable String number, @RequestParam String threat, @RequestParam(
			required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate eventDate) {
		this.actions.changeThreat(actor.getName(), number, threat, eventDate);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/dreiging/voorbij")
	String endThreat(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.actions.endThreat(actor.getName(), number, reason);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/pauzeren")
	String pause(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.actions.pause(actor.getName(), number, reason);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/hervatten")
	String resume(Principal actor, @PathVariable String number) {
		this.actions.resume(actor.getName(), number);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/huishouden")
	String addMember(Principal actor, @PathVariable String number, @RequestParam String name,
			@RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate birthDate,
			@RequestParam String role, @RequestParam(required = false) @Nullable String contact,
			@RequestParam(required = false) @Nullable String address,
			@RequestParam(defaultValue = "false") boolean addressSecret) {
		this.actions.addMember(actor.getName(), number, new HouseholdMember(name.strip(), birthDate, role,
				blankToNull(contact), blankToNull(address), addressSecret));
		return backTo(number);
	}

	@PostMapping("/casus/{number}/stap")
	String recordStep(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String kind,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
			@RequestParam(defaultValue = "") String line) {
		this.actions.recordStep(actor.getName(), number, kind, day, line);
		return backTo(number) + "#stap";
	}

	@PostMapping("/casus/{number}/bezwaar")
	String receiveObjection(Principal actor, @PathVariable String number, @RequestParam(defaultValue = "") String kind,
			@RequestParam(required = false) @DateTimeFormat(
					iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate receivedOn,
			@RequestParam(defaultValue = "") String reference) {
		this.objections.receive(actor.getName(), number, kind, receivedOn, reference);
		return backTo(number) + "#bezwaar";
	}

	@PostMapping("/casus/{number}/bezwaar/{objection}/intrekken")
	String withdrawObjection(Principal actor, @PathVariable String number, @PathVariable long objection) {
		this.objections.withdraw(actor.getName(), number, objection);
		return backTo(number) + "#bezwaar";
	}

	/** What somebody who answered a proposal added, by the id of what they wrote. */
	static Map<Long, String> reasons(CaseFiles.Dossier dossier) {
		Map<Long, String> reasons = new HashMap<>();
		dossier.entries().forEach((entry) -> {
			String ground = entry.answers()
				.stream()
				.filter((answer) -> answer.key().equals("ground"))
				.map((answer) -> answer.shown() + ". ")
				.findFirst()
				.orElse("");
			Stream.of("reason", "conditions", "missing", "passOnReason")
				.flatMap((key) -> Optional.ofNullable(entry.text(key)).stream())
				.findFirst()
				.ifPresent((reason) -> reasons.put(entry.id(), ground + reason));
		});
		return reasons;
	}

	/** Who took the case over from the level above, where that is how it came here. */
	private static @Nullable String handedDown(CaseFiles.Dossier dossier) {
		int stays = dossier.stays().size();
		if (stays < 2 || dossier.stays().get(stays - 2).decision() != Decision.DOWN) {
			return null;
		}
		return dossier.entries()
			.stream()
			.flatMap((entry) -> Optional.ofNullable(entry.text("takesOver")).stream())
			.reduce((before, after) -> after)
			.orElse(null);
	}

	private static Map<Long, Entry> entries(CaseFiles.Dossier dossier) {
		return dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry));
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number;
	}

}
