package nl.doorbraak.audit;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

import nl.doorbraak.audit.ChainCheck.Result;
import org.jspecify.annotations.Nullable;

/**
 * Checks the record from the command line, for somebody who does not trust the
 * application: with a role that may only read, and heads that were kept elsewhere.
 */
public final class AuditCommand {

	/** The first argument. */
	public static final String NAME = "check-audit";

	private AuditCommand() {
	}

	/** Checks and ends. */
	public static void main(String[] arguments) {
		System.exit(run(System.out, System.getenv("PGPASSWORD"), List.of(arguments)));
	}

	/**
	 * Checks and says what was found.
	 * @param arguments after the name: address of the database, role, and a file of heads
	 * or nothing
	 * @param password of the role
	 * @return 0 when the record is whole, 1 when it is not, 2 when that could not be told
	 */
	static int run(PrintStream out, @Nullable String password, List<String> arguments) {
		if (arguments.size() < 2 || arguments.size() > 3) {
			out.println("Usage: java -jar doorbraak.jar " + NAME
					+ " jdbc:postgresql://host/database role [file of heads]\nThe password of the role is read from PGPASSWORD.");
			return 2;
		}
		List<Head> outside = null;
		if (arguments.size() == 3) {
			Path file = Path.of(arguments.get(2));
			if (!Files.isReadable(file)) {
				out.println("The file of heads cannot be read: " + file);
				return 2;
			}
			outside = HeadsOutside.read(file);
		}
		try (Connection connection = DriverManager.getConnection(arguments.get(0), arguments.get(1),
				Objects.requireNonNullElse(password, ""))) {
			return tell(out, new ChainCheck(connection, outside, (lines) -> out.println(lines + " lines ...")).run());
		}
		catch (SQLException ex) {
			out.println("The record could not be read: " + ex.getMessage());
			return 2;
		}
	}

	private static int tell(PrintStream out, Result result) {
		result.findings()
			.forEach((finding) -> out
				.println("WRONG " + finding.place() + " " + finding.number() + ": " + finding.code()));
		out.println(result.lines() + " lines in " + result.chains() + " chains under " + result.heads() + " heads; "
				+ (result.outside() ? "compared with the heads outside; " : "not compared with heads outside; ")
				+ (result.findings().isEmpty() ? "all follows." : result.findings().size() + " do not follow."));
		return result.findings().isEmpty() ? 0 : 1;
	}

}
