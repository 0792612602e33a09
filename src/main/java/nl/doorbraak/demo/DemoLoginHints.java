package nl.doorbraak.demo;

import java.util.List;

import nl.doorbraak.support.web.LoginHints;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The logins that the demo's login page offers, each with one thing to try. */
@Component
@Profile("demo")
class DemoLoginHints implements LoginHints {

	@Override
	public List<LoginHint> list() {
		return List.of(
				hint("anna", new Words("Casusregisseur", "Maak het plan voor de casus met de ontruiming."),
						new Words("Case director", "Make the plan for the case with the eviction.")),
				hint("paul", new Words("Procesregisseur", "Houd de regionale tafel, en neem de regie."),
						new Words("Process director", "Hold the regional table, and take the lead.")),
				hint("mila", new Words("Manager", "Teken een voorstel, of weiger en zeg waarop dat berust."),
						new Words("Manager", "Sign a proposal, or refuse and say what that rests on.")),
				hint("ulla",
						new Words("Maatwerkfunctionaris van UWV",
								"Beantwoord een vraag: u ziet de vraag, niet de casus."),
						new Words("Agency officer of UWV", "Answer a question: you see the question, not the case.")),
				hint("lotte",
						new Words("Medewerker van het loket", "Neem eerste contact op over een casus die omhoog kwam."),
						new Words("Desk officer", "Make the first contact on a case that came up.")),
				hint("amira", new Words("Ambassadeur", "Roep het escalatieteam bijeen."),
						new Words("Ambassador", "Convene the escalation team.")),
				hint("joris", new Words("Auditor", "Kijk na wie een besluit tekende, en op welk mandaat."),
						new Words("Auditor", "Check who signed a decision, and under which mandate.")),
				hint("femke",
						new Words("Functioneel beheerder",
								"Zoek op wie vandaag een besluit van 12.000 euro mag nemen."),
						new Words("Functional administrator",
								"Find out who may take a decision of 12,000 euros today.")));
	}

	private static LoginHint hint(String login, Words dutch, Words english) {
		return new LoginHint(login, DemoPeople.PASSWORD, dutch, english);
	}

}
