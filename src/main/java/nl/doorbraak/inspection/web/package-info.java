@NullMarked
package nl.doorbraak.inspection.web;

import org.jspecify.annotations.NullMarked;
