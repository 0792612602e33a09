@NullMarked
package nl.doorbraak.resident.web;

import org.jspecify.annotations.NullMarked;
