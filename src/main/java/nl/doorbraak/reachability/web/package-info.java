@NullMarked
package nl.doorbraak.reachability.web;

import org.jspecify.annotations.NullMarked;
