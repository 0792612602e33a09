@NullMarked
package nl.doorbraak.carryout.web;

import org.jspecify.annotations.NullMarked;
