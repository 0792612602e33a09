@NullMarked
package nl.doorbraak.workflow.engine;

import org.jspecify.annotations.NullMarked;
