package nl.doorbraak.casefile.web;

import java.net.URI;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Report;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.support.FormRules;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Cases for other systems: the same rules as the forms, JSON in,
 * {@code application/problem+json} when it is no.
 */
@RestController
@RequestMapping("/api/v1/cases")
class CaseApi {

	private final Reporting reporting;

	private final FormRules forms;

	private final CaseFiles files;

	private final CaseActions actions;

	CaseApi(Reporting reporting, FormRules forms, CaseFiles files, CaseActions actions) {
		this.reporting = reporting;
		this.forms = forms;
		this.files = files;
		this.actions = actions;
	}

	@PostMapping
	ResponseEntity<Map<String, String>> report(Principal caller, @RequestBody Map<String, Object> fields) {
		String number = this.reporting.report(caller.getName(), this.forms.check(Report.FORM, fields, Map.of()));
		return ResponseEntity.created(URI.create("/api/v1/cases/" + number)).body(Map.of("number", number));
	}

	@GetMapping("/{number}")
	CaseState state(Principal caller, @PathVariable String number) {
		CaseFiles.Dossier dossier = this.files.read(caller.getName(), number, "api");
		RungStay stay = dossier.stay().orElse(null);
		return new CaseState(number, dossier.file().state().name().toLowerCase(java.util.Locale.ROOT),
				(dossier.file().outcome() != null) ? dossier.file().outcome().code() : null,
				(stay != null) ? stay.rung().code() : null, (stay != null) ? stay.termLastDay() : null,
				(stay != null) ? stay.termExplanation() : null);
	}

	@PostMapping("/{number}/withdrawal")
	void withdraw(Principal caller, @PathVariable String number, @RequestBody Reason body) {
		this.actions.withdraw(caller.getName(), number, text(body.reason()));
	}

	@PostMapping("/{number}/redirection")
	void redirect(Principal caller, @PathVariable String number, @RequestBody Reason body) {
		this.actions.redirectInCrisis(caller.getName(), number, text(body.reason()));
	}

	@PostMapping("/{number}/threat")
	void changeThreat(Principal caller, @PathVariable String number, @RequestBody ThreatChange body) {
		this.actions.changeThreat(caller.getName(), number, text(body.threat()), body.eventDate());
	}

	@PostMapping("/{number}/threat-end")
	void endThreat(Principal caller, @PathVariable String number, @RequestBody Reason body) {
		this.actions.endThreat(caller.getName(), number, text(body.reason()));
	}

	@PostMapping("/{number}/pause")
	void pause(Principal caller, @PathVariable String number, @RequestBody Reason body) {
		this.actions.pause(caller.getName(), number, text(body.reason()));
	}

	@PostMapping("/{number}/resumption")
	void resume(Principal caller, @PathVariable String number) {
		this.actions.resume(caller.getName(), number);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	record Reason(@Nullable String reason) {
	}

	record ThreatChange(@Nullable String threat, @Nullable LocalDate eventDate) {
	}

	/** Where a case stands: codes and dates. */
	record CaseState(String number, String state, @Nullable String outcome, @Nullable String rung,
			@Nullable LocalDate termLastDay, @Nullable String termExplanation) {
	}

}
