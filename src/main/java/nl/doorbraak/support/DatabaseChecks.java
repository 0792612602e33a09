package nl.doorbraak.support;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a database that is not as it must be, and says all of it at once.
 */
@Component
class DatabaseChecks implements Callback {

	private final DataSource database;

	private final List<DatabaseCheck> checks;

	DatabaseChecks(DataSource database, List<DatabaseCheck> checks) {
		this.database = database;
		this.checks = checks;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.AFTER_MIGRATE;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return false;
	}

	@Override
	public void handle(Event event, Context context) {
		JdbcClient db = JdbcClient.create(this.database);
		List<StartRefused> refusals = this.checks.stream()
			.map((check) -> check.refusal(db))
			.flatMap(Optional::stream)
			.toList();
		if (!refusals.isEmpty()) {
			throw new StartRefused(refusals.stream().map(StartRefused::getMessage).collect(Collectors.joining("\n")),
					refusals.stream().map(StartRefused::action).collect(Collectors.joining("\n")));
		}
	}

	@Override
	public String getCallbackName() {
		return "database checks";
	}

}
