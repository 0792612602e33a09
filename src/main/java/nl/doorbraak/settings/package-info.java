/**
 * The agreed settings as versions: drafted by one, adopted by another, with what a draft
 * would have done to the cases.
 */
@NullMarked
@ApplicationModule(displayName = "Settings",
		allowedDependencies = { "support", "directory", "ladder", "lead", "casefile", "mandate" })
package nl.doorbraak.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
