package nl.doorbraak.people;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a list is of, and its columns: which it is, its first line says. */
public enum ListKind {

	/** Everybody with a function at one body. */
	PEOPLE("people", Column.LOGIN, Column.NAME, Column.EMAIL, Column.PHONE, Column.BODY, Column.FUNCTIONS, Column.FROM,
			Column.UNTIL, Column.DEPUTY),

	/** Bodies that take part in the ladder. */
	ORGANISATIONS("organisations", Column.ID, Column.KIND, Column.NAME, Column.REGION, Column.PHONE, Column.EMAIL,
			Column.DUTY_PHONE, Column.CONNECTED);

	private final String code;

	private final List<Column> columns;

	ListKind(String code, Column... columns) {
		this.code = code;
		this.columns = List.of(columns);
	}

	public String code() {
		return this.code;
	}

	List<Column> columns() {
		return this.columns;
	}

	/** The kind that has a column of this name and the other has not. */
	static Optional<ListKind> of(List<String> headers) {
		return Arrays.stream(values())
			.filter((kind) -> headers.stream()
				.anyMatch((header) -> header.equalsIgnoreCase(kind.columns.get(0).header())))
			.findFirst();
	}

	/** Columns; the required ones must be there and be filled in. */
	enum Column {

		LOGIN("Login", true), NAME("Naam", true), EMAIL("E-mail"), PHONE("Telefoon"), BODY("Organisatie", true),
		FUNCTIONS("Functies", true), FROM("Vanaf"), UNTIL("Tot en met"), DEPUTY("Vervanger"),
		ID("Organisatiecode", true), KIND("Soort", true), REGION("Regio"), DUTY_PHONE("Altijd bereikbaar"),
		CONNECTED("Werkt in Doorbraak");

		private final String header;

		private final boolean required;

		Column(String header) {
			this(header, false);
		}

		Column(String header, boolean required) {
			this.header = header;
			this.required = required;
		}

		String header() {
			return this.header;
		}

		boolean isRequired() {
			return this.required;
		}

		static Optional<Column> of(String header) {
			return Stream.of(values()).filter((each) -> each.header.equalsIgnoreCase(header.strip())).findFirst();
		}

	}

}
