package nl.doorbraak.workflow.tasklist;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each page of the engine's web applications the nonce of its own policy. The
 * engine writes it to the servlet context, which all requests share, and reads it back a
 * moment later: of pages that are asked for at once, some would not start.
 */
class OwnNonce extends OncePerRequestFilter {

	private static final String NONCE = "org.camunda.bpm.csp.nonce";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ServletContext own = own(request.getServletContext());
		chain.doFilter(new HttpServletRequestWrapper(request) {

			@Override
			public ServletContext getServletContext() {
				return own;
			}

		}, response);
	}

	/** The same context, but for the nonce. */
	private static ServletContext own(ServletContext shared) {
		AtomicReference<Object> nonce = new AtomicReference<>();
		return (ServletContext) Proxy.newProxyInstance(ServletContext.class.getClassLoader(),
				new Class<?>[] { ServletContext.class }, (proxy, method, arguments) -> {
					boolean asked = arguments != null && arguments.length > 0 && NONCE.equals(arguments[0]);
					if (asked && method.getName().equals("setAttribute")) {
						nonce.set(arguments[1]);
						return null;
					}
					if (asked && method.getName().equals("getAttribute")) {
						return nonce.get();
					}
					try {
						return method.invoke(shared, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<OwnNonce> ownNonce() {
			FilterRegistrationBean<OwnNonce> filter = new FilterRegistrationBean<>(new OwnNonce());
			filter.addUrlPatterns("/camunda/app/*");
			filter.setOrder(203);
			return filter;
		}

	}

}
