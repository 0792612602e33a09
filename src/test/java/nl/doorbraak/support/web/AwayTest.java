package nl.doorbraak.support.web;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.ProblemDetail;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

/** When the database is away, who asks hears when to come back. */
class AwayTest {

	@ParameterizedTest
	@ValueSource(strings = { "08006", "53100", "57P01", "57P03", "58030" })
	void databaseIsAwayHoweverDeepThatIsSaid(String state) {
		assertThat(Problems.isAway(new IllegalStateException("of the engine", new SQLException("x", state)))).isTrue();
	}

	@Test
	void noConnectionInTimeIsAwayToo() {
		assertThat(Problems.isAway(
				new CannotCreateTransactionException("no transaction", new SQLTransientConnectionException("late"))))
			.isTrue();
	}

	@Test
	void commitOfWhichNobodyHeardIsAwayToo() {
		assertThat(Problems.isAway(new TransactionSystemException("JDBC rollback failed"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "23505", "40001", "42601", "57014" })
	void whatTheDatabaseRefusesIsAFaultOfOurs(String state) {
		assertThat(Problems.isAway(new SQLException("x", state))).isFalse();
		assertThat(Problems.isAway(null)).isFalse();
	}

	@Test
	void saysWhenToComeBackUnlessSomebodySaidSo() {
		ProblemDetail away = Problems.away(new SQLException("x", "08006"));
		assertThat(away.getStatus()).isEqualTo(503);
		MockHttpServletResponse response = new MockHttpServletResponse();
		Problems.sayWhenAgain(away, response);
		assertThat(response.getHeader("Retry-After")).isEqualTo("30");
		response.setHeader("Retry-After", "2");
		Problems.sayWhenAgain(away, response);
		assertThat(response.getHeader("Retry-After")).isEqualTo("2");
	}

}
