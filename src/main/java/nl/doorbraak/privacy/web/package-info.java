/** Pages of residents' requests, of the register and of the processing log. */
@NullMarked
package nl.doorbraak.privacy.web;

import org.jspecify.annotations.NullMarked;
