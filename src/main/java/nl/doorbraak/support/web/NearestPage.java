package nl.doorbraak.support.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Where somebody goes on whose act was refused: the page at the same path, or the first
 * one above it. No page tells where its reader came from (Referrer-Policy), so it is
 * reckoned from the doors.
 */
@Component
class NearestPage {

	private final List<Map.Entry<PathPattern, Route>> pages;

	NearestPage(List<Routes> rooms) {
		this.pages = rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> HttpMethod.GET.equals(route.method()) && !route.hidden())
			.map((route) -> Map.entry(PathPatternParser.defaultInstance.parse(route.path()), route))
			.toList();
	}

	/** Nothing when only the start page is above. */
	Optional<String> of(HttpServletRequest request) {
		return above(request.getRequestURI(), (route) -> true).findFirst();
	}

	/** All that this reader may see, the nearest first. */
	List<String> upFrom(HttpServletRequest request) {
		return above(request.getRequestURI(),
				(route) -> route.isPublic() || request.getUserPrincipal() != null
						&& (route.isForAllOfficers() || route.roles().stream().anyMatch(request::isUserInRole)))
			.toList();
	}

	private Stream<String> above(String from, Predicate<Route> which) {
		return Stream.iterate(from, (path) -> !path.isEmpty(), (path) -> path.substring(0, path.lastIndexOf('/')))
			.filter((path) -> {
				PathContainer place = PathContainer.parsePath(path);
				return this.pages.stream()
					.anyMatch((page) -> page.getKey().matches(place) && which.test(page.getValue()));
			});
	}

}
