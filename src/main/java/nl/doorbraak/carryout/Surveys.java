package nl.doorbraak.carryout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import nl.doorbraak.carryout.CarryOutEvents.OutcomeRecorded;
import nl.doorbraak.carryout.CarryOutEvents.SurveyAnswered;
import nl.doorbraak.carryout.CarryOutEvents.SurveyDue;
import nl.doorbraak.carryout.CarryOutEvents.SurveyLinkMade;
import nl.doorbraak.carryout.CarryOutEvents.SurveyLinkWithdrawn;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the resident says of how it went: at the closing and a year later, also after a
 * no. By a link that the team hands over, that can be taken back and expires; or together
 * with the team. Only the team reads it.
 */
@Service
public class Surveys {

	/** The questions, in the order of the page; the words are messages. */
	public static final List<String> QUESTIONS = List.of("expected", "serious", "onePerson", "oneStory", "noExplained",
			"better");

	private static final Duration LINK_LIVES = Duration.ofDays(56);

	private static final int LONGEST_TEXT = 4000;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final SurveyWords words;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Surveys(JdbcClient db, CaseFiles files, Writing writing, SurveyWords words, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.words = words;
		this.clock = clock;
		this.events = events;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void plan(OutcomeRecorded event) {
		CaseFile file = this.files.get(event.number());
		LocalDate today = DutchTime.day(this.clock.instant());
		for (int months : (file.outcome() == Outcome.WITHDRAWN) ? new int[] { 0 } : new int[] { 0, 12 }) {
			this.db.sql("""
					insert into doorbraak.survey (case_id, months, asked_on, told_at)
					values (:id, :months, :day, case when :months = 0 then cast(:now as timestamptz) end)""")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("id", file.id())
				.param("months", months)
				.param("day", Date.valueOf(today.plusMonths(months)))
				.update();
		}
	}

	/**
	 * Its day has come, or nobody answered: the team is told, twice at most. At the
	 * closing it knows by the closing itself.
	 */
	@Transactional
	public void tell(String number, int months) {
		CaseFile file = this.files.lock(number);
		this.db
			.sql("""
					update doorbraak.survey set reminded_at = case when told_at is not null then cast(:now as timestamptz) end,
					  told_at = coalesce(told_at, :now)
					where case_id = :id and months = :months and answered_at is null and reminded_at is null
					returning reminded_at is not null""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", file.id())
			.param("months", months)
			.query(Boolean.class)
			.optional()
			.ifPresent((reminder) -> this.events.publishEvent(new SurveyDue(number, Actor.TIMER, months, reminder)));
	}

	/** The surveys of a case, the first one first; for who is of its team. */
	@Transactional(readOnly = true)
	public List<Survey> of(String number) {
		return this.db.sql("""
				select s.*, c.number from doorbraak.survey s join doorbraak.case_file c on c.id = s.case_id
				where c.number = :number order by s.months""")
			.param("number", number)
			.query((row, n) -> survey(row))
			.list();
	}

	/**
	 * Makes a link for the resident, and lets the one before end; says the secret in it,
	 * which is kept nowhere.
	 * @throws Refused who is not of the team (403, 404), when its day has not come or it
	 * was answered (409)
	 */
	@Transactional
	public String makeLink(String login, String number, int months) {
		return makeLink(this.files.lockForTeam(login, number), login, months);
	}

	/** The one that waits for what the resident says; nothing when none does today. */
	@Transactional(readOnly = true)
	public Optional<Survey> waiting(String number) {
		LocalDate today = DutchTime.day(this.clock.instant());
		return of(number).stream()
			.filter((each) -> each.answeredAt() == null && !each.askedOn().isAfter(today))
			.findFirst();
	}

	/**
	 * The same link for the resident who comes from the page of his or her own.
	 * @throws Refused when no survey waits for an answer (409)
	 */
	@Transactional
	public String makeLinkForResident(String number) {
		CaseFile file = this.files.lock(number);
		Survey waiting = waiting(number).orElseThrow(() -> Refused.conflict("survey-answered",
				"Deze vragen zijn al beantwoord. U hoeft niets meer te doen."));
		return makeLink(file, Actor.LINK, waiting.months());
	}

	private String makeLink(CaseFile file, String by, int months) {
		String number = file.number();
		open(number, months);
		byte[] secret = new byte[20];
		RANDOM.nextBytes(secret);
		String key = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		Instant expiresAt = this.clock.instant().plus(LINK_LIVES);
		keep(file, months, hash(key), expiresAt);
		this.events.publishEvent(new SurveyLinkMade(number, by, months, expiresAt));
		return key;
	}

	/**
	 * Takes the link back.
	 * @throws Refused who is not of the team (403, 404), or when it was answered (409)
	 */
	@Transactional
	public void withdrawLink(String login, String number, int months) {
		CaseFile file = this.files.lockForTeam(login, number);
		if (open(number, months).expiresAt() != null) {
			keep(file, months, null, null);
			this.events.publishEvent(new SurveyLinkWithdrawn(number, login, months));
		}
	}

	private void keep(CaseFile file, int months, @Nullable String hash, @Nullable Instant expiresAt) {
		this.db
			.sql("""
					update doorbraak.survey set key_hash = :hash, expires_at = :expires where case_id = :id and months = :months""")
			.param("hash", hash, Types.VARCHAR)
			.param("expires", (expiresAt != null) ? Timestamp.from(expiresAt) : null, Types.TIMESTAMP)
			.param("id", file.id())
			.param("months", months)
			.update();
	}

	/**
	 * What a link opens.
	 * @throws Refused for one that does not exist, expired or was taken back (404)
	 */
	@Transactional(readOnly = true)
	public Survey open(String key) {
		return this.db.sql("""
				select s.*, c.number from doorbraak.survey s join doorbraak.case_file c on c.id = s.case_id
				where s.key_hash = :hash and (s.expires_at > :now or s.answered_at is not null)""")
			.param("hash", hash(key))
			.param("now", Timestamp.from(this.clock.instant()))
			.query((row, n) -> survey(row))
			.optional()
			.orElseThrow(Refused::noSuchLink);
	}

	/**
	 * Takes what the resident says.
	 * @param scores one to five for each question, null for what is left open
	 * @throws Refused for a link that opens nothing (404), when it was answered (409), or
	 * when nothing was said (400)
	 */
	@Transactional
	public void answer(String key, List<@Nullable Integer> scores, String text) {
		Survey survey = open(key);
		CaseFile file = this.files.lock(survey.number());
		answer(file, open(survey.number(), survey.months()), Actor.LINK, scores, text);
	}

	/**
	 * Takes what the resident said to somebody of the team.
	 * @throws Refused who is not of the team (403, 404), when its day has not come or it
	 * was answered (409), or when nothing was said (400)
	 */
	@Transactional
	public void answerTogether(String login, String number, int months, List<@Nullable Integer> scores, String text) {
		CaseFile file = this.files.lockForTeam(login, number);
		answer(file, open(number, months), login, scores, text);
	}

	private void answer(CaseFile file, Survey survey, String by, List<@Nullable Integer> scores, String text) {
		if (scores.size() != QUESTIONS.size()
				|| scores.stream().anyMatch((score) -> score != null && (score < 1 || score > 5))) {
			throw Refused.invalid("survey-scores",
					"Kies bij elke vraag een van de vijf antwoorden, of laat haar open.");
		}
		String said = text.isBlank() ? "" : Typed.text(text, LONGEST_TEXT, "survey-text",
				"Schrijf hoogstens " + LONGEST_TEXT + " tekens.", "text");
		if (said.isEmpty() && scores.stream().allMatch(Objects::isNull)) {
			throw Refused.invalid("survey-empty", "Beantwoord ten minste een vraag, of schrijf iets op.");
		}
		List<Answer> answers = new ArrayList<>();
		IntStream.range(0, QUESTIONS.size()).filter((n) -> scores.get(n) != null).forEach((n) -> {
			String score = String.valueOf(scores.get(n));
			answers.add(new Answer(QUESTIONS.get(n), this.words.question(QUESTIONS.get(n)), score,
					this.words.score(score)));
		});
		if (!said.isEmpty()) {
			answers.add(new Answer("text", this.words.question("text"), said, said));
		}
		this.writing.record(file.number(), CaseFiles.SURVEY, by, answers);
		long entry = this.writing.latestOfCase(file.number(), CaseFiles.SURVEY).orElseThrow().id();
		this.db.sql("""
				update doorbraak.survey set answered_at = :now, scores = :scores, entry_id = :entry, with_help = :help
				where case_id = :id and months = :months""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("scores", scores.toArray(Integer[]::new))
			.param("entry", entry)
			.param("help", !by.equals(Actor.LINK))
			.param("id", file.id())
			.param("months", survey.months())
			.update();
		this.events.publishEvent(new SurveyAnswered(file.number(), by, survey.months(), !by.equals(Actor.LINK)));
	}

	private Survey open(String number, int months) {
		Survey survey = of(number).stream()
			.filter((each) -> each.months() == months)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (survey.answeredAt() != null) {
			throw Refused.conflict("survey-answered", "Deze vragen zijn al beantwoord. U hoeft niets meer te doen.");
		}
		if (survey.askedOn().isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.conflict("survey-early",
					"Deze vragen komen pas op " + DutchTime.date(survey.askedOn()) + ": een jaar na de sluiting.");
		}
		return survey;
	}

	private static String hash(String key) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Survey survey(ResultSet row) throws SQLException {
		Array scores = row.getArray("scores");
		return new Survey(row.getString("number"), row.getInt("months"), row.getObject("asked_on", LocalDate.class),
				instant(row, "expires_at").orElse(null), instant(row, "answered_at").orElse(null),
				(scores != null) ? Arrays.asList((Integer[]) scores.getArray()) : List.of(),
				row.getObject("entry_id", Long.class), row.getBoolean("with_help"));
	}

	private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
		return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
	}

	/**
	 * One survey.
	 *
	 * @param number of the case
	 * @param months after the closing
	 * @param askedOn its day
	 * @param expiresAt until when its link opens; null while there is none
	 * @param entry id of what was said; null before
	 */
	public record Survey(String number, int months, LocalDate askedOn, @Nullable Instant expiresAt,
			@Nullable Instant answeredAt, List<@Nullable Integer> scores, @Nullable Long entry, boolean withHelp) {
	}

}
