@NullMarked
package nl.doorbraak.settings.web;

import org.jspecify.annotations.NullMarked;
