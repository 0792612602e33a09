/**
 * What follows a decision: measures and who does them, the money, the closing, aftercare
 * and what the resident says of it.
 */
@NullMarked
@ApplicationModule(displayName = "Carrying out",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "lead", "mandate" })
package nl.doorbraak.carryout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
