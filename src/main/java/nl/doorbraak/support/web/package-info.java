@NullMarked
package nl.doorbraak.support.web;

import org.jspecify.annotations.NullMarked;
