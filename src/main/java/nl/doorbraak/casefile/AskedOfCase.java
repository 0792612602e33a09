package nl.doorbraak.casefile;

import nl.doorbraak.support.Remembered;

/**
 * A question about a case whose answer a transaction remembers ({@link Remembered}) until
 * it changes the case, or has waited for it.
 */
public interface AskedOfCase {

}
