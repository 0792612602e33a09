package nl.doorbraak.mandate;

/**
 * What is wrong with a file of mandates, in one Dutch sentence.
 *
 * @param line the first holds the names of the columns; 0: the lines together
 */
public record MandateProblem(long line, String sentence) {
}
