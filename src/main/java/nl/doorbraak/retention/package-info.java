/**
 * How long a closed case is kept and why, what holds it longer, how it is destroyed with
 * two signatures, and the package in which it goes to an archive.
 */
@NullMarked
@ApplicationModule(displayName = "Retention", allowedDependencies = { "support", "directory", "casefile", "audit" })
package nl.doorbraak.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
