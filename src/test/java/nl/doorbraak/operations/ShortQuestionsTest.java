package nl.doorbraak.operations;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that does not answer does not keep who asks. */
class ShortQuestionsTest {

	@Test
	void noAnswerIsAnAnswerWithinSeconds() {
		CountDownLatch never = new CountDownLatch(1);
		ShortQuestions questions = new ShortQuestions(new AbstractDataSource() {

			@Override
			public Connection getConnection() {
				try {
					never.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				throw new IllegalStateException("gone");
			}

			@Override
			public Connection getConnection(String username, String password) {
				return getConnection();
			}

		}, Duration.ofMillis(200));
		assertThat(questions.ask((db) -> db.sql("select 1").query(Integer.class).single())).isEmpty();
		assertThat(questions.ask((db) -> 1)).as("and the next one is asked").contains(1);
		questions.destroy();
	}

}
