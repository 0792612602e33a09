package nl.doorbraak.lead;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The question for the lead as a task of the organisation that is asked. The same answers
 * can be given on the page and, but for taking the lead, by the link of the mail.
 */
@Service
public class LeadQuestions {

	/** The form of the task. */
	public static final String FORM = "answer-lead-question";

	private final Leads leads;

	private final LeadWatch watch;

	private final Answerers answerers;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	LeadQuestions(Leads leads, LeadWatch watch, Answerers answerers, CaseFiles files, Writing writing,
			Directory directory) {
		this.leads = leads;
		this.watch = watch;
		this.answerers = answerers;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
	}

	/** The questions that wait; none while somebody has the lead. */
	@Transactional(readOnly = true)
	public List<Long> open(String number) {
		return this.leads.current(number).isPresent() ? List.of()
				: this.leads.asks(number)
					.stream()
					.filter((lead) -> lead.state() == Lead.State.ASKED)
					.map(Lead::id)
					.toList();
	}

	/** Those of these cases without a lead in which a question waits. */
	@Transactional(readOnly = true)
	public List<String> waiting(Collection<String> numbers) {
		return this.leads.asks(numbers)
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((lead) -> lead.state() == Lead.State.ASKED)
			.map(Lead::number)
			.distinct()
			.sorted()
			.toList();
	}

	/** When the watch tells next that nobody has the lead. */
	@Transactional(readOnly = true)
	public Instant dueAt(String number) {
		return this.watch.nextDateAt(number);
	}

	/** Who may answer. */
	@Transactional(readOnly = true)
	public Asked asked(String number, long id) {
		Organisation organisation = this.directory.getOrganisation(get(number, id).organisation());
		return new Asked(new Officer.Post(organisation.kind().answering(), organisation.id()).group(),
				this.answerers.standIns(organisation).stream().map(Absence::deputy).map(String::valueOf).toList());
	}

	/**
	 * Takes the answer that somebody just wrote.
	 * @throws Refused as {@link Leads#answer}; when the reason or the organisation is
	 * none (400); when somebody else has the lead already (409)
	 */
	@Transactional
	public void record(String number, long id) {
		this.files.hold(number);
		Entry entry = this.writing.latestOfCase(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Question " + id + " for the lead has no answer"));
		Answers answers = new Answers(entry.answers());
		this.leads.answer(entry.writtenBy(), number, id, answers.text("reason"), answers.text("referredTo"));
	}

	Lead get(String number, long id) {
		return this.leads.asks(number).stream().filter((lead) -> lead.id() == id).findFirst().orElseThrow();
	}

	/**
	 * Who may answer.
	 *
	 * @param group everybody with the function that answers
	 * @param standIns logins of who stands in today
	 */
	public record Asked(String group, List<String> standIns) {

		public Asked {
			standIns = List.copyOf(standIns);
		}

	}

}
