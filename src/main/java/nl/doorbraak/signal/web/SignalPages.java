package nl.doorbraak.signal.web;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Reporting.Signalled;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.signal.Arrears;
import nl.doorbraak.signal.Contact;
import nl.doorbraak.signal.EarlySignal;
import nl.doorbraak.signal.EarlySignals;
import nl.doorbraak.signal.NoCase;
import nl.doorbraak.signal.Told;
import nl.doorbraak.signal.Triage;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Early signals of a municipality, for its casusregisseurs. */
@Controller
@RequestMapping(SignalPages.PATH)
class SignalPages {

	static final String PATH = "/signaal";

	private final EarlySignals signals;

	private final CaseFiles files;

	private final Directory directory;

	SignalPages(EarlySignals signals, CaseFiles files, Directory directory) {
		this.signals = signals;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping
	String list(Model model, Principal reader) {
		model.addAttribute("signals", this.signals.list(reader.getName()));
		model.addAttribute("late", (Predicate<EarlySignal>) this.signals::isLate);
		model.addAttribute("senders", this.signals.senders(reader.getName()));
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("kinds", Arrears.values());
		model.addAttribute("threats", Threat.values());
		model.addAttribute("contacts", Contact.values());
		model.addAttribute("reasons", NoCase.values());
		model.addAttribute("triages", Triage.values());
		return "signal/signals";
	}

	@PostMapping
	String enter(Model model, Principal actor, @RequestParam Map<String, String> typed,
			@RequestParam(defaultValue = "") String sender, @RequestParam(defaultValue = "") String kind,
			@RequestParam(defaultValue = "0") int months, @RequestParam(defaultValue = "") String needed,
			@RequestParam(defaultValue = "") String reason) {
		if (needed.equals("no")) {
			this.signals.dismiss(actor.getName(), sender, kind, months, reason);
			return list(model, actor, "dismissed", null);
		}
		Signalled kept = this.signals.enter(actor.getName(), sender, told(typed, kind, months));
		return list(model, actor, kept.joined() ? "joined" : "opened",
				this.files.isOn(actor.getName(), kept.number()) ? kept.number() : null);
	}

	private String list(Model model, Principal reader, String done, @Nullable String number) {
		String page = list(model, reader);
		model.addAttribute("done", done);
		model.addAttribute("number", number);
		return page;
	}

	private static Told told(Map<String, String> typed, String kind, int months) {
		return new Told("", kind, months, typed.getOrDefault("amount", ""), typed.getOrDefault("name", ""),
				day(typed, "birthDate"), typed.getOrDefault("address", ""), typed.getOrDefault("contact", ""),
				typed.getOrDefault("threat", ""), day(typed, "eventDate"), typed.getOrDefault("triage", ""));
	}

	private static @Nullable LocalDate day(Map<String, String> typed, String field) {
		String day = typed.getOrDefault(field, "");
		try {
			return day.isBlank() ? null : LocalDate.parse(day);
		}
		catch (java.time.DateTimeException ex) {
			throw Refused.invalid("signal-day", "Vul een datum in zoals 31-12-1990.", field);
		}
	}

	@PostMapping("/{id}/contact")
	String contact(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String how,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day) {
		this.signals.contact(actor.getName(), id, how, day);
		return "redirect:" + PATH;
	}

	@PostMapping("/{id}/sluiten")
	String close(Principal actor, @PathVariable long id, @RequestParam(defaultValue = "") String reason) {
		this.signals.close(actor.getName(), id, reason);
		return "redirect:" + PATH;
	}

	/** Their doors; who works on the case of a signal is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		private static final Set<String> DIRECTORS = Set.of(Function.CASE_DIRECTOR.code());

		@Bean
		Routes signalRoutes() {
			return () -> List.of(Route.get(PATH, DIRECTORS), Route.post(PATH, DIRECTORS),
					Route.post(PATH + "/*/contact", DIRECTORS), Route.post(PATH + "/*/sluiten", DIRECTORS));
		}

		@Bean
		MenuLink signalLink() {
			return new MenuLink(PATH, "Signalen");
		}

	}

}
