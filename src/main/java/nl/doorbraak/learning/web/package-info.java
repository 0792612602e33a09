/** The doors of this room. */
@NullMarked
package nl.doorbraak.learning.web;

import org.jspecify.annotations.NullMarked;
