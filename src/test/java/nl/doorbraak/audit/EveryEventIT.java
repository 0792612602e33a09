package nl.doorbraak.audit;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every event of every room has its line in the record that the tests before this one
 * left. Runs at the end ({@code junit-platform.properties}); run alone, it fails.
 */
@WholeApplication
@Order(Integer.MAX_VALUE)
class EveryEventIT {

	private final Town town;

	@Autowired
	EveryEventIT(Town town) {
		this.town = town;
	}

	@Test
	void everyEventOfEveryRoomHasItsLine() {
		Set<String> missed = actsOfAllEvents();
		this.town.database()
			.sql("select distinct act from doorbraak.audit_line")
			.query(String.class)
			.list()
			.forEach(missed::remove);
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
