package nl.doorbraak.support;

import org.jspecify.annotations.Nullable;

/**
 * The answer is no, said to a person: a stable code for machines and one Dutch sentence
 * that says what, why and what to do instead. Never carries what somebody typed.
 */
public class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Why it is no, with the HTTP status that says so. */
	public enum Kind {

		INVALID(400), FORBIDDEN(403), NOT_FOUND(404), CONFLICT(409), UNAVAILABLE(503);

		private final int status;

		Kind(int status) {
			this.status = status;
		}

		public int status() {
			return this.status;
		}

	}

	private final Kind kind;

	private final String code;

	private final String sentence;

	private final @Nullable String field;

	protected Refused(Kind kind, String code, String sentence, @Nullable String field) {
		super(code);
		this.field = field;
		this.kind = kind;
		this.code = code;
		this.sentence = sentence;
	}

	public static Refused invalid(String code, String sentence) {
		return new Refused(Kind.INVALID, code, sentence, null);
	}

	/**
	 * The same, about one field of a form.
	 * @param field name of the field in the form that asks for it
	 */
	public static Refused invalid(String code, String sentence, @Nullable String field) {
		return new Refused(Kind.INVALID, code, sentence, field);
	}

	public static Refused forbidden(String code, String sentence) {
		return new Refused(Kind.FORBIDDEN, code, sentence, null);
	}

	public static Refused notFound() {
		return new Refused(Kind.NOT_FOUND, "not-found",
				"Dit is hier niet te vinden. Het bestaat niet, of u werkt er niet aan mee.", null);
	}

	/** The same for who comes by a link and works on nothing here. */
	public static Refused noSuchLink() {
		return new Refused(Kind.NOT_FOUND, "not-found",
				"Deze link klopt niet, of werkt niet meer. Bel of mail degene van wie u hem kreeg.", null);
	}

	public static Refused conflict(String code, String sentence) {
		return new Refused(Kind.CONFLICT, code, sentence, null);
	}

	/** Nothing is wrong with what was asked; it can be asked again later. */
	public static Refused unavailable(String code, String sentence) {
		return new Refused(Kind.UNAVAILABLE, code, sentence, null);
	}

	public Kind kind() {
		return this.kind;
	}

	/** Stable code in kebab-case, the last part of the problem's {@code type}. */
	public String code() {
		return this.code;
	}

	/** Name of the field that it is about; null when it is about the whole. */
	public @Nullable String field() {
		return this.field;
	}

	/** The Dutch sentence for the person at the screen. */
	public String sentence() {
		return this.sentence;
	}

	/** The nearest refusal in a chain of causes, or null when somebody else failed. */
	public static @Nullable Refused in(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof Refused refused) {
				return refused;
			}
		}
		return null;
	}

}
