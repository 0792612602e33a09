/**
 * What cases have in common, in numbers: counted again after each act, small numbers
 * hidden, sums over municipalities only as somebody released them. Never of an officer.
 */
@NullMarked
@ApplicationModule(displayName = "Figures",
		allowedDependencies = { "support", "directory", "ladder", "casefile", "lead", "agency", "mandate", "carryout" })
package nl.doorbraak.figures;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
