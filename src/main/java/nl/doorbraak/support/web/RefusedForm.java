package nl.doorbraak.support.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Answers a form that was refused with the page it stands on, as its reader may see it
 * now: the form as it was sent, and what is wrong above it. No template does it, so none
 * can lose what somebody typed.
 */
@Component
class RefusedForm {

	private static final String SENTENCE = "fout";

	private final NearestPage pages;

	private final MessageSource words;

	RefusedForm(NearestPage pages, MessageSource words) {
		this.pages = pages;
		this.words = words;
	}

	/**
	 * Whether it was answered: not where no page has the form, or where what it is about
	 * changed meanwhile.
	 */
	boolean answer(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		for (String path : this.pages.upFrom(request)) {
			Optional<Element> form = read(path, request, response).flatMap((page) -> find(page, request));
			if (form.isPresent()) {
				write(form.get(), path, problem, request, response);
				return true;
			}
		}
		return false;
	}

	private void write(Element form, String path, ProblemDetail problem, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Document page = Objects.requireNonNull(form.ownerDocument());
		fill(form, request.getParameterMap());
		explain(page, form, problem);
		if (sentAFile(request)) {
			form.expectFirst("#" + SENTENCE).appendText(" ").appendElement("span").text(word("refused.file"));
		}
		// They were relative to the page, and its address is not that of the form.
		page.select("a[href^=?]").forEach((link) -> link.attr("href", path + link.attr("href")));
		page.select("form:not([method=post]):not([action^=/])")
			.forEach((question) -> question.attr("action", path + question.attr("action")));
		response.setStatus(problem.getStatus());
		response.setContentType("text/html;charset=UTF-8");
		response.getOutputStream().write(page.outerHtml().getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<Document> read(String path, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		Drawn drawn = new Drawn(response);
		request.getRequestDispatcher(path).forward(new Asked(request), drawn);
		if (!drawn.isPage()) {
			return Optional.empty();
		}
		Document page = Jsoup.parse(new ByteArrayInputStream(drawn.getContentAsByteArray()),
				StandardCharsets.UTF_8.name(), "");
		page.outputSettings().prettyPrint(false);
		return Optional.of(page);
	}

	/**
	 * Of forms with one address: the one that asks what was sent, about the same. What it
	 * is about is in fields that nobody sees; one that may differ on the page of another
	 * moment says {@code data-once}.
	 */
	private static Optional<Element> find(Document page, HttpServletRequest request) {
		Map<String, String[]> sent = new HashMap<>(request.getParameterMap());
		sent.remove("_csrf");
		return page.select("main form[method=post]")
			.stream()
			.filter((form) -> form.attr("action").equals(request.getRequestURI()))
			.filter((form) -> sent.keySet().stream().allMatch((name) -> named(form, name).isPresent()))
			.filter((form) -> form.select("input[type=hidden]:not([name=_csrf], [data-once])")
				.stream()
				.allMatch((hidden) -> sent(sent, hidden).contains(hidden.val())))
			.findFirst();
	}

	private static Optional<Element> named(Element form, String name) {
		return form.select("[name]").stream().filter((field) -> field.attr("name").equals(name)).findFirst();
	}

	private static void fill(Element form, Map<String, String[]> sent) {
		Map<String, Integer> before = new HashMap<>();
		for (Element field : form.select("input, select, textarea")) {
			List<String> values = sent(sent, field);
			switch (field.normalName().equals("input") ? field.attr("type") : field.normalName()) {
				case "checkbox", "radio" -> mark(field, "checked", values);
				case "select" -> field.select("option").forEach((choice) -> mark(choice, "selected", values));
				case "password", "file", "submit" -> {
				}
				default -> {
					int nth = before.merge(field.attr("name"), 1, Integer::sum) - 1;
					if (nth < values.size()) {
						field.val(values.get(nth));
					}
				}
			}
		}
	}

	private static void mark(Element choice, String how, List<String> values) {
		String value = choice.hasAttr("value") ? choice.val()
				: choice.normalName().equals("input") ? "on" : choice.text();
		if (values.contains(value)) {
			choice.attr(how, "");
		}
		else {
			choice.removeAttr(how);
		}
	}

	private static List<String> sent(Map<String, String[]> sent, Element field) {
		return List.of(sent.getOrDefault(field.attr("name"), new String[0]));
	}

	private void explain(Document page, Element form, ProblemDetail problem) {
		page.title(word("refused.form") + " - " + page.title());
		page.select("[autofocus]").removeAttr("autofocus");
		form.parents()
			.stream()
			.filter((each) -> each.normalName().equals("details"))
			.forEach((each) -> each.attr("open", ""));
		form.select("details").attr("open", "");
		Element sentence = form.prependElement("p")
			.attr("role", "alert")
			.attr("id", SENTENCE)
			.attr("class", "notice")
			.attr("tabindex", "-1")
			.attr("autofocus", "");
		Element field = Optional.ofNullable(problem.getProperties())
			.flatMap((properties) -> named(form, String.valueOf(properties.get("field"))))
			.orElse(null);
		String wrong = String.valueOf(problem.getDetail());
		if (field == null || field.id().isEmpty()) {
			sentence.appendElement("span").attr("lang", "nl").text(wrong);
		}
		else {
			sentence.appendElement("a").attr("lang", "nl").attr("href", "#" + field.id()).text(wrong);
			field.attr("aria-invalid", "true")
				.attr("aria-describedby", (SENTENCE + " " + field.attr("aria-describedby")).strip());
		}
	}

	private static boolean sentAFile(HttpServletRequest request) {
		MultipartRequest parts = WebUtils.getNativeRequest(request, MultipartRequest.class);
		return parts != null && parts.getFileMap().values().stream().anyMatch((file) -> !file.isEmpty());
	}

	private String word(String key) {
		return this.words.getMessage(key, null, LocaleContextHolder.getLocale());
	}

	/** The page is asked as if nothing had been sent. */
	private static final class Asked extends HttpServletRequestWrapper {

		Asked(HttpServletRequest request) {
			super(request);
		}

		@Override
		public String getMethod() {
			return HttpMethod.GET.name();
		}

		@Override
		public @Nullable String getContentType() {
			return null;
		}

		@Override
		public @Nullable String getQueryString() {
			return null;
		}

		@Override
		public @Nullable String getParameter(String name) {
			return null;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			return Map.of();
		}

		@Override
		public Enumeration<String> getParameterNames() {
			return Collections.emptyEnumeration();
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			return null;
		}

	}

	/** A page that is kept here until it can be sent. */
	private static final class Drawn extends ContentCachingResponseWrapper {

		private boolean elsewhere;

		Drawn(HttpServletResponse response) {
			super(response);
		}

		boolean isPage() {
			return !this.elsewhere && getStatus() == SC_OK && getContentType() != null
					&& MediaType.TEXT_HTML.includes(MediaType.parseMediaType(getContentType()));
		}

		@Override
		public void sendError(int status) {
			this.elsewhere = true;
		}

		@Override
		public void sendError(int status, String message) {
			this.elsewhere = true;
		}

		@Override
		public void sendRedirect(String location) {
			this.elsewhere = true;
		}

	}

}
