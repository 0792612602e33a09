/**
 * The case: household, facts, its rung and what people wrote; the only home of text about
 * people.
 */
@NullMarked
@ApplicationModule(displayName = "Case file", allowedDependencies = { "support", "directory", "ladder" })
package nl.doorbraak.casefile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
