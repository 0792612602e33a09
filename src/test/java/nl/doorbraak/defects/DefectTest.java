package nl.doorbraak.defects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.defects.Defect.Change;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is planted still fits the code, so that the long run tests what it says. */
class DefectTest {

	@Test
	void thereAreTen() {
		assertThat(all()).hasSizeGreaterThanOrEqualTo(10).extracting(Defect::name).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("all")
	void eachStandsWhereItCanBePlanted(Defect defect) throws IOException {
		for (Change change : defect.changes()) {
			String text = Files.readString(Path.of(change.file()));
			assertThat(StringUtils.countMatches(text, change.from())).as(change.from()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void eachNamesTestsThatThereAre(Defect defect) throws IOException {
		for (String test : defect.tests().split(",")) {
			String name = test.replaceFirst("#.*", "");
			try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
				Path file = files.filter((path) -> path.endsWith(name + ".java")).findAny().orElseThrow();
				String text = Files.readString(file);
				if (test.contains("#")) {
					assertThat(test.replaceFirst(".*#", "").split("[+]"))
						.allSatisfy((method) -> assertThat(text).contains("void " + method + "("));
				}
			}
		}
	}

	static List<Defect> all() {
		return Defect.all();
	}

}
