/** The SMTP side of alerts; the only package that may import mail classes. */
@NullMarked
package nl.doorbraak.alert.mail;

import org.jspecify.annotations.NullMarked;
