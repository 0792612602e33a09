/**
 * What directors and aldermen read of a month or a year: counted once, kept as it was,
 * and about no person.
 */
@NullMarked
@ApplicationModule(displayName = "Reports", allowedDependencies = { "support", "directory", "casefile", "ladder" })
package nl.doorbraak.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
