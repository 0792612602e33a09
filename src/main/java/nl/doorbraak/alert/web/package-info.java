@NullMarked
package nl.doorbraak.alert.web;

import org.jspecify.annotations.NullMarked;
