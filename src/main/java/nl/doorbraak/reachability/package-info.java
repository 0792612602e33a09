/** Whether each level of the ladder would reach a human, asked before it is needed. */
@NullMarked
@ApplicationModule(displayName = "Reachability",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "mandate" })
package nl.doorbraak.reachability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
