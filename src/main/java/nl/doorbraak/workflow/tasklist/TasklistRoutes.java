package nl.doorbraak.workflow.tasklist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.LogoutPath;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/**
 * What the web applications of the engine may ask. Tasklist: exactly what it was seen to
 * call. Cockpit: for the functional administrator, reading and repairing, never
 * deploying; for others it does not exist. The engine's Admin exists for nobody: there is
 * nothing that it could show or change.
 */
@Configuration(proxyBeanMethods = false)
class TasklistRoutes {

	static final String ENGINE = "/camunda/api/engine/engine/default/";

	/** How many are open: a number on Cockpit's first page. */
	static final String ALL_TASKS = "task/count";

	private static final List<String> TASKLIST_READS = List.of("/camunda/app/tasklist/**", "/camunda/lib/**",
			"/camunda/assets/**", "/camunda/api/tasklist/plugin/tasklistPlugins/static/app/*", "/camunda/favicon.ico",
			"/camunda/api/admin/auth/user/default", "/camunda/api/engine/engine/", ENGINE + "user/*/profile",
			ENGINE + "filter", ENGINE + "filter/count", ENGINE + "task", ENGINE + "task/*", ENGINE + "task/*/form",
			ENGINE + "task/*/deployed-form", ENGINE + "task/*/form-variables", ENGINE + "process-definition",
			ENGINE + "process-definition/count", ENGINE + "process-definition/*/xml",
			ENGINE + "process-definition/*/startForm", ENGINE + "process-definition/*/deployed-start-form");

	private static final List<String> TASKLIST_ACTS = List.of(ENGINE + "filter/*/list", ENGINE + "task/*/claim",
			ENGINE + "task/*/unclaim", ENGINE + "task/*/submit-form", ENGINE + "process-definition/*/submit-form");

	private static final Set<String> WORDS = Stream.concat(TASKLIST_READS.stream(), TASKLIST_ACTS.stream())
		.flatMap((path) -> Arrays.stream(path.split("/")))
		.collect(Collectors.toSet());

	/** The functions that have work in Tasklist. */
	static final List<Function> WORKERS = List.of(Function.DISTRICT_TEAM_MEMBER, Function.CASE_DIRECTOR,
			Function.MANAGER, Function.DIRECTOR, Function.ALDERMAN, Function.PROCESS_DIRECTOR, Function.AGENCY_OFFICER,
			Function.DESK_OFFICER, Function.AMBASSADOR, Function.LEGAL_ADVISER, Function.FINANCE_ADVISER,
			Function.ALDERMAN_ADVISER);

	private static final Set<String> CASEWORK = WORKERS.stream().map(Function::code).collect(Collectors.toSet());

	private static final Set<String> ADMINISTRATOR = Set.of(Function.ADMINISTRATOR.code());

	private static final Set<String> CASEWORK_AND_ADMINISTRATOR = union(CASEWORK, ADMINISTRATOR);

	@Bean
	Routes webApplicationRoutes() {
		List<Route> routes = new ArrayList<>();
		// Before the task of any name.
		routes.add(Route.get(ENGINE + ALL_TASKS, ADMINISTRATOR));
		TASKLIST_READS.forEach((path) -> routes.add(Route.get(path, readers(path))));
		TASKLIST_ACTS.forEach((path) -> routes.add(Route.post(path, CASEWORK)));
		routes.add(new Route(HttpMethod.OPTIONS, ENGINE + "filter", CASEWORK, false));
		routes.add(Route.post("/camunda/api/admin/auth/user/default/logout", Route.LOGGED_IN));
		for (String path : List.of("/camunda/app/cockpit/**", "/camunda/api/cockpit/**",
				"/camunda/api/engine/engine/default/**")) {
			routes.add(Route.hidden(HttpMethod.GET, path, ADMINISTRATOR));
		}
		routes.add(Route.hidden(HttpMethod.POST, "/camunda/api/cockpit/**", ADMINISTRATOR));
		for (String path : List.of("process-instance", "process-instance/count", "job", "job/count",
				"history/process-instance", "history/process-instance/count", "history/task/count", "variable-instance",
				"execution")) {
			routes.add(Route.hidden(HttpMethod.POST, ENGINE + path, ADMINISTRATOR));
		}
		routes.add(Route.hidden(HttpMethod.PUT, ENGINE + "job/*/retries", ADMINISTRATOR));
		return () -> List.copyOf(routes);
	}

	@Bean
	LogoutPath tasklistLogout() {
		return new LogoutPath("/camunda/api/admin/auth/user/default/logout");
	}

	/**
	 * What the engine's web API is asked: the path behind its address, decoded as the
	 * engine reads it; empty elsewhere.
	 */
	static String question(HttpServletRequest request) {
		String path = request.getServletPath() + ((request.getPathInfo() != null) ? request.getPathInfo() : "");
		return path.startsWith(ENGINE) ? path.substring(ENGINE.length()) : "";
	}

	/** The method and the path in words of ours: what somebody typed in it is a star. */
	static String door(HttpServletRequest request) {
		return request.getMethod() + " "
				+ Arrays.stream(question(request).split("/"))
					.map((word) -> WORDS.contains(word) ? word : "*")
					.collect(Collectors.joining("/"));
	}

	private static Set<String> readers(String path) {
		boolean shared = !path.startsWith(ENGINE) && !path.contains("tasklist");
		return (shared || path.startsWith(ENGINE + "user/") || path.startsWith(ENGINE + "process-definition"))
				? CASEWORK_AND_ADMINISTRATOR : CASEWORK;
	}

	private static Set<String> union(Set<String> first, Set<String> second) {
		Set<String> both = new java.util.HashSet<>(first);
		both.addAll(second);
		return Set.copyOf(both);
	}

}
