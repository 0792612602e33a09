@NullMarked
package nl.doorbraak.operations.web;

import org.jspecify.annotations.NullMarked;
