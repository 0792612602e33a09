package nl.doorbraak.operations.web;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import nl.doorbraak.alert.AlertJournal;
import nl.doorbraak.alert.Sending;
import nl.doorbraak.alert.Unsent;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.audit.Head;
import nl.doorbraak.audit.Heads;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.operations.Repairs;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;

import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What the functional administrator must know of Doorbraak itself, and where something is
 * tried once more.
 */
@Controller
@RequestMapping(HealthPage.PATH)
class HealthPage {

	static final String PATH = "/gezondheid";

	/** As the service outside that hears the heartbeat. */
	private static final Duration SILENT = Duration.ofMinutes(5);

	private final Repairs repairs;

	private final ChainChecks checks;

	private final Heads heads;

	private final AlertJournal journal;

	private final Sending sending;

	private final DatabaseClock clock;

	private final Directory directory;

	private final MessageSource messages;

	/** Whether people move the clock here. */
	private final boolean demo;

	HealthPage(Repairs repairs, ChainChecks checks, Heads heads, AlertJournal journal, Sending sending,
			DatabaseClock clock, Directory directory, MessageSource messages, Environment environment) {
		this.repairs = repairs;
		this.checks = checks;
		this.heads = heads;
		this.journal = journal;
		this.sending = sending;
		this.clock = clock;
		this.directory = directory;
		this.messages = messages;
		this.demo = environment.acceptsProfiles(Profiles.of("demo"));
	}

	@GetMapping
	String show(Model model, Principal reader, Locale locale, @RequestParam(defaultValue = "") String opnieuw) {
		Instant looked = this.repairs.watchdogLooked().orElse(null);
		model.addAttribute("looked", looked);
		model.addAttribute("watches", looked != null && isRecent(looked, this.clock));
		model.addAttribute("ahead", this.clock.difference().toSeconds());
		model.addAttribute("skewed", this.clock.isOff());
		model.addAttribute("demo", this.demo);
		model.addAttribute("check", this.checks.latestEnded().orElse(null));
		model.addAttribute("head", this.heads.latest().map(Head::at).orElse(null));
		model.addAttribute("journal", this.journal.isWritable());
		model.addAttribute("failed", this.repairs.failed(reader.getName()));
		List<Unsent.Late> unsent = this.repairs.unsent(reader.getName());
		model.addAttribute("unsent", unsent);
		model.addAttribute("halted", this.sending.halted().isPresent());
		model.addAttribute("overdue", this.repairs.overdue(reader.getName()));
		model.addAttribute("body", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		model.addAttribute("said", (Function<Unsent.Late, String>) (each) -> said(each, locale));
		model.addAttribute("kind",
				(UnaryOperator<String>) (kind) -> message("record.value.lateWorkFound." + kind, kind, locale));
		model.addAttribute("again", Set.of("stap", "bericht").contains(opnieuw) ? opnieuw : "");
		return "operations/health";
	}

	private static boolean isRecent(Instant looked, Clock clock) {
		return Duration.between(looked, clock.instant()).compareTo(SILENT) <= 0;
	}

	private String said(Unsent.Late alert, Locale locale) {
		if (alert.answer().isEmpty()) {
			return message("health.answer.none", "", locale);
		}
		return message("health.answer." + alert.answer(),
				this.messages.getMessage("health.answer.code", new Object[] { alert.answer() }, locale), locale);
	}

	private String message(String key, String otherwise, Locale locale) {
		return String.valueOf(this.messages.getMessage(key, null, otherwise, locale));
	}

	@PostMapping("/stappen/{id}/opnieuw")
	String tryAgain(Principal actor, @PathVariable String id) {
		this.repairs.tryAgain(actor.getName(), id);
		return "redirect:" + PATH + "?opnieuw=stap";
	}

	@PostMapping("/berichten/{id}/opnieuw")
	String sendAgain(Principal actor, @PathVariable long id) {
		this.repairs.sendAgain(actor.getName(), id);
		return "redirect:" + PATH + "?opnieuw=bericht";
	}

	/** Its doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes healthRoutes() {
			Set<String> readers = Set.of(nl.doorbraak.directory.Function.ADMINISTRATOR.code());
			return () -> List.of(Route.get(PATH, readers), Route.post(PATH + "/stappen/*/opnieuw", readers),
					Route.post(PATH + "/berichten/*/opnieuw", readers));
		}

		@Bean
		MenuLink healthLink() {
			return new MenuLink(PATH, "Gezondheid");
		}

	}

}
