package nl.doorbraak.support.web;

import java.util.List;
import java.util.Optional;

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

	private final List<PathPattern> pages;

	NearestPage(List<Routes> rooms) {
		this.pages = rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> HttpMethod.GET.equals(route.method()) && !route.hidden())
			.map(Route::path)
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
	}

	/** Nothing when only the start page is above. */
	Optional<String> of(HttpServletRequest request) {
		for (String path = request.getRequestURI(); path.lastIndexOf('/') > 0; path = path.substring(0,
				path.lastIndexOf('/'))) {
			PathContainer place = PathContainer.parsePath(path);
			if (this.pages.stream().anyMatch((page) -> page.matches(place))) {
				return Optional.of(path);
			}
		}
		return Optional.empty();
	}

}
