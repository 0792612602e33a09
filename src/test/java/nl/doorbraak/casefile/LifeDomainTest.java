package nl.doorbraak.casefile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LifeDomainTest {

	@Test
	void theReportOffersTheSameOnes() throws IOException {
		List<String> offered = new ArrayList<>();
		for (JsonNode field : new ObjectMapper().readTree(Path.of("forms", "report-case.form").toFile())
			.path("components")) {
			if (field.path("key").asText().equals("lifeDomains")) {
				field.path("values")
					.forEach((value) -> offered.add(value.path("value").asText() + " " + value.path("label").asText()));
			}
		}
		assertThat(Stream.of(LifeDomain.values()).map((each) -> each.code() + " " + each.label()))
			.containsExactlyElementsOf(offered);
	}

}
