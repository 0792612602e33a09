package nl.doorbraak.support.web;

import org.thymeleaf.context.IWebContext;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.web.IWebRequest;
import org.unbescape.html.HtmlEscape;

/**
 * Puts under each table of each page a link to the same page as a spreadsheet with that
 * table: no template does it, so none can forget it. Public for Thymeleaf only.
 */
public final class SheetLinks extends AbstractTemplateHandler {

	private int tables;

	@Override
	public void handleCloseElement(ICloseElementTag tag) {
		super.handleCloseElement(tag);
		if ("table".equals(tag.getElementCompleteName()) && getContext() instanceof IWebContext web
				&& "GET".equals(web.getExchange().getRequest().getMethod())) {
			this.tables++;
			super.handleText(getContext().getModelFactory().createText(link(web.getExchange().getRequest())));
		}
	}

	private String link(IWebRequest request) {
		String query = request.getQueryString();
		String address = "?" + ((query != null && !query.isEmpty()) ? query + "&" : "") + Sheets.ASKED + "="
				+ Sheets.XLSX + "&" + Sheets.WHICH + "=" + this.tables;
		return "<p class=\"sheet\"><a href=\"" + HtmlEscape.escapeHtml5(address) + "\">"
				+ HtmlEscape.escapeHtml5(getContext().getMessage(SheetLinks.class, "sheet.link", new Object[0], true))
				+ "</a></p>";
	}

}
