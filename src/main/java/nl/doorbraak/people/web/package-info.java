@NullMarked
package nl.doorbraak.people.web;

import org.jspecify.annotations.NullMarked;
