package nl.doorbraak.support.web;

/**
 * A page that a room adds to the menu of our own pages; shown to whom its door is open.
 */
public record MenuLink(String path, String label) {

	/** Where Tasklist is: what our pages call "Mijn werk". */
	public static final String WORK = "/camunda/app/tasklist/default/";

}
