package nl.doorbraak.workflow;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/**
 * The picture of a model, measured. Each method answers what is wrong with it, and
 * nothing when all is well.
 */
class Drawing {

	private static final double GRID = 10;

	private static final Map<Class<?>, Rectangle2D> SIZES = Map.of(Event.class, size(36, 36), Gateway.class,
			size(50, 50), Activity.class, size(100, 80));

	private final List<Shape> shapes = new ArrayList<>();

	private final List<Segment> segments = new ArrayList<>();

	private final List<Label> labels = new ArrayList<>();

	private final List<String> undrawn = new ArrayList<>();

	Drawing(ModelFile model) {
		for (BpmnShape shape : model.each(BpmnShape.class)) {
			if (shape.getBpmnElement() instanceof FlowNode node) {
				this.shapes.add(new Shape(node, box(shape.getBounds())));
			}
			addLabel(shape.getBpmnElement(), shape.getBpmnLabel());
		}
		for (BpmnEdge edge : model.each(BpmnEdge.class)) {
			List<Waypoint> points = List.copyOf(edge.getWaypoints());
			for (int i = 1; i < points.size(); i++) {
				Waypoint from = points.get(i - 1);
				Waypoint to = points.get(i);
				this.segments.add(new Segment((SequenceFlow) edge.getBpmnElement(), from.getX(), from.getY(), to.getX(),
						to.getY()));
			}
			addLabel(edge.getBpmnElement(), edge.getBpmnLabel());
		}
		for (FlowNode node : model.each(FlowNode.class)) {
			if (this.shapes.stream().noneMatch((shape) -> shape.node.equals(node))) {
				this.undrawn.add(node.getId() + " is not drawn");
			}
			boolean labelled = this.labels.stream().anyMatch((label) -> label.owner.equals(node));
			if ((node instanceof Event || node instanceof Gateway) && node.getName() != null && !labelled) {
				this.undrawn.add(node.getId() + " has a name without a place");
			}
		}
		for (SequenceFlow flow : model.each(SequenceFlow.class)) {
			if (this.segments.stream().noneMatch((segment) -> segment.flow.equals(flow))) {
				this.undrawn.add(flow.getId() + " is not drawn");
			}
		}
	}

	private void addLabel(BaseElement owner, BpmnLabel label) {
		if (label != null) {
			this.labels.add(new Label(owner, box(label.getBounds())));
		}
	}

	List<String> undrawn() {
		return this.undrawn;
	}

	List<String> sizes() {
		List<String> wrong = new ArrayList<>();
		for (Shape shape : this.shapes) {
			if (!(shape.node instanceof SubProcess)) {
				SIZES.forEach((type, size) -> {
					if (type.isInstance(shape.node)
							&& (shape.box.getWidth() != size.getWidth() || shape.box.getHeight() != size.getHeight())) {
						wrong.add(shape + " is resized");
					}
				});
			}
		}
		return wrong;
	}

	List<String> grid() {
		List<String> wrong = new ArrayList<>();
		for (Shape shape : this.shapes) {
			boolean subProcess = shape.node instanceof SubProcess;
			double x = subProcess ? shape.box.getX() : shape.box.getCenterX();
			double y = subProcess ? shape.box.getY() : shape.box.getCenterY();
			if (x % GRID != 0 || y % GRID != 0) {
				wrong.add(shape + " is off the grid");
			}
		}
		return wrong;
	}

	List<String> slanted() {
		return this.segments.stream()
			.filter((segment) -> segment.x1 != segment.x2 && segment.y1 != segment.y2)
			.map((segment) -> segment + " is slanted")
			.toList();
	}

	/**
	 * A flow may run left only to go back, and then below the row of both its ends.
	 */
	List<String> leftward() {
		List<String> wrong = new ArrayList<>();
		for (Segment segment : this.segments) {
			Rectangle2D from = shape(segment.flow.getSource()).box;
			Rectangle2D to = shape(segment.flow.getTarget()).box;
			boolean below = segment.y1 > from.getMaxY() && segment.y1 > to.getMaxY();
			if (segment.x2 < segment.x1 && !(to.getX() < from.getX() && below)) {
				wrong.add(segment + " runs left");
			}
		}
		return wrong;
	}

	List<String> overlaps() {
		List<String> wrong = new ArrayList<>();
		for (Shape one : this.shapes) {
			for (Shape other : this.shapes) {
				if (one.node.getId().compareTo(other.node.getId()) < 0 && one.overlaps(other)) {
					wrong.add(one + " overlaps " + other);
				}
			}
			if (one.node instanceof BoundaryEvent event && !onBorder(one.box, shape(event.getAttachedTo()).box)) {
				wrong.add(one + " is not on the border of " + event.getAttachedTo().getId());
			}
			if (one.node.getParentElement() instanceof SubProcess parent && !shape(parent).box.contains(one.box)) {
				wrong.add(one + " leaves " + parent.getId());
			}
		}
		return wrong;
	}

	List<String> flowsThroughShapes() {
		List<String> wrong = new ArrayList<>();
		for (Segment segment : this.segments) {
			for (Shape shape : this.shapes) {
				boolean around = isInside(segment.flow, shape.node);
				if (!around && inner(shape.box).intersectsLine(segment.x1, segment.y1, segment.x2, segment.y2)) {
					wrong.add(segment + " passes through " + shape);
				}
			}
		}
		return wrong;
	}

	List<String> crossings() {
		List<String> wrong = new ArrayList<>();
		for (Segment one : this.segments) {
			for (Segment other : this.segments) {
				if (one.flow.getId().compareTo(other.flow.getId()) < 0 && one.crosses(other)) {
					wrong.add(one + " crosses " + other);
				}
			}
		}
		return wrong;
	}

	List<String> hiddenLabels() {
		List<String> wrong = new ArrayList<>();
		for (Label label : this.labels) {
			for (Shape shape : this.shapes) {
				if (!isInside(label.owner, shape.node) && shape.box.intersects(label.box)) {
					wrong.add(label + " lies on " + shape);
				}
			}
			for (Segment segment : this.segments) {
				if (label.box.intersectsLine(segment.x1, segment.y1, segment.x2, segment.y2)) {
					wrong.add(label + " lies on " + segment);
				}
			}
			for (Label other : this.labels) {
				if (label.owner.getId().compareTo(other.owner.getId()) < 0 && label.box.intersects(other.box)) {
					wrong.add(label + " lies on " + other);
				}
			}
		}
		return wrong;
	}

	private Shape shape(FlowNode node) {
		return this.shapes.stream().filter((shape) -> shape.node.equals(node)).findAny().orElseThrow();
	}

	private static boolean onBorder(Rectangle2D event, Rectangle2D host) {
		boolean onSide = event.getCenterX() == host.getX() || event.getCenterX() == host.getMaxX();
		boolean onEdge = event.getCenterY() == host.getY() || event.getCenterY() == host.getMaxY();
		boolean beside = event.getCenterY() >= host.getY() && event.getCenterY() <= host.getMaxY();
		boolean along = event.getCenterX() >= host.getX() && event.getCenterX() <= host.getMaxX();
		return onSide && beside || onEdge && along;
	}

	private static boolean isInside(BaseElement element, FlowNode container) {
		return container instanceof SubProcess && container.equals(element.getParentElement());
	}

	private static Rectangle2D inner(Rectangle2D box) {
		return new Rectangle2D.Double(box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
	}

	private static Rectangle2D box(Bounds bounds) {
		return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
	}

	private static Rectangle2D size(double width, double height) {
		return new Rectangle2D.Double(0, 0, width, height);
	}

	private record Shape(FlowNode node, Rectangle2D box) {

		private boolean overlaps(Shape other) {
			return this.box.intersects(other.box) && !belongsTo(other) && !other.belongsTo(this);
		}

		private boolean belongsTo(Shape other) {
			boolean attached = this.node instanceof BoundaryEvent event && event.getAttachedTo().equals(other.node);
			return attached || isInside(this.node, other.node);
		}

		@Override
		public String toString() {
			return this.node.getId();
		}
	}

	private record Label(BaseElement owner, Rectangle2D box) {

		@Override
		public String toString() {
			return "label of " + this.owner.getId();
		}
	}

	private record Segment(SequenceFlow flow, double x1, double y1, double x2, double y2) {

		/**
		 * Flows of one source or one target may run together; they may not cross.
		 */
		private boolean crosses(Segment other) {
			boolean together = this.flow.getSource().equals(other.flow.getSource())
					|| this.flow.getTarget().equals(other.flow.getTarget());
			return together ? cutsThrough(other) : touches(other);
		}

		private boolean touches(Segment other) {
			return left() <= other.right() && other.left() <= right() && top() <= other.bottom()
					&& other.top() <= bottom();
		}

		private boolean cutsThrough(Segment other) {
			return crossesUpright(other) || other.crossesUpright(this);
		}

		private boolean crossesUpright(Segment upright) {
			return left() < upright.left() && upright.right() < right() && upright.top() < top()
					&& bottom() < upright.bottom();
		}

		private double left() {
			return Math.min(this.x1, this.x2);
		}

		private double right() {
			return Math.max(this.x1, this.x2);
		}

		private double top() {
			return Math.min(this.y1, this.y2);
		}

		private double bottom() {
			return Math.max(this.y1, this.y2);
		}

		@Override
		public String toString() {
			return this.flow.getId();
		}
	}

}
