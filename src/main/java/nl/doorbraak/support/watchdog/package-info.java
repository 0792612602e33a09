@NullMarked
package nl.doorbraak.support.watchdog;

import org.jspecify.annotations.NullMarked;
