/** Who has the lead of a case, who was asked, and the watch over cases that have none. */
@NullMarked
@ApplicationModule(displayName = "Lead", allowedDependencies = { "support", "directory", "ladder", "casefile" })
package nl.doorbraak.lead;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
