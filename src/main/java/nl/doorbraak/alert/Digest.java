package nl.doorbraak.alert;

import java.util.List;

/**
 * What one person is told on a working day, in Dutch sentences that hold case numbers,
 * names of tasks and dates, and no word that anybody typed.
 *
 * @param toDo what waits for the person today or tomorrow
 * @param lookOut what comes near
 * @param toKnow what happened
 */
public record Digest(List<Item> toDo, List<Item> lookOut, List<Item> toKnow) {

	public Digest {
		toDo = List.copyOf(toDo);
		lookOut = List.copyOf(lookOut);
		toKnow = List.copyOf(toKnow);
	}

	/** Whether there is nothing to tell. */
	public boolean isEmpty() {
		return this.toDo.isEmpty() && this.lookOut.isEmpty() && this.toKnow.isEmpty();
	}

	/**
	 * One line.
	 *
	 * @param path of the page that it leads to
	 */
	public record Item(String text, String path) {
	}

}
