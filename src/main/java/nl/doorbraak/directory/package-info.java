/** Organisations, functions and the officers who hold them. */
@NullMarked
@ApplicationModule(displayName = "Directory", allowedDependencies = "support")
package nl.doorbraak.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
