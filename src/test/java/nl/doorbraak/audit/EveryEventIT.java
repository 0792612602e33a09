package nl.doorbraak.audit;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.testing.Passed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every event of every room has its line in the record that the other classes of the run
 * left. Runs after all of them ({@code pom.xml}); alone, it fails.
 */
class EveryEventIT {

	@Test
	void everyEventOfEveryRoomHasItsLine() {
		Set<String> missed = actsOfAllEvents();
		missed.removeAll(Passed.of("act"));
		assertThat(missed).as("events that no test of this run left in the record").isEmpty();
	}

	private static Set<String> actsOfAllEvents() {
		Set<String> acts = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("nl.doorbraak")
			.stream()
			.filter((type) -> type.isAssignableTo(RecordedEvent.class) && !type.isInterface())
			.map(JavaClass::getSimpleName)
			.map((name) -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(acts).hasSizeGreaterThan(10);
		return acts;
	}

}
