package nl.doorbraak.alert;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Who is told. There is always at least one. Where nobody of who is meant can be reached
 * now, the next in line is told as well, so that no time is lost, and the hole is
 * reported.
 */
@Component
class Recipients {

	private final CaseFiles files;

	private final Directory directory;

	private final Reach reach;

	private final Holes holes;

	private final ObjectProvider<TextCarrier> texts;

	private final Clock clock;

	Recipients(CaseFiles files, Directory directory, Reach reach, Holes holes, ObjectProvider<TextCarrier> texts,
			Clock clock) {
		this.files = files;
		this.directory = directory;
		this.reach = reach;
		this.holes = holes;
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * The persons who have the case, whatever functions they hold now, and who stands in
	 * for them; the managers of the municipality when there are none.
	 */
	Stream<Recipient> team(String number, String municipality) {
		return one(new Meant(number, municipality, null, municipality));
	}

	/**
	 * Everybody with the function there and who stands in for them; the mailbox of the
	 * body when there is nobody. Where none of them can be reached now also the next in
	 * line of the case.
	 */
	Stream<Recipient> holders(String number, Function function, String body) {
		return one(new Meant(number, null, function, body));
	}

	private Stream<Recipient> one(Meant meant) {
		return of(List.of(meant)).getOrDefault(meant, List.of()).stream();
	}

	/** The same for many cases at once. */
	Map<Meant, List<Recipient>> of(Collection<Meant> all) {
		Round round = new Round(all);
		Map<Meant, List<Recipient>> told = new HashMap<>();
		all.forEach((meant) -> told.computeIfAbsent(meant, round::told));
		round.report();
		return told;
	}

	/**
	 * Who of these can get the same by text message too: where there is a provider and a
	 * number. A mailbox cannot.
	 */
	Predicate<Recipient> withText(Collection<Recipient> all) {
		if (this.texts.getIfAvailable() == null) {
			return (to) -> false;
		}
		Set<String> mobile = this.directory
			.officers(all.stream().flatMap((to) -> Stream.ofNullable(to.login())).distinct().toList())
			.stream()
			.filter((officer) -> officer.mobile() != null)
			.map(Officer::login)
			.collect(Collectors.toSet());
		return (to) -> to.login() != null && mobile.contains(to.login());
	}

	/** The person who has accepted the lead, as what they are. */
	Stream<Recipient> lead(String number) {
		return this.files.lead(number).stream().flatMap(this::person);
	}

	/** Somebody, as what they are. */
	Stream<Recipient> person(String login) {
		return person(login, null);
	}

	private Stream<Recipient> person(String login, @Nullable String because) {
		return this.directory.findOfficer(login)
			.stream()
			.flatMap((officer) -> officer.posts()
				.stream()
				.limit(1)
				.map((post) -> new Recipient(post.function(), post.organisation(), officer.login(), because)));
	}

	/**
	 * Everybody with the function there, whether or not they can be reached; the mailbox
	 * of the body when there is nobody.
	 */
	Stream<Recipient> holders(Function function, String body) {
		List<Recipient> holders = this.directory.officersOf(body, function)
			.stream()
			.map((officer) -> new Recipient(function, body, officer.login()))
			.toList();
		return holders.isEmpty() ? Stream.of(new Recipient(function, body, null)) : holders.stream();
	}

	/** Managers, director, process directors of the region, administrators. */
	private Stream<Recipient> next(String home, Function function, String body) {
		String region = this.directory.getOrganisation(home).region();
		return Stream
			.of(new Officer.Post(Function.MANAGER, home), new Officer.Post(Function.DIRECTOR, home),
					new Officer.Post(Function.PROCESS_DIRECTOR, (region != null) ? region : home),
					new Officer.Post(Function.ADMINISTRATOR, home))
			.filter((post) -> !post.equals(new Officer.Post(function, body)))
			.filter((post) -> this.reach.reaches(post.function(), post.organisation(), today()))
			.findFirst()
			.stream()
			.flatMap((post) -> Stream.concat(
					logins(post.function(), post.organisation()).stream()
						.map((login) -> new Recipient(post.function(), post.organisation(), login, "next")),
					standIns(logins(post.function(), post.organisation()))));
	}

	private Stream<Recipient> standIns(List<String> logins) {
		return this.reach.deputies(logins, today()).stream().flatMap((deputy) -> person(deputy, "deputy"));
	}

	private List<String> logins(Function function, String body) {
		return this.directory.officersOf(body, function).stream().map(Officer::login).toList();
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/**
	 * Who is meant.
	 *
	 * @param municipality of the case; null: looked up where it is asked for
	 * @param function null: the team that has the case
	 */
	record Meant(String number, @Nullable String municipality, @Nullable Function function, String body) {
	}

	/** Answers for many cases, with one question to each table. */
	private final class Round {

		private final Map<String, List<String>> teams;

		private final Map<Officer.Post, List<Officer>> holders;

		private final Map<String, Organisation> bodies;

		private final Reach.Reached reached;

		private final Map<Officer.Post, List<Recipient>> ofFunction = new HashMap<>();

		private final Map<Post, List<Recipient>> next = new HashMap<>();

		private final Set<Hole> holes = new TreeSet<>(
				Comparator.comparing(Hole::function).thenComparing(Hole::body).thenComparing(Hole::number));

		Round(Collection<Meant> all) {
			List<String> ofTeam = all.stream()
				.filter((meant) -> meant.function() == null)
				.map(Meant::number)
				.distinct()
				.toList();
			this.teams = ofTeam.isEmpty() ? Map.of() : Recipients.this.files.teams(ofTeam);
			Set<Officer.Post> posts = all.stream().flatMap(this::post).collect(Collectors.toSet());
			this.holders = posts.isEmpty() ? Map.of() : Recipients.this.directory.officersOf(posts);
			this.bodies = posts.isEmpty() ? Map.of() : Recipients.this.directory
				.organisations(posts.stream().map(Officer.Post::organisation).distinct().toList());
			this.reached = Recipients.this.reach.of(Stream
				.concat(this.teams.values().stream().flatMap(List::stream),
						this.holders.values().stream().flatMap(List::stream).map(Officer::login))
				.distinct()
				.toList(), today());
		}

		/** Whose holders are asked for; of a case without a team the managers. */
		private Stream<Officer.Post> post(Meant meant) {
			Function function = meant.function();
			if (function != null) {
				return Stream.of(new Officer.Post(function, meant.body()));
			}
			return this.teams.containsKey(meant.number()) ? Stream.empty()
					: Stream.of(new Officer.Post(Function.MANAGER, meant.body()));
		}

		List<Recipient> told(Meant meant) {
			return post(meant).findFirst().map((post) -> ofFunction(meant, post)).orElseGet(() -> team(meant));
		}

		private List<Recipient> team(Meant meant) {
			List<String> team = this.teams.getOrDefault(meant.number(), List.of());
			Stream<Recipient> told = Stream.concat(
					team.stream().map((login) -> new Recipient(Function.CASE_DIRECTOR, meant.body(), login)),
					standIns(team));
			if (this.reached.reaches(team)) {
				return told.toList();
			}
			this.holes.add(new Hole(Function.CASE_DIRECTOR, meant.body(), meant.number()));
			return Stream.concat(told, next(meant, new Officer.Post(Function.CASE_DIRECTOR, meant.body()))).toList();
		}

		private List<Recipient> ofFunction(Meant meant, Officer.Post post) {
			List<Recipient> told = this.ofFunction.computeIfAbsent(post, this::withStandIns);
			if (isReached(post)) {
				return told;
			}
			this.holes.add(new Hole(post.function(), post.organisation(), ""));
			return Stream.concat(told.stream(), next(meant, post)).toList();
		}

		private List<Recipient> withStandIns(Officer.Post post) {
			List<String> logins = logins(post);
			Stream<Recipient> there = logins.isEmpty()
					? Stream.of(new Recipient(post.function(), post.organisation(), null))
					: logins.stream().map((login) -> new Recipient(post.function(), post.organisation(), login));
			return Stream.concat(there, standIns(logins)).toList();
		}

		/** A body whose people do not work in Doorbraak is reached by its mailbox. */
		private boolean isReached(Officer.Post post) {
			Organisation body = Objects.requireNonNull(this.bodies.get(post.organisation()));
			return body.connected() ? this.reached.reaches(logins(post)) : body.email() != null;
		}

		private List<String> logins(Officer.Post post) {
			return this.holders.getOrDefault(post, List.of()).stream().map(Officer::login).toList();
		}

		private Stream<Recipient> standIns(List<String> logins) {
			return this.reached.deputies(logins).stream().flatMap((deputy) -> person(deputy, "deputy"));
		}

		private Stream<Recipient> next(Meant meant, Officer.Post post) {
			String home = home(meant, post.organisation());
			return this.next
				.computeIfAbsent(new Post(home, post),
						(asked) -> Recipients.this
							.next(asked.home(), asked.post().function(), asked.post().organisation())
							.toList())
				.stream();
		}

		private String home(Meant meant, String body) {
			if (Recipients.this.directory.getOrganisation(body).kind() == Organisation.Kind.MUNICIPALITY) {
				return body;
			}
			String municipality = meant.municipality();
			return (municipality != null) ? municipality
					: Recipients.this.files.standing(meant.number()).municipality();
		}

		/**
		 * In one order, so that two who find the same holes never wait for each other.
		 */
		void report() {
			this.holes.forEach((hole) -> Recipients.this.holes.report(hole.function(), hole.body(), hole.number()));
		}

		private record Post(String home, Officer.Post post) {
		}

		private record Hole(Function function, String body, String number) {
		}

	}

}
