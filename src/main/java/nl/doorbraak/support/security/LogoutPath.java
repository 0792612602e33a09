package nl.doorbraak.support.security;

/** A second address (POST) that logs out, for an application that has its own. */
public record LogoutPath(String path) {
}
