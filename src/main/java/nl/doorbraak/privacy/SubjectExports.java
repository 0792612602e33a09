package nl.doorbraak.privacy;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.carryout.Measure;
import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Compartment;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentGiven;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.casefile.Correction;
import nl.doorbraak.casefile.Corrections;
import nl.doorbraak.casefile.Disclosure;
import nl.doorbraak.casefile.Disclosures;
import nl.doorbraak.casefile.Document;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.OthersLeftOut;
import nl.doorbraak.casefile.PlanLine;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Purpose;
import nl.doorbraak.casefile.Resident;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.mandate.SignOff;
import nl.doorbraak.privacy.SubjectOverview.Item;
import nl.doorbraak.privacy.SubjectOverview.Line;
import nl.doorbraak.privacy.SubjectOverview.Section;
import nl.doorbraak.privacy.SubjectRequest.Kind;
import nl.doorbraak.privacy.SubjectRequest.LeaveOut;
import nl.doorbraak.privacy.SubjectRequestEvents.PassageLeftOut;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectExportMade;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchMoney;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a case holds about the resident who asked: everything, without others. The team
 * reads it before it is made, and may leave out a passage with a reason, or decide on a
 * correction of it.
 */
@Service
public class SubjectExports {

	/** How the parts of a case that belong to a resident's request begin. */
	static final String PART = "subject-";

	/** What stands in a part of its own, or is about the household as a whole. */
	private static final Set<String> ELSEWHERE = Set.of(Corrections.FORM, CaseFiles.SURVEY, CaseFiles.LEAVE_OUT);

	private static final Locale DUTCH = Locale.forLanguageTag("nl");

	private static final int LONGEST = 2000;

	private static final ObjectMapper JSON = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	private final JdbcClient db;

	private final SubjectRequests requests;

	private final CaseFiles files;

	private final Compartments compartments;

	private final Residents residents;

	private final Plans plans;

	private final Documents documents;

	private final Disclosures disclosures;

	private final Corrections corrections;

	private final Proposals proposals;

	private final Measures measures;

	private final AuditTrail trail;

	private final Directory directory;

	private final ResidentCodes codes;

	private final MessageSource messages;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	SubjectExports(JdbcClient db, SubjectRequests requests, CaseFiles files, Compartments compartments,
			Residents residents, Plans plans, Documents documents, Disclosures disclosures, Corrections corrections,
			Proposals proposals, Measures measures, AuditTrail trail, Directory directory, ResidentCodes codes,
			MessageSource messages, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.requests = requests;
		this.compartments = compartments;
		this.files = files;
		this.residents = residents;
		this.plans = plans;
		this.documents = documents;
		this.disclosures = disclosures;
		this.corrections = corrections;
		this.proposals = proposals;
		this.measures = measures;
		this.trail = trail;
		this.directory = directory;
		this.codes = codes;
		this.messages = messages;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * The overview as it would be made now, for the team; recorded as a reading.
	 * @throws Refused who is not of the team (404, 403)
	 */
	@Transactional
	public Draft draft(String login, String number, long id) {
		CaseFiles.Dossier dossier = this.files.read(login, number, PART + "overview", Sight.TEAM_ONLY);
		SubjectRequest request = this.requests.get(number, id);
		List<Long> given = given(id);
		return new Draft(request, overview(dossier, request, login), isMade(id),
				this.compartments.marks(login, number)
					.list()
					.stream()
					.filter((each) -> !given.contains(each.id()))
					.toList());
	}

	/**
	 * Leaves a passage out of what is given, with a ground and a reason that are kept.
	 */
	@Transactional
	public void leaveOut(String login, String number, long id, String passage, String ground, String why) {
		SubjectRequest request = open(login, number, id, Kind.ACCESS);
		LeaveOut because = Coded.find(LeaveOut.class, ground)
			.orElseThrow(() -> Refused.invalid("leave-out-ground", "Kies op welke grond u dit weglaat.", "ground"));
		find(draft(login, number, id).overview(), passage);
		long entry = this.requests.write(number, CaseFiles.LEAVE_OUT, login,
				"Waarom krijgt de inwoner deze passage niet?", why);
		this.db
			.sql("""
					insert into doorbraak.passage_left_out (case_id, request_id, passage, ground, entry_id, left_out_by, left_out_at)
					select :case, :id, :passage, :ground, :entry, :login, :now
					where not exists (select 1 from doorbraak.passage_left_out where request_id = :id and passage = :passage)""")
			.param("case", this.files.get(number).id())
			.param("id", request.id())
			.param("passage", passage)
			.param("ground", because.code())
			.param("entry", entry)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new PassageLeftOut(number, login, id, because.code()));
	}

	/**
	 * Decides that a resident gets what is in a compartment; without that, nothing of it
	 * is given.
	 */
	@Transactional
	public void give(String login, String number, long id, long compartment, String why) {
		SubjectRequest request = open(login, number, id, Kind.ACCESS);
		long entry = this.compartments.give(login, number, compartment, why);
		int given = this.db.sql("""
				insert into doorbraak.compartment_given (request_id, compartment_id, entry_id, given_by, given_at)
				values (:id, :compartment, :entry, :login, :now) on conflict do nothing""")
			.param("id", request.id())
			.param("compartment", compartment)
			.param("entry", entry)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		if (given == 1) {
			this.events.publishEvent(new CompartmentGiven(number, login, compartment, id));
		}
	}

	/** Those that a decision gives to the resident. */
	private List<Long> given(long request) {
		return this.db.sql(
				"select compartment_id from doorbraak.compartment_given where request_id = :id order by compartment_id")
			.param("id", request)
			.query(Long.class)
			.list();
	}

	private List<Long> mayOpen(String login, String number) {
		return this.compartments.marks(login, number).list().stream().map(Compartment::id).toList();
	}

	private List<Item> apart(CaseFile file, SubjectRequest request, String login, Writer writer) {
		List<Long> open = mayOpen(login, file.number());
		return given(request.id()).stream()
			.filter(open::contains)
			.flatMap((each) -> this.compartments.contents(login, file.number(), each).given().stream())
			.map((entry) -> new Item(word("form." + entry.form()), function(entry.writtenBy()), entry.writtenAt(),
					answers("entry-" + entry.id(), entry.answers(), writer)))
			.filter((item) -> !item.lines().isEmpty())
			.toList();
	}

	/**
	 * Decides on what a resident says that a text must be; it stands beside the text from
	 * then on.
	 */
	@Transactional
	public void correct(String login, String number, long id, String passage, String must, String accepted,
			String why) {
		open(login, number, id, Kind.CORRECTION);
		String text = Typed.text(must, LONGEST, "correct-must",
				"Schrijf op wat er volgens de inwoner moet staan, in hoogstens " + LONGEST + " tekens.", "must");
		String because = Typed.text(why, LONGEST, "correct-why",
				"Schrijf in een zin waarom u ja of nee zegt, in hoogstens " + LONGEST + " tekens.", "why");
		if (!List.of("yes", "no").contains(accepted)) {
			throw Refused.invalid("correct-verdict", "Kies of de correctie klopt.", "accepted");
		}
		String says = find(draft(login, number, id).overview(), passage).text();
		this.corrections.record(login, number, id,
				new Corrections.Decided(passage, says, text, accepted.equals("yes"), because));
	}

	private static Line find(SubjectOverview overview, String passage) {
		return overview.sections()
			.stream()
			.flatMap((each) -> each.items().stream())
			.flatMap((each) -> each.lines().stream())
			.filter((each) -> each.key().equals(passage))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("passage", "Kies om welke passage het gaat.", "passage"));
	}

	/** Makes the overview: as it is now it is kept, and can be given. */
	@Transactional
	public void make(String login, String number, long id) {
		SubjectRequest request = open(login, number, id, Kind.ACCESS);
		SubjectOverview overview = draft(login, number, id).overview();
		String content = json(overview);
		this.db.sql("""
				insert into doorbraak.subject_export (case_id, request_id, content, made_by, made_at)
				values (:case, :id, :content, :login, :now)""")
			.param("case", this.files.get(number).id())
			.param("id", request.id())
			.param("content", content)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(
				new SubjectExportMade(number, login, id, this.codes.code("export", content), overview.lines()));
	}

	/** The overview as it was made last, as JSON; recorded as a reading. */
	@Transactional
	public String made(String login, String number, long id) {
		this.files.read(login, number, PART + "export", Sight.TEAM_ONLY);
		this.requests.get(number, id);
		if (!mayOpen(login, number).containsAll(given(id))) {
			throw Refused.notFound();
		}
		return this.db
			.sql("select content from doorbraak.subject_export where request_id = :id order by id desc limit 1")
			.param("id", id)
			.query(String.class)
			.optional()
			.orElseThrow(Refused::notFound);
	}

	/** The same, to be shown. */
	@Transactional
	public SubjectOverview shown(String login, String number, long id) {
		try {
			return JSON.readValue(made(login, number, id), SubjectOverview.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An overview cannot be read", ex);
		}
	}

	private static String json(SubjectOverview overview) {
		try {
			return JSON.writeValueAsString(overview);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An overview is plain text", ex);
		}
	}

	private SubjectRequest open(String login, String number, long id, Kind kind) {
		this.files.lockForTeam(login, number);
		SubjectRequest request = SubjectRequests.refuseUnlessOpen(this.requests.get(number, id));
		if (request.kind() != kind) {
			throw Refused.conflict("request-kind", "Dit hoort niet bij wat de inwoner vroeg.");
		}
		return request;
	}

	private boolean isMade(long id) {
		return this.db.sql("select count(*) from doorbraak.subject_export where request_id = :id")
			.param("id", id)
			.query(Integer.class)
			.single() > 0;
	}

	private SubjectOverview overview(CaseFiles.Dossier dossier, SubjectRequest request, String login) {
		CaseFile file = dossier.file();
		String number = file.number();
		Resident self = this.residents.get(number, request.person());
		List<AuditLine> chain = this.trail.chain(number);
		List<String> staff = Stream
			.concat(chain.stream().map(AuditLine::actor), dossier.entries().stream().map(Entry::writtenBy))
			.filter((each) -> !each.startsWith("#"))
			.distinct()
			.map(this.directory::nameOf)
			.toList();
		OthersLeftOut others = this.residents.leavingOut(number, self, staff);
		Map<String, LeaveOut> byHand = byHand(request.id());
		Writer writer = new Writer(others::in, byHand);
		List<Section> sections = new ArrayList<>();
		sections.add(new Section("person", "Wie u bent", List.of(person(self.member(), writer))));
		sections.add(new Section("case", "Uw casus", List.of(caseItem(file, writer))));
		sections.add(new Section("plan", "Feiten en plan", plan(number, writer)));
		sections.add(new Section("entries", "Wat er is opgeschreven", entries(dossier, writer)));
		List<Item> apart = apart(file, request, login, writer);
		if (!apart.isEmpty()) {
			sections.add(new Section("apart", "Wat apart werd bewaard", apart));
		}
		sections.add(new Section("corrections", "Wat u wilde verbeteren", corrections(number, login, writer)));
		sections.add(new Section("decisions", "Wat er is besloten", decisions(dossier, writer)));
		sections.add(new Section("measures", "Wat er is afgesproken", measures(number, writer)));
		sections.add(new Section("papers", "Brieven en stukken", papers(number, writer)));
		sections.add(new Section("shared", "Met wie is gedeeld", shared(number, dossier, writer)));
		sections.add(new Section("consultations", "Wanneer iemand deze casus las, en waarvoor", consultations(chain)));
		return new SubjectOverview(number, self.member().name(),
				this.directory.getOrganisation(file.municipality()).name(), this.clock.instant(), sections,
				leftOut(others, byHand));
	}

	private Map<String, LeaveOut> byHand(long request) {
		Map<String, LeaveOut> byHand = new HashMap<>();
		this.db.sql("select passage, ground from doorbraak.passage_left_out where request_id = :id")
			.param("id", request)
			.query((row) -> {
				byHand.put(row.getString(1), Coded.of(LeaveOut.class, row.getString(2)));
			});
		return byHand;
	}

	private static List<String> leftOut(OthersLeftOut others, Map<String, LeaveOut> byHand) {
		List<String> left = new ArrayList<>(List.of(
				"Namen van medewerkers staan er niet in: u leest hun functie. U hebt recht op wanneer uw gegevens zijn gelezen en waarvoor, niet op wie dat deed (Hof van Justitie, C-579/21).",
				"Namen, adressen en contactgegevens van anderen zijn vervangen, omdat ook zij recht hebben op privacy (AVG artikel 15, vierde lid). Aantal zinnen: "
						+ others.names() + ".",
				"Zinnen die alleen over een ander uit het huishouden gaan, zijn weggelaten. Aantal: "
						+ others.sentences() + ".",
				"Wat iemand in een vragenlijst over de aanpak antwoordde, staat er niet in: die gaat over het hele huishouden.",
				"Van brieven en stukken staat hier de lijst. Een kopie geven wij apart, nadat is gekeken of er iets over anderen in staat."));
		byHand.values()
			.stream()
			.collect(Collectors.groupingBy((each) -> each, Collectors.counting()))
			.forEach((ground, count) -> left
				.add("Door de gemeente weggelaten: " + count + " keer. Grond: " + ground.label() + "."));
		return left;
	}

	private static Item person(HouseholdMember self, Writer writer) {
		List<Line> lines = new ArrayList<>();
		own(lines, "member-name", "Naam", self.name());
		own(lines, "member-birthDate", "Geboren", (self.birthDate() != null) ? DutchTime.date(self.birthDate()) : null);
		own(lines, "member-contact", "Contact", self.contact());
		own(lines, "member-address", "Adres", self.address());
		if (self.addressSecret()) {
			own(lines, "member-addressSecret", "Geheim adres", "Ja: uw adres wordt niet aan anderen gegeven");
		}
		return new Item("Uw gegevens", null, null, writer.byHand(lines));
	}

	private static void own(List<Line> lines, String key, String label, @Nullable String text) {
		if (text != null && !text.isBlank()) {
			lines.add(new Line(key, label, text));
		}
	}

	private Item caseItem(CaseFile file, Writer writer) {
		List<Line> lines = new ArrayList<>();
		writer.add(lines, "case-stuck", "Wat zit er vast?", file.whatIsStuck());
		writer.add(lines, "case-involved", "Betrokken", file.involved());
		writer.add(lines, "case-domains", "Waarover gaat het?",
				Stream.of(LifeDomain.values())
					.filter((each) -> file.lifeDomains().contains(each.code()))
					.map(LifeDomain::label)
					.collect(Collectors.joining(", ")));
		if (file.threat() != null) {
			writer.add(lines, "case-threat", "Wat dreigt er?", file.headline(DutchTime.day(this.clock.instant())));
		}
		if (file.amountCents() != null) {
			writer.add(lines, "case-amount", "Bedrag", DutchMoney.euros(file.amountCents()));
		}
		return new Item("Casus " + file.number(), function(file.reportedBy()), file.reportedAt(), lines);
	}

	private List<Item> plan(String number, Writer writer) {
		return this.plans.of(number)
			.lines()
			.stream()
			.flatMap((line) -> Stream.concat(Stream.of(line), line.before().stream()))
			.map((line) -> new Item(word("plan." + line.part().code()) + (line.withdrawn() ? " (ingetrokken)" : ""),
					function(line.madeBy()), line.madeAt(), answers(planKey(line), line.answers(), writer)))
			.filter((item) -> !item.lines().isEmpty())
			.toList();
	}

	private static String planKey(PlanLine line) {
		return "line-" + line.line() + "-" + line.version();
	}

	private List<Item> entries(CaseFiles.Dossier dossier, Writer writer) {
		return dossier.entries()
			.stream()
			.filter((entry) -> !ELSEWHERE.contains(entry.form()))
			.map((entry) -> new Item(word("form." + entry.form()), function(entry.writtenBy()), entry.writtenAt(),
					answers("entry-" + entry.id(), entry.answers(), writer)))
			.filter((item) -> !item.lines().isEmpty())
			.toList();
	}

	/** Without what a report says of each of the people: that stands with who it is. */
	private static List<Line> answers(String key, List<Answer> answers, Writer writer) {
		List<Line> lines = new ArrayList<>();
		answers.stream()
			.filter((answer) -> !answer.key().startsWith("member"))
			.forEach((answer) -> writer.add(lines, key + "-" + answer.key(), answer.label(), answer.shown()));
		return lines;
	}

	private List<Item> corrections(String number, String login, Writer writer) {
		return this.corrections.of(number, login).list().stream().map((each) -> correction(each, writer)).toList();
	}

	private Item correction(Correction correction, Writer writer) {
		List<Line> lines = new ArrayList<>();
		String key = "correction-" + correction.id();
		writer.add(lines, key + "-says", "Wat staat er?", correction.says());
		writer.add(lines, key + "-must", "Wat moet het zijn?", correction.must());
		writer.add(lines, key + "-verdict", "Klopt dat?", correction.accepted() ? "Ja" : "Nee");
		writer.add(lines, key + "-why", "Waarom?", correction.why());
		return new Item("Correctie", function(correction.decidedBy()), correction.decidedAt(), lines);
	}

	private List<Item> decisions(CaseFiles.Dossier dossier, Writer writer) {
		List<Item> items = new ArrayList<>();
		for (RungStay stay : dossier.stays()) {
			List<Line> lines = new ArrayList<>();
			String key = "stay-" + stay.id();
			writer.add(lines, key + "-rung", "Niveau",
					stay.rung().label() + ", " + this.directory.getOrganisation(stay.body()).name() + ", sinds "
							+ DutchTime.moment(stay.openedAt()));
			if (stay.decision() != null) {
				writer.add(lines, key + "-decision", "Besloten", stay.decision().label());
			}
			String by = stay.decidedBy();
			items.add(new Item(stay.rung().label(), (by != null) ? function(by) : null, stay.decidedAt(), lines));
		}
		int nth = 0;
		for (Proposals.Line proposal : this.proposals.history(dossier.file().number())) {
			nth++;
			for (SignOff signed : proposal.signOffs()) {
				List<Line> lines = new ArrayList<>();
				String key = "signed-" + nth + "-" + proposal.signOffs().indexOf(signed);
				writer.add(lines, key + "-outcome", "Antwoord", signed.outcome().label());
				writer.add(lines, key + "-amount", "Bedrag", DutchMoney.euros(proposal.amountCents()));
				writer.add(lines, key + "-mandate", "Op grond van mandaat",
						signed.mandate() + ", versie " + signed.mandateVersion());
				items.add(new Item("Voorstel",
						signed.function().label() + ", " + this.directory.getOrganisation(signed.organisation()).name(),
						signed.at(), lines));
			}
		}
		return items;
	}

	private List<Item> measures(String number, Writer writer) {
		return this.measures.of(number).stream().map((measure) -> measure(measure, writer)).toList();
	}

	private Item measure(Measure measure, Writer writer) {
		List<Line> lines = new ArrayList<>();
		String key = "measure-" + measure.id();
		writer.add(lines, key + "-what", "Wat?", measure.what());
		writer.add(lines, key + "-dueOn", "Uiterlijk", DutchTime.date(measure.dueOn()));
		writer.add(lines, key + "-state", "Stand", measure.state().label());
		writer.add(lines, key + "-said", "Wat is erover gezegd?", measure.said());
		return new Item("Maatregel van " + this.directory.getOrganisation(measure.organisation()).name(),
				function(measure.madeBy()), measure.madeAt(), lines);
	}

	private List<Item> papers(String number, Writer writer) {
		return this.documents.of(number).stream().map((paper) -> paper(paper, writer)).toList();
	}

	private Item paper(Document paper, Writer writer) {
		List<Line> lines = new ArrayList<>();
		String key = "paper-" + paper.id();
		writer.add(lines, key + "-title", "Titel", Objects.requireNonNullElse(paper.title(), paper.kind().label()));
		if (paper.datedOn() != null) {
			writer.add(lines, key + "-datedOn", "Van", DutchTime.date(paper.datedOn()));
		}
		if (paper.withdrawn() != null) {
			writer.add(lines, key + "-withdrawn", "Ingetrokken", paper.withdrawn().why());
		}
		return new Item(paper.kind().label(), function(paper.madeBy()), paper.madeAt(), lines);
	}

	private List<Item> shared(String number, CaseFiles.Dossier dossier, Writer writer) {
		Map<Long, Entry> written = dossier.entries().stream().collect(Collectors.toMap(Entry::id, (entry) -> entry));
		return this.disclosures.of(number).stream().map((each) -> sharing(each, written, writer)).toList();
	}

	private Item sharing(Disclosure each, Map<Long, Entry> written, Writer writer) {
		List<Line> lines = new ArrayList<>();
		String key = "shared-" + each.id();
		writer.add(lines, key + "-items", "Wat?",
				each.items().stream().map(Disclosure.Item::label).collect(Collectors.joining(", ")));
		writer.add(lines, key + "-purpose", "Waarvoor?", each.purpose().label());
		writer.add(lines, key + "-basis", "Op welke grond?", each.basis().label());
		Entry why = written.get(each.entry());
		if (why != null) {
			writer.add(lines, key + "-necessity", "Waarom was het nodig?", why.text("necessity"));
		}
		return new Item(this.directory.getOrganisation(each.organisation()).name(), function(each.sharedBy()),
				each.sharedAt(), lines);
	}

	private List<Item> consultations(List<AuditLine> chain) {
		return chain.stream()
			.filter((line) -> line.act().equals("caseRead") && !isByResident(line))
			.map(this::consultation)
			.toList();
	}

	/** Which residents have a page of their own is not for the others. */
	private static boolean isByResident(AuditLine line) {
		return facts(line).path("purpose").asText().equals(Purpose.RESIDENT.code());
	}

	private Item consultation(AuditLine line) {
		String purpose = Coded.find(Purpose.class, facts(line).path("purpose").asText())
			.map(Purpose::label)
			.orElse("niet vastgelegd");
		return new Item("Gelezen voor: " + purpose, function(line.actor()), line.at(), List.of());
	}

	private static JsonNode facts(AuditLine line) {
		try {
			return JSON.readTree(line.facts());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Facts of a line are JSON", ex);
		}
	}

	/** Function and organisation of somebody, never a name. */
	private String function(String login) {
		return this.directory.posts(login)
			.stream()
			.findFirst()
			.map((post) -> post.function().label() + ", " + this.directory.getOrganisation(post.organisation()).name())
			.orElse(login.startsWith("#") ? "Doorbraak zelf" : "Een medewerker");
	}

	private String word(String key) {
		return this.messages.getMessage(key, null, key, DUTCH);
	}

	/**
	 * What is to be left out or decided of a resident's overview.
	 *
	 * @param made whether it was made already, and can be given
	 * @param apart compartments that the reader may open and that are not given
	 */
	public record Draft(SubjectRequest request, SubjectOverview overview, boolean made, List<Compartment> apart) {
	}

	/** Writes passages without others and without what was left out by hand. */
	private record Writer(UnaryOperator<String> words, Map<String, LeaveOut> left) {

		void add(List<Line> lines, String key, String label, @Nullable String text) {
			if (text != null && !text.isBlank()) {
				lines.add(byHand(new Line(key, label, this.words.apply(text))));
			}
		}

		List<Line> byHand(List<Line> lines) {
			return lines.stream().map(this::byHand).toList();
		}

		private Line byHand(Line line) {
			LeaveOut ground = this.left.get(line.key());
			return (ground == null) ? line : new Line(line.key(), line.label(), "[weggelaten] " + ground.label());
		}

	}

}
