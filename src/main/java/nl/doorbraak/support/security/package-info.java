@NullMarked
package nl.doorbraak.support.security;

import org.jspecify.annotations.NullMarked;
