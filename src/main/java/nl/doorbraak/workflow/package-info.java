/** Everything that knows Camunda, and the only room that may. */
@NullMarked
@ApplicationModule(displayName = "Workflow",
		allowedDependencies = { "support", "agency", "carryout", "casefile", "directory", "ladder", "lead", "mandate" })
package nl.doorbraak.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
