package nl.doorbraak.support.security;

import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class SafeHeadersTest {

	@Test
	@Attack(value = "A12", failedWith = "no Strict-Transport-Security")
	void whoCameOverHttpsIsToldToComeBackOverHttpsForAYear() {
		for (String path : new String[] { "/", "/camunda/api/engine/engine/default/task", "/error" }) {
			MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
			request.setSecure(true);
			MockHttpServletResponse response = new MockHttpServletResponse();
			SafeHeaders.write(request, response);
			assertThat(response.getHeader("Strict-Transport-Security")).contains("max-age=31536000");
		}
	}

}
