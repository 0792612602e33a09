@NullMarked
package nl.doorbraak.figures.web;

import org.jspecify.annotations.NullMarked;
