/**
 * How Doorbraak itself is doing: figures and health for machines, and a page for the
 * functional administrator. Asks other rooms; imported by nobody.
 */
@NullMarked
@ApplicationModule(displayName = "Operations",
		allowedDependencies = { "support", "alert", "audit", "casefile", "directory", "ladder" })
package nl.doorbraak.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
