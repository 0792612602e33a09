package nl.doorbraak.overview.web;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.alert.AlertKind;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.audit.Head;
import nl.doorbraak.casefile.CaseFiles.Dossier;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.LifeDomain;
import nl.doorbraak.casefile.Purpose;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.Announcements;
import nl.doorbraak.mandate.Mandates;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.mandate.RegisterView;
import nl.doorbraak.mandate.SignOff;
import nl.doorbraak.overview.CaseStory;
import nl.doorbraak.support.AccessiblePdf;
import nl.doorbraak.support.AccessiblePdf.Picture;
import nl.doorbraak.support.CaseMarks;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.WalkedPath;
import nl.doorbraak.support.web.PageWords;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The whole story of a case for who reads nothing else: in Dutch, as a PDF that a screen
 * reader can read, each picture with its table.
 */
@Component
class EvidenceReport {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	/** Before the recipient of a text message. */
	private static final String SMS = "sms:";

	/** Where a whole date is too wide. */
	private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d-M-uuuu HH:mm");

	/** What changed by when something had to be done, with why. */
	private static final Set<String> TERMS = Set.of("termMoved", "termQuestionAsked", "casePaused", "caseResumed",
			"threatChanged", "threatEnded", "caseRedirected", "signOffTermMoved", "signOffCutShort",
			"followUpTermMoved", "measureMoved", "announcementTermPassed", "carryOutTermPassed", "followUpTermPassed",
			"objectionTermPassed", "agencySilent", "lookBackOverdue");

	/** What the software refused, missed or had to solve by itself. */
	private static final Set<String> SOFTWARE = Set.of("gateRefused", "signOffPassedOn", "signOffPassedOver",
			"nobodyReachable", "alertUndeliverable", "lateWorkFound", "leadMissing", "provisionalLeadAppointed",
			"emergencyReviewMissed");

	/** Why an alert went no further. */
	private static final Map<String, String> FATES = Map.of("alertCancelled", "niet meer nodig", "nobodyReachable",
			"niemand bereikbaar", "alertUndeliverable", "niet bezorgd");

	private final RecordWords records;

	private final StoryWords stories;

	private final WalkedPath path;

	private final Proposals proposals;

	private final Mandates mandates;

	private final Announcements announcements;

	private final Documents documents;

	private final Directory directory;

	private final ITemplateEngine templates;

	private final Clock clock;

	private final AuditTrail trail;

	private final CaseMarks marks;

	private final ObjectMapper json = new ObjectMapper();

	EvidenceReport(RecordWords records, StoryWords stories, WalkedPath path, Proposals proposals, Mandates mandates,
			Announcements announcements, Documents documents, Directory directory, ITemplateEngine templates,
			Clock clock, AuditTrail trail, CaseMarks marks) {
		this.trail = trail;
		this.marks = marks;
		this.records = records;
		this.stories = stories;
		this.path = path;
		this.proposals = proposals;
		this.mandates = mandates;
		this.announcements = announcements;
		this.documents = documents;
		this.directory = directory;
		this.templates = templates;
		this.clock = clock;
	}

	/**
	 * The report.
	 * @param dossier with names, or without
	 * @param why why names are in it; null where they are not
	 * @param chain the lines that it tells, all of them
	 * @param head that was taken over them
	 */
	byte[] pdf(String maker, Dossier dossier, EvidencePack.@Nullable Why why, List<AuditLine> chain, Head head) {
		String number = dossier.file().number();
		Instant now = this.clock.instant();
		StoryWords.In in = this.stories.in(DUTCH);
		CaseStory story = CaseStory.of(chain);
		Timeline timeline = Timeline.of(story, dossier.file().eventDate(), now, in);
		PathPicture walked = PathPicture.of(this.path.of(number), now);
		Height height = Height.of(dossier.stays(), now);
		Map<String, Picture> pictures = new HashMap<>();
		if (height != null) {
			pictures.put("height", EvidencePictures.height(height));
		}
		pictures.put("timeline", EvidencePictures.timeline(timeline));
		walked.models()
			.forEach((model) -> this.path.model(model.key(), model.version())
				.ifPresent((xml) -> pictures.put(model.key() + "/" + model.version(), ModelDrawing.of(xml, model))));
		List<RecordWords.Line> lines = chain.stream().map((line) -> this.records.line(line, DUTCH)).toList();
		List<Proposals.Line> proposed = this.proposals.history(number);
		Map<String, Object> words = new HashMap<>();
		words.put("number", number);
		words.put("municipality", this.directory.getOrganisation(dossier.file().municipality()).name());
		words.put("maker", in.person(maker));
		words.put("purpose",
				Coded.find(Purpose.class, (why != null) ? why.purpose() : "").map(Purpose::label).orElse(""));
		words.put("why", (why != null) ? why.sentence() : "");
		words.put("now", now);
		words.put("time", new PageWords.Words(DUTCH, DutchTime.day(now)));
		words.put("short", (Function<Instant, String>) (at) -> SHORT.format(at.atZone(DutchTime.ZONE)));
		words.put("words", in);
		words.put("dossier", dossier);
		words.put("domains",
				dossier.file()
					.lifeDomains()
					.stream()
					.flatMap((code) -> Coded.find(LifeDomain.class, code).stream())
					.map(LifeDomain::label)
					.collect(Collectors.joining(", ")));
		words.put("height", height);
		words.put("timeline", timeline);
		words.put("walked", walked);
		words.put("story", story);
		words.put("drawn", drawn(pictures));
		words.put("proposals", proposed);
		words.put("reasons", Pages.reasons(dossier));
		words.put("mandates", mandates(proposed));
		words.put("announcement", this.announcements.of(number).orElse(null));
		words.put("letters", this.documents.of(number).stream().filter((each) -> each.isDecision()).toList());
		words.put("messages", messages(chain, in));
		words.put("terms", only(chain, lines, TERMS));
		words.put("software", only(chain, lines, SOFTWARE));
		words.put("refused",
				this.marks.of("/" + number)
					.map(this.trail::refused)
					.orElse(List.of())
					.stream()
					.map((line) -> this.records.line(line, DUTCH))
					.toList());
		words.put("reads", reads(chain, in));
		words.put("lines", lines);
		words.put("marks", chain.stream().map((line) -> HexFormat.of().formatHex(line.hash())).toList());
		words.put("head", head);
		return AccessiblePdf.of(this.templates.process("overview/evidence-report", new Context(DUTCH, words)),
				pictures);
	}

	/** How wide and high a picture is on paper, in millimetres. */
	private static Map<String, String> drawn(Map<String, Picture> pictures) {
		Map<String, String> styles = new HashMap<>();
		pictures.forEach((name, picture) -> {
			double width = name.contains("/") ? 380 : 170;
			double most = name.contains("/") ? 205 : 230;
			double scale = Math.min(width / picture.width(), most / picture.height());
			styles.put(name, String.format(Locale.ROOT, "width: %.1fmm; height: %.1fmm", picture.width() * scale,
					picture.height() * scale));
		});
		return styles;
	}

	/** The lines of the register under which somebody answered, by number and version. */
	private Map<String, RegisterView.Line> mandates(Collection<Proposals.Line> proposals) {
		Map<String, RegisterView.Line> lines = new HashMap<>();
		proposals.stream()
			.flatMap((each) -> each.signOffs().stream())
			.map(SignOff::organisation)
			.distinct()
			.flatMap((body) -> this.mandates.view(this.directory.getOrganisation(body)).lines().stream())
			.forEach((line) -> lines.put(line.number() + " " + line.version(), line));
		return lines;
	}

	private static List<RecordWords.Line> only(List<AuditLine> chain, List<RecordWords.Line> said, Set<String> acts) {
		List<RecordWords.Line> lines = new ArrayList<>();
		for (int i = 0; i < chain.size(); i++) {
			if (acts.contains(chain.get(i).act())) {
				lines.add(said.get(i));
			}
		}
		return lines;
	}

	/** Every alert with what became of it, in the order in which it was written. */
	private List<Message> messages(List<AuditLine> chain, StoryWords.In in) {
		Map<String, Fate> alerts = new LinkedHashMap<>();
		for (AuditLine line : chain) {
			JsonNode facts = facts(line);
			if (facts.hasNonNull("messageId") && line.act().matches("alert.*|nobodyReachable")) {
				String id = facts.path("messageId").asText() + " " + facts.path("recipient").asText();
				alerts.computeIfAbsent(id, (key) -> new Fate(facts, new HashMap<>()))
					.moments()
					.putIfAbsent(line.act(), line.at());
			}
		}
		return alerts.values().stream().map((alert) -> message(alert.facts(), alert.moments(), in)).toList();
	}

	private static Message message(JsonNode facts, Map<String, Instant> moments, StoryWords.In in) {
		String recipient = facts.path("recipient").asText();
		boolean byText = recipient.startsWith(SMS);
		return new Message(Coded.find(AlertKind.class, facts.path("kind").asText()).map(AlertKind::label).orElse(""),
				byText ? in.person(recipient.substring(SMS.length())) + " (sms)" : in.person(recipient),
				moments.get("alertQueued"), moments.get("alertSent"), moments.get("alertSeen"),
				moments.get("alertAcknowledged"),
				FATES.entrySet()
					.stream()
					.filter((fate) -> moments.containsKey(fate.getKey()))
					.map(Map.Entry::getValue)
					.collect(Collectors.joining(", ")));
	}

	/** Who read it, what for and how often. */
	private List<Read> reads(List<AuditLine> chain, StoryWords.In in) {
		Map<String, Read> reads = new TreeMap<>();
		for (AuditLine line : chain) {
			if (line.act().equals("caseRead")) {
				String purpose = Coded.find(Purpose.class, facts(line).path("purpose").asText())
					.map(Purpose::label)
					.orElse("");
				reads.merge(in.person(line.actor()) + " " + purpose,
						new Read(in.person(line.actor()), purpose, 1, line.at(), line.at()),
						(before, next) -> new Read(before.who(), purpose, before.times() + 1, before.first(),
								line.at()));
			}
		}
		return List.copyOf(reads.values());
	}

	private JsonNode facts(AuditLine line) {
		try {
			return this.json.readTree(line.facts());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line of the record holds no JSON", ex);
		}
	}

	/**
	 * An alert.
	 *
	 * @param fate why it went no further; empty where it did
	 */
	record Message(String what, String recipient, @Nullable Instant queued, @Nullable Instant sent,
			@Nullable Instant seen, @Nullable Instant acknowledged, String fate) {
	}

	/** What became of an alert, by act. */
	private record Fate(JsonNode facts, Map<String, Instant> moments) {
	}

	/** That somebody read the case for something. */
	record Read(String who, String purpose, int times, Instant first, Instant last) {
	}

}
