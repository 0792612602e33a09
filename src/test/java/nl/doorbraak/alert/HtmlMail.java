package nl.doorbraak.alert;

import java.util.List;
import java.util.stream.Stream;

import ch.digitalfondue.jfiveparse.Document;
import ch.digitalfondue.jfiveparse.Element;
import ch.digitalfondue.jfiveparse.JFiveParse;
import ch.digitalfondue.jfiveparse.Selector;

/** The HTML of a mail as a program for mail reads it. */
record HtmlMail(Document page) {

	HtmlMail(String html) {
		this(JFiveParse.parse(html));
	}

	String title() {
		return texts("title").get(0);
	}

	/** Every sentence on the screen, in order; not what the list of mails shows. */
	List<String> lines() {
		return texts("h1, h2, p, li, a.button").stream().filter((line) -> !line.isEmpty()).toList();
	}

	/** What the list of mails shows beside the subject. */
	String preview() {
		return texts("body > div").get(0);
	}

	List<String> texts(String selector) {
		return elements(selector).map((each) -> each.getTextContent().strip().replaceAll("\\s+", " ")).toList();
	}

	String attribute(String selector, String name) {
		return elements(selector).findFirst().orElseThrow().getAttribute(name);
	}

	private Stream<Element> elements(String selector) {
		return this.page.getAllNodesMatchingAsStream(Selector.parseSelector(selector)).map(Element.class::cast);
	}

}
