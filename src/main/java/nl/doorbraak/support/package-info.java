/** What every room needs and no domain word: time, problems, login, the ports. */
@NullMarked
@ApplicationModule(displayName = "Support", allowedDependencies = {}, type = ApplicationModule.Type.OPEN)
package nl.doorbraak.support;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
