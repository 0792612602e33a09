/**
 * The ladder: its rungs and terms, and the pure answers "by when, and why that date".
 */
@NullMarked
@ApplicationModule(displayName = "Ladder", allowedDependencies = "support")
package nl.doorbraak.ladder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
