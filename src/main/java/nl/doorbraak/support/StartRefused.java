package nl.doorbraak.support;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The application does not start, and says what to change. */
public class StartRefused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	public StartRefused(String description, String action) {
		super(description);
		this.action = action;
	}

	/** What to change. */
	public String action() {
		return this.action;
	}

	/** Prints the two sentences instead of a stack trace. */
	static class Analyzer extends AbstractFailureAnalyzer<StartRefused> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, StartRefused refused) {
			return new FailureAnalysis(refused.getMessage(), refused.action, refused);
		}

	}

}
