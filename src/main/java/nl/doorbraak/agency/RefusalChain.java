package nl.doorbraak.agency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The refusals in a case, and which of them rest on a ground that could have been named
 * before (<i>opeenvolgende afwijzing</i>). Lawful, and therefore a flag and never a bar:
 * no rule makes a body name all its grounds at once.
 */
public final class RefusalChain {

	/** So many flags in a case open the way up. */
	static final int FLAGS_IN_A_CASE = 3;

	/** So many flags of one body open it too. */
	static final int FLAGS_OF_ONE_BODY = 2;

	private final List<AgencyRequest> refusals;

	/**
	 * Reads the chain off the questions of a case.
	 * @param history every question, in any order
	 */
	RefusalChain(List<AgencyRequest> history) {
		this.refusals = history.stream()
			.filter(AgencyRequest::isStandingRefusal)
			.sorted(Comparator.comparing(RefusalChain::answeredAt).thenComparing(AgencyRequest::id))
			.toList();
	}

	/** Refusals that were not taken back, the first answer first. */
	public List<AgencyRequest> refusals() {
		return this.refusals;
	}

	/** Those that are flagged. */
	public List<AgencyRequest> flagged() {
		return this.refusals.stream().filter(this::isFlagged).toList();
	}

	/** Whether this refusal rests on a ground that existed at one before it. */
	public boolean isFlagged(AgencyRequest refusal) {
		return isTold(refusal) || !late(refusal).isEmpty();
	}

	/** The conditions whose ground could have been named before. */
	public List<Integer> late(AgencyRequest refusal) {
		List<AgencyRequest> before = before(refusal);
		return refusal.findings()
			.entrySet()
			.stream()
			.filter((each) -> each.getValue() == Assessment.NOT_MET)
			.map(Map.Entry::getKey)
			.filter((code) -> before.stream().anyMatch((earlier) -> earlier.findings().containsKey(code)))
			.filter((code) -> before.stream()
				.noneMatch((earlier) -> earlier.findings().get(code) == Assessment.NOT_MET))
			.sorted()
			.toList();
	}

	/** The last refusal of the same before a moment. */
	Optional<AgencyRequest> last(AgencyRequest request, Instant until) {
		return this.refusals.stream()
			.filter((each) -> each.id() != request.id() && isSameNeed(each, request)
					&& answeredAt(each).isBefore(until))
			.reduce((one, other) -> other);
	}

	/** Without a list the agency says itself whether the ground is an old one. */
	private boolean isTold(AgencyRequest refusal) {
		return refusal.findings().isEmpty() && Boolean.TRUE.equals(refusal.knownBefore()) && !before(refusal).isEmpty();
	}

	private List<AgencyRequest> before(AgencyRequest refusal) {
		List<AgencyRequest> before = new ArrayList<>();
		for (AgencyRequest each : this.refusals) {
			if (each.id() == refusal.id()) {
				break;
			}
			if (isSameNeed(each, refusal)) {
				before.add(each);
			}
		}
		return before;
	}

	/** One body, and the same scheme; or the one was asked after the other. */
	private boolean isSameNeed(AgencyRequest one, AgencyRequest other) {
		boolean sameScheme = (one.scheme() != null) ? one.scheme().equals(other.scheme())
				: other.scheme() == null && root(one) == root(other);
		return one.agency().equals(other.agency()) && sameScheme;
	}

	private long root(AgencyRequest request) {
		Long previous = request.previous();
		return (previous == null) ? request.id()
				: this.refusals.stream()
					.filter((each) -> each.id() == previous)
					.findFirst()
					.map(this::root)
					.orElse(previous);
	}

	/** Whether the case may go up a level for this alone. */
	public boolean opensTheWayUp() {
		List<AgencyRequest> flagged = flagged();
		return flagged.size() >= FLAGS_IN_A_CASE || flagged.stream()
			.collect(Collectors.groupingBy(AgencyRequest::agency, Collectors.counting()))
			.values()
			.stream()
			.anyMatch((count) -> count >= FLAGS_OF_ONE_BODY);
	}

	private static Instant answeredAt(AgencyRequest request) {
		return Objects.requireNonNull(request.answeredAt());
	}

}
