package nl.doorbraak.lead.web;

import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Appointments;
import nl.doorbraak.lead.HandOvers;
import nl.doorbraak.lead.HandOvers.HandOver;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.LeadWatch;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Who has the lead of one case, and everything one can say to that, on a telephone too.
 * Shows nothing about the people of the case: who has power to push through may read it
 * without being on the case.
 */
@Controller
class LeadPages {

	private final Leads leads;

	private final LeadWatch watch;

	private final HandOvers handOvers;

	private final Appointments appointments;

	private final CaseFiles files;

	private final Directory directory;

	LeadPages(Leads leads, LeadWatch watch, HandOvers handOvers, Appointments appointments, CaseFiles files,
			Directory directory) {
		this.leads = leads;
		this.watch = watch;
		this.handOvers = handOvers;
		this.appointments = appointments;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping("/casus/{number}/regie")
	String show(Model model, Principal reader, @PathVariable String number) {
		String login = reader.getName();
		boolean on = this.files.isOn(login, number);
		boolean appoints = this.appointments.mayAppoint(login, number);
		if (!on && !appoints) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.get(number);
		Lead lead = this.leads.current(number).orElse(null);
		List<Organisation> organisations = this.directory.allOrganisations()
			.stream()
			.sorted(Comparator.comparing(Organisation::name))
			.toList();
		boolean team = this.files.isTeam(login, number);
		boolean isLead = lead != null && login.equals(lead.person());
		boolean mayAccept = on && this.leads.mayAccept(login, number, team);
		boolean isAsked = on && this.leads.isAsked(login, number);
		HandOver offered = this.handOvers.open(number).orElse(null);
		model.addAttribute("number", number);
		model.addAttribute("on", on);
		model.addAttribute("open", file.state() != CaseFile.State.CLOSED);
		model.addAttribute("eventDate", file.eventDate());
		model.addAttribute("crisisHours", this.leads.crisisHours(file).orElse(null));
		model.addAttribute("lead", lead);
		model.addAttribute("isLead", isLead);
		model.addAttribute("asks", this.leads.asks(number));
		model.addAttribute("team", team);
		model.addAttribute("mayAccept", mayAccept);
		model.addAttribute("isAsked", isAsked);
		model.addAttribute("nothing", !(mayAccept || isAsked || isLead || appoints || (team && lead == null)
				|| (offered != null && login.equals(offered.offeredTo()))));
		model.addAttribute("mustCall", lead == null && this.files.worksOn(login, number) && this.watch.mustCall(file));
		model.addAttribute("teamNames",
				this.files.team(number).stream().map(this.directory::nameOf).collect(Collectors.joining(", ")));
		model.addAttribute("appoints", appoints);
		model.addAttribute("powers", this.appointments.of(number));
		model.addAttribute("offered", offered);
		model.addAttribute("reader", login);
		model.addAttribute("nextOnes", (lead != null && isLead) ? this.handOvers.nextOnes(lead) : List.of());
		model.addAttribute("reasons", RefusalReason.choices());
		model.addAttribute("allReasons", RefusalReason.values());
		model.addAttribute("organisations", organisations);
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "lead/lead";
	}

	@PostMapping("/casus/{number}/regie/vragen")
	String ask(Principal actor, @PathVariable String number, @RequestParam String organisation) {
		this.leads.ask(actor.getName(), number, organisation);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/regie/nemen")
	String accept(Principal actor, @PathVariable String number) {
		this.leads.accept(actor.getName(), number);
		return "redirect:/casus/" + number;
	}

	@PostMapping("/casus/{number}/regie/weigeren")
	String refuse(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.leads.refuse(actor.getName(), number, reason);
		return away(actor, number);
	}

	@PostMapping("/casus/{number}/regie/doorverwijzen")
	String refer(Principal actor, @PathVariable String number, @RequestParam String organisation) {
		this.leads.refer(actor.getName(), number, organisation);
		return away(actor, number);
	}

	@PostMapping("/casus/{number}/regie/teruggeven")
	String giveBack(Principal actor, @PathVariable String number, @RequestParam String reason) {
		this.leads.giveBack(actor.getName(), number, reason);
		return away(actor, number);
	}

	@PostMapping("/casus/{number}/regie/overdragen")
	String offer(Principal actor, @PathVariable String number, @RequestParam String next) {
		this.handOvers.offer(actor.getName(), number, next);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/regie/overnemen")
	String takeOver(Principal actor, @PathVariable String number, @RequestParam boolean yes) {
		this.handOvers.answer(actor.getName(), number, yes);
		return away(actor, number);
	}

	@PostMapping("/casus/{number}/regie/houden")
	String withdraw(Principal actor, @PathVariable String number) {
		this.handOvers.withdraw(actor.getName(), number);
		return backTo(number);
	}

	@PostMapping("/casus/{number}/regie/aanwijzen")
	String appoint(Principal actor, @PathVariable String number, @RequestParam String organisation) {
		this.appointments.appoint(actor.getName(), number, organisation);
		return away(actor, number);
	}

	/** Who is not on the case any more goes to the start page. */
	private String away(Principal actor, String number) {
		return this.files.isOn(actor.getName(), number) ? backTo(number) : "redirect:/";
	}

	private static String backTo(String number) {
		return "redirect:/casus/" + number + "/regie";
	}

	/** Its doors; who is on the case, was asked or may appoint is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes leadPageRoutes() {
			List<Route> all = Stream.concat(Stream.of(Route.get("/casus/*/regie", Route.LOGGED_IN)),
					Stream
						.of("vragen", "nemen", "weigeren", "doorverwijzen", "teruggeven", "overdragen", "overnemen",
								"houden", "aanwijzen")
						.map((act) -> Route.post("/casus/*/regie/" + act, Route.LOGGED_IN)))
				.toList();
			return () -> all;
		}

	}

}
