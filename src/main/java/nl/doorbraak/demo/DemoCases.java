package nl.doorbraak.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.casefile.Report;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.Worklist;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A few cases with a past of some weeks, made at first start by the demo's people doing
 * their work while the clock moves. The stories are public ones with invented places and
 * names.
 */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "doorbraak.demo.cases", matchIfMissing = true)
@Order(100)
class DemoCases implements ApplicationRunner {

	private final JdbcClient db;

	private final DemoClock demoClock;

	private final DatabaseClock clock;

	private final DueWork work;

	private final FormRules forms;

	private final Reporting reporting;

	private final Worklist worklist;

	private final CaseActions actions;

	DemoCases(JdbcClient db, DemoClock demoClock, DatabaseClock clock, DueWork work, FormRules forms,
			Reporting reporting, Worklist worklist, CaseActions actions) {
		this.db = db;
		this.demoClock = demoClock;
		this.clock = clock;
		this.work = work;
		this.forms = forms;
		this.reporting = reporting;
		this.worklist = worklist;
		this.actions = actions;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		if (this.db.sql("select count(*) from doorbraak.case_file").query(Long.class).single() > 0) {
			return;
		}
		Instant now = this.clock.instant();
		this.demoClock.moveTo(now.minus(Duration.ofDays(20)));
		String ministry = report("olaf", Map.of("whatIsStuck",
				"Zij moet elk jaar bewijzen dat zij geen inkomen heeft; kwijtschelding past niet in de drie gronden.",
				"lifeDomains", List.of("money", "care"), "memberName", "Elise Zandstra", "memberBirthDate",
				"1991-11-02"));
		plan("olaf", ministry, "Niet elk jaar opnieuw hoeven bewijzen.", "De jaarlijkse controle stoppen.", 0);
		decide("olaf", ministry, "decide-locally", "up", "De gemeente gaat hier niet over.");
		this.demoClock.pass(Duration.ofDays(3));
		fill("paul", ministry, "hold-round-table", Map.of("heldOn", today(), "invited", List.of("municipality", "duo"),
				"agreements", "DUO wil wel, maar de wet noemt maar drie gronden."));
		decide("paul", ministry, "decide-regionally", "up", "Het besluit ligt bij het Rijk.");
		String teeth = report("anna",
				Map.of("whatIsStuck", "Zonder gebit vindt hij geen werk; geen enkel budget betaalt de tandarts.",
						"lifeDomains", List.of("work", "care"), "amount", 2400, "memberName", "Bas Kooistra",
						"memberBirthDate", "1985-01-30"));
		plan("anna", teeth, "Weer durven lachen, en solliciteren.", "De tandarts betalen.", 2400);
		this.demoClock.pass(Duration.ofDays(6));
		decide("anna", teeth, "decide-locally", "brokenThrough",
				"Betaald uit het maatwerkbudget; het werk begint volgende maand.");
		fill("lotte", ministry, "make-first-contact", Map.of("contactedOn", today(), "competentBodyStatus", "known",
				"competentBody", "Minister van Onderwijs, Cultuur en Wetenschap"));
		decide("lotte", ministry, "decide-nationally", "up", "Alleen de minister kan hier ruimte geven.");
		String debt = report("anna", Map.of("whatIsStuck",
				"Een schuld van 6.000 euro past in geen enkele regeling. In drie maanden waren 48 instellingen betrokken, maar niemand kan hiermee helpen.",
				"lifeDomains", List.of("money", "family", "work", "housing", "care"), "amount", 6000, "memberName",
				"Ruud Verbeek", "memberBirthDate", "1979-05-12", "involved", "Wijkteam, school, schuldhulp, huisarts"));
		plan("anna", debt, "Rust in huis, en weer vooruit kunnen kijken.", "De schuld in één keer aflossen.", 6000);
		decide("anna", debt, "decide-locally", "up", "Geen potje past. De gemeente durft het niet alleen.");
		String dog = report("anna", Map.of("whatIsStuck",
				"Zij wil opgenomen worden, maar alleen als iemand voor haar hond zorgt. Het antwoord is: een pension betalen wij nooit.",
				"lifeDomains", List.of("care", "housing", "money"), "memberName", "Wil Harmsen", "memberBirthDate",
				"1968-08-21"));
		String outside = report("sara", Map.of("whatIsStuck",
				"Moeder en twee kinderen krijgen geen huurwoning, wel een dure plek in de opvang.", "lifeDomains",
				List.of("housing", "family", "money"), "memberName", "Naima Ouali", "memberBirthDate", "1990-04-17"));
		plan("sara", outside, "Een eigen huis voor haar en de kinderen.", "Een woning buiten de regels om toewijzen.",
				0);
		decide("sara", outside, "decide-locally", "up", "De corporatie valt onder de regio.");
		fill("sara", outside, "report-outside",
				Map.of("reportedOn", today(), "reportedTo", "Procesregisseur van de regio", "reference", "RHV-118",
						"nextContactOn", DutchTime.day(this.clock.instant()).plusDays(14).toString()));
		this.demoClock.pass(Duration.between(this.clock.instant(), now.minus(Duration.ofDays(1))));
		String moratorium = report("anna",
				Map.of("whatIsStuck",
						"De rechter wijst het verzoek om uitstel af: papieren ontbreken. Morgen gaat de stroom eraf.",
						"lifeDomains", List.of("money", "housing"), "threat", "energyCutOff", "eventDate",
						DutchTime.day(now).toString(), "memberName", "Sjors Lammers", "memberBirthDate", "1982-06-07"));
		plan("anna", moratorium, "Licht en warmte houden.", "De achterstand bij de netbeheerder betalen.", 850, "yes");
		decide("anna", moratorium, "decide-locally", "brokenThrough",
				"Er is geen dag te verliezen; de regeling kent dit niet.");
		String deposit = report("anna",
				Map.of("whatIsStuck", "Een jonge moeder slaapt in haar auto; voor de borg bestaat geen potje.",
						"lifeDomains", List.of("housing", "family"), "memberName", "Dewi Pronk", "memberBirthDate",
						"2007-02-19"));
		plan("anna", deposit, "Een eigen huis voor haar en de baby.", "De borg en de eerste huur betalen.", 3200);
		decide("anna", deposit, "decide-locally", "brokenThrough", "De verhuurder wacht tot vrijdag.");
		this.demoClock.pass(Duration.between(this.clock.instant(), now));
		LocalDate soon = DutchTime.day(now).plusDays(5);
		String couch = report("anna", Map.of("whatIsStuck",
				"Zij mag bij vrienden slapen maar zich daar niet inschrijven. Burgerzaken en Sociaal Domein zijn het oneens over een briefadres.",
				"lifeDomains", List.of("housing", "identity"), "threat", "eviction", "eventDate", soon.toString(),
				"memberName", "Iris Blom", "memberBirthDate", "2001-09-03"));
		this.actions.addMember("anna", couch,
				new HouseholdMember("Noor Blom", null, "other", "06 00 00 00 00", null, true));
		plan("karim", dog, "Opgenomen worden, en daarna haar hond terug.", "Het dierenpension betalen.", 1400);
	}

	private String report(String login, Map<String, ?> fields) {
		String number = this.reporting.report(login, this.forms.check(Report.FORM, fields, Map.of()));
		this.work.doDue();
		return number;
	}

	private void plan(String login, String number, String effect, String breakthrough, int cost) {
		plan(login, number, effect, breakthrough, cost, "no");
	}

	private void plan(String login, String number, String effect, String breakthrough, int cost, String deviates) {
		fill(login, number, "make-plan", Map.of("desiredEffect", effect, "firstBreakthrough", breakthrough, "cost",
				cost, "deviates", deviates, "perspectiveShared", "yes"));
	}

	private void decide(String login, String number, String form, String decision, String why) {
		fill(login, number, form, Map.of("decision", decision, "explanation", why));
	}

	private void fill(String login, String number, String form, Map<String, ?> fields) {
		String task = this.worklist.openTasks(login)
			.stream()
			.filter((open) -> open.subject().equals(number) && open.form().equals(form))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The demo's " + login + " has no task " + form))
			.id();
		this.worklist.claim(login, task);
		this.worklist.complete(login, task, fields);
		this.work.doDue();
	}

	private String today() {
		return DutchTime.day(this.clock.instant()).toString();
	}

}
