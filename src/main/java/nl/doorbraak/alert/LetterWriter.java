package nl.doorbraak.alert;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.alert.Letter.Invitation;
import nl.doorbraak.alert.Outbox.Standstill;
import nl.doorbraak.alert.RoundTableAlerts.Version;
import nl.doorbraak.alert.TextCarrier.TextMessage;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.Figures;
import nl.doorbraak.agency.OfficerDoor;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.RoundTable;
import nl.doorbraak.casefile.RoundTableCalendar;
import nl.doorbraak.casefile.RoundTables;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import static java.util.Map.entry;

/**
 * Writes the letter of an alert: case number, level and date, and nothing that anybody
 * typed.
 */
@Component
class LetterWriter {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final MailTemplates templates;

	private final Outbox outbox;

	private final CaseFiles files;

	private final Leads leads;

	private final Competence competence;

	private final Directory directory;

	private final RoundTables tables;

	private final RoundTableCalendar calendar;

	private final DigestContent content;

	private final OfficerDoor doors;

	private final AgencyRequests requests;

	private final Figures figures;

	private final Clock clock;

	private final URI address;

	LetterWriter(MailTemplates templates, Outbox outbox, CaseFiles files, Leads leads, Competence competence,
			Directory directory, RoundTables tables, RoundTableCalendar calendar, DigestContent content,
			OfficerDoor doors, AgencyRequests requests, Figures figures, Clock clock,
			@Value("${doorbraak.address}") URI address) {
		this.templates = templates;
		this.outbox = outbox;
		this.files = files;
		this.leads = leads;
		this.competence = competence;
		this.directory = directory;
		this.tables = tables;
		this.calendar = calendar;
		this.content = content;
		this.doors = doors;
		this.requests = requests;
		this.figures = figures;
		this.clock = clock;
		this.address = address;
	}

	/**
	 * The letter.
	 * @param late in which it fell due, so that it comes later than it should
	 */
	Letter write(Alert alert, String to, @Nullable Standstill late) {
		if (alert.kind() == AlertKind.DIGEST) {
			return digest(alert, to);
		}
		String title = Wording.subject(alert.kind());
		String subject = (alert.number().isEmpty() ? "" : "[" + alert.number() + "] ") + title;
		String what = what(alert);
		String deadline = deadline(alert);
		Map<String, Object> words = Map.ofEntries(entry("subject", subject),
				entry("preview", (what + " " + deadline).strip()), entry("number", alert.number()),
				entry("title", title), entry("what", what), entry("why", why(alert)), entry("deadline", deadline),
				entry("button", Wording.button(alert)), entry("link", link(alert)),
				entry("handOver", Wording.handOver(alert)), entry("others", others(alert)), entry("late", late(late)));
		return letter("alert", to, subject, words, alert);
	}

	private Letter letter(String template, String to, String subject, Map<String, Object> words, Alert alert) {
		return new Letter(to, subject, this.templates.text(template, words), this.templates.html(template, words),
				alert.messageId(), invitation(alert, to));
	}

	/** What the reader's calendar must know of a round table. */
	private @Nullable Invitation invitation(Alert alert, String to) {
		return switch (alert.kind()) {
			case ROUND_TABLE_PLANNED, ROUND_TABLE_MOVED ->
				new Invitation("REQUEST", this.calendar.invitation(roundTable(alert), to));
			case ROUND_TABLE_CANCELLED -> new Invitation("CANCEL",
					this.calendar.cancellation(roundTable(alert), RoundTableAlerts.version(alert).sequence(), to));
			default -> null;
		};
	}

	/** As it stands in the mail: for who need not come, as the reader has it. */
	private RoundTable roundTable(Alert alert) {
		Version version = RoundTableAlerts.version(alert);
		return this.tables.get(version.uid(),
				version.sequence() - ((alert.kind() == AlertKind.ROUND_TABLE_CANCELLED) ? 1 : 0));
	}

	private String aboutRoundTable(Alert alert) {
		RoundTable table = roundTable(alert);
		return Wording.aboutRoundTable(alert.kind(), this.calendar.where(table),
				DutchTime.period(table.beginsAt(), table.endsAt()));
	}

	/** The same in one sentence, for a telephone: number, date and where to look. */
	TextMessage text(Alert alert, String phone, @Nullable Standstill late) {
		if (alert.kind() == AlertKind.DOOR_CODE) {
			return new TextMessage(phone, "Doorbraak, casus " + alert.number() + ": " + code(alert), alert.messageId());
		}
		String deadline = deadline(alert);
		return new TextMessage(phone,
				"Doorbraak, casus " + alert.number() + ": niemand heeft de regie. "
						+ ((late != null) ? "Te laat door een storing. " : "")
						+ (deadline.isEmpty() ? "" : deadline + ". ") + link(alert),
				alert.messageId());
	}

	/** Why it comes later than it should. */
	private static String late(@Nullable Standstill late) {
		return (late != null) ? Wording.late(late) : "";
	}

	private String code(Alert alert) {
		return this.doors.code(AgencyAlerts.code(alert))
			.map((code) -> "Uw code is " + code + ". Hij werkt een kwartier, en één keer.")
			.orElse("Deze code werkt niet meer. Vraag op de pagina een nieuwe.");
	}

	/**
	 * Who is asked for the lead may say no without a login; who is asked as an agency
	 * without accounts has a door; a test message leads to its own button.
	 */
	private String link(Alert alert) {
		String path = switch (alert.kind()) {
			case DOOR_CODE -> "/instantie/" + this.doors.key(AgencyAlerts.request(alert));
			case AGENCY_ASKED, AGENCY_SILENT, SERIAL_REFUSAL, AGENCY_CONTRADICTS ->
				(alert.function() == Function.AGENCY_OFFICER)
						? "/instantie/" + this.doors.key(AgencyAlerts.request(alert)) : "/bericht/" + alert.link();
			case LEAD_ASKED -> "/regie/" + this.outbox.answerKey(alert);
			case REACHABILITY_TEST ->
				"/bereikbaarheid/proef/" + alert.deadlineVersion().substring(ReachabilityAlerts.ROUND.length());
			case FIGURES_RELEASED -> "/instanties/cijfers/" + this.figures.key(FiguresAlerts.figures(alert));
			case FIGURES_ANSWERED -> "/instanties/cijfers";
			case WORK_LEFT -> "/medewerkers/overdracht";
			default -> "/bericht/" + alert.link();
		};
		return this.address.resolve(path).toString();
	}

	/** What there is to tell now; it may have become less since the morning. */
	private Letter digest(Alert alert, String to) {
		Digest digest = this.content.of(this.directory.getOfficer(Objects.requireNonNull(alert.login())),
				DutchTime.day(this.clock.instant()));
		String subject = Wording.subject(AlertKind.DIGEST) + ": " + digest.toDo().size() + " te doen";
		String preview = digest.toDo().size() + " te doen, " + digest.lookOut().size() + " let op, "
				+ digest.toKnow().size() + " ter informatie.";
		Map<String, Object> words = Map.of("subject", subject, "preview", preview, "digest", digest, "today",
				DutchTime.date(DutchTime.day(this.clock.instant())), "why", why(alert), "address",
				this.address.toString().replaceFirst("/$", ""), "link",
				this.address.resolve("/bericht/" + alert.link()).toString());
		return letter("digest", to, subject, words, alert);
	}

	private String what(Alert alert) {
		Rung rung = (alert.rungId() != null) ? rung(alert, alert.rungId()) : null;
		return switch (alert.kind()) {
			case UNDELIVERABLE -> undelivered(alert);
			case DOOR_CODE -> code(alert);
			case ROUND_TABLE_PLANNED, ROUND_TABLE_MOVED, ROUND_TABLE_CANCELLED -> aboutRoundTable(alert);
			case LATE_WORK, CLOCK_OFF, FORM_FORGED, LOGINS_TRIED, RECORD_BROKEN, ENGINE_INCIDENT, REACHABILITY_TEST,
					FIGURES_RELEASED, FIGURES_ANSWERED, PATTERN_FOUND, LEARNING_POINT_SENT, LEARNING_POINT_REMINDER,
					LEARNING_POINT_ANSWERED, DISCUSSION_PLANNED, DISCUSSION_CANCELLED, EXAMPLE_PROPOSED,
					EXAMPLE_RETURNED, EMERGENCY_ACCESS, EMERGENCY_REVIEW_LATE, SUBJECT_REQUEST_SOON,
					SUBJECT_REQUEST_LATE, SIGNAL_LATE, WORK_LEFT, MONTH_REPORT ->
				Wording.aboutNothingElse(alert.kind());
			case LEAD_MISSING -> Wording.aboutLead(alert.kind(), "") + asking(alert.number());
			case LEAD_ASKED, LEAD_REFUSED, LEAD_RETURNED, LEAD_PROVISIONAL ->
				Wording.aboutLead(alert.kind(), organisation(alert));
			case COMPETENCE_SETTLED ->
				Wording.aboutRung(alert.kind(), Objects.requireNonNull(rung)) + competent(alert.number());
			case AGENCY_ASKED -> Wording.aboutRung(alert.kind(), Objects.requireNonNull(rung)) + askedOf(alert);
			default -> Wording.aboutRung(alert.kind(), Objects.requireNonNull(rung));
		};
	}

	/** Unless that was disputed again meanwhile. */
	private String competent(String number) {
		return this.competence.standing(number)
			.map(Competence.Standing::body)
			.map((body) -> " Bevoegd is: " + this.directory.getOrganisation(body).name() + ".")
			.orElse("");
	}

	/** Colleagues can answer too, and whoever stands in. */
	private String askedOf(Alert alert) {
		return this.requests.askedOf(this.requests.get(AgencyAlerts.request(alert)))
			.map((who) -> " Gevraagd is: " + who)
			.orElse("");
	}

	/** Appointing is no asking, nor is taking the lead oneself. */
	private String asking(String number) {
		Map<String, Lead.State> last = new HashMap<>();
		this.leads.asks(number)
			.stream()
			.filter((lead) -> !lead.askedBy().equals(Actor.TIMER) && !lead.askedBy().equals(lead.person()))
			.forEach((lead) -> last.put(lead.organisation(), lead.state()));
		return Wording.aboutAsking(last.size(),
				last.values().stream().filter((state) -> state == Lead.State.REFUSED).count());
	}

	/** The organisation that was asked, answered, or was appointed. */
	private String organisation(Alert alert) {
		return this.leads.asks(alert.number())
			.stream()
			.filter((lead) -> Long.valueOf(lead.id()).equals(alert.leadId()))
			.map((lead) -> this.directory.getOrganisation(lead.organisation()).name())
			.findFirst()
			.orElse("Niemand");
	}

	private String undelivered(Alert alert) {
		Alert other = this.outbox.get(Objects.requireNonNull(alert.aboutId()));
		return "Een bericht kon niet worden bezorgd bij: " + post(other.function(), other.body()) + ". Onderwerp: "
				+ Wording.subject(other.kind()) + " Bel zelf, en laat het e-mailadres verbeteren.";
	}

	private String why(Alert alert) {
		return "U krijgt dit bericht als " + post(alert.function(), alert.body())
				+ ((alert.because() != null) ? Wording.because(alert.because()) : "") + ".";
	}

	/** The last day with the days left; for a deadline within a day its hour. */
	private String deadline(Alert alert) {
		if (AlertKind.ABOUT_THE_LEAD.contains(alert.kind())) {
			LocalDate event = this.files.standing(alert.number()).eventDate();
			return (event != null) ? "Datum van de gebeurtenis: " + DutchTime.date(event) + " (" + left(event) + ")"
					: "";
		}
		Instant deadline = alert.deadlineAt();
		if (deadline == null || alert.kind() == AlertKind.ROUND_TABLE_CANCELLED) {
			return "";
		}
		if (alert.kind() == AlertKind.ROUND_TABLE_PLANNED || alert.kind() == AlertKind.ROUND_TABLE_MOVED) {
			RoundTable table = roundTable(alert);
			return "Op " + DutchTime.period(table.beginsAt(), table.endsAt()) + " ("
					+ left(DutchTime.day(table.beginsAt())) + ")";
		}
		return (DutchTime.isMidnight(deadline) ? "Tot en met " : "Uiterlijk ") + DutchTime.deadline(deadline) + " ("
				+ left(DutchTime.lastDay(deadline)) + ")";
	}

	private String left(LocalDate last) {
		long days = ChronoUnit.DAYS.between(DutchTime.day(this.clock.instant()), last);
		return (days > 1) ? "nog " + days + " dagen" : (days == 1) ? "morgen" : (days == 0) ? "vandaag" : "al voorbij";
	}

	/**
	 * Who else got it. Where the reader is not on the case, other organisations are only
	 * counted: that an organisation is asked may tell something about the people.
	 */
	private List<String> others(Alert alert) {
		List<Alert> siblings = this.outbox.siblings(alert);
		boolean on = alert.login() != null && !alert.number().isEmpty()
				&& siblings.stream().anyMatch((other) -> !other.body().equals(alert.body()))
				&& this.files.isOn(alert.login(), alert.number());
		Map<Boolean, List<Alert>> named = siblings.stream()
			.collect(Collectors.partitioningBy((other) -> on || other.body().equals(alert.body())));
		Map<String, Long> posts = named.getOrDefault(true, List.of())
			.stream()
			.collect(Collectors.groupingBy((other) -> post(other.function(), other.body()), LinkedHashMap::new,
					Collectors.counting()));
		int more = named.getOrDefault(false, List.of()).size();
		return Stream
			.concat(posts.entrySet()
				.stream()
				.map((post) -> (post.getValue() > 1) ? post.getKey() + " (" + post.getValue() + " personen)"
						: post.getKey()),
					Stream.of((more == 1) ? "nog een ander" : "nog " + more + " anderen").filter((words) -> more > 0))
			.toList();
	}

	private String post(Function function, String body) {
		return function.label().toLowerCase(DUTCH) + ", " + this.directory.getOrganisation(body).name();
	}

	private Rung rung(Alert alert, Long stayId) {
		return this.files.standing(alert.number())
			.stays()
			.stream()
			.filter((stay) -> stayId.equals(stay.id()))
			.map(RungStay::rung)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Alert " + alert.id() + " is about no rung"));
	}

}
