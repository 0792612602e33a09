/** The escalation ladder of Dutch multi-problem casework, one package per room. */
@NullMarked
package nl.doorbraak;

import org.jspecify.annotations.NullMarked;
