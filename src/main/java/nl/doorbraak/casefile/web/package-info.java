@NullMarked
package nl.doorbraak.casefile.web;

import org.jspecify.annotations.NullMarked;
