/** What somebody outside checks a pack with: one file that uses nothing else of ours. */
@NullMarked
package nl.doorbraak.audit.checker;

import org.jspecify.annotations.NullMarked;
