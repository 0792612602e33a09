package nl.doorbraak.overview.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The doors of our own pages and of the tasks' API; who is on a case is asked behind
 * them.
 */
@Configuration(proxyBeanMethods = false)
class OverviewRoutes {

	@Bean
	MenuLink recordLink() {
		return new MenuLink("/controle", "Controle");
	}

	@Bean
	Routes pageRoutes() {
		Set<String> directors = Set.of(Function.CASE_DIRECTOR.code());
		Set<String> auditors = Set.of(Function.AUDITOR.code());
		Set<String> checkers = Set.of(Function.AUDITOR.code(), Function.ADMINISTRATOR.code());
		Stream<Route> pages = Stream.of(Route.get("/", Route.LOGGED_IN), Route.get("/bord", Route.LOGGED_IN),
				Route.get("/instrumenten", Route.LOGGED_IN), Route.get("/casus/*", Route.LOGGED_IN),
				Route.post("/casus/*/besluit", Route.LOGGED_IN), Route.get("/taak/*", Route.LOGGED_IN),
				Route.get("/modellen/*/*", Route.LOGGED_IN), Route.get("/tekenen/*", Route.LOGGED_IN),
				Route.post("/tekenen/*", Route.LOGGED_IN), Route.post("/logout", Route.LOGGED_IN),
				Route.get("/controle", auditors), Route.get("/controle/bevoegdheden", auditors),
				Route.get("/controle/export", auditors), Route.post("/controle/export", auditors),
				Route.get("/controle/keten", checkers), Route.post("/controle/keten", checkers),
				Route.get("/controle/zoeken", auditors), Route.post("/controle/zoeken/bewaard", auditors),
				Route.post("/controle/zoeken/bewaard/*/weg", auditors), Route.get("/controleprogramma", Route.ANYBODY),
				Route.get("/controleprogramma/*", Route.ANYBODY), Route.get("/controle/*", auditors));
		Stream<Route> acts = Stream
			.of("intrekken", "doorzetten", "dreiging", "dreiging/voorbij", "pauzeren", "hervatten", "huishouden")
			.map((act) -> Route.post("/casus/*/" + act, directors));
		Stream<Route> tasks = Stream.concat(
				Stream.of(Route.get("/api/v1/tasks", Route.LOGGED_IN),
						Route.get("/api/v1/tasks/*/values", Route.LOGGED_IN)),
				Stream.of("claim", "unclaim", "complete")
					.map((act) -> Route.post("/api/v1/tasks/*/" + act, Route.LOGGED_IN)));
		Stream<Route> steps = Stream.of(Route.post("/casus/*/stap", Route.LOGGED_IN));
		Stream<Route> objections = Stream.of(Route.post("/casus/*/bezwaar", Route.LOGGED_IN),
				Route.post("/casus/*/bezwaar/*/intrekken", Route.LOGGED_IN));
		Stream<Route> papers = Stream.of(Route.post("/casus/*/besluit/bestand", Route.LOGGED_IN),
				Route.get("/casus/*/stukken", Route.LOGGED_IN), Route.post("/casus/*/stukken", Route.LOGGED_IN),
				Route.get("/casus/*/stukken/*", Route.LOGGED_IN),
				Route.post("/casus/*/stukken/*/intrekken", Route.LOGGED_IN));
		List<Route> all = Stream.of(pages, papers, acts, steps, objections, tasks).flatMap((each) -> each).toList();
		return () -> all;
	}

}
