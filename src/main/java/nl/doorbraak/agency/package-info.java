/** What agencies are asked about a case, and what they answer, or do not. */
@NullMarked
@ApplicationModule(displayName = "Agency", allowedDependencies = { "support", "directory", "ladder", "casefile" })
package nl.doorbraak.agency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
