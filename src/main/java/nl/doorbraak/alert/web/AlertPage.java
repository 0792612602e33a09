package nl.doorbraak.alert.web;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import nl.doorbraak.alert.AlertKind;
import nl.doorbraak.alert.Alerts;
import nl.doorbraak.alert.Alerts.Landing;
import nl.doorbraak.casefile.CaseFiles;
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

/**
 * Where the link of a mail leads: to the case, or, for who was told of a case without
 * being on it, to a page that says whom to call.
 */
@Controller
class AlertPage {

	/** What leads who was asked to sign to the page where one signs. */
	private static final Set<AlertKind> ABOUT_SIGNING = Set.of(AlertKind.SIGN_OFF_ASKED, AlertKind.SIGN_OFF_REMINDER,
			AlertKind.CONSULTATION_ANSWERED, AlertKind.DECIDED_BY_MANDATOR);

	/** What leads to the measures, also who is not on the case. */
	private static final Set<AlertKind> ABOUT_A_MEASURE = Set.of(AlertKind.MEASURE_ASKED, AlertKind.MEASURE_SOON,
			AlertKind.MEASURE_LATE);

	/** What leads to the page of aftercare. */
	private static final Set<AlertKind> ABOUT_AN_EMERGENCY = Set.of(AlertKind.EMERGENCY_ACCESS,
			AlertKind.EMERGENCY_REVIEW_LATE);

	/** What leads to the requests of residents. */
	private static final Set<AlertKind> ABOUT_A_REQUEST = Set.of(AlertKind.SUBJECT_REQUEST_SOON,
			AlertKind.SUBJECT_REQUEST_LATE);

	private static final Set<AlertKind> AFTER_THE_CLOSING = Set.of(AlertKind.AFTERCARE_DUE, AlertKind.SURVEY_DUE);

	private final Alerts alerts;

	private final CaseFiles files;

	AlertPage(Alerts alerts, CaseFiles files) {
		this.alerts = alerts;
		this.files = files;
	}

	@GetMapping("/bericht/{link}")
	String open(Model model, Principal reader, @PathVariable String link) {
		Landing landing = this.alerts.land(reader.getName(), uuid(link));
		if (landing.number().isEmpty()) {
			return "redirect:" + page(landing.kind());
		}
		if (ABOUT_SIGNING.contains(landing.kind()) && this.files.wasAskedToSign(reader.getName(), landing.number())) {
			return "redirect:/tekenen/" + landing.number();
		}
		if (this.files.isOn(reader.getName(), landing.number())) {
			return "redirect:/casus/" + landing.number()
					+ (ABOUT_A_MEASURE.contains(landing.kind()) ? "/uitvoering"
							: AFTER_THE_CLOSING.contains(landing.kind()) ? "/nazorg"
									: ABOUT_A_REQUEST.contains(landing.kind()) ? "/verzoeken" : "");
		}
		if (ABOUT_AN_EMERGENCY.contains(landing.kind())) {
			return "redirect:/noodtoegang";
		}
		if (ABOUT_A_REQUEST.contains(landing.kind())) {
			return "redirect:/verzoeken";
		}
		if (ABOUT_A_MEASURE.contains(landing.kind())) {
			return "redirect:/maatregelen";
		}
		model.addAttribute("landing", landing);
		return "alert/landing";
	}

	private static String page(AlertKind kind) {
		return switch (kind) {
			case PATTERN_FOUND, LEARNING_POINT_SENT, LEARNING_POINT_REMINDER, LEARNING_POINT_ANSWERED -> "/patronen";
			case DISCUSSION_PLANNED, DISCUSSION_CANCELLED -> "/casuistiek";
			case EXAMPLE_PROPOSED, EXAMPLE_RETURNED -> "/voorbeelden";
			case MONTH_REPORT -> "/bestuurders";
			case RECORD_BROKEN -> "/controle/keten";
			default -> "/";
		};
	}

	/** The button: no link and no scanner of mail comes here. */
	@PostMapping("/bericht/{link}/gezien")
	String acknowledge(Principal reader, @PathVariable String link) {
		this.alerts.acknowledge(reader.getName(), uuid(link));
		return "redirect:/bericht/" + link;
	}

	@PostMapping("/casus/{number}/berichten/gezien")
	String acknowledgeAll(Principal reader, @PathVariable String number) {
		this.alerts.acknowledge(reader.getName(), number);
		return "redirect:/casus/" + number;
	}

	static UUID uuid(String link) {
		try {
			return UUID.fromString(link);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.notFound();
		}
	}

	/** Its doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes alertRoutes() {
			return () -> List.of(Route.get("/bericht/*", Route.LOGGED_IN),
					Route.post("/bericht/*/gezien", Route.LOGGED_IN),
					Route.post("/casus/*/berichten/gezien", Route.LOGGED_IN));
		}

	}

}
