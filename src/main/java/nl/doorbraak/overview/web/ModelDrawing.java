package nl.doorbraak.overview.web;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import nl.doorbraak.support.AccessiblePdf.Picture;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A model as it was drawn, with the path that a case walked through it: what was passed
 * is blue, where it is now is orange, and a number says how often.
 */
final class ModelDrawing {

	private static final double MARGIN = 16;

	private static final float LABEL = 11;

	private static final double LINE_HEIGHT = 13;

	private final Map<String, Element> elements = new HashMap<>();

	private final List<Element> shapes;

	private final List<Element> edges;

	private final Map<String, PathPicture.Node> walked;

	private final Rectangle2D bounds;

	private ModelDrawing(Document model, PathPicture.Model walked) {
		NodeList all = model.getElementsByTagName("*");
		List<Element> every = IntStream.range(0, all.getLength()).mapToObj((n) -> (Element) all.item(n)).toList();
		every.stream()
			.filter((each) -> !each.getAttribute("id").isEmpty())
			.forEach((each) -> this.elements.put(each.getAttribute("id"), each));
		this.shapes = every.stream().filter((each) -> each.getLocalName().equals("BPMNShape")).toList();
		this.edges = every.stream().filter((each) -> each.getLocalName().equals("BPMNEdge")).toList();
		this.walked = walked.nodes().stream().collect(Collectors.toMap(PathPicture.Node::id, (node) -> node));
		this.bounds = bounds(every);
	}

	/**
	 * The picture of a model.
	 * @param xml BPMN 2.0 with its geometry
	 */
	static Picture of(String xml, PathPicture.Model walked) {
		ModelDrawing drawing = new ModelDrawing(parse(xml), walked);
		return new Picture(drawing.bounds.getWidth(), drawing.bounds.getHeight(), drawing::draw);
	}

	private static Document parse(String xml) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new IllegalStateException("A model that runs is no BPMN", ex);
		}
	}

	private static Rectangle2D bounds(List<Element> every) {
		Rectangle2D all = null;
		for (Element each : every) {
			Rectangle2D box = each.getLocalName().equals("Bounds") ? box(each) : each.getLocalName().equals("waypoint")
					? new Rectangle2D.Double(number(each, "x"), number(each, "y"), 0, 0) : null;
			if (box != null) {
				all = (all == null) ? box : all.createUnion(box);
			}
		}
		Rectangle2D drawn = (all == null) ? new Rectangle2D.Double(0, 0, 1, 1) : all;
		return new Rectangle2D.Double(drawn.getX() - MARGIN, drawn.getY() - MARGIN, drawn.getWidth() + 2 * MARGIN,
				drawn.getHeight() + 2 * MARGIN);
	}

	private void draw(Graphics2D canvas) {
		canvas.translate(-this.bounds.getX(), -this.bounds.getY());
		for (Element shape : this.shapes) {
			if (type(shape).equals("subProcess")) {
				shape(canvas, shape);
			}
		}
		this.edges.forEach((edge) -> edge(canvas, edge));
		for (Element shape : this.shapes) {
			if (!type(shape).equals("subProcess")) {
				shape(canvas, shape);
			}
		}
	}

	private String type(Element drawn) {
		Element element = this.elements.get(drawn.getAttribute("bpmnElement"));
		return (element != null) ? element.getLocalName() : "";
	}

	private void edge(Graphics2D canvas, Element edge) {
		Element flow = this.elements.get(edge.getAttribute("bpmnElement"));
		boolean passed = flow != null && this.walked.containsKey(flow.getAttribute("sourceRef"))
				&& this.walked.containsKey(flow.getAttribute("targetRef"));
		List<Point2D> points = new ArrayList<>();
		children(edge, "waypoint")
			.forEach((each) -> points.add(new Point2D.Double(number(each, "x"), number(each, "y"))));
		Path2D line = new Path2D.Double();
		line.moveTo(points.get(0).getX(), points.get(0).getY());
		points.stream().skip(1).forEach((each) -> line.lineTo(each.getX(), each.getY()));
		canvas.setColor(passed ? EvidencePictures.WALKED : EvidencePictures.LINE);
		canvas.setStroke(new BasicStroke(passed ? 2.5f : 1.5f));
		canvas.draw(line);
		arrow(canvas, points.get(points.size() - 2), points.get(points.size() - 1));
		if (flow != null) {
			label(canvas, edge, flow.getAttribute("name"), passed);
		}
	}

	private static void arrow(Graphics2D canvas, Point2D from, Point2D to) {
		double angle = Math.atan2(to.getY() - from.getY(), to.getX() - from.getX());
		Path2D head = new Path2D.Double();
		head.moveTo(to.getX(), to.getY());
		for (double side : new double[] { 0.4, -0.4 }) {
			head.lineTo(to.getX() - 10 * Math.cos(angle + side), to.getY() - 10 * Math.sin(angle + side));
		}
		head.closePath();
		canvas.fill(head);
	}

	private void shape(Graphics2D canvas, Element shape) {
		Element element = this.elements.get(shape.getAttribute("bpmnElement"));
		Optional<Rectangle2D> bounds = children(shape, "Bounds").stream().findFirst().map(ModelDrawing::box);
		if (element == null || bounds.isEmpty()) {
			return;
		}
		Rectangle2D box = bounds.get();
		PathPicture.Node node = this.walked.get(element.getAttribute("id"));
		String type = element.getLocalName();
		String name = element.getAttribute("name");
		Color border = (node == null) ? EvidencePictures.LINE
				: (node.open() > 0) ? EvidencePictures.HERE : EvidencePictures.WALKED;
		Color inside = (node == null || type.equals("subProcess")) ? Color.WHITE
				: (node.open() > 0) ? EvidencePictures.HERE_FILL : EvidencePictures.WALKED_FILL;
		boolean thick = type.equals("endEvent") || type.equals("callActivity");
		canvas.setStroke(new BasicStroke(thick ? 3.5f : (node != null) ? 2 : 1.2f));
		if (type.endsWith("Event")) {
			EvidencePictures.fill(canvas, new Ellipse2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight()),
					inside, border);
			event(canvas, element, type, box, border);
			label(canvas, shape, name, node != null);
		}
		else if (type.endsWith("Gateway")) {
			EvidencePictures.fill(canvas, diamond(box), inside, border);
			gateway(canvas, type, box);
			label(canvas, shape, name, node != null);
		}
		else {
			EvidencePictures.fill(canvas, EvidencePictures.rounded(box), inside, border);
			Color ink = (node != null) ? EvidencePictures.INK : Color.GRAY;
			if (type.equals("subProcess")) {
				EvidencePictures.text(canvas, name, box.getX() + 10, box.getY() + 18, LABEL, ink);
			}
			else {
				List<String> lines = EvidencePictures.lines(name, box.getWidth() - 8, LABEL);
				centred(canvas, lines, box.getCenterX(),
						box.getCenterY() - (lines.size() - 1) * LINE_HEIGHT / 2 + LABEL / 2.5, ink);
			}
		}
		if (node != null && node.times() > 1) {
			times(canvas, node.times(), box);
		}
	}

	private static void times(Graphics2D canvas, int times, Rectangle2D box) {
		String said = times + "×";
		double width = EvidencePictures.width(said, LABEL) + 8;
		Shape ground = EvidencePictures
			.rounded(new Rectangle2D.Double(box.getMaxX() - width / 2, box.getY() - 9, width, 17));
		canvas.setStroke(new BasicStroke(1));
		EvidencePictures.fill(canvas, ground, EvidencePictures.WALKED, EvidencePictures.WALKED);
		EvidencePictures.text(canvas, said, box.getMaxX() - width / 2 + 4, box.getY() + 4, LABEL, Color.WHITE);
	}

	private static void event(Graphics2D canvas, Element event, String type, Rectangle2D box, Color border) {
		canvas.setColor(border);
		if (Set.of("boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent").contains(type)) {
			canvas.setStroke(new BasicStroke(1));
			canvas.draw(new Ellipse2D.Double(box.getX() + 3, box.getY() + 3, box.getWidth() - 6, box.getHeight() - 6));
		}
		double x = box.getCenterX();
		double y = box.getCenterY();
		canvas.setStroke(new BasicStroke(1.2f));
		if (!children(event, "timerEventDefinition").isEmpty()) {
			canvas.draw(new Ellipse2D.Double(x - 8, y - 8, 16, 16));
			canvas.draw(new Line2D.Double(x, y, x, y - 6));
			canvas.draw(new Line2D.Double(x, y, x + 4, y + 2));
		}
		else if (!children(event, "messageEventDefinition").isEmpty()) {
			canvas.draw(new Rectangle2D.Double(x - 8, y - 6, 16, 12));
			canvas.draw(new Line2D.Double(x - 8, y - 6, x, y + 1));
			canvas.draw(new Line2D.Double(x + 8, y - 6, x, y + 1));
		}
		else if (!children(event, "terminateEventDefinition").isEmpty()) {
			canvas.fill(new Ellipse2D.Double(x - 9, y - 9, 18, 18));
		}
	}

	private static Shape diamond(Rectangle2D box) {
		Path2D diamond = new Path2D.Double();
		diamond.moveTo(box.getCenterX(), box.getY());
		diamond.lineTo(box.getMaxX(), box.getCenterY());
		diamond.lineTo(box.getCenterX(), box.getMaxY());
		diamond.lineTo(box.getX(), box.getCenterY());
		diamond.closePath();
		return diamond;
	}

	private static void gateway(Graphics2D canvas, String type, Rectangle2D box) {
		double x = box.getCenterX();
		double y = box.getCenterY();
		canvas.setStroke(new BasicStroke(2.5f));
		if (type.equals("parallelGateway")) {
			canvas.draw(new Line2D.Double(x - 9, y, x + 9, y));
			canvas.draw(new Line2D.Double(x, y - 9, x, y + 9));
		}
		else if (type.equals("exclusiveGateway")) {
			canvas.draw(new Line2D.Double(x - 6, y - 6, x + 6, y + 6));
			canvas.draw(new Line2D.Double(x - 6, y + 6, x + 6, y - 6));
		}
		else {
			canvas.setStroke(new BasicStroke(1.2f));
			canvas.draw(new Ellipse2D.Double(x - 10, y - 10, 20, 20));
		}
	}

	private void label(Graphics2D canvas, Element drawn, String name, boolean passed) {
		Optional<Rectangle2D> place = children(drawn, "BPMNLabel").stream()
			.flatMap((label) -> children(label, "Bounds").stream())
			.findFirst()
			.map(ModelDrawing::box);
		if (!name.isEmpty() && place.isPresent()) {
			Rectangle2D box = place.get();
			centred(canvas, EvidencePictures.lines(name, Math.max(box.getWidth(), 60) + 4, LABEL), box.getCenterX(),
					box.getY() + LABEL, passed ? EvidencePictures.INK : Color.GRAY);
		}
	}

	private static void centred(Graphics2D canvas, List<String> lines, double x, double y, Color color) {
		for (int i = 0; i < lines.size(); i++) {
			EvidencePictures.text(canvas, lines.get(i), x - EvidencePictures.width(lines.get(i), LABEL) / 2,
					y + i * LINE_HEIGHT, LABEL, color);
		}
	}

	private static List<Element> children(Element parent, String name) {
		NodeList all = parent.getChildNodes();
		return IntStream.range(0, all.getLength())
			.mapToObj(all::item)
			.filter(Element.class::isInstance)
			.map(Element.class::cast)
			.filter((each) -> each.getLocalName().equals(name))
			.toList();
	}

	private static Rectangle2D box(Element bounds) {
		return new Rectangle2D.Double(number(bounds, "x"), number(bounds, "y"), number(bounds, "width"),
				number(bounds, "height"));
	}

	private static double number(Element element, String name) {
		return Double.parseDouble(element.getAttribute(name));
	}

}
