package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

import nl.doorbraak.casefile.CaseEvents.CorrectionRecorded;
import nl.doorbraak.support.FormRules.Answer;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Corrections that residents asked for (AVG 16): a line of its own beside the text, which
 * is never overwritten.
 */
@Service
public class Corrections {

	/** What was decided about a correction, in words. */
	public static final String FORM = "correct-data";

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Corrections(CaseStore store, CaseFiles files, Writing writing, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.clock = clock;
		this.events = events;
	}

	/** Every correction of a case, oldest first, in the words that somebody may read. */
	@Transactional(readOnly = true)
	public All of(String number, String reader) {
		UnaryOperator<String> words = this.files.namesHidden(reader, number)
			.<UnaryOperator<String>>map((names) -> names::hiddenIn)
			.orElse(UnaryOperator.identity());
		return new All(list(number).stream().map((each) -> each.in(words)).toList());
	}

	private List<Correction> list(String number) {
		return this.store.db()
			.sql("""
					select k.*, e.fields -> 0 ->> 'shown' as says, e.fields -> 1 ->> 'shown' as must, e.fields -> 3 ->> 'shown' as why
					from doorbraak.correction k join doorbraak.entry e on e.id = k.entry_id
					where k.case_id = :id order by k.id""")
			.param("id", this.store.get(number).id())
			.query((row, n) -> new Correction(row.getLong("id"), row.getLong("request_id"), row.getString("about"),
					row.getString("says"), row.getString("must"), row.getBoolean("accepted"), row.getString("why"),
					row.getString("decided_by"), row.getTimestamp("decided_at").toInstant()))
			.list();
	}

	/**
	 * Writes down what a resident says that a text must be, and what was decided of it.
	 * @param about key of the text, as it stands with each text of the resident's
	 * overview
	 */
	@Transactional
	public void record(String login, String number, long request, Decided decided) {
		CaseFile file = this.store.lock(number);
		String verdict = decided.accepted() ? "Ja, dit klopt: de correctie staat bij de oude tekst"
				: "Nee, de oude tekst klopt";
		this.writing.record(number, FORM, login,
				List.of(answer("says", "Wat staat er?", decided.says()),
						answer("must", "Wat moet het volgens de inwoner zijn?", decided.must()),
						answer("verdict", "Klopt dat?", verdict), answer("why", "Waarom?", decided.why())));
		this.store.db()
			.sql("""
					insert into doorbraak.correction (case_id, request_id, about, entry_id, accepted, decided_by, decided_at)
					values (:case, :request, :about, :entry, :accepted, :login, :now)""")
			.param("case", file.id())
			.param("request", request)
			.param("about", decided.about())
			.param("entry", this.writing.latestOfCase(number, FORM).orElseThrow().id())
			.param("accepted", decided.accepted())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new CorrectionRecorded(number, login, decided.about().split("-")[0],
				decided.accepted() ? "accepted" : "notAccepted"));
	}

	private static Answer answer(String key, String label, String said) {
		return new Answer(key, label, said, said);
	}

	/** What was decided about a text. */
	public record Decided(String about, String says, String must, boolean accepted, String why) {
	}

	/** All corrections of a case, to be shown beside what they are about. */
	public record All(List<Correction> list) {

		public All {
			list = List.copyOf(list);
		}

		/** Those about a text, or about a field of it. */
		public List<Correction> about(String key) {
			return this.list.stream().filter((each) -> each.isAbout(key)).toList();
		}

	}

}
