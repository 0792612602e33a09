/** The append-only record of what happened, hash-chained per case. */
@NullMarked
@ApplicationModule(displayName = "Audit", allowedDependencies = "support")
package nl.doorbraak.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
