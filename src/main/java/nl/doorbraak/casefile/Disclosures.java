package nl.doorbraak.casefile;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.PersonalDataShared;
import nl.doorbraak.casefile.Disclosure.Basis;
import nl.doorbraak.casefile.Disclosure.Item;
import nl.doorbraak.casefile.Disclosure.NotInformed;
import nl.doorbraak.casefile.Disclosure.Purpose;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The register of what was shared with whom. A case is put to others without names; to
 * say who it is, is a step of its own.
 */
@Service
public class Disclosures {

	private static final int LONGEST_LINE = 300;

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Disclosures(CaseStore store, CaseFiles files, Writing writing, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** With whom it can be shared: everybody but the municipality that has the case. */
	@Transactional(readOnly = true)
	public List<Organisation> organisations(String number) {
		String own = this.store.get(number).municipality();
		return this.directory.allOrganisations().stream().filter((each) -> !each.id().equals(own)).toList();
	}

	/**
	 * Writes down that something is shared; from then on that organisation sees who it is
	 * when that is among it.
	 * @throws Refused who is not of the team (403, 404), or when something that the
	 * register needs is missing or cannot be (400)
	 */
	@Transactional
	public void share(String login, String number, Sharing sharing) {
		CaseFile file = this.files.lockForTeam(login, number);
		Organisation to = organisations(number).stream()
			.filter((each) -> each.id().equals(sharing.organisation()))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("share-with", "Kies met welke organisatie u deelt.", "organisation"));
		List<Item> items = sharing.items()
			.stream()
			.distinct()
			.map((code) -> Coded.find(Item.class, code)
				.orElseThrow(() -> Refused.invalid("share-what", "Kies uit de lijst wat u deelt.", "items")))
			.toList();
		if (items.isEmpty()) {
			throw Refused.invalid("share-what", "Kies wat u deelt: alleen wat de ander nodig heeft.", "items");
		}
		Purpose purpose = Coded.find(Purpose.class, sharing.purpose())
			.orElseThrow(() -> Refused.invalid("share-purpose", "Kies waarvoor de ander het nodig heeft.", "purpose"));
		Basis basis = Coded.find(Basis.class, sharing.basis())
			.orElseThrow(() -> Refused.invalid("share-basis", "Kies op welke grond in de wet u deelt.", "basis"));
		NotInformed notInformed = Coded.find(NotInformed.class, sharing.notInformed()).orElse(null);
		LocalDate informed = sharing.informedOn();
		if ((informed == null) == (notInformed == null)) {
			throw Refused.invalid("share-informed",
					"Vul in wanneer de inwoner het hoorde, of kies waarom dat nog niet kon. Niet allebei.",
					"informedOn");
		}
		if (informed != null && informed.isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.invalid("share-informed", "De dag waarop de inwoner het hoorde, ligt niet in de toekomst.",
					"informedOn");
		}
		String necessity = line(sharing.necessity(), "Schrijf in een regel waarom de ander dit nodig heeft.",
				"necessity");
		String subsidiarity = line(sharing.subsidiarity(), "Schrijf in een regel waarom het niet met minder kan.",
				"subsidiarity");
		String special = sharing.special().strip();
		if (items.stream().anyMatch(Item::isSpecial)) {
			special = line(special,
					"U deelt gezondheid of strafbare feiten. Schrijf in een regel op welke uitzondering dat rust (AVG 9 of 10).",
					"special");
		}
		long entry = write(login, number, to, items, necessity, subsidiarity, special);
		this.store.db()
			.sql("""
					insert into doorbraak.disclosure (case_id, organisation_id, items, purpose, legal_basis, informed_on,
					  not_informed, entry_id, shared_by, shared_at)
					values (:case, :organisation, :items, :purpose, :basis, :informed, :notInformed, :entry, :login, :now)""")
			.param("case", file.id())
			.param("organisation", to.id())
			.param("items", items.stream().map(Item::code).toArray(String[]::new))
			.param("purpose", purpose.code())
			.param("basis", basis.code())
			.param("informed", (informed != null) ? Date.valueOf(informed) : null, Types.DATE)
			.param("notInformed", (notInformed != null) ? notInformed.code() : null, Types.VARCHAR)
			.param("entry", entry)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new PersonalDataShared(number, login, to.id(),
				items.stream().map(Item::code).collect(Collectors.joining(",")), purpose.code(), basis.code(),
				informed != null));
	}

	private long write(String login, String number, Organisation to, List<Item> items, String necessity,
			String subsidiarity, String special) {
		String what = items.stream().map(Item::label).collect(Collectors.joining(", "));
		List<Answer> answers = new ArrayList<>(List.of(new Answer("organisation", "Met wie?", to.id(), to.name()),
				new Answer("items", "Wat?", what, what),
				new Answer("necessity", "Waarom is het nodig?", necessity, necessity),
				new Answer("subsidiarity", "Waarom kan het niet met minder?", subsidiarity, subsidiarity)));
		if (!special.isEmpty()) {
			answers.add(new Answer("special", "Op welke uitzondering rust dit? (AVG 9 of 10)", special, special));
		}
		this.writing.record(number, "share-data", login, answers);
		return this.writing.latestOfCase(number, "share-data").orElseThrow().id();
	}

	private static String line(String text, String sentence, String field) {
		return Typed.line(text, LONGEST_LINE, "share-why", sentence + " Hoogstens " + LONGEST_LINE + " tekens.", field);
	}

	/** Everything that was shared about a case, oldest first. */
	@Transactional(readOnly = true)
	public List<Disclosure> of(String number) {
		return this.store.db()
			.sql("select * from doorbraak.disclosure where case_id = :id order by id")
			.param("id", this.store.get(number).id())
			.query((row, n) -> disclosure(row))
			.list();
	}

	/** Whether an organisation was told who the household is. */
	@Transactional(readOnly = true)
	public boolean isIdentified(String number, String organisation) {
		return of(number).stream()
			.anyMatch((each) -> each.organisation().equals(organisation) && each.items().contains(Item.IDENTITY));
	}

	private static Disclosure disclosure(ResultSet row) throws SQLException {
		Date informed = row.getDate("informed_on");
		String not = row.getString("not_informed");
		return new Disclosure(row.getLong("id"), row.getString("organisation_id"),
				Arrays.stream((String[]) row.getArray("items").getArray())
					.map((code) -> Coded.of(Item.class, code))
					.toList(),
				Coded.of(Purpose.class, row.getString("purpose")), Coded.of(Basis.class, row.getString("legal_basis")),
				(informed != null) ? informed.toLocalDate() : null,
				(not != null) ? Coded.of(NotInformed.class, not) : null, row.getLong("entry_id"),
				row.getString("shared_by"), row.getTimestamp("shared_at").toInstant());
	}

	/**
	 * What somebody fills in to share.
	 *
	 * @param items codes of {@link Item}
	 * @param special on which exception health or criminal data rest; empty without those
	 * @param notInformed code of {@link NotInformed}; empty when the resident was told
	 */
	public record Sharing(String organisation, List<String> items, String purpose, String basis, String necessity,
			String subsidiarity, String special, @Nullable LocalDate informedOn, String notInformed) {

		public Sharing {
			items = List.copyOf(items);
		}

	}

}
