/** The provider of text messages behind alerts; off unless the settings name one. */
@NullMarked
package nl.doorbraak.alert.sms;

import org.jspecify.annotations.NullMarked;
