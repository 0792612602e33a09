/** The doors of this room. */
@NullMarked
package nl.doorbraak.agency.web;

import org.jspecify.annotations.NullMarked;
