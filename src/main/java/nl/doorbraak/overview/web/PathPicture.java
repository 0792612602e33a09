package nl.doorbraak.overview.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import nl.doorbraak.support.WalkedPath.Passage;
import org.jspecify.annotations.Nullable;

/**
 * The path a case walked through the models, for a picture on the models themselves and
 * the same in tables.
 *
 * @param models that were walked, in the order in which that began
 * @param tasks every task of a person, in the order in which it began
 */
record PathPicture(List<Model> models, List<Task> tasks) {

	/** A term that ended a task did so in the same transaction. */
	private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

	static PathPicture of(List<Passage> passages, Instant now) {
		Map<String, List<Passage>> byModel = passages.stream()
			.collect(Collectors.groupingBy((each) -> each.key() + ":" + each.version(), LinkedHashMap::new,
					Collectors.toList()));
		List<Instant> terms = passages.stream()
			.filter((each) -> each.type().equals("boundaryTimer") && !each.cancelled())
			.map(Passage::begunAt)
			.toList();
		return new PathPicture(byModel.values().stream().map((walked) -> model(walked, now)).toList(),
				passages.stream()
					.filter((each) -> each.type().equals("userTask"))
					.map((each) -> new Task(each, how(each, terms), took(each, now)))
					.toList());
	}

	private static Model model(List<Passage> walked, Instant now) {
		Map<String, List<Passage>> byNode = walked.stream()
			.collect(Collectors.groupingBy(Passage::node, LinkedHashMap::new, Collectors.toList()));
		Passage first = walked.get(0);
		return new Model(first.key(), first.version(), first.process(),
				walked.stream().map(Passage::instance).distinct().count(),
				byNode.values().stream().map((each) -> node(each, now)).toList());
	}

	private static Node node(List<Passage> passages, Instant now) {
		Passage first = passages.get(0);
		return new Node(first.node(), first.name(), first.type(), passages.size(),
				passages.stream().filter((each) -> each.endedAt() == null).count(),
				passages.stream().map((each) -> took(each, now)).reduce(Duration.ZERO, Duration::plus));
	}

	private static Duration took(Passage passage, Instant now) {
		return Duration.between(passage.begunAt(), (passage.endedAt() != null) ? passage.endedAt() : now);
	}

	private static How how(Passage task, List<Instant> terms) {
		Instant ended = task.endedAt();
		if (ended == null) {
			return How.OPEN;
		}
		if (task.cancelled()) {
			return terms.stream().anyMatch((term) -> Duration.between(term, ended).abs().compareTo(SAME_MOMENT) < 0)
					? How.TERM_PASSED : How.TAKEN_AWAY;
		}
		if (task.doneBy() == null) {
			return How.BY_SOFTWARE;
		}
		return Objects.equals(task.doneBy(), task.holder()) ? How.BY_HOLDER : How.BY_ANOTHER;
	}

	/** How many steps were gone, passages of nodes with a name. */
	public long steps() {
		return this.models.stream().flatMap((each) -> each.named().stream()).mapToLong(Node::times).sum();
	}

	/** Where it took longest, of what people do; null where nobody had to do anything. */
	public @Nullable Node longest() {
		return this.models.stream()
			.flatMap((each) -> each.nodes().stream())
			.filter((each) -> each.type().equals("userTask"))
			.max(Comparator.comparing(Node::took))
			.orElse(null);
	}

	/** What the browser draws on the models. */
	public List<Map<String, Object>> drawing(java.util.function.Function<Node, String> label) {
		List<Map<String, Object>> drawing = new ArrayList<>();
		for (Model model : this.models) {
			drawing.add(Map.of("key", model.key(), "version", model.version(), "nodes",
					model.nodes()
						.stream()
						.map((each) -> Map.of("id", each.id(), "times", each.times(), "open", each.open(), "label",
								label.apply(each)))
						.toList()));
		}
		return drawing;
	}

	/** How a task ended. */
	enum How {

		OPEN, BY_HOLDER, BY_ANOTHER, BY_SOFTWARE, TERM_PASSED, TAKEN_AWAY

	}

	/**
	 * A model that was walked.
	 *
	 * @param version as the engine counts
	 * @param runs how often it was begun
	 */
	record Model(String key, int version, String name, long runs, List<Node> nodes) {

		/** Nodes that say what they are. */
		public List<Node> named() {
			return this.nodes.stream().filter((each) -> !each.name().isEmpty()).toList();
		}

	}

	/**
	 * A node that was passed.
	 *
	 * @param open how often it is being passed now
	 * @param took all times together
	 */
	record Node(String id, String name, String type, int times, long open, Duration took) {
	}

	/** A task of a person. */
	record Task(Passage passage, How how, Duration took) {
	}

}
