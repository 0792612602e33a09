@NullMarked
package nl.doorbraak.workflow.delegate;

import org.jspecify.annotations.NullMarked;
