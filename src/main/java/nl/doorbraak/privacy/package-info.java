/**
 * What residents may ask about their own data, and the log of each reading of it for
 * whoever controls.
 */
@NullMarked
@ApplicationModule(displayName = "Privacy",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "mandate", "carryout", "audit" })
package nl.doorbraak.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
