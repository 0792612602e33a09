package nl.doorbraak.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The mail of every kind of alert, as text and as HTML, about a case full of words. */
@WholeApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterIT {

	private static final String CANARY = "kwikstaart";

	/** What may be about no case at all. */
	private static final List<AlertKind> ABOUT_NO_CASE = Stream
		.concat(AlertKind.ABOUT_LEARNING.stream(),
				Stream.of(AlertKind.LATE_WORK, AlertKind.CLOCK_OFF, AlertKind.FORM_FORGED, AlertKind.LOGINS_TRIED,
						AlertKind.RECORD_BROKEN, AlertKind.REACHABILITY_TEST, AlertKind.FIGURES_RELEASED,
						AlertKind.FIGURES_ANSWERED, AlertKind.DIGEST, AlertKind.MONTH_REPORT, AlertKind.UNDELIVERABLE))
		.toList();

	private static final List<AlertKind> ROUND_TABLE = List.of(AlertKind.ROUND_TABLE_PLANNED,
			AlertKind.ROUND_TABLE_MOVED, AlertKind.ROUND_TABLE_CANCELLED);

	private final Town town;

	private final LetterWriter writer;

	private final Outbox outbox;

	private final CaseFiles files;

	private final Leads leads;

	private String number;

	private LocalDate event;

	private long about;

	private String roundTable;

	private long request;

	private long figures;

	private long lead;

	@Autowired
	LetterIT(Town town, LetterWriter writer, Outbox outbox, CaseFiles files, Leads leads) {
		this.town = town;
		this.writer = writer;
		this.outbox = outbox;
		this.files = files;
		this.leads = leads;
	}

	@BeforeAll
	void openCase() {
		Town.Visitor anna = this.town.as("anna");
		this.number = anna.report(Map.of("whatIsStuck", "Een " + CANARY + " zit klem.", "lifeDomains", List.of("money"),
				"amount", 10, "involved", CANARY, "memberName", CANARY + " Jansen", "memberBirthDate", "1990-01-01"));
		this.event = this.town.today().plusDays(1);
		anna.post("/api/v1/cases/" + this.number + "/threat",
				Map.of("threat", "eviction", "eventDate", this.event.toString()));
		anna.fill(this.number, "make-plan",
				Map.of("desiredEffect", CANARY, "firstBreakthrough", CANARY, "cost", 10, "perspectiveShared", "yes"));
		anna.post("/api/v1/cases/" + this.number + "/lead/question", Map.of("organisation", "RG01"));
		this.lead = this.leads.asks(this.number).get(0).id();
		this.about = this.outbox.of(this.number).get(0).id();
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + this.number + "/instanties", Map.of("agency", "UWV", "question", CANARY));
		this.request = this.town.database()
			.sql("select max(id) from doorbraak.agency_request where case_number = ?")
			.param(this.number)
			.query(Long.class)
			.single();
		this.figures = this.town.database()
			.sql("""
					insert into doorbraak.agency_figures (agency_id, period, asked, answered_in_term, silent, refused,
					  not_assessed, serial, taken_back, released_at, opens_on)
					values ('CJIB', '1999-1', 9, 9, 0, 0, 0, 0, 0, '2000-01-01', '2000-02-01') returning id""")
			.query(Long.class)
			.single();
		planRoundTable("10:00", -1);
		planRoundTable("12:00", 0);
		this.roundTable = this.outbox.of(this.number)
			.stream()
			.filter((alert) -> alert.kind() == AlertKind.ROUND_TABLE_MOVED)
			.findFirst()
			.orElseThrow()
			.deadlineVersion();
	}

	private void planRoundTable(String begin, int sequence) {
		assertThat(WebVisitor.login(this.town, "anna")
			.form("/casus/" + this.number + "/rondetafel",
					Map.of("day", this.town.today().plusDays(4).toString(), "begin", begin, "end", "13:00", "where",
							"online", "place", CANARY, "guests", "anna,karim", "sequence", String.valueOf(sequence)))
			.status()).isEqualTo(302);
	}

	@AfterAll
	void close() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
	}

	@ParameterizedTest
	@EnumSource
	void tellsWhyByWhenWithOneButtonAndHowToHandOverAndNoWordOfTheCase(AlertKind kind) {
		for (Alert alert : alerts(kind)) {
			Letter letter = write(alert);
			HtmlMail mail = new HtmlMail(letter.html());
			boolean digest = kind == AlertKind.DIGEST;
			boolean caseless = alert.number().isEmpty();
			if (caseless || digest) {
				assertThat(letter.subject()).doesNotContain("[").isNotBlank();
			}
			else {
				assertThat(letter.subject()).startsWith("[" + alert.number() + "] ");
				assertThat(mail.lines()).startsWith("Casus " + alert.number());
			}
			assertThat(mail.title()).isEqualTo(letter.subject());
			assertThat(mail.texts("a.button")).as("one button").hasSize(1);
			assertThat(mail.attribute("a.button", "href"))
				.matches("http://localhost:8080/(bericht|regie|instantie)/[0-9a-f-]{36}"
						+ "|http://localhost:8080/bereikbaarheid/proef/1|http://localhost:8080/instanties/cijfers(/[0-9a-f-]{36})?|http://localhost:8080/medewerkers/overdracht");
			assertThat(mail.lines()).anyMatch((line) -> line.startsWith("U krijgt dit bericht als "));
			if (!digest) {
				assertThat(mail.texts("a")).as("and no other link").hasSize(1);
				assertThat(mail.lines()).contains(Wording.handOver(alert));
				if (kind != AlertKind.ROUND_TABLE_CANCELLED) {
					assertThat(mail.lines()).contains(deadline(alert));
					assertThat(mail.preview()).endsWith(deadline(alert));
				}
			}
			assertThat(linesOf(letter.text())).as("the text says the same")
				.containsExactlyElementsOf(
						mail.lines().stream().filter((line) -> !mail.texts("a.button").contains(line)).toList());
			assertThat(letter.text())
				.contains(mail.texts("a.button").get(0) + ": " + mail.attribute("a.button", "href"));
			for (String part : List.of(letter.subject(), letter.text(), letter.html())) {
				assertThat(part.toLowerCase()).doesNotContain(CANARY)
					.doesNotContain("null", "${", "[[", "[(", "[#", "[/]", " th:", "data-th", "mj-include")
					.doesNotContainPattern("<(p|strong|li|h1|title|a)[^>]*></|=\"\"|\n\n\n");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void asksNothingOfAnybodyWhenItIsOpened(AlertKind kind) {
		String html = write(alerts(kind).get(0)).html();
		assertThat(html).contains("<html lang=\"nl\"").hasSizeLessThan(50_000);
		assertThat(html.toLowerCase()).doesNotContain("<script", "<img", "<link", "<iframe", "<form", "@import", "url(",
				"background=", "cid:");
		assertThat(html.replace("http://localhost:8080/", "").replace("http://www.w3.org/1999/xhtml", ""))
			.doesNotContain("http:", "https:", "//www");
	}

	@Test
	void isReadableOnATelephoneAndAScreenByDayAndByNight() {
		try (Screens screens = Screens.open()) {
			for (int width : List.of(390, 1280)) {
				for (ColorScheme light : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
					for (AlertKind kind : List.of(AlertKind.LEAD_ASKED, AlertKind.DIGEST)) {
						try (Screen screen = screens.screen(this.town.address(), width)) {
							screen.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(light));
							screen.page().setContent(write(alerts(kind).get(0)).html());
							screen.assertReadable();
							screen.picture("mail-" + kind.code() + "-" + width + "-" + light);
							assertThat(screen.page().locator("a.button").boundingBox().height).as("for a thumb")
								.isGreaterThanOrEqualTo(44);
							assertThat(screen.calls()).as("nothing fetched").isEmpty();
							assertThat(screen.faults()).isEmpty();
						}
					}
				}
			}
		}
	}

	/** As its own kind tells it: the day with the days left, or the event. */
	private String deadline(Alert alert) {
		if (AlertKind.ABOUT_THE_LEAD.contains(alert.kind()) && !alert.number().isEmpty()) {
			return "Datum van de gebeurtenis: " + DutchTime.date(this.event) + " (morgen)";
		}
		if (ROUND_TABLE.contains(alert.kind())) {
			return "Op " + DutchTime.date(this.town.today().plusDays(4)) + ", 12:00 tot 13:00 uur (nog 4 dagen)";
		}
		return DutchTime.isMidnight(alert.deadlineAt())
				? "Tot en met " + DutchTime.date(this.town.today().plusDays(3)) + " (nog 3 dagen)"
				: "Uiterlijk " + DutchTime.date(this.town.today().plusDays(4)) + ", 01:00 uur (nog 4 dagen)";
	}

	private Letter write(Alert alert) {
		return this.writer.write(alert, alert.login() + "@waterdam.example", null);
	}

	/**
	 * To the team and to a function, for a day and for an hour, about a case and none.
	 */
	private List<Alert> alerts(AlertKind kind) {
		Instant midnight = this.town.today().plusDays(4).atStartOfDay(DutchTime.ZONE).toInstant();
		List<Alert> all = new ArrayList<>(List.of(alert(kind, this.number, Function.MANAGER, "mila", midnight),
				alert(kind, this.number, Function.CASE_DIRECTOR, "anna", midnight.plusSeconds(3600))));
		if (ABOUT_NO_CASE.contains(kind)) {
			all.add(0, alert(kind, "", Function.CASE_DIRECTOR, "anna", midnight));
		}
		return all;
	}

	private Alert alert(AlertKind kind, String about, Function function, String login, Instant deadline) {
		Long rung = about.isEmpty() ? null : this.files.standing(this.number).last().id();
		return new Alert(this.about, about, rung, kind, version(kind), function, "GM9001", login, null, this.lead,
				this.about, deadline, deadline, Alert.State.WAITING, 0, "<a@b>", UUID.randomUUID(), Alert.Channel.MAIL,
				null, null);
	}

	private String version(AlertKind kind) {
		return (kind == AlertKind.REACHABILITY_TEST) ? ReachabilityAlerts.ROUND + 1
				: (kind == AlertKind.DOOR_CODE) ? "request " + this.request + " code 1"
						: (kind == AlertKind.AGENCY_ASKED) ? "request " + this.request
								: kind.code().startsWith("figures") ? "figures " + this.figures
										: ROUND_TABLE.contains(kind) ? this.roundTable : "x";
	}

	/** Sentences of the text, without addresses and the button. */
	private static List<String> linesOf(String text) {
		return Arrays.stream(text.split("\n"))
			.map((line) -> line.strip().replaceFirst("^- ", ""))
			.filter((line) -> !line.isEmpty() && !line.matches("(.*: )?https?://\\S+"))
			.toList();
	}

}
