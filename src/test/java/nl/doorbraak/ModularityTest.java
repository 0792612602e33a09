package nl.doorbraak;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/** Who may import whom, as each room's {@code package-info} says. */
class ModularityTest {

	@Test
	void roomsImportOnlyWhatTheyDeclare() {
		ApplicationModules.of(Doorbraak.class).verify();
	}

}
