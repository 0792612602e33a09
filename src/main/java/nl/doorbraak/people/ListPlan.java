package nl.doorbraak.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Roster.Listed;
import org.jspecify.annotations.Nullable;

/**
 * What a list would change, line by line, before anything is written; and why it cannot.
 *
 * @param body of a list of people
 * @param missing login or id of who stands in the directory and not in the list
 * @param problems why nothing of it can be taken over
 * @param mark of the file and of everything that it would change
 */
public record ListPlan(ListKind kind, @Nullable Organisation body, List<Line> lines, List<Missing> missing,
		List<Problem> problems, String mark) {

	public ListPlan {
		lines = List.copyOf(lines);
		missing = List.copyOf(missing);
		problems = List.copyOf(problems);
	}

	static ListPlan of(byte[] file, ListKind kind, @Nullable Organisation body, List<Line> lines, List<Missing> missing,
			List<Problem> problems) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(file);
			digest.update(List.of(kind, (body != null) ? body.id() : "", lines, missing)
				.toString()
				.getBytes(StandardCharsets.UTF_8));
			return new ListPlan(kind, body, lines, missing, problems, HexFormat.of().formatHex(digest.digest()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** How many lines say this. */
	public long count(Change change) {
		return this.lines.stream().filter((line) -> line.change() == change).count();
	}

	/** The lines that change something. */
	public List<Line> changes() {
		return this.lines.stream().filter((line) -> line.change() != Change.SAME).toList();
	}

	/** What a line does. */
	public enum Change {

		NEW, CHANGED, SAME;

		public String code() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/**
	 * A line of the file.
	 *
	 * @param subject login or id
	 * @param officer what it says, of a list of people
	 * @param organisation what it says, of a list of organisations
	 */
	public record Line(long number, String subject, String name, Change change, List<Detail> details,
			@Nullable Listed officer, @Nullable Organisation organisation) {

		public Line {
			details = List.copyOf(details);
		}

	}

	/**
	 * One thing that changes.
	 *
	 * @param code of its words
	 * @param value what it becomes; empty: nothing
	 */
	public record Detail(String code, String value) {
	}

	/**
	 * Who is not in the list.
	 *
	 * @param leaves whether who imports can let them leave
	 */
	public record Missing(String subject, String name, boolean leaves) {
	}

	/**
	 * What is wrong.
	 *
	 * @param line as the spreadsheet counts
	 * @param field header of the column; empty: the line or the file
	 */
	public record Problem(long line, String field, String sentence) {
	}

}
