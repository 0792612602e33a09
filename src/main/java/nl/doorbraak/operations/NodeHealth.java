package nl.doorbraak.operations;

import nl.doorbraak.alert.AlertJournal;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a node needs before people are led to it; it says yes or no, and no more. */
@Configuration(proxyBeanMethods = false)
class NodeHealth {

	@Bean
	HealthIndicator databaseHealthIndicator(ShortQuestions questions) {
		return () -> health(questions
			.ask((db) -> db.sql("select doorbraak.current_instant() is not null").query(Boolean.class).single())
			.orElse(false));
	}

	@Bean
	HealthIndicator journalHealthIndicator(AlertJournal journal) {
		return () -> health(journal.isWritable());
	}

	private static Health health(boolean well) {
		return (well ? Health.up() : Health.down()).build();
	}

}
