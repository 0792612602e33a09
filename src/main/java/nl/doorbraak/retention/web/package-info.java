@NullMarked
package nl.doorbraak.retention.web;

import org.jspecify.annotations.NullMarked;
