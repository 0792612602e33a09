/**
 * Embedded PostgreSQL, demo people and cases: in spring-boot:run and the tests, never in
 * the jar.
 */
@NullMarked
@ApplicationModule(displayName = "Demo", allowedDependencies = { "support", "agency", "alert", "carryout", "casefile",
		"directory", "lead", "inspection", "learning", "mandate", "resident" })
package nl.doorbraak.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
