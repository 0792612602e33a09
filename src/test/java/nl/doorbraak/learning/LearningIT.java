package nl.doorbraak.learning;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.DueWork;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import static org.assertj.core.api.Assertions.assertThat;

/** From what is in the way of three cases to what a body changed because of it. */
@WholeApplication
class LearningIT {

	private final Town town;

	/** Of this run alone: the database is shared. */
	private final String word = "q" + Long.toString(System.nanoTime(), 36);

	private final DueWork reminders;

	@Autowired
	LearningIT(Town town, @Qualifier("learningReminders") DueWork reminders) {
		this.reminders = reminders;
		this.town = town;
	}

	@Test
	void thirdCaseMakesAPatternWithAnOwnerWhoAsksWhoCanChangeIt() {
		String wording = "Uitkering stopt bij verhuizing " + this.word;
		List<String> numbers = List.of(report("anna"), report("anna"), report("olaf"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(share(anna, numbers.get(0), wording).status()).isEqualTo(302);
		long id = one("select id from doorbraak.obstacle where wording = '" + wording + "'");
		WebVisitor.Answer alike = anna.form(page(numbers.get(1)),
				Map.of("kind", "complexLaw", "wording", "Uitkeringen en verhuizingen " + this.word, "order", "1"));
		assertThat(alike.status()).isEqualTo(200);
		assertThat(alike.body()).as("found by another form of the words")
			.contains("Bedoelt u een van deze?", wording, "Nee, dit is een nieuw knelpunt");
		WebVisitor.Answer none = WebVisitor.login(this.town, "bert")
			.form(page(numbers.get(1)), Map.of("obstacle", String.valueOf(id)));
		assertThat(none.status()).isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "bert").get(page(numbers.get(1))).status()).isEqualTo(404);
		assertThat(anna.form(page(numbers.get(1)), Map.of("obstacle", String.valueOf(id))).status()).isEqualTo(302);
		assertThat(anna.form(page(numbers.get(1)), Map.of("obstacle", String.valueOf(id))).status()).isEqualTo(409);
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(olaf.get("/patronen").body()).as("no case of his municipality").doesNotContain(wording);
		assertThat(anna.get("/patronen").body()).contains(wording, "2 in uw gemeente", numbers.get(0), numbers.get(1));
		assertThat(anna.get("/patronen?orde=3").body()).doesNotContain(wording);
		assertThat(WebVisitor.login(this.town, "bert").get("/patronen").body()).as("of his municipality, on none")
			.contains(wording)
			.doesNotContain(numbers.get(0));
		assertThat(anna.get("/patronen/" + id).status()).isEqualTo(404);
		assertThat(olaf.form(page(numbers.get(2)), Map.of("obstacle", String.valueOf(id))).status()).isEqualTo(302);
		assertThat(told("patternFound", "pattern " + id)).containsExactly("hein", "mila");

		assertThat(anna.get("/patronen/" + id).body())
			.contains("3 casussen delen dit knelpunt", "Nog niemand is eigenaar", numbers.get(0), numbers.get(1))
			.doesNotContain(numbers.get(2));
		assertThat(anna.form("/patronen/" + id + "/eigenaar", Map.of("owner", "anna", "order", "3")).status())
			.isEqualTo(403);
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.form("/patronen/" + id + "/eigenaar", Map.of("owner", "anna", "order", "1")).status())
			.isEqualTo(400);
		assertThat(mila.form("/patronen/" + id + "/eigenaar", Map.of("owner", "anna", "order", "3")).status())
			.isEqualTo(302);
		assertThat(mila.form("/patronen/" + id + "/leerpunt", point("UWV", "x")).status()).isEqualTo(403);

		assertThat(anna
			.form("/patronen/" + id + "/leerpunt", point("UWV", "Bel Janneke Vredevoort " + this.word + " niet meer"))
			.body()).contains("een naam van iemand uit het huishouden");
		assertThat(anna.form("/patronen/" + id + "/leerpunt", point("UWV", "Laat de uitkering doorlopen.")).status())
			.isEqualTo(302);
		assertThat(anna.form("/patronen/" + id + "/leerpunt", point("DUO", "Kijk naar het inkomen van nu.")).status())
			.isEqualTo(302);
		long first = one("select min(id) from doorbraak.learning_point where obstacle_id = " + id);
		long second = one("select max(id) from doorbraak.learning_point where obstacle_id = " + id);
		assertThat(told("learningPointSent", "point " + first)).containsExactly("ulla");
		assertThat(told("learningPointSent", "point " + second)).as("DUO has no accounts").containsExactly("DUO");
		assertThat(WebVisitor.login(this.town, "siem")
			.form("/leerpunten/" + first + "/antwoord", Map.of("answer", "Ja."))
			.status()).isEqualTo(403);
		WebVisitor ulla = WebVisitor.login(this.town, "ulla");
		assertThat(ulla.get("/patronen").body()).contains("Gevraagd aan uw organisatie");
		assertThat(ulla.form("/leerpunten/" + first + "/antwoord", Map.of("answer", "Dat doen wij.")).status())
			.isEqualTo(302);
		assertThat(told("learningPointAnswered", "point " + first)).containsExactly("anna");
		assertThat(ulla.form("/leerpunten/" + first + "/antwoord", Map.of("answer", "Toch niet.")).status())
			.isEqualTo(409);

		this.reminders.doDue();
		assertThat(told("learningPointReminder", "point " + second)).as("not yet").isEmpty();
		this.town.moveClock(Duration.ofDays(43));
		this.reminders.doDue();
		this.reminders.doDue();
		assertThat(told("learningPointReminder", "point " + second)).containsExactly("DUO");
		assertThat(one(
				"select count(*) from doorbraak.audit_line where act = 'learningPointReminded' and facts like '%\"point\":"
						+ second + "}'"))
			.as("once")
			.isEqualTo(1);
		assertThat(told("learningPointReminder", "point " + first)).isEmpty();
		assertThat(anna.form("/leerpunten/" + second + "/afgedaan", Map.of("effect", "Niets.")).status())
			.isEqualTo(409);
		Map<String, String> outside = Map.of("answer", "Wij kijken ernaar.", "answeredOn", this.town.today().toString(),
				"source", "Brief 12");
		assertThat(anna.form("/leerpunten/" + second + "/antwoord", Map.of("answer", "Zomaar.")).status())
			.isEqualTo(400);
		assertThat(anna.form("/leerpunten/" + second + "/antwoord", outside).status()).isEqualTo(302);
		for (long each : List.of(first, second)) {
			assertThat(anna.form("/leerpunten/" + each + "/afgedaan", Map.of("effect", "Minder stops.")).status())
				.isEqualTo(302);
		}
		String done = anna.get("/patronen/" + id).body();
		assertThat(done).contains("Dat doen wij.", "Brief 12", "Minder stops.", "Anna de Wit");
		assertThat(anna.get("/patronen").body()).contains("afgedaan", "3 casussen", "eigenaar: Anna de Wit");
		assertThat(anna.form(page(numbers.get(0)) + "/" + id + "/weghalen", Map.of()).status()).isEqualTo(302);
		assertThat(anna.get("/patronen/" + id).body()).as("a pattern stays one").contains("Minder dan 3");
		readable("anna", page(numbers.get(1)), "/patronen", "/patronen/" + id);
		assertTextStays();
	}

	@Test
	void whatNamesSomebodyIsRefusedWithWhatItIs() {
		String number = report("anna");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map<String, String> wrong = Map.of("Janneke kreeg niets", "een naam", "Zie DB-2026-000001", "een casusnummer",
				"Bsn 123456782 klopt niet", "een nummer van negen cijfers", "Mail naar a.b@c.example",
				"een e-mailadres", "Bel 06 12 34 56 78", "een telefoonnummer", "Bel +31 (0)20-1234567",
				"een telefoonnummer");
		wrong.forEach((text, what) -> {
			WebVisitor.Answer answer = share(anna, number, text + " " + this.word);
			assertThat(answer.status()).as(text).isEqualTo(400);
			assertThat(answer.body()).contains("In deze tekst staat " + what, text + " " + this.word);
		});
		assertThat(one("select count(*) from doorbraak.obstacle where wording like '%" + this.word + "'")).isZero();
		assertThat(share(anna, number, "Een vrede van 2026, een boete van 12345678 euro " + this.word).status())
			.isEqualTo(302);
	}

	@Test
	void exampleIsReadByAnotherBeforeEverybodyFindsIt() {
		String number = brokenThrough("1999");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String write = page(number) + "/voorbeeld";
		assertThat(anna.get(write).body()).contains("Geen potje past.", "De borg betalen.");
		WebVisitor.Answer named = anna.form(write, example("Janneke wilde een huis."));
		assertThat(named.status()).isEqualTo(400);
		assertThat(named.body()).contains("een naam van iemand uit het huishouden", "Janneke wilde een huis.");
		String address = anna.form(write, example("Een ouder sliep in de auto.")).header("Location");
		String path = address.substring(address.indexOf("/voorbeelden/"));
		long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(told("exampleProposed", "example " + id + " 1")).containsExactly("mila");
		assertThat(olaf.get(path).status()).isEqualTo(404);
		assertThat(anna.form(path + "/vrijgeven", Map.of("version", "1", "read", "true")).status()).isEqualTo(403);
		assertThat(mila.get("/voorbeelden").body()).contains(path);
		assertThat(mila.form(path + "/terug", Map.of("version", "1", "because", "Korter graag.")).status())
			.isEqualTo(302);
		assertThat(told("exampleReturned", "example " + id + " 1")).containsExactly("anna");
		assertThat(anna.form(write, example("Een ouder sliep in de auto.")).status()).isEqualTo(302);
		assertThat(mila.form(path + "/vrijgeven", Map.of("version", "1", "read", "true")).status())
			.as("she saw another text")
			.isEqualTo(409);
		assertThat(mila.form(path + "/vrijgeven", Map.of("version", "2")).status()).isEqualTo(400);
		assertThat(mila.get(path).body()).contains("De gemeente wordt niet getoond", "in 1999 minder dan 3");
		assertThat(mila.form(path + "/vrijgeven", Map.of("version", "2", "read", "true")).status()).isEqualTo(302);

		String everybody = olaf.get(path).body();
		assertThat(everybody).contains("Een ouder sliep in de auto.", "12 dagen", "Lokaal")
			.doesNotContain(number, "Waterdam", "Vrijgeven</h2>");
		assertThat(olaf.get("/voorbeelden?zoek=borgen+" + this.word).body()).as("found by another form of the word")
			.contains(path);
		assertThat(olaf.get("/voorbeelden?zoek=" + this.word + "&gebied=justice").body()).contains(path);
		assertThat(olaf.get("/voorbeelden?zoek=" + this.word + "&gebied=money").body()).doesNotContain(path);
		assertThat(olaf.get("/voorbeelden?zoek=" + this.word + "&organisatie=CJIB").body()).contains(path);
		String like = this.town.as("olaf")
			.report(Map.of("whatIsStuck", "Ook dit zit vast.", "lifeDomains", List.of("justice")));
		this.town.workDue();
		assertThat(olaf.get("/casus/" + like + "/plan").body()).contains("Zo lukte het elders", path);
		readable("olaf", "/voorbeelden", path, "/casus/" + like + "/plan");
		readable("anna", page(number));
		assertThat(olaf.form(path + "/intrekken", Map.of()).status()).isEqualTo(403);
		assertThat(mila.form(path + "/intrekken", Map.of()).status()).isEqualTo(302);
		assertThat(olaf.get(path).status()).isEqualTo(404);
		assertThat(olaf.get("/voorbeelden?zoek=" + this.word).body()).doesNotContain(path);
		readable("anna", write);
		assertTextStays();
	}

	/** The database is the only one that can make a year of its own. */
	@Test
	void municipalityIsNamedWhereItHasEnoughOfSuchCases() {
		String number = List.of(brokenThrough("1997"), brokenThrough("1997"), brokenThrough("1997")).get(2);
		String path = WebVisitor.login(this.town, "anna")
			.form(page(number) + "/voorbeeld", example("Een ouder sliep in de auto."))
			.header("Location")
			.replaceFirst("^.*(/voorbeelden/)", "$1");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.get(path).body()).contains("De gemeente wordt getoond: Gemeente Waterdam.");
		assertThat(mila.form(path + "/vrijgeven", Map.of("version", "1", "read", "true")).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "olaf").get(path).body()).contains("Gemeente Waterdam");
		String alike = this.town.as("anna").report(Map.of("whatIsStuck", "Hij woont al weken in zijn auto."));
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + alike + "/plan").body()).as("by its knot alone")
			.contains(path);
	}

	@Test
	void discussionIsSeenByWhoTakesPartAndSaysNotWhoseCaseItIs() {
		String number = report("anna");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		WebVisitor bert = WebVisitor.login(this.town, "bert");
		Map<String, String> plan = Map.of("day", this.town.today().plusDays(2).toString(), "begin", "10:00", "end",
				"10:30", "guests", "karim,wout");
		assertThat(anna
			.form("/casuistiek", Map.of("day", "2020-01-01", "begin", "10:00", "end", "11:00", "guests", "wout"))
			.status()).isEqualTo(400);
		String path = path(anna.form("/casuistiek", plan));
		String uid = path.substring(path.lastIndexOf('/') + 1);
		assertThat(told("discussionPlanned", "discussion " + uid)).containsExactly("karim", "wout");
		assertThat(bert.get(path).status()).isEqualTo(404);
		assertThat(bert.get(path + "/agenda.ics").status()).isEqualTo(404);
		assertThat(karim.get(path + "/agenda.ics").body()).contains("SUMMARY:Casu", uid);
		for (String wrong : List.of("DB-2020-000001", report("bert"), "een nummer")) {
			WebVisitor.Answer refused = karim.form(path + "/casus", putIn(wrong, "Een gezin zit vast."));
			assertThat(refused.status()).as(wrong).isEqualTo(400);
			assertThat(refused.body()).as(wrong)
				.contains("U werkt niet aan een casus met dit nummer.", "href=\"#number\"", "value=\"" + wrong + "\"",
						"Een gezin zit vast.");
		}
		assertThat(anna.form(path + "/casus", putIn(number, "Janneke zit vast.")).body()).contains("een naam van",
				"Janneke zit vast.");
		assertThat(anna.form(path + "/casus", putIn(number, "Een gezin zit vast.")).status()).isEqualTo(302);
		assertThat(anna.form(path + "/casus", putIn(number, "Een gezin zit vast.")).body())
			.contains("tijd voor 10 minuten", "value=\"Wie belt?\"");
		assertThat(anna.get(path).body()).contains(number, "Wat zou u doen?");
		assertThat(WebVisitor.login(this.town, "wout").get(path).body())
			.contains("Een gezin zit vast.", "Wat zou u doen?")
			.doesNotContain(number);
		long discussed = one("select id from doorbraak.discussed_case where discussion = '" + uid + "'");
		assertThat(bert.form(path + "/casus/" + discussed, Map.of("outcome", "x")).status()).isEqualTo(404);
		assertThat(anna.form(path + "/sluiten", Map.of()).status()).as("not begun").isEqualTo(409);
		this.town.moveClock(Duration.ofDays(3));
		assertThat(anna.form(path + "/sluiten", Map.of()).status()).as("without an outcome").isEqualTo(409);
		assertThat(karim.form(path + "/casus/" + discussed, Map.of("outcome", "Eerst samen bellen.")).status())
			.isEqualTo(302);
		readable("karim", "/casuistiek", path);
		assertThat(karim.form(path + "/sluiten", Map.of()).status()).isEqualTo(403);
		assertThat(anna.form(path + "/sluiten", Map.of()).status()).isEqualTo(302);
		assertThat(karim.form(path + "/casus/" + discussed, Map.of("outcome", "Toch niet.")).status()).isEqualTo(409);
		assertThat(karim.get(path).body()).contains("Eerst samen bellen.", "alleen nog lezen");
		Map<String, String> again = new java.util.HashMap<>(plan);
		again.put("day", this.town.today().plusDays(2).toString());
		String other = path(anna.form("/casuistiek", again));
		assertThat(anna.form(other + "/afzeggen", Map.of()).status()).isEqualTo(302);
		assertThat(told("discussionCancelled", "discussion " + other.substring(other.lastIndexOf('/') + 1)))
			.containsExactly("karim", "wout");
	}

	/** What people wrote stands in the tables of this room, and nowhere on the way. */
	private void assertTextStays() {
		assertThat(one("select count(*) from doorbraak.audit_line where facts like '%" + this.word + "%'")).isZero();
		assertThat(one("select count(*) from demo.mail where body like '%" + this.word + "%'")).isZero();
	}

	private String report(String who) {
		String number = this.town.as(who)
			.report(Map.of("whatIsStuck", "Geen potje past.", "memberName",
					"Janneke Vredevoort " + Long.toString(System.nanoTime(), 36), "memberBirthDate", "1981-04-02",
					"lifeDomains", List.of("justice")));
		this.town.workDue();
		return number;
	}

	/**
	 * Closed with a breakthrough, below the own ceiling of who has it, in a year of which
	 * there is no other case.
	 */
	private String brokenThrough(String year) {
		String number = report("anna");
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Een huis.", "firstBreakthrough", "De borg betalen.",
					"cost", 100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		assertThat(this.town.as("anna").state(number).path("outcome").asText()).isEqualTo("brokenThrough");
		this.town.database()
			.sql("update doorbraak.case_file set reported_at = cast(? || '-05-01' as date), closed_at = cast(? || '-05-13' as date) where number = ?")
			.params(year, year, number)
			.update();
		return number;
	}

	private static WebVisitor.Answer share(WebVisitor who, String number, String wording) {
		return who.form(page(number), Map.of("kind", "complexLaw", "wording", wording, "order", "1", "anew", "true"));
	}

	private static Map<String, String> point(String organisation, String sentence) {
		return Map.of("organisation", organisation, "sentence", sentence);
	}

	private static Map<String, String> putIn(String number, String situation) {
		return Map.of("number", number, "situation", situation, "question", "Wat zou u doen?", "topic1", "Wie belt?",
				"minutes", "20");
	}

	private Map<String, String> example(String situation) {
		return Map.ofEntries(Map.entry("domains", "justice"), Map.entry("agencies", "CJIB"),
				Map.entry("power", "tailoredBudget"), Map.entry("article", "Artikel 35 Participatiewet"),
				Map.entry("situation", situation), Map.entry("knot", "Niemand betaalt de borg " + this.word + "."),
				Map.entry("done", "De borg is voorgeschoten."), Map.entry("effect", "Er is een huis."),
				Map.entry("reusable", "De borg is goedkoper dan de opvang."), Map.entry("story", "Kort en goed."),
				Map.entry("question1", "Wat had u gedaan?"));
	}

	private void readable(String who, String... pages) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), who)) {
			for (String each : pages) {
				screen.open(each);
				assertThat(screen.barriers(1280)).isEmpty();
				assertThat(screen.barriers(390)).isEmpty();
			}
		}
	}

	private static String page(String number) {
		return "/casus/" + number + "/geleerd";
	}

	private static String path(WebVisitor.Answer answer) {
		assertThat(answer.status()).isEqualTo(302);
		String location = answer.header("Location");
		return location.substring(location.indexOf("/casuistiek"));
	}

	private long one(String sql) {
		return this.town.database().sql(sql).query(Long.class).single();
	}

	/** Logins, or the body whose mailbox it is. */
	private List<String> told(String kind, String version) {
		return this.town.database()
			.sql("select coalesce(recipient_login, body_id) from doorbraak.alert where kind = ? and deadline_version = ? order by 1")
			.param(kind)
			.param(version)
			.query(String.class)
			.list();
	}

}
