package nl.doorbraak.casefile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

import nl.doorbraak.support.security.Routes;
import nl.doorbraak.testing.Canary;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in a compartment of a case, each thing with a word that stands nowhere else: it
 * is read by who is named, on one page, and nowhere by anybody else.
 */
@WholeApplication
class CompartmentIT {

	private static final String HIDDEN = "Er is een afgeschermd deel. Vraag de casusregisseur.";

	private final Town town;

	private final JdbcClient database;

	private final Compartments compartments;

	private final TransactionOperations transactions;

	private final List<Routes> rooms;

	private final String canary = Canary.word();

	/** Of the ex-partner: a name of one word, so that it is found wherever it stands. */
	private final String name = "Zoltan" + Long.toString(System.nanoTime(), 36);

	private String number;

	private String page;

	@Autowired
	CompartmentIT(Town town, JdbcClient database, Compartments compartments, TransactionOperations transactions,
			List<Routes> rooms) {
		this.town = town;
		this.database = database;
		this.compartments = compartments;
		this.transactions = transactions;
		this.rooms = rooms;
	}

	@Test
	void whatIsKeptApartIsReadByWhoIsNamedOnOnePageAndNowhereElse() throws IOException {
		this.number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Zij durft niet thuis te zijn.", "memberName", "Mia Kwartel"));
		this.town.workDue();
		this.page = "/casus/" + this.number;
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		fill(anna);
		long id = make(anna);
		long paper = putEverythingIn(anna, id);
		assertThat(anna.get(apart()).body()).contains(this.name, "stap " + this.canary, "vraag " + this.canary,
				"titel " + this.canary, "adres " + this.canary, "tekst " + this.canary, "reden " + this.canary);
		assertThat(anna.get(this.page + "/stukken/" + paper).body()).contains("inhoud " + this.canary);
		assertThat(anna.get(this.page).body()).contains("Afgeschermd voor of over een ex-partner")
			.contains(this.name + " belde vandaag aan.")
			.doesNotContain(HIDDEN);
		answeredByTheAgency(anna);
		closedToTheRest(paper);
		assertThat(leaks(List.of("anna", "karim", "bert", "joris", "mila"))).isEmpty();
		leavesWithNothing(id);
		namedAndNotNamed(anna, id);
		inAnEmergency();
		forAnAuditor(id);
		handedOverAndSucceeded(id);
		toTheResident(anna, id);
		look(id);
		closed(anna, id);
		assertThat(this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = ?")
			.param(this.number)
			.query(String.class)
			.list()).noneMatch((facts) -> facts.contains(this.canary) || facts.contains(this.name));
	}

	/** In the open case at first: a step, a question, a paper, somebody. */
	private void fill(WebVisitor anna) {
		step(anna, "stap " + this.canary);
		step(anna, this.name + " belde vandaag aan.");
		assertThat(anna.form(this.page + "/instanties", Map.of("agency", "UWV", "question", "vraag " + this.canary))
			.status()).isEqualTo(302);
		assertThat(anna
			.form(this.page + "/huishouden",
					Map.of("name", this.name, "role", "adult", "address", "adres " + this.canary))
			.status()).isEqualTo(302);
		String part = "--grens\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
		assertThat(anna
			.send("POST", this.page + "/stukken", part.formatted("kind", "proof")
					+ part.formatted("title", "titel " + this.canary) + part.formatted("datedOn", this.town.today())
					+ "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.pdf\"\r\n"
					+ "Content-Type: application/pdf\r\n\r\n%PDF-1.7 inhoud " + this.canary + " %%EOF\r\n--grens--\r\n",
					"multipart/form-data; boundary=grens", Map.of())
			.status()).isEqualTo(302);
	}

	private void step(WebVisitor who, String line) {
		assertThat(
				who.form(this.page + "/stap", Map.of("kind", "call", "day", this.town.today().toString(), "line", line))
					.status())
			.isEqualTo(302);
	}

	private long make(WebVisitor anna) {
		assertThat(anna.form(apart(), Map.of("kind", "exPartner")).status()).as("a reason").isEqualTo(400);
		assertThat(anna.form(apart(), Map.of("kind", "x", "why", "x")).status()).isEqualTo(400);
		String made = anna.form(apart(), Map.of("kind", "exPartner", "why", "reden " + this.canary)).header("Location");
		return Long.parseLong(made.substring(made.lastIndexOf('-') + 1));
	}

	/**
	 * @return id of the paper
	 */
	private long putEverythingIn(WebVisitor anna, long id) {
		List<String> choices = new ArrayList<>();
		Matcher option = Pattern.compile("<option value=\"((entry|document|member)-[0-9]+)\">([^<]*)<")
			.matcher(anna.get(apart()).body());
		String paper = "";
		while (option.find()) {
			if (option.group(3).contains(this.canary) || option.group(3).equals(this.name)) {
				choices.add(option.group(1));
				paper = option.group(2).equals("document") ? option.group(1).substring(9) : paper;
			}
		}
		assertThat(choices).as("a step, a question, a paper, somebody").hasSize(4);
		for (String each : choices) {
			assertThat(put(anna, id, each).status()).as(each).isEqualTo(302);
			assertThat(put(anna, id, each).status()).as("once").isEqualTo(400);
		}
		assertThat(put(anna, id, "entry-1").status()).as("not of this case").isEqualTo(400);
		assertThat(anna.form(apart() + "/" + id + "/tekst", Map.of("text", "tekst " + this.canary)).status())
			.isEqualTo(302);
		return Long.parseLong(paper);
	}

	private WebVisitor.Answer put(WebVisitor who, long id, String what) {
		return who.form(apart() + "/" + id + "/inhoud", Map.of("what", what));
	}

	private void answeredByTheAgency(WebVisitor anna) {
		Town.Visitor ulla = this.town.as("ulla");
		assertThat(ulla.values(ulla.task(this.number, "answer-request")).path("question").asText())
			.as("who is asked reads the question")
			.isEqualTo("vraag " + this.canary);
		ulla.fill(this.number, "answer-request",
				Map.of("answer", "granted", "action", "antwoord " + this.canary, "decidedBy", "Teammanager"));
		this.town.workDue();
		assertThat(anna.get(apart()).body()).as("what is answered goes with the question")
			.contains("antwoord " + this.canary);
	}

	private void closedToTheRest(long paper) {
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		assertThat(karim.get(this.page).body()).contains(HIDDEN, "[naam] belde vandaag aan.")
			.doesNotContain("UWV", "ex-partner");
		assertThat(karim.get(apart()).body()).contains(HIDDEN).doesNotContain(this.canary, this.name);
		assertThat(karim.form(apart() + "/1/tekst", Map.of("text", "x")).status()).isEqualTo(404);
		assertThat(karim.get(this.page + "/stukken/" + paper).status()).isEqualTo(404);
		WebVisitor bert = WebVisitor.login(this.town, "bert");
		assertThat(emergency(bert, Map.of()).status()).isEqualTo(302);
		assertThat(bert.get(this.page).status()).isEqualTo(200);
		assertThat(bert.get(this.page).body()).as("an emergency opens none, and tells of none").doesNotContain(HIDDEN);
		assertThat(bert.get(apart()).status()).isEqualTo(404);
		assertThat(this.database.sql("select count(*) from doorbraak.entry where fields::text like ?")
			.param("%" + this.canary + "%")
			.query(Long.class)
			.single()).as("the application's own role sees none").isZero();
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.entry where fields::text like ?")
			.param("%" + this.canary + "%")
			.query(Long.class)
			.single()).isGreaterThanOrEqualTo(5);
	}

	/** Every page and file, by everybody; but the one page, by who is named. */
	private List<String> leaks(List<String> people) {
		List<String> paths = this.rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> route.method() == HttpMethod.GET && !route.path().contains("**"))
			.map((route) -> route.path()
				.replaceFirst("^/(casus|controle|bewaren/casus|api/v1/cases)/\\*", "/$1/" + this.number))
			.filter((path) -> !path.contains("*") && !path.startsWith("/camunda") && !path.contains("logout"))
			.distinct()
			.toList();
		assertThat(paths).hasSizeGreaterThan(50).contains(this.page + "/plan", "/controle/" + this.number);
		List<String> leaks = new ArrayList<>();
		for (String who : people) {
			WebVisitor visitor = WebVisitor.login(this.town, who);
			for (String path : paths) {
				WebVisitor.Answer answer = visitor.get(path);
				boolean named = who.equals("anna");
				if (!(named && path.equals(apart()))
						&& (answer.body().contains(this.canary) || !named && answer.body().contains(this.name))) {
					leaks.add(who + " " + path);
				}
				if (answer.status() >= 500) {
					leaks.add(who + " " + path + " " + answer.status());
				}
			}
			String api = this.town.as(who).get("/api/v1/cases/" + this.number).text();
			if (api.contains(this.canary)) {
				leaks.add(who + " api");
			}
		}
		return leaks;
	}

	private void leavesWithNothing(long id) throws IOException {
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		pack(joris, Map.of("names", "hidden"));
		WebVisitor.Answer log = joris.get("/controle/export?van=" + this.town.today() + "&tot=" + this.town.today());
		assertThat(log.body()).doesNotContain(this.canary);
		assertThat(this.town.database()
			.sql("select coalesce(string_agg(body || subject, ' '), '') from demo.mail where subject like ?")
			.param("[" + this.number + "]%")
			.query(String.class)
			.single()).doesNotContain(this.canary, this.name, "afgeschermd");
	}

	/** An auditor who may know the names, still gets no compartment with them. */
	private void pack(WebVisitor joris, Map<String, String> how) throws IOException {
		WebVisitor.Answer pack = joris.form("/controle/" + this.number + "/bewijspakket", how);
		assertThat(pack.status()).isEqualTo(200);
		assertThat(unzipped(pack.bytes())).doesNotContain(this.canary, this.name);
	}

	private static String unzipped(byte[] zip) throws IOException {
		StringBuilder all = new StringBuilder();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
			while (in.getNextEntry() != null) {
				all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
			}
		}
		assertThat(all.length()).isGreaterThan(1000);
		return all.toString();
	}

	private void namedAndNotNamed(WebVisitor anna, long id) {
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		assertThat(name(anna, id, Map.of("person", "x")).status()).isEqualTo(400);
		assertThat(name(anna, id, Map.of("person", "karim")).status()).isEqualTo(302);
		assertThat(name(anna, id, Map.of("organisation", "GM9001")).status()).isEqualTo(302);
		assertThat(karim.get(apart()).body()).contains("stap " + this.canary);
		for (long person : people(id, "officer_login = 'karim' or organisation_id = 'GM9001'")) {
			assertThat(remove(anna, id, person).status()).isEqualTo(302);
		}
		assertThat(karim.get(apart()).body()).doesNotContain(this.canary);
		assertThat(remove(anna, id, people(id, "officer_login = 'anna'").get(0)).status()).as("somebody must open it")
			.isEqualTo(409);
	}

	private WebVisitor.Answer name(WebVisitor who, long id, Map<String, String> whom) {
		return who.form(apart() + "/" + id + "/mensen", whom);
	}

	private WebVisitor.Answer remove(WebVisitor who, long id, long person) {
		return who.form(apart() + "/" + id + "/mensen/" + person + "/weg", Map.of());
	}

	private List<Long> people(long id, String which) {
		return this.town.database()
			.sql("select id from doorbraak.compartment_person where compartment_id = ? and until is null and (" + which
					+ ")")
			.param(id)
			.query(Long.class)
			.list();
	}

	private void inAnEmergency() {
		WebVisitor bert = WebVisitor.login(this.town, "bert");
		assertThat(emergency(bert, Map.of("compartments", "true")).status()).as("a reason of its own").isEqualTo(400);
		int told = told();
		assertThat(
				emergency(bert, Map.of("compartments", "true", "whyCompartments", "Waar zijn de kinderen?")).status())
			.isEqualTo(302);
		assertThat(bert.get(apart()).body()).contains("stap " + this.canary).doesNotContain("Opheffen");
		this.town.pass(Duration.ZERO);
		assertThat(told()).as("told at once, again").isGreaterThan(told);
		assertThat(WebVisitor.login(this.town, "karim").get(this.page).body()).contains("Waar zijn de kinderen?");
		this.town.pass(Duration.ofHours(25));
		assertThat(bert.get(apart()).status()).as("for a day").isEqualTo(404);
	}

	private WebVisitor.Answer emergency(WebVisitor who, Map<String, String> more) {
		Map<String, String> fields = new java.util.HashMap<>(Map.of("casus", this.number, "reason", "danger", "why",
				"Zij staat aan de balie.", "confirmed", "true"));
		fields.putAll(more);
		return who.form("/noodtoegang", fields);
	}

	private int told() {
		return this.town.database()
			.sql("select count(*) from doorbraak.alert where case_number = ? and kind = 'emergencyAccess'")
			.param(this.number)
			.query(Integer.class)
			.single();
	}

	private void forAnAuditor(long id) throws IOException {
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		String audit = "/controle/" + this.number + "/afgeschermd";
		assertThat(joris.get("/controle/" + this.number).body()).contains(audit);
		assertThat(joris.get(audit).body()).contains("ex-partner").doesNotContain(this.canary);
		assertThat(joris.form(audit + "/" + id, Map.of()).status()).isEqualTo(400);
		assertThat(joris.form(audit + "/0", Map.of("why", "x")).status()).isEqualTo(404);
		assertThat(joris.form(audit + "/" + id, Map.of("why", "Een klacht.")).status()).isEqualTo(302);
		assertThat(joris.get(audit).body()).contains("stap " + this.canary)
			.doesNotContain(this.name, "adres " + this.canary);
		pack(joris, Map.of("names", "shown", "purpose", "complaint", "why", "Een klacht."));
		this.town.pass(Duration.ofDays(4));
		assertThat(joris.get(audit).body()).as("for a working day").doesNotContain(this.canary);
	}

	private void handedOverAndSucceeded(long id) {
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		this.transactions
			.executeWithoutResult((tx) -> this.compartments.handOver("anna", this.number, "anna", "karim"));
		assertThat(karim.get(apart()).body()).contains("stap " + this.canary);
		assertThat(anna.get(apart()).body()).contains(HIDDEN).doesNotContain(this.canary);
		assertThat(mila.get("/afgeschermd").body()).doesNotContain(this.number);
		assertThat(succeed(mila, id, "anna").status()).as("somebody can open it").isEqualTo(404);
		this.town.database()
			.sql("update doorbraak.compartment_person set until = doorbraak.current_instant() where compartment_id = ? and until is null")
			.param(id)
			.update();
		assertThat(mila.get("/noodtoegang").body()).contains("die niemand van het team kan openen");
		assertThat(mila.get("/afgeschermd").body()).contains(this.number).doesNotContain(this.canary);
		assertThat(succeed(WebVisitor.login(this.town, "hein"), id, "anna").status()).isIn(403, 404);
		assertThat(succeed(mila, id, "joris").status()).isEqualTo(400);
		assertThat(succeed(mila, id, "anna").status()).isEqualTo(302);
		assertThat(anna.get(apart()).body()).contains("stap " + this.canary, "Anna is terug.", "opvolger");
	}

	private WebVisitor.Answer succeed(WebVisitor who, long id, String successor) {
		return who.form("/afgeschermd/" + id, Map.of("successor", successor, "why", "Anna is terug."));
	}

	private void toTheResident(WebVisitor anna, long id) {
		Matcher mia = Pattern.compile("<option value=\"([0-9]+)\">Mia Kwartel")
			.matcher(anna.get(this.page + "/verzoeken").body());
		assertThat(mia.find()).isTrue();
		anna.form(this.page + "/verzoeken", Map.of("person", mia.group(1), "kind", "access", "identity",
				"knownInPerson", "receivedOn", this.town.today().toString()));
		long request = this.town.database()
			.sql("select max(r.id) from doorbraak.subject_request r join doorbraak.case_file c on c.id = r.case_id where c.number = ?")
			.param(this.number)
			.query(Long.class)
			.single();
		String draft = this.page + "/verzoeken/" + request;
		assertThat(anna.get(draft).body()).doesNotContain(this.canary);
		anna.form(draft + "/overzicht", Map.of());
		assertThat(anna.get(draft + "/overzicht.json").body()).doesNotContain(this.canary, this.name);
		WebVisitor karim = WebVisitor.login(this.town, "karim");
		Map<String, String> give = Map.of("compartment", String.valueOf(id), "why", "Dit gaat over haarzelf.");
		assertThat(karim.form(draft + "/afgeschermd", give).status()).isEqualTo(404);
		assertThat(anna.form(draft + "/afgeschermd", give).status()).isEqualTo(302);
		anna.form(draft + "/overzicht", Map.of());
		assertThat(anna.get(draft + "/overzicht.json").body()).contains("stap " + this.canary)
			.doesNotContain(this.name, "reden " + this.canary);
		assertThat(karim.get(draft + "/overzicht").status()).as("what was given is not read around it").isEqualTo(404);
		assertThat(karim.get(draft).body()).doesNotContain(this.canary);
		anna.form("/verzoeken/" + request + "/afsluiten", Map.of("outcome", "given"));
	}

	private void look(long id) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), 390)) {
			screen.logIn("anna");
			screen.open(apart());
			screen.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
			screen.assertReadable();
			screen.picture("compartments-390");
			screen.page().setViewportSize(1280, 900);
			screen.picture("compartments-1280");
			screen.open(this.page);
			screen.picture("compartments-case-1280");
		}
	}

	private void closed(WebVisitor anna, long id) throws IOException {
		anna.form(this.page + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
		WebVisitor.Answer archive = WebVisitor.login(this.town, "mila")
			.form("/bewaren/casus/" + this.number + "/archiefpakket", Map.of());
		assertThat(archive.status()).isEqualTo(200);
		assertThat(unzipped(archive.bytes())).doesNotContain(this.canary);
		String close = apart() + "/" + id + "/opheffen";
		assertThat(anna.form(close, Map.of("why", "Hij is verhuisd.")).status()).isEqualTo(400);
		assertThat(anna.form(close, Map.of("why", "Hij is verhuisd.", "confirmed", "true")).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "karim").get(this.page).body()).doesNotContain(HIDDEN)
			.contains("stap " + this.canary, this.name);
		assertThat(Set.copyOf(this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? and act like 'compartment%'")
			.param(this.number)
			.query(String.class)
			.list())).containsExactlyInAnyOrder("compartmentMade", "compartmentFilled", "compartmentPersonAdded",
					"compartmentPersonRemoved", "compartmentRead", "compartmentOpenedForAudit",
					"compartmentsOpenedInEmergency", "compartmentClosed", "compartmentGiven");
	}

	private String apart() {
		return this.page + "/afgeschermd";
	}

}
