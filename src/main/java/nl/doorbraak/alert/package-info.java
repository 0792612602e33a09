/**
 * What must be told to whom by when: rows written with the act, sent by workers. Listens
 * to events, is commanded by nobody.
 */
@NullMarked
@ApplicationModule(displayName = "Alerts",
		allowedDependencies = { "support", "agency", "audit", "directory", "ladder", "carryout", "casefile", "lead",
				"learning", "mandate", "people", "privacy", "reachability", "report", "signal" })
package nl.doorbraak.alert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
