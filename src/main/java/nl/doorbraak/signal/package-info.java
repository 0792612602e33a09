/**
 * Early signals of one month of arrears: taken in, looked at in time, and written down in
 * a case or closed with a reason.
 */
@NullMarked
@ApplicationModule(displayName = "Early signals",
		allowedDependencies = { "support", "directory", "casefile", "ladder" })
package nl.doorbraak.signal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
