/**
 * What was learnt: obstacles, patterns and learning points, case discussions, and the
 * bank of breakthroughs; in words that name nobody.
 */
@NullMarked
@ApplicationModule(displayName = "Learning",
		allowedDependencies = { "support", "directory", "casefile", "agency", "ladder" })
package nl.doorbraak.learning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
