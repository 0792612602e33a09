@NullMarked
package nl.doorbraak.overview.web;

import org.jspecify.annotations.NullMarked;
