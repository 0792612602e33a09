@NullMarked
package nl.doorbraak.signal.web;

import org.jspecify.annotations.NullMarked;
