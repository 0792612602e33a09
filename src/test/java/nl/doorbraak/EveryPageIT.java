package nl.doorbraak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Response;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.Labels;
import nl.doorbraak.testing.Coding;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page of ours, with everything on it unfolded, has no barrier that axe can find
 * and fits on a large and on a small screen.
 */
@WholeApplication
class EveryPageIT {

	/** No pages of ours: files, lists for machines, and what the engine shows. */
	private static final Pattern NO_PAGE = Pattern.compile(
			"/(css|js|vendor|modellen|camunda|api)/.*|/favicon\\.ico|/\\.well-known/.*|.*\\.(csv|ics|jsonl?|pdf)|/casus/\\*/stukken/\\*|/controleprogramma/\\*");

	/** Of ours, but as the letter itself: {@code LetterIT} looks at each of them. */
	private static final Set<String> LETTERS = Set.of("/demo/postvak/*");

	private static final boolean PICTURES = System.getProperty("screenshots") != null;

	/** Pages to look at as a whole: in both languages, and by keyboard. */
	private static final List<String> THE_WHOLE = List.of("/bord", "/bord?signature", "/bord?answer", "/cijfers",
			"/cijfers/*", "/cijfers/vrijgegeven/*", "/bestuurders", "/bestuurders/*/*", "/patronen", "/patronen/*",
			"/instrumenten", "/inwoner/*", "/casus/*/inwoner", "/casus/*/plan", "/casus/*/rondetafel", "/ervaring/*",
			"/instellingen", "/instellingen/versies/*", "/instellingen/concepten/*", "/instellingen/overzetten",
			"/signaal", "/deelnemers");

	/**
	 * What one comes to by the key Tab; of buttons of which one is chosen, the others by
	 * arrows.
	 */
	private static final String FIELDS = """
			() => [...document.querySelectorAll('main :is(a[href], button, select, textarea, summary, input:not([type=hidden]))')]
			  .filter(each => !each.disabled && each.type !== 'radio' && each.checkVisibility())""";

	/**
	 * Whole texts, names and words in pictures of English pages that are in Dutch; but
	 * not what people wrote, nor what is said to be Dutch.
	 */
	private static final String DUTCH_LEFT = """
			async ([paths, dutch]) => {
			  const words = new Set(dutch), left = [];
			  for (const path of paths) {
			    const html = await (await fetch(path + (path.includes('?') ? '&' : '?') + 'taal=en')).text();
			    const page = new DOMParser().parseFromString(html, 'text/html');
			    if (page.documentElement.lang !== 'en' || page.body.textContent.includes('??')) left.push(`not in English: ${path}`);
			    const see = (text, where) => { const said = text.trim().replace(/[.,:;]$/, '');
			      if (words.has(said)) left.push(`in Dutch on ${path}: ${said} (${where})`); };
			    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
			    while (walker.nextNode()) {
			      const at = walker.currentNode.parentElement;
			      if (!at.closest('.said, [lang=nl], script, style')) see(walker.currentNode.data, at.outerHTML.slice(0, 60));
			    }
			    page.querySelectorAll('[aria-label], optgroup[label]').forEach(each => see(each.getAttribute('aria-label') ?? each.label, each.tagName));
			    page.querySelectorAll('[data-drawing]').forEach(each => [...each.dataset.drawing.matchAll(/"([^"]+)"/g)].forEach(([, said]) => see(said, 'picture')));
			  }
			  return [...new Set(left)];
			}""";

	private final Town town;

	private final Labels labels;

	private final List<Routes> rooms;

	/** Who goes where, by route; a person is one login. */
	private final Map<String, Visit> visits = new LinkedHashMap<>();

	@Autowired
	EveryPageIT(Town town, Labels labels, List<Routes> rooms) {
		this.town = town;
		this.labels = labels;
		this.rooms = rooms;
	}

	@Test
	void everyPageIsReadableOnALargeAndASmallScreen() {
		String number = signing();
		String finished = finished();
		aboutThe(number, finished);
		learnt(number, finished);
		byLink(number, finished);
		forFunctions(number, finished);
		try {
			assertThat(this.visits.keySet()).as("every page has a visit").isEqualTo(pages());
			visit("anna", "/bord?signature", "/bord?toon=akkoord");
			visit("anna", "/bord?answer", "/bord?toon=antwoord");
			assertThat(this.visits).containsKeys(THE_WHOLE.toArray(String[]::new));
			assertThat(barriers()).isEmpty();
		}
		finally {
			this.town.database().sql("delete from doorbraak.agency_figures where period = '1999-1'").update();
			this.town.database()
				.sql("delete from doorbraak.statistics_line where release_id in (select id from doorbraak.statistics_release where period = '2019-1')")
				.update();
			this.town.database().sql("delete from doorbraak.statistics_release where period = '2019-1'").update();
			this.town.database().sql("delete from doorbraak.reach_asked where organisation_id = 'RG03'").update();
			this.town.database().sql("delete from doorbraak.reach_round where municipality_id = 'GM9005'").update();
		}
	}

	private Set<String> pages() {
		Set<String> pages = this.rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> route.method() == HttpMethod.GET)
			.map(Route::path)
			.filter((path) -> !NO_PAGE.matcher(path).matches())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(pages.removeAll(LETTERS)).isTrue();
		return pages;
	}

	/**
	 * Person after person, each with one login, looks at the pages one after the other.
	 */
	private List<String> barriers() {
		List<String> barriers = new ArrayList<>();
		Map<String, List<Visit>> each = this.visits.values()
			.stream()
			.collect(Collectors.groupingBy(Visit::who, LinkedHashMap::new, Collectors.toList()));
		each.forEach((who, theirs) -> {
			try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address())) {
				if (!who.isEmpty()) {
					screen.logIn(who);
				}
				screen.looksForBarriers();
				theirs.forEach((visit) -> {
					Response page = screen.page().navigate(this.town.address() + visit.path());
					assertThat(page.status()).as(visit.path() + " as " + who).isEqualTo(200);
					screen.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
					barriers.addAll(withoutSheet(screen));
					barriers.addAll(screen.barriers(1280, 390));
				});
				barriers.addAll(barriersToTheWhole(screen, who));
				barriers.addAll(dutchLeft(screen, theirs));
			}
		});
		return barriers;
	}

	/** In English too, and with no more than a keyboard; and a picture of each. */
	private List<String> barriersToTheWhole(Screen screen, String who) {
		List<String> barriers = new ArrayList<>();
		THE_WHOLE.stream().filter((route) -> this.visits.get(route).who().equals(who)).forEach((route) -> {
			String path = this.visits.get(route).path();
			String name = "geheel-" + route.replaceAll("[^a-z]+", "-");
			for (String language : PICTURES ? List.of("nl", "en") : List.of("en")) {
				screen.page()
					.navigate(this.town.address() + path + (path.contains("?") ? "&" : "?") + "taal=" + language);
				for (int width : PICTURES ? List.of(1280, 390) : List.of(390)) {
					screen.page().setViewportSize(width, 844);
					screen.picture(name + "-" + language + "-" + width);
				}
			}
			barriers.addAll(screen.barriers(390));
			screen.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
			barriers.addAll(outOfReach(screen, path));
		});
		return barriers;
	}

	/** Of every page of a person, in English. */
	private List<String> dutchLeft(Screen screen, List<Visit> theirs) {
		Set<String> names = new TreeSet<>(
				this.town.database().sql("select name from doorbraak.organisation").query(String.class).list());
		names.add("Doorbraak");
		List<String> dutch = Coding.all()
			.stream()
			.filter((each) -> !this.labels.of(each, Locale.ENGLISH).equals(each.label()))
			.map(Coded::label)
			.filter((each) -> !names.contains(each))
			.toList();
		return ((List<?>) screen.page().evaluate(DUTCH_LEFT, List.of(theirs.stream().map(Visit::path).toList(), dutch)))
			.stream()
			.map(String::valueOf)
			.toList();
	}

	/**
	 * What can be clicked, but not come to by the key Tab, or without a ring around it.
	 */
	private static List<String> outOfReach(Screen screen, String path) {
		int all = ((List<?>) screen.page().evaluate(FIELDS + ".map(each => { each.dataset.reached = ''; return 1; })"))
			.size();
		screen.page()
			.evaluate(
					"() => { document.activeElement?.blur(); document.addEventListener('keyup', () => { const at = document.activeElement; at.dataset.reached = 'yes'; if (getComputedStyle(at).outlineStyle === 'none') at.dataset.unseen = 'yes'; }); }");
		int more = ((Number) screen.page()
			.evaluate(
					"document.querySelectorAll(':is(header, nav, footer) :is(a, button), body > a, main [tabindex], main [type=radio]').length + 3 * document.querySelectorAll('main :is([type=date], [type=time])').length + 10"))
			.intValue();
		for (int i = 0; i < all + more; i++) {
			screen.page().keyboard().press("Tab");
		}
		return ((List<?>) screen.page()
			.evaluate(FIELDS
					+ ".filter(each => !each.dataset.reached || each.dataset.unseen).map(each => each.outerHTML.slice(0, 90))"))
			.stream()
			.map((each) -> "not by keyboard, or not seen so, on " + path + ": " + each)
			.toList();
	}

	/** Tables that cannot be taken as a spreadsheet. */
	private static List<String> withoutSheet(Screen screen) {
		List<String> without = new ArrayList<>();
		((List<?>) screen.page()
			.evaluate("[...document.querySelectorAll('table')].map((table, i) => [table, i + 1])"
					+ ".filter(([table, n]) => !table.nextElementSibling?.querySelector(`a[href$='als=xlsx&tabel=${n}']`))"
					+ ".map(([table, n]) => `table ${n} without a spreadsheet on ${location}`)"))
			.forEach((each) -> without.add(String.valueOf(each)));
		String address = screen.page().url().replaceAll("#.*", "");
		if (screen.page().locator("table").count() > 0) {
			String type = screen.page()
				.request()
				.get(address + (address.contains("?") ? "&" : "?") + "als=xlsx")
				.headers()
				.get("content-type");
			if (type == null || !type.contains("spreadsheetml.sheet")) {
				without.add("no spreadsheet of " + address + " but " + type);
			}
		}
		return without;
	}

	private void visit(String who, String route, String path) {
		this.visits.put(route, new Visit(who, path));
	}

	/** A case with much in it, that waits for a signature. */
	private String signing() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past.", "memberName", "Iris Blom", "residentSays",
				"Ik wil slapen.", "caseSystemNumber", "Z-2026-1", "threat", "eviction", "eventDate",
				this.town.today().plusDays(20).toString(), "reportAnyway", true));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		browser.form("/casus/" + number + "/instanties", Map.of("agency", "TSL", "question", "Kan het anders?"));
		browser.form("/casus/" + number + "/plan/household",
				Map.of("kind", "claim", "what", "Toeslag", "body", "BD", "amount", "1200"));
		browser.send("POST", "/casus/" + number + "/stukken", Stream
			.of("kind:proof", "title:Huurcontract", "datedOn:" + this.town.today())
			.map((each) -> "--x\r\nContent-Disposition: form-data; name=\"" + each.replace(":", "\"\r\n\r\n") + "\r\n")
			.collect(Collectors.joining())
				+ "--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 %%EOF\r\n--x--\r\n",
				"multipart/form-data; boundary=x", Map.of());
		anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM"));
		visit("anna", "/taak/*", "/taak/" + anna.task(number, "make-plan"));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.", "cost", 6000,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		return number;
	}

	/** A case that was closed with a breakthrough, with its outcome. */
	private String finished() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past.", "lifeDomains", List.of("justice"),
				"memberName", "Iris Slot", "reportAnyway", true));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "De borg.", "cost", 100,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Dit past."));
		anna.fill(number, "confirm-measures",
				Map.of("carriedOut", "yes", "whatWasDone", "Betaald.", "byWhom", "Nadia."));
		anna.fill(number, "record-outcome", Map.of("outcome", "solved", "whatChanged", "Rust."));
		return number;
	}

	private void aboutThe(String number, String finished) {
		visit("anna", "/", "/");
		for (String part : List.of("", "/bellen", "/rondetafel", "/plan", "/stukken", "/regie", "/delen", "/uitvoering",
				"/instanties", "/bevoegd", "/geleerd")) {
			visit("anna", "/casus/*" + part, "/casus/" + number + part);
		}
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/afgeschermd",
				Map.of("kind", "childSafety", "why", "De kinderen zijn bang.", "people", "karim"));
		visit("anna", "/casus/*/afgeschermd", "/casus/" + number + "/afgeschermd");
		visit("joris", "/controle/*/afgeschermd", "/controle/" + number + "/afgeschermd");
		visit("mila", "/afgeschermd", "/afgeschermd");
		visit("anna", "/casus/*/nazorg", "/casus/" + finished + "/nazorg");
		visit("anna", "/casus/*/geleerd/voorbeeld", "/casus/" + finished + "/geleerd/voorbeeld");
		for (String page : List.of("/afwezig", "/bord", "/instrumenten", "/maatregelen", "/namens-mij", "/patronen",
				"/signaal", "/deelnemers", "/casuistiek", "/demo/klok")) {
			visit("anna", page, page);
		}
		visit("anna", "/demo/postvak", "/demo/postvak?casus=" + number);
	}

	private void learnt(String number, String finished) {
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String wording = "Een wet die niet past " + Long.toString(System.nanoTime(), 36);
		assertThat(anna
			.form("/casus/" + number + "/geleerd",
					Map.of("kind", "complexLaw", "wording", wording, "order", "1", "anew", "true"))
			.status()).isEqualTo(302);
		String obstacle = one("select id::text from doorbraak.obstacle where wording = '" + wording + "'");
		String third = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		for (String each : List.of(finished, third)) {
			assertThat(anna.form("/casus/" + each + "/geleerd", Map.of("obstacle", obstacle)).status()).isEqualTo(302);
		}
		visit("anna", "/patronen/*", "/patronen/" + obstacle);
		visit("anna", "/casuistiek/*",
				path(anna.form("/casuistiek", Map.of("day", this.town.today().plusDays(2).toString(), "begin", "10:00",
						"end", "11:00", "where", "online", "place", "x", "guests", "karim,wout"))));
		visit("anna", "/voorbeelden", "/voorbeelden");
		visit("anna", "/voorbeelden/*", path(anna.form("/casus/" + finished + "/geleerd/voorbeeld",
				Map.ofEntries(Map.entry("domains", "justice"), Map.entry("agencies", "CJIB"),
						Map.entry("power", "tailoredBudget"), Map.entry("article", "Artikel 35 Participatiewet"),
						Map.entry("situation", "Een ouder sliep in de auto."), Map.entry("knot", "Niemand betaalde."),
						Map.entry("done", "De borg is voorgeschoten."), Map.entry("effect", "Er is een huis."),
						Map.entry("reusable", "De borg is goedkoper."), Map.entry("story", "Kort en goed."),
						Map.entry("question1", "Wat had u gedaan?")))));
	}

	private static String path(WebVisitor.Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
		return answer.header("Location").replaceFirst("^https?://[^/]+", "");
	}

	/** Pages that open by a key, also for who has no login. */
	private void byLink(String number, String finished) {
		this.town.pass(Duration.ofSeconds(1));
		visit("", "/login", "/login");
		visit("", "/toegankelijkheid", "/toegankelijkheid");
		visit("", "/controleprogramma", "/controleprogramma");
		Matcher door = Pattern.compile("/instantie/[0-9a-f-]{36}")
			.matcher(one("select body from demo.mail where recipient = 'doorbraak@tsl.example' and subject like '%"
					+ number + "%' order by id desc limit 1"));
		assertThat(door.find()).isTrue();
		visit("", "/instantie/*", door.group());
		String asked = "select %s from doorbraak.alert where case_number = '" + number
				+ "' and kind = 'leadAsked' and recipient_login = 'lotte'";
		visit("", "/regie/*", "/regie/" + one(asked.formatted("answer_key::text")));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String aftercare = "/casus/" + finished + "/nazorg";
		anna.form(aftercare + "/ervaring/0/koppeling", Map.of());
		visit("", "/ervaring/*", anna.get(aftercare)
			.body()
			.replace("\u00a0", " ")
			.replaceAll("(?s).*<strong class=\"said\">http://localhost:8080(/ervaring/[^<]+)</strong>.*", "$1"));
		visit("", "/inwoner/*", "/inwoner/" + residentLink(anna, finished));
		visit("anna", "/casus/*/inwoner", "/casus/" + finished + "/inwoner");
		visit("", "/instanties/cijfers/*", "/instanties/cijfers/"
				+ one("""
						insert into doorbraak.agency_figures (agency_id, period, asked, answered_in_term, silent, refused,
						  not_assessed, serial, taken_back, released_at, opens_on)
						values ('UWV', '1999-1', 9, 6, 1, 4, 1, 1, 0, doorbraak.current_instant(), '2999-01-01') returning key::text"""));
		visit("ruben", "/bereikbaarheid/proef/*", "/bereikbaarheid/proef/" + one("""
				with round as (insert into doorbraak.reach_round (municipality_id, begun_by, begun_at)
				  values ('GM9005', 'gijs', doorbraak.current_instant()) returning id)
				insert into doorbraak.reach_asked (round_id, officer_login, function, organisation_id)
				select id, 'ruben', 'processDirector', 'RG03' from round returning round_id::text"""));
		this.town.as("lotte").post("/api/v1/cases/" + number + "/lead/refusal", Map.of("reason", "notOurLaw"));
		visit("lotte", "/bericht/*", "/bericht/" + one(asked.formatted("link::text")));
		visit("lotte", "/instanties/cijfers", "/instanties/cijfers");
	}

	private String residentLink(WebVisitor anna, String number) {
		String page = "/casus/" + number + "/inwoner";
		anna.form(page + "/koppeling",
				Map.of("resident", one("select max(id)::text from doorbraak.household_member m "
						+ "where m.case_id = (select id from doorbraak.case_file where number = '" + number + "')"),
						"until", this.town.today().plusDays(30).toString()));
		return anna.get(page)
			.body()
			.replaceAll("(?s).*<strong class=\"said\">http://localhost:8080/inwoner/([^<]+)</strong>.*", "$1");
	}

	private void forFunctions(String number, String finished) {
		aboutAResident(number);
		visit("mila", "/tekenen/*", "/tekenen/" + number);
		visit("mila", "/budgetten", "/budgetten");
		visit("mila", "/mandaten", "/mandaten");
		visit("mila", "/mandaten/bevoegd", "/mandaten/bevoegd");
		visit("dirk", "/tekenen", "/tekenen");
		visit("dirk", "/rugdekking", "/rugdekking");
		visit("mila", "/noodtoegang", "/noodtoegang");
		kept(finished);
		visit("joris", "/controle", "/controle");
		visit("joris", "/controle/bevoegdheden",
				"/controle/bevoegdheden?op=" + this.town.today().minusDays(1) + "&en=" + this.town.today());
		visit("joris", "/controle/export", "/controle/export");
		visit("joris", "/controle/*/namen", "/controle/" + number + "/namen");
		visit("joris", "/controle/*/bewijspakket", "/controle/" + number + "/bewijspakket");
		visit("joris", "/controle/*", "/controle/" + number);
		visit("joris", "/controle/zoeken", "/controle/zoeken?wat=decisions");
		visit("joris", "/controle/keten", "/controle/keten");
		inspected();
		this.town.database()
			.sql("""
					insert into doorbraak.case_participant (case_id, role, officer_login, since)
					select id, 'guest', 'paul', doorbraak.current_instant() from doorbraak.case_file where number = ?""")
			.param(finished)
			.update();
		visit("paul", "/casus/*/waarvoor", "/casus/" + finished + "/waarvoor");
		counted();
		reported();
		visit("femke", "/bereikbaarheid", "/bereikbaarheid");
		visit("femke", "/gezondheid", "/gezondheid");
		visit("femke", "/verzenden", "/verzenden");
		visit("femke", "/voorwaarden", "/voorwaarden");
		visit("femke", "/zaaksysteem", "/zaaksysteem");
		visit("femke", "/instellingen", "/instellingen");
		visit("femke", "/instellingen/versies/*", "/instellingen/versies/1");
		visit("femke", "/instellingen/concepten/*", path(
				WebVisitor.login(this.town, "femke").form("/instellingen/concepten", Map.of("organisatie", "GM9001"))));
		visit("mila", "/instellingen/overzetten", "/instellingen/overzetten");
		visit("femke", "/medewerkers", "/medewerkers");
		visit("femke", "/medewerkers/*/vertrek", "/medewerkers/anna/vertrek");
		visit("femke", "/medewerkers/overdracht", "/medewerkers/overdracht");
		visit("femke", "/medewerkers/lijst", "/medewerkers/lijst");
	}

	private void counted() {
		visit("mila", "/cijfers", "/cijfers");
		visit("joris", "/cijfers/*", "/cijfers/niveaus?groep=local");
		visit("paul", "/cijfers/vrijgegeven/*", "/cijfers/vrijgegeven/"
				+ one("""
								with made as (insert into doorbraak.statistics_release (organisation_id, period, municipalities, least, released_by, function, released_at)
								  values ('RG01', '2019-1', 3, 5, 'paul', 'processDirector', doorbraak.current_instant()) returning id)
								, lines as (insert into doorbraak.statistics_line (release_id, figure, category, number)
						  select id, 'funnel', category, number from made, (values ('local', 12), ('regional', null), ('national', null), ('ministry', 0), ('', 19)) as line (category, number))
						select id::text from made"""));
	}

	private void reported() {
		visit("dirk", "/bestuurders", "/bestuurders");
		visit("dirk", "/bestuurders/*/*", "/bestuurders/GM9001/"
				+ one("""
						insert into doorbraak.report (organisation_id, period, made_by, made_at, content)
						values ('GM9001', '2000', 'dirk', doorbraak.current_instant(), '{"opened": 9, "brokenThrough": 3, "withoutRoom": 0,
						  "withdrawn": 0, "up": 7, "down": 1, "open": 12, "withoutLead": 6, "overdue": 2, "paused": 0, "old": 5,
						  "barriers": [{"id": 1, "kind": "complexLaw", "wording": "Twee wetten botsen.", "order": 3, "cases": 7, "added": 2, "owner": "GM9001"}],
						  "asked": [{"what": "lead", "organisation": "RG01", "asked": 6, "agreed": 1, "refused": 5, "silent": 0},
						            {"what": "agency", "organisation": "UWV", "asked": 2, "agreed": 1, "refused": 1, "silent": 0}],
						  "points": [{"obstacle": 1, "sentence": "Laat het doorlopen.", "organisation": "UWV", "state": "done", "answer": "Ja.", "effect": "Minder."}]}')
						on conflict (organisation_id, period) do update set made_by = 'dirk' returning period"""));
	}

	private void aboutAResident(String number) {
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String page = "/casus/" + number + "/verzoeken";
		assertThat(WebVisitor.login(this.town, "mila")
			.form("/verzoeken",
					Map.of("casus", number, "name", "Iris Blom", "kind", "access", "identity", "digid", "receivedOn",
							this.town.today().toString()))
			.status()).isEqualTo(302);
		String request = page + "/" + one("select max(id)::text from doorbraak.subject_request");
		anna.form(request + "/overzicht", Map.of());
		visit("anna", "/casus/*/verzoeken", page);
		visit("anna", "/casus/*/verzoeken/*", request);
		visit("anna", "/casus/*/verzoeken/*/overzicht", request + "/overzicht");
		visit("mila", "/verzoeken", "/verzoeken");
		visit("joris", "/verwerkingen/logboek", "/verwerkingen/logboek");
		visit("", "/verwerkingen", "/verwerkingen");
	}

	private void kept(String finished) {
		visit("mila", "/bewaren", "/bewaren");
		visit("mila", "/bewaren/casus/*", "/bewaren/casus/" + finished);
		visit("dirk", "/bewaren/termijnen", "/bewaren/termijnen?termijn=support&lengte=30");
		String list = "/bewaren/lijsten/"
				+ one("""
						with list as (insert into doorbraak.destruction_list (municipality_id, made_by, made_at)
						  values ('GM9001', 'mila', doorbraak.current_instant()) returning id)
						insert into doorbraak.destruction_line (list_id, case_number, day, rules, rules_version, explanation, destroyed_at, rows)
						select id, 'DB-2000-' || lpad(id::text, 6, '0'), '2026-01-01', '{support}', 1, 'Vijftien jaar.', doorbraak.current_instant(),
						  '{"entry": 3}' from list returning list_id::text""");
		signed(list.substring(list.lastIndexOf('/') + 1));
		visit("mila", "/bewaren/lijsten/*", list);
		visit("joris", "/bewaren/lijsten/*/verklaring", list + "/verklaring");
	}

	/** As what is destroyed is: nobody withdraws it any more. */
	private void signed(String list) {
		this.town.database()
			.sql("insert into doorbraak.destruction_signature (list_id, place, person) values (%1$s, 1, 'mila'), (%1$s, 2, 'dirk')"
				.formatted(list))
			.update();
	}

	private void inspected() {
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		String path = path(joris.form("/controle/opdrachten",
				Map.of("id", UUID.randomUUID().toString(), "purpose", "Kleine besluiten", "firstDay", "2020-01-01",
						"lastDay", this.town.today().toString(), "municipalities", "GM9001")));
		joris.form(path + "/steekproef", Map.of("size", "1", "seed", "1", "seen", "0"));
		String drawn = one("select proposal_id::text from doorbraak.inspection_item order by sample_id desc limit 1");
		path(joris.form(path + "/bevinding",
				Map.of("decision", drawn, "verdict", "unsure", "words", "Waar staat dit?", "seen", "0")));
		visit("joris", "/controle/opdrachten", "/controle/opdrachten");
		visit("joris", "/controle/opdrachten/*", path);
		visit("joris", "/controle/opdrachten/*/rapport", path + "/rapport");
		visit("mila", "/bevindingen", "/bevindingen");
	}

	private String one(String sql) {
		return this.town.database().sql(sql).query(String.class).single();
	}

	/**
	 * Somebody at a page.
	 *
	 * @param who a login; empty for nobody
	 */
	private record Visit(String who, String path) {
	}

}
