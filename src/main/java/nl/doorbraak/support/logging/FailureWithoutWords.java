package nl.doorbraak.support.logging;

import java.io.IOException;

import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.StandardStackTracePrinter;

/**
 * Of a failure its kinds and where they arose, never its message: that may repeat what
 * somebody typed. Named in {@code application.yaml}.
 */
public final class FailureWithoutWords implements StackTracePrinter {

	private static final StandardStackTracePrinter PRINTER = StandardStackTracePrinter.rootLast()
		.withFormatter((failure) -> failure.getClass().getName());

	@Override
	public void printStackTrace(Throwable failure, Appendable to) throws IOException {
		PRINTER.printStackTrace(failure, to);
	}

}
