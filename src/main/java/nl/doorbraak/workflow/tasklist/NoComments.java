package nl.doorbraak.workflow.tasklist;

import java.io.IOException;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers Tasklist's question for comments: there are none, text belongs in the case
 * file. The engine would say that the task is not there, and Tasklist would show no
 * history at all.
 */
class NoComments extends OncePerRequestFilter {

	private static final Pattern QUESTION = Pattern.compile("/camunda/api/engine/engine/default/task/[^/]+/comment");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (QUESTION.matcher(request.getRequestURI()).matches()) {
			response.setContentType("application/json");
			response.getWriter().write("[]");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<NoComments> noComments() {
			FilterRegistrationBean<NoComments> filter = new FilterRegistrationBean<>(new NoComments());
			filter.addUrlPatterns("/camunda/api/engine/*");
			filter.setOrder(203);
			return filter;
		}

	}

}
