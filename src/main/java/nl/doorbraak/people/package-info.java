/** Who works with Doorbraak: by list, and when they leave. */
@NullMarked
@ApplicationModule(displayName = "People",
		allowedDependencies = { "support", "directory", "casefile", "lead", "carryout", "learning" })
package nl.doorbraak.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
