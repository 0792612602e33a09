/** The register of mandates, the gate's checks, and who signed which proposal. */
@NullMarked
@ApplicationModule(displayName = "Mandate", allowedDependencies = { "support", "directory", "ladder", "casefile" })
package nl.doorbraak.mandate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
