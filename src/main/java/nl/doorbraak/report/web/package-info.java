@NullMarked
package nl.doorbraak.report.web;

import org.jspecify.annotations.NullMarked;
