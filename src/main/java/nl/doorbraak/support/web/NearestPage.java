package nl.doorbraak.support.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
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

	NearestPage(List<Routes> rooms,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
		Set<String> views = controllers.getHandlerMethods()
			.entrySet()
			.stream()
			.filter((each) -> isPage(each.getValue()))
			.flatMap((each) -> each.getKey().getPatternValues().stream())
			.map((pattern) -> pattern.replaceAll("\\{[^}]+}", "*"))
			.collect(Collectors.toSet());
		this.pages = rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> HttpMethod.GET.equals(route.method()) && !route.hidden() && views.contains(route.path()))
			.map((route) -> Map.entry(PathPatternParser.defaultInstance.parse(route.path()), route))
			.toList();
	}

	/** A file to download is none. */
	private static boolean isPage(HandlerMethod method) {
		return method.getReturnType().getParameterType() == String.class
				&& !method.hasMethodAnnotation(ResponseBody.class)
				&& !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class);
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
