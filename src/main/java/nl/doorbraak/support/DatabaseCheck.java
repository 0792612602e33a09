package nl.doorbraak.support;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What must be so in the database, or the application does not start: looked at right
 * after the migrations, by the role of the application, before anything is built on it.
 */
@FunctionalInterface
public interface DatabaseCheck {

	/** What is wrong, and what to do. */
	Optional<StartRefused> refusal(JdbcClient db);

}
