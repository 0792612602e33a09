package nl.doorbraak.support.logging;

import java.util.Map;

import nl.doorbraak.support.CaseInLog;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** The log says which case a request or a piece of work is about, and nothing else. */
class CaseOfRequestTest {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void numberOfACaseIsInTheLogAsLongAsTheRequest() {
		CaseOfRequest each = new CaseOfRequest();
		MockHttpServletRequest request = at("DB-2026-000001");
		assertThat(each.preHandle(request, this.response, this)).isTrue();
		assertThat(MDC.get("case.number")).isEqualTo("DB-2026-000001");
		each.afterCompletion(request, this.response, this, null);
		assertThat(MDC.get("case.number")).isNull();
	}

	@Test
	void whatIsNoNumberIsNot() {
		for (String other : new String[] { "mevrouw Bakker", "DB-2026-000001\nForged", "DB-2026-1", "" }) {
			new CaseOfRequest().preHandle(at(other), this.response, this);
			assertThat(MDC.get("case.number")).as(other).isNull();
		}
	}

	@Test
	void workWithinWorkGivesBackWhatWasThere() {
		CaseInLog.during("DB-2026-000001", () -> {
			CaseInLog.during("DB-2026-000002", () -> assertThat(MDC.get("case.number")).isEqualTo("DB-2026-000002"));
			assertThat(MDC.get("case.number")).isEqualTo("DB-2026-000001");
		});
		assertThat(MDC.get("case.number")).isNull();
	}

	private static MockHttpServletRequest at(String number) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("number", number));
		return request;
	}

}
