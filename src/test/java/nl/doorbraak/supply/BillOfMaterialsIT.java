package nl.doorbraak.supply;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import nl.doorbraak.supply.KnownFault.Library;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The bill of materials names the libraries that are in the jar, and no other. */
class BillOfMaterialsIT {

	@Test
	void billIsWhatIsPacked() throws IOException {
		List<String> billed = Library.inTheBill(KnownFault.BILLS.get(0)).map(Library::file).toList();
		try (JarFile jar = new JarFile("target/doorbraak.jar")) {
			List<String> packed = jar.stream()
				.map(JarEntry::getName)
				.filter((name) -> name.matches("BOOT-INF/lib/.+\\.jar"))
				.toList();
			assertThat(packed).as("Spring Boot's own reader of jars is in no bill")
				.filteredOn((file) -> !file.contains("spring-boot-jarmode"))
				.allSatisfy((file) -> assertThat(billed).as(file).anyMatch(file::contains));
			assertThat(billed).as("a starter holds nothing and is not packed")
				.filteredOn((library) -> !library.contains("-starter"))
				.allSatisfy((library) -> assertThat(packed).as(library).anyMatch((file) -> file.contains(library)));
		}
	}

}
