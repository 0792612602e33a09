package nl.doorbraak.support.security;

import java.sql.SQLTransientConnectionException;
import java.util.List;

import nl.doorbraak.support.web.Problems;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/** Who could not be looked up is not told that their password is wrong. */
class DoorKeeperTest {

	private final Problems problems = mock(Problems.class);

	private final DoorKeeper doorKeeper = new DoorKeeper(List.of(), this.problems);

	@Test
	void loginThatNobodyCouldLookUpIsForLater() throws Exception {
		assertThat(status(new InternalAuthenticationServiceException("x",
				new CannotGetJdbcConnectionException("x", new SQLTransientConnectionException("late")))))
			.isEqualTo(503);
	}

	@Test
	void wrongPasswordIsWrong() throws Exception {
		assertThat(status(new BadCredentialsException("x"))).isEqualTo(401);
	}

	private int status(AuthenticationException reason) throws Exception {
		ArgumentCaptor<ProblemDetail> problem = ArgumentCaptor.forClass(ProblemDetail.class);
		this.doorKeeper.commence(new MockHttpServletRequest("GET", "/api/v1/cases"), new MockHttpServletResponse(),
				reason);
		verify(this.problems).answer(problem.capture(), any());
		return problem.getValue().getStatus();
	}

}
