@NullMarked
package nl.doorbraak.lead.web;

import org.jspecify.annotations.NullMarked;
