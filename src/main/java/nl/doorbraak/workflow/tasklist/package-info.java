@NullMarked
package nl.doorbraak.workflow.tasklist;

import org.jspecify.annotations.NullMarked;
