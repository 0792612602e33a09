/** Pages that show several rooms: start page, case page, record; imported by nobody. */
@NullMarked
@ApplicationModule(displayName = "Overview",
		allowedDependencies = { "support", "agency", "alert", "audit", "carryout", "casefile", "directory",
				"inspection", "ladder", "lead", "learning", "mandate", "reachability", "report", "retention",
				"signal" })
package nl.doorbraak.overview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
