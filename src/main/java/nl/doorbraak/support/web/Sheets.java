package nl.doorbraak.support.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Any page asked with {@code als=xlsx} is made as for this reader, and its tables go out
 * as a spreadsheet: who may see what, and what is written down about it, is the page's
 * own. What is no page with tables goes out as it is.
 */
class Sheets extends OncePerRequestFilter {

	static final String ASKED = "als";

	static final String XLSX = "xlsx";

	/** Which table of the page, from 1; all of them without it. */
	static final String WHICH = "tabel";

	private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final int LONGEST_NAME = 60;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!HttpMethod.GET.matches(request.getMethod()) || !XLSX.equals(request.getParameter(ASKED))) {
			chain.doFilter(request, response);
			return;
		}
		ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, page);
		String type = page.getContentType();
		if (page.getStatus() == HttpServletResponse.SC_OK && type != null && type.startsWith("text/html")) {
			Document document = Jsoup.parse(new ByteArrayInputStream(page.getContentAsByteArray()),
					StandardCharsets.UTF_8.name(), "");
			List<Element> tables = tables(document, request.getParameter(WHICH));
			if (!tables.isEmpty()) {
				answer(response, name(document), Sheet.of(tables, document.title()));
				return;
			}
		}
		page.copyBodyToResponse();
	}

	private static List<Element> tables(Document document, String which) {
		List<Element> all = document.select("table");
		if (which == null || !which.matches("[1-9][0-9]{0,3}")) {
			return all;
		}
		int number = Integer.parseInt(which);
		return (number <= all.size()) ? List.of(all.get(number - 1)) : List.of();
	}

	/** After the title: the address can be a key. */
	private static String name(Document document) {
		String title = document.title().replaceFirst(" - Doorbraak$", "").replaceAll("[^A-Za-z0-9]+", "-");
		String name = "doorbraak-" + title.toLowerCase(Locale.ROOT);
		return ((name.length() > LONGEST_NAME) ? name.substring(0, LONGEST_NAME) : name) + ".xlsx";
	}

	private static void answer(HttpServletResponse response, String name, byte[] sheet) throws IOException {
		response.setContentType(TYPE);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(name).build().toString());
		response.setContentLength(sheet.length);
		response.getOutputStream().write(sheet);
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		/** Behind the fence, around every room. */
		@Bean
		FilterRegistrationBean<Sheets> sheets() {
			FilterRegistrationBean<Sheets> filter = new FilterRegistrationBean<>(new Sheets());
			filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 2);
			return filter;
		}

		@Bean
		IPostProcessorDialect sheetLinks() {
			return new Links();
		}

	}

	private static final class Links extends AbstractDialect implements IPostProcessorDialect {

		Links() {
			super("sheet links");
		}

		@Override
		public int getDialectPostProcessorPrecedence() {
			return 1000;
		}

		@Override
		public Set<IPostProcessor> getPostProcessors() {
			return Set.of(new PostProcessor(TemplateMode.HTML, SheetLinks.class, 1000));
		}

	}

}
