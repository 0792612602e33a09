@NullMarked
package nl.doorbraak.mandate.web;

import org.jspecify.annotations.NullMarked;
