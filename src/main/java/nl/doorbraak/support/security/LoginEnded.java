package nl.doorbraak.support.security;

/**
 * Nobody may work under this login any more: who keeps sessions ends them. Published in
 * the transaction that took the functions away.
 */
public record LoginEnded(String login) {
}
