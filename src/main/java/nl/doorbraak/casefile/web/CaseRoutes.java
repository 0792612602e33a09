package nl.doorbraak.casefile.web;

import java.util.List;
import java.util.Set;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors of the case's API. */
@Configuration(proxyBeanMethods = false)
class CaseRoutes {

	@Bean
	Routes caseApiRoutes() {
		Set<String> directors = Set.of(Function.CASE_DIRECTOR.code());
		return () -> List.of(Route.post("/api/v1/cases", directors), Route.get("/api/v1/cases/*", Route.LOGGED_IN),
				Route.post("/api/v1/cases/*/withdrawal", directors),
				Route.post("/api/v1/cases/*/redirection", directors), Route.post("/api/v1/cases/*/threat", directors),
				Route.post("/api/v1/cases/*/threat-end", directors), Route.post("/api/v1/cases/*/pause", directors),
				Route.post("/api/v1/cases/*/resumption", directors));
	}

}
