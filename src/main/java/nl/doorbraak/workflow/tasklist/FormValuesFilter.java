package nl.doorbraak.workflow.tasklist;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.web.Problems;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers Tasklist's question for the values of a form from the case file: the engine has
 * no text to give. Opening a form is a reading of the case.
 */
class FormValuesFilter extends OncePerRequestFilter {

	private static final Pattern QUESTION = Pattern.compile("task/([^/]+)/form-variables");

	private final Worklist worklist;

	private final Writing writing;

	private final Problems problems;

	private final ObjectMapper json;

	FormValuesFilter(Worklist worklist, Writing writing, Problems problems, ObjectMapper json) {
		this.worklist = worklist;
		this.writing = writing;
		this.problems = problems;
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Matcher question = QUESTION.matcher(TasklistRoutes.question(request));
		if (!question.matches()) {
			chain.doFilter(request, response);
			return;
		}
		try {
			String login = Actor.current();
			OpenTask task = this.worklist.task(login, question.group(1));
			Map<String, Object> variables = new LinkedHashMap<>();
			FormTask form = new FormTask(task.subject(), task.form(), task.part());
			for (var shown : this.writing.shown(form, login).entrySet()) {
				variables.put(shown.getKey(), variable(shown.getValue()));
			}
			response.setContentType("application/json;charset=UTF-8");
			this.json.writeValue(response.getOutputStream(), variables);
		}
		catch (Refused refused) {
			this.problems.answer(this.problems.of(refused, "GET task/form-variables"), response);
		}
	}

	/** A list goes as its JSON text, which Tasklist reads and sends back as such. */
	private Map<String, Object> variable(Object value) throws IOException {
		if (value instanceof Collection<?> list) {
			return Map.of("value", this.json.writeValueAsString(list), "type", "Json");
		}
		return Map.of("value", value, "type",
				(value instanceof Boolean) ? "Boolean" : (value instanceof Number) ? "Double" : "String");
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<FormValuesFilter> formValues(Worklist worklist, Writing writing, Problems problems,
				ObjectMapper json) {
			FilterRegistrationBean<FormValuesFilter> filter = new FilterRegistrationBean<>(
					new FormValuesFilter(worklist, writing, problems, json));
			filter.addUrlPatterns("/camunda/api/engine/*");
			filter.setOrder(202);
			return filter;
		}

	}

}
