package nl.doorbraak.overview.web;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import nl.doorbraak.support.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the record can be found under one subject. */
class RecordKindTest {

	@Test
	void everyEventIsOfOneKind() {
		Set<String> events = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("nl.doorbraak")
			.stream()
			.filter((type) -> type.isAssignableTo(RecordedEvent.class) && !type.isInterface())
			.map(JavaClass::getSimpleName)
			.map((name) -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
			.collect(Collectors.toCollection(TreeSet::new));
		List<String> kinds = Arrays.stream(RecordKind.values())
			.flatMap((kind) -> kind.acts().stream())
			.sorted()
			.toList();
		assertThat(kinds).doesNotHaveDuplicates().containsExactlyElementsOf(events);
	}

}
