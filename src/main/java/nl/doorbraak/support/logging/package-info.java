/** What stands in the log: under which trace, and of a failure no words. */
@NullMarked
package nl.doorbraak.support.logging;

import org.jspecify.annotations.NullMarked;
