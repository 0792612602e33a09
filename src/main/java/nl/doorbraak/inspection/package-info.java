/**
 * What an auditor inspects: every decision of a period, a sample of them that anyone can
 * draw again, what was found, and what the manager answered.
 */
@NullMarked
@ApplicationModule(displayName = "Inspection",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "mandate" })
package nl.doorbraak.inspection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
