package nl.doorbraak.support.web;

/** A page that a room adds to the menu of our own pages. */
public record MenuLink(String path, String label) {
}
