package nl.doorbraak.workflow.tasklist;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.web.FrameNotices;
import nl.doorbraak.support.web.KeptBody;
import nl.doorbraak.support.web.Problems;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to the engine's web API only what our screens ask there. The engine
 * evaluates expressions inside queries, answers questions about values that the asker may
 * not read, and tells a foreign task from one that never existed; so a query is held
 * against the fields that Tasklist sends, and a task that is not the asker's is not
 * there.
 */
class TasklistQuestions extends OncePerRequestFilter {

	private static final Pattern TASK = Pattern.compile("task/([^/]+)(/.*)?");

	private static final Pattern PROFILE = Pattern.compile("user/([^/]+)/profile");

	private static final Pattern JOB = Pattern.compile("job/([^/]+)/retries");

	private static final Pattern ROWS = Pattern.compile("filter/([^/]+)/list");

	/** Tells the browser what day it is here, for words as "nog 3 dagen". */
	private static final String TODAY = "Doorbraak-Today";

	/** What stands over our own pages; asked with the list, which Tasklist does often. */
	private static final String NOTICES = "Doorbraak-Notices";

	private static final int MOST_ROWS = 100;

	/** Nobody turns a thousand pages; who wants the rows searches. */
	private static final String SKIPPED = "[0-9]{1,4}|10000";

	private static final Set<String> PAGE = Set.of("firstResult", "maxResults", "sortBy", "sortOrder");

	private static final Map<String, Set<String>> QUERIES = Map.of("task", Set.of("processInstanceId", "assignee"),
			"process-definition",
			Set.of("latest", "active", "startableInTasklist", "startablePermissionCheck", "key", "nameLike"),
			"process-definition/count",
			Set.of("latest", "active", "startableInTasklist", "startablePermissionCheck", "key", "nameLike"));

	private static final Set<String> LIST = Set.of("firstResult", "maxResults", "active", "sorting", "nameLike",
			"processVariables", "taskVariables", "caseInstanceVariables", "variableNamesIgnoreCase",
			"variableValuesIgnoreCase");

	private static final Set<String> SORTABLE = Set.of("created", "dueDate", "followUpDate", "name",
			"nameCaseInsensitive", "assignee", "priority");

	/** What the rows of the task list show may be searched for. */
	private static final Set<String> SEARCHABLE = Set.of("caseNumber", "event", "level");

	private static final Set<String> TYPES = Set.of("String", "Boolean", "Integer", "Long", "Double", "Json", "Null");

	private final Worklist worklist;

	private final ManagementService jobs;

	private final FilterToday filters;

	private final FrameNotices notices;

	private final Problems problems;

	private final ObjectMapper json;

	TasklistQuestions(Worklist worklist, ManagementService jobs, FilterToday filters, FrameNotices notices,
			Problems problems, ObjectMapper json) {
		this.notices = notices;
		this.worklist = worklist;
		this.filters = filters;
		this.jobs = jobs;
		this.problems = problems;
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String question = TasklistRoutes.question(request);
		try {
			boolean administrator = request.isUserInRole(Function.ADMINISTRATOR.code());
			if (administrator) {
				checkRepair(request, question);
			}
			response.setHeader(TODAY, this.filters.today().toString());
			HttpServletRequest checked = checked(request, question, administrator);
			if (ROWS.matcher(question).matches()) {
				response.setHeader(NOTICES, notices());
			}
			chain.doFilter(checked, response);
		}
		catch (Refused refused) {
			this.problems.answer(this.problems.of(refused, TasklistRoutes.door(request)), response);
		}
	}

	/** A header holds no letters with accents. */
	private String notices() throws JsonProcessingException {
		return URLEncoder
			.encode(this.json.writeValueAsString(this.notices.inDutch(Actor.current())), StandardCharsets.UTF_8)
			.replace("+", "%20");
	}

	/** Cockpit asks much, but never with an expression. */
	private void checkRepair(HttpServletRequest request, String question) throws IOException {
		Matcher job = JOB.matcher(question);
		if (job.matches() && this.jobs.createJobQuery().jobId(job.group(1)).count() == 0) {
			throw Refused.notFound();
		}
		refuseIf(request.getParameterMap().keySet().stream().anyMatch(TasklistQuestions::isCode));
		if (request.getMethod().equals("POST")) {
			refuseCode(body(request));
		}
	}

	private HttpServletRequest checked(HttpServletRequest request, String question, boolean administrator)
			throws IOException {
		Matcher task = TASK.matcher(question);
		if (task.matches() && !question.equals(TasklistRoutes.ALL_TASKS)) {
			this.worklist.task(Actor.current(), task.group(1));
		}
		if (question.endsWith("/submit-form")) {
			return new KeptBody(request, form(body(request)));
		}
		Matcher rows = ROWS.matcher(question);
		if (rows.matches()) {
			ObjectNode query = list(body(request));
			this.filters.narrow(rows.group(1), Actor.current(), query);
			return new KeptBody(new Asked(request, page(request, Set.of())), bytes(query));
		}
		if (question.equals("filter")) {
			return new Asked(request, capped(request));
		}
		if (administrator) {
			return question.isEmpty() ? request : new Asked(request, capped(request));
		}
		Matcher profile = PROFILE.matcher(question);
		if (profile.matches() && !profile.group(1).equals(Actor.current())) {
			throw Refused.notFound();
		}
		Set<String> fields = QUERIES.get(question);
		return (fields != null) ? new Asked(request, page(request, fields)) : request;
	}

	/** The query string again, of known fields only and with a last row. */
	private static String page(HttpServletRequest request, Set<String> fields) {
		List<String> again = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			refuseIf(!(PAGE.contains(name) || fields.contains(name)) || values.length != 1);
			if (!name.equals("maxResults")) {
				again.add(name + "=" + URLEncoder.encode(values[0], StandardCharsets.UTF_8));
			}
			refuseIf(name.equals("firstResult") && !values[0].matches(SKIPPED));
		});
		again.add("maxResults=" + rows(request.getParameter("maxResults")));
		return String.join("&", again);
	}

	/** Cockpit's question, or one without criteria, with a last row. */
	private static String capped(HttpServletRequest request) {
		List<String> again = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (!name.equals("maxResults")) {
				Stream.of(values)
					.forEach((value) -> again.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
							+ URLEncoder.encode(value, StandardCharsets.UTF_8)));
			}
		});
		again.add("maxResults=" + rows(request.getParameter("maxResults")));
		return String.join("&", again);
	}

	private static int rows(@Nullable String text) {
		refuseIf(text != null && !text.matches("[0-9]{1,10}"));
		return (text != null) ? (int) Math.min(MOST_ROWS, Long.parseLong(text)) : MOST_ROWS;
	}

	private static ObjectNode list(JsonNode body) {
		if (!(body instanceof ObjectNode query)) {
			throw refused();
		}
		query.fieldNames().forEachRemaining((name) -> refuseIf(!LIST.contains(name)));
		refuseIf(query.path("processVariables").size() + query.path("caseInstanceVariables").size() > 0);
		query.path("taskVariables")
			.forEach((criterion) -> refuseIf(!SEARCHABLE.contains(criterion.path("name").asText())
					|| !criterion.path("value").isTextual() || !isOneOf(criterion, "operator", Set.of("eq", "like"))));
		refuseIf(query.has("nameLike") && !query.path("nameLike").isTextual());
		query.path("sorting")
			.forEach((sort) -> refuseIf(sort.size() > 2 || !isOneOf(sort, "sortBy", SORTABLE)
					|| !isOneOf(sort, "sortOrder", Set.of("asc", "desc"))));
		return query;
	}

	private static boolean isOneOf(JsonNode node, String field, Set<String> known) {
		return known.contains(node.path(field).asText());
	}

	/**
	 * The form's values without types, so that the engine makes nothing of them; only
	 * lists are JSON.
	 */
	private byte[] form(JsonNode body) throws IOException {
		refuseIf(!body.isObject() || !body.path("variables").isObject());
		body.fieldNames().forEachRemaining((name) -> refuseIf(!name.equals("variables")));
		var variables = this.json.createObjectNode();
		body.path("variables").properties().forEach((field) -> {
			JsonNode variable = field.getValue();
			refuseIf(!variable.isObject() || !variable.has("value"));
			variable.fieldNames()
				.forEachRemaining((name) -> refuseIf(!Set.of("value", "type", "valueInfo").contains(name)));
			refuseIf(!variable.path("type").isMissingNode() && !variable.path("type").isNull()
					&& !isOneOf(variable, "type", TYPES));
			refuseIf(!variable.path("valueInfo").isEmpty());
			JsonNode value = isOneOf(variable, "type", Set.of("Json")) ? structure(variable.path("value"))
					: variable.path("value");
			ObjectNode plain = variables.putObject(field.getKey());
			plain.set("value", value.isContainerNode() ? TextNode.valueOf(value.toString()) : value);
			if (value.isContainerNode()) {
				plain.put("type", "Json");
			}
		});
		return bytes(this.json.createObjectNode().set("variables", variables));
	}

	/** The list in a JSON text; what is no JSON stays the text it is. */
	private JsonNode structure(JsonNode text) {
		try {
			JsonNode read = this.json.readTree(text.asText());
			return read.isContainerNode() ? read : text;
		}
		catch (JsonProcessingException ex) {
			return text;
		}
	}

	private JsonNode body(HttpServletRequest request) throws IOException {
		try {
			return this.json.readTree(request.getInputStream());
		}
		catch (JsonProcessingException ex) {
			throw refused();
		}
	}

	private byte[] bytes(JsonNode node) throws IOException {
		return this.json.writeValueAsBytes(node);
	}

	private static void refuseCode(JsonNode node) {
		node.fieldNames().forEachRemaining((name) -> refuseIf(isCode(name)));
		node.forEach(TasklistQuestions::refuseCode);
	}

	private static boolean isCode(String field) {
		return field.endsWith("Expression") || field.equals("orQueries");
	}

	private static void refuseIf(boolean wrong) {
		if (wrong) {
			throw refused();
		}
	}

	private static Refused refused() {
		return Refused.invalid("not-accepted",
				"Dit verzoek kan niet worden gelezen. Ververs de pagina en probeer het opnieuw.");
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<TasklistQuestions> tasklistQuestions(Worklist worklist, ManagementService jobs,
				FilterToday filters, FrameNotices notices, Problems problems, ObjectMapper json) {
			FilterRegistrationBean<TasklistQuestions> filter = new FilterRegistrationBean<>(
					new TasklistQuestions(worklist, jobs, filters, notices, problems, json));
			filter.addUrlPatterns("/camunda/api/engine/*", "/camunda/api/cockpit/*");
			filter.setOrder(200);
			return filter;
		}

	}

	/** The same request with another query. */
	private static final class Asked extends HttpServletRequestWrapper {

		private final String query;

		Asked(HttpServletRequest request, String query) {
			super(request);
			this.query = query;
		}

		@Override
		public String getQueryString() {
			return this.query;
		}

	}

}
