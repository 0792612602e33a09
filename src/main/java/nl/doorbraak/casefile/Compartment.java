package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * A part of a case (afgeschermd deel) that only named people read, of those who may read
 * the case.
 *
 * @param people who may read it now
 */
public record Compartment(long id, String number, Kind kind, String madeBy, Instant madeAt, List<Person> people) {

	public Compartment {
		people = List.copyOf(people);
	}

	/** What it is about. */
	public enum Kind implements Coded {

		EX_PARTNER("exPartner", "Afgeschermd voor of over een ex-partner"),
		CHILD_SAFETY("childSafety", "Veiligheid van kinderen");

		private final String code;

		private final String label;

		Kind(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

	/** What can be in one; a question to an agency is the text that asks it. */
	public enum Item implements Coded {

		ENTRY("entry", "Tekst"), DOCUMENT("document", "Stuk"), MEMBER("member", "Lid van het huishouden");

		private final String code;

		private final String label;

		Item(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

	/**
	 * Who may read it: one officer, or everybody of an organisation.
	 *
	 * @param how code of why they may
	 */
	public record Person(long id, @Nullable String login, @Nullable String organisation, String how, Instant since) {
	}

	/**
	 * What is in it.
	 *
	 * @param change whether the reader may change it
	 */
	public record Contents(Compartment compartment, List<Entry> entries, List<Document> documents,
			List<HouseholdMember> members, boolean change) {

		public Contents {
			entries = List.copyOf(entries);
			documents = List.copyOf(documents);
			members = List.copyOf(members);
		}

		/** Why it was made, in words. */
		public @Nullable String why() {
			return this.entries.stream()
				.filter((entry) -> entry.form().equals(Compartments.FORM))
				.flatMap((entry) -> Stream.ofNullable(entry.text("why")))
				.findFirst()
				.orElse(null);
		}

		/**
		 * What a resident can be given of it: not why it was kept apart, and who reads
		 * it.
		 */
		public List<Entry> given() {
			return written().stream().filter((entry) -> !entry.form().equals(Compartments.NAMING)).toList();
		}

		/** What else was written. */
		public List<Entry> written() {
			return this.entries.stream().filter((entry) -> !entry.form().equals(Compartments.FORM)).toList();
		}

	}

	/**
	 * What somebody is shown of the compartments of a case.
	 *
	 * @param hidden whether they must know that there is something they do not see
	 * @param make whether they may make one
	 * @param free what of the case can go into one
	 */
	public record Shown(String number, List<Contents> list, boolean hidden, boolean make, Free free) {

		public Shown {
			list = List.copyOf(list);
		}

	}

	/** What of a case can go into a compartment. */
	public record Free(List<Entry> entries, List<Document> documents, List<Resident> members) {

		static final Free NOTHING = new Free(List.of(), List.of(), List.of());

		public Free {
			entries = List.copyOf(entries);
			documents = List.copyOf(documents);
			members = List.copyOf(members);
		}

	}

	/** For the page of the case: what the reader may open, and whether there is more. */
	public record Marks(List<Compartment> list, boolean hidden) {

		public Marks {
			list = List.copyOf(list);
		}

	}

}
