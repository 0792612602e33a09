package nl.doorbraak.support.security;

import java.util.List;

/** What a room lets through; a bean of each room that has doors. */
@FunctionalInterface
public interface Routes {

	List<Route> list();

}
