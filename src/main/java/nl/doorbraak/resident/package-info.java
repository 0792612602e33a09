/**
 * What a resident may know without asking: who is responsible, what happens next and
 * when, whom to call; by a link of his or her own, or on paper.
 */
@NullMarked
@ApplicationModule(displayName = "The resident's page",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "lead", "mandate", "carryout" })
package nl.doorbraak.resident;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
