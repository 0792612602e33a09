package nl.doorbraak.workflow.engine;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Measures each job of the engine, with its commit: in figures, and as a span. */
final class JobSpans extends CommandInterceptor {

	private final ObservationRegistry observed;

	JobSpans(ObservationRegistry observed) {
		this.observed = observed;
	}

	@Override
	public <T> T execute(Command<T> command) {
		if (!(command instanceof ExecuteJobsCmd)) {
			return this.next.execute(command);
		}
		Observation span = Observation.start("engine.job", this.observed);
		Observation.Scope scope = span.openScope();
		try {
			return this.next.execute(command);
		}
		catch (RuntimeException ex) {
			span.error(ex);
			throw ex;
		}
		finally {
			scope.close();
			span.stop();
		}
	}

}
